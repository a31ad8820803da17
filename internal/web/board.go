package web

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Board is what the page of a root of departments has of the machine.
type Board struct {
	// Look checks all departments without making anything; of what the last batch made it tells what is there.
	Look func(ctx context.Context, root string, follow Follow) (*District, error)
	Out  func(root string) (dir string, known bool) // where documents were made last, or would be
	// File opens a file that was made, by its name below the output folder of the root.
	File func(root, name string) (io.ReadSeekCloser, time.Time, error)
}

// Follow is told how far something is.
type Follow struct {
	Begin func(departments int)
	Done  func(Failed) // a department is done; Words are "" of one that went well
}

// Failed is a department that something went wrong with.
type Failed struct {
	Department string `json:"department"` // its folder, below the root
	Name       string `json:"name"`
	State      string `json:"state"`
	Words      string `json:"words"`
}

// District is a root of departments.
type District struct {
	Title string      `json:"title"`
	Years []Year      `json:"years"` // the newest first
	Out   string      `json:"out"`   // where documents were made last; "" where none were
	Made  time.Time   `json:"made"`  // when
	Files []BatchFile `json:"files"` // of the whole district
	Notes []string    `json:"notes"` // what could not be read
}

// Year is the departments of one year.
type Year struct {
	Year        int          `json:"year"`
	Title       string       `json:"title"`
	Facts       []Fact       `json:"facts"`
	States      []Count      `json:"states"` // all that there may be
	Notes       []string     `json:"notes"`
	Departments []Department `json:"departments"`
	Tables      []Grid       `json:"tables"`
}

// Fact is something about a year.
type Fact struct {
	Title string `json:"title"`
	Words string `json:"words"`
}

// Count is how many departments are in a state.
type Count struct {
	State string `json:"state"`
	Count int    `json:"count"`
}

// Department is one of them. Amounts are in 万元 as they are printed, "" where they are not shown.
type Department struct {
	Folder       string      `json:"folder"` // below the root; "" of one that has not reported
	Code         string      `json:"code"`
	Name         string      `json:"name"`
	Initials     string      `json:"initials"` // of the name, for finding
	Section      string      `json:"section"`
	State        string      `json:"state"`
	Errors       int         `json:"errors"`
	Warnings     int         `json:"warnings"`
	Message      string      `json:"message"` // the first error, or what the machine said
	Total        string      `json:"total"`
	Last         string      `json:"last"`
	Change       string      `json:"change"`
	Share        string      `json:"share"` // the change in per cent
	Have         int         `json:"have"`  // performance forms
	Due          int         `json:"due"`
	Confidential string      `json:"confidential"` // dates
	Signed       string      `json:"signed"`
	Published    string      `json:"published"`
	Made         string      `json:"made"`  // what the last batch made of it, in words; "" where there was none
	Stale        bool        `json:"stale"` // its data were changed since
	Pages        int         `json:"pages"`
	Files        []BatchFile `json:"files"`
}

// BatchFile is a file that a batch made and that is there.
type BatchFile struct {
	Name  string `json:"name"` // below the output folder
	Title string `json:"title"`
	Size  int64  `json:"size"`
}

// Grid is a table of the whole district.
type Grid struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	Note    string     `json:"note"`
	Head    []string   `json:"head"`
	Numbers []bool     `json:"numbers"` // columns that stand flush right
	Rows    [][]string `json:"rows"`
}

// board is a root that was opened.
type board struct {
	id, dir string

	mu     sync.Mutex // guards all below
	job    *job
	last   *District
	failed string // why there is no newer one
	made   *BatchMade
	rev    int
	watch  map[chan struct{}]struct{} // who waits for news
}

// job is what goes on for a root: one thing at a time.
type job struct {
	What   string   `json:"what"` // look or batch
	Done   int      `json:"done"`
	Total  int      `json:"total"`
	Failed []Failed `json:"failed"`
	Ending bool     `json:"ending"` // somebody cancelled it
	began  time.Time
	stop   context.CancelFunc
}

