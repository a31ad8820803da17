package check

import (
	"fmt"
	"strings"
	"time"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// ofDocument are words of a document's title that a department's name does not have: the program prints them behind it.
var ofDocument = compiled(`[0-9０-９]{4}年|(部门|单位)预算`)

// note is what may stand behind a name on the cover.
var note = compiled(`（[^（）]*）$`)

// departmentNames: the department is called the same wherever it is named. Its headquarters are the department itself, and
// a short name is made of the characters of the name, in their order.
func departmentNames(in *Input, r *Report) {
	f := in.Budget.Facts
	if f.OfUnit {
		return // the names are the unit's
	}
	d := &f.Department
	if s := ofDocument().FindString(d.Name.V); s != "" {
		r.Add(diag.Diagnostic{Rule: "填报-027", Level: diag.Warning, At: d.Name.At, Message: "部门全称里有“" + s + "”，程序在全称后面还要印", Stated: d.Name.V, Hint: "只写部门的名称"})
	}
	if !madeOf(d.ShortName.V, d.Name.V) {
		r.Add(diag.Diagnostic{Rule: "填报-027", Level: diag.Warning, At: d.ShortName.At, Message: "部门简称里有全称没有的字", Stated: d.ShortName.V, Want: d.Name.V + " 里的字",
			Hint: "核对全称和简称有没有错字，是不是同一个部门；当地确是这样简称的不必改"})
	}
	for i := range f.Units {
		u := &f.Units[i]
		if u.Own.V && u.FullName.V != "" && !strings.HasPrefix(u.FullName.V, note().ReplaceAllString(d.Name.V, "")) {
			x := diag.Diagnostic{Rule: "填报-027", Level: diag.Warning, At: u.FullName.At, Message: "部门本级的全称与部门全称不同", Stated: u.FullName.V, Want: d.Name.V,
				Notes: []diag.Related{{Text: "部门全称在这里", At: d.Name.At}}, Hint: "核对哪一个写错了，或本级（headquarters）是不是写在了别的单位上"}
			if m := diag.Mark(u.FullName.V, d.Name.V); m != "" {
				x.Hint += m
			}
			r.Add(x)
		}
	}
}

var (
	blankInside = compiled(`\p{Han}[ \x{3000}\x{a0}]+\p{Han}`)
	sentenceEnd = compiled(`[。；！？]`)
)

// plainNames: names have no blanks between their characters, and are no sentences. They are printed as they were typed, in
// every table. Projects are called what their offices like, of two parts also.
func plainNames(in *Input, r *Report) {
	f := in.Budget.Facts
	if f.Published() || f.OfUnit { // the names of a unit were looked at with its department
		return
	}
	const project = "项目的名称"
	tell := func(what string, x source.String) {
		if what != project && blankInside().MatchString(x.V) {
			r.Add(diag.Diagnostic{Rule: "填报-031", Level: diag.Note, At: x.At, Message: what + diag.Quote(x.V) + "的两个字之间有空格，照样印", Stated: x.V, Want: character.Unblanked(x.V),
				Hint: "多打的删去；确是这样写的不必改"})
		}
		if m := sentenceEnd().FindString(x.V); m != "" {
			r.Add(diag.Diagnostic{Rule: "填报-031", Level: diag.Note, At: x.At, Message: what + "里有“" + m + "”，像是一句话，不是名称", Stated: x.V, Hint: "核对是不是填错了地方；只填名称"})
		}
	}
	tell("部门的全称", f.Department.Name)
	tell("部门的简称", f.Department.ShortName)
	for i := range f.Units {
		tell("单位的名称", f.Units[i].Name)
		tell("单位的全称", f.Units[i].FullName)
	}
	for i := range f.Codes {
		tell("科目的名称", f.Codes[i].Name)
	}
	for i := range f.Projects {
		tell(project, f.Projects[i].Name)
	}
}

// madeOf reports whether all characters of a short name stand in the long one, in this order.
func madeOf(short, long string) bool {
	rest := long
	for _, c := range short {
		i := strings.IndexRune(rest, c)
		if i < 0 {
			return false
		}
		rest = rest[i+len(string(c)):]
	}
	return true
}

// longProjects: of a project of several years it is printed what it costs in all; without a total that is this year's money.
func longProjects(in *Input, r *Report) {
	if !in.Pack.Prints("project.total_budget") {
		return
	}
	for i := range in.Budget.Facts.Projects {
		p := &in.Budget.Facts.Projects[i]
		if p.Start.Set && p.End.Set && p.Start.V < p.End.V && !p.Total.Set {
			r.Add(diag.Diagnostic{Rule: "填报-028", Level: diag.Warning, At: p.Start.At, Message: fmt.Sprintf("项目%s从%d年到%d年，没有填项目总预算，印的是本年的数", diag.Quote(p.Name.V), p.Start.V, p.End.V),
				Hint: "填写 total_budget（各年之和）；只管一年的，不填起止年度"})
		}
	}
}

// countedAssets: assets were counted lately, and hardly more cars are bought than are there.
func countedAssets(in *Input, r *Report) {
	f := in.Budget.Facts
	d := &f.Department
	for i := range f.Vehicles {
		if v := &f.Vehicles[i]; v.Count.Set && v.Bought.V > v.Count.V && in.Pack.Prints("vehicle.bought") {
			r.Add(diag.Diagnostic{Rule: "填报-029", Level: diag.Warning, At: v.Bought.At, Message: fmt.Sprintf("%s现有%d辆，本年要购置%d辆", v.Use.V, v.Count.V, v.Bought.V), Hint: "核对两个数是不是填反了；确是新增的不必改"})
		}
	}
	if !in.Pack.Prints("department.assets_as_of") || !in.yearServed() {
		return
	}
	if first := time.Date(d.Year.V-1, time.January, 1, 0, 0, 0, 0, time.UTC); d.AssetsAsOf.Set && d.AssetsAsOf.Time.Before(first) {
		r.Add(diag.Diagnostic{Rule: "填报-029", Level: diag.Warning, At: d.AssetsAsOf.At, Message: "资产统计日期在上年以前", Stated: d.AssetsAsOf.Time.Format("2006-01-02"),
			Want: fmt.Sprintf("%d年的一天，多半是年末", d.Year.V-1), Hint: "核对是不是沿用了往年的日期"})
	}
}
