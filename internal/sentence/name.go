package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/prose"
)

// Words that may stand before and behind a name without being part of it.
var (
	namePrefixes = [...]string{"（含）以上的", "（含）以上", "(含)以上", "以上的", "以上", "（套）", "其中", "此外", "另外", "另", "以及", "和", "及", "与", "本年度", "当年", "年度", "拟", "共有", "共", "的", "由", "了", "（", "(", "：", "，", "、", "；", "。", ")", "）", "为", "是", "现有", "实有", "包括", "全年", "按照", "按"}
	nameSuffixes = [...]string{"为", "是", "共计", "合计", "总计", "共", "约", "近", "达到", "达", "安排", "计", "分别", "各", "均", "：", ":", "（", "(", "，", "有", "需", "拟", "的", "在", "增至", "减至", "由", "从", "仅", "就", "增加到", "增加至", "减少到", "减少至", "金额为", "数"}
)

// trimName cuts off what is no name from both ends of a stretch.
func (p *Passage) trimName(at Span) Span {
	s := p.Text
	for at.Start < at.End {
		text := s[at.Start:at.End]
		r, n := utf8.DecodeRuneInString(text)
		if unicode.IsSpace(r) {
			at.Start += n
			continue
		}
		r, n = utf8.DecodeLastRuneInString(text)
		if unicode.IsSpace(r) {
			at.End -= n
			continue
		}
		if cut := prefixOf(text); cut > 0 {
			at.Start += cut
			continue
		}
		cut := suffixOf(text)
		if cut == 0 {
			break
		}
		at.End -= cut
	}
	return at
}

func prefixOf(s string) int {
	for _, w := range namePrefixes {
		if strings.HasPrefix(s, w) && !(w == "共" && strings.HasPrefix(s, "共同")) {
			return len(w)
		}
	}
	return 0
}

func suffixOf(s string) int {
	for _, w := range nameSuffixes {
		if strings.HasSuffix(s, w) && !(w == "共" && strings.HasSuffix(s, "公共")) && !(w == "计" && strings.HasSuffix(s, "统计")) {
			return len(w)
		}
	}
	return 0
}

// longestName bounds a name, in bytes: what is longer is a sentence without marks.
const longestName = 360

// subject reads the name in a stretch and adds it; -1 where there is none. year is where a year stands within the stretch,
// an empty span for none.
func (p *Passage) subject(at, year Span) int {
	if at.End-at.Start > longestName {
		at.Start = at.End - longestName
		for at.Start < at.End && !utf8.RuneStart(p.Text[at.Start]) {
			at.Start++
		}
	}
	whole := at
	names := p.path(at)
	if names == nil && year.End > at.Start && year.Start < at.End {
		behind := p.trimName(Span{year.End, at.End})
		before := p.trimName(Span{at.Start, max(year.Start, at.Start)})
		at = behind
		if bare(p.Text[behind.Start:behind.End]) && before.Start < before.End {
			at = before
		}
	}
	at = p.trimName(at)
	if names == nil && at.Start < at.End && !bare(p.Text[at.Start:at.End]) {
		names = []Name{{Text: squeezed(p.Text[at.Start:at.End]), Span: at}}
	}
	if len(names) == 0 {
		return -1
	}
	if len(names) > 1 || names[0].Level != "" {
		at = p.trimName(whole)
	}
	p.Subjects = append(p.Subjects, Subject{Span: at, Names: names})
	return len(p.Subjects) - 1
}

// bare reports whether a stretch says nothing but 预算数, 安排: whose stands before.
func bare(s string) bool {
	s = squeezed(s)
	for s != "" {
		rest := s
		for _, w := range []string{"上年度", "上年", "去年", "当年", "年初", "预算执行数", "执行数", "预算数", "决算数", "预算", "安排", "决算", "执行", "部门", "数", "为", "合计", "共计", "总计", "共", "度", "金额", "完成", "预计", "年", "了", "则"} {
			rest = strings.TrimPrefix(rest, w)
		}
		if rest == s {
			return false
		}
		s = rest
	}
	return true
}

// squeezed is a name without blanks, with brackets and quotes of one kind.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '"', '「', '『', '＂':
			return '“'
		case '」', '』':
			return '”'
		}
		return r
	}, prose.Squeeze(s))
}

// path reads （类）（款）（项) and hyphens within quotes; nil for a name alone.
func (p *Passage) path(at Span) []Name {
	text := p.Text[at.Start:at.End]
	if i := strings.LastIndex(text, "”"); i > 0 {
		if j := strings.LastIndex(text[:i], "“"); j >= 0 {
			j += len("“")
			if names := hyphens(text[j:i], at.Start+j); names != nil {
				return names
			}
		}
	}
	var names []Name
	from := at.Start
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r != '（' && r != '(' {
			i += n
			continue
		}
		mark, m := utf8.DecodeRuneInString(text[i+n:])
		after, k := utf8.DecodeRuneInString(text[i+n+m:])
		if !strings.ContainsRune("类款项", mark) || m == 0 || after != '）' && after != ')' {
			i += n
			continue
		}
		if x := p.trimName(Span{from, at.Start + i}); x.Start < x.End {
			names = append(names, Name{Text: squeezed(p.Text[x.Start:x.End]), Level: string(mark), Span: x})
		}
		i += n + m + k
		from = at.Start + i
	}
	return names
}

// hyphens cuts a quoted path.
func hyphens(s string, offset int) []Name {
	cut := func(r rune) bool { return strings.ContainsRune("-－—–―/", r) }
	if strings.IndexFunc(s, cut) < 0 {
		return nil
	}
	var names []Name
	from := 0
	add := func(to int) {
		if text := squeezed(s[from:to]); text != "" {
			names = append(names, Name{Text: text, Span: Span{offset + from, offset + to}})
		}
	}
	for i, r := range s {
		if cut(r) {
			add(i)
			from = i + utf8.RuneLen(r)
		}
	}
	add(len(s))
	return names
}

// said is a subject's name as a whole.
func (p *Passage) said(subject int) string {
	if subject < 0 {
		return ""
	}
	var sb strings.Builder
	for _, n := range p.Subjects[subject].Names {
		sb.WriteString(n.Text)
	}
	return sb.String()
}
