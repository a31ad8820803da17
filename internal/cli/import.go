package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/data"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/imports"
	"yusuan/internal/pack"
	"yusuan/internal/renew"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// importing is one run of yusuan import.
type importing struct {
	*app
	files      []string // as they were named
	dir        string
	mapFile    string
	dryRun     bool
	deleteGone bool
	columns    bool
	form       string

	fresh    bool
	folder   imports.Folder
	pack     *pack.Pack
	template string
	year     int
	units    []imports.UnitName
	others   []renew.File // of a new folder, what is no data
	maps     mappings
}

func (a *app) importCommand() *cobra.Command {
	x := &importing{app: a}
	c := &cobra.Command{
		Use:   "import 导出表…",
		Short: "把预算系统导出的表带入数据目录",
		Long: "把预算系统导出的、单位自己做的表格带入数据目录：.xlsx、.xls、网页和文本另存的 .xls 都认，按内容认，不看扩展名；可以一次给几个文件。\n" +
			"先列出认得了什么、每一列当作什么、合计与明细是否相符，再写入；只想看的加 --dry-run。目录还没有的，用 --template 新建。\n" +
			"再次导入同样的表，只改变了的数；你自己写的文字不动；导出表里没有了的列出来，不删，要删的加 --delete-gone。\n" +
			"认不准的写进对照文件（--map），填好再来一次；答过的记在数据目录的 .yusuan/import.toml，下次不再问。\n" +
			"有错误就什么也不写。写错了用 yusuan restore 回到带入以前。",
		Example: "  yusuan import 导出.xlsx --into data/2026/338 --template 模板代号\n  yusuan import *.xlsx --into data/2026/338 --map 对照.toml --dry-run",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("要给导出的表，例如：yusuan import 导出.xlsx --into data/2026/338")
			}
			if x.dir == "" {
				return usage("要用 --into 给出数据目录，例如：yusuan import %s --into data/2026/338", typed(filepath.ToSlash(args[0])))
			}
			x.files = args
			return x.run()
		},
	}
	c.Flags().StringVar(&x.dir, "into", "", "带入哪个数据`目录`，没有的新建")
	c.Flags().StringVar(&x.mapFile, "map", "", "对照`文件`：没有的写出来，有的照它认，新认得的补在后面")
	c.Flags().StringVar(&a.template, "template", "", "新建数据目录时用哪个`模板`：模板代号（yusuan packs 列出全部），或模板所在的目录")
	c.Flags().BoolVar(&x.dryRun, "dry-run", false, "只列出认得什么、会改什么，不写数据目录")
	c.Flags().BoolVar(&x.deleteGone, "delete-gone", false, "导出表里没有了的，从数据目录里删去")
	c.Flags().BoolVar(&x.columns, "columns", false, "逐列列出当作什么、多少分；不写时把握十足的列在一行")
	c.Flags().StringVar(&x.form, "form", "", "项目的绩效目标表用哪种`表样`；不写时用要填的最少的一种")
	a.howMany(c)
	return c
}

func (x *importing) run() error {
	books, err := x.read()
	if err != nil {
		return err
	}
	if err := x.open(); err != nil {
		return err
	}
	if err := x.chooseForm(); err != nil {
		return err
	}
	if err := x.maps.read(x.mapFile, x.dir); err != nil {
		return err
	}
	if x.maps.diags.HasErrors() {
		return x.refuse(x.maps.diags)
	}
	h, err := x.hold(books)
	if h == nil {
		return err
	}
	x.show(h.u) // with what the plan notes of sheets
	if err != nil {
		return err
	}
	if err := x.maps.complete(h.u, x.mapFile); err != nil {
		return err
	}
	x.maps.blanks(x.app)
	if h.found.HasErrors() {
		return x.refuse(h.found)
	}
	x.tell(h.found)
	return x.carryOut(h.u, h.plan)
}

// holding is what was understood of exports, and what it does to a folder.
type holding struct {
	u     *imports.Understood
	plan  *imports.Plan
	found diag.List
}

