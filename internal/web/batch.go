package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Batch makes the documents of all departments of a root.
type Batch struct {
	Forms  []BatchForm
	Script string // the script of pages that are made, as policies name it
	Run    func(ctx context.Context, root string, x BatchWish, follow Follow) (*BatchMade, error)
}

// BatchForm is a form that documents can be made in.
type BatchForm struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// BatchWish is what is to be made.
type BatchWish struct {
	Out      string   `json:"out"`
	Forms    []string `json:"forms"`
	Editions string   `json:"editions"` // department, units, all
	Force    bool     `json:"force"`    // also what has not changed
	Verify   bool     `json:"verify"`   // read what is there, too
	Strip    bool     `json:"strip"`    // leave comments out of the data inside
}

// BatchMade is what came of a batch.
type BatchMade struct {
	Out     string    `json:"out"`
	Seconds string    `json:"seconds"`
	Words   string    `json:"words"` // in one line
	Stopped bool      `json:"stopped"`
	Error   string    `json:"error"` // why it ended before its end
	Counts  []Count   `json:"counts"`
	Failed  []Failed  `json:"failed"` // all of them
	Notes   []string  `json:"notes"`
	Report  string    `json:"report"` // as the command tells it
	Ended   time.Time `json:"ended"`

	District *District `json:"-"` // the board after it, nil where it did not come to its end
}

func (s *Server) batchRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/forms", s.answered(func(*http.Request) (any, error) { return s.world.Batch.Forms, nil }))
	mux.HandleFunc("POST /b/{id}/api/batch", s.onBoard(s.runBatch))
}

// runBatch begins a batch; how far it is is told by events.
func (s *Server) runBatch(b *board, r *http.Request) (any, error) {
	var x BatchWish
	if err := decode(r, &x); err != nil {
		return nil, err
	}
	if x.Out = unquoted(x.Out); x.Out == "" {
		return nil, refusal(http.StatusBadRequest, "没有写放在哪个文件夹")
	}
	if len(x.Forms) == 0 {
		return nil, refusal(http.StatusBadRequest, "没有选做成哪些形式")
	}
	if err := s.saveBelow(b.dir); err != nil {
		return nil, err
	}
	j, ctx := s.begin(b, "batch")
	if j == nil {
		return nil, refusal(http.StatusConflict, "正在核对或者生成，等它做完，或者先停下")
	}
	s.background(func() {
		defer s.lookAfter(b)
		defer b.finish(func() {})
		defer s.fault(func() { b.note("生成时程序出错了，没有做完；详情在程序的窗口里") })
		made, err := s.world.Batch.Run(ctx, b.dir, x, b.follow(s))
		b.mu.Lock()
		defer b.mu.Unlock()
		if err != nil {
			made = &BatchMade{Out: x.Out, Error: s.world.Words(err), Counts: []Count{}, Failed: []Failed{}, Notes: []string{}}
		}
		made.Seconds, made.Ended = seconds(time.Since(j.began)), time.Now()
		if b.made = made; made.District != nil {
			b.last, b.failed = made.District, ""
		}
	})
	return started{true}, nil
}

// lookAfter shows on the board what a batch made, unless it has told so itself.
func (s *Server) lookAfter(b *board) {
	b.mu.Lock()
	told := b.made != nil && b.made.District != nil
	b.mu.Unlock()
	if !told {
		s.look(b)
	}
}

// seconds is a time for people.
func seconds(d time.Duration) string {
	const tenths = 10
	n := d.Milliseconds() / (1000 / tenths)
	if d >= time.Minute {
		return fmt.Sprintf("%d 分 %d 秒", n/tenths/60, n/tenths%60)
	}
	return fmt.Sprintf("%d.%d 秒", n/tenths, n%tenths)
}

// saveBelow saves what is typed in folders that are open here: what reads them from the disk is to read what windows show.
func (s *Server) saveBelow(dir string) error {
	s.mu.Lock()
	var open []*folder
	for _, f := range s.folders {
		if rest, below := strings.CutPrefix(f.dir, dir); below && (rest == "" || strings.ContainsRune(`/\`, rune(rest[0]))) {
			open = append(open, f)
		}
	}
	s.mu.Unlock()
	for _, f := range open {
		if err := f.saved(); err != nil {
			return refusal(http.StatusConflict, "%s 里填的%s；先打开它处理好", f.dir, s.world.Words(err))
		}
	}
	return nil
}

// note keeps why a batch came to nothing.
func (b *board) note(words string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.made = &BatchMade{Error: words, Counts: []Count{}, Failed: []Failed{}, Notes: []string{}, Ended: time.Now()}
}
