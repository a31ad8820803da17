package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/board"
	"yusuan/internal/build"
	"yusuan/internal/district"
	"yusuan/internal/money"
	"yusuan/internal/web"
)

// boardWorld is what the page of a root has of the machine.
func (a *app) boardWorld(r *recents) web.Board {
	return web.Board{
		Look: func(ctx context.Context, root string, follow web.Follow) (*web.District, error) {
			return a.one("").lookAtRoot(ctx, r, root, follow)
		},
		Out:  r.outOf,
		File: func(root, name string) (io.ReadSeekCloser, time.Time, error) { return r.madeFile(root, name) },
	}
}

// outOf is where the documents of a root were made last, or where they would lie best: beside the data, not among them.
func (r *recents) outOf(root string) (dir string, known bool) {
	if out := r.out(root); out != "" {
		return out, true
	}
	if isYear(filepath.Base(root)) {
		root = filepath.Dir(root)
	}
	return filepath.Join(filepath.Dir(root), "公开文件"), false
}

// madeFile opens a file of the output folder. No link in it leads out.
func (r *recents) madeFile(root, name string) (io.ReadSeekCloser, time.Time, error) {
	out, _ := r.outOf(root)
	f, err := openIn(out, filepath.FromSlash(name), name)
	if err != nil {
		return nil, time.Time{}, usage("打不开 %s：%w", name, err)
	}
	info, err := f.Stat()
	file, ok := f.(*os.File)
	if err != nil || !ok || !info.Mode().IsRegular() {
		_ = f.Close() // it was only looked at
		return nil, time.Time{}, usage("没有文件 %s", name)
	}
	return file, info.ModTime(), nil
}

// served is how many documents may be in the making beside the page, which is to answer all the time.
func served() int { return max(1, runtime.NumCPU()-1) }

// lookAtRoot checks the departments of a root and makes nothing.
func (a *app) lookAtRoot(ctx context.Context, r *recents, dir string, follow web.Follow) (*web.District, error) {
	root := rootPlaced(dir)
	if err := isFolder(dir, "部门数据的根目录"); err != nil {
		return nil, err
	}
	departments, err := root.departments()
	if err != nil {
		return nil, err
	}
	shared, err := a.shared()
	if err != nil {
		return nil, err
	}
	follow.Begin(len(departments))
	b := &batch.Batch{Shared: shared, Departments: departments, Editions: batch.OfNone, Program: exactProgram(), Workers: served(), Machine: lookMachine(root)}
	records, err := b.Run(ctx, func(list []batch.Record) {
		for i := range list {
			follow.Done(failedOf(&list[i]))
		}
	})
	if err := cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	s := &batch.Summary{Program: shared.Program, Root: root.shown, Editions: batch.OfDepartment, Departments: records}
	s.Count()
	s.District(root.texts, nil, "", served())
	x := shownDistrict(r, dir, a.districts(s, root, nil))
	x.Notes = a.warnings()
	return x, nil
}

// shownDistrict is a root as its page shows it, with what its last batch made.
func shownDistrict(r *recents, dir string, all []*district.District) *web.District {
	x := &web.District{Title: filepath.Base(dir), Years: []web.Year{}, Files: []web.BatchFile{}, Notes: []string{}}
	made := r.lastBatch(dir, x)
	for _, d := range all {
		x.Years = append(x.Years, shownYear(d, rootPlaced(dir), made))
	}
	return x
}

// warnings are what was told of trouble, a line each.
func (a *app) warnings() []string {
	out := []string{}
	for line := range strings.Lines(fmt.Sprint(a.err)) {
		out = append(out, strings.TrimSpace(line))
	}
	return out
}

