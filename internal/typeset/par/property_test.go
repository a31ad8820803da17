package par

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/unit"
)

// What GB/T 15834-2011 §5.1 and W3C CLREQ (basic level) forbid, as they print it; apart from the program's own classes.
const (
	neverFirst = "。，、；：？！”’）〕】》〉］｝〗」』·～／％‰℃)]},.:;!?%々" +
		"．〞〟・‧–°℉′″²³¹₂₅⁻⁶㎡㎥㎎ー〃" // what the same rules mean of their kind
	neverLast = "“‘（〔【《〈［｛〖「『([{￥№"
)

// narrowQuotes draws quotation marks as Latin text does.
var narrowQuotes = font.NewFixed("窄", func(r rune) int {
	switch r {
	case '“', '”', '‘', '’':
		return 400
	case 'i', 'l':
		return 222
	}
	return fixedWidth(r)
})

// verify holds what is true of every set paragraph.
func verify(t *testing.T, p Paragraph) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("%v setting %+q measure %s indent %s align %d", r, sourceOf(p), p.Measure, p.FirstIndent, p.Align))
		}
	}()
	res := Set(p)
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s\n%+q %s\nmeasure %s indent %s align %d balance %v tracking %d first fit %v\nset %s",
			fmt.Sprintf(format, args...), sourceOf(p), sourceOf(p), p.Measure, p.FirstIndent, p.Align, p.Balance, p.Tracking, p.FirstFit, bars(res.Lines))
	}
	if again := Set(p); !reflect.DeepEqual(res, again) {
		fail("set twice, two results")
	}
	verifyText(p, res, fail)
	for i := range res.Lines {
		verifyLine(p, &res.Lines[i], fail)
		if i > 0 && !res.Lines[i-1].Forced {
			verifyBreak(lineText(&res.Lines[i-1]), lineText(&res.Lines[i]), fail)
		}
	}
	verifyExtent(p, fail)
}

func sourceOf(p Paragraph) string {
	s := ""
	for _, x := range p.Spans {
		s += x.Text
	}
	return s
}

// leastSize is the smallest size in a paragraph.
func leastSize(p Paragraph) unit.Length {
	size := p.Spans[0].Size
	for _, s := range p.Spans {
		size = min(size, s.Size)
	}
	return size
}

type failer func(format string, args ...any)

// verifyText holds that no character is lost, added or moved, and that every forced break and no other is marked so.
func verifyText(p Paragraph, res Result, fail failer) {
	var want, got strings.Builder
	missing := res.Missing
	feeds := 0
	ends := true // the text ends with a feed, or has no text at all
	for i, s := range p.Spans {
		for at := 0; at < len(s.Text); {
			r, n := utf8.DecodeRuneInString(s.Text[at:])
			switch {
			case len(missing) > 0 && missing[0].Span == i && missing[0].At == at:
				if missing[0].Rune != r {
					fail("missing %c is %c in the source", missing[0].Rune, r)
				}
				missing = missing[1:]
			case r == '\n':
				feeds++
				ends = true
			case strings.ContainsRune("\u00ad\u200b\u200c\u200d\u2060\ufeff", r) || classOf(r) == format:
			default:
				want.WriteString(s.Text[at : at+n])
				ends = false
			}
			at += n
		}
	}
	forced, span := 0, int32(0)
	for i := range res.Lines {
		if res.Lines[i].Forced {
			forced++
		}
		for _, r := range res.Lines[i].Runs {
			got.WriteString(r.Text)
			if r.Span < span {
				fail("run %q of span %d after span %d", r.Text, r.Span, span)
			}
			span = r.Span
			if text := p.Spans[r.Span].Text; int(r.At)+len(r.Text) > len(text) || text[r.At:int(r.At)+len(r.Text)] != r.Text {
				fail("run %q does not stand at %d of %q", r.Text, r.At, text)
			}
		}
	}
	if got.String() != want.String() {
		fail("text changed: %q, want %q", got.String(), want.String())
	}
	if len(missing) > 0 {
		fail("missing out of order: %v", missing)
	}
	if !ends {
		feeds++
	}
	if forced != feeds {
		fail("%d forced ends, want %d", forced, feeds)
	}
}

