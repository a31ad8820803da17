package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	book "yusuan/internal/sheet"
	"yusuan/internal/source"
)

// bringing is one run that brings a workbook back into a data folder.
type bringing struct {
	*app
	name   string // of the workbook
	dir    string
	dryRun bool
	delete bool // what is not in the workbook any more
	layout *book.Layout
}

// brought is what bringing a workbook into a folder would do.
type brought struct {
	found  []diag.Diagnostic // in reading it
	wrong  int               // errors among them: nothing is planned for good
	plan   *book.Plan
	edited []source.Edited
	fresh  bool // the folder is to be made
}

func (x *bringing) run() error {
	w, err := x.readWorkbook(x.name)
	if err != nil {
		return err
	}
	b, err := x.hold(w)
	if b != nil {
		_ = diag.Text(x.err, b.found, x.packSource, x.listOptions(x.err)) // nobody is left to tell
	}
	if b == nil {
		return err
	}
	if b.wrong > 0 {
		return notUnderstood(b.wrong)
	}
	if n := x.conflicts(b.plan); n > 0 {
		return &exitError{exitData, fmt.Errorf("有 %d 处填报表和数据目录都改过，什么也没有写；在一边改成一致，再来一次；填报表是在上次带入以前转出的，先重新转出一份（yusuan sheet %s -o 新的填报表.xlsx），在新的里改", n, typed(filepath.ToSlash(x.dir)))}
	}
	if err != nil {
		return err
	}
	return x.write(w, b)
}

// notUnderstood is why a workbook is not brought in that has errors.
func notUnderstood(n int) error {
	return &exitError{exitData, fmt.Errorf("填报表里有 %d 处看不懂，先改正，什么也没有写", n)}
}

// hold holds a workbook against the folder, and tells what would be done. Where it cannot be done there is an error, and what
// was found if so much is known. What both sides changed stays as the folder has it.
func (x *bringing) hold(w *filledIn) (*brought, error) {
	x.dir, x.layout = filepath.Clean(x.dir), w.taken.Layout
	files, err := x.there()
	if err != nil {
		return nil, err
	}
	to := book.Target{Folder: path.Clean(filepath.ToSlash(x.dir)), Files: files, Pack: w.pack, Catalogue: w.cat}
	if err := x.sameDepartment(w, files); err != nil {
		return nil, err
	}
	s, err := x.shared()
	if err != nil {
		return nil, err
	}
	to.Templates = s.PackNames()
	plan, diags := w.taken.Plan(to)
	w.diags.Append(diags)
	b := &brought{found: w.spoken(), wrong: w.diags.Count(diag.Error), plan: plan, fresh: len(files) == 0}
	if b.wrong > 0 {
		return b, nil
	}
	if b.edited, err = plan.Edit(); err != nil {
		return b, &exitError{exitData, errors.New(inPlan(err))}
	}
	if !proved(w, after(to, b.edited), len(plan.Conflicts)) {
		return b, machine("程序内部错误：写出的与填报表不符，什么也没有写")
	}
	return b, nil
}

// proved reports whether a folder as it will be says what the workbook says, but for what both sides changed.
func proved(w *filledIn, to book.Target, conflicts int) bool {
	if conflicts == 0 {
		return w.taken.Proves(to)
	}
	again, _ := w.taken.Plan(to)
	return again.Nothing() && len(again.Conflicts) == conflicts
}

