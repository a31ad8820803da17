package cli

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/filename"
	"yusuan/internal/source"
	"yusuan/internal/typeset/page"
	"yusuan/internal/web"
)

// apart is the program for one question of a window: what it would say goes nowhere, whoever asks is given data.
func (a *app) apart() *app {
	return &app{out: io.Discard, err: io.Discard, fonts: a.fonts, catalogue: a.catalogue, packFiles: a.packFiles}
}

// openMake hands documents out.
func (a *app) openMake() web.Make {
	return web.Make{
		Look:    func(dir, into string) (*web.Making, error) { return a.apart().lookMake(dir, into) },
		Make:    func(dir string, wish web.MakeWish) (*web.Made, error) { return a.apart().makeForms(dir, wish) },
		Preview: func(dir string) (string, []byte, error) { return a.apart().printed(dir) },
		Read:    os.ReadFile,
	}
}

// made is where documents of a folder went last: a note of the program's own in the folder.
type made struct {
	Into  string       `json:"into"`
	Forms []build.Form `json:"forms"`
}

// madeNote is its name, in the folder of the program's own.
const madeNote = "make.json"

func lastMade(dir string) made {
	m := made{Forms: []build.Form{build.PDF}}
	raw, err := os.ReadFile(filepath.Join(dir, source.Own, madeNote))
	if err == nil && len(raw) < 1<<16 {
		_ = json.Unmarshal(raw, &m) // it only helps
	}
	if info, err := os.Stat(m.Into); m.Into != "" && (err != nil || !info.IsDir()) {
		m.Into = ""
	}
	return m
}

// keepMade notes where documents went. That is a help for the next time; the documents are written.
func keepMade(dir string, m made) {
	raw, err := json.Marshal(m)
	if err == nil {
		_ = writeWhole(filepath.Join(dir, source.Own, madeNote), raw)
	}
}

// handedTo is the folder that documents go to: one that was named, that of last time, or the one that the data folder lies in.
func handedTo(dir, into string, last made) string {
	if into = strings.TrimSpace(into); into == "" {
		into = cmp.Or(last.Into, filepath.Dir(dir))
	}
	return filepath.Clean(filepath.FromSlash(into))
}