// lookMachine reads and never writes.
func lookMachine(root batchRoot) batch.Machine {
	start := time.Now()
	never := errors.New("nothing is made")
	return batch.Machine{
		Input:  root.input,
		Write:  func([]batch.Content) ([]batch.Stamp, error) { return nil, never },
		Stamp:  func(string) (batch.Stamp, bool) { return batch.Stamp{}, false },
		Remove: func(string) error { return nil },
		Move:   func(string, string) error { return never },
		Sum:    func(string) (string, error) { return "", never },
		Append: func([]byte) error { return never },
		Full:   full,
		Clock:  func() time.Duration { return time.Since(start) },
	}
}

// failedOf is what to tell of a record while a run goes on.
func failedOf(r *batch.Record) web.Failed {
	f := web.Failed{Department: r.Department, Name: cmp.Or(r.Name, r.Title()), State: r.Status.Word()}
	if failed(r) {
		f.Words = cmp.Or(r.Message, r.Status.Word())
	}
	return f
}

// madeBatch is the last batch of a root.
type madeBatch struct {
	records map[string]*batch.Record // by folder and edition
	out     string
	at      time.Time
}

// lastBatch reads what the last batch of a root made, where that is known, and tells of the files of the whole district.
func (r *recents) lastBatch(root string, x *web.District) *madeBatch {
	m := &madeBatch{records: map[string]*batch.Record{}}
	out, _ := r.outOf(root)
	name := filepath.Join(out, batch.SummaryName+".json")
	info, err := os.Stat(name)
	if err != nil {
		return m
	}
	s, err := readSummary(name)
	if err != nil || s.Root != rootPlaced(root).shown { // another root's
		return m
	}
	x.Out, x.Made, m.out, m.at = out, info.ModTime(), out, info.ModTime()
	for i := range s.Departments {
		rec := &s.Departments[i]
		m.records[rec.Department+"\x00"+rec.Edition] = rec
	}
	for _, f := range []web.BatchFile{{Name: board.Name, Title: "进度表"}, {Name: batch.SummaryName + ".xlsx", Title: "汇总表"}, {Name: board.IndexName, Title: "公开目录"},
		{Name: batch.DistrictName + ".csv", Title: "全区合计"}, {Name: registerName, Title: "登记表"}} {
		x.Files = m.add(x.Files, f.Name, f.Title)
	}
	for _, year := range yearsOf(s.Departments) {
		x.Files = m.add(x.Files, districtPackage(year), fmt.Sprintf("%d年全区开放数据", year))
	}
	return m
}

// add lists a file if it is there.
func (m *madeBatch) add(list []web.BatchFile, name, title string) []web.BatchFile {
	info, err := os.Stat(filepath.Join(m.out, filepath.FromSlash(name)))
	if err != nil || !info.Mode().IsRegular() {
		return list
	}
	return append(list, web.BatchFile{Name: name, Title: title, Size: info.Size()})
}

var wan = money.Usual(money.Wan)

// shownYear is a year as the page shows it.
func shownYear(d *district.District, root batchRoot, made *madeBatch) web.Year {
	y := web.Year{Year: d.Year, Title: d.Title(), Facts: []web.Fact{}, States: []web.Count{}, Notes: []string{}, Departments: []web.Department{}, Tables: gridsOf(d)}
	fact := func(title, words string) {
		if words != "" {
			y.Facts = append(y.Facts, web.Fact{Title: title, Words: words})
		}
	}
	shown := 0
	for i := range d.Departments {
		if d.Departments[i].Shown {
			shown++
		}
	}
	fact("部门", fmt.Sprintf("%d 个", len(d.Departments)))
	if now, last, _ := d.Sum(); shown > 0 {
		words := fmt.Sprintf("%s 万元（%d 个部门）", wan.String(now), shown)
		if last.Known {
			words += "，上年 " + wan.String(last.Amount) + " 万元"
		}
		fact("支出总计", words)
	}
	if !d.Approved.IsZero() {
		fact("人大批准", d.Approved.Format(time.DateOnly))
	}
	if !d.Deadline.IsZero() {
		fact("公开期限", strings.TrimPrefix(untilDeadline(d, time.Now()), "公开期限 "))
	}
	if d.Missing > 0 {
		y.Notes = append(y.Notes, fmt.Sprintf("%d 个部门没有报送或者数据有误，不列金额，也不在各项合计里", d.Missing))
	}
	for i := range d.Departments {
		y.Departments = append(y.Departments, shownDepartment(&d.Departments[i], root, made))
	}
	y.States = countStates(y.Departments)
	return y
}

