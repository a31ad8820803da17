package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/character"
	"yusuan/internal/desk"
)

// of is a handler of a folder.
func (s *Server) of(fn func(f *folder, r *http.Request) (any, error)) http.HandlerFunc {
	return s.answered(func(r *http.Request) (any, error) {
		f, release, err := s.hold(r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		defer release()
		return fn(f, r)
	})
}

// inFolder is a handler of a folder that answers by itself.
func (s *Server) inFolder(fn func(w http.ResponseWriter, r *http.Request, f *folder)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.looked()
		r.Body = http.MaxBytesReader(w, r.Body, mostUpload)
		f, release, err := s.hold(r.PathValue("id"))
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		defer release()
		fn(w, r, f)
	}
}

func (s *Server) deskRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /d/{id}/{$}", s.deskPage)
	mux.HandleFunc("GET /d/{id}/p/{name}", s.inFolder(s.drawing))
	mux.HandleFunc("GET /d/{id}/api/state", s.of((*folder).getState))
	mux.HandleFunc("POST /d/{id}/api/edit", s.of((*folder).postEdit))
	mux.HandleFunc("POST /d/{id}/api/undo", s.of(func(f *folder, _ *http.Request) (any, error) { return f.stepped(f.desk.Undo()) }))
	mux.HandleFunc("POST /d/{id}/api/redo", s.of(func(f *folder, _ *http.Request) (any, error) { return f.stepped(f.desk.Redo()) }))
	mux.HandleFunc("POST /d/{id}/api/save", s.of((*folder).postSave))
	mux.HandleFunc("POST /d/{id}/api/resolve", s.of((*folder).postResolve))
	mux.HandleFunc("POST /d/{id}/api/settle", s.of((*folder).postSettle))
	mux.HandleFunc("GET /d/{id}/api/steps", s.of(func(f *folder, _ *http.Request) (any, error) { return f.desk.Steps(), nil }))
	mux.HandleFunc("GET /d/{id}/api/codes", s.of((*folder).getCodes))
	mux.HandleFunc("GET /d/{id}/api/number", s.of((*folder).getNumber))
	mux.HandleFunc("GET /d/{id}/api/typed", s.of((*folder).getTyped))
	mux.HandleFunc("GET /d/{id}/api/touching", s.of((*folder).getTouching))
}

func (s *Server) deskPage(w http.ResponseWriter, r *http.Request) {
	s.looked()
	f, err := s.folder(r.PathValue("id"))
	var no *refused
	switch {
	case errors.As(err, &no):
		s.explain(w, no.status, "打不开", no.words)
	case err != nil:
		s.explain(w, http.StatusInternalServerError, "打不开", s.world.Words(err))
	default:
		s.show(w, http.StatusOK, "desk.html", shown{Title: f.name, Folder: f.id})
	}
}

// drawing answers with a page by its hash, which never is another.
func (s *Server) drawing(w http.ResponseWriter, r *http.Request, f *folder) {
	hash, ok := strings.CutSuffix(r.PathValue("name"), ".svg")
	if !ok {
		refuse(w, http.StatusNotFound, "没有这一页")
		return
	}
	raw, err := f.desk.Page(hash)
	switch {
	case errors.Is(err, desk.ErrGone):
		refuse(w, http.StatusNotFound, "这一页已经换了新的")
	case err != nil:
		s.refuseFor(w, err)
	default:
		forever(w, kinds[".svg"], raw)
	}
}

func (f *folder) getState(r *http.Request) (any, error) {
	now, err := f.current(r)
	if err != nil {
		return nil, err
	}
	out := now.since(now.known(r.URL.Query().Get("since")))
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failing(out)
	return out, nil
}

// failing tells why what is told is not of all that is typed, or not what is on the disk; the caller holds mu.
func (f *folder) failing(out *told) {
	switch {
	case f.lost != nil:
		out.Failed = "读不到数据目录了：" + f.server.world.Words(f.lost) + "；填的都还在这里，读得到了再保存"
	case f.failed != nil:
		out.Failed = f.server.world.Words(innermost(f.failed))
	}
}

