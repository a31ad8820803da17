package verify

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/unit"
)

// What was published stays provable: a later version may set a line elsewhere, or tag a table better, and yet a document of
// an earlier one is good as long as all its words and numbers follow from its data. The same holds where the program is the
// older one: the name of a version alone proves nothing against a file.

// otherVersion reports whether a file that is not made again byte for byte differs only as documents of another version do:
// made by one, all that it carries as the manifest says, the words and numbers those of the data, and nothing in it that this
// program never writes.
func (r *Report) otherVersion(f shown.File, pages []shown.Sheet) (bool, error) {
	made, now := r.Manifest.Program, r.shared.Program
	if !before(made, now) && !before(now, made) || r.file.Since().Updates > 0 || r.file.Since().Linearized {
		return false, nil
	}
	if slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Cause != CauseProgram && f.Cause != CauseFont }) {
		return false, nil
	}
	if slices.ContainsFunc(r.entries.Changed, func(name string) bool { return strings.HasSuffix(name, ".icc") }) {
		return false, nil // what numbers of colours stand for: black could be white
	}
	if slices.ContainsFunc(r.Pages, func(d PageDiff) bool { return len(d.Foreign) > 0 }) {
		return false, nil
	}
	if keys, err := r.file.Strange(); err != nil || len(keys) > 0 {
		return false, err
	}
	if len(r.Pages) == 0 {
		return true, nil
	}
	return r.reflowed(f, pages)
}

// glyph is a character on a page.
type glyph struct {
	text        string
	face        string
	x, y        unit.Length
	size, width unit.Length
	turned      bool // with the matter of a page
	page        int  // of those of a story
}

// glyphs are the characters of a page but for blanks, in the order in which they are written.
func glyphs(items *shown.Items) (out []glyph) {
	for i := range items.Runs {
		r := &items.Runs[i]
		x := r.X
		for k, c := range []rune(r.Text) {
			if !unicode.IsSpace(c) {
				out = append(out, glyph{string(c), name(r.Font), x, r.Y, r.Size, r.Advances[k], r.Turned, 0})
			}
			x += r.Advances[k]
		}
	}
	return out
}

// samePaths reports whether two pages have the same drawings, moved as a whole. Versions differ in how wide they draw thin
// lines; no bar tells another number by as much.
func samePaths(a, b []shown.Path) bool {
	var by [2]unit.Length
	if len(a) > 0 && len(b) > 0 && len(a[0].Points) > 1 && len(b[0].Points) > 1 {
		by = [2]unit.Length{a[0].Points[0] - b[0].Points[0], a[0].Points[1] - b[0].Points[1]}
	}
	return slices.EqualFunc(a, b, func(x, y shown.Path) bool {
		if x.Turned != y.Turned || x.Color != y.Color || x.Steps != y.Steps || len(x.Points) != len(y.Points) {
			return false
		}
		for i := range x.Points {
			const line = 600 // thousandths of a point
			if d := x.Points[i] - y.Points[i] - by[i%2]; d < -line || d > line {
				return false
			}
		}
		return true
	})
}

// before reports whether a is an earlier version of the same program as b: "yusuan 0.1.0" of "yusuan 0.2.0".
func before(a, b string) bool {
	nameA, versionA, okA := cutLast(a)
	nameB, versionB, okB := cutLast(b)
	return okA && okB && nameA == nameB && slices.Compare(versionA, versionB) < 0
}

// cutLast parts a program's name from its version of whole numbers.
func cutLast(program string) (name string, version []int, ok bool) {
	i := strings.LastIndexByte(program, ' ')
	if i < 0 {
		return "", nil, false
	}
	for part := range strings.SplitSeq(program[i+1:], ".") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return "", nil, false
		}
		version = append(version, n)
	}
	return program[:i], version, true
}
