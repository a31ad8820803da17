package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Comments that stand behind single values of an entry in the files. The column of remarks has that of the entry as a whole; these
// are notes at the cells of their values, since they are published with the data as that is.

// noteAt is the comment behind a value, "" for one that says what stands there anyway.
func (r *Row) noteAt(b *Block, column int, remark string) string {
	words := append(r.names(b), b.Columns[column].Field.Label, b.Columns[column].Field.What)
	if remark == "" || onlyRepeats(remark, words) {
		return ""
	}
	return remark
}

// notes are how many comments stand as notes at cells.
func (c *Content) notes() (n int) {
	for i := range c.Sheets {
		for _, b := range c.Sheets[i].Blocks {
			for _, r := range b.Rows {
				for _, x := range r.Cells {
					n += rank(x.Note != "")
				}
			}
		}
	}
	return n
}

// published says who reads comments.
func (c *Content) published() string {
	if c.strips {
		return "不印；已设定不带注释，不公开"
	}
	return "不印；随数据公开，除非设定不带注释"
}

// notes puts the comments of a sheet at their cells.
func (w *writer) notes(s *placed) error {
	for i := range s.blocks {
		b := &s.blocks[i]
		for n := range b.Rows {
			for k, c := range b.Rows[n].Cells {
				if c.Note == "" {
					continue
				}
				text := cut("注释（"+w.c.published()+"；要改的，在数据文件里改）："+strings.Join(strings.Fields(c.Note), " "), 2000)
				height := min(40+18*uint(len([]rune(text))/20), 400)
				if err := w.f.AddComment(s.Name, excelize.Comment{Author: w.c.in.Program, Cell: cellName(k+2, b.first+n), Text: text, Width: 300, Height: height}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
