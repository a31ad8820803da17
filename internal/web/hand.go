package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"yusuan/internal/desk"
	"yusuan/internal/filename"
)

// Limits of files that a window sends in.
const (
	mostUpload = 64 << 20 // bytes of all at once
	mostFiles  = 40
)

// hands are what goes out of folders and into them: files that were made, and of each folder what was sent in last and is not
// decided about yet.
type hands struct {
	mu    sync.Mutex
	files map[string]map[string]handedOut // by folder and name
	given map[string]*given               // by folder
}

// handedOut is a file to be downloaded.
type handedOut struct {
	path  string // on the disk
	bytes []byte // or, of what lies nowhere, itself
}

// given are files that were sent in.
type given struct {
	token   string
	files   []Upload
	book    *Brought   // of a workbook of ours
	exports *Importing // of exports
}

func newHands() *hands {
	return &hands{files: map[string]map[string]handedOut{}, given: map[string]*given{}}
}

func (h *hands) hold(f *folder, g *given) {
	g.token = NewSecret()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.given[f.id] = g
}

// held is what was sent in under a token.
func (h *hands) held(f *folder, token string) (*given, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := h.given[f.id]
	if g == nil || !same(g.token, token) {
		return nil, refusal(http.StatusGone, "这份文件已经不在了（在别的窗口里又选了文件，或者已经带入）；重新选一次")
	}
	return g, nil
}

func (h *hands) drop(f *folder) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.given, f.id)
}

// offer makes a file one that may be downloaded, and tells where.
func (h *hands) offer(f *folder, name string, x handedOut) (address string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.files[f.id] == nil {
		h.files[f.id] = map[string]handedOut{}
	}
	h.files[f.id][name] = x
	return "out/" + url.PathEscape(name)
}

func (s *Server) handRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /d/{id}/out/{name}", s.inFolder(s.out))
	mux.HandleFunc("POST /d/{id}/api/drop", s.of(func(f *folder, _ *http.Request) (any, error) { s.hands.drop(f); return struct{}{}, nil }))
	mux.HandleFunc("POST /d/{id}/api/dropped", s.of(s.postDropped))
	s.makeRoutes(mux)
	s.sheetRoutes(mux)
	s.importRoutes(mux)
	s.backupRoutes(mux)
}

// out answers with a file that was made: names are looked up, and lead nowhere by themselves.
func (s *Server) out(w http.ResponseWriter, r *http.Request, f *folder) {
	name := r.PathValue("name")
	s.hands.mu.Lock()
	x, ok := s.hands.files[f.id][name]
	s.hands.mu.Unlock()
	if !ok {
		s.explain(w, http.StatusNotFound, "没有这个文件", "它不是这一次打开以后生成的。回到填报的窗口，再生成一次。")
		return
	}
	raw := x.bytes
	if raw == nil {
		var err error
		if raw, err = s.world.Make.Read(x.path); err != nil {
			s.explain(w, http.StatusNotFound, "文件不在了", s.world.Words(err)+"。它可能被移走或改了名；回到填报的窗口，再生成一次。")
			return
		}
	}
	handOver(w, "attachment", name, raw)
}

// handOver answers with a file under its name.
func handOver(w http.ResponseWriter, how, name string, raw []byte) {
	kind := map[string]string{".pdf": "application/pdf", ".ofd": "application/ofd", ".html": "text/html; charset=utf-8", ".zip": "application/zip",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}[path.Ext(name)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", how+"; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
	_, _ = w.Write(raw) // the window may be gone
}

// settled saves what is typed: what follows works with the folder as it is on the disk.
func (f *folder) settled() error {
	if err := f.saved(); err != nil {
		return refusal(http.StatusConflict, "先要把已经填的保存下来。%s", err)
	}
	return nil
}

// said is an error of the machine in the words of the window.
func (f *folder) said(err error) error {
	var no *refused
	if err == nil || errors.As(err, &no) {
		return err
	}
	return refusal(http.StatusUnprocessableEntity, "%s", f.server.world.Words(err))
}

// taken tells what became of what was decided.
type taken struct {
	Why   string `json:"why"`
	Saved bool   `json:"saved"`
	Words string `json:"words"` // what did not go well
}

// take makes the folder what was decided, as one step of undo, and saves it.
func (f *folder) take(why string, files []desk.Written) (*taken, error) {
	err := f.desk.Take(why, files)
	if errors.Is(err, desk.ErrChanged) {
		return nil, refusal(http.StatusConflict, "在你看的时候，数据又改过了，这次什么也没有改；再看一遍就是了")
	}
	if err != nil {
		return nil, err
	}
	out := &taken{Why: why, Saved: true}
	if err := f.saved(); err != nil {
		out.Saved, out.Words = false, err.Error()
	}
	return out, nil
}

// would tells what taking files would change.
func (f *folder) would(files []desk.Written) ([]desk.Note, error) {
	select { // before the first check codes have no names
	case <-f.ready:
	case <-f.closed:
	}
	notes, err := f.desk.Would(files)
	if errors.Is(err, desk.ErrChanged) {
		return nil, refusal(http.StatusConflict, "数据刚刚又改过了，再来一次")
	}
	return append([]desk.Note{}, notes...), err
}

// uploads reads the files of a form, and the text of its field "how".
func uploads(w http.ResponseWriter, r *http.Request) (files []Upload, how []byte, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, mostUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, refusal(http.StatusUnsupportedMediaType, "送来的不是文件")
	}
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, cutOff(err)
		}
		raw, err := io.ReadAll(p)
		if err != nil {
			return nil, nil, cutOff(err)
		}
		switch _, params, _ := mime.ParseMediaType(p.Header.Get("Content-Disposition")); {
		case params["filename"] == "":
			how = raw
		case len(files) == mostFiles:
			return nil, nil, refusal(http.StatusRequestEntityTooLarge, "一次最多 %d 个文件；分几次来", mostFiles)
		default:
			files = append(files, Upload{shownName(params["filename"], files), raw})
		}
	}
	if len(files) == 0 {
		return nil, nil, refusal(http.StatusBadRequest, "没有选文件")
	}
	return files, how, nil
}

