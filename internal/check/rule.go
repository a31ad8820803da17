package check

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// Rule describes one thing that the program may find wrong. Its ID is stable: people search their mail for it.
type Rule struct {
	ID      string
	Level   diag.Level // unless the pack says otherwise
	Title   string     // what is demanded, in a few words
	Formula string     // what it asserts
	Source  string     // the standard and clause, or the practice, that asks for it
	Example string     // what it finds
}

// family is rules that one pass over the data finds. A nil find means that another phase of the program finds them: but for
// those of package audit the pack cannot switch them, since a document could not be made.
type family struct {
	find  func(*Input, *Report)
	rules []Rule
	// audited says that package audit finds the rules. Packs may set them as they may those of this package.
	audited bool
	// leaves says that the rules speak of leaves and of what the program will print, not of a finished document.
	leaves bool
	// workbooks says that the rules speak of workbooks and exports, from which data folders are made, or of finished documents as
	// they were read.
	workbooks bool
}

// families are all rules of the program, in the order in which they are sought.
func families() []family {
	var out []family
	for _, part := range [][]family{aboutLeaves(identityRules()), aboutLeaves(formRules()), aboutLeaves(lineRules()), aboutLeaves(slipRules()), tableRules(), textRules(), publishedRules(), privacyRules(), loadingRules(), workbookRules(), {{find: balances, leaves: true}}} {
		out = append(out, part...)
	}
	return out
}

// aboutLeaves marks families that a finished document does not concern.
func aboutLeaves(list []family) []family {
	for i := range list {
		list[i].leaves = true
	}
	return list
}

// OfWorkbooks reports whether a rule is of workbooks, exports or finished documents as they were read: no data folder breaks it.
func OfWorkbooks(id string) bool {
	return slices.ContainsFunc(families(), func(f family) bool {
		return f.workbooks && slices.ContainsFunc(f.rules, func(r Rule) bool { return r.ID == id })
	})
}

// Rules are all rules of the program by id, those of the phases before and after check among them.
func Rules() []Rule {
	var out []Rule
	for _, f := range families() {
		out = append(out, f.rules...)
	}
	slices.SortStableFunc(out, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// FindRule returns the rule of an id.
func FindRule(id string) (Rule, bool) {
	all := Rules()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return all[i], true
}

// Report collects what rules find and applies the pack's settings.
type Report struct {
	found  []diag.Diagnostic
	folds  map[string]int // where the first of a kind stands in found
	levels map[string]*pack.RuleSetting
	off    map[string]*pack.RuleSetting
	left   map[string]int // how many findings of a rule that is off were left out
}

// List is all that was found, and of rules that the pack switched off how much was left out: nothing is silently off.
func (r *Report) List() diag.List {
	var l diag.List
	for _, d := range r.found {
		l.Add(d)
	}
	for _, id := range slices.Sorted(maps.Keys(r.left)) {
		s, n := r.off[id], r.left[id]
		rule, _ := FindRule(id)
		l.Add(diag.Diagnostic{Rule: "设定-001", Level: diag.Note, At: s.At,
			Message: fmt.Sprintf("模板设定不核对规则 %s（%s），略去了 %d 处", id, rule.Title, n), Notes: []diag.Related{{Text: "模板写的理由：" + s.Why}}})
	}
	return l
}

// silenced counts a finding of a rule that is off.
func (r *Report) silenced(rule string) bool {
	if r.off[rule] == nil {
		return false
	}
	if r.left == nil {
		r.left = map[string]int{}
	}
	r.left[rule]++
	return true
}

// Fold adds d, or where something of the same key was found before, notes d's place there: one cause, one message.
func (r *Report) Fold(key string, d diag.Diagnostic) {
	if r.silenced(d.Rule) {
		return
	}
	if i, ok := r.folds[key]; ok {
		text := d.Message
		if d.Stated != "" {
			text += "：" + d.Stated
		}
		if d.Want != "" && d.Want != r.found[i].Want {
			text += "，应为" + d.Want
		}
		r.found[i].Notes = append(r.found[i].Notes, diag.Related{Text: text, At: d.At})
		return
	}
	if r.folds == nil {
		r.folds = map[string]int{}
	}
	r.folds[key] = len(r.found)
	r.Add(d)
}

// Settings finds what is wrong with the rules that a pack sets.
func Settings(p *pack.Pack) diag.List { return NewReport(p).List() }

// NewReport takes the settings of the pack. A setting for a rule that is none, or that check does not find, is the pack
// author's slip.
func NewReport(p *pack.Pack) *Report {
	r := &Report{levels: map[string]*pack.RuleSetting{}, off: map[string]*pack.RuleSetting{}}
	for i := range p.Rules {
		s := &p.Rules[i]
		switch {
		case !Found(s.ID):
			d := diag.Diagnostic{Rule: "模板-013", Level: diag.Error, At: s.At, Message: "模板不能设置规则“" + s.ID + "”"}
			if near, ok := diag.Closest(s.ID, settable()); ok {
				d.Hint = diag.Meant(s.ID, near)
			}
			r.Add(d)
		case s.Off:
			r.off[s.ID] = s
		default:
			r.levels[s.ID] = s
		}
	}
	return r
}

// Add adds d unless the pack has switched its rule off.
func (r *Report) Add(d diag.Diagnostic) {
	if r.silenced(d.Rule) {
		return
	}
	if s := r.levels[d.Rule]; s != nil && s.Level != d.Level {
		d.Notes = append(d.Notes, diag.Related{Text: fmt.Sprintf("模板把级别由%s改为%s：%s", d.Level, s.Level, s.Why), At: s.At})
		d.Level = s.Level
	}
	r.found = append(r.found, d)
}

// Errorf adds an error; as diag.List does.
func (r *Report) Errorf(rule string, at diag.Range, format string, args ...any) {
	r.addf((*diag.List).Errorf, rule, at, format, args)
}

// Warnf adds a warning; as diag.List does.
func (r *Report) Warnf(rule string, at diag.Range, format string, args ...any) {
	r.addf((*diag.List).Warnf, rule, at, format, args)
}

func (r *Report) addf(add func(*diag.List, string, diag.Range, string, ...any), rule string, at diag.Range, format string, args []any) {
	var one diag.List
	add(&one, rule, at, format, args...)
	r.Add(one.Sorted()[0])
}

// settable are the rules that a pack may set.
func settable() []string {
	var out []string
	for _, r := range Rules() {
		if Found(r.ID) {
			out = append(out, r.ID)
		}
	}
	return out
}

// Found reports whether this package or audit finds the rule, so that a pack may set it.
func Found(id string) bool {
	return slices.ContainsFunc(families(), func(f family) bool {
		return (f.find != nil || f.audited) && slices.ContainsFunc(f.rules, func(r Rule) bool { return r.ID == id })
	})
}
