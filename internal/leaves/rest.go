package leaves

import (
	"yusuan/internal/renew"
	"yusuan/internal/source"
)

func (f *finder) departmentFile() renew.File {
	w := f.file("部门基本信息", "")
	d := &f.facts.Department
	w.n++
	w.line("\n[department]")
	w.set("year", itoa(d.Year.V), "")
	w.set("code", text(d.Code.V), "")
	w.set("name", text(d.Name.V), f.place(d.Name.At))
	w.set("short_name", text(d.ShortName.V), "")
	w.set("template", text(f.Pack.ID), "")
	if d.Date.Set {
		w.set("date", d.Date.Time.Format("2006-01-02"), "")
	} else {
		w.set("date", text(source.Unfilled), "公开日期")
	}
	return w.done("department.toml")
}

func (f *finder) unitsFile() renew.File {
	w := f.file("预算单位", "")
	for i := range f.facts.Units {
		u := &f.facts.Units[i]
		w.entry("unit")
		w.set("code", text(u.Code.V), f.place(u.Code.At))
		w.set("name", text(u.Name.V), "")
		w.set("full_name", text(u.FullName.V), "")
		w.set("kind", text(u.Kind.V), "")
		w.set("budget_within", text(u.Within.V), "")
		if u.Own.V {
			w.set("headquarters", "true", "")
		}
	}
	return w.done("units.toml")
}

func (f *finder) priorFile() renew.File { return renew.File{} }
func (f *finder) textFile() renew.File  { return renew.File{} }
