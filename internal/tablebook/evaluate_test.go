package tablebook_test

import (
	"fmt"
	"html"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// calc works formulas of a workbook out with exact fractions: as much of them as 校核 uses, and nothing else.
type calc struct {
	t      testing.TB
	values map[string]any // numbers and texts by 'sheet'!A1
	names  map[string]string
	forms  map[string]string // formulas by the same
	order  []string          // cells with formulas
	open   map[string]bool   // being worked out
	areas  map[string]area   // by name, once somebody asked
}

type area []any

// cellOf is a cell as the workbook has it: its place, its kind, formula, value, text.
var cellOf = regexp.MustCompile(`<c(?: xml:space="preserve")? r="([A-Z]+\d+)"(?: s="\d+")?(?: t="(\w+)")?>(?:<f>(.*?)</f>)?(?:<v>(.*?)</v>)?(?:<is><t[^>]*>((?s:.*?))</t></is>)?</c>`)

// calcOf reads a workbook of ours.
func calcOf(t testing.TB, raw []byte) *calc {
	t.Helper()
	c := &calc{t: t, values: map[string]any{}, names: map[string]string{}, forms: map[string]string{}, open: map[string]bool{}, areas: map[string]area{}}
	parts := map[string]string{}
	repacked(t, raw, func(name, part string) string { parts[name] = part; return part })
	book := parts["xl/workbook.xml"]
	for _, m := range regexp.MustCompile(`<definedName [^>]*?name="([^"]*)"[^>]*>([^<]*)<`).FindAllStringSubmatch(book, -1) {
		c.names[m[1]] = html.UnescapeString(m[2])
	}
	for i, m := range regexp.MustCompile(`<sheet name="([^"]*)"`).FindAllStringSubmatch(book, -1) {
		part := parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)]
		found := cellOf.FindAllStringSubmatch(part, -1)
		if n := strings.Count(part, "<c r=") + strings.Count(part, "<c xml:space"); n != len(found) || n == 0 {
			t.Fatalf("%s has %d cells, %d were understood", m[1], n, len(found))
		}
		for _, x := range found {
			key := html.UnescapeString(m[1]) + "!" + x[1]
			switch {
			case x[2] == "inlineStr":
				c.values[key] = html.UnescapeString(x[5])
			case x[2] == "str":
				c.values[key] = html.UnescapeString(x[4])
			case x[4] != "":
				r, ok := new(big.Rat).SetString(x[4])
				if !ok {
					t.Fatalf("%s is %q", key, x[4])
				}
				c.values[key] = r
			}
			if x[3] != "" {
				c.forms[key] = html.UnescapeString(x[3])
				c.order = append(c.order, key)
			}
		}
	}
	return c
}

// again forgets what stood beside formulas.
func (c *calc) again() {
	for _, key := range c.order {
		delete(c.values, key)
	}
	clear(c.areas)
}

func (c *calc) cell(key string) any {
	if v, known := c.values[key]; known {
		return v
	}
	f, ok := c.forms[key]
	if !ok {
		return nil
	}
	if c.open[key] {
		c.t.Fatalf("%s is made of itself", key)
	}
	c.open[key] = true
	sheet, _, _ := strings.Cut(key, "!")
	p := &reader{c: c, sheet: sheet, s: f}
	v := p.compare()
	if p.s != "" {
		c.t.Fatalf("%s: %s: left %q", key, f, p.s)
	}
	delete(c.open, key)
	c.values[key] = v
	return v
}

// reader reads a formula and works it out.
type reader struct {
	c        *calc
	sheet, s string
}

func (p *reader) take(token string) bool {
	if strings.HasPrefix(p.s, token) {
		p.s = p.s[len(token):]
		return true
	}
	return false
}

func (p *reader) must(token string) {
	if !p.take(token) {
		p.c.t.Fatalf("formula has no %q at %q", token, p.s)
	}
}

func num(v any) *big.Rat {
	switch v := v.(type) {
	case *big.Rat:
		return v
	case bool:
		if v {
			return big.NewRat(1, 1)
		}
	}
	return new(big.Rat)
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case *big.Rat:
		if v.IsInt() {
			return v.Num().String()
		}
		return strings.TrimRight(v.FloatString(10), "0")
	}
	return ""
}

