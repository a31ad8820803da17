package schedule

import (
	"cmp"
	"fmt"
	"strings"
)

// keys are what the rows and columns of a table are called by programs.
type keys struct {
	rows    [][]string // by side and row
	columns []string
}

// Key is the name of a number for programs: table, row and column by codes and by the words of the pack, which are equal next
// year. 3/2010301/基本支出.
func (s *Schedule) Key(ref Ref) string {
	return s.Table.ID + "/" + s.RowKey(ref.Side, ref.Row) + "/" + s.ColumnKey(ref.Column)
}

// RowKey is the part of Key that names the row.
func (s *Schedule) RowKey(side, row int) string { return s.keyed().rows[side][row] }

// ColumnKey is the part of Key that names the column.
func (s *Schedule) ColumnKey(column int) string { return s.keyed().columns[column] }

// keyed makes the keys when one is first asked for. Every document needs them for the tables that it carries, but no names.
func (s *Schedule) keyed() *keys {
	if s.keys != nil {
		return s.keys
	}
	s.keys = &keys{columns: columnKeys(s.Leaves)}
	for k := range s.Sides {
		s.keys.rows = append(s.keys.rows, s.Sides[k].rowKeys())
	}
	return s.keys
}

// rowKeys are the keys of the rows of a side: the side, what tells the rows above from others but for the department, what
// tells the row. One that needs no rows above to be told from all others has none. A row with nothing of its own is the only
// one, and sums all.
func (x *Side) rowKeys() []string {
	out := make([]string, len(x.Rows))
	for i := range x.Rows {
		r := &x.Rows[i]
		above := r.Parent
		for above >= 0 && (r.Sole || x.Rows[above].Own == departmentKey) {
			above = x.Rows[above].Parent
		}
		switch {
		case r.Kind == Total, r.Own == "" && len(x.Rows) == 1:
			out[i] = totalKey
		case above >= 0:
			out[i] = out[above] + "/" + keyPart(cmp.Or(r.Named, r.Own))
		case x.Name != "":
			out[i] = x.Name + "/" + keyPart(cmp.Or(r.Named, r.Own))
		default:
			out[i] = keyPart(cmp.Or(r.Named, r.Own))
		}
	}
	countTwins(out)
	return out
}

// columnKeys are the keys of columns, by the heads as the pack writes them.
func columnKeys(leaves []Column) []string {
	out := make([]string, len(leaves))
	for j := range leaves {
		var path []string
		for _, h := range leaves[j].Heads {
			path = append(path, keyPart(plainWords(h.Head.Written())))
		}
		out[j] = strings.Join(path, "/")
	}
	countTwins(out)
	return out
}

var keyMarks = strings.NewReplacer("/", "／", "#", "＃")

// keyPart is a part of a key: the marks that keys are made of do not stand in it.
func keyPart(s string) string { return keyMarks.Replace(s) }

// countTwins tells equal keys apart by number: the second gets #2.
func countTwins(keys []string) {
	seen := make(map[string]int, len(keys))
	for i, k := range keys {
		if seen[k]++; seen[k] > 1 {
			keys[i] = twin(k, seen[k])
		}
	}
}

// twin is the key of the n-th of those that have one key.
func twin(key string, n int) string { return fmt.Sprintf("%s#%d", key, n) }
