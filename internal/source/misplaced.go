package source

import (
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
)

// misplaced reports what a file has in the wrong place: rows of a spreadsheet, entries without their header line.
func (d *decoder) misplaced(f *File, top plan) {
	d.spreadsheetRows(f, top)
	for _, e := range f.headless {
		d.headless(f, e.at, e.table, d.labelOf(e.table), true)
	}
}

func (d *decoder) headless(f *File, at span, table, label string, many bool) {
	header := "[" + table + "]"
	if many {
		header = "[" + header + "]"
	}
	place := f.rng(at)
	d.diags.Add(diag.Diagnostic{Rule: ruleHeadless, Level: diag.Error, At: place,
		Message: "第" + strconv.Itoa(place.Start.Line) + "行起像是另一个" + label + "，上面少了一行 " + header, Hint: "在这一行上面补上 " + header})
}

// place is a table of the schema.
type place struct {
	path, label string
	many        bool
	keys        []string
}

// places lists the tables of the schema, those within others too; one within its own kind once.
func (d *decoder) places(t reflect.Type, above string, outer ...reflect.Type) []place {
	var out []place
	outer = append(outer, t)
	for _, f := range d.plan(t).fields {
		ft := t.Field(f.index).Type
		if ft.Kind() == reflect.Pointer || ft.Kind() == reflect.Slice {
			ft = ft.Elem()
		}
		if ft.Kind() != reflect.Struct || isScalar(ft) || isFields(t.Field(f.index).Type) || slices.Contains(outer, ft) {
			continue
		}
		p := place{path: above + f.key, label: f.zh, many: f.repeated}
		for _, inner := range d.plan(ft).fields {
			p.keys = append(p.keys, inner.key)
		}
		out = append(append(out, p), d.places(ft, p.path+".", outer...)...)
	}
	return out
}

func (d *decoder) labelOf(path string) string {
	for _, p := range d.places(d.root, "") {
		if p.path == path {
			return diag.Quote(p.label)
		}
	}
	return "一段"
}

// strangers are the children of a table that it does not know, and at the top of a file all values.
func (p plan) strangers(n *node, top bool) []*node {
	var out []*node
	for _, c := range n.children {
		if top && c.name == AmountUnit {
			continue
		}
		if top && isValue(c) || !slices.ContainsFunc(p.fields, func(f field) bool { return f.key == c.name }) {
			out = append(out, c)
		}
	}
	return out
}

// strangers reports what a table does not know. Values, at least two, that one table of the schema knows together are its own,
// and its header line is lost: that is said once, and they are left out of the table returned.
func (d *decoder) strangers(t ref, list []*node, p plan, top bool) *node {
	var values []*node
	for _, c := range list {
		if isValue(c) {
			values = append(values, c)
		}
	}
	best := -1
	all := d.places(d.root, "")
	for i, p := range all {
		if len(values) < 2 || slices.ContainsFunc(values, func(c *node) bool { return !slices.Contains(p.keys, c.name) }) {
			continue
		}
		if best < 0 || len(p.keys) < len(all[best].keys) {
			best = i
		}
	}
	if best >= 0 {
		d.headless(t.f, values[0].key, all[best].path, diag.Quote(all[best].label), all[best].many)
		t.f.lost, d.broken = true, true
		left := *t.n
		left.index = nil
		left.children = slices.DeleteFunc(slices.Clone(left.children), func(c *node) bool { return slices.Contains(values, c) })
		t.n = &left
	}
	for _, c := range list {
		known := slices.ContainsFunc(p.fields, func(f field) bool { return f.key == c.name })
		if !known && !(best >= 0 && slices.Contains(values, c)) {
			d.unknown(t.with(c), p.fields, top)
		}
	}
	return t.n
}

// noTable reports a table that the data must have and that no file has.
func (d *decoder) noTable(f *File, want field) {
	file := want.key + ".toml"
	x := diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: diag.Range{File: path.Dir(f.Path)}, Message: "没有 " + file + "，别的文件里也没有 [" + want.key + "] 这一段",
		Hint: "补上这个文件，第一行写 [" + want.key + "]；新建数据目录用 yusuan new"}
	if i := slices.IndexFunc(d.files, func(f *File) bool { return path.Base(f.Path) == file }); i >= 0 {
		start := diag.Pos{Line: 1, Column: 1}
		x.At = diag.Range{File: d.files[i].Path, Start: start, End: start}
		x.Message = file + " 里没有 [" + want.key + "] 这一行"
		x.Hint = "在最前面补上 [" + want.key + "]"
	}
	d.diags.Add(x)
}

// isValue reports whether a node is a value or a list of values, and no table.
func isValue(n *node) bool {
	return n.kind >= kindString || n.kind == kindArray && (len(n.children) == 0 || n.children[0].kind >= kindString)
}

// sums are the words for lines that add up others.
var sums = [...]string{"合计", "小计", "总计", "共计", "累计"}

// isSum reports whether a cell names a line that adds up others: 合计, 合　计, 支出总计.
func isSum(cell string) bool {
	const most = 8 // characters: longer ones are names that end so
	s := strings.Join(strings.Fields(strings.TrimRight(cell, "：:")), "")
	return len([]rune(s)) <= most && slices.ContainsFunc(sums[:], func(w string) bool { return strings.HasSuffix(s, w) })
}

