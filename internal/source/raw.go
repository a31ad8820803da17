package source

import (
	"reflect"
	"slices"

	"yusuan/internal/diag"
)

// Raw is what stands under a key until it is known what it must be: a table, or a list of tables.
type Raw struct {
	At diag.Range
	r  ref
}

// IsZero reports whether nobody wrote it.
func (r *Raw) IsZero() bool { return r.r.n == nil }

// Parts are the tables that it is, each by itself: one, or those of a list.
func (r *Raw) Parts() []Raw {
	if r.IsZero() {
		return nil
	}
	if k := r.r.n.kind; k != kindTables && k != kindArray {
		return []Raw{*r}
	}
	var out []Raw
	for _, c := range r.r.n.children {
		x := r.r.with(c)
		out = append(out, Raw{At: x.at(), r: x})
	}
	return out
}

// Decode reads it into the struct that into points to, like Options.Decode a whole file. With partial no key of its own is
// missing: what is left out stays as it is.
func (r *Raw) Decode(o Options, into any, partial bool) diag.List {
	v := reflect.ValueOf(into).Elem()
	d := &decoder{Options: o, plans: map[reflect.Type]plan{}, root: v.Type(), files: []*File{r.r.f}, broken: r.r.f.broken}
	if !d.is(r.r, kindTable, field{key: r.r.n.name}) {
		return d.diags
	}
	if partial {
		p := d.plan(v.Type())
		p.fields = slices.Clone(p.fields)
		for i := range p.fields {
			p.fields[i].required = false
		}
		d.tableBy(v, []ref{r.r}, false, p)
		return d.diags
	}
	d.table(v, []ref{r.r}, false)
	return d.diags
}
