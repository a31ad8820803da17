package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/build"
	"yusuan/internal/changes"
	"yusuan/internal/compare"
	"yusuan/internal/desk"
	"yusuan/internal/redline"
	"yusuan/internal/web"
)

// nowTyped is what the document of a window is called beside another.
const nowTyped = "现在填的"

// What may be compared with what is typed. Those with a colon have a number or a name behind it.
const (
	withSaved  = "saved"
	withOpened = "opened"
	withLast   = "last"
	withMade   = "made:"
	withState  = "state:"
)

// openCompare compares what is typed in a window with what was.
func (a *app) openCompare(s *build.Shared) web.Compare {
	apart := func() *comparing { return &comparing{a.apart(), s} }
	return web.Compare{
		Earlier: earlier,
		With: func(dir string, d *desk.Desk, id string) (*web.Comparison, error) {
			return apart().with(dir, d, id)
		},
		Given: func(dir string, d *desk.Desk, files []web.Given) (*web.Comparison, error) {
			return apart().given(dir, d, files)
		},
	}
}

// comparing is the program for one comparison of a window: what it would say goes nowhere.
type comparing struct {
	*app
	shared *build.Shared
}

// earlier lists what a folder can be compared with.
func earlier(dir string, d *desk.Desk) (out []web.Earlier, err error) {
	in, err := input(dir)
	if err != nil {
		return nil, err
	}
	if d.Unsaved() {
		out = append(out, web.Earlier{ID: withSaved, Group: "这份数据", Title: "最近一次保存的"})
	}
	out = append(out, web.Earlier{ID: withOpened, Group: "这份数据", Title: "这次打开时的"})
	made, err := madeThere(dir)
	if err != nil {
		return nil, err
	}
	out = append(out, made...)
	states, err := dataFolder(dir).States()
	if err != nil {
		return nil, notPut(dir, err)
	}
	for i := range states {
		x := &states[i]
		out = append(out, web.Earlier{ID: withState + strconv.Itoa(x.Number), Group: "留底", Title: "“" + x.Why + "”之前", Time: &x.Time})
	}
	if in.PriorDir != "" {
		if info, err := fs.Stat(in.Data, in.PriorDir); err == nil && info.IsDir() {
			out = append(out, web.Earlier{ID: withLast, Group: "上年", Title: "上年的数据（" + path.Base(path.Dir(in.PriorDir)) + "年）"})
		}
	}
	return out, nil
}

// madeThere are the documents that were made of a folder and lie where documents go, the newest first. An OFD beside a PDF of
// its name is the same document.
func madeThere(dir string) (out []web.Earlier, err error) {
	into := madeInto(dir)
	entries, err := os.ReadDir(into)
	if err != nil {
		return nil, nil // nothing lies there
	}
	names := map[string]bool{}
	for _, e := range entries {
		names[e.Name()] = true
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !slices.Contains([]string{".pdf", ".ofd"}, strings.ToLower(filepath.Ext(e.Name()))) {
			continue
		}
		if stem, ok := strings.CutSuffix(e.Name(), build.OFD.Ext()); ok && names[stem+build.PDF.Ext()] {
			continue
		}
		at := info.ModTime()
		out = append(out, web.Earlier{ID: withMade + e.Name(), Group: "生成过的文件", Title: e.Name(), Time: &at})
	}
	slices.SortStableFunc(out, func(a, b web.Earlier) int { return b.Time.Compare(*a.Time) })
	const most = 20
	return out[:min(len(out), most)], nil
}

// madeInto is the folder that documents of a data folder go to.
func madeInto(dir string) string { return handedTo(dir, "", lastMade(dir)) }

// with compares what is typed with something that is at hand.
func (c *comparing) with(dir string, d *desk.Desk, id string) (*web.Comparison, error) {
	in, err := c.input(dir)
	if err != nil {
		return nil, err
	}
	in.Data = withoutOwn{in.Data}
	old := &compared{in: in, window: true}
	kind, rest, _ := strings.Cut(id, ":")
	switch {
	case id == withSaved:
		old.name = "最近一次保存的"
	case id == withOpened:
		old.name, old.in.Data = "这次打开时的", d.Opened()
	case id == withLast:
		old.name = "上年的数据"
		old.in, err = c.input(filepath.FromSlash(in.PriorDir))
	case kind+":" == withMade:
		if rest != filepath.Base(rest) || !filepath.IsLocal(rest) {
			return nil, usage("没有“%s”这个文件", rest)
		}
		if old, err = c.named(filepath.Join(madeInto(dir), rest)); err == nil {
			old.name, old.window = rest, true
		}
	case kind+":" == withState:
		err = ofState(old, dir, rest)
	default:
		err = usage("没有这一份；重新选一份来比")
	}
	if err != nil {
		return nil, err
	}
	return c.compare(dir, d, old, "")
}

// ofState makes the old side what the folder held at a state.
func ofState(old *compared, dir, number string) error {
	n, err := strconv.Atoi(number)
	if err != nil {
		return usage("没有编号为“%s”的留底", number)
	}
	kept, err := dataFolder(dir).Then(n)
	if err != nil {
		return notPut(dir, err)
	}
	files := map[string][]byte{}
	for _, f := range kept {
		files[path.Join(old.in.Dir, f.Path)] = f.After
	}
	old.name, old.in.Data = fmt.Sprintf("留底 %d", n), desk.Over(old.in.Data, old.in.Dir, files)
	return nil
}

