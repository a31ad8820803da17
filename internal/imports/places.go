package imports

import (
	"encoding/json"

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
	values  map[diag.Range]diag.Range
	entries map[line0]diag.Range
}

// line0 is a line of a file.
type line0 struct {
	file string
	line int32
}

// Origins finds the places of an index in a folder. Of an entry that says something else by now there is none.
func (f *Folder) Origins(places []Place) *Origins {
	o := &Origins{map[diag.Range]diag.Range{}, map[line0]diag.Range{}}
	if len(places) == 0 {
		return o
	}
	by := make(map[[2]string]Place, len(places))
	for _, p := range places {
		by[[2]string{p.Entry, p.Field}] = p
	}
	var walk func(x *fact, up string)
	walk = func(x *fact, up string) {
		key := placeKey(x, up)
		for _, s := range x.said {
			p, ok := by[[2]string{key, s.key}]
			if !ok || s.at.IsZero() || p.Value != s.text {
				continue
			}
			at := diag.InCell(p.File, diag.Cell{Sheet: p.Sheet, Name: p.Cell})
			o.values[s.at] = at
			first := line0{x.at.File, int32(x.at.Start.Line)}
			if _, ok := o.entries[first]; !ok || leads(s.key) {
				o.entries[first] = at
			}
		}
		for _, k := range x.kids {
			walk(k, key)
		}
	}
	for _, x := range f.shelve().facts {
		walk(x, "")
	}
	return o
}

// leads reports whether a field is what people look for in an entry first.
func leads(key string) bool { return key == "amount" || key == "value" || key == "count" }

// Of is the cell that a place of the folder came of.
func (o *Origins) Of(at diag.Range) (diag.Range, bool) {
	if o == nil || at.IsZero() {
		return diag.Range{}, false
	}
	if x, ok := o.values[at]; ok {
		return x, true
	}
	x, ok := o.entries[line0{at.File, int32(at.Start.Line)}]
	return x, ok
}
