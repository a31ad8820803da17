// Package web is the page in the browser: it serves the editing of data folders (desk) to windows on the same machine, and to
// nobody else. It alone knows net/http; files, fonts and whatever else is of the machine are handed in as functions.
//
// Every request passes the guard (guard.go) before anything is looked at. Each group of routes has a file of its own.
package web

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// Server serves windows. Its handler is safe for concurrent use.
type Server struct {
	HTTP *http.Server // whoever listens hands it the listener

	world World
	guard *guard
	page  *static
	faces *faces
	hands *hands

	comparisons comparisons

	ended chan struct{} // closed once the program is to end
	end   sync.Once
	stop  context.CancelFunc
	until context.Context // of all that goes on in the background
	tasks sync.WaitGroup

	mu      sync.Mutex        // guards all below
	places  map[string]string // folders that were opened, by id
	folders map[string]*folder
	dropped []string // files that home shows
	streams int
	runs    int       // of folders that were opened
	seen    time.Time // when a window last asked

	unremembered string // why a folder could not be kept among those that were opened

	boards boards // roots that were opened
}

// Limits of what is taken from a window.
const (
	mostBody    = 8 << 20
	mostHeader  = 64 << 10
	mostStreams = 4 // a browser has six connections to a server: the others are for questions
)

// New makes a server for an address that is listened on.
func New(w World) *Server {
	s := &Server{world: w, ended: make(chan struct{}), places: map[string]string{}, folders: map[string]*folder{}, seen: time.Now(), boards: boards{byID: map[string]*board{}}}
	s.until, s.stop = context.WithCancel(context.Background())
	s.page, s.faces, s.hands = newStatic(), newFaces(), newHands()
	s.guard = newGuard(w.Address, w.Times.StartLink)
	mux := http.NewServeMux()
	s.startRoutes(mux)
	s.staticRoutes(mux)
	s.deskRoutes(mux)
	s.eventRoutes(mux)
	s.handRoutes(mux)
	s.compareRoutes(mux)
	s.reviewRoutes(mux)
	s.homeRoutes(mux)
	s.newRoutes(mux)
	s.boardRoutes(mux)
	s.batchRoutes(mux)
	s.verifyRoutes(mux)
	s.papersRoutes(mux)
	s.HTTP = &http.Server{Handler: s.caught(s.guard.only(found(mux))), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 10 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: mostHeader}
	s.background(s.watch)
	return s
}

// background runs fn until it returns; Close waits for it.
func (s *Server) background(fn func()) {
	s.tasks.Add(1)
	go func() {
		defer s.tasks.Done()
		defer s.fault(nil)
		fn()
	}()
}

// Ended is closed once the program is to end: somebody said so, or no window is left.
func (s *Server) Ended() <-chan struct{} { return s.ended }

// End asks that the program end.
func (s *Server) End() { s.end.Do(func() { close(s.ended) }) }

// watch ends the program when nobody looks at it any more.
func (s *Server) watch() {
	tick := time.NewTicker(max(min(s.world.Times.Idle, s.world.Times.Away)/20, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-s.until.Done():
			return
		case <-tick.C:
		}
		s.mu.Lock()
		idle := s.streams == 0 && time.Since(s.seen) > s.world.Times.Idle
		s.mu.Unlock()
		if idle {
			s.End()
		}
		s.dropAway()
	}
}

// Close saves what is typed, tells all windows that the program ends and waits until nothing goes on any more. The error says what
// could not be saved: the journal has it.
func (s *Server) Close(ctx context.Context) error {
	s.End()
	s.mu.Lock()
	var open []*folder
	for _, f := range s.folders {
		open = append(open, f)
	}
	s.mu.Unlock()
	for _, f := range open {
		why := "程序已经结束，填的都保存了；再打开一次程序，接着填"
		if err := f.desk.Save(); err != nil {
			why = "程序已经结束，有改动没有保存成功：" + s.world.Words(err) + "；都记在数据目录的 .yusuan/journal.jsonl 里"
		}
		f.farewell(why)
	}
	s.stop()
	var errs []error
	if err := s.HTTP.Shutdown(ctx); err != nil { // somebody is still asking
		errs = append(errs, s.HTTP.Close())
	}
	for _, f := range open {
		errs = append(errs, f.close()) // saves what was typed since
	}
	s.tasks.Wait()
	return errors.Join(errs...)
}
