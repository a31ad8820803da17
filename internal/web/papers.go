package web

import (
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"sync"
)

// Papers checks finished documents of anybody.
type Papers struct {
	File func(in *Paper) (*Judged, error)
	Read func(path string) ([]byte, error) // a file that was given when the program started
}

// Paper is a document to be checked, and last year's with it where there is one. Names are for people and never paths.
type Paper struct {
	Name     string
	Raw      []byte
	LastName string
	Last     []byte
	Template string // "" for what suits it best
}

// Judged is what was found in a document, in the words of the command.
type Judged struct {
	ID       int       `json:"id"`
	Name     string    `json:"name"`
	Refused  string    `json:"refused"` // why it is not checked, "" where it is
	Taken    string    `json:"taken"`   // what it was taken for
	Closing  string    `json:"closing"` // what was checked and what was not
	Whole    bool      `json:"whole"`   // nothing was left unchecked
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Findings []Judging `json:"findings"`
	// Pages are those that can be shown: of a PDF all of them.
	Pages []JudgedPage `json:"pages"`
	// Parts are what a document without pages says, in its order, as far as it is shown.
	Parts []JudgedPart `json:"parts"`
	Left  bool         `json:"left"` // not all of it is shown

	Picture func(page int) ([]byte, error)              `json:"-"` // PNG
	Marked  func() (name string, raw []byte, err error) `json:"-"` // the document with notes; nil where it can have none
	List    func() (name string, raw []byte, err error) `json:"-"` // a workbook
}

// Judging is a finding.
type Judging struct {
	Level   string      `json:"level"`
	Rule    string      `json:"rule"`
	Message string      `json:"message"`
	Where   string      `json:"where"`
	Stated  string      `json:"stated"`
	Want    string      `json:"want"`
	Apart   string      `json:"diff"` // the difference of the two
	Notes   []string    `json:"notes"`
	Hint    string      `json:"hint"`
	Boxes   []JudgedBox `json:"boxes"`
	Pieces  []int       `json:"pieces"` // of a document without pages
}

// JudgedPart is a paragraph, or a table with the lines around it.
type JudgedPart struct {
	Text  *JudgedText    `json:"text"`
	Above []JudgedText   `json:"above"`
	Rows  [][]JudgedCell `json:"rows"`
	Below []JudgedText   `json:"below"`
	Sheet string         `json:"sheet"` // of a spreadsheet
}

// JudgedText is a paragraph.
type JudgedText struct {
	Piece int    `json:"piece"`
	Text  string `json:"text"`
	Level int    `json:"level"` // of a heading
}

// JudgedCell is a cell where it begins.
type JudgedCell struct {
	Piece   int    `json:"piece"`
	Text    string `json:"text"`
	Columns int    `json:"columns"`
	Rows    int    `json:"rows"`
}

// JudgedBox is a place on a page, in thousandths of a point from its upper left corner.
type JudgedBox struct {
	Page   int   `json:"page"`
	Left   int64 `json:"left"`
	Top    int64 `json:"top"`
	Width  int64 `json:"width"`
	Height int64 `json:"height"`
}

// JudgedPage is a page that can be shown.
type JudgedPage struct {
	Page   int   `json:"page"` // from 1
	Width  int64 `json:"width"`
	Height int64 `json:"height"`
}

// judgings keeps what was found last, for the pages of it.
type judgings struct {
	mu   sync.Mutex
	next int
	list []*Judged
}

func (k *judgings) keep(x *Judged) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next++
	x.ID = k.next
	k.list = append(k.list, x)
	k.list = k.list[max(0, len(k.list)-mostKept):]
}

// of is what was found under the number of an address.
func (k *judgings) of(r *http.Request) (*Judged, error) {
	id, _ := strconv.Atoi(r.PathValue("id")) // none is 0
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, x := range k.list {
		if x.ID == id {
			return x, nil
		}
	}
	return nil, refusal(http.StatusNotFound, "这份文件已经不在了，再核对一次")
}