// summary is what an event tells: enough to know whether to ask.
func (f *folder) summary() summary {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now.state == nil {
		return summary{Failed: true}
	}
	x := f.now.state
	return summary{Seq: f.now.moment(), Rev: x.Rev, Saved: x.Saved, Errors: x.Errors, Warnings: x.Warnings, Failed: f.failed != nil || f.lost != nil}
}

// mostTold is how many bytes an event may have that tells a window itself what differs.
const mostTold = 128 << 10

// summarySince is the summary with what differs from a moment, which most windows know: they need not ask.
func (f *folder) summarySince(before *snapshot) summary {
	out := f.summary()
	f.mu.Lock()
	defer f.mu.Unlock()
	if before.state == nil || f.now.seq != before.seq+1 {
		return out
	}
	x := f.now.since(before.seq)
	f.failing(x)
	if b := encode(x); len(b) <= mostTold {
		out.From, out.Told = before.moment(), b
	}
	return out
}

type summary struct {
	Seq      string     `json:"seq"`
	Rev      int        `json:"rev"`
	Saved    desk.Saved `json:"saved"`
	Errors   int        `json:"errors"`
	Warnings int        `json:"warnings"`
	Failed   bool       `json:"failed"`

	From string          `json:"from,omitempty"` // the moment that what is told begins at
	Told json.RawMessage `json:"told,omitempty"` // as api/state?since= has it
}

type wireChange struct {
	Op       desk.Op     `json:"op"`
	Row      string      `json:"row"`
	Table    string      `json:"table"`
	Parent   string      `json:"parent"`
	After    string      `json:"after"`
	File     string      `json:"file"`
	Key      string      `json:"key"`
	Text     string      `json:"text"`
	Items    []string    `json:"items"`
	Was      string      `json:"was"`
	WasItems []string    `json:"was_items"`
	Digest   string      `json:"digest"`
	Values   []wireTyped `json:"values"`
	Name     string      `json:"name"`
	Run      string      `json:"run"`
}

type wireTyped struct {
	Key   string   `json:"key"`
	Text  string   `json:"text"`
	Items []string `json:"items"`
}

type outcome struct {
	Rev       int            `json:"rev"`
	Rows      []string       `json:"rows"`
	Conflicts []wireConflict `json:"conflicts"`
	Refused   []wireRefusal  `json:"refused"`
}

