package audit

import (
	"strings"
	"unicode/utf8"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
)

// What no table prints may yet be said twice: both times it is as much.

// sayingKey is what an amount is of, "" where its name is too general to be one thing's.
func (x *resolver) sayingKey(t *told, subject int) string {
	if subject < 0 || subject >= len(t.read.Subjects) {
		return ""
	}
	const least = 4 // characters
	key := ""
	for _, n := range t.read.Subjects[subject].Names {
		key += x.words.kernel(bareName(n.Text)) + "\x01"
	}
	if utf8.RuneCountInString(key) < least+1 || strings.ContainsAny(key, "0123456789") {
		return ""
	}
	return key
}

// again holds an amount against what another section says of the same.
func (x *resolver) again(t *told, i int) {
	n := &t.read.Numbers[i]
	key := x.sayingKey(t, n.Subject)
	if key == "" {
		return
	}
	for _, o := range x.said[key] {
		m := &o.t.read.Numbers[o.i]
		if o.t == t { // of one thing several parts may be told
			continue
		}
		t.hold(i, "别处写的同一个数")
		o.t.hold(o.i, "别处写的同一个数")
		if prose.SameAmount(&n.Quantity, m.Value) || prose.SameAmount(&m.Quantity, n.Value) {
			continue
		}
		d := diag.Diagnostic{Rule: "文表-009", Level: diag.Warning, At: t.at(i), Message: diag.Quote(t.text.Section.V) + "与“" + o.t.text.Section.V + "”里写的同一个数不同",
			Notes: []diag.Related{{Text: "那里是 " + o.t.printedAs(o.i), At: o.t.at(o.i)}}, Hint: "同一个数处处相同；说的不是同一件事的，写明是什么"}
		d.Numbers(money.Difference(money.Wan, n.Value, m.Value))
		x.r.Add(d)
		break
	}
	x.said[key] = append(x.said[key], saying{t, i})
}
