package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"sync"

	"yusuan/internal/svg"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
)

//go:embed page
var pageFiles embed.FS

// static are the files of the page. Their address has a hash of them all, so that they may be kept for ever.
type static struct {
	files map[string][]byte // js/main.js
	at    string            // /s/<hash>
	pages *template.Template
}

func newStatic() *static {
	p := &static{files: map[string][]byte{}}
	sum := sha256.New()
	err := fs.WalkDir(pageFiles, "page", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := pageFiles.ReadFile(name)
		if err != nil {
			return err
		}
		sum.Write([]byte(name))
		sum.Write(raw)
		if path.Ext(name) != ".html" {
			p.files[name[len("page/"):]] = raw
		}
		return nil
	})
	if err != nil {
		panic(err) // they are in the program
	}
	p.at = "/s/" + hex.EncodeToString(sum.Sum(nil)[:8])
	p.pages = template.Must(template.ParseFS(pageFiles, "page/*.html"))
	return p
}

// kinds are the media types of files: those of the machine may be anything.
var kinds = map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png", ".svg": "image/svg+xml"}

// styles are the stylesheets, what all are based on first.
func (p *static) styles() (out []string) {
	for name := range p.files {
		if path.Ext(name) == ".css" {
			out = append(out, p.at+"/"+name)
		}
	}
	slices.Sort(out)
	base := p.at + "/css/base.css"
	if i := slices.Index(out, base); i >= 0 {
		out = slices.Insert(slices.Delete(out, i, i+1), 0, base)
	}
	return out
}

// shown is what a page is made of.
type shown struct {
	Static  string // where its files are
	Styles  []string
	Program string
	Title   string
	Folder  string // the id of the folder, "" at home
	Words   string
}

// show answers with a page.
func (s *Server) show(w http.ResponseWriter, status int, name string, x shown) {
	x.Static, x.Styles, x.Program = s.page.at, s.page.styles(), s.world.Program
	var b bytes.Buffer
	if err := s.page.pages.ExecuteTemplate(&b, name, x); err != nil {
		panic(err) // of templates of ours
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the window may be gone
}

// explain answers somebody who looks at it with words.
func (s *Server) explain(w http.ResponseWriter, status int, title, words string) {
	s.show(w, status, "refused.html", shown{Title: title, Words: words})
}

func (s *Server) staticRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+s.page.at+"/{name...}", func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		raw, ok := s.page.files[name]
		if !ok {
			refuse(w, http.StatusNotFound, "没有这个文件")
			return
		}
		forever(w, kinds[path.Ext(name)], raw)
	})
	mux.HandleFunc("GET /f/{name}", func(w http.ResponseWriter, r *http.Request) {
		raw, ok := s.faces.file(r.PathValue("name"))
		if !ok {
			refuse(w, http.StatusNotFound, "没有这个字体")
			return
		}
		forever(w, "font/ttf", raw)
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		s.looked()
		s.show(w, http.StatusOK, "home.html", shown{Title: "部门预算公开"})
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
}

// forever answers with what is never another under its address.
func forever(w http.ResponseWriter, kind string, raw []byte) {
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(raw) // the window may be gone
}

// faces are those that pages were drawn with, by the names that the drawings call them.
type faces struct {
	mu     sync.Mutex
	names  map[*font.Face]string
	byName map[string]*font.Face
}

func newFaces() *faces {
	return &faces{names: map[*font.Face]string{}, byName: map[string]*font.Face{}}
}

// name is what drawings call a face: by its content, so that two of one name are two.
func (f *faces) name(x *font.Face) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if name, ok := f.names[x]; ok {
		return name
	}
	name := "none" // a face without a file: the browser takes another
	if raw, err := x.File(); err == nil {
		name = "f" + svg.Hash(raw)
		f.byName[name] = x
	}
	f.names[x] = name
	return name
}

// file is the file of a face, by the name that it is asked for.
func (f *faces) file(name string) ([]byte, bool) {
	f.mu.Lock()
	x := f.byName[name[:max(0, len(name)-len(".ttf"))]]
	f.mu.Unlock()
	if x == nil || path.Ext(name) != ".ttf" {
		return nil, false
	}
	raw, err := x.File()
	return raw, err == nil
}

// draw draws a page.
func (f *faces) draw(p *page.Page) []byte { return svg.Page(p, f.name) }
