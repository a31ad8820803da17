package budget

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Query selects lines. It is written as space-separated conditions, all of which must hold:
//
//	side=支出 fund=一般公共预算 kind=项目支出 function=201,208 economic=30217
//
// Values after one key are alternatives; `!=` excludes them; codes match by prefix. Without a side it means
// expenditure, or the procurement budget where it asks for what only that has (procurement, item, organization, reserved).
// The zero Query selects all expenditure.
type Query struct {
	conds    []cond
	view     View
	side     bool
	procured bool // asks for what only the procurement budget has
}

type cond struct {
	key    string
	on     property
	not    bool
	exact  bool // values are whole codes, and "" is none
	values []string
	text   string // as it was written, "" for what is made of key and values
}

// Keys are the words a query may use, in the order the pack author's guide lists them.
func Keys() []string { return slices.Clone(keys[:]) }

// keys by property.
var keys = [...]string{"side", "unit", "unitkind", "fund", "kind", "nature", "function", "economic", "project", "procurement", "purchase", "carried",
	"item", "organization", "reserved", "goals"}

// ParseQuery reads a query as a pack states it.
func ParseQuery(s string) (Query, error) {
	var q Query
	for _, f := range strings.Fields(s) {
		k, v, ok := strings.Cut(f, "=")
		if !ok || v == "" {
			return Query{}, fmt.Errorf("条件“%s”应写成 名称=值", f)
		}
		c := cond{key: strings.TrimSuffix(k, "!"), not: strings.HasSuffix(k, "!"), values: strings.Split(v, ","), text: f}
		if !slices.Contains(keys[:], c.key) {
			if near, ok := diag.Closest(c.key, keys[:]); ok {
				return Query{}, fmt.Errorf("不认识的条件“%s”，%s", c.key, diag.Meant(c.key, near))
			}
			return Query{}, fmt.Errorf("不认识的条件“%s”，可用的有 %s", c.key, strings.Join(keys[:], "、"))
		}
		if err := c.check(); err != nil {
			return Query{}, err
		}
		if c.key == "fund" {
			c.values = expandFunds(c.values)
		}
		q.add(c)
	}
	return q, q.Contradiction()
}

// Contradiction is the error that q asks another side for what only the procurement budget has: it would answer nothing.
func (q Query) Contradiction() error {
	if sides := q.Sides(); q.procured && slices.ContainsFunc(sides, func(s string) bool { return s != string(Purchases) }) {
		return fmt.Errorf("只有 side=政府采购 有 procurement、item、organization、reserved，和 side=%s 不能一起写；不写 side 就是问政府采购", strings.Join(sides, ","))
	}
	return nil
}

// check refuses values that no line can have.
func (c *cond) check() error {
	allowed := Values(c.key)
	for _, v := range c.values {
		switch {
		case c.key == "procurement" && v == None && !c.not:
			return fmt.Errorf("procurement=无 问不出数：政府采购预算里每一笔都有类别")
		case c.key == "function" || c.key == "economic":
			if v != None && strings.Trim(v, "0123456789") != "" {
				return fmt.Errorf("%s 的编码“%s”应全是数字", c.key, v)
			}
		case allowed == nil || slices.Contains(allowed, v):
		default:
			if near, ok := diag.Closest(v, allowed); ok {
				return fmt.Errorf("%s 没有“%s”，%s", c.key, v, diag.Meant(v, near))
			}
			return fmt.Errorf("%s 没有“%s”，可用的有 %s", c.key, v, strings.Join(allowed, "、"))
		}
	}
	return nil
}

// Values are all values that a key may have, nil where the author of the data gives them.
func Values(key string) []string {
	switch key {
	case "side":
		return []string{string(Expenditure), string(RevenueSide), string(CarryIn), string(CarryOut), string(Purchases)}
	case "fund":
		return append(Funds(), fundGroupNames()...)
	case "kind":
		return Kinds()
	case "nature":
		return []string{NaturePersonnel, NaturePublic}
	case "unitkind":
		return texts(unitKinds())
	case "carried", "goals":
		return []string{yesNo(true), yesNo(false)}
	case "reserved":
		return append(texts(reserves()), None)
	}
	return nil
}

