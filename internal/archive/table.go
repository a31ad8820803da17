package archive

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/filename"
)

// Table is one printed table for machines, as it is printed.
type Table struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Note  string `json:"note,omitempty"` // what stands above it at the right, such as the unit
	// Columns names each column by the texts of its heads from top to bottom.
	Columns [][]string `json:"columns"`
	// Rows are the cells below the heads. A cell over several places stands in the first; the others are empty.
	// Numbers are without thousands separators.
	Rows [][]string `json:"rows"`
}

// tablesOf are the tables of a document in its order, those of the numbers of charts among them, but for some.
func tablesOf(tree *doc.Document, but func(*doc.Table) bool) []Table {
	var out []Table
	for i := range tree.Sections {
		for _, b := range tree.Sections[i].Blocks {
			t, _ := b.(*doc.Table)
			if c, ok := b.(*doc.Chart); ok {
				t = c.Data
			}
			if t == nil || but != nil && but(t) {
				continue
			}
			x := Table{ID: t.ID, Title: t.Caption.String, Columns: make([][]string, len(t.Columns)), Rows: grid(t.Body, len(t.Columns), false)}
			if t.Right != nil {
				x.Note = t.Right.String
			}
			for _, row := range grid(t.Head, len(t.Columns), true) {
				for c, s := range row {
					if n := len(x.Columns[c]); s != "" && (n == 0 || x.Columns[c][n-1] != s) {
						x.Columns[c] = append(x.Columns[c], s)
					}
				}
			}
			out = append(out, x)
		}
	}
	return out
}

// grid lays rows out over columns. With repeat a cell that spans stands in every place it covers.
func grid(rows []doc.Row, columns int, repeat bool) [][]string {
	out := make([][]string, len(rows))
	covered := make([][]bool, len(rows))
	texts, places := make([]string, len(rows)*columns), make([]bool, len(rows)*columns)
	for i := range rows {
		out[i], texts = texts[:columns:columns], texts[columns:]
		covered[i], places = places[:columns], places[columns:]
	}
	for i, r := range rows {
		at := 0
		for k := range r.Cells {
			c := &r.Cells[k]
			for at < columns && covered[i][at] {
				at++
			}
			s := cellText(c)
			for dy := range max(c.RowSpan, 1) {
				for dx := range max(c.ColSpan, 1) {
					if i+dy >= len(rows) || at+dx >= columns {
						continue
					}
					covered[i+dy][at+dx] = true
					if repeat || dy == 0 && dx == 0 {
						out[i+dy][at+dx] = s
					}
				}
			}
			at += max(c.ColSpan, 1)
		}
	}
	return out
}

// grouped is a printed number with thousands separators.
var grouped = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+(\.\d+)?$`)

func cellText(c *doc.Cell) string {
	if len(c.Text) == 1 {
		return plainNumber(c.Text[0].String)
	}
	parts := make([]string, len(c.Text))
	for i, t := range c.Text {
		parts[i] = t.String
	}
	return plainNumber(strings.Join(parts, "\n"))
}

func plainNumber(s string) string {
	if strings.IndexByte(s, ',') > 0 && grouped.MatchString(s) {
		return strings.ReplaceAll(s, ",", "")
	}
	return s
}

// tableFile is the CSV of a table, with what the text for people says of the table.
type tableFile struct {
	File
	title, note string
}

// tableFiles are the tables of a document as the layout has them: all together as JSON, and as CSV, one file each and in
// their order.
func (m *Manifest) tableFiles(tree *doc.Document, tables []PackTable) (all File, each []tableFile, err error) {
	if m.Format == Format {
		return exactFiles(tree, tables)
	}
	return printedFiles(tree)
}

// printedFiles are the tables as they are printed, as earlier layouts have them.
func printedFiles(tree *doc.Document) (all File, each []tableFile, err error) {
	tables := tablesOf(tree, nil)
	raw, err := json.Marshal(struct {
		Title  string  `json:"title"`
		Tables []Table `json:"tables"`
	}{tree.Title, tables})
	if err != nil {
		return File{}, nil, err
	}
	seen := map[string]int{}
	for i := range tables {
		t := &tables[i]
		name := filename.Plain(t.ID)
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		each = append(each, tableFile{File{Path: path.Join(tablesFolder, name+".csv"), Kind: KindTable, Data: t.csv(newCSVText())}, t.Title, t.Note})
	}
	return File{Path: path.Join(tablesFolder, "all.json"), Kind: KindTable, Data: append(raw, '\n')}, each, nil
}

// csv writes a table by RFC 4180, with the byte order mark without which spreadsheets take Chinese for Latin letters.
func (t *Table) csv(c *csvText) []byte {
	w := c.begin()
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = strings.Join(c, "/")
	}
	_ = w.Write(head) // a bytes.Buffer takes all
	_ = w.WriteAll(t.Rows)
	return c.end(w)
}

// csvText is where CSV is written, file after file, in memory that serves all of them.
type csvText struct {
	b bytes.Buffer
	w *bufio.Writer
}

func newCSVText() *csvText {
	c := &csvText{}
	c.w = bufio.NewWriterSize(&c.b, 1<<12) // of the size that csv.NewWriter takes as it is
	return c
}

func (c *csvText) begin() *csv.Writer {
	c.b.Reset()
	c.b.WriteString("\uFEFF")
	w := csv.NewWriter(c.w)
	w.UseCRLF = true
	return w
}

func (c *csvText) end(w *csv.Writer) []byte {
	w.Flush()
	return bytes.Clone(c.b.Bytes())
}
