package cli

import (
	"fmt"
	"slices"
	"strconv"

	"yusuan/internal/batch"
	"yusuan/internal/district"
	"yusuan/internal/money"
	"yusuan/internal/web"
)

// mostGridRows bounds the tables of a page; the workbook has all.
const mostGridRows = 500

// gridsOf are the tables of a district, what asks for an answer first.
func gridsOf(d *district.District) []web.Grid {
	out := []web.Grid{}
	for _, g := range []web.Grid{gridOfProblems(d), gridOfFindings(d), gridOfRules(d)} {
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	for i := range d.Views {
		out = append(out, gridOfView(&d.Views[i], i))
	}
	for _, g := range []web.Grid{gridOfThree(d), gridOfProjects(d), gridOfProcurement(d)} {
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	for i := range out {
		if g := &out[i]; len(g.Rows) > mostGridRows {
			g.Note = fmt.Sprintf("共 %d 行，这里列前 %d 行，全部在汇总表里", len(g.Rows), mostGridRows)
			g.Rows = g.Rows[:mostGridRows]
		}
	}
	return out
}

// columnsOf are the heads of a table; those that stand flush right begin with #.
func columnsOf(g *web.Grid, heads ...string) {
	for _, h := range heads {
		number := h[0] == '#'
		if number {
			h = h[1:]
		}
		g.Head, g.Numbers = append(g.Head, h), append(g.Numbers, number)
	}
}

func gridOfProblems(d *district.District) web.Grid {
	g := web.Grid{ID: "problems", Title: "名单和审核情况里的问题"}
	columnsOf(&g, "级别", "问题", "怎么办", "位置", "规则")
	for _, isError := range []bool{true, false} {
		for _, p := range d.Problems {
			if p.Error == isError {
				g.Rows = append(g.Rows, []string{level(p.Error), p.Message, p.Hint, p.At, p.Rule})
			}
		}
	}
	return g
}

func gridOfFindings(d *district.District) web.Grid {
	g := web.Grid{ID: "findings", Title: "部门之间的问题"}
	columnsOf(&g, "级别", "部门", "问题", "另一部门", "位置", "规则")
	names := map[string]string{}
	for i := range d.Departments {
		if x := &d.Departments[i]; x.Record != nil {
			names[x.Record.Department] = x.Name
		}
	}
	of := func(folder string) string {
		if n := names[folder]; n != "" && n != folder {
			return n + "（" + folder + "）"
		}
		return folder
	}
	for _, f := range d.Findings {
		g.Rows = append(g.Rows, []string{level(f.Error), of(f.Department), f.Message, of(f.Other), f.At, f.Rule})
	}
	return g
}

func gridOfRules(d *district.District) web.Grid {
	g := web.Grid{ID: "rules", Title: "最常见的问题"}
	columnsOf(&g, "规则", "要求", "#部门数")
	for _, r := range d.Rules {
		g.Rows = append(g.Rows, []string{r.Rule, r.Title, strconv.Itoa(r.Departments)})
	}
	return g
}

func gridOfView(v *district.View, i int) web.Grid {
	g := web.Grid{ID: "view" + strconv.Itoa(i), Title: "全区支出，按" + v.By, Note: "单位：万元"}
	columnsOf(&g, "名称", "#部门数", "#本年", "#上年", "#增减", "#增减%")
	for i := range v.Lines {
		l := &v.Lines[i]
		if l.Level > 1 {
			continue // the workbook has the finer ones
		}
		name := l.Name
		if l.Code != "" {
			name = l.Code + " " + name
		}
		row := []string{name, count(l.Departments), wan.String(l.Now), "", "", ""}
		switch {
		case l.Last.Known:
			row[3], row[4], row[5] = wan.String(l.Last.Amount), wan.String(l.Now.Sub(l.Last.Amount)), rate(l.Now, l.Last.Amount)
		case !l.Like.Now.IsZero() || !l.Like.Last.IsZero():
			row[3] = fmt.Sprintf("%s（不含 %d 个部门）", wan.String(l.Like.Last), l.Unknown)
			row[4], row[5] = wan.String(l.Like.Now.Sub(l.Like.Last)), rate(l.Like.Now, l.Like.Last)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func rate(now, before money.Amount) string {
	if c := money.Compare(now, before, 2); c.HasRate {
		return c.Rate
	}
	return ""
}

func known(k district.Known) string {
	if !k.Known {
		return ""
	}
	return wan.String(k.Amount)
}

func gridOfThree(d *district.District) web.Grid {
	g := web.Grid{ID: "three", Title: "“三公”经费", Note: "单位：万元；空白的是不知道，或者没有填"}
	columnsOf(&g, "部门", "#三公合计", "#上年", "#因公出国（境）", "#上年", "#公务用车小计", "#上年", "#其中：购置", "#上年", "#其中：运行维护", "#上年", "#公务接待", "#上年")
	order := []int{district.ThreePublicTotal, district.Overseas, district.Vehicles, district.VehiclePurchase, district.VehicleRunning, district.Reception}
	for i := range d.ThreePublic {
		f := &d.ThreePublic[i]
		row := []string{f.Name}
		for _, at := range order {
			row = append(row, known(f.Now[at]), known(f.Last[at]))
		}
		if slices.ContainsFunc(row[1:], func(s string) bool { return s != "" }) {
			g.Rows = append(g.Rows, row)
		}
	}
	return g
}

func gridOfProjects(d *district.District) web.Grid {
	g := web.Grid{ID: "projects", Title: "重点项目", Note: fmt.Sprintf("%s 万元以上的；另有 %d 个没有列", wan.String(d.Threshold), d.Left)}
	columnsOf(&g, "部门", "单位", "项目", "#金额（万元）", "绩效目标")
	for i := range d.Projects {
		p := &d.Projects[i]
		goals := "没有"
		if p.Goals {
			goals = "有"
		}
		g.Rows = append(g.Rows, []string{p.Department, p.Unit, p.Name, wan.String(p.Amount), goals})
	}
	return g
}

func gridOfProcurement(d *district.District) web.Grid {
	g := web.Grid{ID: "procurement", Title: "政府采购", Note: "单位：万元"}
	columnsOf(&g, "部门", "#合计", "#"+batch.Goods, "#"+batch.Works, "#"+batch.Services, "#其他", "#面向中小企业")
	for i := range d.Procurement {
		p := &d.Procurement[i]
		row := []string{p.Name}
		for _, a := range []money.Amount{p.Total, p.Goods, p.Works, p.Services, p.Other, p.Reserved} {
			row = append(row, wan.String(a))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
