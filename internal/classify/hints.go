package classify

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
)

// What is known of codes beside the lists of years stands in the folder hints, in files that may be missing. Nothing of it is
// printed: it serves what is said of a code that the year's list lacks.
//
//	printed.csv      kind,code,name,first,last  printed by documents or lists of those years, in no list of ours
//	unverified.csv   kind,code,name             from no document at all; to be asked about
//	retired.csv      kind,code,last,next        not seen after a year; what came in its place, "" unknown
const hintsFolder = "hints"

// Hints are what is known of codes beside the lists of years.
type Hints struct {
	printed    []change
	unverified [2]map[string]string
	retired    [2]map[string]Retired
}

// Retired is a code that was last seen in a year.
type Retired struct {
	Last int
	Next string // the code that came in its place as far as is known; may be unverified
}

// Hints are those of the catalogue; never nil.
func (c *Catalogue) Hints() *Hints {
	if c.hints == nil {
		return &Hints{}
	}
	return c.hints()
}

// Unverified is the name that a code may have, from no document.
func (h *Hints) Unverified(functional bool, code string) string {
	return h.unverified[index(functional)][code]
}

// Retired tells of a code that it was last seen in a year.
func (h *Hints) Retired(functional bool, code string) (Retired, bool) {
	r, ok := h.retired[index(functional)][code]
	return r, ok
}

// readHints reads what there is; what cannot be read suggests nothing.
func readHints(fsys fs.FS) *Hints {
	h := &Hints{}
	for i := range h.unverified {
		h.unverified[i], h.retired[i] = map[string]string{}, map[string]Retired{}
	}
	rows, _ := optional(fsys, path.Join(hintsFolder, "printed.csv"), "kind,code,name,first,last")
	for _, r := range rows {
		from, err := strconv.Atoi(r.cells[3])
		to, err2 := strconv.Atoi(r.cells[4])
		if err == nil && err2 == nil {
			h.printed = append(h.printed, change{r.cells[0] == "功能", Code{r.cells[1], r.cells[2]}, from, to})
		}
	}
	slices.SortStableFunc(h.printed, func(a, b change) int { return a.to - b.to })
	rows, _ = optional(fsys, path.Join(hintsFolder, "unverified.csv"), "kind,code,name")
	for _, r := range rows {
		h.unverified[index(r.cells[0] == "功能")][r.cells[1]] = r.cells[2]
	}
	rows, _ = optional(fsys, path.Join(hintsFolder, "retired.csv"), "kind,code,last,next")
	for _, r := range rows {
		if last, err := strconv.Atoi(r.cells[2]); err == nil {
			h.retired[index(r.cells[0] == "功能")][r.cells[1]] = Retired{last, r.cells[3]}
		}
	}
	return h
}
