package audit

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// What no table prints may yet be said twice: both times it is as much.

// sayingKey is what an amount is of, "" where its name is too general to be one thing's.
func (x *resolver) sayingKey(t *told, subject int) string {
	if subject < 0 || subject >= len(t.read.Subjects) {
		return ""
	}
	key, code := x.words.thing(&t.read.Subjects[subject])
	if key != "" && (x.now == nil || code != "") {
		return key
	}
	const least = 4 // characters
	key = ""
	for _, n := range t.read.Subjects[subject].Names {
		key += x.words.kernel(bareName(n.Text)) + "\x01"
	}
	if utf8.RuneCountInString(key) < least+1 || strings.ContainsAny(key, "0123456789") {
		return ""
	}
	return key
}

// classes holds the amount of a class against those of its items, which another section lists: of documents whose tables are
// published elsewhere.
func (x *resolver) classes() {
	if x.now != nil {
		return
	}
	byCode := map[string]saying{}
	for key, all := range x.said {
		if code, is := strings.CutPrefix(key, codeKey); is {
			byCode[code] = *all[0]
		}
	}
	codes := slices.Sorted(maps.Keys(byCode))
	for _, class := range codes {
		if len(class) != classDigits {
			continue
		}
		whole := byCode[class]
		var items []saying
		for i, c := range codes {
			below := i+1 < len(codes) && strings.HasPrefix(codes[i+1], c)
			if s := byCode[c]; c != class && strings.HasPrefix(c, class) && !below && s.t != whole.t && (len(items) == 0 || s.t == items[0].t) {
				items = append(items, s)
			}
		}
		if len(items) > 0 && x.allItems(items[0].t, len(items)) {
			x.class(whole, items)
		}
	}
}

// classDigits is the length of the code of a 类.
const classDigits = 3

// allItems reports whether a text gives no amounts but those of so many items.
func (x *resolver) allItems(t *told, items int) bool {
	sums := 0
	for i := range t.read.Numbers {
		if n := &t.read.Numbers[i]; n.Role == sentence.Sum && n.Kind == prose.Amount && n.Subject >= 0 {
			sums++
		}
	}
	return sums == items
}

// class holds one of them.
func (x *resolver) class(whole saying, items []saying) {
	n := &whole.t.read.Numbers[whole.i]
	var sum money.Amount
	places := n.Places
	var notes []diag.Related
	whole.t.hold(whole.i, "别处所列各项之和")
	for _, s := range items {
		m := &s.t.read.Numbers[s.i]
		s.t.hold(s.i, "别处写的类的合计")
		sum, places = sum.Add(m.Value), max(places, m.Places)
		notes = append(notes, diag.Related{Text: s.t.printedAs(s.i), At: s.t.at(s.i)})
	}
	if n.Value.Sub(sum).Abs().Cmp(money.ToleranceOf(len(items), n.Unit, places)) <= 0 && (n.Value.Equal(sum) || len(items) > 1) {
		return
	}
	d := diag.Diagnostic{Rule: "文表-010", Level: diag.Warning, At: whole.t.at(whole.i), Message: diag.Quote(whole.t.text.Section.V) + "里类的数与“" + items[0].t.text.Section.V + "”所列各项之和不同",
		Notes: notes, Hint: "核对类的数和各项的数；不是同一种资金的，写明是什么资金"}
	d.Numbers(money.Difference(money.Wan, n.Value, sum))
	x.r.Add(d)
}

// headingFund is the money that a section is about by its heading, "" where it says none.
func (x *resolver) headingFund(t *told) string {
	if f, known := x.fund[t]; known {
		return f
	}
	x.fund[t] = ""
	for _, f := range slices.Concat(budget.Funds()[:3], budget.FundGroups()) {
		if strings.Contains(prose.Squeeze(t.text.Section.V), f) {
			x.fund[t] = f
			break
		}
	}
	return x.fund[t]
}

// again holds an amount against what another section says of the same.
func (x *resolver) again(t *told, i int) {
	n := &t.read.Numbers[i]
	key := x.sayingKey(t, n.Subject)
	if key == "" {
		x.echo(t, i)
		return
	}
	for _, o := range x.said[key] {
		m := &o.t.read.Numbers[o.i]
		if o.t == t { // of one thing several parts may be told; nor is there another text behind it
			break
		}
		if x.headingFund(t) != x.headingFund(o.t) && !n.Value.Equal(m.Value) && !sentence.Near(n.Value, m.Value) {
			continue // of one of the budgets it is another number
		}
		t.hold(i, "别处写的同一个数")
		o.hold("别处写的同一个数")
		if prose.SameAmount(&n.Quantity, m.Value) || prose.SameAmount(&m.Quantity, n.Value) {
			continue
		}
		d := diag.Diagnostic{Rule: "文表-009", Level: diag.Warning, At: t.at(i), Message: diag.Quote(t.text.Section.V) + "与“" + o.t.text.Section.V + "”里写的同一个数不同",
			Notes: []diag.Related{{Text: "那里是 " + o.t.printedAs(o.i), At: o.t.at(o.i)}}, Hint: "同一个数处处相同；说的不是同一件事的，写明是什么"}
		d.Numbers(money.Difference(money.Wan, n.Value, m.Value))
		x.r.Add(d)
		break
	}
	as := key + "\x00" + t.printedAs(i)
	if s := x.own[as]; s != nil {
		s.also = append(s.also, i)
		return
	}
	x.own[as] = &saying{t: t, i: i}
	x.said[key] = append(x.said[key], x.own[as])
}

// echo holds an amount that the tables print only as a sum of others, which rounding leaves open, or not at all, against what
// another section says of the same name: there the last digit is the same, too.
func (x *resolver) echo(t *told, i int) {
	const (
		digits   = 4  // short numbers are as much by chance
		sections = 16 // that tell of one name
	)
	n := &t.read.Numbers[i]
	if n.Subject < 0 || len(strings.Trim(n.Literal, "0.")) < digits || len(t.read.Subjects[n.Subject].Names) == 0 {
		return
	}
	names := t.read.Subjects[n.Subject].Names
	key := "\x02" + bareName(names[len(names)-1].Text) // of whose money it is, the sections say in their own words
	for _, o := range x.said[key] {
		m := &o.t.read.Numbers[o.i]
		if o.t == t || n.Unit != m.Unit || n.Places != m.Places || n.Value.Equal(m.Value) || n.Value.Sub(m.Value).Abs().Cmp(money.ToleranceOf(3, n.Unit, n.Places)) > 0 {
			continue
		}
		d := diag.Diagnostic{Rule: "文表-009", Level: diag.Warning, At: t.at(i), Message: diag.Quote(t.text.Section.V) + "与“" + o.t.text.Section.V + "”里写的同一个数不同",
			Notes: []diag.Related{{Text: "那里是 " + o.t.printedAs(o.i), At: o.t.at(o.i)}}, Hint: "同一个数处处相同；说的不是同一件事的，写明是什么"}
		d.Numbers(money.Difference(money.Wan, n.Value, m.Value))
		x.r.Add(d)
		break
	}
	if len(x.said[key]) < sections {
		x.said[key] = append(x.said[key], &saying{t: t, i: i})
	}
}