// mayHandTo tells why documents cannot go to a folder.
func mayHandTo(into, dir string) error {
	if !filepath.IsAbs(into) {
		return usage("“%s”不是完整的文件夹路径；在文件管理器的地址栏里复制一个，例如 %s", into, filepath.Dir(dir))
	}
	info, err := os.Stat(into)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usage("没有“%s”这个文件夹；先建好，或换一个", into)
	case err != nil:
		return usage("打不开“%s”：%w；换一个文件夹", into, err)
	case !info.IsDir():
		return usage("“%s”不是文件夹；换一个", into)
	}
	for at := into; ; at = filepath.Dir(at) {
		if at == dir || isFile(filepath.Join(at, "department.toml")) || filepath.Base(at) == source.Own {
			return usage("“%s”是放数据的文件夹，生成的文件不放在里面；换一个，例如 %s", at, filepath.Dir(at))
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// lookMake tells what may be made of a folder, and where it would go.
func (a *app) lookMake(dir, into string) (*web.Making, error) {
	s, in, err := a.toMake(dir)
	if err != nil {
		return nil, err
	}
	w, pages, err := a.laidOut(s, dir, in)
	if err != nil {
		return nil, err
	}
	last := lastMade(dir)
	out := &web.Making{Into: handedTo(dir, into, last), Found: foundIn(w), Strip: w.Budget != nil && w.Pack != nil && (w.Budget.Facts.Department.StripComments.V || w.Pack.StripComments), Comments: comments(w)}
	if err := mayHandTo(out.Into, dir); err != nil {
		out.Why = inChinese(err)
	}
	for _, f := range build.Forms() {
		x := web.MakeForm{Form: string(f), Title: f.Title(), Reader: reader(f), Chosen: slices.Contains(last.Forms, f)}
		if pages != nil {
			name, err := filename.Of(w.Tree.Title, f.Ext())
			if err != nil {
				return nil, err
			}
			x.Name = name
			place := filepath.Join(out.Into, name)
			if err := mayMake(place, f, dir, in.PriorDir); err != nil {
				x.Taken = strings.TrimPrefix(inChinese(err), place+" ")
			} else if info, err := os.Stat(place); err == nil {
				at := info.ModTime()
				x.There = &at
			}
		}
		out.Forms = append(out.Forms, x)
	}
	return out, nil
}

// toMake is what documents of a folder are made with.
func (a *app) toMake(dir string) (*build.Shared, build.Input, error) {
	in, err := a.input(dir)
	if err != nil {
		return nil, in, err
	}
	s, err := a.shared()
	return s, in, err
}

// makeForms makes forms of a document and writes them, all or none.
func (a *app) makeForms(dir string, wish web.MakeWish) (*web.Made, error) {
	into := handedTo(dir, wish.Into, lastMade(dir))
	if err := mayHandTo(into, dir); err != nil {
		return nil, err
	}
	now := made{Into: into}
	for _, f := range build.Forms() {
		if slices.Contains(wish.Forms, string(f)) {
			now.Forms = append(now.Forms, f)
		}
	}
	if len(now.Forms) == 0 {
		return nil, usage("没有选要做成什么；至少选一种")
	}
	a.strip = wish.Strip
	s, in, err := a.toMake(dir)
	if err != nil {
		return nil, err
	}
	w, pages, err := a.laidOut(s, dir, in)
	if err != nil {
		return nil, err
	}
	out := &web.Made{Into: into, Found: foundIn(w)}
	if pages == nil {
		return out, nil
	}
	targets, err := targetsIn(w, now, dir, in.PriorDir)
	if err != nil {
		return nil, err
	}
	files, err := makeTargets(w, pages, targets)
	if err != nil {
		return nil, err
	}
	if err := writeFiles(files); err != nil {
		return nil, err
	}
	for i, t := range targets {
		out.Files = append(out.Files, madeFile(t, files[i].Bytes, pages))
	}
	keepMade(dir, now)
	return out, nil
}

// targetsIn are the files of forms in a folder.
func targetsIn(w *build.Work, m made, given ...string) (targets []target, err error) {
	for _, f := range m.Forms {
		name, err := filename.Of(w.Tree.Title, f.Ext())
		if err != nil {
			return nil, err
		}
		t := target{filepath.Join(m.Into, name), f}
		if err := mayMake(t.name, f, given...); err != nil {
			return nil, err
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// madeFile is a file that was made.
func madeFile(t target, raw []byte, pages *page.Document) web.MadeFile {
	sum := sha256.Sum256(raw)
	x := web.MadeFile{Form: string(t.form), Title: t.form.Title(), Name: filepath.Base(t.name), Path: t.name, Size: len(raw), Hash: hex.EncodeToString(sum[:])}
	if t.form.Archived() {
		x.Pages = len(pages.Pages)
	}
	return x
}

// printed is the PDF of a folder, to be looked at and printed.
func (a *app) printed(dir string) (name string, pdf []byte, err error) {
	s, in, err := a.toMake(dir)
	if err != nil {
		return "", nil, err
	}
	w, pages, err := a.laidOut(s, dir, in)
	if err != nil {
		return "", nil, err
	}
	if pages == nil {
		return "", nil, usage("数据里还有 %d 个错误，做不成 PDF；先在“问题”里逐个改好", w.Diags.Count(diag.Error))
	}
	if name, err = filename.Of(w.Tree.Title, build.PDF.Ext()); err != nil {
		return "", nil, err
	}
	pdf, err = w.Make(build.PDF, pages, nil)
	return name, pdf, err
}

// foundIn are the problems of a document.
func foundIn(w *build.Work) web.Found {
	out := web.Found{Errors: w.Diags.Count(diag.Error), Warnings: []web.Warning{}}
	for _, d := range w.Diags.Sorted() {
		if d.Level == diag.Warning {
			out.Warnings = append(out.Warnings, web.Warning{Rule: d.Rule, Message: d.Message, Place: d.At.String()})
		}
	}
	return out
}

// comments is how many lines of the data have comments.
func comments(w *build.Work) (n int) {
	for _, f := range w.Files {
		for _, s := range f.Stretches() {
			if s.Comment && len(bytes.TrimLeft(f.Source[s.Start:s.End], "# \t\r")) > 0 {
				n++
			}
		}
	}
	return n
}

// reader is whom a form is for.
func reader(f build.Form) string {
	switch f {
	case build.PDF:
		return "正式公开、存档、付印"
	case build.OFD:
		return "同样的页面，随公文流转、交给档案馆；没有在 WPS、数科、福昕、永中里试过，交出去以前用收件人的软件看一遍；收件的系统不认档案用的 OFD-A 的，用命令 yusuan build --ofd-plain"
	case build.HTML:
		return "放到网站上给读者看"
	case build.Article:
		return "粘贴到网站后台的编辑框里"
	case build.Workbook:
		return "公开的各表，给审核的人"
	case build.Data:
		return "给做统计、研究的人"
	}
	panic("cli: no form " + string(f))
}
