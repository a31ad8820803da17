package budget

import (
	"reflect"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// Table describes a table of a data folder. All tables and their fields are described once, by Tables, which reads the tags of
// the schema (facts.go): new folders, the reference for authors and whatever else asks for facts are made of it.
type Table struct {
	Name     string // the keys that lead to it: project.line; "" is the top of each file
	Label    string // what messages call it: 资金明细
	File     string // where it is typed by custom, as new folders have it; any file of a folder will do
	Required bool
	Repeated bool      // there may be several: [[project]]
	Own      FieldKind // of a free table, whose keys the pack gives: of what its values are; else no kind
	What     string    // a whole sentence without a final stop, in Chinese
	Fields   []Field
}

// Header is the line that begins an entry of the table, "" for the top of a file.
func (t *Table) Header() string {
	switch {
	case t.Name == "":
		return ""
	case t.Repeated:
		return "[[" + t.Name + "]]"
	}
	return "[" + t.Name + "]"
}

// Field is the field of the table that has the key, nil for none.
func (t *Table) Field(key string) *Field {
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return &t.Fields[i]
		}
	}
	return nil
}

// Field describes one field that an author fills in.
type Field struct {
	Name        string // the keys that lead to it: project.line.fund
	Key         string // the last of them
	Label       string // what messages call it
	Kind        FieldKind
	List        string // of a word of a list: its name; Words has the words
	Least, Most int    // of a whole number and a year: its bounds
	Required    bool
	Repeated    bool   // it is a list of such values
	What        string // one line about it in Chinese; "" where the label says all
	Example     string // a value as TOML has it
}

// Called is what messages call the field: “金额”（amount）.
func (f *Field) Called() string { return diag.Quote(f.Label) + "（" + f.Key + "）" }

// Words are the words that the field takes, and whether others will do as well; none where it is not of a list.
func (f *Field) Words(lists *Lists) (words []string, open bool) {
	if f.List == "" {
		return nil, false
	}
	l := lists.Of(f.List)
	return l.Words, l.Open
}

// Steers tells what the field is for that need not be printed, "" for one that is there to be printed.
func (f *Field) Steers() string { return Steers(f.Name) }

// Tables are all tables of a data folder, in the order of the schema: each before those within it.
func Tables() []Table {
	out := []Table{{Label: "文件开头", File: "每个文件", What: explained[""].what, Fields: []Field{told(Field{Name: source.AmountUnit, Key: source.AmountUnit,
		Label: "金额单位", Kind: FieldListed, List: ListAmountUnits})}}}
	return tablesOf(out, reflect.TypeFor[Facts](), "", "")
}

// Fields are all fields of a data folder, table by table.
func Fields() []Field {
	var out []Field
	for _, t := range Tables() {
		out = append(out, t.Fields...)
	}
	return out
}

// FindTable is the table of a name, nil for none.
func FindTable(name string) *Table {
	for _, t := range Tables() {
		if t.Name == name {
			return &t
		}
	}
	return nil
}

// tablesOf appends the tables in a struct of the schema, which keys lead to. They are typed in the file of the table that they
// are in unless they have one of their own.
func tablesOf(out []Table, t reflect.Type, name, file string) []Table {
	for i := range t.NumField() {
		sf := t.Field(i)
		f, ok := fieldOf(sf, name)
		inner := schema(sf.Type)
		if !ok || inner == nil && !f.Kind.free() {
			continue
		}
		x := explained[f.Name]
		table := Table{Name: f.Name, Label: f.Label, File: x.file, Required: f.Required, Repeated: inner != nil && f.Repeated, What: x.what}
		if table.File == "" {
			table.File = file
		}
		if inner == nil {
			table.Own = f.Kind
			out = append(out, table)
			continue
		}
		for j := range inner.NumField() {
			if g, ok := fieldOf(inner.Field(j), f.Name); ok && schema(inner.Field(j).Type) == nil && !g.Kind.free() {
				table.Fields = append(table.Fields, told(g))
			}
		}
		out = tablesOf(append(out, table), inner, f.Name, table.File)
	}
	return out
}

// fieldOf reads the tags of a field of the schema that is in the table of a name: Read holds values against the same
// description that others show.
func fieldOf(sf reflect.StructField, table string) (f Field, ok bool) {
	key, option, _ := strings.Cut(sf.Tag.Get("toml"), ",")
	if key == "" || key == "-" {
		return Field{}, false
	}
	f = Field{Name: strings.TrimPrefix(table+"."+key, "."), Key: key, Label: sf.Tag.Get("zh"), List: sf.Tag.Get("of"), Required: option == "required"}
	t := sf.Type
	if t.Kind() == reflect.Slice && !freeTable(t) {
		f.Repeated, t = true, t.Elem()
	}
	f.Kind = kindOf(t, sf.Tag)
	if f.Kind == FieldWhole {
		b := boundsOf(sf.Tag)
		if f.Least, f.Most = b.least, b.most; b.year() {
			f.Kind = FieldYear
		}
	}
	return f, true
}

// told adds what is explained of the field: under its own name, or under its key where that means the same in every table.
func told(f Field) Field {
	x, ok := explained[f.Name]
	if !ok {
		x = explained["*."+f.Key]
	}
	f.What, f.Example = x.what, x.example
	return f
}

// Names reports whether an entry is known by what the field says, such as a project by its name and a line by its codes.
func (f *Field) Names() bool {
	switch {
	case f.Repeated, f.Kind == FieldLong, f.Kind == FieldPasted, f.Kind == FieldAmount, f.Kind == FieldWhole, f.Kind == FieldYesNo, f.Kind == FieldDate:
		return false
	}
	switch f.Steers() {
	case ForNaming, ForSorting, ForHolding:
		return true
	}
	return f.Required
}

// Naming are the keys by which entries of each table are known, by the name of the table.
func Naming() map[string][]string {
	out := map[string][]string{}
	for _, t := range Tables() {
		for i := range t.Fields {
			if f := &t.Fields[i]; f.Names() {
				out[t.Name] = append(out[t.Name], f.Key)
			}
		}
	}
	return out
}
