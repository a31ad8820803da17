package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/character"
	"yusuan/internal/diag"
)

// textKind is what a text may hold, as the tag `text` of its field says.
type textKind int

const (
	oneLine textKind = iota // a name or the like
	code                    // `text:"code"`, a number that identifies something; a name may stand there as well
	long                    // `text:"long"`, of several lines
	figure                  // no text: a number, a date or a unit in quotation marks
	pasted                  // `text:"pasted"`, of a finished document: cells are parted by tabs, and what is odd is not the author's
)

func kindOfText(tag string) textKind {
	switch tag {
	case "":
		return oneLine
	case "code":
		return code
	case "long":
		return long
	case "pasted":
		return pasted
	}
	panic("source: no kind of text: " + tag)
}

func (k textKind) lines() bool { return k == long || k == pasted }

// oddity is a character of a text, or a stretch of them, that is reported.
type oddity struct {
	rule string
	at   int // byte of the whole text
	text string
	want string // what is meant, as far as it is known
	mend bool   // the text is read with it
}

func (o *oddity) end() int { return o.at + len(o.text) }

// first is its first character.
func (o *oddity) first() rune {
	r, _ := utf8.DecodeRuneInString(o.text)
	return r
}

// reader goes over a text as it was typed, makes the text that is read, and notes what was odd.
type reader struct {
	kind  textKind
	typed string
	odd   []oddity
}

// read looks at each character of a text that the author typed: there is one such look for all values, so what a name,
// a code or a sentence may hold is decided here alone. Blanks at the ends are dropped, and what looks the same as an
// ordinary character, or like nothing, is read as that, so that nothing else is reported because of it.
func (d *decoder) read(s *String, kind textKind, label func() string) {
	if d.AsWritten || ordinary(s.V, kind) {
		return
	}
	d.readOdd(s, kind, label())
}

func (d *decoder) readOdd(s *String, kind textKind, label string) {
	x := &reader{kind: kind, typed: s.V}
	x.characters()
	x.lookalikes()
	whole := *s
	from, to := x.ends()
	x.replace(s, from, to)
	if !kind.lines() && (from > 0 || to < len(x.typed)) {
		d.trimmed(whole, label, from, to)
	}
	x.odd = slices.DeleteFunc(x.odd, func(o oddity) bool { return o.at < from || o.at >= to })
	for _, rule := range []string{ruleOneLine, ruleCharacter, ruleLookalike} {
		x.report(&d.diags, whole, label, rule)
	}
}

// word is what stands in quotation marks where a number, a date or a unit is due.
func (d *decoder) word(r ref, f field) string {
	s := String{V: r.n.value.(string), At: r.at(), file: r.f}
	d.read(&s, figure, f.label)
	return s.V
}

// ordinary reports whether a text has nothing to be looked at.
func ordinary(s string, kind textKind) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case unicode.IsSpace(first) || unicode.IsSpace(last), kind == code && len(character.InCode(s)) > 0, kind == figure && len(character.InFigure(s)) > 0,
		!kind.lines() && len(character.Wide(s)) > 0:
		return false
	}
	for _, r := range s {
		if character.KindOf(r) != character.Plain && !(r == '\n' && kind.lines()) {
			return false
		}
	}
	return len(character.Lookalikes(s)) == 0
}

// ends are where the text begins and ends without the blanks around it.
func (x *reader) ends() (from, to int) {
	if x.kind == pasted {
		return 0, len(x.typed)
	}
	from = len(x.typed) - len(strings.TrimLeftFunc(x.typed, unicode.IsSpace))
	return from, max(from, len(strings.TrimRightFunc(x.typed, unicode.IsSpace)))
}

// characters notes what should stand in no text, or not in this one.
func (x *reader) characters() {
	for i, r := range x.typed {
		rule := ""
		switch character.KindOf(r) {
		case character.Plain:
		case character.Break:
			rule = x.lineBreak(i, r)
		case character.Tab:
			if x.kind != pasted && !(x.kind == long && x.atEndOfLine(i)) {
				rule = ruleOneLine
			}
		case character.Control:
			rule = ruleOneLine
		case character.Blank, character.Selector:
			rule = ruleLookalike
		case character.Invisible:
			rule = ruleCharacter
			if x.kind.lines() {
				rule = ruleLookalike
			}
		case character.Variant, character.Unusable:
			rule = ruleCharacter
			if x.kind == pasted {
				rule = ruleLookalike
			}
		}
		if rule != "" {
			x.odd = append(x.odd, oddity{rule, i, string(r), x.instead(i, r), true})
		}
	}
}