// notFilled is why a line that adds up others goes.
const notFilled = "合计、小计行不填，由程序计算"

func (r row) addsUp() bool { return slices.ContainsFunc(r.cells, isSum) }

// addsUp reports an entry that adds up others, and whether it is one.
func (d *decoder) addsUp(r ref) bool {
	for _, c := range r.n.children {
		if s, ok := c.value.(string); ok && c.kind == kindString && isSum(s) {
			d.diags.Add(diag.Diagnostic{Rule: ruleSum, Level: diag.Error, At: r.f.rng(c.at), Message: "这是" + diag.Quote(strings.TrimSpace(s)) + "一行：" + notFilled,
				Hint: "删去这一行；要核对合计的，写在 [[stated]] 里"})
			return true
		}
	}
	return false
}

// spreadsheetRows reports the rows that were pasted, those that follow one another once.
func (d *decoder) spreadsheetRows(f *File, top plan) {
	for i := 0; i < len(f.pasted); {
		n := i + 1
		for n < len(f.pasted) && f.line(f.pasted[n].at.start) == f.line(f.pasted[n-1].at.start)+1 {
			n++
		}
		d.spreadsheetBlock(f, top, f.pasted[i:n])
		i = n
	}
}

func (d *decoder) spreadsheetBlock(f *File, top plan, rows []row) {
	const most = 10 // rows that are written out
	x := diag.Diagnostic{Rule: rulePasted, Level: diag.Error, At: f.rng(rows[0].at), Message: "这一行像是从表格粘来的，要写成键和值"}
	if len(rows) > 1 {
		x.Message = "从这一行起的 " + strconv.Itoa(len(rows)) + " 行像是从表格粘来的，要写成键和值"
	}
	first := slices.IndexFunc(rows, func(r row) bool { return !r.addsUp() })
	switch {
	case first < 0:
		x.Message = strings.TrimSuffix(x.Message, "，要写成键和值")
		x.Hint = "删去；" + notFilled
	case len(rows) > 1:
		x.Hint = "每一行都写成这样：" + d.written(f, top, rows[first])
	default:
		x.Hint = "写成 " + d.written(f, top, rows[first])
	}
	for i, r := range rows[:min(len(rows), most)] {
		if i != first && first >= 0 {
			x.Notes = append(x.Notes, diag.Related{Text: d.written(f, top, r), At: f.rng(r.at)})
		}
	}
	if len(rows) > most {
		x.Notes = append(x.Notes, diag.Related{Text: "……"})
	}
	d.diags.Add(x)
}

// written is a pasted row in TOML, with the keys of the entry that stands in the table already, or those that are required.
func (d *decoder) written(f *File, top plan, r row) string {
	if r.addsUp() {
		return "（删去这一行；" + notFilled + "）"
	}
	list := f.root.child(r.table)
	if list != nil && (list.kind == kindArray || list.kind == kindTables) && len(list.children) > 0 && list.children[0].kind == kindTable {
		return shape(f, list.children[0], r, list.kind == kindTables)
	}
	i := slices.IndexFunc(top.fields, func(x field) bool { return x.key == r.table && x.repeated })
	if i < 0 {
		return "{ 键名 = 值, … }，一行一笔，键名见文件开头的说明"
	}
	var pairs []string
	for _, x := range d.plan(d.root.Field(top.fields[i].index).Type.Elem()).fields {
		if !x.required {
			continue
		}
		value := "…"
		if n := len(pairs); n < len(r.cells) {
			value = literalOf(r.cells[n], "")
		}
		pairs = append(pairs, x.key+" = "+value)
	}
	return "{ " + strings.Join(pairs, ", ") + " }，行末加英文逗号"
}

// shape writes the cells of a row after the model of another entry: each value takes the next cell of its kind, so that
// columns of names between those of codes fall out. Where the cells do not fit, it is the model.
func shape(f *File, model *node, r row, headed bool) string {
	var pairs []string
	next := 0
	for _, c := range model.children {
		was := string(f.text[c.at.start:c.at.end])
		for next < len(r.cells) && !fits(r.cells[next], was) {
			next++
		}
		if next == len(r.cells) {
			pairs = nil
			break
		}
		pairs = append(pairs, f.keyText(c.name)+" = "+literalOf(r.cells[next], was))
		next++
	}
	if pairs == nil {
		for _, c := range model.children {
			pairs = append(pairs, f.keyText(c.name)+" = …")
		}
	}
	if headed {
		return "[[" + r.table + "]] 一段，下面各占一行：" + strings.Join(pairs, "；")
	}
	return "{ " + strings.Join(pairs, ", ") + " }，行末加英文逗号"
}

// fits reports whether a cell may stand where was stands: digits as many as a code has, a number, or any text.
func fits(cell, was string) bool {
	if text := strings.Trim(was, `"'`); text != was {
		return !isDigits(text) || isDigits(cell) && len(cell) == len(text)
	}
	return number(was) == "" || number(cell) != ""
}

// literalOf is a cell as a value of TOML, in quotation marks where was has some.
func literalOf(cell, was string) string {
	n := number(cell)
	if n == "" || strings.HasPrefix(was, `"`) || strings.HasPrefix(was, "'") || was == "" && isDigits(cell) && len(cell) >= 5 && len(cell) <= 7 {
		return `"` + cell + `"`
	}
	return n
}