func (p *reader) compare() any {
	a := p.concat()
	for _, op := range []string{"<=", ">=", "<>", "=", "<", ">"} {
		if !p.take(op) {
			continue
		}
		n := num(a).Cmp(num(p.concat()))
		return map[string]bool{"<=": n <= 0, ">=": n >= 0, "<>": n != 0, "=": n == 0, "<": n < 0, ">": n > 0}[op]
	}
	return a
}

func (p *reader) concat() any {
	a := p.add()
	for p.take("&") {
		a = text(a) + text(p.add())
	}
	return a
}

func (p *reader) add() any {
	a := p.mul()
	for {
		switch {
		case p.take("+"):
			a = new(big.Rat).Add(num(a), num(p.mul()))
		case p.take("-"):
			a = new(big.Rat).Sub(num(a), num(p.mul()))
		default:
			return a
		}
	}
}

func (p *reader) mul() any {
	a := p.unary()
	for {
		switch {
		case p.take("*"):
			a = new(big.Rat).Mul(num(a), num(p.unary()))
		case p.take("/"):
			b := num(p.unary())
			if b.Sign() == 0 {
				p.c.t.Fatalf("division by zero before %q", p.s)
			}
			a = new(big.Rat).Quo(num(a), b)
		default:
			return a
		}
	}
}

func (p *reader) unary() any {
	if p.take("-") {
		return new(big.Rat).Neg(num(p.unary()))
	}
	return p.primary()
}

var (
	digitsAt = regexp.MustCompile(`^\d+(\.\d+)?`)
	cellRef  = regexp.MustCompile(`^\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?`)
)

