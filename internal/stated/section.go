package stated

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/prose"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/typeset/unit"
)

// section is what stands under one heading.
type section struct {
	title string // as printed; of a lower heading with the number of that above it: 十一、（二）政府采购预算情况
	at    []paper.Place
	texts []*paper.Paragraph
	// drawn are the words of drawings among them: labels and numbers that are no sentences.
	drawn []*paper.Paragraph
}

// sections are the texts of a document in their order, and what its contents list.
type sections struct {
	list     []section
	contents []entry
	taken    map[*recognise.Table]*entry
	notes    map[*recognise.Table]*paper.Paragraph // that stand below tables, and were read as texts
}

const (
	numerals = `[` + paper.Numerals + `]+`
	// headingLength is how many characters a heading has at most.
	headingLength = 60
)

var (
	itemNumber   = regexp.MustCompile(`^(?:第` + numerals + `(?:部分|章|节)|` + numerals + `、|[（(]` + numerals + `[）)]|\d{1,2}[.．、](?:\D|$)?)`)
	partNumber   = regexp.MustCompile(`^第` + numerals + `(?:部分|章|节)`)
	chapter      = regexp.MustCompile(`^` + numerals + `、`)
	subchapter   = regexp.MustCompile(`^[（(]` + numerals + `[）)]`)
	pageNumber   = regexp.MustCompile(`^(?:[-—–－─━·\s]*\d{1,4}[-—–－─━·\s]*|第\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+)$`)
	sentenceStop = regexp.MustCompile(`[。；：，、,;:！？]$`)
)

// sectionsOf cuts the texts of a document at its headings.
func sectionsOf(d *paper.Document, f *recognise.Found) *sections {
	s := &sections{taken: map[*recognise.Table]*entry{}, notes: notesOf(d, f)}
	rest := s.readContents(paragraphsOf(d, f, s.notes))
	x := &cutter{s: s, body: bodySize(rest)}
	for _, p := range rest {
		if head, text := runIn(p); head != nil {
			x.add(head)
			p = text
		}
		x.add(p)
	}
	for i := range s.list {
		s.list[i].partDrawn()
	}
	s.matchTables(f)
	return s
}

// A drawing has at least so many lines, of which so many have numbers.
const drawnLines, drawnNumbers = 4, 3

// partDrawn takes the words of drawings out of the texts of a section: lines in a row of which none is a sentence, an item of a
// list or a part of either.
func (s *section) partDrawn() {
	var texts []*paper.Paragraph
	for i := 0; i < len(s.texts); {
		end, numbers := i, 0
		for end < len(s.texts) && fragment(s.texts[end].Text) {
			numbers += min(len(prose.Quantities(s.texts[end].Text)), 1)
			end++
		}
		if end-i >= drawnLines && numbers >= drawnNumbers {
			s.drawn = append(s.drawn, s.texts[i:end]...)
			i = end
			continue
		}
		end = max(end, i+1)
		texts, i = append(texts, s.texts[i:end]...), end
	}
	s.texts = texts
}

// fragment reports whether a line is no sentence.
func fragment(text string) bool {
	text = prose.Squeeze(text)
	return utf8.RuneCountInString(text) <= headingLength && !strings.ContainsAny(text, "。；：！？") && !itemNumber.MatchString(text)
}

// paragraphsOf are the paragraphs that say something, in their order: no page numbers, and no title of a table.
func paragraphsOf(d *paper.Document, f *recognise.Found, notes map[*recognise.Table]*paper.Paragraph) (out []*paper.Paragraph) {
	taken := map[*paper.Paragraph]bool{}
	for _, n := range notes {
		taken[n] = true
	}
	titles := map[paper.Place]bool{}
	for _, t := range f.Tables {
		if t.HeadingAt != (paper.Place{}) {
			titles[t.HeadingAt] = true
		}
	}
	for i := range d.Blocks {
		p := d.Blocks[i].Text
		if p == nil || taken[p] || prose.Squeeze(mended(p.Text)) == "" || pageNumber.MatchString(strings.TrimSpace(p.Text)) {
			continue
		}
		if len(p.Spots) > 0 && titles[p.Spots[0].At] {
			continue
		}
		out = append(out, p)
	}
	return out
}

