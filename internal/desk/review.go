package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/source"
)

// Review is a mark in a comment that asks the author to look at something: what was taken from last year, or guessed.
type Review struct {
	ID       string // changes with the file
	Row, Key string // "" of one that is of a whole file
	File     string // below the folder
	Line     int
	Title    string // of the row and the field, in words
	Text     string // what stands there
	Words    string // what the comment says besides
}

// Reviews lists the marks of all files; that of a whole file only where it has no other.
func (d *Desk) Reviews() []Review {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Review
	for _, name := range slices.Sorted(maps.Keys(d.held)) {
		v := d.held[name]
		for _, m := range v.file.ToReview() {
			r := Review{ID: v.reviewID(m), File: d.below(name), Line: m.Line, Words: m.Words}
			if m.Whole {
				d.placeFile(&r, v)
			} else {
				d.placeReview(&r, v, m)
			}
			out = append(out, r)
		}
	}
	return out
}

// whole reports whether marks are of a whole file, all of them.
func whole(marks []source.ReviewMark) bool {
	return !slices.ContainsFunc(marks, func(m source.ReviewMark) bool { return !m.Whole })
}

// placeFile names a mark of a whole file by its tables.
func (d *Desk) placeFile(r *Review, v *version) {
	r.Words = ""
	var labels []string
	for i := range v.entries {
		e := &v.entries[i]
		if label := d.label(e.Table); e.Address != "" && v.entries[v.up(i)].Address == "" && !slices.Contains(labels, label) {
			labels = append(labels, label)
			if r.Row == "" {
				r.Row = v.rowID(v.ids[i])
			}
		}
	}
	r.Title = strings.Join(labels, "、")
}

func (v *version) reviewID(m source.ReviewMark) string {
	sum := sha256.Sum256([]byte(v.path + "\n" + strconv.Itoa(m.Start) + "\n" + string(v.raw)))
	return hex.EncodeToString(sum[:8])
}

// placeReview finds what a mark is of: the value, or the row within braces, that ends on its line, or what follows it.
func (d *Desk) placeReview(r *Review, v *version, m source.ReviewMark) {
	best := 0
	of := func(line int, i int, key string) {
		if fits := !m.Alone && line == m.Line || m.Alone && line > m.Line && (best == 0 || line < best); !fits {
			return
		}
		e := &v.entries[i]
		best, r.Row, r.Key, r.Text = line, v.rowID(v.ids[i]), key, ""
		if r.Title = d.label(e.Table); e.Element {
			r.Title += dotted(d.title(e))
		}
		if x, ok := e.Value(key); ok {
			r.Title += " · " + d.keyLabel(e.Table, key)
			r.Text = textOr(&x)
		}
	}
	for i := range v.entries {
		e := &v.entries[i]
		if e.Address == "" {
			continue
		}
		if m.Alone || !e.Inline {
			of(e.At().Start.Line, i, "")
		} else {
			of(e.At().End.Line, i, "")
			continue // a comment behind braces is of the row
		}
		for _, x := range e.Values() {
			if m.Alone {
				of(x.At.Start.Line, i, x.Key)
			} else {
				of(x.At.End.Line, i, x.Key)
			}
		}
	}
}

// Reviewed takes marks away that were looked at, in one step of undo. The error is ErrChanged where one of them is not as Reviews
// listed it: then nothing is done.
func (d *Desk) Reviewed(ids []string) error {
	files, left := d.reviewed(ids)
	if left > 0 {
		return ErrChanged
	}
	if len(files) == 0 {
		return errors.New("没有要去掉的标记")
	}
	return d.Take("核对了 "+strconv.Itoa(len(ids))+" 处", files)
}

func (d *Desk) reviewed(ids []string) (files []Written, left int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	left = len(ids)
	for _, name := range slices.Sorted(maps.Keys(d.held)) {
		v := d.held[name]
		var starts []int
		var rest []source.ReviewMark
		for _, m := range v.file.ReviewMarks() {
			if slices.Contains(ids, v.reviewID(m)) {
				starts = append(starts, m.Start)
			} else {
				rest = append(rest, m)
			}
		}
		if left -= len(starts); len(starts) > 0 {
			if whole(rest) { // what speaks of marks goes with the last
				for _, m := range rest {
					starts = append(starts, m.Start)
				}
			}
			files = append(files, Written{Path: d.below(name), Before: v.raw, After: v.file.Reviewed(starts)})
		}
	}
	return files, left
}