func (p *reader) primary() any {
	switch {
	case p.take("("):
		v := p.compare()
		p.must(")")
		return v
	case p.take(`"`):
		return p.quoted('"')
	case p.take("{"):
		var out area
		for !p.take("}") {
			p.must(`"`)
			out = append(out, p.quoted('"'))
			p.take(",")
		}
		return out
	case p.take("'"):
		sheet := p.quoted('\'')
		p.must("!")
		return p.ref(sheet)
	}
	if d := digitsAt.FindString(p.s); d != "" {
		p.s = p.s[len(d):]
		r, _ := new(big.Rat).SetString(d)
		return r
	}
	if m := cellRef.FindString(p.s); m != "" && !strings.HasPrefix(p.s[len(m):], "(") {
		return p.ref(p.sheet)
	}
	n := strings.IndexFunc(p.s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n < 0 {
		n = len(p.s)
	}
	name := p.s[:n]
	p.s = p.s[n:]
	if p.take("(") {
		return p.call(name)
	}
	if v, known := p.c.areas[name]; known {
		return v
	}
	to, ok := p.c.names[name]
	if !ok {
		p.c.t.Fatalf("no range is called %q", name)
	}
	q := &reader{c: p.c, s: to}
	p.c.areas[name] = q.primary().(area)
	return p.c.areas[name]
}

func (p *reader) quoted(mark byte) string {
	out := ""
	for {
		i := strings.IndexByte(p.s, mark)
		out += p.s[:i]
		p.s = p.s[i+1:]
		if p.s == "" || p.s[0] != mark {
			return out
		}
		out += string(mark)
		p.s = p.s[1:]
	}
}

func (p *reader) ref(sheet string) any {
	m := cellRef.FindStringSubmatch(p.s)
	if m == nil {
		p.c.t.Fatalf("no cell at %q", p.s)
	}
	p.s = p.s[len(m[0]):]
	if m[3] == "" {
		return p.c.cell(sheet + "!" + m[1] + m[2])
	}
	if m[1] != m[3] {
		p.c.t.Fatalf("a range of several columns: %s", m[0])
	}
	var out area
	var from, to int
	fmt.Sscan(m[2], &from)
	fmt.Sscan(m[4], &to)
	for i := from; i <= to; i++ {
		out = append(out, p.c.cell(fmt.Sprintf("%s!%s%d", sheet, m[1], i)))
	}
	return out
}

func (p *reader) call(name string) any {
	var args []any
	for !p.take(")") {
		args = append(args, p.compare())
		p.take(",")
	}
	switch name {
	case "SUMIFS":
		return p.c.sumifs(args)
	case "SUMPRODUCT", "SUM":
		sum := new(big.Rat)
		list, ok := args[0].(area)
		if !ok {
			list = area{args[0]}
		}
		for _, v := range list {
			sum.Add(sum, num(v))
		}
		return sum
	case "ROUND":
		return rounded(num(args[0]), int(num(args[1]).Num().Int64()))
	case "ABS":
		return new(big.Rat).Abs(num(args[0]))
	case "SIGN":
		return big.NewRat(int64(num(args[0]).Sign()), 1)
	case "MOD":
		q := new(big.Rat).Quo(num(args[0]), num(args[1]))
		whole := new(big.Int).Div(q.Num(), q.Denom())
		return new(big.Rat).Sub(num(args[0]), new(big.Rat).Mul(new(big.Rat).SetInt(whole), num(args[1])))
	case "ISTEXT", "ISNUMBER":
		_, is := args[0].(string)
		if name == "ISNUMBER" {
			_, is = args[0].(*big.Rat)
		}
		return is
	case "EXACT":
		return args[0] == args[1]
	case "N":
		return num(args[0])
	case "IF":
		if args[0] == true {
			return args[1]
		}
		return args[2]
	case "AND", "OR":
		for _, v := range args {
			if (v == true) == (name == "OR") {
				return v
			}
		}
		return name == "AND"
	case "HYPERLINK":
		return args[1]
	case "COUNTA", "COUNTIF":
		n := int64(0)
		for _, v := range args[0].(area) {
			if v != nil && (name == "COUNTA" || v == args[1]) {
				n++
			}
		}
		return big.NewRat(n, 1)
	}
	p.c.t.Fatalf("no function %s", name)
	return nil
}

// sumifs adds up; of several patterns for one range, a number each.
func (c *calc) sumifs(args []any) any {
	of := args[0].(area)
	for i := 2; i < len(args); i += 2 {
		list, several := args[i].(area)
		if !several {
			continue
		}
		var out area
		for _, p := range list {
			one := append([]any{}, args...)
			one[i] = p
			out = append(out, c.sumifs(one))
		}
		return out
	}
	list := slices.Clone(of)
	for i := 1; i < len(args); i += 2 {
		likes := matcher(args[i+1].(string))
		for k, v := range args[i].(area) {
			if list[k] != nil && !likes(text(v)) {
				list[k] = nil
			}
		}
	}
	sum := new(big.Rat)
	for _, v := range list {
		if v != nil {
			sum.Add(sum, num(v))
		}
	}
	return sum
}

var unescape = strings.NewReplacer("~~", "~", "~*", "*", "~?", "?")

// matcher tells which texts are as a pattern of SUMIFS asks.
func matcher(pattern string) func(s string) bool {
	if rest, not := strings.CutPrefix(pattern, "<>"); not {
		is := matcher(rest)
		return func(s string) bool { return !is(s) }
	}
	pattern = strings.TrimPrefix(pattern, "=")
	if head, ok := strings.CutSuffix(pattern, "*"); ok && !strings.HasSuffix(head, "~") {
		head = unescape.Replace(head)
		return func(s string) bool { return strings.HasPrefix(s, head) }
	}
	pattern = unescape.Replace(pattern)
	return func(s string) bool { return strings.EqualFold(s, pattern) }
}

// rounded is half away from zero.
func rounded(r *big.Rat, places int) *big.Rat {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	x := new(big.Rat).Abs(new(big.Rat).Mul(r, scale))
	x.Add(x, big.NewRat(1, 2))
	out := new(big.Rat).SetInt(new(big.Int).Quo(x.Num(), x.Denom()))
	if r.Sign() < 0 {
		out.Neg(out)
	}
	return out.Quo(out, scale)
}
