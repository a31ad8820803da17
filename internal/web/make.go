package web

import (
	"net/http"
	"time"
)

// Make hands documents out: the files that the command build makes, of a folder as it is on the disk.
type Make struct {
	// Look tells which files would be made, and what is in their places. A folder "" is where they went last, or beside the data.
	Look func(dir, into string) (*Making, error)
	// Make makes files, all or none.
	Make func(dir string, wish MakeWish) (*Made, error)
	// Preview is the PDF; nothing is written.
	Preview func(dir string) (name string, pdf []byte, err error)
	// Read is a file that was made.
	Read func(path string) ([]byte, error)
}

// MakeWish is what is to be made.
type MakeWish struct {
	Into  string   `json:"into"`
	Forms []string `json:"forms"`
	Strip bool     `json:"strip"` // the data inside without comments
}

// Making is what may be made.
type Making struct {
	Into     string     `json:"into"`
	Why      string     `json:"why"` // why nothing can be written there, "" where it can
	Forms    []MakeForm `json:"forms"`
	Strip    bool       `json:"strip"`
	Comments int        `json:"comments"` // in the data, which the PDF would carry
	Found
}

// MakeForm is a form of the document.
type MakeForm struct {
	Form   string     `json:"form"`
	Title  string     `json:"title"`
	Reader string     `json:"reader"` // whom it is for
	Name   string     `json:"name"`   // of its file
	There  *time.Time `json:"there"`  // when the file of ours in its place was made
	Taken  string     `json:"taken"`  // why its place is not free, "" where it is
	Chosen bool       `json:"chosen"`
}

// Found is how many problems there are, with the warnings.
type Found struct {
	Errors   int       `json:"errors"`
	Warnings []Warning `json:"warnings"`
}

// Warning is a finding that keeps nothing from being made.
type Warning struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Place   string `json:"place"`
}

// Made are the files that were made; none where errors keep them from it.
type Made struct {
	Into  string     `json:"into"`
	Files []MadeFile `json:"files"`
	Found
}

// MadeFile is a file that was made.
type MadeFile struct {
	Form  string `json:"form"`
	Title string `json:"title"`
	Name  string `json:"name"`
	Path  string `json:"-"` // in full
	Size  int    `json:"size"`
	Pages int    `json:"pages"` // 0 of forms without
	Hash  string `json:"hash"`  // SHA-256, as registers have it
	URL   string `json:"url"`
}

func (s *Server) makeRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /d/{id}/api/make", s.of(s.getMake))
	mux.HandleFunc("POST /d/{id}/api/make", s.of(s.postMake))
	mux.HandleFunc("GET /d/{id}/print", s.inFolder(s.print))
}

func (s *Server) getMake(f *folder, r *http.Request) (any, error) {
	if err := f.settled(); err != nil {
		return nil, err
	}
	m, err := s.world.Make.Look(f.dir, r.URL.Query().Get("into"))
	return m, f.said(err)
}

func (s *Server) postMake(f *folder, r *http.Request) (any, error) {
	var wish MakeWish
	if err := decode(r, &wish); err != nil {
		return nil, err
	}
	if err := f.settled(); err != nil {
		return nil, err
	}
	m, err := s.world.Make.Make(f.dir, wish)
	if err != nil {
		return nil, f.said(err)
	}
	for i := range m.Files {
		x := &m.Files[i]
		x.URL = s.hands.offer(f, x.Name, handedOut{path: x.Path})
	}
	return m, nil
}

// print shows the PDF as it would be made now, to be looked at and printed. Nothing is written.
func (s *Server) print(w http.ResponseWriter, _ *http.Request, f *folder) {
	if err := f.settled(); err != nil {
		s.explain(w, http.StatusConflict, "现在不能预览", s.world.Words(err))
		return
	}
	name, pdf, err := s.world.Make.Preview(f.dir)
	if err != nil {
		s.explain(w, http.StatusUnprocessableEntity, "现在不能预览", s.world.Words(err))
		return
	}
	handOver(w, "inline", name, pdf)
}