// hold understands exports and holds them against the folder. There is no plan where the folder cannot be patched; the error says
// why.
func (x *importing) hold(books []imports.File) (*holding, error) {
	words, diags := imports.ParseWords(data.ImportWords())
	if diags.HasErrors() {
		return nil, machine("词表不可用：%v", diags.Sorted()[0].Message)
	}
	year := cmp.Or(x.year, imports.YearOf(books))
	cat, err := x.catalogueOf(x.catalogueYear(year), x.pack.ID, x.dir)
	if err != nil {
		return nil, err
	}
	h := &holding{}
	h.u, h.found = imports.Understand(imports.Input{Files: books, Words: words, Maps: x.maps.all(), Catalogue: cat, Units: x.units, Lists: x.folder.Lists, Year: year})
	if x.fresh {
		x.begin(cat, year)
	}
	x.folder.Catalogue = cat
	var more diag.List
	h.plan, more, err = imports.NewPlan(h.u, x.folder)
	h.found.Append(more)
	if err != nil {
		return h, &exitError{exitData, errors.New(inPlan(err))}
	}
	return h, nil
}

// carryOut shows what a plan does, and does it.
func (x *importing) carryOut(u *imports.Understood, plan *imports.Plan) error {
	if plan.Nothing {
		return &exitError{exitData, errors.New(u.WhyNothing())}
	}
	x.showPlan(plan)
	if x.dryRun {
		say(x.out, "没有写：加了 --dry-run\n")
		return nil
	}
	return x.write(u, plan)
}

// inPlan is why files cannot be patched, in words.
func inPlan(err error) string {
	var broken *source.Broken
	if errors.As(err, &broken) {
		return broken.Error()
	}
	return "改不了数据目录：" + err.Error()
}

// refuse reports what has to be mended before anything is written.
func (x *importing) refuse(found diag.List) error {
	x.tell(found)
	return &exitError{exitData, fmt.Errorf("有 %d 处要先弄清，什么也没有写", found.Count(diag.Error))}
}

func (x *importing) tell(found diag.List) {
	_ = diag.Text(x.err, found.Sorted(), x.maps.source, x.listOptions(x.err)) // nobody is left to tell
}

// open reads the data folder, or finds that there is none.
func (x *importing) open() error {
	x.dir = filepath.Clean(x.dir)
	shown := path.Clean(filepath.ToSlash(x.dir))
	entries, err := os.ReadDir(x.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return usage("打不开 %s：%w", x.dir, err)
	}
	x.fresh = !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), ".") })
	if x.fresh {
		return x.choose(shown)
	}
	if x.template != "" || x.app.template != "" {
		return usage("%s 里已有数据，模板写在 department.toml 里，不用 --template", shown)
	}
	if err := x.finish(dataFolder(x.dir), x.dryRun); err != nil {
		return err
	}
	w, err := x.check(x.dir)
	if err != nil {
		return err
	}
	if x.pack = w.Pack; x.pack == nil {
		if x.pack, err = x.packOf(w, shown); err != nil {
			return err
		}
	}
	x.folder = imports.Folder{Dir: shown, Files: w.Files, Lists: x.pack.Lists(), Forms: formKinds(x.pack), DeleteGone: x.deleteGone}
	x.known(w.Files)
	return nil
}

// choose finds the template of a folder that is to be made.
func (x *importing) choose(shown string) error {
	asked := x.app.template
	if asked == "" {
		return usage("%s 里还没有数据；新建的要用 --template 给出模板，运行 yusuan packs 看有哪些", shown)
	}
	s, err := x.shared()
	if err != nil {
		return err
	}
	p, diags, err := schedule.LoadPack(s.Packs, x.app.template)
	if err != nil {
		return usage("读不出模板 %s：%w", asked, err)
	}
	if diags.HasErrors() {
		_ = diag.Text(x.err, diags.Sorted(), x.packSource, packOptions(x.err)) // nobody is left to tell
		return &exitError{exitData, fmt.Errorf("模板 %s 有错误，先改正", asked)}
	}
	x.pack, x.template = p, x.app.template
	x.folder = imports.Folder{Dir: shown, Fresh: true, Lists: p.Lists(), Forms: formKinds(p)}
	abs, err := filepath.Abs(x.dir)
	if err != nil {
		return machine("找不到 %s：%w", shown, err)
	}
	year, code := renew.Folders(filepath.ToSlash(abs))
	if x.year = year; strings.Trim(code, "0123456789") == "" {
		x.folder.Code = code // any other name is no code
	}
	return nil
}