func expandFunds(values []string) []string {
	var out []string
	for _, v := range values {
		if g := fundGroup(v); g != nil {
			out = append(out, g...)
			continue
		}
		out = append(out, v)
	}
	return out
}

func (q *Query) add(c cond) {
	c.on = propertyOf(c.key)
	q.conds = append(q.conds, c)
	switch c.key {
	case "side":
		q.side = true
	case "economic":
		q.view |= ByEconomy
	case "function":
		q.view |= ByFunction
	case "procurement", "item", "organization", "reserved":
		q.procured = true
	}
}

// And returns the query that demands both. The receiver is not changed.
func (q Query) And(p Query) Query {
	return Query{conds: append(slices.Clip(q.conds), p.conds...), view: q.view | p.view, side: q.side || p.side, procured: q.procured || p.procured}
}

// Where returns the query with one more condition: key is one of values.
func (q Query) Where(key string, values ...string) Query {
	q.conds = slices.Clip(q.conds)
	q.add(cond{key: key, values: values})
	return q
}

// Exactly returns the query with one more condition: a line has this value for key and no other, "" for none. Other than
// with Where, the condition says nothing of sides and views.
func (q Query) Exactly(key, value string) Query {
	q.conds = append(slices.Clip(q.conds), cond{key: key, on: propertyOf(key), exact: true, values: []string{value}, text: key + "=" + cmp.Or(value, None)})
	return q
}

// Without returns the query less its conditions on key.
func (q Query) Without(key string) Query {
	q.conds = slices.DeleteFunc(slices.Clone(q.conds), func(c cond) bool { return c.key == key })
	return q
}

// In returns the query asked of one view: rows by economic classification see the economic margin.
func (q Query) In(v View) Query {
	q.view |= v
	return q
}

// String is the query as written, with one blank between its conditions.
func (q Query) String() string {
	var out []string
	for _, c := range q.conds {
		out = append(out, cmp.Or(c.text, c.key+"="+strings.Join(c.values, ",")))
	}
	return strings.Join(out, " ")
}

// Along returns the query asked of what can be parted along d.
func (q Query) Along(d Dimension) Query {
	q.procured = q.procured || d.Key == "procurement"
	return q.In(d.View)
}

// Crosses reports whether q asks for function and economy at once, which margins cannot answer.
func (q Query) Crosses() bool { return q.view == ByFunction|ByEconomy }

// Mentions reports whether q has a condition on key.
func (q Query) Mentions(key string) bool {
	for i := range q.conds {
		if q.conds[i].key == key {
			return true
		}
	}
	return false
}

// Keys are the keys that q has a condition on.
func (q Query) Keys() []string {
	out := make([]string, len(q.conds))
	for i := range q.conds {
		out[i] = q.conds[i].key
	}
	return out
}

// Sides are the sides that q asks for, nil where it says nothing of them and means expenditure.
func (q Query) Sides() []string {
	for _, c := range q.conds {
		if c.key == "side" && !c.not {
			return slices.Clone(c.values)
		}
	}
	if q.procured && !q.side {
		return []string{string(Purchases)}
	}
	return nil
}

// Condition is one condition of a query: Key is one of Values, or with Not none of them. Sets of funds are spelled out. With
// Exact, values are whole codes, and "" is none.
type Condition struct {
	Key        string
	Not, Exact bool
	Values     []string
}

// Conditions are the conditions of q, for those who reason about queries instead of asking them. Without a condition
// on side, q means expenditure.
func (q Query) Conditions() []Condition {
	out := make([]Condition, len(q.conds))
	for i, c := range q.conds {
		out[i] = Condition{c.key, c.not, c.exact, slices.Clone(c.values)}
	}
	return out
}

// OfFundAndKind are the fund and the kind of expenditure that q asks for, "" for any; not ok where it asks for anything else.
func (q Query) OfFundAndKind() (fund, kind string, ok bool) {
	for _, c := range q.conds {
		switch {
		case c.not || len(c.values) != 1:
			return "", "", false
		case c.on == onFund && fund == "":
			fund = c.values[0]
		case c.on == onKind && kind == "":
			kind = c.values[0]
		case c.on != onSide || c.values[0] != string(Expenditure):
			return "", "", false
		}
	}
	return fund, kind, true
}

