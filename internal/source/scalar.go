package source

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// literal is a value as it is spelled in the file.
func (r ref) literal() string { return string(r.f.text[r.n.at.start:r.n.at.end]) }

// Unfilled is the value that a new file has where its author is to fill something in.
const Unfilled = "请填"

// fillAmount is what is to be done about an amount that is not filled in; Gap knows such findings by it.
const fillAmount = "填上数字，没有的填 0"

func (d *decoder) unfilled(r ref, f field, hint string) {
	d.diags.Add(diag.Diagnostic{Rule: ruleMissing, Level: diag.Error, At: r.at(), Message: f.label() + "还没有填", Hint: hint})
}

func (d *decoder) string(r ref, f field) String {
	s := String{At: r.at(), file: r.f}
	if r.n.kind != kindString {
		hint := ""
		if r.n.kind > kindString {
			hint = "加英文引号，写成 \"" + r.literal() + "\""
			s.V = r.literal() // so that what needs it does not miss it as well
		}
		d.wrong(r, kindString.String(), f, hint)
		return s
	}
	s.V = r.n.value.(string)
	d.read(&s, f.text, f.label)
	s.way()
	if strings.Trim(s.V, "。\n ") == Unfilled {
		d.unfilled(r, f, "")
	}
	return s
}

func (d *decoder) int(r ref, f field) Int {
	v, ok := r.n.value.(int64)
	if !ok || int64(int(v)) != v {
		hint := ""
		if s, ok := r.n.value.(string); ok {
			s = strings.TrimSpace(character.Fold(s))
			if hint = "去掉引号"; leadingDigits.FindString(s) != s {
				hint = "只写数字，不加引号"
			}
			if n := leadingDigits.FindString(s); n != "" {
				hint += "，写成 " + n
			}
		}
		d.wrong(r, kindInteger.String(), f, hint)
		return Int{At: r.at()}
	}
	return Int{V: int(v), At: r.at(), Set: true}
}

func (d *decoder) bool(r ref, f field) Bool {
	v, ok := r.n.value.(bool)
	if !ok && !r.mended() {
		d.wrong(r, "“是”（true）或“否”（false）", f, "写成 "+f.key+" = true 或 "+f.key+" = false，不加引号")
		return Bool{At: r.at()}
	}
	return Bool{V: v, At: r.at(), Set: true}
}

var leadingDigits = regexp.MustCompile(`^\d+`)

func (d *decoder) date(r ref, f field) Date {
	if r.mended() {
		return Date{At: r.at()}
	}
	if r.n.kind == kindDate {
		y, m, day := r.n.value.(time.Time).Date()
		return Date{Time: time.Date(y, m, day, 0, 0, 0, 0, time.UTC), At: r.at(), Set: true}
	}
	if r.n.kind == kindString {
		if r.n.value == Unfilled {
			d.unfilled(r, f, "写成 2026-02-10")
			return Date{At: r.at()}
		}
		s := d.word(r, f)
		for _, layout := range []string{"2006-01-02", "2006年1月2日"} {
			if t, err := time.Parse(layout, s); err == nil {
				return Date{Time: t, At: r.at(), Set: true}
			}
		}
	}
	d.diags.Add(diag.Diagnostic{Rule: ruleDate, Level: diag.Error, At: r.at(), Message: f.label() + "应为日期", Stated: r.literal(),
		Hint: "写成 2026-02-10，月和日都是两位数，并且确有这一天"})
	return Date{At: r.at()}
}

// amountWithUnit is an amount that brings its own unit, in quotation marks.
var amountWithUnit = regexp.MustCompile(`^\s*([^\p{Han}]*?)\s*(亿元|万元|元)\s*$`)

// mended reports whether a slip, reported already, replaced the value.
func (r ref) mended() bool { return r.f.mended[r.n.at.start] }

func (d *decoder) amount(r ref, f field) Amount {
	a := Amount{At: r.at()}
	if r.mended() {
		return a
	}
	var literal string
	switch r.n.kind {
	case kindInteger, kindFloat:
		literal = r.literal()
	case kindString:
		literal = d.word(r, f)
	default:
		d.wrong(r, "金额", f, "")
		return a
	}
	if literal == Unfilled {
		d.unfilled(r, f, fillAmount)
		a.Set, a.Open = true, true // so that nobody asks for it once more
		return a
	}
	unit := r.unit
	if strings.Contains(literal, "元") {
		if m := amountWithUnit.FindStringSubmatch(literal); m != nil {
			unit, _ = money.ParseUnit(m[2])
			literal = m[1]
		}
	}
	v, err := money.Parse(literal, unit)
	if err != nil {
		d.diags.Add(diag.Diagnostic{Rule: ruleAmount, Level: diag.Error, At: r.at(), Message: f.label() + "：" + err.Error(),
			Stated: literal, Hint: "只写数字，如 4671.85 或 \"4,671.85\"，没有的写 0；单位在文件开头用 amount_unit 说明"})
		return a
	}
	a.Amount, a.Set = v, true
	d.typed(&a, f, literal, unit)
	return a
}