// verifyLine holds that a line's runs join, go forward and stay within the measure, and that a justified line fills it.
func verifyLine(p Paragraph, l *Line, fail failer) {
	for i, r := range l.Runs {
		if len(r.Advances) != utf8.RuneCountInString(r.Text) {
			fail("run %q has %d advances", r.Text, len(r.Advances))
		}
		x := r.X
		for _, a := range r.Advances {
			if a < 0 {
				fail("run %q goes back: %v", r.Text, r.Advances)
			}
			x += a
		}
		if i+1 < len(l.Runs) && x != l.Runs[i+1].X {
			fail("run %q ends at %s, the next begins at %s", r.Text, x, l.Runs[i+1].X)
		}
	}
	if want := max(0, l.Width-p.Measure); l.Overfull != want {
		fail("line %q is %s wide, overfull %s", lineText(l), l.Width, l.Overfull)
	}
	if p.Align == Justify && !p.Balance && !l.Forced && l.Overfull == 0 && l.Loose == 0 && l.Width != p.Measure {
		fail("justified line %q ends at %s", lineText(l), l.Width)
	}
	if p.Measure < shortLine*leastSize(p) && l.Stretch != 0 {
		fail("line %q is justified, though short", lineText(l))
	}
	if l.Stretch > maxStretch+half-quarter+1 {
		fail("line %q is torn: %d", lineText(l), l.Stretch)
	}
}

// verifyBreak holds what may not stand at the ends of lines, and that numbers are whole.
func verifyBreak(before, after string, fail failer) {
	l, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " \u3000"))
	r, _ := utf8.DecodeRuneInString(after)
	if strings.ContainsRune(neverFirst, r) {
		fail("%c begins a line", r)
	}
	if strings.ContainsRune(neverLast, l) && !strings.HasSuffix(before, " ") {
		fail("%c ends a line", l)
	}
	if l == '—' && r == '—' && strings.Count(before[len(strings.TrimRight(before, "—")):], "—")%2 == 1 {
		fail("—— is parted")
	}
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	if l, _ = utf8.DecodeLastRuneInString(before); l == ' ' {
		return
	}
	if digit(l) && digit(r) {
		fail("a number is parted")
	}
	if (l == ',' || l == '.') && digit(r) && len(before) > 1 && digit(rune(before[len(before)-2])) {
		fail("a number is parted at its point")
	}
}

// verifyExtent holds that the minimum is enough and the maximum breaks nothing, and that words are parted below the minimum.
func verifyExtent(p Paragraph, fail failer) {
	lo, hi := Extent(p)
	if lo > hi {
		fail("minimum %s, maximum %s", lo, hi)
	}
	if r := Set(p); len(p.Spans) == 1 && p.Measure < longWord*p.Spans[0].Size && r.Sound() && r.Parted != (lo > p.Measure) {
		fail("minimum %s, on %s words are parted: %t", lo, p.Measure, r.Parted)
	}
	for _, p.Measure = range []unit.Length{max(lo, p.Measure), lo} {
		for _, l := range Set(p).Lines {
			if l.Overfull > 0 {
				fail("the minimum is %s, on %s %q sticks out by %s", lo, p.Measure, lineText(&l), l.Overfull)
			}
		}
	}
	p.Measure = hi
	for _, l := range Set(p).Lines {
		if !l.Forced || l.Overfull > 0 {
			fail("at the maximum %s, %q is no whole line (over %s)", hi, lineText(&l), l.Overfull)
		}
	}
}

