package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/ofdread"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	book "yusuan/internal/sheet"
)

// filledIn is a workbook of ours as it was given on the command line.
type filledIn struct {
	name   string // as it is shown
	book   *grid.Book
	taken  *book.Taken
	pack   *pack.Pack
	cat    *classify.Catalogue
	diags  diag.List // of reading it
	folder *book.Folder
	words  *book.Words
	offers *book.Offered
}

// isFile reports whether what the user named is a file, and so may be a workbook.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// sheetsOf are the names of a workbook's sheets.
func sheetsOf(b *grid.Book) (out []string) {
	for i := range b.Sheets {
		out = append(out, b.Sheets[i].Name)
	}
	return out
}

// openSheet opens a workbook of ours; what another file is, it says.
func openSheet(name string) (*grid.Book, error) {
	const most = 64 << 20
	if info, err := os.Stat(name); err == nil && info.Size() > most {
		return nil, usage("%s 太大，不是填报表", name)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, machine("读不出 %s：%w", name, err)
	}
	return sheetIn(name, raw)
}

// sheetIn is a workbook of ours in the content of a file; what another file is, it says.
func sheetIn(name string, raw []byte) (*grid.Book, error) {
	if err := notDocument(name, raw); err != nil {
		return nil, err
	}
	if isOurPDF(raw) || strings.HasPrefix(string(raw), "%PDF") {
		return nil, usage("%s 是 PDF，不是数据；核对印出的数用 yusuan check；本程序做的，核验用 yusuan verify，取出里面的数据用 yusuan extract；别人做的，读成数据用 yusuan read", name)
	}
	if ofdread.Is(raw) {
		return nil, usage("%s 是 OFD，不是数据；本程序做的，核验用 yusuan verify，取出里面的数据用 yusuan extract；别人做的，请另要 PDF 或 Word，用 yusuan check 核对", name)
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		return nil, usage("%s 的内容不是 PDF，多半没有下载完或者已经损坏；换一份再试", name)
	case ".toml":
		return nil, usage("%s 是数据目录里的一个文件；要给的是它所在的目录 %s", name, typed(path.Dir(filepath.ToSlash(name))))
	}
	if err := notData(name, raw, nil); err != nil {
		return nil, err
	}
	b, err := grid.Read(name, raw)
	if refused := (*grid.Refused)(nil); errors.As(err, &refused) {
		return nil, usage("%s 读不了：%w", name, err)
	}
	if err != nil {
		return nil, machine("读不出 %s：%w", name, err)
	}
	if !book.Is(b) {
		if err := notData(name, raw, b); err != nil {
			return nil, err
		}
		return nil, usage("%s 不是填报表；这是导出表的，请用 yusuan import %s --into 数据目录", name, typed(filepath.ToSlash(name)))
	}
	return b, nil
}

// readWorkbook reads a workbook of ours.
func (a *app) readWorkbook(name string) (*filledIn, error) {
	b, err := openSheet(name)
	if err != nil {
		return nil, err
	}
	return a.filledIn(name, b)
}

// filledIn reads a workbook of ours that is open.
func (a *app) filledIn(name string, b *grid.Book) (*filledIn, error) {
	s, err := a.shared()
	if err != nil {
		return nil, err
	}
	id, at := a.template, diag.Cell{}
	if id == "" {
		id, at = book.PackOf(b)
	}
	w := &filledIn{name: path.Clean(filepath.ToSlash(name)), book: b}
	if w.pack, err = usablePack(s, id); err != nil {
		return nil, noSuchPack(name, at, id, s.PackNames(), err)
	}
	w.taken, w.diags = book.Read(w.name, b, w.pack)
	if w.taken.Own.Newer() {
		return nil, usage("%s 是更新版本的程序转出的填报表，这个版本读不了；请换用新版的 yusuan", name)
	}
	year, err := strconv.Atoi(strings.TrimSuffix(w.taken.Department("year"), "年"))
	if err != nil {
		year = w.pack.LastYear
	}
	if w.cat, err = a.catalogueOf(year, w.pack.ID, name); err != nil {
		w.cat = nil // it is told when the data are checked
	}
	return w, nil
}

// noSuchPack tells of a pack that a workbook asks for and that cannot be used, at its cell.
func noSuchPack(name string, at diag.Cell, id string, packs []string, err error) error {
	hint := "运行 yusuan packs 看有哪些，填在“部门”表的“模板”一行"
	if near, ok := diag.Closest(id, packs); ok {
		hint = diag.Meant(id, near) + "；" + hint
	}
	if at.Name != "" {
		name = diag.InCell(name, at).String()
	}
	return usage("%s 的模板“%s”不可用：%w；%s", name, id, err, hint)
}

func usablePack(s *build.Shared, id string) (*pack.Pack, error) {
	if id == "" {
		return nil, errors.New("没有填")
	}
	if !fs.ValidPath(id) {
		return nil, errors.New("没有这个模板")
	}
	if _, err := fs.Stat(s.Packs, path.Join(id, "pack.toml")); err != nil {
		return nil, errors.New("没有这个模板")
	}
	p, diags, err := schedule.LoadPack(s.Packs, id)
	if err == nil && (p == nil || diags.HasErrors()) {
		err = errors.New("模板有错误")
	}
	return p, err
}

