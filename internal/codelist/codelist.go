// Package codelist reads the list of codes of a year (政府收支分类科目) as finance bureaus have it: a table of codes and names in
// whatever file, or several. What is wrong with it is told by its cell; nothing is guessed of a code or a name.
package codelist

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// File is a file that was read.
type File struct {
	Name string
	Book *grid.Book
}

// Code is an entry of a list, and the cell of its code.
type Code struct {
	Code, Name string
	At         diag.Range
}

// List is what the files say of a year.
type List struct {
	Functional, Economic []Code // in the order of their codes
	// Of are the files that the two come from, "" for a list that no file has.
	Of [2]string
}

// most bounds the entries of a list: the whole of a year has some two thousand.
const most = 20000

// Read reads the lists of a year. They are whole where no error is told.
func Read(files []File, year int) (*List, diag.List) {
	r := &reader{year: year, seen: map[string]Code{}}
	for _, f := range files {
		for i := range f.Book.Sheets {
			r.sheet(f.Name, &f.Book.Sheets[i])
		}
	}
	if len(r.seen) == 0 && !r.diags.HasErrors() {
		for _, f := range files {
			r.diags.Add(diag.Diagnostic{Rule: "目录-001", Level: diag.Error, At: diag.Range{File: f.Name}, Message: "没有认出科目表：要有表头是“科目编码”“科目名称”的两列，下面有 2 或 3 开头的编码",
				Hint: "编码可以分“类”“款”“项”三列；支出功能分类、部门预算支出经济分类可以在几张工作表、几个文件里"})
		}
	}
	out := r.list()
	r.tree(out.Functional, 7)
	r.tree(out.Economic, 5)
	return out, r.diags
}

type reader struct {
	year  int
	seen  map[string]Code
	of    [2]string
	diags diag.List
	full  bool
}

func (r *reader) list() *List {
	out := &List{Of: r.of}
	for _, c := range r.seen {
		if c.Code[0] == '2' {
			out.Functional = append(out.Functional, c)
		} else {
			out.Economic = append(out.Economic, c)
		}
	}
	for _, l := range [][]Code{out.Functional, out.Economic} {
		slices.SortFunc(l, func(a, b Code) int { return strings.Compare(a.Code, b.Code) })
	}
	return out
}

// tree wants the level above each code.
func (r *reader) tree(list []Code, digits int) {
	for _, c := range list {
		if up := c.Code[:max(3, len(c.Code)-2)]; up != c.Code && r.seen[up].Code == "" {
			r.diags.Add(diag.Diagnostic{Rule: "目录-003", Level: diag.Error, At: c.At, Message: "编码" + c.Code + "“" + c.Name + "”的上一级" + up + "不在表里", Hint: "补上这一级，或改正编码；表不全的，请向出表的人要全的"})
		}
	}
}

// add takes an entry.
func (r *reader) add(c Code, file string) {
	if before, ok := r.seen[c.Code]; ok {
		if before.Name != c.Name {
			r.diags.Add(diag.Diagnostic{Rule: "目录-004", Level: diag.Error, At: c.At, Message: "编码" + c.Code + "有两个名称：" + diag.Quote(before.Name) + "和" + diag.Quote(c.Name),
				Notes: []diag.Related{{Text: "先前写在这里", At: before.At}}, Hint: "留下当年的一个；两张表不是同一年的，只给一张"})
		}
		return
	}
	if len(r.seen) == most {
		if !r.full {
			r.diags.Add(diag.Diagnostic{Rule: "目录-001", Level: diag.Error, At: c.At, Message: fmt.Sprintf("编码多于%d个，不是科目表", most)})
		}
		r.full = true
		return
	}
	r.seen[c.Code] = c
	if of := &r.of[kindOf(c.Code)]; *of == "" {
		*of = file
	}
}

// kindOf is 0 for a functional code, 1 for an economic one.
func kindOf(code string) int {
	if code[0] == '2' {
		return 0
	}
	return 1
}

// Changed are entries of a list as they are called, held against names that are known.
type Changed struct{ Code, Was, Now string }

// Against lists the codes that another list of the year calls otherwise.
func Against(list []Code, name func(code string) (string, bool)) (out []Changed) {
	for _, c := range list {
		if was, ok := name(c.Code); ok && was != c.Name {
			out = append(out, Changed{c.Code, was, c.Name})
		}
	}
	return out
}

// Files are the files of a catalogue's folder that hold the lists, by their names; a list that no file has is left out.
func (l *List) Files(year int) map[string][]byte {
	out := map[string][]byte{}
	origin := [][]string{{"kind", "file"}}
	for i, x := range []struct {
		file, kind, called string
		list               []Code
	}{{"functional.csv", "功能", "支出功能分类科目", l.Functional}, {"economic.csv", "经济", "部门预算支出经济分类科目", l.Economic}} {
		if len(x.list) == 0 {
			continue
		}
		from := path.Base(strings.ReplaceAll(l.Of[i], `\`, "/"))
		rows := [][]string{{"code", "name", "seen"}}
		for _, c := range x.list {
			rows = append(rows, []string{c.Code, c.Name, strconv.Itoa(year)})
		}
		head := "# " + strconv.Itoa(year) + "年" + x.called + "：由本级的科目表带入，出处见 origin.csv。\n"
		out[x.file] = append([]byte(head), inCSV(rows)...)
		origin = append(origin, []string{x.kind, from})
	}
	if len(origin) > 1 {
		out["origin.csv"] = inCSV(origin)
	}
	return out
}

func inCSV(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // into memory
	return b.Bytes()
}
