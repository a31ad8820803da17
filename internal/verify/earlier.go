package verify

import (
	"slices"
	"strconv"
	"strings"
)

// What was published stays provable: a later version may set a line elsewhere, or tag a table better, and yet a document of
// an earlier one is good as long as all its words and numbers follow from its data.

// earlier reports whether a file that is not made again byte for byte differs only as documents of an earlier version do:
// made by one, all that it carries as the manifest says, the words and numbers of each page those of the data, and nothing
// in it that this program never writes.
func (r *Report) earlier() (bool, error) {
	if !before(r.Manifest.Program, r.shared.Program) || r.file.Updates() > 0 || r.file.Linearized() {
		return false, nil
	}
	if slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Cause != CauseProgram && f.Cause != CauseFont }) {
		return false, nil
	}
	if slices.ContainsFunc(r.Pages, func(d PageDiff) bool { return !d.SameWords || d.OtherFont || len(d.Foreign) > 0 }) {
		return false, nil
	}
	keys, err := r.file.Strange()
	return err == nil && len(keys) == 0, err
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