func (s *Server) papersRoutes(mux *http.ServeMux) {
	kept := &judgings{}
	mux.HandleFunc("GET /check", func(w http.ResponseWriter, _ *http.Request) {
		s.looked()
		s.show(w, http.StatusOK, "check.html", shown{Title: "核对公开文件"})
	})
	mux.HandleFunc("POST /api/check", func(w http.ResponseWriter, r *http.Request) {
		s.looked()
		in, err := paperSent(w, r)
		if err == nil {
			err = s.judge(kept, in, w)
		}
		if err != nil {
			s.refuseFor(w, err)
		}
	})
	mux.HandleFunc("POST /api/check/given", func(w http.ResponseWriter, r *http.Request) {
		s.looked()
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		in, err := s.paperGiven(r)
		if err == nil {
			err = s.judge(kept, in, w)
		}
		if err != nil {
			s.refuseFor(w, err)
		}
	})
	mux.HandleFunc("GET /api/check/{id}", s.answered(func(r *http.Request) (any, error) { return kept.of(r) }))
	mux.HandleFunc("GET /api/check/{id}/pages/{page}", func(w http.ResponseWriter, r *http.Request) {
		raw, err := judgedPage(kept, r)
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(raw) // the window may be gone
	})
	mux.HandleFunc("GET /api/check/{id}/copies/{what}", func(w http.ResponseWriter, r *http.Request) {
		name, raw, err := judgedCopy(kept, r)
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		handOver(w, "attachment", name, raw)
	})
}

// judge checks a document and answers with what was found.
func (s *Server) judge(kept *judgings, in *Paper, w http.ResponseWriter) error {
	x, err := s.world.Papers.File(in)
	if err != nil {
		return err
	}
	kept.keep(x)
	answer(w, x)
	return nil
}

// paperSent is a document that a window sends.
func paperSent(w http.ResponseWriter, r *http.Request) (*Paper, error) {
	in := &Paper{}
	err := eachSent(w, r, 2*mostPDF, func(part *multipart.Part) (err error) {
		switch part.FormName() {
		case "file":
			in.Name = baseOf(part.FileName())
			in.Raw, err = io.ReadAll(part)
		case "last":
			in.LastName = baseOf(part.FileName())
			in.Last, err = io.ReadAll(part)
		case "template":
			var name []byte
			name, err = io.ReadAll(io.LimitReader(part, 1<<10))
			in.Template = string(name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(in.Raw) == 0 {
		return nil, nothingSent()
	}
	return in, nil
}

// paperGiven is a document that was given when the program started: by its place in that list, never by a path.
func (s *Server) paperGiven(r *http.Request) (*Paper, error) {
	var in struct {
		Given int `json:"given"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	given := s.given()
	if in.Given < 0 || in.Given >= len(given) || !s.kindOf(given[in.Given]).document() {
		return nil, refusal(http.StatusNotFound, "没有这个文件")
	}
	raw, err := s.world.Papers.Read(given[in.Given])
	return &Paper{Name: baseOf(given[in.Given]), Raw: raw}, err
}

// document reports whether what lies at a path may be a finished document.
func (k Kind) document() bool { return k == PDFFile || k == PaperFile || k == BookFile }

// judgedPage draws a page of a document.
func judgedPage(kept *judgings, r *http.Request) ([]byte, error) {
	x, err := kept.of(r)
	if err != nil {
		return nil, err
	}
	page, err := strconv.Atoi(r.PathValue("page"))
	if err != nil || page < 1 || page > len(x.Pages) {
		return nil, refusal(http.StatusNotFound, "没有这一页")
	}
	return x.Picture(page)
}

// judgedCopy is a file to be kept of what was found: the document with notes, or the list.
func judgedCopy(kept *judgings, r *http.Request) (name string, raw []byte, err error) {
	x, err := kept.of(r)
	if err != nil {
		return "", nil, err
	}
	switch what := r.PathValue("what"); {
	case what == "marked" && x.Marked != nil:
		return x.Marked()
	case what == "list" && x.List != nil:
		return x.List()
	}
	return "", nil, refusal(http.StatusNotFound, "没有这个文件")
}
