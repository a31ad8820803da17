package build

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"slices"

	"yusuan/internal/compare"
	"yusuan/internal/diag"
)

// Side is the document as it is compared with another, under the name that the user gave it.
func (w *Work) Side(name string) *compare.Side {
	s := &compare.Side{Document: compare.Document{Name: name, Edition: w.in.Edition, Program: w.shared.Program}, Tree: w.Tree, Numbers: w.Numbers,
		Budget: w.Budget, Before: w.Prior.Last, Files: w.Files, Last: w.LastFiles}
	if s.Edition == "department" {
		s.Edition = ""
	}
	for _, d := range w.Diags.Sorted() {
		if d.Level == diag.Error {
			s.Problems++
		}
	}
	if w.Budget != nil {
		d := &w.Budget.Facts.Department
		s.Code, s.Year = d.Code.V, d.Year.V
		if d.Date.Set {
			s.Date = d.Date.Time.Format("2006-01-02")
		}
	}
	if w.Tree != nil {
		s.Title = w.Tree.Title
	}
	if w.Pack != nil {
		s.Pack, s.Version = w.Pack.ID, w.Pack.Version
		w.shared.mu.Lock()
		defer w.shared.mu.Unlock()
		if l := w.shared.packs[w.packID]; l != nil {
			s.PackSum = l.sum()
		}
	}
	return s
}

// sum is the sum of all that was read, with the names of the files.
func (r *recorder) sum() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		_, _ = io.WriteString(h, name+"\x00")
		one := sha256.Sum256(r.files[name])
		_, _ = h.Write(one[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}
