package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	differ "yusuan/internal/changes"
	"yusuan/internal/desk"
	"yusuan/internal/redline"
	"yusuan/internal/svg"
	"yusuan/internal/typeset/page"
)

// Compare holds what is typed against what was: the functions of the machine for it.
type Compare struct {
	// Earlier lists what a folder can be compared with that is at hand.
	Earlier func(dir string, d *desk.Desk) ([]Earlier, error)
	// With compares what is typed with one of them.
	With func(dir string, d *desk.Desk, id string) (*Comparison, error)
	// Given compares what is typed with what was handed in: a PDF, a workbook, or the files of a folder.
	Given func(dir string, d *desk.Desk, files []Given) (*Comparison, error)
}

// Earlier is something to compare with.
type Earlier struct {
	ID    string     `json:"id"`
	Group string     `json:"group"` // under which it is listed
	Title string     `json:"title"`
	Time  *time.Time `json:"time,omitempty"`
}

// Given is a file that was handed in. Its name may have folders in it, as it had where it came from; it is no path of this machine.
type Given struct {
	Name    string
	Content []byte
}

// Comparison is what became of an earlier document.
type Comparison struct {
	Report   *differ.Report
	Old, New ComparedPages
	Fields   []FieldAt // where the causes are typed now, in their order
	Book     func() ([]byte, error)
	Marked   func() ([]byte, error)
}

// ComparedPages are the pages of one of the two documents, and on each the places of what changed.
type ComparedPages struct {
	Pages  []page.Page
	Places [][]ComparedPlace
}

// ComparedPlace is where on a page something shows that changed.
type ComparedPlace struct {
	Box     page.Rule
	Effects []string // a letter for the list of the report, c, s, r or p, and the place in it
	Gone    bool     // it stood here
}

// FieldAt is a field of a row, both "" for none.
type FieldAt struct {
	Row string `json:"row"`
	Key string `json:"key"`
}

// comparison is one that a window looks at.
type comparison struct {
	*Comparison
	number int
	pages  map[string]*page.Page
}

// comparisons are the latest of each folder. Only one is kept: it holds two whole documents.
type comparisons struct {
	mu    sync.Mutex
	count int
	of    map[string]*comparison
}

func (c *comparisons) keep(folder string, x *Comparison, faces *faces) (number int, old, fresh []string) {
	n := &comparison{Comparison: x, pages: map[string]*page.Page{}}
	name := func(s *ComparedPages) (out []string) {
		for i := range s.Pages {
			hash := svg.Hash(faces.draw(&s.Pages[i]))
			n.pages[hash] = &s.Pages[i]
			out = append(out, hash)
		}
		return out
	}
	old, fresh = name(&x.Old), name(&x.New)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of == nil {
		c.of = map[string]*comparison{}
	}
	c.count++
	n.number = c.count
	c.of[folder] = n
	return n.number, old, fresh
}

func (c *comparisons) get(folder, number string) *comparison {
	c.mu.Lock()
	defer c.mu.Unlock()
	if x := c.of[folder]; x != nil && strconv.Itoa(x.number) == number {
		return x
	}
	return nil
}

func (c *comparisons) drop(folder string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.of, folder)
}

const mostGiven = 128 << 20 // of files to compare with

func (s *Server) compareRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /d/{id}/api/compare", s.of(func(f *folder, _ *http.Request) (any, error) {
		list, err := s.world.Compare.Earlier(f.dir, f.desk)
		return struct {
			Earlier []Earlier `json:"earlier"`
		}{append([]Earlier{}, list...)}, err
	}))
	mux.HandleFunc("POST /d/{id}/api/compare", s.of(func(f *folder, r *http.Request) (any, error) {
		var in struct {
			With string `json:"with"`
		}
		if err := decode(r, &in); err != nil {
			return nil, err
		}
		c, err := s.world.Compare.With(f.dir, f.desk, in.With)
		if err != nil {
			return nil, err
		}
		return s.compared(f, c)
	}))
	mux.HandleFunc("POST /d/{id}/api/compare/given", s.inFolder(s.compareGiven))
	mux.HandleFunc("POST /d/{id}/api/compare/end", s.of(func(f *folder, _ *http.Request) (any, error) {
		s.comparisons.drop(f.id)
		return struct{}{}, nil
	}))
	mux.HandleFunc("GET /d/{id}/c/{number}/{name}", s.comparedFile)
}