func (d *decoder) fields(r ref, f field) Fields {
	if !d.is(r, kindTable, f) {
		return nil
	}
	out := make(Fields, 0, len(r.n.children))
	for _, c := range r.n.children {
		key := d.keyOf(r, c)
		f := d.entry(f, key)
		value := d.string(r.with(c), f)
		d.empty(&value, r.with(c), f)
		out = append(out, Field{key, value})
	}
	return out
}

func (d *decoder) amountFields(r ref, f field) AmountFields {
	if !d.is(r, kindTable, f) {
		return nil
	}
	out := make(AmountFields, 0, len(r.n.children))
	for _, c := range r.n.children {
		key := d.keyOf(r, c)
		out = append(out, AmountField{key, d.amount(r.with(c), d.entry(f, key))})
	}
	return out
}

// entry is what a key of a free table is called.
func (d *decoder) entry(table field, key String) field {
	f := field{key: key.V, text: long}
	if d.Title != nil {
		f.zh = d.Title(table.key, key.V)
	}
	return f
}

func (d *decoder) keyOf(r ref, c *node) String {
	s := String{V: r.f.keyText(c.name), At: r.f.rng(c.key), file: r.f}
	d.read(&s, code, func() string { return "键名" + diag.Quote(character.Shown(s.V)) })
	return s
}

// Span is the place of the bytes of V from start to end.
func (s String) Span(start, end int) diag.Range {
	at := s.Line(start)
	if end > start {
		_, size := utf8.DecodeLastRuneInString(s.V[start:min(end, len(s.V))])
		at.End = s.Line(end - max(size, 1)).End
	}
	return at
}

// Line is the place of the character at a byte offset of V, in the file: inside long texts over several lines and with
// escapes it points at the line and column where the author finds the character. An offset at or beyond the end of V
// gives the end of the literal. For a String that no file holds it is At.
func (s String) Line(offset int) diag.Range {
	if s.file == nil || s.At.IsZero() {
		return s.At
	}
	v := s.V
	if s.typed != "" {
		offset, v = s.asTyped(offset), s.typed
	}
	text := s.file.text
	i, end, escapes := s.literal()
	if offset < len(v) && (s.plain || s.ways == nil && s.plainly(i, end, v, escapes)) {
		for !utf8.RuneStart(v[offset]) && offset > 0 {
			offset--
		}
		_, n := utf8.DecodeRuneInString(v[offset:])
		return s.file.rng(span{i + offset, i + offset + n}) // nothing in it is an escape
	}
	j := 0
	if k, _ := slices.BinarySearchFunc(s.ways, offset, func(w waypoint, at int) int { return cmp.Compare(w.value, at+1) }); k > 0 {
		i, j = i+s.ways[k-1].literal, s.ways[k-1].value
	}
	for i < end {
		n, made := unitAt(text[i:end], v[min(j, len(v)):], escapes)
		if offset < j+made {
			return s.file.rng(span{i, i + n})
		}
		i, j = i+n, j+made
	}
	return s.file.rng(span{end, end})
}

// literal is where the text of a literal begins and ends, and whether it may have escapes.
func (s *String) literal() (from, to int, escapes bool) {
	text, base := s.file.text, int(s.At.Start.Offset)
	from, to = base, int(s.At.End.Offset)
	open := openingLen(text[from:to])
	from, to = from+open, max(to-min(open, 3), from+open)
	if open >= 3 { // a line break right after the opening marks is not part of the text
		if strings.HasPrefix(string(text[from:min(from+2, to)]), "\r\n") {
			from += 2
		} else if from < to && text[from] == '\n' {
			from++
		}
	}
	return from, to, text[base] == '"'
}

// plainly reports whether the literal is the text, without escapes.
func (s *String) plainly(from, to int, v string, escapes bool) bool {
	return to-from >= len(v) && string(s.file.text[from:from+len(v)]) == v && !(escapes && strings.Contains(v, `\`))
}

// openingLen is the number of quotation marks that open a literal: 0 for a bare key.
func openingLen(b []byte) int {
	switch {
	case len(b) >= 6 && (strings.HasPrefix(string(b[:3]), `"""`) || strings.HasPrefix(string(b[:3]), "'''")):
		return 3
	case len(b) > 0 && (b[0] == '"' || b[0] == '\''):
		return 1
	}
	return 0
}

// unitAt is the length of the character or escape at the start of raw and of what it makes of the rest of the value.
func unitAt(raw []byte, value string, escapes bool) (n, made int) {
	_, made = utf8.DecodeRuneInString(value)
	if !escapes || raw[0] != '\\' || len(raw) < 2 {
		if raw[0] == '\r' && !strings.HasPrefix(value, "\r") {
			return 1, 0 // BurntSushi may read CRLF as LF
		}
		_, n = utf8.DecodeRune(raw)
		return n, made
	}
	switch raw[1] {
	case 'x':
		return min(4, len(raw)), made
	case 'u':
		return min(6, len(raw)), made
	case 'U':
		return min(10, len(raw)), made
	case ' ', '\t', '\r', '\n': // a line-ending backslash swallows the blanks that follow
		for n = 1; n < len(raw) && strings.IndexByte(" \t\r\n", raw[n]) >= 0; n++ {
		}
		return n, 0
	}
	return 2, made
}