// lineBreak is the rule that a line break is against, "" for none.
func (x *reader) lineBreak(i int, r rune) string {
	switch {
	case !x.kind.lines():
		return ruleOneLine
	case r == '\n' || r == '\r' && strings.HasPrefix(x.typed[i:], "\r\n"):
		return ""
	}
	return ruleLookalike
}

// atEndOfLine reports whether only blanks stand between i and an end of its line: these are dropped as all indents are.
func (x *reader) atEndOfLine(i int) bool {
	before, after := strings.TrimRight(x.typed[:i], " \t\u3000"), strings.TrimLeft(x.typed[i:], " \t\r\u3000")
	return before == "" || after == "" || strings.HasSuffix(before, "\n") || strings.HasPrefix(after, "\n")
}

// instead is what the text is read with. A name that was broken over lines goes on without a blank if it is Chinese.
func (x *reader) instead(i int, r rune) string {
	if character.KindOf(r) != character.Break || x.kind.lines() {
		return character.Instead(r)
	}
	before, _ := utf8.DecodeLastRuneInString(x.typed[:i])
	after, _ := utf8.DecodeRuneInString(x.typed[i+utf8.RuneLen(r):])
	if before < utf8.RuneSelf && after < utf8.RuneSelf && after != '\n' {
		return " "
	}
	return ""
}

// lookalikes notes what may be another character than it looks.
func (x *reader) lookalikes() {
	add := func(rule string, mend bool, list []character.Lookalike) {
		for _, l := range list {
			x.odd = append(x.odd, oddity{rule, l.At, l.Text, l.Want, mend})
		}
	}
	var figures []character.Lookalike
	switch x.kind {
	case code:
		figures = character.InCode(x.typed)
	case figure:
		figures = character.InFigure(x.typed)
	}
	add(ruleCharacter, true, figures)
	if len(figures) == 0 && x.kind != figure {
		add(ruleLookalike, false, character.Lookalikes(x.typed))
		if !x.kind.lines() {
			add(ruleLookalike, false, character.Wide(x.typed))
		}
	}
	slices.SortStableFunc(x.odd, func(a, b oddity) int { return a.at - b.at })
}

// replace makes the text that is read of the part of what was typed, and keeps how places in it are found there.
func (x *reader) replace(s *String, from, to int) {
	var sb strings.Builder
	var edits []edit
	at := from // in what was typed
	edits = append(edits, edit{0, from})
	for _, o := range x.odd {
		if !o.mend || o.at < from || o.at >= to {
			continue
		}
		sb.WriteString(x.typed[at:o.at])
		edits = append(edits, edit{sb.Len(), o.at})
		sb.WriteString(o.want)
		at = o.end()
		edits = append(edits, edit{sb.Len(), at})
	}
	sb.WriteString(x.typed[at:to])
	s.V, s.typed, s.edits = sb.String(), x.typed, edits
}

// trimmed tells of blanks at the ends of a text, or of nothing else.
func (d *decoder) trimmed(s String, label string, from, to int) {
	if from == to {
		return // whether that is allowed is told with what is empty
	}
	at, where := from-1, "开头"
	switch {
	case from == 0:
		at, where = to, "末尾"
	case to < len(s.V):
		where = "两端"
	}
	for !utf8.RuneStart(s.V[at]) {
		at--
	}
	d.diags.Add(diag.Diagnostic{Rule: ruleTrimmed, Level: diag.Note, At: s.Line(at), Message: label + "的" + where + "有空格或换行，已去掉",
		Stated: character.Blanks(s.V[:from]) + shown(s.V[from:to]) + character.Blanks(s.V[to:]), Want: shown(s.V[from:to])})
}