// TestNoLineBeginsOrEndsSo holds what may not stand at the ends of lines, mark by mark, behind and before whatever it may
// follow or precede, on every measure: the property above tries what chance brings, and a lone % after a bracket is rare.
func TestNoLineBeginsOrEndsSo(t *testing.T) {
	try := func(mark, text string) {
		t.Helper()
		for measure := int64(1000); measure <= 6000; measure += 500 {
			for _, mode := range []Paragraph{{Align: Left}, {Align: Justify}, {Align: Left, FirstFit: true}} {
				p := ask(text, measure, mode.Align)
				p.FirstFit = mode.FirstFit
				lines := Set(p).Lines
				for i := 1; i < len(lines); i++ {
					verifyBreak(lineText(&lines[i-1]), lineText(&lines[i]), func(format string, args ...any) {
						t.Helper()
						t.Fatalf("%s: "+format+": %s on %d is set %s", append(append([]any{mark}, args...), text, measure, bars(lines))...)
					})
				}
			}
		}
	}
	const before, after = "一二三四", "五六七八"
	for _, r := range neverFirst {
		for _, with := range []string{"", "5", "a", "）", "）%", "”", "。", "】", "㎡", "万元", "5%", "₂"} {
			try(string(r), before+with+string(r)+after)
			try(string(r), "（"+before+with+string(r)+"）"+after)
		}
	}
	for _, r := range neverLast {
		for _, with := range []string{"", "5", "a", "（", "“", "“（", "《", "￥"} {
			try(string(r), before+string(r)+with+after)
		}
	}
	try("）%", "增长（比上年）%以上，（占比）％（三四）‰")
}

// random is splitmix64: the same on every machine.
type random uint64

