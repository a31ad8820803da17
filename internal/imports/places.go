package imports

import (
	"encoding/json"
	"slices"

	"yusuan/internal/diag"
)

// Place is where an export says what a field of an entry says. Places are kept beside a data folder, never in it: comments travel
// into what is published.
type Place struct {
	Entry string `json:"entry"` // table and what it is known by
	Field string `json:"field"`
	Value string `json:"value"` // what it said; of another value the place is of no use
	File  string `json:"file"`
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
}

// maxPlaces bounds what is kept.
const maxPlaces = 200_000

// placeKey is what an entry is known by in the index, within another behind that one.
func placeKey(f *fact, up string) string {
	return up + f.table + "\x00" + f.identity()
}

// remember notes where the exports say what a fact says.
func (p *planner) remember(f *fact, up string) {
	key := placeKey(f, up)
	for _, s := range f.said {
		c, ok := s.at.In.Cell()
		if !ok || len(p.out.Places) >= maxPlaces {
			continue
		}
		p.out.Places = append(p.out.Places, Place{Entry: key, Field: s.key, Value: s.text, File: s.at.File, Sheet: c.Sheet, Cell: c.Name})
	}
	for _, k := range f.kids {
		p.remember(k, key)
	}
}

// index is the file that places are kept in.
type index struct {
	Version int     `json:"version"`
	Places  []Place `json:"places"`
}

const indexVersion = 1

// WritePlaces makes the index of a folder: what was known before and is not known better.
func WritePlaces(before, now []Place) ([]byte, error) {
	seen := map[[2]string]bool{}
	for _, p := range now {
		seen[[2]string{p.Entry, p.Field}] = true
	}
	all := now
	for _, p := range before {
		if len(all) >= maxPlaces {
			break
		}
		if !seen[[2]string{p.Entry, p.Field}] {
			all = append(all, p)
		}
	}
	raw, err := json.Marshal(index{indexVersion, all})
	return append(raw, '\n'), err
}

// ReadPlaces reads an index; one that cannot be read is none.
func ReadPlaces(raw []byte) []Place {
	var x index
	if json.Unmarshal(raw, &x) != nil || x.Version != indexVersion || len(x.Places) > maxPlaces {
		return nil
	}
	return x.Places
}

// Origins leads from places in a data folder to cells of exports.
type Origins struct {
	values  map[spot]diag.Range
	entries map[spot]diag.Range
}

// spot is where something begins in a file.
type spot struct {
	file   string
	line   int
	column int32 // 0 for the line as a whole
}

// Origins finds the places of an index in a folder. Of an entry that says something else by now there is none.
func (f *Folder) Origins(places []Place) *Origins {
	if len(places) == 0 {
		return nil
	}
	o := &Origins{map[spot]diag.Range{}, map[spot]diag.Range{}}
	by := make(map[[2]string]Place, len(places))
	for _, p := range places {
		by[[2]string{p.Entry, p.Field}] = p
	}
	for _, x := range f.shelve().facts {
		o.find(x, "", by)
	}
	return o
}

// find leads from an entry and what is in it.
func (o *Origins) find(x *fact, up string, by map[[2]string]Place) {
	key := placeKey(x, up)
	for _, s := range x.said {
		p, ok := by[[2]string{key, s.key}]
		if !ok || s.at.IsZero() || p.Value != s.text {
			continue
		}
		at := diag.InCell(p.File, diag.Cell{Sheet: p.Sheet, Name: p.Cell})
		o.values[spot{s.at.File, s.at.Start.Line, s.at.Start.Column}] = at
		line := spot{file: x.at.File, line: x.at.Start.Line}
		if _, ok := o.entries[line]; !ok || leads(s.key) {
			o.entries[line] = at
		}
	}
	for _, k := range x.kids {
		o.find(k, key, by)
	}
}

// leads reports whether a field is what people look for in an entry first.
func leads(key string) bool { return key == "amount" || key == "value" || key == "count" }

// Of is the cell that a place of the folder came of.
func (o *Origins) Of(at diag.Range) (diag.Range, bool) {
	if o == nil || at.Start.Line == 0 {
		return diag.Range{}, false
	}
	if x, ok := o.values[spot{at.File, at.Start.Line, at.Start.Column}]; ok {
		return x, true
	}
	x, ok := o.entries[spot{file: at.File, line: at.Start.Line}]
	return x, ok
}

// Lead adds to findings at places of the folder the cells that these came of.
func (o *Origins) Lead(list diag.List) diag.List {
	if o == nil {
		return list
	}
	var out diag.List
	for _, d := range list.Sorted() {
		if at, ok := o.Of(d.At); ok {
			d.Notes = append(slices.Clone(d.Notes), diag.Related{Text: "由这一格导入", At: at})
		}
		out.Add(d)
	}
	return out
}
