package cli

import (
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
	"golang.org/x/text/width"

	"yusuan/internal/batch"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// progress tells how far a batch is: a bar on a terminal, a line now and then elsewhere, and a line for each failure.
type progress struct {
	w            io.Writer
	bar          *progressbar.ProgressBar // nil when w is no terminal
	n, total     int
	start, spoke time.Time
}

// between is the time between two lines of progress in a log.
const between = 5 * time.Second

func newProgress(w io.Writer, total int) *progress {
	p := &progress{w: w, total: total, start: time.Now(), spoke: time.Now()}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb" {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
			progressbar.OptionSetItsString("个"), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(),
			progressbar.OptionFullWidth(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetDescription("生成"))
	}
	return p
}

// done takes the records of a finished department.
func (p *progress) done(records []batch.Record) {
	p.n++
	for i := range records {
		r := &records[i]
		if !failed(r) {
			continue
		}
		if p.bar != nil {
			_ = p.bar.Clear() // a terminal that cannot be written to shows nothing anyway, here and below
		}
		say(p.w, "%s %s：%s\n", r.Status.Word(), r.Title(), r.Message)
	}
	if p.bar != nil {
		_ = p.bar.Add(1)
		return
	}
	if now := time.Now(); now.Sub(p.spoke) >= between {
		p.spoke = now
		rate := float64(p.n) / now.Sub(p.start).Seconds()
		left := time.Duration(float64(p.total-p.n) / rate * float64(time.Second))
		say(p.w, "%d/%d，每秒 %.1f 个，还要 %s\n", p.n, p.total, rate, seconds(left))
	}
}

// failed reports whether somebody must do something about a document.
func failed(r *batch.Record) bool {
	return r.Status == batch.BadData || r.Status == batch.Refused || r.Status == batch.Crashed
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
	say(p.w, "%d 个部门，用时 %s\n", p.n, seconds(time.Since(p.start)))
}

// longTable is the number of departments from which the terminal shows only those with something to look at.
const longTable = 60

// shownFiles is how many files of departments that are gone are named.
const shownFiles = 5

// showSummary writes the tables of a batch for people.
func showSummary(w io.Writer, s *batch.Summary) {
	showDocuments(w, s.Departments)
	if sums := batch.Sums(s.Totals); len(sums) > 0 {
		rows := [][]string{{"年度", "全区合计", "", "支出（万元）"}}
		for _, x := range sums {
			rows = append(rows, []string{strconv.Itoa(x.Year), x.By, x.Name, money.Usual(money.Wan).String(x.Amount)})
		}
		say(w, "\n")
		writeTable(w, rows, 3, 3)
		if n := leftOut(s.Departments); n > 0 {
			say(w, "没有做成的 %d 个部门不在全区合计里\n", n)
		}
	}
	for i, f := range s.Findings {
		if i == 0 {
			say(w, "\n部门之间的问题：\n")
		}
		if i == longTable {
			say(w, "…… 共 %d 个，都在 summary.xlsx 里\n", len(s.Findings))
			break
		}
		say(w, "%s: %s %s: %s\n", place(&f), level(f.Error), f.Rule, f.Message)
	}
	showFiles(w, s)
	var counts []string
	for _, x := range batch.Statuses() {
		if n := s.Counts[x]; n > 0 {
			counts = append(counts, x.Word()+" "+strconv.Itoa(n))
		}
	}
	departments := s.CountDepartments()
	say(w, "\n%d 个部门", departments)
	if units := len(s.Departments) - departments; units > 0 {
		say(w, "、%d 份单位预算", units)
	}
	say(w, "：%s\n", strings.Join(counts, "，"))
	if forms := countForms(s); forms != "" {
		say(w, "输出目录里有：%s\n", forms)
	}
}

func level(isError bool) string {
	if isError {
		return diag.Error.String()
	}
	return diag.Warning.String()
}