// sound is the state of a department whose data are good and of which no document was made: a batch makes them at once, a look
// at the data does not.
const sound = "数据无误"

// countStates counts them, in the order of the work.
func countStates(list []web.Department) (out []web.Count) {
	for _, state := range district.States() {
		names := []string{string(state)}
		if state == district.Ready {
			names = []string{sound, string(state)}
		}
		for _, name := range names {
			n := 0
			for i := range list {
				if list[i].State == name {
					n++
				}
			}
			out = append(out, web.Count{State: name, Count: n})
		}
	}
	return out
}

func shownDepartment(d *district.Department, root batchRoot, made *madeBatch) web.Department {
	x := web.Department{Code: d.Code, Name: d.Name, Initials: initials(d.Name), Section: d.Section, State: string(d.State), Have: d.Forms.Have, Due: d.Forms.Due,
		Confidential: dayOf(d.Review.Confidential.Date), Signed: dayOf(d.Review.Signed.Date), Published: dayOf(d.Review.Published.Date), Files: []web.BatchFile{}}
	if d.Shown && d.Total.Known {
		x.Total = wan.String(d.Total.Amount)
		if d.Last.Known {
			x.Last, x.Change = wan.String(d.Last.Amount), wan.String(d.Total.Amount.Sub(d.Last.Amount))
			if c := money.Compare(d.Total.Amount, d.Last.Amount, 2); c.HasRate {
				x.Share = c.Rate
			}
		}
	}
	r := d.Record
	if r == nil {
		return x
	}
	x.Folder, x.Errors, x.Warnings, x.Message = r.Department, r.Errors, r.Warnings, r.Message
	old := made.records[r.Department+"\x00"]
	if d.State == district.Ready && (old == nil || !old.Status.Good()) {
		x.State = sound
	}
	if old == nil {
		return x
	}
	x.Made, x.Pages = old.Status.Word(), old.Pages
	x.Stale = changedSince(filepath.Join(root.dir, filepath.FromSlash(r.Department)), made.at)
	for _, f := range old.Files() {
		x.Files = made.add(x.Files, f.Output, f.Form.Short())
	}
	if old.Errors+old.Warnings > 0 {
		x.Files = made.add(x.Files, old.Report(), "核对报告")
	}
	for key, u := range made.records {
		if folder, edition, _ := strings.Cut(key, "\x00"); folder == r.Department && edition != "" {
			for _, f := range u.Files() {
				x.Files = made.add(x.Files, f.Output, u.Name+" "+f.Form.Short())
			}
		}
	}
	slices.SortStableFunc(x.Files, func(a, b web.BatchFile) int {
		return cmp.Compare(strings.Count(a.Title, " "), strings.Count(b.Title, " "))
	})
	return x
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// changedSince reports whether a data file of a folder is newer than what was made of it.
func changedSince(dir string, at time.Time) (newer bool) {
	_ = fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // what cannot be read is told where it is checked
		case e.IsDir() && name != "." && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		case !strings.EqualFold(filepath.Ext(name), ".toml"):
			return nil
		}
		if info, err := e.Info(); err == nil && info.ModTime().After(at) {
			newer = true
			return fs.SkipAll
		}
		return nil
	})
	return newer
}

// formsShown are the forms that a batch can make.
func formsShown() (out []web.BatchForm) {
	for _, f := range build.Forms() {
		out = append(out, web.BatchForm{ID: string(f), Title: f.Title()})
	}
	return out
}