// nothing finds the words of a note that says why a table is empty.
var nothing = regexp.MustCompile(`^(?:[（(]|[备附]?注|说明|本|我|无|没有|此表|该表).{0,70}?(?:无|没有|空表)|^[（(]?无`)

// notesOf are the lines right below empty tables, on their pages, that say that there is nothing.
func notesOf(d *paper.Document, f *recognise.Found) map[*recognise.Table]*paper.Paragraph {
	out := map[*recognise.Table]*paper.Paragraph{}
	for _, t := range f.Tables {
		if t.Spec == nil || len(t.Notes) > 0 || t.Block+1 >= len(d.Blocks) || len(t.Paper.Rows) == 0 {
			continue
		}
		p := d.Blocks[t.Block+1].Text
		if p == nil || firstPage(places(p)) != t.Paper.Rows[len(t.Paper.Rows)-1].Page || utf8.RuneCountInString(p.Text) > 80 || !nothing.MatchString(prose.Squeeze(p.Text)) {
			continue
		}
		out[t] = p
	}
	return out
}

// bodySize is the size of most letters, 0 where no sizes are known.
func bodySize(list []*paper.Paragraph) unit.Length {
	count := map[unit.Length]int{}
	for _, p := range list {
		count[p.Size] += len(p.Text)
	}
	best, most := unit.Length(0), 0
	for size, n := range count {
		if n > most || n == most && size < best {
			best, most = size, n
		}
	}
	return best
}

// cutter cuts.
type cutter struct {
	s       *sections
	body    unit.Length
	chapter string // the number of the last 一、…
	open    bool   // the last paragraph was a heading that may go on in the next line
}

func (x *cutter) add(p *paper.Paragraph) {
	text := inLine(p.Text)
	rank := x.rank(p, text)
	switch {
	case rank == plain && len(x.s.list) == 0:
		page := firstPage(places(p))
		title := "开头"
		if page > 0 {
			title = fmt.Sprintf("第%d页", page)
		}
		x.s.list = append(x.s.list, section{title: title, at: places(p)})
		x.under(p)
	case rank == plain:
		x.under(p)
	case rank == title && x.open && x.goesOn(p):
		last := &x.s.list[len(x.s.list)-1]
		last.title, last.at = last.title+text, append(last.at, places(p)...)
	default:
		x.begin(p, text, rank)
	}
}

func (x *cutter) under(p *paper.Paragraph) {
	last := &x.s.list[len(x.s.list)-1]
	last.texts, x.open = append(last.texts, p), false
}

// runInHead is a heading with the text that follows it on its line: （二）政府采购预算情况。2026年….
var runInHead = regexp.MustCompile(`^[\s\x{3000}]*(?:` + numerals + `、|[（(]` + numerals + `[）)])[^。：；，,、\d]{2,24}(?:情况|说明)([。：:])`)

// runIn parts a heading from the text on its line; nil where a paragraph has none.
func runIn(p *paper.Paragraph) (head, text *paper.Paragraph) {
	m := runInHead.FindStringSubmatchIndex(p.Text)
	if m == nil || strings.TrimSpace(p.Text[m[1]:]) == "" {
		return nil, nil
	}
	return stretch(p, 0, m[2]), stretch(p, m[1], len(p.Text))
}

// stretch is a part of a paragraph.
func stretch(p *paper.Paragraph, from, to int) *paper.Paragraph {
	out := *p
	out.Text, out.Spots = p.Text[from:to], nil
	for _, s := range p.Spots {
		if start, end := max(s.Start, from), min(s.End, to); start < end {
			out.Spots = append(out.Spots, paper.Spot{Start: start - from, End: end - from, At: s.At})
		}
	}
	return &out
}

