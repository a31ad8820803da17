package archive

import (
	"encoding/json"
	"fmt"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/doc"
	"yusuan/internal/filename"
)

// PackTable is a printed table of the pack: what its numbers are called, and what they are exactly. The name of a number is
// the table's id, the key of its row and that of its column, with slashes between; it is the same next year.
type PackTable struct {
	ID      string
	Title   string
	Note    string // what stands above it at the right, such as the unit
	Columns []PackColumn
	Rows    iter.Seq[PackRow] // what a row holds is good until the next one
}

// PackColumn is a column.
type PackColumn struct {
	Key    string   `json:"key"`
	Heads  []string `json:"heads"`            // as they are printed, from top to bottom
	Field  string   `json:"field,omitempty"`  // of texts: which
	What   string   `json:"what,omitempty"`   // of numbers: sum, last-year, change or rate
	Query  string   `json:"query,omitempty"`  // of sums: what they ask of the lines, in a row that asks for all
	Figure string   `json:"figure,omitempty"` // of others: the pack's name of what is compared with last year
	Unit   string   `json:"unit,omitempty"`   // that is printed
}

// PackRow is a row. One of a table whose sides stand beside each other belongs to one side.
type PackRow struct {
	Key, Parent string
	Level       int
	Kind        string
	Texts       []PackText // by field, those that are not printed among them
	// Values are the row by column: texts, amounts in 元 as decimal numbers, rates in percent; "" where there is none.
	Values []string
	// Printed are its numbers by column as they stand on the page.
	Printed []string
}

// PackText is a text of a row.
type PackText struct{ Field, Text string }

// tablesName is the name of the file that says of all tables what they are. One file does for all: it is what a program opens
// first to find out which others there are, and the form of a description of a folder of tables has it so.
const tablesName = "tables.json"

// exactFiles are the tables of the pack with their exact numbers, then those that are no schedules (forms, numbers of charts)
// as they are printed. Names of files have no letters but Latin ones, so that any program and any archive keeps them.
func exactFiles(tree *doc.Document, tables []PackTable) (all File, each []tableFile, err error) {
	j := jsonText{make([]byte, 0, 1<<16)} // more than most documents take
	c := newCSVText()
	j.raw(`{"title":`).text(tree.Title).raw(`,"amounts":"元","tables":[`)
	taken := map[string]bool{}
	for i := range tables {
		t := &tables[i]
		name := tableName(t.ID, taken)
		raw, err := t.write(&j, c, name, i > 0)
		if err != nil {
			return File{}, nil, err
		}
		each = append(each, tableFile{File{Path: path.Join(tablesFolder, name), Kind: KindTable, Data: raw}, t.Title, t.Note})
	}
	j.raw("],\n\"others\":[")
	n := 0
	exact := func(t *doc.Table) bool {
		return slices.ContainsFunc(tables, func(x PackTable) bool { return x.ID == t.ID && x.Title == t.Caption.String })
	}
	for _, t := range tablesOf(tree, exact) {
		n++
		name := fmt.Sprintf("other-%02d.csv", n)
		raw, err := json.Marshal(struct {
			File string `json:"file"`
			Table
		}{name, t})
		if err != nil {
			return File{}, nil, err
		}
		j.comma(n > 1).raw("\n").raw(string(raw))
		each = append(each, tableFile{File{Path: path.Join(tablesFolder, name), Kind: KindTable, Data: t.csv(c)}, t.Title, t.Note})
	}
	j.raw("]}\n")
	return File{Path: path.Join(tablesFolder, tablesName), Kind: KindTable, Data: j.b}, each, nil
}

// write is the table as CSV, by RFC 4180 with the byte order mark without which spreadsheets take Chinese for Latin letters;
// and appends it to the JSON. It goes through the rows once and keeps none.
func (t *PackTable) write(j *jsonText, c *csvText, name string, more bool) ([]byte, error) {
	w := c.begin()
	record := []string{"row", "parent", "level", "kind"}
	for i := range t.Columns {
		record = append(record, t.Columns[i].Key)
	}
	_ = w.Write(record) // a bytes.Buffer takes all
	columns, err := json.Marshal(t.Columns)
	if err != nil {
		return nil, err
	}
	j.comma(more).raw("\n{\"id\":").text(t.ID).raw(`,"file":`).text(name).raw(`,"title":`).text(t.Title)
	if t.Note != "" {
		j.raw(`,"note":`).text(t.Note)
	}
	j.raw(",\"columns\":").raw(string(columns)).raw(",\"rows\":[")
	n := 0
	for r := range t.Rows {
		record = append(record[:0], r.Key, r.Parent, strconv.Itoa(r.Level), r.Kind)
		record = append(record, r.Values...)
		_ = w.Write(record)
		r.append(j.comma(n > 0))
		n++
	}
	j.raw("]}")
	return c.end(w), nil
}

func (r *PackRow) append(j *jsonText) {
	j.raw("\n{\"key\":").text(r.Key)
	if r.Parent != "" {
		j.raw(`,"parent":`).text(r.Parent)
	}
	j.raw(`,"level":`).raw(strconv.Itoa(r.Level)).raw(`,"kind":`).text(r.Kind).raw(`,"texts":{`)
	for i, x := range r.Texts {
		j.comma(i > 0).text(x.Field).raw(":").text(x.Text)
	}
	j.raw(`},"values":`).list(r.Values).raw(`,"printed":`).list(r.Printed).raw("}")
}

// tableName is the name of the file of a table: table-03.csv of table 3, table-05-1.csv of table 5-1. Of other letters their
// numbers stand.
func tableName(id string, taken map[string]bool) string {
	var b strings.Builder
	b.WriteString("table-")
	digits := len(id) - len(strings.TrimLeft(id, "0123456789"))
	if digits == 1 {
		b.WriteByte('0')
	}
	b.WriteString(filename.ASCII(id))
	name := b.String()
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s.%d", b.String(), n) // no id gives a dot
	}
	taken[name] = true
	return name + ".csv"
}

// jsonText is JSON in the making. Very many short texts are appended without the detour by way of reflection.
type jsonText struct{ b []byte }

func (j *jsonText) raw(s string) *jsonText {
	j.b = append(j.b, s...)
	return j
}

func (j *jsonText) comma(due bool) *jsonText {
	if due {
		return j.raw(",")
	}
	return j
}

func (j *jsonText) text(s string) *jsonText {
	if plainText(s) {
		return j.raw(`"`).raw(s).raw(`"`)
	}
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // every string is JSON
	}
	j.b = append(j.b, raw...)
	return j
}

// plainText reports whether a text stands in JSON as it is.
func plainText(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			return false
		}
	}
	return utf8.ValidString(s) && !strings.Contains(s, "\uFFFD")
}

func (j *jsonText) list(texts []string) *jsonText {
	j.raw("[")
	for i, s := range texts {
		j.comma(i > 0).text(s)
	}
	return j.raw("]")
}
