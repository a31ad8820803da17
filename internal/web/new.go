package web

import (
	"net/http"
	"strconv"
	"sync"

	"yusuan/internal/typeset/page"
)

// NewFolder makes folders of a new year.
type NewFolder struct {
	Packs func() ([]Pack, error)
	// Sample are the pages that a pack's sample department makes.
	Sample func(pack string) (*page.Document, error)
	Where  func(year int, code string) string      // where a new folder would lie best, in full; "" where nothing tells
	Plan   func(from, dir string) (*Rolled, error) // what a folder of next year would hold; dir "" is beside last year's
	Roll   func(from, dir string) (*Rolled, error) // writes it
	Fresh  func(x Fresh) error                     // writes an empty one
}

// Pack is a template as the gallery shows it.
type Pack struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	Version string   `json:"version"`
	First   int      `json:"first"` // year
	Last    int      `json:"last"`
	Tables  []string `json:"tables"`
	Forms   []string `json:"forms"`
	Note    string   `json:"note"` // why it cannot be shown, "" where it can
}

// Fresh is a new folder that is asked for.
type Fresh struct {
	Pack string `json:"pack"`
	Dir  string `json:"dir"`
	Code string `json:"code"`
	Year int    `json:"year"`
}

// Rolled is a folder of next year.
type Rolled struct {
	From    string `json:"from"`
	Dir     string `json:"dir"`
	Name    string `json:"name"` // of the department
	Year    int    `json:"year"` // the new one
	Pack    string `json:"pack"`
	Amounts int    `json:"amounts"` // to be filled in
	Marks   int    `json:"marks"`   // of texts to be looked at
	Files   int    `json:"files"`
}

// samples are the pages of packs, drawn when first asked for.
type samples struct {
	mu    sync.Mutex
	packs map[string]*drawnPack
}

type drawnPack struct {
	once  sync.Once
	pages [][]byte
	list  []sampled
	err   error
}

// sampled is a page of a sample.
type sampled struct {
	Width  int    `json:"w"` // thousandths of a point
	Height int    `json:"h"`
	Label  string `json:"label"`
	Lines  int    `json:"lines"` // how many are drawn: tables have many
}

func (s *Server) newRoutes(mux *http.ServeMux) {
	kept := &samples{packs: map[string]*drawnPack{}}
	n := &s.world.New
	mux.HandleFunc("GET /api/packs", s.answered(func(*http.Request) (any, error) { return n.Packs() }))
	mux.HandleFunc("GET /api/packs/{id}", s.answered(func(r *http.Request) (any, error) {
		x, err := s.sample(kept, r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		return x.list, nil
	}))
	mux.HandleFunc("GET /api/packs/{id}/{page}", func(w http.ResponseWriter, r *http.Request) { s.samplePage(kept, w, r) })
	mux.HandleFunc("GET /api/where", s.answered(func(r *http.Request) (any, error) {
		year, _ := strconv.Atoi(r.URL.Query().Get("year")) // 0 is none
		return dirOf{n.Where(year, r.URL.Query().Get("code"))}, nil
	}))
	mux.HandleFunc("POST /api/new", s.answered(s.makeNew))
	mux.HandleFunc("POST /api/roll/plan", s.answered(func(r *http.Request) (any, error) { return s.rollBy(r, n.Plan) }))
	mux.HandleFunc("POST /api/roll", s.answered(func(r *http.Request) (any, error) {
		x, err := s.rollBy(r, n.Roll)
		if err != nil {
			return nil, err
		}
		address, err := s.AddressOf(x.Dir)
		return struct {
			*Rolled
			Address string `json:"address"`
		}{x, address}, err
	}))
}

func (s *Server) makeNew(r *http.Request) (any, error) {
	var x Fresh
	if err := decode(r, &x); err != nil {
		return nil, err
	}
	x.Dir = unquoted(x.Dir)
	if err := s.world.New.Fresh(x); err != nil {
		return nil, err
	}
	address, err := s.AddressOf(x.Dir)
	return addressOf{address}, err
}

func (s *Server) rollBy(r *http.Request, fn func(from, dir string) (*Rolled, error)) (*Rolled, error) {
	var in struct {
		From string `json:"from"`
		Dir  string `json:"dir"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	from := unquoted(in.From)
	if err := s.saveBelow(from); err != nil {
		return nil, err
	}
	return fn(from, unquoted(in.Dir))
}

// sample is the sample of a pack; what is no pack of the list has none, whatever its name.
func (s *Server) sample(kept *samples, id string) (*drawnPack, error) {
	kept.mu.Lock()
	x := kept.packs[id]
	if x == nil {
		list, err := s.world.New.Packs()
		if err != nil {
			kept.mu.Unlock()
			return nil, err
		}
		for i := range list {
			if list[i].ID == id {
				x = &drawnPack{}
				kept.packs[id] = x
			}
		}
	}
	kept.mu.Unlock()
	if x == nil {
		return nil, refusal(http.StatusNotFound, "没有这个模板")
	}
	x.once.Do(func() { x.draw(s, id) })
	return x, x.err
}

// draw keeps the drawings alone: the pages themselves take ten times the room.
func (x *drawnPack) draw(s *Server, id string) {
	d, err := s.world.New.Sample(id)
	if err != nil {
		x.err = err
		return
	}
	for i := range d.Pages {
		p := &d.Pages[i]
		x.pages = append(x.pages, s.faces.draw(p))
		x.list = append(x.list, sampled{int(p.Width), int(p.Height), p.Label, len(p.Rules)})
	}
}

func (s *Server) samplePage(kept *samples, w http.ResponseWriter, r *http.Request) {
	x, err := s.sample(kept, r.PathValue("id"))
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	i, err := strconv.Atoi(r.PathValue("page"))
	if err != nil || i < 0 || i >= len(x.pages) {
		refuse(w, http.StatusNotFound, "没有这一页")
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = w.Write(x.pages[i]) // the window may be gone
}
