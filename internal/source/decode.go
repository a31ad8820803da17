package source

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Decode fills the struct that into points to from all files together and reports everything that does not fit.
//
// A field takes the key that its tag names, `toml:"name"` or `toml:"name,required"`; its tag `zh` is the name for
// messages. It may be a String, Int, Bool, Date or Amount, a slice of
// one of these, Fields, AmountFields, a struct (one table; a pointer
// when the table may be absent) or a slice of structs (an array of tables or of inline tables). A struct that embeds
// Place learns where its table is.
//
// Arrays of tables continue from file to file in the order of files. Every other key is given once, in one file. The
// top-level key amount_unit sets the unit of all amounts of its own file.
//
// A key that is required must not be empty. When a file could not be parsed in full, nothing is reported as missing.
//
// Every text is read character by character (reading.go). It is one line unless the tag `text` of its field says otherwise.
func Decode(files []*File, into any) diag.List { return Options{}.Decode(files, into) }

// Options change how files are read.
type Options struct {
	// AsWritten takes texts as they are: of those who write templates, who mean the blanks that they type.
	AsWritten bool
	// Title is what readers call a key of a free table, by the key of the table; "" where it has no other name. It may be
	// nil.
	Title func(table, key string) string
}

// Decode is the function of that name.
func (o Options) Decode(files []*File, into any) diag.List {
	d := &decoder{Options: o, plans: map[reflect.Type]plan{}, root: reflect.TypeOf(into).Elem(), files: files}
	refs := make([]ref, len(files))
	for i, f := range files {
		refs[i] = ref{f, f.root, d.unitOf(f)}
		d.broken = d.broken || f.broken
		d.misplaced(f, d.plan(d.root))
	}
	d.table(reflect.ValueOf(into).Elem(), refs, true)
	return d.diags
}

// AmountUnit is the key at the top of a file that names the unit of its amounts. Decode reads it itself.
const AmountUnit = "amount_unit"

type decoder struct {
	Options
	diags  diag.List
	plans  map[reflect.Type]plan
	root   reflect.Type // the struct of the whole
	files  []*File
	broken bool
}

// ref is a node and what is needed to read it.
type ref struct {
	f    *File
	n    *node
	unit money.Unit
}

func (r ref) at() diag.Range { return r.f.rng(r.n.at) }

func (r ref) with(n *node) ref { return ref{r.f, n, r.unit} }

// field is one field of a struct.
type field struct {
	index    int
	key, zh  string
	required bool
	repeated bool // an array of tables
	leaves   bool // of leaves, among which no line adds up others: tag rows:"leaves"
	text     textKind
	item     int // of a list of values, from 1
}

// label names the field in messages.
func (f field) label() string {
	label := "“" + character.Shown(f.key) + "”"
	if f.zh != "" {
		label = diag.Quote(f.zh) + "（" + character.Shown(f.key) + "）"
	}
	if f.item > 0 {
		label += fmt.Sprintf("第 %d 项", f.item)
	}
	return label
}

type plan struct {
	fields []field
	place  int // index of the embedded Place, -1 if none
}

func (d *decoder) plan(t reflect.Type) plan {
	if p, ok := d.plans[t]; ok {
		return p
	}
	p := plan{place: -1}
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Type == reflect.TypeFor[Place]() && sf.Anonymous {
			p.place = i
			continue
		}
		key, option, _ := strings.Cut(sf.Tag.Get("toml"), ",")
		if key == "" || key == "-" {
			continue
		}
		p.fields = append(p.fields, field{index: i, key: key, zh: sf.Tag.Get("zh"), required: option == "required", leaves: sf.Tag.Get("rows") == "leaves",
			text:     kindOfText(sf.Tag.Get("text")),
			repeated: sf.Type.Kind() == reflect.Slice && sf.Type.Elem().Kind() == reflect.Struct && !isFields(sf.Type) && !isScalar(sf.Type.Elem())})
	}
	d.plans[t] = p
	return p
}

// isScalar reports whether t holds one value, and is no table of the caller's.
func isScalar(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[String](), reflect.TypeFor[Int](), reflect.TypeFor[Bool](), reflect.TypeFor[Date](), reflect.TypeFor[Amount]():
		return true
	}
	return false
}

// isFields reports whether t is a free table.
func isFields(t reflect.Type) bool {
	return t == reflect.TypeFor[Fields]() || t == reflect.TypeFor[AmountFields]()
}

// AmountsIn is the unit of the amounts of a file, read as Decode does, which tells what is wrong with it: 元 where none is said.
func (f *File) AmountsIn() money.Unit { return (&decoder{files: []*File{f}}).unitOf(f) }