// showFiles tells what became of files that earlier runs made.
func showFiles(w io.Writer, s *batch.Summary) {
	var altered, replaced, failed, gone, unasked []string
	for i := range s.Departments {
		r := &s.Departments[i]
		for _, f := range r.Files() {
			if f.Altered && r.Status == batch.Made {
				altered = append(altered, f.Output)
			}
		}
		for _, old := range r.Replaces {
			replaced = append(replaced, r.Successor(old)+" 取代 "+old)
		}
	}
	for i := range s.Moved {
		switch m := &s.Moved[i]; {
		case m.Gone:
			gone = append(gone, m.From)
		case m.Unasked:
			unasked = append(unasked, m.From)
		default:
			failed = append(failed, m.From)
		}
	}
	for _, x := range []struct {
		files []string
		says  string
	}{
		{altered, "%d 个文件上次生成以后内容被改过，已重新生成：%s"},
		{replaced, "%d 个文件取代了移到 " + batch.OldFiles + "/ 的旧文件：%s"},
		{failed, "%d 个文件这次没有做成，上次生成的已移到 " + batch.OldFiles + "/：%s"},
		{gone, "%d 个文件所属的部门或单位这次已经没有了，上次生成的已移到 " + batch.OldFiles + "/：%s"},
		{unasked, "%d 个文件是上次用 --formats 做的，这次有变动而没有要这种形式，已移到 " + batch.OldFiles + "/：%s"},
		{s.LeftOver, "输出目录里还有 %d 个文件不属于这次的数据，没有移动：%s。确认不再公开以后请自己移走（全部名称在 summary.json 的 left_over 里）"},
	} {
		if n := len(x.files); n > 0 {
			names := strings.Join(x.files[:min(n, shownFiles)], "、")
			if n > shownFiles {
				names += " 等"
			}
			say(w, "\n"+x.says+"\n", n, names)
		}
	}
}

// leftOut counts the departments whose money the totals do not have.
func leftOut(records []batch.Record) (n int) {
	for i := range records {
		if r := &records[i]; r.Edition == "" && failed(r) {
			n++
		}
	}
	return n
}

// showDocuments writes the table of documents; of many only those with errors, and the first with warnings.
func showDocuments(w io.Writer, records []batch.Record) {
	rows := [][]string{{"部门", "名称", "结果", "页数", "支出总计（万元）", "错误", "警告", "规则"}}
	left := 0
	for i := range records {
		r := &records[i]
		if len(records) > longTable && !failed(r) {
			if r.Warnings > 0 && len(rows) > longTable {
				left++
			}
			if r.Warnings == 0 || len(rows) > longTable {
				continue
			}
		}
		total := ""
		if r.Year > 0 && r.Sound() { // of data with errors a total is nothing to go by
			total = money.Usual(money.Wan).String(r.Total.Amount)
		}
		rows = append(rows, []string{r.Title(), r.Name, r.Status.Word(), count(r.Pages), total, count(r.Errors), count(r.Warnings),
			strings.Join(r.Rules, " ")})
	}
	if len(rows) > 1 {
		writeTable(w, rows, 3, 6)
	}
	if left > 0 {
		say(w, "…… 另有 %d 份只有警告，都在 summary.xlsx 里\n", left)
	}
}

func place(f *batch.Finding) string {
	if f.At != "" {
		return f.At
	}
	return f.Department
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// writeTable writes rows in columns; those from the first to the last number stand flush right.
func writeTable(w io.Writer, rows [][]string, firstNumber, lastNumber int) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-columns(cell))
			if i >= firstNumber && i <= lastNumber {
				line.WriteString(pad + cell + "  ")
			} else {
				line.WriteString(cell + pad + "  ")
			}
		}
		say(w, "%s\n", strings.TrimRight(line.String(), " "))
	}
}

// columns is how many columns of a terminal a text takes: Chinese characters take two.
func columns(s string) (n int) {
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
