package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Identify gives every finding of a list an id: its rule, and a hash of where it is and what it is about. The id of a finding
// stays when others come and go, when lines move, when numbers in its message change: whoever shows a list knows which finding
// is the one of before. where names the place of a finding in a file without lines, such as project[甲].amount, from run to run
// alike; "" where it cannot. It may be nil. Findings that are alike in all of that are counted, in the order of the list.
func Identify(list []Diagnostic, where func(Range) string) []string {
	out := make([]string, len(list))
	seen := map[string]int{}
	for i := range list {
		d := &list[i]
		key := strings.Join([]string{d.Rule, placeOf(d.At, where), d.subject()}, "\x00")
		seen[key]++
		if n := seen[key]; n > 1 {
			key += fmt.Sprint("\x00", n)
		}
		sum := sha256.Sum256([]byte(key))
		out[i] = strings.TrimPrefix(d.Rule+":", ":") + hex.EncodeToString(sum[:6])
	}
	return out
}

// placeOf is a place by names that stay: without lines, rows that have a title and pages.
func placeOf(r Range, where func(Range) string) string {
	parts := []string{r.File}
	if where != nil && !r.IsZero() {
		parts[0] = where(r)
	}
	if c, ok := r.In.Cell(); ok {
		parts = append(parts, c.Sheet, c.Name)
	}
	if p, ok := r.In.Printed(); ok {
		row, column := p.RowTitle, p.ColumnTitle
		if row == "" {
			row = fmt.Sprint(p.Row)
		}
		if column == "" {
			column = fmt.Sprint(p.Column)
		}
		parts = append(parts, p.Table, p.Section, row, column)
	}
	return strings.Join(parts, "\x01")
}

// subject is what the finding is about: what the rule says, else the words of the message. Numbers in it are what changes while
// a finding stays the same.
func (d *Diagnostic) subject() string {
	if d.Subject != "" {
		return d.Subject
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || strings.ContainsRune(".,-+", r) {
			return -1
		}
		return r
	}, d.Message)
}