// given compares what is typed with files that were handed in. They are laid down for as long as they are read.
func (c *comparing) given(dir string, d *desk.Desk, files []web.Given) (*web.Comparison, error) {
	temp, err := os.MkdirTemp("", "yusuan-")
	if err != nil {
		return nil, machine("放不下送来的文件：%w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }() // the system clears what is left
	name, err := layDown(temp, files, filepath.Base(filepath.Dir(dir)))
	if err != nil {
		return nil, err
	}
	old, err := c.named(filepath.Join(temp, filepath.FromSlash(name)))
	if err != nil {
		return nil, usage("%s", strings.ReplaceAll(inChinese(err), filepath.ToSlash(temp)+"/", ""))
	}
	old.name, old.window = path.Base(name), true
	return c.compare(dir, d, old, filepath.ToSlash(temp)+"/")
}

// layDown writes what was handed in into a folder, where names cannot lead out of, and says which of it is meant: the one file,
// or the folder with the data, that of this year where there are several.
func layDown(temp string, files []web.Given, year string) (meant string, err error) {
	root, err := os.OpenRoot(temp)
	if err != nil {
		return "", machine("放不下送来的文件：%w", err)
	}
	defer func() { _ = root.Close() }() // all is written by then
	var folders []string
	for _, f := range files {
		if !fs.ValidPath(f.Name) || f.Name == "." || strings.Contains(f.Name, `\`) || !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			return "", usage("“%s”不能作文件名", f.Name)
		}
		if err := root.MkdirAll(path.Dir(f.Name), 0o700); err != nil {
			return "", machine("放不下送来的 %s：%w", f.Name, err)
		}
		if err := root.WriteFile(f.Name, f.Content, 0o600); err != nil {
			return "", machine("放不下送来的 %s：%w", f.Name, err)
		}
		if path.Base(f.Name) == "department.toml" {
			folders = append(folders, path.Dir(f.Name))
		}
	}
	switch {
	case len(files) == 1 && len(folders) == 0:
		return files[0].Name, nil
	case len(folders) == 1:
		return folders[0], nil
	}
	this := slices.DeleteFunc(slices.Clone(folders), func(name string) bool { return path.Base(path.Dir(name)) != year })
	if len(this) == 1 {
		return this[0], nil
	}
	if len(folders) == 0 {
		return "", usage("送来的文件夹不是部门的数据文件夹；选部门自己那一年的文件夹，平常是“年度\\部门代码”")
	}
	return "", usage("送来的文件夹里有 %d 个部门的数据（%s），不知道比哪一个；选其中一个", len(folders), strings.Join(folders, "、"))
}

// compare compares what is typed with an old document. Places in files that lie in temp are told without it.
func (c *comparing) compare(dir string, d *desk.Desk, old *compared, temp string) (*web.Comparison, error) {
	in, err := c.input(dir)
	if err != nil {
		return nil, err
	}
	in.Data = d.Data()
	p := &pair{old: old, new: &compared{name: nowTyped, in: in, window: true}}
	out := &web.Comparison{}
	err = p.within(p.bound(), false, func() error {
		if err := c.match(c.shared, p); err != nil {
			return err
		}
		back := compare.Compare(p.new.side(), p.old.side())
		mirror := p.result.Mirrored(back)
		laid := p.old.work.Redline(back)
		out.Old = comparedPages(laid, mirrored(&mirror))
		out.New = comparedPages(p.laid, func(e redline.Effect) int { return e.Index })
		return nil
	})
	if err != nil {
		return nil, err
	}
	out.Report = p.report()
	for i := range out.Report.Notes {
		out.Report.Notes[i] = strings.ReplaceAll(out.Report.Notes[i], temp, "")
	}
	for i := range p.result.Causes {
		x := &p.result.Causes[i]
		row, key, _ := d.Where(x.NewAt)
		out.Fields = append(out.Fields, web.FieldAt{Row: row, Key: key})
		x.OldAt.File = strings.ReplaceAll(x.OldAt.File, temp, "")
	}
	out.Book = func() ([]byte, error) {
		var b bytes.Buffer
		err := out.Report.Workbook(&b, madeNow(changes.BookTitle, p.new.work.Tree.Date))
		return b.Bytes(), err
	}
	out.Marked = func() ([]byte, error) { return p.new.work.MarkedPDF(p.laid) }
	return out, nil
}

// mirrored leads from an effect backwards to the one forwards.
func mirrored(m *compare.Mirror) func(redline.Effect) int {
	return func(e redline.Effect) int {
		return [...][]int{redline.Cells: m.Cells, redline.Sentences: m.Sentences, redline.Rows: m.Rows, redline.Parts: m.Parts}[e.List][e.Index]
	}
}

// comparedPages are the pages of a document with the places of what changed. An effect that is none forwards, -1, leaves its place.
func comparedPages(l *redline.Laid, forwards func(redline.Effect) int) web.ComparedPages {
	letters := [...]string{redline.Cells: "c", redline.Sentences: "s", redline.Rows: "r", redline.Parts: "p"}
	out := web.ComparedPages{Pages: l.Pages()}
	for i := range out.Pages {
		list := []web.ComparedPlace{}
		for _, p := range l.Places(i) {
			x := web.ComparedPlace{Box: p.Box, Gone: p.Gone}
			for _, e := range p.Effects {
				if n := forwards(e); n >= 0 {
					x.Effects = append(x.Effects, letters[e.List]+strconv.Itoa(n))
				}
			}
			list = append(list, x)
		}
		out.Places = append(out.Places, list)
	}
	return out
}
