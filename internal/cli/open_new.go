package cli

import (
	"bytes"
	"cmp"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"yusuan/internal/build"
	"yusuan/internal/filename"
	"yusuan/internal/pack"
	"yusuan/internal/renew"
	"yusuan/internal/typeset/page"
	"yusuan/internal/web"
	"yusuan/templates"
)

// one is what one question of a window is answered with: what commands say to their user, a page shows otherwise.
func (a *app) one(template string) *app {
	return &app{out: new(bytes.Buffer), err: new(bytes.Buffer), fonts: a.fonts, catalogue: a.catalogue, template: template}
}

// newWorld makes folders of a new year.
func (a *app) newWorld(r *recents) web.NewFolder {
	return web.NewFolder{
		Packs:  a.packsShown,
		Sample: a.samplePages,
		Where:  r.where,
		Plan: func(from, dir string) (*web.Rolled, error) {
			x, _, err := a.rollTo(from, dir)
			return x, err
		},
		Roll: func(from, dir string) (*web.Rolled, error) {
			x, plan, err := a.rollTo(from, dir)
			if err != nil {
				return nil, err
			}
			return x, writeFolder(x.Dir, plan.files)
		},
		Fresh: func(x web.Fresh) error { return a.freshAt(&x) },
	}
}

// packsShown are the packs of the program, those that cannot be loaded with the reason.
func (a *app) packsShown() ([]web.Pack, error) {
	s, err := a.one("").shared()
	if err != nil {
		return nil, err
	}
	out := []web.Pack{}
	for _, id := range s.PackNames() {
		p, diags, err := s.Pack(id)
		if err != nil || diags.HasErrors() {
			out = append(out, web.Pack{ID: id, Name: id, Note: "模板不可用", Tables: []string{}, Forms: []string{}})
			continue
		}
		out = append(out, shownPack(p))
	}
	return out, nil
}

func shownPack(p *pack.Pack) web.Pack {
	x := web.Pack{ID: p.ID, Name: p.Name, Kind: p.Kind, Version: p.Version, First: p.FirstYear, Last: p.LastYear, Tables: []string{}, Forms: []string{}}
	tables := make([]*pack.Table, 0, len(p.Tables))
	for _, t := range p.Tables {
		tables = append(tables, t)
	}
	slices.SortFunc(tables, func(a, b *pack.Table) int {
		return cmp.Or(cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Start.Line, b.At.Start.Line), cmp.Compare(a.ID, b.ID))
	})
	for _, t := range tables {
		if title := cmp.Or(t.Contents.Literal, t.Heading.Literal); title != "" { // a title that is made of the data is seen on the pages
			x.Tables = append(x.Tables, title)
		}
	}
	return x
}

// samplePages are the pages of a pack's sample department.
func (a *app) samplePages(id string) (*page.Document, error) {
	s, err := a.one("").shared()
	if err != nil {
		return nil, err
	}
	w, err := s.Gallery(id)
	if err != nil {
		return nil, usage("读不出模板 %s：%w", id, err)
	}
	if w.Tree == nil {
		return nil, usage("模板 %s 有错误，画不出样张；运行 yusuan pack check %s 看是什么", id, id)
	}
	return w.Typeset(), nil
}

// where is where the folder of a department and year would lie best: with what was opened before, else among the user's documents.
func (r *recents) where(year int, code string) string {
	base := ""
	list, _ := r.read() // without a list there are the documents
	for _, x := range list {
		dir := x.Dir
		if isData(dir) {
			dir = filepath.Dir(dir)
		} else if folderKind(dir) != web.RootFolder {
			continue
		}
		if isYear(filepath.Base(dir)) {
			dir = filepath.Dir(dir)
		}
		base = dir
		break
	}
	if begin := beginning(); base == "" && len(begin) > 0 {
		base = filepath.Join(begin[0].Dir, "部门预算")
	}
	if base == "" {
		return ""
	}
	if year != 0 {
		base = filepath.Join(base, strconv.Itoa(year))
	}
	return filepath.Join(base, code)
}

var codeWritten = regexp.MustCompile(`^[0-9A-Za-z]{1,20}$`)

// freshAt makes an empty folder.
func (a *app) freshAt(x *web.Fresh) error {
	if !codeWritten.MatchString(x.Code) {
		return usage("部门代码“%s”不是数字；写预算部门的代码，例如 338", x.Code)
	}
	if err := fitFolder(x.Dir); err != nil {
		return err
	}
	if !slices.Contains((&build.Shared{Packs: templates.FS}).PackNames(), x.Pack) {
		return usage("没有选模板，或者没有“%s”这个模板", x.Pack)
	}
	return a.one(x.Pack).makeFresh(filepath.Clean(x.Dir), x.Year, x.Code)
}

// fitFolder refuses what can be no new folder.
func fitFolder(dir string) error {
	if !filepath.IsAbs(dir) {
		return usage("“%s”不是完整的路径；新的文件夹要写明放在哪里", dir)
	}
	if why := filename.Unfit(filepath.Base(dir)); why != "" {
		return usage("%s 不能作文件夹的名称：%s；换一个", filepath.Base(dir), why)
	}
	return isFree(dir)
}

// rollTo is what a folder of next year would hold.
func (a *app) rollTo(from, dir string) (*web.Rolled, *rolling, error) {
	if !filepath.IsAbs(from) {
		return nil, nil, usage("“%s”不是完整的路径；选上年的数据文件夹", from)
	}
	if dir == "" {
		dir = nextYear(from)
	}
	if err := fitFolder(dir); err != nil {
		return nil, nil, err
	}
	dir = filepath.Clean(dir)
	r, err := a.one("").planRoll(dir, from)
	if err != nil {
		return nil, nil, err
	}
	d := &r.last.Budget.Facts.Department
	return &web.Rolled{From: from, Dir: dir, Name: d.Name.V, Year: d.Year.V + 1, Pack: r.last.Pack.Name, Amounts: r.amounts, Marks: r.marks, Files: len(r.files)}, r, nil
}

// nextYear is where next year's folder lies beside last year's: data/2027/338 of data/2026/338.
func nextYear(from string) string {
	from = filepath.Clean(from)
	year, code := renew.Folders(filepath.ToSlash(from))
	if parent := filepath.Dir(from); year != 0 && filepath.Base(parent) == strconv.Itoa(year) {
		return filepath.Join(filepath.Dir(parent), strconv.Itoa(year+1), code)
	}
	if name, year := nameOf(from); name != "" && year != 0 {
		return filepath.Join(filepath.Dir(from), filepath.Base(from)+"-"+strconv.Itoa(year+1))
	}
	return from + "-下一年"
}
