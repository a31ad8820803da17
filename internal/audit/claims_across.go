package audit

import (
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// spot is a number of one of the texts.
type spot struct {
	t *told
	i int
}

func (s spot) number() *sentence.Number { return &s.t.read.Numbers[s.i] }

// acrossTexts holds what the texts of a document say against each other, as far as no table is needed.
func acrossTexts(all []told, r *check.Report) {
	equalSums(all, r)
	equalChanges(all, r)
	equalRates(all, r)
	equalReasons(all, r)
	equalCounts(all, r)
}

// equalSums: what comes to the same and differs from last year tells mostly the same change: income and expenditure, a
// budget in several sections. Where it does not, a change that looks like the other misprinted is told.
func equalSums(all []told, r *check.Report) {
	grouped(all, func(t *told, i int) string {
		n := &t.read.Numbers[i]
		if n.Role != sentence.Change || n.Of < 0 || t.read.Numbers[n.Of].Value.IsZero() {
			return ""
		}
		return t.read.Numbers[n.Of].Value.In(money.Yuan, 2)
	}, func(list []spot) { alikeOf(list, "别处同一个数的变动额", r) })
}

// equalReasons: by how much one thing changes is told alike wherever it is a reason.
func equalReasons(all []told, r *check.Report) {
	strip := strings.NewReplacer("专项", "", "经费", "", "统一", "", "按照规定", "", "按规定", "", "“", "", "”", "")
	grouped(all, func(t *told, i int) string {
		n := &t.read.Numbers[i]
		if n.Role != sentence.Change || n.Of >= 0 || n.Subject < 0 {
			return ""
		}
		names := t.read.Subjects[n.Subject].Names
		return strip.Replace(names[len(names)-1].Text)
	}, func(list []spot) { alikeOf(list, "别处同一个原因的数", r) })
}

// grouped gives the numbers of one key together, in the order of the first of each; "" is no key.
func grouped(all []told, key func(t *told, i int) string, each func([]spot)) {
	of := map[string][]spot{}
	var order []string
	for k := range all {
		for i := range all[k].read.Numbers {
			name := key(&all[k], i)
			if name == "" {
				continue
			}
			if of[name] == nil {
				order = append(order, name)
			}
			of[name] = append(of[name], spot{&all[k], i})
		}
	}
	for _, name := range order {
		each(of[name])
	}
}

// alikeOf tells of the numbers that look like the one that most are.
func alikeOf(list []spot, what string, r *check.Report) {
	most, times := mostSaid(list)
	for _, s := range list {
		a, b := s.number(), most.number()
		if times > 1 && a.Value.Equal(b.Value) {
			s.t.hold(s.i, what)
		}
		if !sentence.Near(a.Value.Abs(), b.Value.Abs()) {
			continue
		}
		s.t.hold(s.i, what)
		d := diag.Diagnostic{Rule: likelyWrong, Level: diag.Warning, At: s.t.at(s.i), Message: diag.Quote(s.t.text.Section.V) + "里的数与" + what + "只差在一两个数字上",
			Notes: []diag.Related{{Text: what + " " + most.t.printedAs(most.i), At: most.t.at(most.i)}}, Hint: "多半有一处印错；确是不同的数不必改"}
		d.Numbers(money.Difference(money.Wan, a.Value, b.Value))
		r.Add(d)
	}
}

// equalCounts: how many there are of one thing is told alike. Cars and machines are counted twice, those that there are and
// those to be bought.
func equalCounts(all []told, r *check.Report) {
	first := map[string]spot{}
	for k := range all {
		t := &all[k]
		for i := range t.read.Numbers {
			n := &t.read.Numbers[i]
			if n.Role != sentence.Count || n.Subject < 0 || n.Sign != 0 || !slices.Contains([]string{"个", "家", "名"}, n.Measure) {
				continue
			}
			names := t.read.Subjects[n.Subject].Names
			key := names[len(names)-1].Text
			if key == "机关" {
				key = "行政单位"
			}
			key += n.Measure
			if !slices.ContainsFunc([]string{"单位", "委员会", "机构", "处室", "编制"}, func(w string) bool { return strings.Contains(key, w) }) {
				continue
			}
			before, ok := first[key]
			if !ok {
				first[key] = spot{t, i}
				continue
			}
			before.t.hold(before.i, "别处的个数")
			t.hold(i, "别处的个数")
			if b := before.number(); b.Kind == prose.Plain && !b.Value.Equal(n.Value) {
				r.Add(diag.Diagnostic{Rule: "单位-006", Level: diag.Warning, At: t.at(i), Message: diag.Quote(t.text.Section.V) + "里" + diag.Quote(names[len(names)-1].Text) + "的个数与别处不同",
					Stated: n.Literal + n.Measure, Want: b.Literal + b.Measure, Notes: []diag.Related{{Text: "别处在这里", At: before.t.at(before.i)}}, Hint: "核对两处"})
			}
		}
	}
}

// equalChanges: sums with one and the same change are mostly the same sum. One that looks like the other misprinted is told.
func equalChanges(all []told, r *check.Report) {
	grouped(all, func(t *told, i int) string {
		n := &t.read.Numbers[i]
		if n.Role != sentence.Change || n.Of < 0 || len(strings.Trim(n.Literal, "0.")) < 4 {
			return ""
		}
		return n.Value.In(money.Yuan, 2) + strconv.Itoa(n.Sign)
	}, func(list []spot) {
		for i := range list {
			list[i].i = list[i].number().Of
		}
		alikeOf(list, "别处变动额相同的数", r)
	})
}

// equalRates: what is cut everywhere alike is cut at one rate: 按规定压减10%.
func equalRates(all []told, r *check.Report) {
	const enough = 3
	grouped(all, func(t *told, i int) string {
		n := &t.read.Numbers[i]
		if n.Role != sentence.Rate || n.Of >= 0 || n.Sign == 0 {
			return ""
		}
		return t.text.Text.V[n.SignAt.Start:n.SignAt.End]
	}, func(list []spot) {
		most, times := mostSaid(list)
		if times < enough || len(list)-times > 1 {
			return
		}
		for _, s := range list {
			s.t.hold(s.i, "别处所说的同一比例")
			if n, m := s.number(), most.number(); !n.Value.Equal(m.Value) {
				r.Add(diag.Diagnostic{Rule: likelyWrong, Level: diag.Warning, At: s.t.at(s.i), Message: diag.Quote(s.t.text.Section.V) + "里的比例与别处不同",
					Stated: s.t.printedAs(s.i), Want: most.t.printedAs(most.i), Notes: []diag.Related{{Text: "别处在这里，共" + strconv.Itoa(times) + "处", At: most.t.at(most.i)}}, Hint: "核对两处；确是不同的比例不必改"})
			}
		}
	})
}

// mostSaid is the first of the numbers that most of a list are, and how many are.
func mostSaid(list []spot) (most spot, times int) {
	count := map[string]int{}
	for _, s := range list {
		count[s.number().Value.In(money.Yuan, 2)]++
	}
	for _, s := range list {
		if n := count[s.number().Value.In(money.Yuan, 2)]; n > times {
			most, times = s, n
		}
	}
	return most, times
}
