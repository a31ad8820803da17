package pack

import (
	"reflect"
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
	"yusuan/internal/typeset/unit"
)

// The schema bounds every number, length and list of a pack: range:"0..100" of a whole number, range:"4pt..300pt" of a length,
// most:"100" of a list. A length below nothing sets lines over each other, one of a kilometre makes pages without end; neither
// is meant, and a pack may be a stranger's. What is out of bounds is told and put at the bound, so that nothing behind the
// loader meets it.

// MostPlaces is how many decimals an amount has at most.
const MostPlaces = 6

// maxNesting is how deep columns stand in columns and rows in rows.
const maxNesting = 8

// bounds holds what was read against the schema. seen counts the structs around it of the same type.
func (c *compiler) bounds(v reflect.Value, seen map[reflect.Type]int) {
	t := v.Type()
	seen[t]++
	defer func() { seen[t]-- }()
	for _, f := range c.boundsOf(t) {
		x := v.Field(f.index)
		switch f.kind {
		case boundedInt:
			c.boundInt(x.Addr().Interface().(*source.Int), f.within)
		case boundedInts:
			p := x.Addr().Interface().(*[]source.Int)
			for k := range *p {
				c.boundInt(&(*p)[k], f.within)
			}
			c.boundList(x, f, seen)
		case boundedLength:
			if p := x.Addr().Interface().(*source.String); p.V != "" {
				c.boundLength(p, f)
			}
		case boundedList:
			c.boundList(x, f, seen)
		case innerTable:
			if x.Kind() != reflect.Pointer {
				c.bounds(x, seen)
			} else if !x.IsNil() {
				c.bounds(x.Elem(), seen)
			}
		}
	}
}

// bound is what the schema says of a field.
type bound struct {
	index   int
	kind    int
	within  string         // tag range
	most    int            // tag most
	lengths [2]unit.Length // of within
	zh, key string
}

const (
	boundedInt = iota
	boundedInts
	boundedLength
	boundedList
	innerTable
)

// boundsOf are the fields of a type that have to be looked at. The tags of a type are read once: a pack has thousands of cells.
func (c *compiler) boundsOf(t reflect.Type) []bound {
	if list, ok := c.bound[t]; ok {
		return list
	}
	if c.bound == nil {
		c.bound = map[reflect.Type][]bound{}
	}
	var out []bound
	for i := range t.NumField() {
		f := t.Field(i)
		if key(f) == "-" { // read from files of its own, and bounded there
			continue
		}
		b := bound{index: i, within: f.Tag.Get("range"), zh: f.Tag.Get("zh"), key: key(f)}
		b.most, _ = strconv.Atoi(f.Tag.Get("most"))
		switch table := f.Type; {
		case f.Type == reflect.TypeFor[source.Int]():
			b.kind = boundedInt
		case f.Type == reflect.TypeFor[[]source.Int]():
			b.kind = boundedInts
		case f.Type == reflect.TypeFor[source.String]():
			if b.within == "" {
				continue
			}
			b.kind = boundedLength
			from, to, _ := strings.Cut(b.within, "..")
			b.lengths = [2]unit.Length{parsed(from), parsed(to)}
		case f.Type.Kind() == reflect.Slice:
			b.kind = boundedList
		default:
			if table.Kind() == reflect.Pointer {
				table = table.Elem()
			}
			if !ownTable(table) {
				continue
			}
			b.kind = innerTable
		}
		out = append(out, b)
	}
	c.bound[t] = out
	return out
}

// ownTable reports whether a type is a table of the schema.
func ownTable(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.PkgPath() == reflect.TypeFor[manifest]().PkgPath()
}

func (c *compiler) boundList(x reflect.Value, f bound, seen map[reflect.Type]int) {
	if x.Len() > f.most {
		c.diags.Errorf("模板-020", placeOf(x.Index(f.most)), "“%s”（%s）最多 %d 项，这里有 %d 项", f.zh, f.key, f.most, x.Len())
		x.SetLen(f.most)
	}
	if !ownTable(x.Type().Elem()) {
		return
	}
	if seen[x.Type().Elem()] >= maxNesting && x.Len() > 0 {
		c.diags.Errorf("模板-020", placeOf(x.Index(0)), "“%s”（%s）最多套 %d 层", f.zh, f.key, maxNesting)
		x.SetLen(0)
	}
	for i := range x.Len() {
		c.bounds(x.Index(i), seen)
	}
}

func key(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
	return name
}

// placeOf is where a value of a list stands.
func placeOf(v reflect.Value) diag.Range {
	switch x := v.Addr().Interface().(type) {
	case *source.String:
		return x.At
	case *source.Int:
		return x.At
	case *source.Field:
		return x.Key.At
	}
	if p := v.FieldByName("Place"); p.IsValid() {
		return p.Interface().(source.Place).At
	}
	return diag.Range{}
}

func (c *compiler) boundInt(n *source.Int, bounds string) {
	if !n.Set {
		return
	}
	from, to, _ := strings.Cut(bounds, "..")
	least, _ := strconv.Atoi(from)
	most, _ := strconv.Atoi(to)
	if n.V < least || n.V > most {
		c.diags.Errorf("模板-020", n.At, "这里应是 %d 到 %d 的整数，不是 %d", least, most, n.V)
		n.V = min(max(n.V, least), most)
	}
}

// boundLength leaves what is no length to the reader of lengths.
func (c *compiler) boundLength(s *source.String, f bound) {
	c.bounded[s.At] = true
	l, err := unit.Parse(s.V)
	if err != nil {
		return
	}
	from, to, _ := strings.Cut(f.within, "..")
	for _, x := range []struct {
		bound string
		over  bool
	}{{from, l < f.lengths[0]}, {to, l > f.lengths[1]}} {
		if x.over {
			c.diags.Errorf("模板-003", s.At, "长度“%s”应在 %s 到 %s 之间", s.V, from, to)
			s.V = x.bound
		}
	}
}

// parsed is a length of the schema.
func parsed(s string) unit.Length {
	l, err := unit.Parse(s)
	if err != nil {
		panic("pack: schema: " + err.Error())
	}
	return l
}