func (d *decoder) unitOf(f *File) money.Unit {
	n := f.root.child(AmountUnit)
	if n == nil {
		return money.Yuan
	}
	name := ""
	if n.kind == kindString {
		name = d.word(ref{f: f, n: n}, field{key: AmountUnit, zh: "金额单位"})
	}
	u, ok := money.ParseUnit(name)
	if !ok {
		d.diags.Add(diag.Diagnostic{Rule: ruleUnit, Level: diag.Error, At: f.rng(n.at),
			Message: "金额单位（amount_unit）应为“元”“万元”或“亿元”", Hint: "写成 amount_unit = \"万元\""})
	}
	return u
}

// table fills a struct from the tables that make it up: one, or for the top level one per file.
func (d *decoder) table(dst reflect.Value, tables []ref, top bool) {
	d.tableBy(dst, tables, top, d.plan(dst.Type()))
}

// tableBy is table by the keys that it may and must have.
func (d *decoder) tableBy(dst reflect.Value, tables []ref, top bool, p plan) {
	if p.place >= 0 && len(tables) > 0 {
		dst.Field(p.place).Addr().Interface().(*Place).At = tables[0].at()
	}
	for i, t := range tables {
		if strangers := p.strangers(t.n, top); len(strangers) > 0 {
			tables[i].n = d.strangers(t, strangers, p, top)
		}
	}
	refs := make([]ref, 0, len(tables))
	for _, f := range p.fields {
		refs = refs[:0]
		for _, t := range tables {
			if c := t.n.child(f.key); c != nil {
				refs = append(refs, t.with(c))
			}
		}
		if len(refs) == 0 {
			if f.required && len(tables) > 0 {
				d.missing(tables[0], f, top)
			}
			continue
		}
		if !f.repeated {
			d.once(refs, f)
		}
		d.field(dst.Field(f.index), refs, f)
	}
}

// keyAt is where a key stands: its header for a table.
func (r ref) keyAt() diag.Range {
	if r.n.kind == kindTable || r.n.kind == kindTables {
		return r.at()
	}
	return r.f.rng(r.n.key)
}

func (d *decoder) unknown(r ref, fields []field, top bool) {
	name := r.f.keyText(r.n.name)
	what := "键名"
	if r.n.kind == kindTable || r.n.kind == kindTables {
		what = "表名"
	}
	x := diag.Diagnostic{Rule: ruleUnknown, Level: diag.Error, At: r.f.rng(r.n.key), Message: "不认识的" + what + "“" + name + "”"}
	var words []string
	for _, f := range fields {
		words = append(words, f.key, f.zh)
	}
	if near, ok := diag.Closest(name, words); ok {
		i := slices.Index(words, near) / 2
		x.Hint = "是不是" + fields[i].label() + diag.Mark(name, near)
		if name == fields[i].zh {
			x.Hint = "写成英文的 " + fields[i].key
		}
	} else {
		x.Hint = "这里可以写的有：" + keyList(fields, top)
	}
	d.diags.Add(x)
}

func keyList(fields []field, top bool) string {
	var keys []string
	if top {
		keys = append(keys, AmountUnit)
	}
	for _, f := range fields {
		keys = append(keys, f.key)
	}
	return strings.Join(keys, "、")
}

func (d *decoder) missing(table ref, f field, top bool) {
	if d.broken {
		return
	}
	if top {
		d.noTable(table.f, f)
		return
	}
	at := table.at()
	d.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: at, Message: "缺少" + f.label(),
		Hint: "补上 " + f.key + " = …", Missing: f.key})
}

// once reports a table or key that several files give.
func (d *decoder) once(refs []ref, f field) {
	for _, r := range refs[1:] {
		d.diags.Add(diag.Diagnostic{Rule: ruleTwice, Level: diag.Error, At: r.keyAt(), Message: f.label() + "重复填报，只能在一个文件里填",
			Notes: []diag.Related{{Text: "先前填报在这里", At: refs[0].keyAt()}}, Hint: "合并到一处"})
	}
}