func (g *random) below(n int) int {
	*g += 0x9e3779b97f4a7c15
	z := uint64(*g)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// pieces are what random text is made of: what documents hold, and what may go wrong.
var pieces = []string{
	"中", "文", "预算", "武昌区行政审批局", "，", "。", "、", "；", "：", "“", "”", "（", "）", "《", "》", "？！", "——", "……", "—", "·", "～",
	"4,671.85", "2026", "年", "12月31日", "万元", "32.77%", "〔2022〕5号", "第", "3", "（一）", "1.", " ", "  ", "　", "\n", "/", "+", "-", "×", "≥", "￥",
	"PDF/A-3a", "A4", "https://www.example.gov.cn/a/b.html?c=1&d=2", "internationalization", "a", "i", "l", ".", ",", "(", ")", "’", "'", `"`,
	"𠙶", "\u0301", "\ufe00", "\u200b", "\u2060", "\ue000", "\xff", "々", "％", "２", "\u00a0", "é", "－", "０２７-88923196",
}

// measured are what texts of an environment bureau are made of.
var measured = []string{
	"中", "文", "监测", "，", "。", "（", "）", "“", "”", "%", "％", "）%", "PM₂.₅", " ≤ 35 μg/m³", "≤35μg/m³", "CO₂", "m²", "10⁻⁶", "Δ", "5µg", "2㎎",
	"16000㎡", "38℃", "0.5‰", "Москва", "lǜsè", "データ", "84.02%", "12月31日", "pH",
}

func randomParagraph(g *random) Paragraph { return randomText(g, pieces) }

// randomText is made of such pieces.
func randomText(g *random, pieces []string) Paragraph {
	p := Paragraph{
		Measure:     unit.Length(g.below(300_000)),
		FirstIndent: unit.Length(g.below(3)) * em,
		Align:       Align(g.below(4)),
		Balance:     g.below(6) == 0,
		FirstFit:    g.below(8) == 0,
	}
	if g.below(6) == 0 {
		p.Tracking = g.below(200)
	}
	few := 1 + g.below(len(pieces)) // few kinds of pieces give odd sequences
	for range 1 + g.below(3) {
		s := Span{Family: fixed, Size: em}
		if g.below(4) == 0 {
			s.Family = narrowQuotes
		}
		if g.below(4) == 0 {
			s.Size = unit.Length(5000 + g.below(20000))
		}
		for range g.below(30) {
			s.Text += pieces[(g.below(few)*7)%len(pieces)]
		}
		p.Spans = append(p.Spans, s)
	}
	return p
}

func TestRandomParagraphs(t *testing.T) {
	n := 6000
	if testing.Short() {
		n = 600
	}
	for seed := range n {
		g := random(seed)
		verify(t, randomParagraph(&g))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestRandomMeasurements(t *testing.T) {
	for seed := range 1500 {
		g := random(seed)
		verify(t, randomText(&g, measured))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// TestBestBreaks holds that no way of breaking a text costs less than the one taken: it tries all lines between all
// places, none left out.
func TestBestBreaks(t *testing.T) {
	s := Setter{Words: titleWords}
	for seed := range 4000 {
		g := random(seed)
		p := randomParagraph(&g)
		p.FirstFit, p.Measure = false, unit.Length(g.below(300_000))
		if p.Balance = g.below(4) == 0; g.below(2) == 0 {
			p.Align = Justify
		}
		s.prepare(&p)
		s.b.ask(&p, &s.Words)
		if len(s.segments) == 0 {
			continue
		}
		if seg := s.segments[0]; len(seg.atoms) > 0 {
			s.b.load(&seg, int64(p.FirstIndent))
			taken := costOf(&s.b, s.b.lines())
			if least := leastCost(&s.b); taken != least {
				t.Fatalf("seed %d: %s on %s: the breaks taken cost %d, the best %d", seed, sourceOf(p), p.Measure, taken, least)
			}
		}
	}
}

// cost prices a line; fits is false when it is too long even squeezed.
func (b *breaker) cost(line *sum, last bool) (cost int64, fits bool) {
	room := b.measure - line.width
	switch {
	case room < 0 && (!b.justify || -room > int64(line.shrink)):
		return costOverfull - room, false
	case !b.justify:
		return b.least + b.ragged(room, last), true
	case room < 0:
		return b.squeezed(-room, int64(line.shrink)), true
	case last:
		return 0, true
	}
	return b.stretched(line, room), true
}

// lineCost prices a line and the break at its end.
func lineCost(b *breaker, from, to int) int64 {
	line := b.sums.line(b.atoms, from, to)
	if from == 0 {
		line.width += b.indent
	}
	cost, fits := b.cost(&line, to == len(b.atoms))
	switch {
	case !fits:
		return cost
	case to == len(b.atoms):
		return cost + b.orphan(from)
	}
	return cost + int64(b.atoms[to].cost)
}

func costOf(b *breaker, ends []int) (total int64) {
	from := 0
	for _, to := range ends {
		total += lineCost(b, from, to)
		from = to
	}
	return total
}

func leastCost(b *breaker) int64 {
	var places []int
	for i := range len(b.atoms) + 1 {
		if i == 0 || b.open(i) {
			places = append(places, i)
		}
	}
	best := make([]int64, len(places))
	for j := 1; j < len(best); j++ {
		best[j] = unreachable
		for i := range j {
			c := lineCost(b, places[i], places[j])
			if c < costOverfull || i == j-1 { // only the shortest lines may stick out
				best[j] = min(best[j], best[i]+c)
			}
		}
	}
	return best[len(best)-1]
}

// TestWords holds that texts of ASCII characters are set as any other.
func TestWords(t *testing.T) {
	set := 0
	for seed := range 4000 {
		g := random(seed)
		p := Paragraph{Measure: unit.Length(g.below(120_000)), FirstIndent: unit.Length(g.below(2)) * em, Align: Align(g.below(4)), Balance: g.below(2) == 0}
		family := fixed
		if g.below(4) == 0 {
			family = narrowQuotes
		}
		b := make([]byte, 1+g.below(12))
		for i := range b {
			b[i] = byte('!' + g.below('~'-'!'+1))
			if g.below(2) == 0 {
				b[i] = "0123456789.,"[g.below(12)]
			}
		}
		p.Spans = []Span{{string(b), family, em}}
		var s, other Setter
		got := s.word(&p)
		if got == nil {
			continue
		}
		set++
		other.prepare(&p)
		other.b.ask(&p, &other.Words)
		other.setSegment(&p, &other.segments[0], p.FirstIndent)
		if want := other.lines.cut(); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s on %s: %+v, want %+v", b, p.Measure, got, want)
		}
	}
	if set < 1000 {
		t.Errorf("%d words set", set)
	}
}

// TestReuse holds that texts and advances stay when the lines they stood on are done with.
func TestReuse(t *testing.T) {
	var s Setter
	set := func(text string) []Run {
		p := ask(text, 20000, Justify)
		return s.Set(&p).Lines[0].Runs
	}
	a := set("一般公共预算1,234.56万元")
	kept, want := a[0], lineText(&Line{Runs: a[:1]})
	advances := slices.Clone(kept.Advances)
	s.Reuse()
	b := set("中a中")
	if &a[0] != &b[0] {
		t.Error("the memory of runs does not serve again")
	}
	if kept.Text != want || !slices.Equal(kept.Advances, advances) {
		t.Errorf("text %q and its advances %v have become %q, %v", want, advances, kept.Text, kept.Advances)
	}
}

// TestBack holds that what was set before a mark stays, and that what was set after it and taken back leaves no trace.
func TestBack(t *testing.T) {
	texts := []string{"一般公共预算1,234.56万元", "中a中", strings.Repeat("支出预算表2026年", 60), "12.50", ""}
	var want []string
	for _, x := range texts {
		p := ask(x, 50000, Justify)
		want = append(want, fmt.Sprint(new(Setter).Set(&p)))
	}
	for before := range 40 {
		var s Setter
		var kept []Result
		for i := range before {
			p := ask(texts[i%len(texts)], 50000, Justify)
			kept = append(kept, s.Set(&p))
		}
		m := s.Mark()
		for range 3 {
			s.Back(m)
			for i := range 10 * len(texts) {
				p := ask(texts[i%len(texts)], 50000, Justify)
				if got := fmt.Sprint(s.Set(&p)); got != want[i%len(texts)] {
					t.Fatalf("after %d: %s, want %s", before, got, want[i%len(texts)])
				}
			}
		}
		for i, r := range kept {
			if got := fmt.Sprint(r); got != want[i%len(texts)] {
				t.Fatalf("text %d of %d has become %s, was %s", i, before, got, want[i%len(texts)])
			}
		}
	}
}

func FuzzSet(f *testing.F) {
	for _, s := range []string{
		"2026年部门收支总预算4,671.85万元，比2025年预算增加2,133.02万元，上升84.02%。", "（一）“互联网+政务服务”——国发〔2022〕5号", "？！！……·～",
		"https://www.example.gov.cn/zwgk/", "\n\n", "a\u0301\u200b\u2060\xff", "  中 a 　", "（（（（））））", "1/2/3/4/5/6/7/8/9", "0\u200b0000000", "0000000　00",
	} {
		f.Add(s, 60_000, 20_000, uint8(3))
		f.Add(s, 9_000, 0, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, measure, indent int, flags uint8) {
		if len(s) > 400 {
			s = s[:400]
		}
		cut := len(s) * int(flags>>6) / 4
		for cut > 0 && cut < len(s) && !utf8.RuneStart(s[cut]) {
			cut--
		}
		verify(t, Paragraph{
			Spans:       []Span{{s[:cut], fixed, em}, {s[cut:], narrowQuotes, em + unit.Length(flags>>6)*500}},
			Measure:     unit.Length(max(0, measure%1_000_000)),
			FirstIndent: unit.Length(max(0, indent%100_000)),
			Align:       Align(flags & 3), Balance: flags&4 != 0, FirstFit: flags&8 != 0, Tracking: int(flags>>4&3) * 40,
		})
	})
}

// TestLongParagraph holds that a long text is set as well as a short one, however narrow the lines.
func TestLongParagraph(t *testing.T) {
	s := strings.Repeat("2026年部门收支总预算4,671.85万元，比“上年”增加；", 400)
	for _, measure := range []int64{0, 1000, 6000, 28000, 1 << 40} {
		verify(t, ask(s, measure, Justify))
	}
}
