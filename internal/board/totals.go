package board

import (
	"fmt"
	"strconv"

	"yusuan/internal/district"
	"yusuan/internal/money"
)

// views writes what the district spends, by each property its largest lines: the workbook has the finer ones.
func (w *writer) views(d *district.District, id string) {
	if len(d.Views) == 0 {
		return
	}
	w.raw("<section class=\"views\">\n")
	for i, v := range d.Views {
		finer, compared := false, false
		for j := range v.Lines {
			l := &v.Lines[j]
			finer, compared = finer || l.Level > 1, compared || comparable(l)
		}
		below := "万元"
		if finer {
			below += "；款、项在 " + workbook + " 里"
		}
		columns := []column{{title: "名称"}, {"部门数", "n", ""}, {"本年", "n", ""}}
		if compared {
			columns = append(columns, column{"上年", "n", ""}, column{"增减", "n", ""}, column{"增减%", "n", ""})
		} else {
			below += "；上年数不知道"
		}
		w.box("v"+id+"-"+strconv.Itoa(i), "全区支出，按"+v.By, below, "sums")
		w.head(columns...)
		w.raw("<tbody>\n")
		for j := range v.Lines {
			if l := &v.Lines[j]; l.Level <= 1 {
				w.line(l, compared)
			}
		}
		w.raw("</tbody>\n")
		w.end()
	}
	w.raw("</section>\n")
}

// comparable reports whether last year's amount is known of some departments at least.
func comparable(l *district.Line) bool {
	return l.Last.Known || !l.Like.Now.IsZero() || !l.Like.Last.IsZero()
}

// line writes a line of a view. Where last year is known of some departments alone, those are compared, and it is said.
func (w *writer) line(l *district.Line, compared bool) {
	class := ""
	if l.Level == 0 {
		class = ` class="sum"`
	}
	w.raw("<tr", class, `><th scope="row">`)
	if l.Code != "" {
		w.text(l.Code + " ")
	}
	w.text(l.Name)
	w.raw("</th>")
	w.count(l.Departments)
	w.amount(l.Now)
	switch {
	case !compared:
	case l.Last.Known || !comparable(l):
		w.against(l.Now, l.Last)
	default:
		w.raw(`<td class="n"><span data-yuan="`, l.Like.Last.String(), `">`, printed.String(l.Like.Last), "</span> <small>不含 ", strconv.Itoa(l.Unknown), " 个部门</small></td>")
		w.amount(l.Like.Now.Sub(l.Like.Last))
		w.share(l.Like.Now, l.Like.Last, true)
	}
	w.raw("</tr>\n")
}

// paired are the columns of the table of 三公经费, each with this year and last.
var paired = []struct {
	title string
	at    int
}{{"三公合计", district.ThreePublicTotal}, {"因公出国（境）", district.Overseas}, {"公务用车小计", district.Vehicles}, {"其中：购置", district.VehiclePurchase},
	{"其中：运行维护", district.VehicleRunning}, {"公务接待", district.Reception}}

// threePublic writes the 三公经费 of every department, the sum first.
func (w *writer) threePublic(d *district.District, id string) {
	if len(d.ThreePublic) == 0 {
		return
	}
	w.raw("<section class=\"three\">\n")
	w.box("t"+id, "“三公”经费", "万元；空白的是不知道，或者没有填；上年合计在每个部门都知道时才有", "pairs")
	w.raw(`<thead><tr><th rowspan="2" scope="col">部门</th>`)
	for _, c := range paired {
		w.raw(`<th colspan="2" scope="colgroup">`, c.title, "</th>")
	}
	w.raw("</tr><tr>")
	for range paired {
		w.raw(`<th scope="col" class="n">本年</th><th scope="col" class="n">上年</th>`)
	}
	w.raw("</tr></thead>\n<tbody>\n")
	for i := range d.ThreePublic {
		f := &d.ThreePublic[i]
		class := ""
		if f.Code == "" {
			class = ` class="sum"`
		}
		w.raw("<tr", class, `><th scope="row">`)
		w.text(f.Name)
		w.raw("</th>")
		for _, c := range paired {
			w.known(f.Now[c.at])
			w.known(f.Last[c.at])
		}
		w.raw("</tr>\n")
	}
	w.raw("</tbody>\n")
	w.end()
	w.raw("</section>\n")
}

func (w *writer) known(k district.Known) {
	if !k.Known {
		w.raw("<td></td>")
		return
	}
	w.amount(k.Amount)
}

// mostProjects is how many projects the board shows; the workbook has all.
const mostProjects = 20

// projects writes the largest projects.
func (w *writer) projects(d *district.District, id string) {
	if len(d.Projects) == 0 {
		return
	}
	shown := min(len(d.Projects), mostProjects)
	below := fmt.Sprintf("万元；%s 以上的 %d 个", money.Told(d.Threshold), len(d.Projects))
	if shown < len(d.Projects) {
		below += fmt.Sprintf("，这里列最大的 %d 个，其余的在 %s 里", shown, workbook)
	}
	w.box("p"+id, "大项目", below, "list")
	w.head(column{title: "项目"}, column{title: "部门"}, column{title: "单位"}, column{"金额", "n", ""}, column{title: "绩效目标"})
	w.raw("<tbody>\n")
	for i := range shown {
		p := &d.Projects[i]
		w.raw(`<tr><th scope="row">`)
		w.text(p.Name)
		w.raw("</th>")
		w.cell(p.Department)
		w.cell(p.Unit)
		w.amount(p.Amount)
		w.raw("<td>", map[bool]string{true: "有", false: "没有"}[p.Goals], "</td></tr>\n")
	}
	w.raw("</tbody>\n")
	w.end()
}