func (d *decoder) field(dst reflect.Value, refs []ref, f field) {
	r := refs[0]
	if dst.Kind() == reflect.Pointer {
		dst.Set(reflect.New(dst.Type().Elem()))
		dst = dst.Elem()
	}
	switch v := dst.Addr().Interface().(type) {
	case *Raw:
		*v = Raw{At: r.at(), r: r}
		return
	case *Fields:
		*v = d.fields(r, f)
		return
	case *AmountFields:
		*v = d.amountFields(r, f)
		return
	}
	switch {
	case isScalar(dst.Type()):
		d.scalar(dst.Addr().Interface(), r, f)
	case f.repeated:
		d.repeated(dst, refs, f)
	case dst.Kind() == reflect.Slice && isScalar(dst.Type().Elem()):
		d.scalars(dst, r, f)
	case dst.Kind() == reflect.Struct:
		d.single(dst, r, f)
	default:
		panic(fmt.Sprintf("source: field %s has type %v", f.key, dst.Type()))
	}
}

// scalars fills a slice of values from an array.
func (d *decoder) scalars(dst reflect.Value, r ref, f field) {
	elements := r.n.children
	if r.n.kind != kindArray {
		hint := ""
		if r.n.kind >= kindString {
			hint = "放进方括号，写成 [" + r.literal() + "]"
		}
		d.wrong(r, kindArray.String(), f, hint)
		return
	}
	out := reflect.MakeSlice(dst.Type(), len(elements), len(elements))
	for i, c := range elements {
		f.required, f.item = true, i+1
		d.scalar(out.Index(i).Addr().Interface(), r.with(c), f)
	}
	dst.Set(out)
}

func (d *decoder) scalar(dst any, r ref, f field) {
	switch v := dst.(type) {
	case *String:
		*v = d.string(r, f)
		d.empty(v, r, f)
	case *Int:
		*v = d.int(r, f)
	case *Bool:
		*v = d.bool(r, f)
	case *Date:
		*v = d.date(r, f)
	case *Amount:
		*v = d.amount(r, f)
	}
}

// empty reports a text with nothing in it where there must be something, or with blanks alone.
func (d *decoder) empty(s *String, r ref, f field) {
	switch {
	case s.V != "" || r.n.kind != kindString || d.broken:
	case f.required && s.typed != "":
		d.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: s.At, Message: f.label() + "还没有填，只有空格"})
	case f.required:
		d.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: s.At, Message: f.label() + "不能为空"})
	case s.typed != "" && strings.TrimSpace(s.typed) == "":
		d.diags.Add(diag.Diagnostic{Rule: ruleTrimmed, Level: diag.Note, At: s.At, Message: f.label() + "只有空格，作没有填"})
	}
}

// single fills the struct of a table that may be given once.
func (d *decoder) single(dst reflect.Value, r ref, f field) {
	if r.n.kind == kindTables {
		d.diags.Add(diag.Diagnostic{Rule: ruleTwice, Level: diag.Error, At: r.at(),
			Message: f.label() + "只能有一个，不能用两层方括号", Hint: "写成 [" + f.key + "]"})
		r = r.with(r.n.children[0])
	}
	if d.is(r, kindTable, f) {
		d.table(dst, []ref{r}, false)
	}
}

// repeated fills a slice of structs.
func (d *decoder) repeated(dst reflect.Value, refs []ref, f field) {
	var elements []ref
	for _, r := range refs {
		switch r.n.kind {
		case kindTables, kindArray:
			for _, c := range r.n.children {
				if d.is(r.with(c), kindTable, f) && !(f.leaves && d.addsUp(r.with(c))) {
					elements = append(elements, r.with(c))
				}
			}
		case kindTable:
			d.diags.Add(diag.Diagnostic{Rule: ruleType, Level: diag.Error, At: r.at(), Message: f.label() + "可以有多个，要用两层方括号",
				Hint: "写成 [[" + f.key + "]]"})
			elements = append(elements, r)
		default:
			d.wrong(r, "表", f, "写成 [["+f.key+"]]，下面一行写一个键")
		}
	}
	out := reflect.MakeSlice(dst.Type(), len(elements), len(elements))
	for i, e := range elements {
		d.table(out.Index(i), []ref{e}, false)
	}
	dst.Set(out)
}

// is reports a node of another kind.
func (d *decoder) is(r ref, want kind, f field) bool {
	if r.n.kind == want {
		return true
	}
	hint := ""
	if want == kindTable {
		hint = "写成 [" + f.key + "]，下面一行写一个键"
	}
	d.wrong(r, want.String(), f, hint)
	return false
}

func (d *decoder) wrong(r ref, want string, f field, hint string) {
	if r.mended() {
		return
	}
	if r.n.kind == kindString && r.n.value == Unfilled {
		d.unfilled(r, f, "")
		return
	}
	d.diags.Add(diag.Diagnostic{Rule: ruleType, Level: diag.Error, At: r.at(),
		Message: f.label() + "应为" + want + "，这里是" + r.n.kind.String(), Hint: hint})
}