// longShown is from how many characters on a text is not repeated in a message.
const longShown = 40

// shown is a short text with what does not show.
func shown(s string) string {
	if utf8.RuneCountInString(s) > longShown {
		return ""
	}
	return character.Shown(s)
}

// report tells of all that is against one rule in a text, at the first of it.
func (x *reader) report(diags *diag.List, s String, label, rule string) {
	var list []oddity // the first of each character
	counts := map[string]int{}
	for _, o := range x.odd {
		if o.rule == rule {
			if counts[o.text]++; counts[o.text] == 1 {
				list = append(list, o)
			}
		}
	}
	if len(list) == 0 {
		return
	}
	hint := ""
	var words []string
	for _, o := range list[:min(len(list), maxBadBytes)] {
		word := character.Place(x.typed, o.at) + "是" + spaced(character.Say(o.first())) + "，" + remedy(&o)
		if len(o.text) > utf8.RuneLen(o.first()) {
			word = character.Place(x.typed, o.at) + "起是全角的“" + o.text + "”，" + remedy(&o)
		}
		if n := counts[o.text]; n > 1 {
			word += fmt.Sprintf("（共 %d 处）", n)
		}
		words = append(words, word)
		if character.Hides(o.first()) {
			hint = "在编辑器里找不到这个字的，删去整段文字重新输入"
		}
	}
	if more := len(list) - maxBadBytes; more > 0 {
		words = append(words, fmt.Sprintf("还有 %d 种", more))
	}
	level := diag.Error
	if rule == ruleLookalike {
		level = diag.Warning
	}
	diags.Add(diag.Diagnostic{Rule: rule, Level: level, At: s.Line(list[0].at), Message: label + strings.Join(words, "；"), Stated: shown(x.typed),
		Want: shown(x.meant()), Hint: hint})
}

// spaced parts a code from the word before it.
func spaced(s string) string {
	if strings.HasPrefix(s, "U+") {
		return " " + s
	}
	return s
}

// remedy is what to do about a character.
func remedy(o *oddity) string {
	want := "“" + o.want + "”"
	if r, n := utf8.DecodeRuneInString(o.want); n == len(o.want) && n > 1 {
		want = character.Say(r)
	}
	switch character.KindOf(o.first()) {
	case character.Break:
		if o.rule == ruleLookalike {
			return "按换行印"
		}
		return "要写在一行里"
	case character.Control, character.Invisible:
		return "删去"
	case character.Tab:
		return "改成空格或删去"
	case character.Blank:
		return "改成普通空格或删去"
	case character.Selector:
		return "不起作用，按前一个字的通常字形印"
	case character.Variant:
		if o.want == o.text {
			return "不是汉字，改成所要的汉字"
		}
		return "应为" + want
	case character.Unusable:
		switch {
		case o.first() == utf8.RuneError:
			return "原来的字已经丢失，重新输入"
		case o.want == "〓":
			return "别的电脑上没有这个字，改成通用的字或删去"
		}
		return "应为" + want
	}
	if o.want >= "0" && o.want <= "9" && len(o.want) == 1 {
		return "像是数字" + want
	}
	return "像是" + want
}

// meant is the text with all that is odd put right.
func (x *reader) meant() string {
	var sb strings.Builder
	at := 0
	for _, o := range x.odd {
		if o.at < at {
			continue // told twice
		}
		sb.WriteString(x.typed[at:o.at] + o.want)
		at = o.end()
	}
	return strings.TrimSpace(sb.String() + x.typed[at:])
}

// edit says that from a place of a text on, it is what was typed from another place on, up to the next edit.
type edit struct{ at, typed int }

// asTyped is a place in what was typed.
func (s *String) asTyped(offset int) int {
	if offset >= len(s.V) {
		return len(s.typed)
	}
	i, found := slices.BinarySearchFunc(s.edits, offset, func(e edit, at int) int { return e.at - at })
	for found && i+1 < len(s.edits) && s.edits[i+1].at == offset {
		i++ // the last of several: what stands there now
	}
	if !found {
		i--
	}
	return s.edits[i].typed + offset - s.edits[i].at
}