// bookInput is the input of a workbook without a folder: its data are made in memory.
func (a *app) bookInput(name string) (build.Input, error) {
	w, err := a.readWorkbook(name)
	if err != nil {
		return build.Input{}, err
	}
	mounts := mounted{rest: shownFS{}}
	if err := a.mount(w, mounts.at); err != nil {
		return build.Input{}, err
	}
	a.books = append(a.books, w)
	in := build.Input{Dir: w.name, Data: &mounts, StripComments: true}
	if in.Codes, err = codesFor(name); err != nil {
		return in, err
	}
	if s := w.taken.Department("strip_comments"); s == book.No {
		in.StripComments = false
	}
	if in.PriorDir = a.lastOf(w); in.PriorDir != "" {
		if isFile(in.PriorDir) {
			last, err := a.readWorkbook(in.PriorDir)
			if err != nil {
				return in, err
			}
			if err := a.mount(last, mounts.at); err != nil {
				return in, err
			}
			a.books = append(a.books, last)
		} else {
			mounts.rest = shownFS{named: []string{in.PriorDir}}
		}
		say(a.err, "上年数取自 %s\n", in.PriorDir)
	}
	return in, nil
}

// mount makes the folder of a workbook and puts it where the workbook is.
func (a *app) mount(w *filledIn, at func(string, fs.FS)) error {
	var err error
	var diags diag.List
	if w.folder, diags, err = w.taken.Folder(w.name, w.cat); err != nil {
		return &exitError{exitData, fmt.Errorf("%s：%w", w.name, err)}
	}
	w.diags.Append(diags)
	w.words, w.offers = book.NewWords(w.taken.Layout), w.taken.Offer(w.book)
	var files archive.Archive
	for _, f := range w.folder.Files {
		files.Files = append(files.Files, archive.File{Path: strings.TrimPrefix(f.Path, w.name+"/"), Kind: archive.KindData, Data: f.After})
	}
	at(w.name, files.FS(archive.KindData))
	return nil
}

// mounted are file systems at places of another.
type mounted struct {
	there []struct {
		at string
		fs fs.FS
	}
	rest fs.FS
}

func (m *mounted) at(name string, f fs.FS) {
	m.there = append(m.there, struct {
		at string
		fs fs.FS
	}{name, f})
}

func (m *mounted) Open(name string) (fs.File, error) {
	for _, x := range m.there {
		if rest, ok := below(x.at, name); ok {
			return x.fs.Open(rest)
		}
	}
	return m.rest.Open(name)
}

// ofYear is a year in the name of a workbook.
var ofYear = regexp.MustCompile(`(?:19|20)\d\d`)

// lastOf is where last year's data are: as the user said, else by custom beside the workbook under the same name with the
// year before. "" where nothing is there.
func (a *app) lastOf(w *filledIn) string {
	if a.last != "" {
		return path.Clean(filepath.ToSlash(a.last))
	}
	year, err := strconv.Atoi(strings.TrimSuffix(w.taken.Department("year"), "年"))
	if err != nil {
		return ""
	}
	now, before := strconv.Itoa(year), strconv.Itoa(year-1)
	dir, file := path.Split(w.name)
	var names []string
	if all := ofYear.FindAllString(file, -1); len(all) == 1 && all[0] == now {
		names = append(names, path.Join(dir, strings.Replace(file, now, before, 1)))
	}
	if up := path.Base(path.Clean(dir)); up == now { // data/2026/338.xlsx
		code := strings.TrimSuffix(file, path.Ext(file))
		names = append(names, path.Join(dir, "..", before, file), path.Join(dir, "..", before, code))
	}
	for _, name := range names {
		if _, err := os.Stat(filepath.FromSlash(name)); err == nil {
			return name
		}
	}
	return ""
}

// spoken is what was found in reading a workbook, in its words and in the order of its sheets, as check tells it.
func (w *filledIn) spoken() []diag.Diagnostic {
	words, offers := book.NewWords(w.taken.Layout), w.taken.Offer(w.book)
	var out diag.List
	for _, d := range w.diags.Sorted() {
		if d.At.File == w.name || d.At.File == "" {
			offers.Place(&d)
			words.Tell(&d)
		}
		out.Add(d)
	}
	sorted := out.Sorted()
	offers.Order(w.name, sorted)
	return sorted
}

// place is the cell of a workbook that a place in its data came from.
func (a *app) place(r diag.Range) diag.Range {
	for _, w := range a.books {
		if at := w.folder.Place(r); at != r {
			return at
		}
	}
	return r
}

// placed are findings at the cells of workbooks, in their words and in the order of their sheets.
func (a *app) placed(list []diag.Diagnostic) []diag.Diagnostic {
	if len(a.books) == 0 {
		return list
	}
	var out diag.List
	for _, d := range list {
		d.Notes = slices.Clone(d.Notes)
		for i := range d.Notes {
			d.Notes[i].At = a.place(d.Notes[i].At)
		}
		if !slices.ContainsFunc(a.books, func(w *filledIn) bool { return !w.folder.Finding(&d) }) {
			a.reword(&d)
			out.Add(d)
		}
	}
	sorted := out.Sorted()
	for _, w := range a.books {
		w.offers.Order(w.name, sorted)
	}
	return sorted
}

// reword tells a finding of a workbook to those who know nothing else.
func (a *app) reword(d *diag.Diagnostic) {
	for _, w := range a.books {
		if d.At.File == w.name || d.At.File == "" {
			w.offers.Place(d)
			w.words.Tell(d)
			return
		}
	}
}

// tellReading adds what was found in reading workbooks; of last year's, what keeps it from being used.
func (a *app) tellReading(in build.Input, w *build.Work) {
	for _, x := range a.books {
		if x.name == in.Dir {
			w.Diags.Append(x.diags)
		}
		if x.name == in.PriorDir && x.name != in.Dir {
			for _, d := range x.diags.Sorted() {
				if d.Level == diag.Error {
					w.Diags.Add(d)
				}
			}
		}
	}
}
