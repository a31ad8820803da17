package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"sync"

	"yusuan/internal/typeset/page"
)

// Verify holds documents against what they carry inside.
type Verify struct {
	File func(name string, raw, register []byte) (*Verified, error) // register is nil where none is given
	Read func(path string) ([]byte, error)                          // a file that was given when the program started
}

// Verdict is what came of it.
type Verdict string

// What may come of it.
const (
	SameBytes  Verdict = "same"    // byte for byte
	SameWords  Verdict = "words"   // of another version; all words and numbers agree
	Differs    Verdict = "differs" // or is not what it gives itself out for
	Unreadable Verdict = "unreadable"
)

// Verified is what was found, in the words of the command.
type Verified struct {
	ID       int            `json:"id"`
	Name     string         `json:"name"`
	Verdict  Verdict        `json:"verdict"`
	Lines    []string       `json:"lines"`
	Register []string       `json:"register"` // what the register says; empty without one
	InList   bool           `json:"in_list"`  // the register has this very file
	Pages    []VerifiedPage `json:"pages"`    // that differ
	Folders  []Recent       `json:"folders"`  // that were opened once and say they are of the same department and year

	// Sides draws nothing: it gives the pages of Pages[i], nil where there is none.
	Sides func(i int) (was, now *page.Page, err error) `json:"-"`
}

// VerifiedPage is a page that differs.
type VerifiedPage struct {
	Page  int    `json:"page"` // from 1
	Words string `json:"words"`
	Was   bool   `json:"was"` // the file has it
	Now   bool   `json:"now"`
}

// Limits of what is verified.
const (
	mostPDF   = 256 << 20
	mostLists = 16 << 20
	mostKept  = 3 // of what was found, for its pages
)

// verdicts keeps what was found last, for the pages of it.
type verdicts struct {
	mu   sync.Mutex
	next int
	list []*Verified
}

func (s *Server) verifyRoutes(mux *http.ServeMux) {
	kept := &verdicts{}
	mux.HandleFunc("GET /verify", func(w http.ResponseWriter, _ *http.Request) {
		s.looked()
		s.show(w, http.StatusOK, "verify.html", shown{Title: "核验公开文件"})
	})
	mux.HandleFunc("POST /api/verify", func(w http.ResponseWriter, r *http.Request) {
		s.looked()
		x, err := s.verifySent(kept, w, r)
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		answer(w, x)
	})
	mux.HandleFunc("POST /api/verify/given", s.answered(func(r *http.Request) (any, error) { return s.verifyGiven(kept, r) }))
	mux.HandleFunc("GET /api/verify/{id}/{page}/{side}", func(w http.ResponseWriter, r *http.Request) {
		raw, err := s.verifiedPage(kept, r)
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = w.Write(raw) // the window may be gone
	})
}

// verifySent verifies a file that a window sends. Its name is for people and never a path.
func (s *Server) verifySent(kept *verdicts, w http.ResponseWriter, r *http.Request) (*Verified, error) {
	var name string
	var raw, register []byte
	err := eachSent(w, r, mostPDF, func(part *multipart.Part) (err error) {
		switch part.FormName() {
		case "file":
			name = baseOf(part.FileName())
			raw, err = io.ReadAll(part)
		case "register":
			register, err = io.ReadAll(io.LimitReader(part, mostLists))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(raw) == 0 {
		return nil, nothingSent()
	}
	return s.verified(kept, name, raw, register)
}

// eachSent goes through the parts of a form that a window sends, of at most so many bytes together.
func eachSent(w http.ResponseWriter, r *http.Request, most int64, take func(*multipart.Part) error) error {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	form, err := r.MultipartReader()
	if err != nil {
		return refusal(http.StatusBadRequest, "送来的不是文件")
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = take(part)
		}
		if err != nil {
			return tooBig(err)
		}
	}
}

// nothingSent refuses a form without its file.
func nothingSent() error {
	return refusal(http.StatusBadRequest, "没有收到文件，或者文件是空的")
}

func tooBig(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return err
	}
	return refusal(http.StatusBadRequest, "文件没有收完整，再送一次")
}

// verifyGiven verifies a file that was given when the program started: by its place in that list, never by a path.
func (s *Server) verifyGiven(kept *verdicts, r *http.Request) (any, error) {
	var in struct {
		Given int `json:"given"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	given := s.given()
	if in.Given < 0 || in.Given >= len(given) {
		return nil, refusal(http.StatusNotFound, "没有这个文件")
	}
	if kind := s.kindOf(given[in.Given]); kind != PDFFile && kind != OFDFile {
		return nil, refusal(http.StatusNotFound, "没有这个文件")
	}
	raw, err := s.world.Verify.Read(given[in.Given])
	if err != nil {
		return nil, err
	}
	return s.verified(kept, baseOf(given[in.Given]), raw, nil)
}

func (s *Server) verified(kept *verdicts, name string, raw, register []byte) (*Verified, error) {
	x, err := s.world.Verify.File(name, raw, register)
	if err != nil {
		return nil, err
	}
	kept.mu.Lock()
	defer kept.mu.Unlock()
	kept.next++
	x.ID = kept.next
	kept.list = append(kept.list, x)
	kept.list = kept.list[max(0, len(kept.list)-mostKept):]
	return x, nil
}

// verifiedPage draws one side of a page that differs.
func (s *Server) verifiedPage(kept *verdicts, r *http.Request) ([]byte, error) {
	gone := refusal(http.StatusNotFound, "这一页已经不在了，再核验一次")
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return nil, gone
	}
	i, err := strconv.Atoi(r.PathValue("page"))
	if err != nil {
		return nil, gone
	}
	kept.mu.Lock()
	defer kept.mu.Unlock() // a report is of one goroutine
	for _, x := range kept.list {
		if x.ID != id || i < 0 || i >= len(x.Pages) {
			continue
		}
		was, now, err := x.Sides(i)
		if err != nil {
			return nil, refusal(http.StatusUnprocessableEntity, "画不出这一页：%s", s.world.Words(err))
		}
		p := was
		if r.PathValue("side") == "now" {
			p = now
		}
		if p == nil {
			return nil, gone
		}
		return s.faces.draw(p), nil
	}
	return nil, gone
}
