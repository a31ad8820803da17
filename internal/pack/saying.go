package pack

import (
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

// Prose backwards: what a sentence of the pack's may look like on paper, and what stands in its holes. Words that depend on the data
// are holes or leave room for anything; of words that are there or not, both ways fit.

// Saying is a sentence that the pack's prose prints.
type Saying struct {
	// Heading is what its section is called, a pattern, too; "" for what stands below none.
	Heading string
	// Pattern is a regular expression without groups but for Holes; what the document is about stands in it as Known.
	Pattern string
	Holes   []Hole
	// Firm is how many letters of it are the pack's own.
	Firm int
}

// What a pattern says of the document itself.
const (
	SaidYear     = "<<year>>"
	SaidLastYear = "<<last>>"
	SaidName     = "<<name>>"
	SaidEdition  = "<<edition>>"
)

// HoleKind is what stands in a hole.
type HoleKind string

// The kinds of holes. Of those of a change or of last year Name is the figure, of a text its key.
const (
	HoleAmount HoleKind = "amount"
	HoleChange HoleKind = "change"
	HoleLast   HoleKind = "last" // last year's amount
	HoleWay    HoleKind = "way"
	HoleSame   HoleKind = "same" // empty: it was as last year
	HoleText   HoleKind = "text"
	HoleMember HoleKind = "member" // Name is the dimension
	HoleEntry  HoleKind = "entry"  // of a list of the department's: Name is duties, tasks, institutions
	HoleDate   HoleKind = "date"
	HoleAsset  HoleKind = "asset" // what is counted: Name is vehicles or equipment
	HoleCount  HoleKind = "count"
	HoleBought HoleKind = "bought"
	HoleRepeat HoleKind = "repeat" // the stretch that List fits again and again
)

// Hole is a group of a pattern.
type Hole struct {
	Kind HoleKind
	Name string
	// Of is the dimension by whose member a text or a figure is told, "" for none.
	Of   string
	List *Saying
}

// group stands for the bracket of a hole, until it is known whether it is to be one.
const group = "\x00"

// Sayings are the sentences of all prose.
func (p *Pack) Sayings() []Saying {
	var out []Saying
	for i := range p.Parts {
		for _, b := range p.Parts[i].Blocks {
			t := p.templates.Lookup("prose/" + b.Prose)
			if b.Prose == "" || t == nil || t.Tree == nil {
				continue
			}
			s := &sayer{p: p, heading: titlePattern(p, p.Parts[i].Title.Written()), vars: map[string]meant{"$": {kind: "whole"}}, fresh: true}
			s.list(t.Tree.Root, meant{kind: "whole"})
			s.flush()
			out = append(out, s.out...)
		}
	}
	for i := range out {
		out[i].close()
	}
	return out
}

func (s *Saying) close() {
	for i := range s.Holes {
		if l := s.Holes[i].List; l != nil {
			l.close()
		}
	}
	s.Pattern = strings.ReplaceAll(s.Pattern, group, "(")
}

// meant is what a value of a template is, as far as it can be told from paper.
type meant struct {
	kind string // whole, amount, text, change, part, duties …
	name string // of a figure, a text, a dimension
	by   string
	why  string // the text that explains a change
}

// sayer goes through a template.
type sayer struct {
	p       *Pack
	heading string
	vars    map[string]meant
	now     Saying
	out     []Saying
	broken  bool // a sentence has ended
	fresh   bool // at the beginning of a line
	title   bool // in a line that is a heading
	depth   int
}

// maxSayings bounds what the branches of a template multiply to, maxSaid how deep templates call each other.
const maxSayings, maxSaid = 2000, 20

func (s *sayer) flush() {
	if s.title {
		s.heading, s.title, s.now, s.broken = strings.ReplaceAll(s.now.Pattern, group, "(?:"), false, Saying{}, true
		return
	}
	if s.now.Pattern != "" && len(s.now.Holes) > 0 && len(s.out) < maxSayings {
		s.now.Heading = s.heading
		s.out = append(s.out, s.now)
	}
	s.now, s.broken = Saying{}, true
}

// literal adds words of the pack. Sentences end with 。 and with the line.
func (s *sayer) literal(text string) {
	for text != "" {
		i := strings.IndexAny(text, "。\n")
		if i < 0 {
			s.words(text)
			return
		}
		if strings.HasPrefix(text[i:], "。") {
			s.words(text[:i] + "。")
			text = text[i+len("。"):]
			s.flush()
			continue
		}
		s.words(text[:i])
		text = text[i+1:]
		s.flush()
		s.fresh = true
	}
}

var blanks = strings.NewReplacer(" ", "", "\u3000", "", "\t", "", "\r", "")

func (s *sayer) words(text string) {
	if text == "" {
		return
	}
	if s.fresh {
		s.fresh = false
		if mark, rest, ok := strings.Cut(text, " "); ok && (strings.Trim(mark, "#~") == "" || strings.HasPrefix(mark, "@")) {
			text = rest
			s.title = strings.HasPrefix(mark, "#")
		}
	}
	text = blanks.Replace(text)
	s.now.Firm += len([]rune(strings.Trim(text, "，。；、：“”（）().0123456789")))
	s.now.Pattern += regexp.QuoteMeta(text)
}

func (s *sayer) hole(h Hole, pattern string) {
	s.fresh = false
	s.now.Holes = append(s.now.Holes, h)
	s.now.Pattern += group + pattern + ")"
}

func (s *sayer) room(pattern string) {
	if s.fresh && pattern == SaidYear {
		s.fresh = false
	}
	s.now.Pattern += pattern
}

const (
	amountPattern = `-?[0-9][0-9,]*(?:\.[0-9]+)?(?:亿元|万元|元)`
	anyPattern    = `[^\n]*?`
	textPattern   = `[^\n]+?`
)

// say adds what prints a value.
func (s *sayer) say(v meant) {
	s.fresh = s.fresh && v.kind == "year"
	switch v.kind {
	case "amount":
		s.hole(Hole{Kind: HoleAmount, Name: v.name}, amountPattern)
	case "change-amount":
		s.hole(Hole{Kind: HoleChange, Name: v.name, Of: v.by}, amountPattern)
	case "last-amount":
		s.hole(Hole{Kind: HoleLast, Name: v.name, Of: v.by}, amountPattern)
	case "way":
		s.hole(Hole{Kind: HoleWay, Name: v.name, Of: v.by}, `增加|减少|增长|下降|上升|降低`)
	case "text":
		s.hole(Hole{Kind: HoleText, Name: v.name, Of: v.by}, textPattern)
	case "member":
		s.hole(Hole{Kind: HoleMember, Name: v.by}, textPattern)
	case "entry":
		s.hole(Hole{Kind: HoleEntry, Name: v.name}, textPattern)
	case "date":
		s.hole(Hole{Kind: HoleDate}, `[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日`)
	case "asset":
		s.hole(Hole{Kind: HoleAsset, Name: v.name}, textPattern)
	case "count":
		s.hole(Hole{Kind: HoleCount, Name: v.name}, `[0-9]+`)
	case "bought":
		s.hole(Hole{Kind: HoleBought, Name: v.name}, `[0-9]+`)
	case "year":
		s.room(SaidYear)
	case "last":
		s.room(SaidLastYear)
	case "name":
		s.room(SaidName)
	case "edition":
		s.room(SaidEdition)
	case "number":
		s.room(`(?:[0-9]+|[一二三四五六七八九十]+)`)
	case "percent":
		s.room(`-?[0-9.,]+%`)
	case "word":
		s.words(v.name)
	default:
		s.room(anyPattern)
	}
}

func (s *sayer) list(n *parse.ListNode, dot meant) {
	if n == nil {
		return
	}
	for _, x := range n.Nodes {
		switch x := x.(type) {
		case *parse.TextNode:
			s.literal(string(x.Text))
		case *parse.ActionNode:
			if counts(x) {
				continue
			}
			v := s.pipe(x.Pipe, dot)
			for _, d := range x.Pipe.Decl {
				s.vars[d.Ident[0]] = v
			}
			if len(x.Pipe.Decl) == 0 {
				s.say(v)
			}
		case *parse.IfNode:
			if v := s.pipe(x.Pipe, dot); v.kind == "same" {
				s.either(x.List, x.ElseList, dot, dot, &Hole{Kind: HoleSame, Name: v.name, Of: v.by})
			} else {
				s.either(x.List, x.ElseList, dot, dot, nil)
			}
		case *parse.WithNode:
			s.either(x.List, x.ElseList, s.pipe(x.Pipe, dot), dot, nil)
		case *parse.RangeNode:
			s.ranged(x, dot)
		case *parse.TemplateNode:
			s.called(x, dot)
		}
	}
}

// counts reports whether an action counts steps, and says nothing.
func counts(x *parse.ActionNode) bool {
	if len(x.Pipe.Cmds) != 1 {
		return false
	}
	f, ok := x.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	return ok && (f.Ident == wordStep || f.Ident == wordEnter || f.Ident == wordLeave)
}

// titlePattern is the title of a part as a pattern.
func titlePattern(p *Pack, title string) string {
	known := map[string]string{"{{.Name}}": SaidName, "{{.ShortName}}": SaidName, "{{.Year}}": SaidYear, "{{.Edition}}": SaidEdition}
	for name, text := range p.Phrases {
		known[`{{phrase "`+name+`"}}`] = regexp.QuoteMeta(text)
	}
	out := ""
	for title != "" {
		before, rest, found := strings.Cut(title, "{{")
		out += regexp.QuoteMeta(blanks.Replace(before))
		if !found {
			break
		}
		inner, after, _ := strings.Cut(rest, "}}")
		if pattern, ok := known["{{"+inner+"}}"]; ok {
			out += pattern
		} else {
			out += anyPattern
		}
		title = after
	}
	return out
}

// fork is the sayer for a branch: it goes on with the sentence so far, or with none.
func (s *sayer) fork(whole bool) *sayer {
	x := *s
	x.out, x.broken = nil, false
	if !whole {
		x.now = Saying{}
	}
	x.now.Holes = slices.Clone(x.now.Holes)
	return &x
}

// either adds two branches: within a sentence as what may be there or not, else each with what stands before it.
func (s *sayer) either(yes, no *parse.ListNode, dotYes, dotNo meant, mark *Hole) {
	run := func(whole bool, n *parse.ListNode, dot meant, mark *Hole) *sayer {
		x := s.fork(whole)
		if mark != nil {
			x.hole(*mark, "")
		}
		x.list(n, dot)
		return x
	}
	if dotYes.kind == "nothing" {
		yes = nil
	}
	a, b := run(false, yes, dotYes, mark), run(false, no, dotNo, nil)
	if !a.broken && !b.broken {
		s.now.Holes = append(append(s.now.Holes, a.now.Holes...), b.now.Holes...)
		s.now.Pattern += "(?:" + a.now.Pattern + "|" + b.now.Pattern + ")"
		s.now.Firm += min(a.now.Firm, b.now.Firm)
		s.fresh = s.fresh && a.fresh && b.fresh
		return
	}
	a, b = run(true, yes, dotYes, mark), run(true, no, dotNo, nil)
	s.out = append(append(s.out, a.out...), b.out...)
	s.now, s.fresh, s.broken = a.now, a.fresh, true
	s.heading, s.title = a.heading, a.title
	if a.now.Pattern == "" {
		s.now, s.fresh = b.now, b.fresh
	}
	if len(s.out) > maxSayings {
		s.out = s.out[:maxSayings]
	}
}

// ranged adds a list: within a sentence as a stretch of its own, else its sentences.
func (s *sayer) ranged(n *parse.RangeNode, dot meant) {
	v := s.pipe(n.Pipe, dot).element()
	for i, d := range n.Pipe.Decl {
		s.vars[d.Ident[0]] = meant{kind: "number"}
		if i == len(n.Pipe.Decl)-1 {
			s.vars[d.Ident[0]] = v
		}
	}
	if v.kind == "step" { // of a path: all of it is one name
		s.hole(Hole{Kind: HoleMember, Name: v.by}, textPattern)
		return
	}
	x := s.fork(false)
	x.list(n.List, v)
	if x.broken {
		x.flush()
		s.out = append(s.out, x.out...)
		s.flush()
		s.fresh = true
		s.list(n.ElseList, dot)
		return
	}
	list := x.now
	if len(list.Holes) == 0 {
		s.room(anyPattern)
		return
	}
	s.hole(Hole{Kind: HoleRepeat, List: &list}, "(?:"+strings.ReplaceAll(list.Pattern, group, "(?:")+")*")
	s.now.Firm += list.Firm
}

func (s *sayer) called(n *parse.TemplateNode, dot meant) {
	t := s.p.templates.Lookup(n.Name)
	if t == nil || t.Tree == nil || s.depth > maxSaid {
		s.room(anyPattern)
		return
	}
	v := meant{}
	if n.Pipe != nil {
		v = s.pipe(n.Pipe, dot)
	}
	vars := s.vars
	s.vars = map[string]meant{"$": v}
	s.depth++
	s.list(t.Tree.Root, v)
	s.depth--
	s.vars = vars
}
