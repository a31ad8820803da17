package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"

	"yusuan/internal/archive"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/memfs"
	"yusuan/internal/pdf"
)

// Codes are catalogues that lie beside data or that the user named, read whole: what documents carry is what they were made of.
type Codes struct {
	layer classify.Layer
	sum   string // of all files: who reads the same again has the same
}

// NewCodes takes the files of catalogues by their paths: 2026/functional.csv. name is where people find them. It is nil where
// no year has a list.
func NewCodes(name string, files map[string][]byte) *Codes {
	h := sha256.New()
	for _, p := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[p])
		h.Write(append([]byte(p+"\x00"), sum[:]...))
	}
	c := &Codes{classify.Layer{Name: name, Files: memfs.Tree(files)}, hex.EncodeToString(h.Sum(nil))}
	if len(classify.Years(c.layer.Files)) == 0 {
		return nil
	}
	return c
}

// Sum is that of all files, "" for none.
func (c *Codes) Sum() string {
	if c == nil {
		return ""
	}
	return c.sum
}

// packCatalogue is the folder of a pack with its own catalogues.
const packCatalogue = "catalogue"

// codesKey are catalogues in the order in which they are asked: a pack's, those beside the data. Those that the user named
// before all, and those of the program after them, are the same for all documents.
type codesKey struct {
	year int
	pack string // "" for one that has none
	sum  string
}

// CodesOf is the classification of a year for a document of a pack, whose data have own codes beside them or nil.
func (s *Shared) CodesOf(year int, packID string, own *Codes) (*classify.Catalogue, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	layers, key := s.layers(packID, own)
	key.year = year
	if c := s.catalogues[key]; c != nil {
		return c, nil
	}
	c, err := classify.Load(layers, year)
	if err != nil {
		return nil, fmt.Errorf("catalogue of %d: %w", year, err)
	}
	if s.catalogues == nil {
		s.catalogues = map[codesKey]*classify.Catalogue{}
	}
	s.catalogues[key] = c
	return c, nil
}

// layers are the catalogues that serve a document, in their order.
func (s *Shared) layers(packID string, own *Codes) (classify.Layers, codesKey) {
	var out classify.Layers
	var key codesKey
	if s.Given != nil {
		out = append(out, s.Given.layer)
	}
	for _, id := range s.withCatalogue(packID) {
		if sub, err := fs.Sub(s.Packs, path.Join(id, packCatalogue)); err == nil {
			out, key.pack = append(out, classify.Layer{Name: path.Join(id, packCatalogue), Files: sub}), packID
		}
	}
	if own != nil {
		out, key.sum = append(out, own.layer), own.sum
	}
	if s.Catalogue != nil {
		out = append(out, classify.Layer{Files: s.Catalogue})
	}
	return out, key
}

// withCatalogue are the pack and those that it inherits, as far as they have catalogues of their own.
func (s *Shared) withCatalogue(id string) []string {
	if id == "" || !fs.ValidPath(id) {
		return nil
	}
	ids := []string{id}
	if l := s.packs[id]; l != nil {
		ids = append(ids, l.heirOf()...)
	}
	return slices.DeleteFunc(ids, func(id string) bool {
		info, err := fs.Stat(s.Packs, path.Join(id, packCatalogue))
		return err != nil || !info.IsDir()
	})
}

// usedCodes is a catalogue that a document was made with.
type usedCodes struct {
	layers classify.Layers
	key    codesKey // with the year of the folder
}

// codesOf is the catalogue of the facts' year; nil where there is none, which is told.
func (w *Work) codesOf(f *budget.Facts, l *diag.List) (*classify.Catalogue, error) {
	id := w.packID
	if id == "" {
		id = w.in.template(&f.Department).V
	}
	year := f.Department.Year
	cat, err := w.shared.CodesOf(year.V, id, w.in.Codes)
	if errors.Is(err, classify.ErrNoCatalogue) && f.Published() {
		cat, err = w.laterCatalogue(f, id, l)
	}
	var wrong *classify.Fault
	switch {
	case errors.Is(err, classify.ErrNoCatalogue):
		l.Add(diag.Diagnostic{Rule: "填报-010", Level: diag.Error, At: year.At, Message: fmt.Sprintf("没有%d年和以前的科目目录", year.V),
			Hint: fmt.Sprintf("年度写四位；年度没有写错的，用 yusuan codes 当年的科目表.xlsx --year %d -o data/catalogue/%d 带入（写在各年数据目录旁边的 catalogue 里），或用 --catalogue 指明目录", year.V, year.V)})
		return nil, nil
	case errors.As(err, &wrong):
		layers, _ := w.shared.layersOf(id, w.in.Codes)
		at := diag.Range{File: layers.Shown(wrong.File)}
		if wrong.Line > 0 {
			at.Start = diag.Pos{Line: wrong.Line, Column: 1}
			at.End = at.Start
		}
		l.Add(diag.Diagnostic{Rule: "科目-011", Level: diag.Error, At: at, Message: "科目目录读不出：" + wrong.What,
			Hint: "改正这个文件，或用 yusuan codes 从当年的科目表重新带入"})
		return nil, nil
	case err != nil:
		return nil, err
	}
	layers, key := w.shared.layersOf(id, w.in.Codes)
	key.year = cat.Year
	if !slices.ContainsFunc(w.catalogues, func(u usedCodes) bool { return u.key.year == cat.Year }) {
		w.catalogues = append(w.catalogues, usedCodes{layers, key})
	}
	return cat, nil
}

func (s *Shared) layersOf(id string, own *Codes) (classify.Layers, codesKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.layers(id, own)
}

// carriedCodes are the files of a year's catalogue, read and made ready once.
func (s *Shared) carriedCodes(u usedCodes) ([]archive.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if out, ok := s.codes[u.key]; ok {
		return out, nil
	}
	var out []archive.File
	var m pdf.Memory
	must, may := classify.Files()
	for i, name := range slices.Concat(must, may) {
		optional := i >= len(must)
		name = path.Join(strconv.Itoa(u.key.year), name)
		raw, err := fs.ReadFile(u.layers, name)
		if optional && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("catalogue: %w", err)
		}
		out = append(out, archive.File{Path: name, Kind: archive.KindCatalogue, Data: raw}.Common(m.Pack))
	}
	if s.codes == nil {
		s.codes = map[codesKey][]archive.File{}
	}
	s.codes[u.key] = out
	return out, nil
}
