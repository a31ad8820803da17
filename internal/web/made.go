package web

import (
	"net/http"
	"path"
	"strings"
)

// madeKinds are the files that a batch makes, by the end of their names, with what a browser takes them for.
var madeKinds = map[string]string{".pdf": "application/pdf", ".ofd": "application/ofd", ".html": "text/html; charset=utf-8", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".csv": "text/csv; charset=utf-8", ".zip": "application/zip", ".json": "application/json", ".txt": "text/plain; charset=utf-8", ".sha256": "text/plain; charset=utf-8"}

// madePolicy is what a page that was made may do: show itself. Its own script is known by its sum; nothing else runs.
func (s *Server) madePolicy() string {
	return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src " + s.world.Batch.Script + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// madeFile serves a file that a batch made.
func (s *Server) madeFile(w http.ResponseWriter, r *http.Request) {
	b, err := s.board(r)
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	name := r.PathValue("name")
	kind, ok := madeKinds[strings.ToLower(path.Ext(name))]
	if !ok || strings.HasPrefix(name, ".") || strings.Contains(name, "/.") {
		refuse(w, http.StatusNotFound, "没有这个文件")
		return
	}
	f, at, err := s.world.Board.File(b.dir, name)
	if err != nil {
		refuse(w, http.StatusNotFound, s.world.Words(err))
		return
	}
	defer func() { _ = f.Close() }()
	head := w.Header()
	head.Set("Content-Type", kind)
	head.Set("Content-Security-Policy", s.madePolicy())
	if kind == "application/pdf" {
		head.Del("Content-Security-Policy") // the browser's own viewer shows it
	}
	if r.URL.Query().Has("save") {
		head.Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, r, "", at, f)
}
