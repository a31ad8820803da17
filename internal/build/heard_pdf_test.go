package build_test

import (
	"fmt"
	"slices"
	"testing"

	"yusuan/internal/pdfread"
	"yusuan/internal/typeset/page"
)

// written is a cell of a table as the file has it.
type written struct {
	object           pdfread.Ref
	kind             string
	id, scope        string
	headers          []string
	colSpan, rowSpan int
	says             bool // has content
}

// structureReader walks the structure tree of a file.
type structureReader struct {
	t      *testing.T
	file   *pdfread.File
	ids    map[string]pdfread.Ref // of the name tree
	tables [][]written
}

func readStructure(t *testing.T, raw []byte) *structureReader {
	t.Helper()
	f, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	r := &structureReader{t: t, file: f, ids: map[string]pdfread.Ref{}}
	catalog, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	root := r.dict(catalog["StructTreeRoot"])
	names := r.array(r.dict(root["IDTree"])["Names"])
	for i := 0; i+1 < len(names); i += 2 {
		r.ids[string(names[i].(pdfread.String))] = names[i+1].(pdfread.Ref)
	}
	r.walk(root["K"], false)
	return r
}

func (r *structureReader) resolve(o any) any {
	r.t.Helper()
	v, err := r.file.Resolve(o)
	if err != nil {
		r.t.Fatal(err)
	}
	return v
}

func (r *structureReader) dict(o any) pdfread.Dict {
	d, _ := r.resolve(o).(pdfread.Dict)
	return d
}

// array is a list, also where the file writes its only member alone.
func (r *structureReader) array(o any) pdfread.Array {
	switch v := r.resolve(o).(type) {
	case pdfread.Array:
		return v
	case nil:
		return nil
	default:
		return pdfread.Array{o}
	}
}

func (r *structureReader) walk(kids any, inTable bool) {
	for _, k := range r.array(kids) {
		d := r.dict(k)
		kind, _ := d["S"].(pdfread.Name)
		switch {
		case kind == "Table" && !inTable:
			r.tables = append(r.tables, nil)
			r.walk(d["K"], true)
		case inTable && (kind == "TH" || kind == "TD"):
			last := &r.tables[len(r.tables)-1]
			*last = append(*last, r.cell(k, d))
		default:
			r.walk(d["K"], inTable)
		}
	}
}

func (r *structureReader) cell(o any, d pdfread.Dict) written {
	kind, _ := d["S"].(pdfread.Name)
	id, _ := d["ID"].(pdfread.String)
	c := written{kind: string(kind), id: string(id), says: len(r.array(d["K"])) > 0}
	c.object, _ = o.(pdfread.Ref)
	for _, a := range r.array(d["A"]) {
		a := r.dict(a)
		if a["O"] != pdfread.Name("Table") {
			continue
		}
		scope, _ := a["Scope"].(pdfread.Name)
		colSpan, _ := a["ColSpan"].(pdfread.Int)
		rowSpan, _ := a["RowSpan"].(pdfread.Int)
		c.scope, c.colSpan, c.rowSpan = string(scope), int(colSpan), int(rowSpan)
		for _, h := range r.array(a["Headers"]) {
			s, _ := h.(pdfread.String)
			c.headers = append(c.headers, string(s))
		}
	}
	return c
}

// TestFileNamesTheHeads reads files as written: what pages say of the heads of cells is in the file, /Headers that lead by /ID
// to heads of the same table, which say something (ISO 32000-1, 14.8.5.7).
func TestFileNamesTheHeads(t *testing.T) {
	for _, d := range everySpoken(t) {
		raw, err := d.work.PDF(d.pages, nil)
		if err != nil {
			t.Fatal(d.name, err)
		}
		file, want := readStructure(t, raw), newListener(d.pages).tables()
		if len(file.tables) != len(want) {
			t.Fatalf("%s: %d tables in the file, %d on the pages", d.name, len(file.tables), len(want))
		}
		named := 0
		for n, cells := range file.tables {
			name := fmt.Sprintf("%s, table %d", d.name, n+1)
			named += file.sameHeads(name, cells, slices.Concat(want[n]...), d.pages.Elems)
		}
		if named == 0 {
			t.Errorf("%s: no cell names its heads", d.name)
		}
	}
}

// sameHeads holds the cells of a table against its elements, and returns how many name heads.
func (r *structureReader) sameHeads(name string, cells []written, ids []page.ElemID, elems []page.Elem) (named int) {
	if len(cells) != len(ids) {
		r.t.Fatalf("%s: %d cells in the file, %d on the pages", name, len(cells), len(ids))
	}
	byID := map[string]int{}
	for i, c := range cells {
		if c.id == "" {
			continue
		}
		if _, twice := byID[c.id]; twice || r.ids[c.id] != c.object {
			r.t.Errorf("%s: cell %d has the ID %q, which is another's", name, i, c.id)
		}
		byID[c.id] = i
	}
	for i, c := range cells {
		e := &elems[ids[i]]
		if c.kind != e.Kind.String() || c.scope != e.Scope.String() || max(1, c.colSpan) != max(1, int(e.ColSpan)) || max(1, c.rowSpan) != max(1, int(e.RowSpan)) {
			r.t.Errorf("%s: cell %d is written as %+v, want %+v", name, i, c, e)
		}
		if c.kind == "TH" && !c.says {
			r.t.Errorf("%s: cell %d is a head that says nothing", name, i)
		}
		if len(c.headers) != len(e.Headers) {
			r.t.Errorf("%s: cell %d has %d /Headers, want %d", name, i, len(c.headers), len(e.Headers))
			continue
		}
		named += min(1, len(c.headers))
		for k, h := range c.headers {
			at, ok := byID[h]
			if !ok || cells[at].kind != "TH" || ids[at] != e.Headers[k] {
				r.t.Errorf("%s: cell %d names %q as its head, which is none of this table", name, i, h)
			}
		}
	}
	return named
}