// mostFailed is how many failures are told while something goes on; the board has all of them.
const mostFailed = 200

// openBoard opens a root.
func (s *Server) openBoard(dir string) (address string, err error) {
	if s.world.Board.Look == nil {
		return "", refusal(http.StatusNotFound, "这里打不开部门的根文件夹")
	}
	id := folderID(dir)
	s.boards.mu.Lock()
	b := s.boards.byID[id]
	if b == nil {
		b = &board{id: id, dir: dir, watch: map[chan struct{}]struct{}{}}
		s.boards.byID[id] = b
	}
	s.boards.mu.Unlock()
	s.remember(dir)
	s.look(b)
	return "/b/" + id + "/", nil
}

// boards are the roots that were opened.
type boards struct {
	mu   sync.Mutex
	byID map[string]*board
}

func (s *Server) board(r *http.Request) (*board, error) {
	s.looked()
	s.boards.mu.Lock()
	defer s.boards.mu.Unlock()
	if b := s.boards.byID[r.PathValue("id")]; b != nil {
		return b, nil
	}
	return nil, refusal(http.StatusNotFound, "这个根文件夹没有打开；从首页打开它")
}

// onBoard is a handler of a board.
func (s *Server) onBoard(fn func(b *board, r *http.Request) (any, error)) http.HandlerFunc {
	return s.answered(func(r *http.Request) (any, error) {
		b, err := s.board(r)
		if err != nil {
			return nil, err
		}
		return fn(b, r)
	})
}

func (s *Server) boardRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /b/{id}/{$}", func(w http.ResponseWriter, r *http.Request) {
		b, err := s.board(r)
		if err != nil {
			s.explain(w, http.StatusNotFound, "没有打开", s.world.Words(err))
			return
		}
		s.show(w, http.StatusOK, "board.html", shown{Title: baseOf(b.dir) + " 各部门", Folder: b.id})
	})
	mux.HandleFunc("GET /b/{id}/api/state", s.onBoard(func(b *board, _ *http.Request) (any, error) { return s.boardState(b), nil }))
	mux.HandleFunc("POST /b/{id}/api/look", s.onBoard(func(b *board, _ *http.Request) (any, error) { return started{s.look(b)}, nil }))
	mux.HandleFunc("POST /b/{id}/api/cancel", s.onBoard(func(b *board, _ *http.Request) (any, error) { return started{b.cancel()}, nil }))
	mux.HandleFunc("POST /b/{id}/api/open", s.onBoard(s.openDepartment))
	mux.HandleFunc("GET /b/{id}/events", func(w http.ResponseWriter, r *http.Request) {
		b, err := s.board(r)
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		s.live(w, r, b.report)
	})
	mux.HandleFunc("GET /b/{id}/out/{name...}", s.madeFile)
}

// report tells a window what goes on, until it is gone. One that is slow is told of the latest alone.
func (b *board) report(gone <-chan struct{}, send func(event string, v any)) {
	news := make(chan struct{}, 1)
	news <- struct{}{}
	b.mu.Lock()
	b.watch[news] = struct{}{}
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.watch, news)
		b.mu.Unlock()
	}()
	for {
		select {
		case <-gone:
			return
		case <-news:
		}
		b.mu.Lock()
		x := progress{b.rev, b.job.copy()}
		b.mu.Unlock()
		send("progress", x)
	}
}

// progress is what goes on.
type progress struct {
	Rev int  `json:"rev"` // another one: there is something else to show
	Job *job `json:"job"`
}

// copy is a job as it is now.
func (j *job) copy() *job {
	if j == nil {
		return nil
	}
	x := *j
	x.Failed = slices.Clone(j.Failed)
	return &x
}

type started struct {
	OK bool `json:"ok"`
}

