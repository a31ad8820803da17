package cli

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/internal/desk"
	"yusuan/internal/diag"
	book "yusuan/internal/sheet"
	"yusuan/internal/source"
	"yusuan/internal/web"
)

// openSheets hands workbooks out and takes them in.
func (a *app) openSheets() web.Sheet {
	return web.Sheet{
		Out: func(dir string) (string, []byte, error) { return a.apart().sheetFor(dir) },
		In:  func(dir, name string, raw []byte) (*web.Brought, error) { return a.apart().sheetBack(dir, name, raw) },
	}
}

// sheetFor is the workbook of a folder under a name that says what it is of.
func (a *app) sheetFor(dir string) (name string, raw []byte, err error) {
	in, _, err := a.sheetOf(dir)
	if err != nil {
		return "", nil, inPage(err)
	}
	if raw, err = book.Write(in); err != nil {
		return "", nil, machine("写不了填报表：%w", err)
	}
	year, code := path.Split(in.Shown)
	name = code + ".xlsx"
	if year = strings.TrimSuffix(year, "/"); year != "" {
		name = code + "-" + year + ".xlsx"
	}
	return "填报表-" + name, raw, nil
}

// sheetBack holds a workbook that was filled in against a folder.
func (a *app) sheetBack(dir, name string, raw []byte) (*web.Brought, error) {
	b, err := sheetIn(name, raw)
	if err != nil {
		return nil, inPage(err)
	}
	w, err := a.filledIn(name, b)
	if err != nil {
		return nil, inPage(err)
	}
	x := &bringing{app: a, name: name, dir: dir}
	h, err := x.hold(w)
	if err != nil && (h == nil || len(h.plan.Conflicts) == 0) {
		return nil, inPage(err)
	}
	out := &web.Brought{Why: "由 " + name + " 带入", Wrong: h.wrong, Found: foundList(h.found), Conflicts: []web.Clash{}, Deleted: []web.Gone{}, Untouched: append([]string{}, h.plan.Untouched...)}
	for _, c := range h.plan.Conflicts {
		out.Conflicts = append(out.Conflicts, web.Clash{What: c.What, At: c.At.In.String(), Mine: c.Mine, Theirs: c.Theirs, Base: c.Base, Known: c.Known})
	}
	if h.wrong > 0 {
		return out, nil
	}
	for _, d := range h.plan.Deleted {
		out.Deleted = append(out.Deleted, web.Gone{Table: d.Table, Says: d.Says, With: d.With})
	}
	out.Files = written(dir, h.edited)
	return out, nil
}

// written are patched files as the desk takes them.
func written(dir string, edited []source.Edited) (out []desk.Written) {
	for _, f := range toStore(path.Clean(filepath.ToSlash(dir)), edited) {
		out = append(out, desk.Written{Path: f.Path, Before: f.Before, After: f.After})
	}
	return out
}

// foundList are diagnostics as a page shows them, the worst first.
func foundList(list []diag.Diagnostic) []web.Finding {
	out := []web.Finding{}
	for _, d := range list {
		out = append(out, web.Finding{Level: d.Level.String(), Rule: d.Rule, Message: d.Message, Hint: forPage(d.Hint), Place: shortPlace(d.At)})
	}
	return out
}

// shortPlace is a place without the folders that lead to its file.
func shortPlace(r diag.Range) string {
	if r.IsZero() {
		return ""
	}
	if r.File != "" {
		r.File = path.Base(r.File)
	}
	return r.String()
}

// inPage is an error as a page tells it: without commands to be typed.
func inPage(err error) error {
	var e *exitError
	if err == nil || !errors.As(err, &e) || e.err == nil {
		return err
	}
	return &exitError{e.code, fmt.Errorf("%s", forPage(inChinese(e.err)))}
}

// forPage are words without the parts that say what command to type: those do not need it who have the page before them.
func forPage(words string) string {
	parts := strings.Split(words, "；")
	left := slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return strings.Contains(s, maker+" ") || strings.Contains(s, "--") })
	if len(left) == 0 {
		return words
	}
	return strings.Join(left, "；")
}
