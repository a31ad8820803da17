package opendata

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/archive"
	"yusuan/internal/filename"
	"yusuan/internal/schedule"
)

// folder has the printed tables.
const folder = "tables/"

// nameTables names the files of the printed tables: t3 of table 3, t5-1 of table 5-1. Of other letters their numbers stand.
func (w *writer) nameTables() {
	w.tableNames = map[string]string{}
	taken := map[string]bool{}
	for i := range w.Tables {
		name := asciiName(w.Tables[i].ID)
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s.%d", asciiName(w.Tables[i].ID), n) // no id gives a dot
		}
		taken[name], w.tableNames[w.Tables[i].ID] = true, name
	}
}

func asciiName(id string) string { return "t" + filename.ASCII(id) }

// rowKindsMean is what the words of the column row_kind mean.
const rowKindsMean = "plain 一般的行，heading 汇总它下面的行，total 合计，foot 表末的行"

// tables are the printed tables of the pack, one file each: a row of the table is a row of the file, those of sides one behind
// the other. A number is exact; as it is printed it stands in figures.csv, where its name is row_id with the name of the column
// behind it. A row_id ends with a slash: 3/2010 would else be a month to a spreadsheet.
func (w *writer) tables() (out []*sheet) {
	for i := range w.Tables {
		x := &w.Tables[i]
		columns := []column{departmentCode, departmentLabel,
			{name: "row_id", title: "行的识别名", kind: text, about: "后面加上列名，就是 figures.csv 的 figure_id；各年不变", required: true},
			{name: "parent_id", title: "属于哪一行", kind: text}, {name: "level", title: "缩进几级", kind: whole, required: true},
			{name: "row_kind", title: "什么行", kind: text, about: rowKindsMean, required: true, words: rowKinds()}}
		fixed := len(columns)
		for k := range x.Columns {
			columns = append(columns, tableColumn(&x.Columns[k], columns[:fixed]))
		}
		about := "表里的每个数没有四舍五入，金额以元为单位；印出的样子见 figures.csv。"
		if x.Note != "" {
			about += "纸上的" + x.Note + "。"
		}
		t := newSheet(w.tableNames[x.ID], strings.ReplaceAll(x.Title, "\u3000", " "), about, columns)
		t.path, t.key = folder+t.path, []string{"department_code", "row_id"}
		for r := range x.Rows {
			parent := ""
			if r.Parent != "" {
				parent = x.ID + "/" + r.Parent + "/"
			}
			t.put(w.code, w.label, x.ID+"/"+r.Key+"/", parent, strconv.Itoa(r.Level), r.Kind).put(r.Values...).end()
		}
		out = append(out, t)
	}
	return out
}

func rowKinds() (out []string) {
	for k := schedule.Plain; k <= schedule.Foot; k++ {
		out = append(out, k.String())
	}
	return out
}

// tableColumn is a column of a printed table.
func tableColumn(x *archive.PackColumn, fixed []column) column {
	c := column{name: x.Key, title: strings.ReplaceAll(strings.Join(x.Heads, "/"), "\n", ""), kind: decimal}
	if slices.ContainsFunc(fixed, func(f column) bool { return f.name == c.name }) {
		c.name += "#" // as no key ends
	}
	switch {
	case x.Field != "":
		c.kind = text
	case x.What == schedule.ValueRate.String():
		c.about = "百分数，照印出的样子"
	default:
		c.about = "元"
		if x.Query != "" {
			c.about += "；范围：" + x.Query
		}
	}
	return c
}
