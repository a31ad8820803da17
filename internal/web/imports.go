package web

import (
	"net/http"

	"yusuan/internal/desk"
	"yusuan/internal/imports"
)

// Imports takes in what budget systems export.
type Imports struct {
	// Look understands exports and holds them against the folder as it is on the disk. Nothing is written.
	Look func(dir string, files []Upload, how ImportHow) (*Importing, error)
	// Read reads a file that was dropped on the program.
	Read func(path string) (Upload, error)
}

// Upload is a file as a window sent it. Its name is shown, and never is a path.
type Upload struct {
	Name  string
	Bytes []byte
}

// ImportHow is what somebody decided about exports.
type ImportHow struct {
	Answers imports.Answers `json:"answers"`
	Form    string          `json:"form"`   // the kind of forms that new projects get
	Delete  bool            `json:"delete"` // what the exports have no more
}

// Importing is what was understood of exports, and what they would change.
type Importing struct {
	Ours     string           `json:"-"`       // the file that is a workbook of ours: it is brought in by Sheet
	Refused  []string         `json:"refused"` // files that cannot be read, and why
	Twice    []string         `json:"twice"`   // files that were given twice
	Strange  string           `json:"strange"` // why these may be the exports of another department
	Sheets   []ImportSheet    `json:"sheets"`
	Asked    []ImportQuestion `json:"asked"`
	Units    []ImportUnit     `json:"units"` // of the folder
	Choices  imports.Choices  `json:"choices"`
	Found    []Finding        `json:"found"`
	Errors   int              `json:"errors"`
	Nothing  string           `json:"nothing"` // why nothing is taken in
	Counts   []ImportCount    `json:"counts"`
	Changes  []ImportChange   `json:"changes"`
	Same     int              `json:"same"`
	Forms    []string         `json:"forms"`     // kinds that new forms are of
	FormKind []string         `json:"form_kind"` // kinds to choose from
	Why      string           `json:"why"`
	Files    []desk.Written   `json:"-"`
	// Keep remembers beside the data where they came from and what was answered, once they are written.
	Keep func() error `json:"-"`
}

// ImportSheet is what was made of a sheet.
type ImportSheet struct {
	File    string         `json:"file"`
	Sheet   string         `json:"sheet"`
	Title   string         `json:"title"`
	Place   string         `json:"place"`
	Print   string         `json:"print"`
	Kind    string         `json:"kind"`
	Score   int            `json:"score"`
	Unit    string         `json:"unit"`
	From    string         `json:"unit_from"`
	Fund    string         `json:"fund"`
	Skip    bool           `json:"skip"`
	Lenient bool           `json:"lenient"`
	Left    bool           `json:"left"` // nothing is taken of it
	Summary string         `json:"summary"`
	Account string         `json:"account"`
	Agreed  bool           `json:"agreed"`
	Failed  int            `json:"failed"` // sums that do not agree with their parts
	Columns []ImportColumn `json:"columns"`
	Notes   []string       `json:"notes"`
}

// ImportColumn is what a column was taken for.
type ImportColumn struct {
	Key    string   `json:"key"`
	Letter string   `json:"letter"`
	Head   string   `json:"head"`
	Role   string   `json:"role"`
	Fund   string   `json:"fund"`
	Score  int      `json:"score"`
	Filled int      `json:"filled"`
	Note   string   `json:"note"`
	Unused bool     `json:"unused"`
	Cells  []string `json:"cells"` // the first ones below the head
}

// ImportQuestion is a unit of which the code is asked for.
type ImportQuestion struct {
	Name  string `json:"name"`
	File  bool   `json:"file"`
	Sheet string `json:"sheet"`
	Code  string `json:"code"`
	Score int    `json:"score"`
}

// ImportUnit is a unit of the folder.
type ImportUnit struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// ImportCount is how many entries of a table are new, changed, kept, gone or deleted, and what they come to.
type ImportCount struct {
	Kind   string `json:"kind"`
	Table  string `json:"table"`
	N      int    `json:"n"`
	Amount string `json:"amount"` // "" where they have none
}

// ImportChange is one change.
type ImportChange struct {
	Kind   string `json:"kind"` // new, changed, kept, gone, deleted
	Table  string `json:"table"`
	What   string `json:"what"`
	Field  string `json:"field"`
	Old    string `json:"old"`
	New    string `json:"new"`
	Amount string `json:"amount"`
	From   string `json:"from"` // the cell of the export
}

func (s *Server) importRoutes(mux *http.ServeMux) {
	mux.HandleFunc("POST /d/{id}/api/import", s.inFolder(func(w http.ResponseWriter, r *http.Request, f *folder) {
		files, how, err := uploads(w, r)
		var wish ImportHow
		if err == nil {
			err = bare(how, &wish)
		}
		var v any
		if err == nil {
			v, err = s.receive(f, files, wish)
		}
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		answer(w, v)
	}))
	mux.HandleFunc("POST /d/{id}/api/import/look", s.of(s.postImportLook))
	mux.HandleFunc("POST /d/{id}/api/import/take", s.of(s.postImportTake))
}

// postImportLook looks at the same files again, by other answers.
func (s *Server) postImportLook(f *folder, r *http.Request) (any, error) {
	var in struct {
		Token string `json:"token"`
		ImportHow
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	g, err := s.hands.held(f, in.Token)
	if err != nil {
		return nil, err
	}
	return s.receive(f, g.files, in.ImportHow)
}

// postImportTake takes exports in as they were shown.
func (s *Server) postImportTake(f *folder, r *http.Request) (any, error) {
	var in struct {
		Token string `json:"token"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	g, err := s.hands.held(f, in.Token)
	switch {
	case err != nil:
		return nil, err
	case g.exports == nil || g.exports.Errors > 0 || g.exports.Nothing != "" || g.exports.Keep == nil:
		return nil, refusal(http.StatusConflict, "还有没弄清的地方，现在不能带入")
	}
	done, err := f.take(g.exports.Why, g.exports.Files)
	if err != nil {
		return nil, err
	}
	s.hands.drop(f)
	if err := g.exports.Keep(); err != nil {
		done.Words += "数据已经带入，但是没有记下数从哪里来、各列选的是什么：" + s.world.Words(err)
	}
	return done, nil
}