// there are the data files that the folder has; none of one that is to be made.
func (x *bringing) there() ([]*source.File, error) {
	if info, err := os.Stat(x.dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err == nil && !info.IsDir() {
		return nil, usage("%s 不是目录", x.dir)
	}
	if err := x.finish(dataFolder(x.dir), x.dryRun); err != nil {
		return nil, err
	}
	shown := path.Clean(filepath.ToSlash(x.dir))
	files, diags, err := source.ReadDir(shownFS{named: []string{shown}}, shown)
	if err != nil {
		return nil, usage("读不出 %s 的数据：%w", x.dir, err)
	}
	if len(files) > 0 && (!allRead(files) || diags.HasErrors()) {
		_ = diag.Text(x.err, diags.Sorted(), x.sources(files), x.listOptions(x.err)) // nobody is left to tell
		return nil, &exitError{exitData, fmt.Errorf("%s 有读不出的地方，先改正，再带入填报表", x.dir)}
	}
	return files, nil
}

// sameDepartment refuses a workbook of another department or year.
func (x *bringing) sameDepartment(w *filledIn, files []*source.File) error {
	for _, f := range files {
		for _, e := range f.Entries() {
			if e.Table != "department" {
				continue
			}
			for _, key := range []string{"code", "year"} {
				v, ok := e.Value(key)
				if was := strings.TrimSuffix(w.taken.Was(key), "年"); ok && was != "" && v.Text != was && v.Text != source.Unfilled {
					return usage("%s 是 %s 的填报表，%s 里是 %s 的数据，没有带入；用 --into 给出它自己的目录", x.name, called(w.taken.Was), filepath.ToSlash(x.dir), called(func(key string) string { v, _ := e.Value(key); return v.Text }))
				}
			}
		}
	}
	return nil
}

// called is a department with its year.
func called(get func(key string) string) string {
	return fmt.Sprintf("部门 %s %s 年", get("code"), strings.TrimSuffix(get("year"), "年"))
}

// conflicts lists what both sides changed.
func (x *bringing) conflicts(p *book.Plan) int {
	for _, c := range p.Conflicts {
		base := "导出时是什么已不知道"
		if c.Known {
			base = "导出时是 " + quotedOrNone(c.Base)
		}
		say(x.err, "两边都改过：%s（%s）\n  填报表里是 %s\n  数据目录里是 %s（%s）\n  %s\n", c.What, c.At, quotedOrNone(c.Mine), quotedOrNone(c.Theirs), c.In, base)
	}
	return len(p.Conflicts)
}

func quotedOrNone(s string) string {
	if s == "" {
		return "空的"
	}
	return diag.Quote(s)
}

// after is the folder as it will be.
func after(to book.Target, edited []source.Edited) book.Target {
	made := map[string]*source.File{}
	for _, e := range edited {
		made[e.Path] = e.File
	}
	files := to.Files
	to.Files = nil
	for _, f := range files {
		if x := made[f.Path]; x != nil {
			f = x
			delete(made, f.Path)
		}
		to.Files = append(to.Files, f)
	}
	for _, e := range edited {
		if made[e.Path] != nil {
			to.Files = append(to.Files, e.File)
		}
	}
	return to
}

func (x *bringing) write(w *filledIn, b *brought) error {
	shown, p, edited, fresh := filepath.ToSlash(x.dir), b.plan, b.edited, b.fresh
	for _, s := range p.Untouched {
		say(x.out, "%s\n", s)
	}
	if len(edited) == 0 {
		say(x.out, "%s 与填报表一致，没有改动\n", shown)
		return nil
	}
	if !fresh {
		x.patches(edited)
	}
	for _, d := range p.Deleted {
		with := ""
		if d.With > 0 {
			with = fmt.Sprintf("，连同里面的 %d 项", d.With)
		}
		say(x.out, "删去 %s 的%s：%s%s\n", d.In, d.Table, d.Says, with)
	}
	switch {
	case x.dryRun:
		say(x.out, "没有写：加了 --dry-run\n")
		return nil
	case len(p.Deleted) > 0 && !x.delete:
		return &exitError{exitData, fmt.Errorf("填报表里少了 %d 行，会从数据目录里删去（如上），什么也没有写；确实要删的加 --delete", len(p.Deleted))}
	}
	files := toStore(path.Clean(shown), edited)
	if err := put(x.dir, "由 "+filepath.Base(x.name)+" 带入", files); err != nil {
		return err
	}
	if fresh {
		say(x.out, "已由 %s 建立 %s（%d 个文件）；运行 yusuan check %s 核对\n", w.name, shown, len(files), typed(shown))
		return nil
	}
	say(x.out, "已改 %s 的 %d 个文件；核对：yusuan check %s；要回到带入以前：yusuan restore %s\n", shown, len(files), typed(shown), typed(shown))
	return nil
}

// patches lists what is changed, a line each.
func (x *bringing) patches(edited []source.Edited) {
	for _, e := range edited {
		if e.Converted {
			say(x.out, "%s 原来不是 UTF-8，改后写成 UTF-8，文字不变\n", e.Path)
		}
		unit := e.File.AmountsIn()
		for _, p := range e.Patches {
			at := fmt.Sprintf("%s:%d %s", e.Path, p.Line, x.labelled(p))
			before, now := inYuan(p, p.Old, unit), inYuan(p, p.New, unit)
			switch p.Kind {
			case source.SetValue:
				say(x.out, "改 %s：%s → %s\n", at, before, now)
			case source.AddValue:
				say(x.out, "填 %s：%s\n", at, now)
			case source.DropValue:
				say(x.out, "清空 %s：原来是 %s\n", at, before)
			case source.AddEntry:
				say(x.out, "加 %s：%s\n", at, brief(p.New, mostPatched))
			case source.DropEntry: // shown with what it says
			case source.SetRemark:
				say(x.out, "改 %s 的备注：%s → %s\n", at, brief(p.Old, mostPatched), brief(p.New, mostPatched))
			}
		}
	}
}

// labelled is what a patch is about, as messages call it.
func (x *bringing) labelled(p source.Patch) string {
	t := budget.FindTable(p.Table)
	switch {
	case t == nil:
		return strings.Trim(p.Entry+" "+p.Key, " ")
	case p.Key == "":
		return t.Label
	case t.Field(p.Key) != nil:
		return t.Label + "的" + t.Field(p.Key).Label
	}
	if label := x.layout.Label(p.Table, p.Key); label != "" {
		return t.Label + "的" + diag.Quote(label)
	}
	return t.Label + "的" + p.Key
}

// inYuan is a value as its officer typed it, in 元, and as a file in another unit has it.
func inYuan(p source.Patch, text string, unit money.Unit) string {
	t := budget.FindTable(p.Table)
	if unit == money.Yuan || t == nil || t.Own != budget.FieldAmounts && (t.Field(p.Key) == nil || t.Field(p.Key).Kind != budget.FieldAmount) {
		return brief(text, mostPatched)
	}
	a, err := money.Parse(strings.Trim(text, `"`), unit)
	if err != nil {
		return brief(text, mostPatched)
	}
	return money.ToldYuan(a) + "（文件里 " + text + " " + unit.String() + "）"
}

// mostPatched is how many characters of a value are shown in a line about a patch.
const mostPatched = 60

// brief is a text on one line, its beginning where it has more characters than most.
func brief(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}
