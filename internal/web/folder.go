package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"yusuan/internal/desk"
)

// folder is a data folder that is open: its desk, what windows know of it, and what goes on by itself. Three goroutines serve it:
// one checks and typesets what is typed, always the latest; one saves; one looks at the disk.
type folder struct {
	server  *Server
	id      string
	run     int // which opening of it
	dir     string
	name    string
	shown   string // the folder as places in files begin
	desk    *desk.Desk
	stamp   func() (string, error)
	around  func() string
	check   chan struct{} // there is something new to check
	save    chan struct{} // there is something new to save
	closed  chan struct{}
	done    sync.WaitGroup
	telling sync.Mutex   // held while what windows are told is made
	news    atomic.Int64 // counts what changed
	told    int64        // how much of it windows are told; guarded by telling
	using   sync.RWMutex // held by those who ask for something while they do

	mu      sync.Mutex // guards all below
	now     *snapshot  // what windows are told; without a state before the first
	ready   chan struct{}
	failed  error // why there is no newer one
	lost    error // why the folder cannot be read
	streams map[*stream]struct{}
	ended   bool
	seen    time.Time
}

// folderID names a folder in addresses.
func folderID(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:6])
}

// Folder is the open folder of a path in full.
func (s *Server) Folder(dir string) (*folder, error) {
	id := folderID(dir)
	s.mu.Lock()
	f := s.folders[id]
	s.mu.Unlock()
	if f != nil {
		return f, nil
	}
	w, err := s.world.Open(dir)
	if err != nil {
		return nil, err
	}
	w.World.Draw = s.faces.draw
	d, err := desk.Open(w.World)
	if err != nil {
		return nil, err
	}
	f = &folder{server: s, id: id, dir: dir, name: w.Name, shown: w.World.Dir, desk: d, stamp: w.Stamp, around: w.Around, check: make(chan struct{}, 1), save: make(chan struct{}, 1),
		closed: make(chan struct{}), ready: make(chan struct{}), streams: map[*stream]struct{}{}, seen: time.Now()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if other := s.folders[id]; other != nil { // somebody was faster
		return other, nil
	}
	select {
	case <-s.ended:
		return nil, refusal(http.StatusServiceUnavailable, "程序正在结束")
	default:
	}
	s.runs++
	f.run, f.now = s.runs, &snapshot{run: s.runs}
	s.folders[id], s.places[id] = f, dir
	for _, task := range []func(){f.checks, f.saves, f.polls} {
		f.done.Add(1)
		s.background(func() { defer f.done.Done(); task() })
	}
	f.changed()
	return f, nil
}

// hold is the open folder of an id, which stays open until release is called. One that was closed because nobody looked at it is
// opened again.
func (s *Server) hold(id string) (f *folder, release func(), err error) {
	for {
		if f, err = s.folder(id); err != nil {
			return nil, nil, err
		}
		f.using.RLock()
		select {
		case <-f.closed:
			f.using.RUnlock()
		default:
			return f, f.using.RUnlock, nil
		}
	}
}

// folder is the open folder of an id.
func (s *Server) folder(id string) (*folder, error) {
	s.mu.Lock()
	dir, known := s.places[id]
	s.mu.Unlock()
	if !known {
		return nil, refusal(http.StatusNotFound, "这个数据目录没有打开；从首页打开它")
	}
	f, err := s.Folder(dir)
	if err == nil {
		f.mu.Lock()
		f.seen = time.Now()
		f.mu.Unlock()
	}
	return f, err
}

// looked notes that a window is there.
func (s *Server) looked() {
	s.mu.Lock()
	s.seen = time.Now()
	s.mu.Unlock()
}

// dropAway closes folders that no window has looked at for long: each holds its whole document. Those whose changes cannot be
// saved stay.
func (s *Server) dropAway() {
	s.mu.Lock()
	var away []*folder
	for _, f := range s.folders {
		f.mu.Lock()
		if len(f.streams) == 0 && time.Since(f.seen) > s.world.Times.Away && f.using.TryLock() { // nobody waits for an answer
			f.using.Unlock()
			away = append(away, f)
		}
		f.mu.Unlock()
	}
	s.mu.Unlock()
	for _, f := range away {
		if f.desk.Save() == nil {
			f.farewell("很久没有窗口看它，已经关上；里面填的都保存了")
			_ = f.close() // it is saved
		}
	}
}

// nudge wakes who waits on a channel, once.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// changed is called when what is typed has changed, or may have.
func (f *folder) changed() {
	f.news.Add(1)
	nudge(f.check)
}

// edited is called when something was typed.
func (f *folder) edited() {
	f.changed()
	nudge(f.save)
}

// checks makes what windows are told, each time of what is typed by then: what came and went meanwhile is skipped.
func (f *folder) checks() {
	for {
		select {
		case <-f.closed:
			return
		case <-f.check:
			f.checkOnce()
		}
	}
}

// tellAlone is how long windows wait for the pages that were typed at before they are told of what was typed alone. Each telling costs
// a window a question and what it shows anew: most pages come sooner.
const tellAlone = 150 * time.Millisecond

// Between the pages that were typed at and all of a large document there is a pause in which the next key would come: what it
// needs is not to wait for what it makes old. Who types on without any gets the whole document after mostPauses of them.
const (
	pause      = 120 * time.Millisecond
	mostPauses = 20
)

// checkOnce tells what is made of what is typed as it comes: first the pages that were typed at, then all.
func (f *folder) checkOnce() {
	defer f.server.fault(func() {
		f.tell(errors.New("核对时程序出错了，详情在程序的窗口里，请交给程序的维护者；已经填的都在，改一改再试"))
	})
	for n := 1; f.advance(); n++ {
		rest := time.After(pause)
		if n%mostPauses == 0 {
			rest = time.After(0)
		}
		select {
		case <-f.closed:
			return
		case <-f.check: // something newer was typed
		case <-rest:
		}
	}
}

// advance makes and tells the next piece, and reports whether there is more.
func (f *folder) advance() (more bool) {
	late := time.AfterFunc(tellAlone, func() {
		defer f.server.fault(nil)
		f.tell(nil)
	})
	defer late.Stop()
	more, err := f.desk.Advance()
	f.tell(err)
	return more && err == nil
}

// tell tells windows what there is now; failed is why it is not of all that is typed.
func (f *folder) tell(failed error) {
	f.telling.Lock()
	defer f.telling.Unlock()
	f.tellNow(failed)
}

// catchUp tells windows what changed before it is called, if they are not told already.
func (f *folder) catchUp() {
	f.telling.Lock()
	defer f.telling.Unlock()
	if f.told < f.news.Load() {
		f.tellNow(nil)
	}
}

// tellNow is tell for who holds telling.
func (f *folder) tellNow(failed error) {
	f.told = f.news.Load()
	state, err := f.desk.Now()
	f.mu.Lock()
	before := f.now
	news := (f.failed == nil) != (failed == nil && err == nil)
	f.failed = failed
	if err != nil {
		f.failed = err
	} else if n := f.now.next(state, f.dir, f.name, f.shown); f.now.state == nil || !n.like(f.now) {
		f.now, news = n, true
	}
	select {
	case <-f.ready:
	default:
		close(f.ready)
	}
	f.mu.Unlock()
	if news {
		f.send("state", f.summarySince(before))
	}
}

// longestUnsaved is how many times the pause that saving waits for it waits at most.
const longestUnsaved = 10

// saves saves what was typed once the typing has stopped for a moment. What the disk refuses is tried again.
func (f *folder) saves() {
	t := &f.server.world.Times
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	defer timer.Stop()
	var first time.Time // what is not saved was typed since; zero for nothing
	for {
		select {
		case <-f.closed:
			return
		case <-f.save:
			if first.IsZero() {
				first = time.Now()
			}
			if time.Since(first) < longestUnsaved*t.Save { // who types without a pause is saved too
				timer.Reset(t.Save)
			}
		case <-timer.C:
			first = time.Time{}
			if f.saveNow() != nil {
				timer.Reset(t.Again)
			}
		}
	}
}

func (f *folder) saveNow() error {
	defer f.server.fault(nil)
	err := f.desk.Save()
	f.changed()
	return err
}

// saved saves now. The error is for people; what the disk refuses is tried again.
func (f *folder) saved() error {
	if err := f.saveNow(); err != nil {
		nudge(f.save)
		return errors.New("没有保存成功：" + f.server.world.Words(err))
	}
	return nil
}

// polls looks whether somebody else changed the folder. Shares send no events, so it is asked. That it cannot be read any more, a
// disk taken out, a share gone, is told as long as it lasts.
func (f *folder) polls() {
	last, _ := f.stamp()
	around := ""
	if f.around != nil {
		around = f.around()
	}
	tick := time.NewTicker(f.server.world.Times.Poll)
	defer tick.Stop()
	for {
		select {
		case <-f.closed:
			return
		case <-tick.C:
		}
		now, err := f.stamp()
		if err == nil && now != last {
			if err = f.rereadNow(); err == nil {
				last = now
			}
		}
		f.lose(err)
		if f.around == nil {
			continue
		}
		if now := f.around(); now != around {
			around = now
			f.desk.Again()
			f.changed()
		}
	}
}

// lose notes why the folder cannot be read, nil where it can.
func (f *folder) lose(err error) {
	f.mu.Lock()
	news := (err == nil) != (f.lost == nil)
	f.lost = err
	f.mu.Unlock()
	if news {
		f.send("state", f.summary())
	}
}

func (f *folder) rereadNow() error {
	defer f.server.fault(nil)
	files, err := f.desk.Reread()
	if err != nil || len(files) == 0 {
		return innermost(err) // what we wrote ourselves is no news
	}
	f.changed()
	f.send("foreign", foreign{files})
	return nil
}

type foreign struct {
	Files []string `json:"files"`
}

// farewell tells the windows why nobody answers any more.
func (f *folder) farewell(why string) {
	f.send("bye", farewell{why})
	f.mu.Lock()
	f.ended = true
	for c := range f.streams {
		c.finish()
	}
	f.mu.Unlock()
}

// close saves what is typed and ends all that goes on. The error says what could not be saved.
func (f *folder) close() error {
	s := f.server
	s.mu.Lock()
	here := s.folders[f.id] == f
	if here {
		delete(s.folders, f.id)
	}
	s.mu.Unlock()
	if !here {
		return nil
	}
	s.comparisons.drop(f.id)
	s.hands.drop(f)
	close(f.closed)
	f.done.Wait()
	f.using.Lock() // nobody types any more
	defer f.using.Unlock()
	return f.desk.Save()
}

type farewell struct {
	Why string `json:"why"`
}

// current is what there is now to tell; it waits for the first.
func (f *folder) current(r *http.Request) (*snapshot, error) {
	select {
	case <-f.ready:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case <-f.closed:
		return nil, refusal(http.StatusServiceUnavailable, "程序正在结束")
	}
	f.catchUp() // who typed something asks for it, and what is being told may be of before
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now.state == nil {
		return nil, f.failed
	}
	return f.now, nil
}

// list are the streams as they are now.
func (f *folder) list() []*stream {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]*stream, 0, len(f.streams))
	for c := range f.streams {
		out = append(out, c)
	}
	return slices.Clip(out)
}