// goesOn reports whether a line without a number is the rest of the heading above it.
func (x *cutter) goesOn(p *paper.Paragraph) bool {
	last := &x.s.list[len(x.s.list)-1]
	return p.Centred && len(last.texts) == 0 && firstPage(last.at) == firstPage(places(p)) && utf8.RuneCountInString(last.title) >= 12
}

func (x *cutter) begin(p *paper.Paragraph, text string, rank rank) {
	name := text
	switch rank {
	case upper:
		x.chapter = chapter.FindString(text)
	case lower:
		name = x.chapter + text
	default:
		x.chapter = ""
	}
	x.s.list = append(x.s.list, section{title: name, at: places(p)})
	x.open = rank == title || rank == part
}

// rank is what a paragraph is among headings.
type rank int

const (
	plain rank = iota // none
	title             // one without a number
	part              // 第一部分
	upper             // 一、
	lower             // （一）
)

// rank tells headings by what the file says of them, by their numbers, by how they are set, and by the contents.
func (x *cutter) rank(p *paper.Paragraph, text string) rank {
	n := utf8.RuneCountInString(text)
	if n > headingLength || sentenceStop.MatchString(text) || strings.ContainsAny(text, "。；") || !strings.ContainsFunc(text, isHan) {
		return plain
	}
	squeezed := prose.Squeeze(text)
	listed := x.s.lists(squeezed)
	switch {
	case !listed && statesAmount(text):
		return plain
	case partNumber.MatchString(squeezed):
		return part
	case chapter.MatchString(squeezed):
		return upper
	case subchapter.MatchString(squeezed) && (n <= headingLength/2 || listed || p.Level > 0):
		return lower
	case p.Level > 0 || listed:
		return title
	case n <= headingLength*2/3 && !itemNumber.MatchString(squeezed) && (p.Centred && (p.Size == 0 || p.Size >= x.body) || p.Size > x.body+x.body/8 && x.body > 0):
		return title
	}
	return plain
}

