package source

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// What a patched file must say is worked out on the values of the file before, without its bytes, and held against what the
// patched bytes say when they are read.

// model is what a value or a table says.
type model struct {
	kind   ValueKind
	text   string
	remark string
	keys   map[string]*model // of a table
	items  []*model          // of a list
	table  bool
	list   bool
	loose  bool // nothing needs to be left of it when nothing is in it
}

// model is what a table of the file says.
func (s *site) model() *model {
	m := &model{table: true, keys: map[string]*model{}, remark: s.Remark(), loose: s.n.implicit}
	for _, n := range s.values() {
		m.keys[n.name] = s.valueModel(n)
	}
	for _, kid := range s.kids {
		m.adopt(kid, kid.model())
	}
	return m
}

func (s *site) valueModel(n *node) *model {
	m := s.itemModel(n)
	if !s.Inline {
		m.remark = s.File.remark(s.File.commentAfter(n.at.end, false))
	}
	return m
}

// itemModel is what a value, or an item of a list of them, says without the comment behind it.
func (s *site) itemModel(n *node) *model {
	m := &model{kind: s.File.valueKind(n), text: s.File.textOf(n)}
	if n.kind == kindArray {
		m.text, m.list = "", true
		for _, c := range n.children {
			m.items = append(m.items, s.itemModel(c))
		}
	}
	return m
}

// adopt puts a table where its parent has it.
func (m *model) adopt(s *site, inner *model) {
	if !s.Element {
		m.keys[s.key] = inner
		return
	}
	list := m.keys[s.key]
	if list == nil || !list.list {
		list = &model{list: true, kind: ListValue, loose: true}
		m.keys[s.key] = list
	}
	list.kind, list.remark, list.loose = ListValue, "", true
	if inner != nil {
		list.items = append(list.items, inner)
	}
}

// wanted is what a table must say when all is done.
func (s *site) wanted() *model {
	m := &model{table: true, keys: map[string]*model{}}
	if !s.made {
		m.remark, m.loose = s.Remark(), s.n.implicit
		for _, n := range s.values() {
			m.keys[n.name] = s.valueModel(n)
		}
	}
	if s.remark != nil {
		m.remark = *s.remark
	}
	for _, c := range s.changes {
		m.apply(c)
	}
	for _, kid := range s.kids {
		m.adoptAll(kid)
	}
	for _, x := range s.singles {
		m.adoptAll(x)
	}
	for _, x := range s.lists {
		m.adoptAll(x.row)
	}
	return m
}

// adoptAll puts an entry where its parent has it, and those behind it that are to be made.
func (m *model) adoptAll(s *site) {
	switch {
	case !s.gone:
		m.adopt(s, s.wanted())
	case s.Element && !s.made:
		m.adopt(s, nil) // its list may be left with nothing in it
	}
	for _, next := range s.after {
		m.adoptAll(next)
	}
}

func (m *model) apply(c change) {
	if c.unset {
		delete(m.keys, c.key)
		return
	}
	old := m.keys[c.key]
	if c.value != nil && !(old != nil && old.same(*c.value)) {
		m.keys[c.key] = c.value.model()
		if old != nil {
			m.keys[c.key].remark = old.remark
		}
	}
	if c.remark != nil && m.keys[c.key] != nil {
		m.keys[c.key].remark = *c.remark
	}
}

// model is what a literal says.
func (v Literal) model() *model {
	m := &model{kind: v.kind, text: v.text}
	if v.kind == TextsValue {
		m.text, m.list = "", true
		for _, item := range v.items {
			m.items = append(m.items, &model{kind: TextValue, text: item})
		}
	}
	return m
}

// same reports whether a value need not be written: it says what the literal says, however it is spelled.
func (m *model) same(v Literal) bool {
	if m.table || m.list != (v.kind == TextsValue) {
		return false
	}
	if m.list {
		return m.kind == TextsValue && slices.EqualFunc(m.items, v.items, func(a *model, b string) bool { return a.text == b })
	}
	if isNumber(m.kind) && isNumber(v.kind) {
		return sameNumber(m.text, v.text)
	}
	return m.kind == v.kind && m.text == v.text
}

func isNumber(k ValueKind) bool { return k == WholeValue || k == NumberValue }

// sameNumber reports whether two numbers in digits are the same.
func sameNumber(a, b string) bool {
	x, ok := plainly(a)
	y, both := plainly(b)
	return a == b || ok && both && x == y
}

// plainly is a number without what does not count; it is none with an exponent or to another base.
func plainly(s string) (string, bool) {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "+"), "_", "")
	digits := strings.TrimPrefix(s, "-")
	if strings.Trim(digits, "0123456789.") != "" || digits == "" {
		return s, false
	}
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	if strings.Trim(s, "-0.") == "" {
		return "0", true
	}
	return s, true
}

// differs is where another model says something else, "" if nowhere.
func (m *model) differs(got *model, at string) string {
	switch {
	case m.table != got.table || m.list != got.list:
		return at + ": another kind"
	case m.list && m.loose && len(m.items) == 0 && len(got.items) == 0:
		return ""
	case m.remark != got.remark:
		return fmt.Sprintf("%s: comment %q for %q", at, got.remark, m.remark)
	case m.list:
		if len(m.items) != len(got.items) {
			return fmt.Sprintf("%s: %d for %d", at, len(got.items), len(m.items))
		}
		for i := range m.items {
			if d := m.items[i].differs(got.items[i], fmt.Sprintf("%s[%d]", at, i)); d != "" {
				return d
			}
		}
		return ""
	case !m.table && (m.kind != got.kind || m.text != got.text):
		return fmt.Sprintf("%s: %.100q for %.100q", at, got.text, m.text)
	}
	for _, key := range slices.Sorted(maps.Keys(m.keys)) {
		x := got.keys[key]
		if x == nil && m.keys[key].mayBeMissing() {
			continue
		}
		if x == nil {
			return joinKey(at, key) + ": missing"
		}
		if d := m.keys[key].differs(x, joinKey(at, key)); d != "" {
			return d
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got.keys)) {
		if m.keys[key] == nil {
			return joinKey(at, key) + ": not asked for"
		}
	}
	return ""
}

// mayBeMissing reports whether a file may be without a table or list that has nothing in it.
func (m *model) mayBeMissing() bool {
	if !m.loose || len(m.items) > 0 {
		return false
	}
	for _, x := range m.keys {
		if !x.mayBeMissing() {
			return false
		}
	}
	return true
}