// Match reports whether l belongs to the sum.
func (q *Query) Match(l *Line) bool {
	if !q.sees(l) {
		return false
	}
	for i := range q.conds {
		if !q.conds[i].match(l) {
			return false
		}
	}
	return true
}

// Sees is where q looks, whatever its conditions say: on which side, "" where a condition says it, and in which views.
func (q Query) Sees() (Side, View) {
	side, view := Expenditure, q.view
	switch {
	case q.side:
		side = ""
	case q.procured:
		side = Purchases
	}
	if view == 0 {
		view = ByFunction
	}
	return side, view
}

// sees reports whether l is on the side and in the view that q asks of.
func (q *Query) sees(l *Line) bool {
	side, view := q.Sees()
	return (side == "" || l.Side == side) && l.View&view == view
}

func (c *cond) match(l *Line) bool {
	v, code := l.value(c.on), c.on == onFunction || c.on == onEconomic
	for _, x := range c.values {
		if v == x || code && c.code(v, x) || c.exact && x == "" && v == None || c.on == onProject && l.isProject(x) {
			return !c.not
		}
	}
	return c.not
}

// code reports whether a line's code is below the one asked for, or is none as asked for.
func (c *cond) code(v, asked string) bool {
	return !c.exact && (strings.HasPrefix(v, asked) || v == "" && asked == None)
}

// Value is what l has for a key of queries, "" for nothing. Codes are whole.
func (l *Line) Value(key string) string {
	p := propertyOf(key)
	if v := l.value(p); v != None || p == onFunction || p == onEconomic {
		return v
	}
	return ""
}

// property is what a condition looks at: the number of its key.
type property int

const (
	onSide property = iota
	onUnit
	onUnitKind
	onFund
	onKind
	onNature
	onFunction
	onEconomic
	onProject
	onProcurement
	onPurchase
	onCarried
	onItem
	onOrganization
	onReserved
	onGoals
)

func propertyOf(key string) property {
	for i := range keys {
		if keys[i] == key {
			return property(i)
		}
	}
	panic("budget: query key " + key)
}

func (l *Line) value(p property) string {
	switch p {
	case onSide:
		return string(l.Side)
	case onUnit:
		return l.Unit
	case onUnitKind:
		return l.UnitKind
	case onFund:
		return l.Fund
	case onKind:
		return l.Kind
	case onNature:
		return l.Nature
	case onFunction:
		return l.Function
	case onEconomic:
		return l.Economic
	case onProject:
		return l.Project
	case onProcurement:
		return orNone(l.Procure)
	case onPurchase:
		return orNone(l.Purchase)
	case onCarried:
		return yesNo(l.Carried)
	case onItem:
		return orNone(l.Item)
	case onOrganization:
		return orNone(l.Organize)
	case onReserved:
		return orNone(l.Reserved)
	}
	return yesNo(l.Goals)
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// None is how queries write an absent value.
const None = "无"

// orNone gives the absent value a name, so that `procurement!=无` can be asked.
func orNone(s string) string {
	if s == "" {
		return None
	}
	return s
}

// Figure is a computed number and the lines it sums.
type Figure struct {
	Value money.Amount
	Lines []int // indexes into Budget.Lines
}

// Figure sums the lines that q selects.
func (b *Budget) Figure(q Query) Figure {
	var f Figure
	b.Each(q, func(i int) {
		f.Value = f.Value.Add(b.Lines[i].Amount)
		f.Lines = append(f.Lines, i)
	})
	return f
}

// Sum is the value of the figure alone.
func (b *Budget) Sum(q Query) money.Amount {
	var s money.Amount
	b.Each(q, func(i int) { s = s.Add(b.Lines[i].Amount) })
	return s
}

// Any reports whether q selects a line at all, be its amount zero or not.
func (b *Budget) Any(q Query) bool {
	for _, i := range b.among(q) {
		if q.Match(&b.Lines[i]) {
			return true
		}
	}
	return false
}