// catalogueYear is the year of the codes that exports are held against.
func (x *importing) catalogueYear(year int) int {
	if year < x.pack.FirstYear || year > x.pack.LastYear {
		return x.pack.LastYear
	}
	return year
}

// begin makes the files of a new folder.
func (x *importing) begin(cat *classify.Catalogue, year int) {
	for _, f := range renew.Fresh(x.pack, cat.Functional, x.template, year, cmp.Or(x.folder.Code, "请填")) {
		if path.Ext(f.Path) != ".toml" {
			x.others = append(x.others, f)
			continue
		}
		file, _ := source.Parse(path.Join(x.folder.Dir, f.Path), f.Data)
		x.folder.Files = append(x.folder.Files, file)
	}
}

// formKinds are the performance forms of a pack, those first that ask for least.
func formKinds(p *pack.Pack) []imports.FormKind {
	var out []imports.FormKind
	for _, f := range p.Forms {
		k := imports.FormKind{Kind: f.Kind, Project: f.Scope == pack.ScopeProject}
		for _, field := range f.Fields {
			if field.Required {
				k.Required = append(k.Required, field.Key)
			}
		}
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b imports.FormKind) int {
		return cmp.Or(cmp.Compare(len(a.Required), len(b.Required)), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// write puts everything in place: the data all or none, then what is kept beside them.
func (x *importing) write(u *imports.Understood, plan *imports.Plan) error {
	files := toStore(x.folder.Dir, plan.Edited)
	if len(files) > 0 {
		if err := put(x.dir, "由 "+x.named()+" 带入", files); err != nil {
			return err
		}
	}
	for _, f := range x.others {
		if err := writeWhole(filepath.Join(x.dir, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return machine("写不了 %s：%w", f.Path, err)
		}
	}
	if err := x.keep(u, plan); err != nil {
		return err
	}
	shown := typed(x.folder.Dir)
	switch {
	case x.fresh:
		say(x.out, "已建立 %s；接着：\n  yusuan sheet %s -o 填报.xlsx        用 WPS 或 Excel 填其余的\n  yusuan check %s        看还要填什么\n", x.folder.Dir, shown, shown)
	case len(files) == 0:
		say(x.out, "%s 与导出表一致，没有改动\n", x.folder.Dir)
	default:
		say(x.out, "已改 %s；接着运行 yusuan check %s；要回到带入以前：yusuan restore %s\n", x.folder.Dir, shown, shown)
	}
	return nil
}

// named are the exports as they are spoken of.
func (x *importing) named() string {
	var names []string
	for _, f := range x.files {
		names = append(names, filepath.Base(f))
	}
	if len(names) > 3 {
		return fmt.Sprintf("%s 等 %d 个文件", strings.Join(names[:3], "、"), len(names))
	}
	return strings.Join(names, "、")
}

// keep remembers beside the data where they came from, and what was answered.
func (x *importing) keep(u *imports.Understood, plan *imports.Plan) error {
	index := filepath.Join(x.dir, source.Own, placesFile)
	before, err := os.ReadFile(index)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return machine("读不出 %s：%w", index, err)
	}
	raw, err := imports.WritePlaces(imports.ReadPlaces(before), plan.Places)
	if err != nil {
		return machine("写不了 %s：%w", index, err)
	}
	if !bytes.Equal(raw, before) {
		if err := writeWhole(index, raw); err != nil {
			return machine("写不了 %s：%w", index, err)
		}
	}
	return x.maps.remember(u, x.dir)
}

// placesFile leads from a data folder to exports, in the folder of the program's own.
const placesFile = "places.json"