// statesAmount reports whether a line says how much money there is, which no heading does: （二）支出预算总计554.42万元.
func statesAmount(text string) bool {
	return slices.ContainsFunc(prose.Quantities(text), func(q prose.Quantity) bool { return q.Kind == prose.Amount && q.Rate == "" })
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// entry is a line of the contents.
type entry struct {
	title string // as printed, without leaders and page number
	key   string // bare
	at    []paper.Place
}

var (
	leaders  = regexp.MustCompile(`[\s.．…·•⋯_—-]{2,}\s*[-—–]?\s*\d*\s*[-—–]?\s*$`)
	trailing = regexp.MustCompile(`(?:\s+|\D)(\d{1,3})$`)
	onlyHead = regexp.MustCompile(`^目录$`)
)

// entryOf reads a line of the contents: false for one that has neither leaders nor a number of a page.
func entryOf(p *paper.Paragraph) (entry, bool) {
	text := strings.TrimSpace(mended(p.Text))
	e := entry{title: text, at: places(p)}
	ok := false
	if m := leaders.FindStringIndex(text); m != nil && m[0] > 0 {
		e.title, ok = strings.TrimSpace(text[:m[0]]), true
	} else if m := trailing.FindStringSubmatchIndex(text); m != nil && !strings.HasSuffix(text[:m[2]], "年") {
		e.title, ok = strings.TrimSpace(text[:m[2]]), true
	}
	e.title = strings.ReplaceAll(e.title, "\n", "")
	e.key = bareTitle(e.title)
	return e, ok
}

// readContents takes the contents out of the paragraphs: from 目录 on as long as they look like entries, or stand on its page.
func (s *sections) readContents(list []*paper.Paragraph) (rest []*paper.Paragraph) {
	start := slices.IndexFunc(list, func(p *paper.Paragraph) bool { return onlyHead.MatchString(prose.Squeeze(p.Text)) })
	if start < 0 {
		return list
	}
	page := firstPage(places(list[start]))
	end := start + 1
	for ; end < len(list) && len(s.contents) < mostEntries; end++ {
		p := list[end]
		e, looks := entryOf(p)
		here := firstPage(places(p))
		switch {
		case looks && len([]rune(e.title)) <= headingLength:
		case page > 0 && here == page && !strings.HasSuffix(strings.TrimSpace(p.Text), "。"):
		case page == 0 && !s.repeats(e.key) && utf8.RuneCountInString(e.title) <= headingLength && !sentenceStop.MatchString(e.title):
		default:
			return slices.Concat(list[:start], list[end:])
		}
		if e.key != "" {
			s.contents = append(s.contents, e)
		}
	}
	return slices.Concat(list[:start], list[end:])
}

// mostEntries is how many lines contents have at most.
const mostEntries = 1000

// repeats reports whether the first entry comes again: the contents are over.
func (s *sections) repeats(key string) bool { return len(s.contents) > 0 && s.contents[0].key == key }

// lists reports whether the contents list a heading.
func (s *sections) lists(text string) bool {
	key := bareTitle(text)
	return slices.ContainsFunc(s.contents, func(e entry) bool { return e.key == key })
}

var tableNumber = regexp.MustCompile(`^(?:公开)?(?:附?表)?[\s]*(` + numerals + `|\d+(?:[-－]\d+)?)(?:表)?[.．、：:\s]*`)

// bareTitle is a title without blanks and without what numbers it.
func bareTitle(s string) string {
	s = prose.Squeeze(s)
	for range 2 {
		if m := itemNumber.FindString(s); m != "" && m != s {
			m = strings.TrimRightFunc(m, func(r rune) bool { return !strings.ContainsRune("、.．）)分章节", r) })
			s = s[len(m):]
		}
		if strings.HasPrefix(s, "表") || strings.HasPrefix(s, "附表") || strings.HasPrefix(s, "公开") {
			s = s[len(tableNumber.FindString(s)):]
		}
	}
	return s
}

// matchTables finds the name of each table in the contents: that which is alike, or else the one that it shares most with.
func (s *sections) matchTables(f *recognise.Found) {
	used := map[*entry]bool{}
	for _, exact := range []bool{true, false} {
		for _, t := range f.Tables {
			if t.Heading == "" || t.Of != nil || s.taken[t] != nil {
				continue
			}
			best, score := (*entry)(nil), 0
			for i := range s.contents {
				e := &s.contents[i]
				n := alike(e.key, bareTitle(t.Heading))
				if number := tableDigits(e.title); number != "" && number == tableDigits(t.Number) {
					n = max(n, 999)
				}
				if n > score && !used[e] {
					best, score = e, n
				}
			}
			if best != nil && (score >= 999 || !exact && score >= 650) {
				s.taken[t], used[best] = best, true
			}
		}
	}
}

var inTable = regexp.MustCompile(`表\s*(\d+(?:\s*[-－]\s*\d+)?)|(\d{2})\s*表`)

// tableDigits is the number of a table in a title: 5-1 of 表5-1, 1 of 公开01表.
func tableDigits(s string) string {
	m := inTable.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return strings.TrimLeft(prose.Squeeze(cmp.Or(m[1], m[2])), "0")
}

// alike is how much two titles share, in thousandths, by their pairs of characters.
func alike(a, b string) int {
	if a == b && a != "" {
		return 1000
	}
	pairs := func(s string) map[string]int {
		out, r := map[string]int{}, []rune(s)
		for i := 0; i+1 < len(r); i++ {
			out[string(r[i:i+2])]++
		}
		return out
	}
	pa, pb := pairs(a), pairs(b)
	shared, all := 0, 0
	for k, n := range pa {
		shared, all = shared+min(n, pb[k]), all+n
	}
	for _, n := range pb {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * shared * 998 / all
}

// contentsOf is what the contents call a table, nil where they do not list it.
func (s *sections) contentsOf(t *recognise.Table) *entry { return s.taken[t] }
