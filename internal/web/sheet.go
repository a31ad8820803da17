package web

import (
	"net/http"

	"yusuan/internal/desk"
)

// Sheet is the workbook that is filled in elsewhere: out of a folder and back into it.
type Sheet struct {
	// Out makes the workbook of a folder as it is on the disk.
	Out func(dir string) (name string, book []byte, err error)
	// In holds a workbook against the folder as it is on the disk. Nothing is written.
	In func(dir, name string, book []byte) (*Brought, error)
}

// Brought is what a workbook that was filled in would change.
type Brought struct {
	Why       string         `json:"why"` // by which the step will be known
	Files     []desk.Written `json:"-"`
	Wrong     int            `json:"wrong"` // cells that are not understood: nothing can be taken in
	Found     []Finding      `json:"found"`
	Conflicts []Clash        `json:"conflicts"` // they stay as the folder has them
	Deleted   []Gone         `json:"deleted"`
	Untouched []string       `json:"untouched"`
}

// Finding is something that was found in a file.
type Finding struct {
	Level   string `json:"level"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Place   string `json:"place"`
}

// Clash is what a workbook and the folder both changed since the workbook was made.
type Clash struct {
	What   string `json:"what"`
	At     string `json:"at"` // the cell
	Mine   string `json:"mine"`
	Theirs string `json:"theirs"`
	Base   string `json:"base"`
	Known  bool   `json:"known"` // base is
}

// Gone is a row that a workbook has no more.
type Gone struct {
	Table string `json:"table"`
	Says  string `json:"says"`
	With  int    `json:"with"` // entries within it that go along
}

func (s *Server) sheetRoutes(mux *http.ServeMux) {
	mux.HandleFunc("POST /d/{id}/api/sheet/out", s.of(s.postSheetOut))
	mux.HandleFunc("POST /d/{id}/api/sheet/take", s.of(s.postSheetTake))
}

// postSheetOut makes the workbook of a folder and tells where it is to be downloaded.
func (s *Server) postSheetOut(f *folder, _ *http.Request) (any, error) {
	if err := f.settled(); err != nil {
		return nil, err
	}
	name, book, err := s.world.Sheet.Out(f.dir)
	if err != nil {
		return nil, f.said(err)
	}
	return struct {
		Name string `json:"name"`
		URL  string `json:"url"`
		Size int    `json:"size"`
	}{name, s.hands.offer(f, name, handedOut{bytes: book}), len(book)}, nil
}

// bring holds a workbook against the folder.
func (s *Server) bring(f *folder, x Upload) (any, error) {
	b, err := s.world.Sheet.In(f.dir, x.Name, x.Bytes)
	if err != nil {
		return nil, f.said(err)
	}
	g := &given{files: []Upload{x}, book: b}
	notes, err := f.would(b.Files)
	if err != nil {
		return nil, err
	}
	s.hands.hold(f, g)
	return received{Token: g.token, Kind: "sheet", Name: x.Name, Sheet: b, Changes: changes(notes)}, nil
}

// postSheetTake takes a workbook in that was looked at.
func (s *Server) postSheetTake(f *folder, r *http.Request) (any, error) {
	var in struct {
		Token  string `json:"token"`
		Delete bool   `json:"delete"` // rows that it has no more
		Theirs bool   `json:"theirs"` // what both sides changed stays as the folder has it
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	g, err := s.hands.held(f, in.Token)
	switch {
	case err != nil:
		return nil, err
	case g.book == nil || g.book.Wrong > 0:
		return nil, refusal(http.StatusConflict, "填报表里有看不懂的地方，先在填报表里改正，再选一次")
	case len(g.book.Deleted) > 0 && !in.Delete:
		return nil, refusal(http.StatusConflict, "填报表里少了 %d 行；确实要删的，先勾上“删去”", len(g.book.Deleted))
	case len(g.book.Conflicts) > 0 && !in.Theirs:
		return nil, refusal(http.StatusConflict, "有 %d 处两边都改过；先定下照哪一边", len(g.book.Conflicts))
	}
	done, err := f.take(g.book.Why, g.book.Files)
	if err == nil {
		s.hands.drop(f)
	}
	return done, err
}
