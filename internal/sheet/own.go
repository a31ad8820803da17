package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// What the hidden sheet holds so that what was changed where can be told: tables that the workbook has no room for, and what
// its rows said when it was written. Remarks are kept as a hash only: one that its officer deletes must not live on unseen.
const (
	OwnLeft = "left" // file, table
	OwnWas  = "was"  // key, then in turn a field of the row and what its cell said
)

// What rows of items have: their value; and any row its remark.
const (
	wasContent = "="
	wasRemark  = "#"
)

// ownRows are the rows of the hidden sheet that say what was written.
func (c *Content) ownRows() [][]string {
	var out [][]string
	for _, f := range c.in.Files {
		var left []string
		for _, e := range f.Entries() {
			if Exempt(e.Table) && !slices.Contains(left, e.Table) {
				left = append(left, e.Table)
				out = append(out, []string{OwnLeft, c.in.Name(f.Path), e.Table})
			}
		}
	}
	for i := range c.Sheets {
		for _, b := range c.Sheets[i].Blocks {
			for k := range b.Rows {
				if r := &b.Rows[k]; !r.Key.IsZero() {
					out = append(out, append([]string{OwnWas, r.Key.String()}, b.was(r)...))
				}
			}
		}
	}
	return out
}

func (b *FilledBlock) was(r *Row) (out []string) {
	for k, c := range b.Columns {
		text := r.Cells[k].Text
		switch c.Role {
		case RoleField:
			out = append(out, c.Field.Key, text)
		case RoleParent:
			out = append(out, parentOf(c.Field.Key), text)
		case RoleContent:
			out = append(out, wasContent, text)
		case RoleRemark:
			out = append(out, wasRemark, remarkSum(text))
		}
	}
	return out
}

// parentOf is what a field of the table above is called among those of a row.
func parentOf(key string) string { return "^" + key }

// remarkSum stands for a remark.
func remarkSum(s string) string {
	if s == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