// postEdit answers as soon as what is typed is; what it makes follows.
func (f *folder) postEdit(r *http.Request) (any, error) {
	var in struct {
		Seq     string       `json:"seq"` // what the window knows; "" where it does not matter
		Changes []wireChange `json:"changes"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if run, _, _ := strings.Cut(in.Seq, "."); run != "" && run != strconv.Itoa(f.run) {
		return nil, refusal(http.StatusConflict, "这个数据目录关上又打开过，行号已经不同；再填一次")
	}
	changes := make([]desk.Change, len(in.Changes))
	for i, c := range in.Changes {
		changes[i] = desk.Change{Op: c.Op, Row: c.Row, Table: c.Table, Parent: c.Parent, After: c.After, File: c.File, Key: c.Key, Text: c.Text,
			Items: c.Items, Was: c.Was, WasItems: c.WasItems, Digest: c.Digest, Name: c.Name, Run: c.Run}
		for _, v := range c.Values {
			changes[i].Values = append(changes[i].Values, desk.Typed{Key: v.Key, Text: v.Text, Items: v.Items})
		}
	}
	o := f.desk.Edit(changes)
	if o.Done() {
		f.edited()
	}
	out := outcome{Rev: o.Rev, Rows: append([]string{}, o.Rows...), Conflicts: conflictsOf(o.Conflicts), Refused: []wireRefusal{}}
	for _, x := range o.Refused {
		out.Refused = append(out.Refused, wireRefusal{x.Change, x.Row, x.Key, x.Message})
	}
	return out, nil
}

func (f *folder) stepped(s desk.Step, ok bool) (any, error) {
	if !ok {
		return nil, refusal(http.StatusConflict, "没有可以撤销或重做的了")
	}
	f.edited()
	words := []string{}
	for _, n := range s.Notes {
		words = append(words, n.Words)
	}
	return struct {
		What []string `json:"what"`
	}{words}, nil
}

func (f *folder) postSave(*http.Request) (any, error) {
	if err := f.saved(); err != nil {
		return nil, refusal(http.StatusInternalServerError, "%s", err)
	}
	return struct{}{}, nil
}

func (f *folder) postResolve(r *http.Request) (any, error) {
	var in struct {
		ID   string `json:"id"`
		Mine bool   `json:"mine"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	ok, err := f.desk.Resolve(in.ID, in.Mine)
	if err != nil {
		return nil, refusal(http.StatusConflict, "%s", err)
	}
	f.edited()
	return struct {
		Done bool `json:"done"`
	}{ok}, nil
}

func (f *folder) postSettle(r *http.Request) (any, error) {
	var in struct {
		File string `json:"file"`
		Mine bool   `json:"mine"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if err := f.desk.Settle(in.File, in.Mine); err != nil {
		return nil, err
	}
	f.edited()
	return struct{}{}, nil
}

func (f *folder) getCodes(r *http.Request) (any, error) {
	kind := budget.FieldNone
	for k, name := range kindNames {
		if name == r.URL.Query().Get("kind") {
			kind = k
		}
	}
	list, err := f.desk.Codes(kind)
	if err != nil {
		return nil, err
	}
	out := [][3]string{}
	for _, c := range list {
		out = append(out, [3]string{c.Code, c.Name, character.Initials(c.Name)})
	}
	return out, nil
}

// atMark reads which mark of which page is meant.
func atMark(r *http.Request) (hash string, mark int, err error) {
	q := r.URL.Query()
	if mark, err = strconv.Atoi(q.Get("mark")); err != nil {
		return "", 0, refusal(http.StatusBadRequest, "mark 应为数字")
	}
	return q.Get("page"), mark, nil
}

func (f *folder) getNumber(r *http.Request) (any, error) {
	hash, mark, err := atMark(r)
	if err != nil {
		return nil, err
	}
	n, ok, err := f.desk.Number(hash, mark)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, refusal(http.StatusNotFound, "这一页刚换了新的，再点一次")
	}
	return numberOf(&n, f.shown), nil
}

func (f *folder) getTyped(r *http.Request) (any, error) {
	hash, mark, err := atMark(r)
	if err != nil {
		return nil, err
	}
	row, key, ok := f.desk.Typed(hash, mark)
	if !ok {
		return nil, refusal(http.StatusNotFound, "这一页刚换了新的，再点一次")
	}
	return struct {
		Row string `json:"row"`
		Key string `json:"key"`
	}{row, key}, nil
}

func (f *folder) getTouching(r *http.Request) (any, error) {
	q := r.URL.Query()
	refs, err := f.desk.Touching(q.Get("row"), q.Get("key"))
	if err != nil {
		return nil, err
	}
	type ref struct {
		Page  int   `json:"page"`
		Mark  int   `json:"mark"`
		Words []int `json:"words,omitempty"` // all marks of the field's words on the page
	}
	out := make([]ref, 0, len(refs))
	for _, x := range refs {
		out = append(out, ref{Page: x.Page, Mark: x.Mark})
	}
	if q.Get("key") == "" {
		return out, nil
	}
	printed, err := f.desk.Printed(q.Get("row"), q.Get("key"))
	if err != nil || len(printed) == 0 {
		return out, err
	}
	out = out[:0] // where the words themselves are printed, the numbers of their row are not what is looked for
	for _, x := range printed {
		out = append(out, ref{x.Page, x.Marks[0], x.Marks})
	}
	return out, nil
}