// boardState is all that a window of a board shows.
func (s *Server) boardState(b *board) any {
	out, known := s.world.Board.Out(b.dir)
	b.mu.Lock()
	defer b.mu.Unlock()
	return struct {
		Rev      int        `json:"rev"`
		Dir      string     `json:"dir"`
		Out      string     `json:"out"`
		OutKnown bool       `json:"out_known"` // documents were made there
		Job      *job       `json:"job"`
		District *District  `json:"district"` // null before the first look is done
		Error    string     `json:"error"`
		Batch    *BatchMade `json:"batch"` // what came of the last batch of this session
	}{b.rev, b.dir, out, known, b.job.copy(), b.last, b.failed, b.made}
}

// openDepartment opens a department of the board, by its folder below the root as the board told it.
func (s *Server) openDepartment(b *board, r *http.Request) (any, error) {
	var in struct {
		Folder string `json:"folder"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	b.mu.Lock()
	known := b.last.has(in.Folder)
	b.mu.Unlock()
	if !known {
		return nil, refusal(http.StatusNotFound, "这里没有这个部门")
	}
	address, err := s.AddressOf(joined(b.dir, in.Folder))
	return addressOf{address}, err
}

// joined is a folder below another, of any system.
func joined(dir, below string) string {
	if below == "." {
		return dir
	}
	sep := "/"
	if strings.Contains(dir, `\`) {
		sep = `\`
	}
	return strings.TrimSuffix(dir, sep) + sep + strings.ReplaceAll(below, "/", sep)
}

func (d *District) has(folder string) bool {
	if d == nil || folder == "" {
		return false
	}
	for _, y := range d.Years {
		if slices.ContainsFunc(y.Departments, func(x Department) bool { return x.Folder == folder }) {
			return true
		}
	}
	return false
}

// begin notes that something goes on for a root, unless something does already.
func (s *Server) begin(b *board, what string) (j *job, ctx context.Context) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.job != nil {
		return nil, nil
	}
	ctx, stop := context.WithCancel(s.until)
	b.job = &job{What: what, Failed: []Failed{}, began: time.Now(), stop: stop}
	b.tell()
	return b.job, ctx
}

// finish notes that it is over.
func (b *board) finish(then func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.job.stop()
	b.job = nil
	b.rev++
	then()
	b.tell()
}

func (b *board) cancel() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.job == nil {
		return false
	}
	b.job.Ending = true
	b.job.stop()
	b.tell()
	return true
}

// tell tells all windows that there is news; b.mu is held.
func (b *board) tell() {
	for news := range b.watch {
		nudge(news)
	}
}

// follow notes how far a job is. Of a large district not every department is told: windows would do nothing else.
func (b *board) follow(s *Server) Follow {
	const between = 100 * time.Millisecond
	var told time.Time
	return Follow{
		Begin: func(n int) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.job.Total = n
			b.tell()
		},
		Done: func(f Failed) {
			s.looked() // somebody waits for it
			b.mu.Lock()
			defer b.mu.Unlock()
			b.job.Done++
			if f.Words != "" && len(b.job.Failed) < mostFailed {
				b.job.Failed = append(b.job.Failed, f)
			}
			if now := time.Now(); now.Sub(told) >= between || b.job.Done == b.job.Total {
				told = now
				b.tell()
			}
		},
	}
}

// look checks all departments in the background.
func (s *Server) look(b *board) bool {
	j, ctx := s.begin(b, "look")
	if j == nil {
		return false
	}
	s.background(func() {
		var d *District
		var err error
		defer b.finish(func() {})
		defer s.fault(nil)
		d, err = s.world.Board.Look(ctx, b.dir, b.follow(s))
		b.mu.Lock()
		defer b.mu.Unlock()
		switch {
		case err != nil && ctx.Err() != nil:
			b.failed = "核对停下了，下面是以前的"
		case err != nil:
			b.failed = s.world.Words(err)
		default:
			b.last, b.failed = d, ""
		}
	})
	return true
}
