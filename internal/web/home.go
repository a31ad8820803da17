package web

import (
	"net/http"
	"path"
	"strings"
	"time"
)

// Home is what the first page has of the machine.
type Home struct {
	Recent   func() ([]Recent, error) // the newest first
	Remember func(dir string) error
	Forget   func(dir string) error
	Look     func(dir string) (*Place, error) // "" is where to begin
	Browse   func(dir string) (*Place, error) // Look for who only wanders about: nothing of other machines that nobody opened
	Kind     func(name string) Kind           // of a path in full
}

// Kind is what lies at a path.
type Kind string

// What may lie at a path.
const (
	DataFolder  Kind = "data"   // of one department and year
	RootFolder  Kind = "root"   // of departments
	PlainFolder Kind = "folder" // anything else
	PDFFile     Kind = "pdf"    // that this program made
	OFDFile     Kind = "ofd"
	PaperFile   Kind = "paper" // a document of another
	BookFile    Kind = "book"  // a workbook or another table
	OtherFile   Kind = "other"
	Nothing     Kind = "gone"
)

// Recent is a folder that was opened once.
type Recent struct {
	Dir    string    `json:"dir"`
	Kind   Kind      `json:"kind"`
	Name   string    `json:"name"` // of the department, "" where it cannot be read
	Year   int       `json:"year"`
	Opened time.Time `json:"opened"`
}

// Place is a folder as the page lists it: names of folders, never of files.
type Place struct {
	Dir     string `json:"dir"`
	Up      string `json:"up"` // "" where nothing is above
	Kind    Kind   `json:"kind"`
	Folders []Sub  `json:"folders"`
	Left    int    `json:"left"` // that are not listed: too many
	Begin   []Sub  `json:"begin"`
}

// Sub is a folder in a list.
type Sub struct {
	Name string `json:"name"`
	Dir  string `json:"dir"`
	Kind Kind   `json:"kind"`
}

// dropped is a file that was given to the program when it started.
type dropped struct {
	Name string `json:"name"`
	Path string `json:"path"`
	Kind Kind   `json:"kind"`
}

func (s *Server) homeRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/home", s.answered(func(*http.Request) (any, error) { return s.homeState(), nil }))
	mux.HandleFunc("GET /api/folders", s.answered(func(r *http.Request) (any, error) { return s.world.Home.Browse(r.URL.Query().Get("at")) }))
	mux.HandleFunc("POST /api/open", s.answered(s.openAny))
	mux.HandleFunc("POST /api/forget", s.answered(func(r *http.Request) (any, error) {
		dir, err := readDir(r)
		if err != nil {
			return nil, err
		}
		return struct{}{}, s.world.Home.Forget(dir)
	}))
}

// home is what the first page shows.
type home struct {
	Program     string    `json:"program"`
	Recent      []Recent  `json:"recent"`
	RecentError string    `json:"recent_error"`
	Dropped     []dropped `json:"dropped"`
}

func (s *Server) homeState() home {
	h := home{Program: s.world.Program, Dropped: []dropped{}}
	var err error
	if h.Recent, err = s.world.Home.Recent(); err != nil {
		h.RecentError = s.world.Words(err)
	}
	s.mu.Lock()
	if h.RecentError == "" {
		h.RecentError = s.unremembered
	}
	s.mu.Unlock()
	for _, name := range s.given() {
		h.Dropped = append(h.Dropped, dropped{baseOf(name), name, s.kindOf(name)})
	}
	return h
}

// give keeps files that were given when the program started, and returns the place of the first among all.
func (s *Server) give(names []string) (at int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at = len(s.dropped)
	s.dropped = append(s.dropped, names...)
	return at
}

// kindOf is what lies at a path; where nothing tells, another file.
func (s *Server) kindOf(name string) Kind {
	if s.world.Home.Kind == nil {
		return OtherFile
	}
	return s.world.Home.Kind(name)
}

// remember keeps a folder among those that were opened. That it cannot be kept is shown where they are listed.
func (s *Server) remember(dir string) {
	if s.world.Home.Remember == nil {
		return
	}
	err := s.world.Home.Remember(dir)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unremembered = ""; err != nil {
		s.unremembered = s.world.Words(err)
	}
}

// given are the files that were given when the program started.
func (s *Server) given() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.dropped...)
}

// baseOf is the last name of a path of any system.
func baseOf(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

type dirOf struct {
	Dir string `json:"dir"`
}

func readDir(r *http.Request) (string, error) {
	var in dirOf
	if err := decode(r, &in); err != nil {
		return "", err
	}
	if strings.TrimSpace(in.Dir) == "" {
		return "", refusal(http.StatusBadRequest, "没有写文件夹；选一个，或者把它的路径粘贴进来")
	}
	return in.Dir, nil
}

// addressOf is where something that was opened is shown.
type addressOf struct {
	Address string `json:"address"`
}

// openAny opens a folder as what it is.
func (s *Server) openAny(r *http.Request) (any, error) {
	dir, err := readDir(r)
	if err != nil {
		return nil, err
	}
	address, err := s.AddressOf(unquoted(dir))
	return addressOf{address}, err
}

// unquoted is a path as it was meant: WPS and Windows copy paths in quotation marks.
func unquoted(s string) string { return strings.Trim(strings.TrimSpace(s), `"'“”`) }

// AddressOf opens a folder and says where it is shown.
func (s *Server) AddressOf(dir string) (string, error) {
	p, err := s.world.Home.Look(dir)
	if err != nil {
		return "", err
	}
	switch p.Kind {
	case DataFolder:
		f, err := s.Folder(p.Dir)
		if err != nil {
			return "", err
		}
		s.remember(p.Dir)
		return "/d/" + f.id + "/", nil
	case RootFolder:
		return s.openBoard(p.Dir)
	}
	return "", refusal(http.StatusConflict, "%s 里没有部门数据：选部门自己那一年的数据文件夹（平常是“年度\\部门代码”），或者放着各部门的根文件夹；也可以在这里新建", p.Dir)
}