// cutOff is why a form could not be read.
func cutOff(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return err
	}
	return refusal(http.StatusBadRequest, "文件没有传完，再选一次")
}

// shownName is the name of a file that was sent: the last part of it, and another than those of the others.
func shownName(name string, others []Upload) string {
	name = filename.Plain(path.Base(strings.ReplaceAll(name, `\`, "/")))
	for slices.ContainsFunc(others, func(o Upload) bool { return o.Name == name }) {
		name = "另一个" + name
	}
	return name
}

// change is a note of what would change, for a table: what, its value before and after.
type change struct {
	What  string `json:"what"` // set, insert, delete
	Row   string `json:"row"`
	Key   string `json:"key"`
	Title string `json:"title"`
	Was   string `json:"was"`
	Now   string `json:"now"`
	Words string `json:"words"`
}

// changes are notes as a window shows them. What is told shortened of a long text is whole here.
func changes(notes []desk.Note) []change {
	out := []change{}
	for _, n := range notes {
		c := change{n.What, n.Row, n.Key, n.Title, n.Was, n.Now, n.Words}
		if strings.HasSuffix(c.Was, "…") {
			c.Was = n.Old
		}
		if strings.HasSuffix(c.Now, "…") {
			c.Now = n.New
		}
		out = append(out, c)
	}
	return out
}

// received is what a window is told of files that it sent in.
type received struct {
	Token   string     `json:"token"`
	Kind    string     `json:"kind"` // sheet, import
	Name    string     `json:"name"`
	Sheet   *Brought   `json:"sheet,omitempty"`
	Import  *Importing `json:"import,omitempty"`
	Changes []change   `json:"changes,omitempty"`
}

// postDropped takes a file that was dropped on the program into a folder: one of those that home shows, by its place among them.
func (s *Server) postDropped(f *folder, r *http.Request) (any, error) {
	var in struct {
		Given int `json:"given"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	s.mu.Lock()
	names := s.dropped
	s.mu.Unlock()
	if in.Given < 0 || in.Given >= len(names) {
		return nil, refusal(http.StatusNotFound, "没有拖进来的这个文件；从菜单“数据”里选它")
	}
	x, err := s.world.Imports.Read(names[in.Given])
	if err != nil {
		return nil, f.said(err)
	}
	x.Name = shownName(x.Name, nil)
	return s.receive(f, []Upload{x}, ImportHow{})
}

// receive looks what files are, and holds them against the folder: a workbook of ours by itself, everything else as exports.
func (s *Server) receive(f *folder, files []Upload, how ImportHow) (any, error) {
	if err := f.settled(); err != nil {
		return nil, err
	}
	x, err := s.world.Imports.Look(f.dir, files, how)
	if err != nil {
		return nil, f.said(err)
	}
	if x.Ours == "" {
		g := &given{files: files, exports: x}
		s.hands.hold(f, g)
		return received{Token: g.token, Kind: "import", Name: files[0].Name, Import: x}, nil
	}
	if len(files) > 1 {
		return nil, refusal(http.StatusUnprocessableEntity, "%s 是本程序的填报表，要单独带入；先选它一个，再选别的", x.Ours)
	}
	return s.bring(f, files[0])
}

// bare is JSON of a field.
func bare(raw []byte, v any) error {
	if len(raw) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return refusal(http.StatusBadRequest, "送来的看不懂：%s", err)
	}
	return nil
}
