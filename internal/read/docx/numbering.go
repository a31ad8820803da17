package docx

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// levels is how many levels a list has.
const levels = 9

// level is a level of a list as it is described.
type level struct {
	format  string // decimal, chineseCounting
	text    string // %1、
	start   int
	legal   bool // all numbers in Arabic digits
	style   string
	suffix  string
	restart int // the level after which it begins anew, from 1; 0 never; -1 after any above it
}

// list is an abstract list.
type list struct {
	levels [levels]*level
	link   string // the style whose list it is
	counts [levels]int
	begun  [levels]bool
}

// instance is a list as paragraphs name it.
type instance struct {
	of     string
	starts [levels]int // -1 for none
	own    [levels]*level
	used   [levels]bool
}

// numbering are all lists of a document.
type numbering struct {
	lists     map[string]*list
	instances map[string]*instance
	count     int
}

func (r *reader) readNumbering() error {
	r.lists = numbering{lists: map[string]*list{}, instances: map[string]*instance{}}
	kind := "numbering"
	if r.parts.main == "" {
		kind = "lists"
	}
	t, err := r.parts.beside(kind)
	if errors.Is(err, errPart) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.inside(func(e *element) error {
		if r.lists.count++; r.lists.count > maxStyles {
			return tooMuch("编号", maxStyles)
		}
		switch e.name {
		case "w:abstractNum", "w:listDef":
			return r.lists.readList(t, e)
		case "w:num", "w:list":
			return r.lists.readInstance(t, e)
		}
		return nil
	}, nil)
}

func (n *numbering) readList(t *tokens, e *element) error {
	x := &list{}
	id := e.get("abstractNumId") + e.get("listDefId")
	err := t.inside(func(e *element) error {
		switch e.name {
		case "w:numStyleLink":
			x.link = e.get("val")
		case "w:lvl":
			return readLevel(t, e, &x.levels)
		}
		return nil
	}, nil)
	if n.lists[id] == nil {
		n.lists[id] = x
	}
	return err
}

func (n *numbering) readInstance(t *tokens, e *element) error {
	x := &instance{}
	for i := range x.starts {
		x.starts[i] = -1
	}
	id := e.get("numId") + e.get("ilfo")
	err := t.inside(func(e *element) error {
		switch e.name {
		case "w:abstractNumId", "w:ilst":
			x.of = e.get("val")
		case "w:lvlOverride":
			at, err := strconv.Atoi(e.get("ilvl"))
			if err != nil || at < 0 || at >= levels {
				return nil
			}
			return t.inside(func(e *element) error {
				switch e.name {
				case "w:startOverride":
					if v, err := strconv.Atoi(e.get("val")); err == nil {
						x.starts[at] = v
					}
				case "w:lvl":
					return readLevel(t, e, &x.own)
				}
				return nil
			}, nil)
		}
		return nil
	}, nil)
	if n.instances[id] == nil {
		n.instances[id] = x
	}
	return err
}

func readLevel(t *tokens, e *element, into *[levels]*level) error {
	at, err := strconv.Atoi(e.get("ilvl"))
	if err != nil || at < 0 || at >= levels {
		return nil
	}
	l := &level{format: "decimal", restart: -1}
	into[at] = l
	return t.inside(func(e *element) error {
		v := e.get("val")
		switch e.name {
		case "w:start":
			l.start, _ = strconv.Atoi(v)
		case "w:numFmt", "w:nfc":
			l.format = v
		case "w:lvlText":
			l.text = v
		case "w:isLgl":
			l.legal = e.on()
		case "w:pStyle":
			l.style = v
		case "w:suff":
			l.suffix = v
		case "w:lvlRestart":
			l.restart, _ = strconv.Atoi(v)
		}
		return nil
	}, nil)
}

// resolve is the list of an instance, through the styles that lists may name instead.
func (r *reader) resolve(id string) (*list, *instance) {
	for range 4 {
		in := r.lists.instances[id]
		if in == nil {
			return nil, nil
		}
		l := r.lists.lists[in.of]
		if l == nil || l.link == "" {
			return l, in
		}
		id = r.styles.of(l.link).list
	}
	return nil, nil
}

// number is the number before a paragraph that a list gives it, and counts it.
func (r *reader) number(p look) string {
	if p.shown != "" {
		return p.shown
	}
	if p.list == "" || p.list == "0" {
		return ""
	}
	l, in := r.resolve(p.list)
	if l == nil {
		return ""
	}
	at := p.depth
	if at < 0 {
		at = 0
		for i, lv := range l.levels {
			if lv != nil && lv.style != "" && lv.style == p.style {
				at = i
			}
		}
	}
	level := func(i int) *level {
		if in.own[i] != nil {
			return in.own[i]
		}
		return l.levels[i]
	}
	if level(at) == nil {
		return ""
	}
	l.step(in, at, level)
	return l.words(at, level)
}

// step counts one paragraph of a level.
func (l *list) step(in *instance, at int, level func(int) *level) {
	begin := func(i int) {
		l.counts[i], l.begun[i] = 1, true
		if x := level(i); x != nil {
			l.counts[i] = x.start
		}
		if in.starts[i] >= 0 {
			l.counts[i] = in.starts[i]
		}
	}
	switch {
	case !in.used[at] && in.starts[at] >= 0, !l.begun[at]:
		begin(at)
	default:
		l.counts[at]++
	}
	in.used[at] = true
	for i := range at {
		if !l.begun[i] {
			begin(i)
		}
	}
	for i := at + 1; i < levels; i++ {
		if x := level(i); x == nil || x.restart < 0 || x.restart > at {
			l.begun[i] = false
		}
	}
}

// words are the number as it is printed.
func (l *list) words(at int, level func(int) *level) string {
	x := level(at)
	if x.format == "bullet" || x.format == "23" || x.format == "none" && !strings.Contains(x.text, "%") {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(x.text); i++ {
		if x.text[i] != '%' || i+1 >= len(x.text) || x.text[i+1] < '1' || x.text[i+1] > '9' {
			b.WriteByte(x.text[i])
			continue
		}
		i++
		n := int(x.text[i] - '1')
		format := "decimal"
		if lv := level(n); lv != nil && !x.legal {
			format = lv.format
		}
		b.WriteString(counted(l.counts[n], format))
	}
	s := b.String()
	if last, _ := utf8.DecodeLastRuneInString(s); last < utf8.RuneSelf && last != '.' && s != "" && x.suffix != "nothing" {
		s += " "
	}
	return s
}