// compareGiven compares with the files of a form, each under the name that it has where it came from.
func (s *Server) compareGiven(w http.ResponseWriter, r *http.Request, f *folder) {
	r.Body = http.MaxBytesReader(w, r.Body, mostGiven)
	files, err := handedIn(r)
	var c *Comparison
	if err == nil {
		c, err = s.world.Compare.Given(f.dir, f.desk, files)
	}
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	out, err := s.compared(f, c)
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	answer(w, out)
}

// handedIn reads the files of a form: for each a field "name", then the file.
func handedIn(r *http.Request) (files []Given, err error) {
	form, err := r.MultipartReader()
	if err != nil {
		return nil, refusal(http.StatusUnsupportedMediaType, "没有送来文件")
	}
	for name := ""; ; {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		raw, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if part.FileName() == "" {
			name = string(raw)
			continue
		}
		files = append(files, Given{name, raw})
	}
	if len(files) == 0 {
		return nil, refusal(http.StatusBadRequest, "没有送来文件；选一个 PDF、OFD、填报表或数据目录")
	}
	return files, nil
}

type wirePlace struct {
	X       int64    `json:"x"` // thousandths of a point
	Y       int64    `json:"y"`
	W       int64    `json:"w"`
	H       int64    `json:"h"`
	Effects []string `json:"effects"`
	Gone    bool     `json:"gone,omitempty"`
}

type wireSide struct {
	Pages  []wirePage    `json:"pages"`
	Places [][]wirePlace `json:"places"` // by page
}

func sideOf(s *ComparedPages, hashes []string) wireSide {
	out := wireSide{Pages: []wirePage{}, Places: [][]wirePlace{}}
	for i := range s.Pages {
		p := &s.Pages[i]
		out.Pages = append(out.Pages, wirePage{Hash: hashes[i], W: int64(p.Width), H: int64(p.Height), Label: cmp.Or(p.Label, p.Name)})
		places := []wirePlace{}
		for _, x := range s.Places[i] {
			places = append(places, wirePlace{int64(x.Box.X), int64(x.Box.Y), int64(x.Box.W), int64(x.Box.H), append([]string{}, x.Effects...), x.Gone})
		}
		out.Places = append(out.Places, places)
	}
	return out
}

// compared tells of a comparison, and keeps it for who looks at its pages.
func (s *Server) compared(f *folder, c *Comparison) (any, error) {
	var report bytes.Buffer
	if err := c.Report.JSON(&report); err != nil {
		return nil, err
	}
	number, old, fresh := s.comparisons.keep(f.id, c, s.faces)
	return struct {
		Number int             `json:"number"`
		Report json.RawMessage `json:"report"`
		Fields []FieldAt       `json:"fields"`
		Old    wireSide        `json:"old"`
		New    wireSide        `json:"new"`
	}{number, report.Bytes(), append([]FieldAt{}, c.Fields...), sideOf(&c.Old, old), sideOf(&c.New, fresh)}, nil
}

// comparedFile answers with a page of a comparison, or with what is taken away from it.
func (s *Server) comparedFile(w http.ResponseWriter, r *http.Request) {
	s.looked()
	c := s.comparisons.get(r.PathValue("id"), r.PathValue("number"))
	if c == nil {
		refuse(w, http.StatusNotFound, "这次对比已经不在了；再比一次")
		return
	}
	name := r.PathValue("name")
	hash, drawn := strings.CutSuffix(name, ".svg")
	p := c.pages[hash]
	make := map[string]func() ([]byte, error){differ.BookTitle + ".xlsx": c.Book, redline.Draft + ".pdf": c.Marked}[name]
	switch {
	case drawn && p != nil:
		forever(w, kinds[".svg"], s.faces.draw(p))
	case make != nil:
		raw, err := make()
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		handOver(w, "attachment", name, raw)
	default:
		refuse(w, http.StatusNotFound, "没有这一页")
	}
}
