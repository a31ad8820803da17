package source

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/diag"
)

// A copy of a file in which somebody went on typing states the same money twice, and nothing in it is wrong by itself. It
// is known by what its entries speak of (units, codes, projects), which stays, whatever became of the amounts.

// Two files are nearly the same when they have fewestAlike entries in common, and nearlyAll of a hundred of the entries
// of either. Of files whose names say that one is a copy, one entry is enough.
const (
	fewestAlike = 5
	nearlyAll   = 80
)

// statement is something that a file says once: an element of a list, or a value of a table that there is once.
type statement struct {
	key uint64 // of what it speaks of
	n   *node
}

// statements are what a file says once. An element below another, a goal of a form, belongs to that one.
func (f *File) statements() []statement {
	var out []statement
	var walk func(n *node, above uint64)
	element := func(n *node, above uint64) {
		key := above
		for _, c := range n.children {
			if c.kind == kindString && isName(c.value) || c.kind == kindBool {
				key += hash(0, c.name, fmt.Sprint(c.value)) // in any order
			}
		}
		out = append(out, statement{key, n})
		for _, c := range n.children {
			if c.kind < kindString {
				walk(c, hash(key, c.name))
			}
		}
	}
	walk = func(n *node, above uint64) {
		for _, c := range n.children {
			switch {
			case n.kind == kindTable && c.kind < kindString:
				walk(c, hash(above, c.name))
			case n.kind == kindTable:
				out = append(out, statement{hash(above, c.name), c})
			case c.kind == kindTable:
				element(c, above)
			}
		}
	}
	walk(f.root, 0)
	return out
}

// longestWord is how many characters a name or a code has at most; what is longer is prose.
const longestWord = 100

func isName(v any) bool {
	s, _ := v.(string)
	return utf8.RuneCountInString(s) <= longestWord && !strings.Contains(s, "\n")
}

// hash goes on from a hash with words (FNV-1a).
func hash(h uint64, words ...string) uint64 {
	const prime = 1099511628211
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * prime
		}
		h = (h ^ 0xff) * prime
	}
	return h
}

