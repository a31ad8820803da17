package tablebook

import "unicode/utf16"

// A cell of a spreadsheet holds so much, and the library drops what is beyond without a word. A longer text stands in several
// cells, one below the other, in the rows that its height takes in any case.

// mostWords is how many UTF-16 units a cell holds.
const mostWords = 32767

// isLong reports whether a text may be too long for a cell: bytes are never fewer than units.
func isLong(words string) bool { return len(words) > mostWords }

// part is a stretch of the sheet's rows that a cell takes, with the words that stand there.
type part struct {
	first, last int
	words       string
}

// parts are the cells of the sheet that a cell becomes.
func (x *table) parts(c *cell) []part {
	first, rows := x.first[c.row], x.first[c.row+c.rows]-x.first[c.row]
	pieces := []string{c.words}
	if isLong(c.words) {
		pieces = piecesOf(c.words)
	}
	out := make([]part, len(pieces))
	for k, s := range pieces {
		out[k] = part{first + rows*k/len(pieces), first + rows*(k+1)/len(pieces) - 1, s}
	}
	return out
}

// wordsAt are the words of a long cell that begin in a row of the sheet, nil for none.
func (x *table) wordsAt(c *cell, row int) any {
	for _, p := range x.parts(c) {
		if p.first == row {
			return p.words
		}
	}
	return nil
}

// piecesOf parts a text into pieces of one length, each of which fits into a cell.
func piecesOf(s string) (out []string) {
	all := 0
	for _, r := range s {
		all += max(utf16.RuneLen(r), 1)
	}
	count := (all + mostWords - 2) / (mostWords - 1) // a pair of units is not parted
	size := (all + count - 1) / count
	from, n := 0, 0
	for i, r := range s {
		units := max(utf16.RuneLen(r), 1)
		if n+units > size+1 || n >= size {
			out = append(out, s[from:i])
			from, n = i, 0
		}
		n += units
	}
	return append(out, s[from:])
}