// byAge orders names so that a copy comes behind what it is a copy of: what makes copies adds to names, and puts folders into folders.
func byAge(a, b string) int {
	return cmp.Or(cmp.Compare(utf8.RuneCountInString(path.Base(a)), utf8.RuneCountInString(path.Base(b))), cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")))
}

// toldApart is what a file is called where another is spoken of: with its folder, if the other has the same name.
func toldApart(name, than string) string {
	if path.Base(name) != path.Base(than) {
		return path.Base(name)
	}
	return path.Join(path.Base(path.Dir(name)), path.Base(name))
}

var copyMark = regexp.MustCompile(`(?i)^[\s_.\-－—~]*(副本|复件|复制|备份|旧|copy|backup|bak|old|\(\d+\)|（\d+）)`)

// namedCopy reports whether a name is another with a mark of copies: basic - 副本.toml, basic(1).toml.
func namedCopy(name, original string) bool {
	rest, ok := strings.CutPrefix(path.Base(name), strings.TrimSuffix(path.Base(original), path.Ext(original)))
	return ok && path.Dir(name) == path.Dir(original) && copyMark.MatchString(rest)
}

// sameContent finds files that are copies of others, byte for byte, each with the one that it is a copy of.
func sameContent(names []string, raws [][]byte) map[string]string {
	out := map[string]string{}
	bySize := map[int][]int{}
	for i := range names {
		bySize[len(raws[i])] = append(bySize[len(raws[i])], i)
	}
	for _, same := range bySize {
		if len(same) > 1 {
			copiesAmong(same, names, raws, out)
		}
	}
	return out
}

// copiesAmong adds those among some files.
func copiesAmong(some []int, names []string, raws [][]byte, out map[string]string) {
	first := map[string]string{}
	for _, i := range some {
		if old, ok := first[string(raws[i])]; !ok || byAge(names[i], old) < 0 {
			first[string(raws[i])] = names[i]
		}
	}
	for _, i := range some {
		if f := first[string(raws[i])]; f != names[i] && len(bytes.TrimSpace(raws[i])) > 0 {
			out[names[i]] = f
		}
	}
}

// withoutCopies leaves out files that are nearly the same as another.
func withoutCopies(files []*File, diags *diag.List) []*File {
	if len(files) < 2 {
		return files
	}
	order := slices.Clone(files)
	slices.SortStableFunc(order, func(a, b *File) int { return byAge(a.Path, b.Path) })
	var originals []original
	where := map[uint64][]tally{}
	copies := map[*File]bool{}
	for _, f := range order {
		var list []statement
		if f.states != nil { // else it could not be read
			list = f.states()
		}
		counts := map[uint64]int{}
		for _, e := range list {
			counts[e.key]++
		}
		shared := make(map[int]int)
		for key, n := range counts {
			for _, t := range where[key] {
				shared[t.original] += min(n, t.count)
			}
		}
		if o := f.nearest(originals, shared, len(list)); o >= 0 {
			copies[f] = true
			diags.Add(f.copyOf(&originals[o], list, shared[o]))
			continue
		}
		for key, n := range counts {
			if len(where[key]) < mostWithKey {
				where[key] = append(where[key], tally{len(originals), n})
			}
		}
		originals = append(originals, original{f, list})
	}
	return slices.DeleteFunc(files, func(f *File) bool { return copies[f] })
}

// original is a file that is no copy of one before.
type original struct {
	f       *File
	entries []statement
}

// tally is how often an original has a key. What more than mostWithKey of them have, such as the unit of amounts, tells
// none of them from the others.
type tally struct{ original, count int }

const mostWithKey = 16

// nearest is the original that a file of n entries is nearly the same as, -1 for none.
func (f *File) nearest(originals []original, shared map[int]int, n int) int {
	best := -1
	for _, o := range slices.Sorted(maps.Keys(shared)) {
		s, enough := shared[o], shared[o] >= fewestAlike || namedCopy(f.Path, originals[o].f.Path)
		if enough && s*100 >= nearlyAll*min(n, len(originals[o].entries)) && (best < 0 || s > shared[best]) {
			best = o
		}
	}
	return best
}

// mostDifferences is how many of the numbers that differ a message names.
const mostDifferences = 5

// copyOf reports a file that is nearly the same as another.
func (f *File) copyOf(o *original, list []statement, shared int) diag.Diagnostic {
	name := toldApart(o.f.Path, f.Path)
	d := diag.Diagnostic{Rule: ruleNearCopy, Level: diag.Error, At: diag.Range{File: f.Path},
		Message: fmt.Sprintf("与 %s 几乎相同：%d 条里有 %d 条单位、科目、项目等都一样，多半是改过几个数的副本，没有读：同一笔钱会算两次", name, len(list), shared),
		Hint:    "两个文件留一个，另存的副本移到别的目录；确是两份清单的，并成一个文件"}
	byKey := map[uint64]*node{}
	for _, e := range o.entries {
		if byKey[e.key] == nil {
			byKey[e.key] = e.n
		}
	}
	for _, e := range list {
		other := byKey[e.key]
		if other == nil {
			continue
		}
		for _, c := range e.n.children {
			x := other.child(c.name)
			if c.kind != kindInteger && c.kind != kindFloat || x == nil {
				continue
			}
			a, b := f.Source[c.at.start:c.at.end], o.f.Source[x.at.start:x.at.end]
			if string(a) == string(b) {
				continue
			}
			if len(d.Notes) == mostDifferences {
				d.Notes = append(d.Notes, diag.Related{Text: "还有别的数不同"})
				return d
			}
			d.Notes = append(d.Notes, diag.Related{Text: fmt.Sprintf("这里是 %s = %s，%s 第 %d 行是 %s", c.name, a, name, o.f.line(x.at.start)+1, b), At: f.rng(c.at)})
		}
	}
	return d
}
