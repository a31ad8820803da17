package par

import (
	"yusuan/internal/typeset/linebreak"
	"yusuan/internal/typeset/unit"
)

// liner places the characters of the lines of one segment. The glue of its items becomes what is printed.
type liner struct {
	s       *setter
	seg     []atom
	items   []linebreak.Item
	justify bool
}

// line places seg[from:to].
func (l *liner) line(from, to int, start unit.Length) {
	items := l.items[from:to]
	items[0].Glue = 0
	line := Line{Forced: to == len(l.seg)}
	room := int64(l.s.p.Measure-start) - linebreak.Natural(items)
	switch {
	case l.justify && room < 0:
		line.Stretch = squeeze(l.seg[from:to], items, -room)
	case l.justify && room > 0 && !line.Forced:
		line.Stretch = stretch(l.seg[from:to], items, room)
	case l.s.p.Align == Center && room > 0:
		start += unit.Length(room / 2)
	case l.s.p.Align == Right && room > 0:
		start += unit.Length(room)
	}
	l.s.place(&line, l.seg[from:to], items, start, from == 0)
	line.Overfull = max(0, line.Width-l.s.p.Measure)
	l.s.lines = append(l.s.lines, line)
}

// place turns the atoms of a line into runs of one face and size. leading tells that blanks before the first character
// are the author's indent.
func (s *setter) place(line *Line, seg []atom, items []linebreak.Item, x unit.Length, leading bool) {
	firstRun := len(s.runs)
	open := openRun{s: s}
	hang := unit.Length(0) // width of the blanks since the last character
	for i := range seg {
		a := &seg[i]
		origin := x + hang
		switch {
		case weightless.has(a.class):
		case a.class == blank && leading:
			x += a.body
		case a.class == blank:
			hang += a.body
		default:
			x += unit.Length(items[i].Glue)
			origin = x - a.left
			x += a.body
			hang, leading = 0, false
			line.Width = x
		}
		if a.face != nil {
			open.add(a, origin)
		}
	}
	open.close(x + hang)
	line.Runs = s.runs[firstRun:len(s.runs):len(s.runs)]
}

// openRun is the run that is being filled, the last of the setter's runs.
type openRun struct {
	s      *setter
	last   *atom       // of the run, nil before the first
	origin unit.Length // of last
	first  int         // index of the run's first advance
	begin  int32       // byte offset of its text
}

// add puts a glyph at origin, in a new run when it does not go on with the last.
func (o *openRun) add(a *atom, origin unit.Length) {
	if l := o.last; l == nil || l.face != a.face || l.size != a.size || l.span != a.span || l.at+int32(l.length) != a.at {
		o.close(origin)
		o.s.runs = append(o.s.runs, Run{X: origin, Face: a.face, Size: a.size, Span: int(a.span)})
		o.first, o.begin = len(o.s.advances), a.at
	} else {
		o.s.advances = append(o.s.advances, origin-o.origin)
	}
	o.last, o.origin = a, origin
}

// close ends the run; its last glyph advances to end.
func (o *openRun) close(end unit.Length) {
	if o.last == nil {
		return
	}
	o.s.advances = append(o.s.advances, end-o.origin)
	run := &o.s.runs[len(o.s.runs)-1]
	run.Text = o.s.p.Spans[o.last.span].Text[o.begin : o.last.at+int32(o.last.length)]
	run.Advances = o.s.advances[o.first:len(o.s.advances):len(o.s.advances)]
}

// squeeze takes the excess out of a line, rank by rank, within a rank in proportion to what each glue can give. It
// returns the mean squeeze of a character in thousandths of the size, negative.
func squeeze(seg []atom, items []linebreak.Item, excess int64) int {
	given := int64(0)
	for r := rankWord; r <= rankGap && given < excess; r++ {
		given += share(excess-given, len(items)-1, func(i int) int64 {
			if seg[i+1].rank == r {
				return items[i+1].Shrink
			}
			return 0
		}, func(i int, d int64) { items[i+1].Glue -= d })
	}
	return -int(given * 1000 / (int64(len(seg)) * int64(max(1, seg[0].size))))
}

// stretch spreads room over a line: blanks between words up to half an em, gaps between Han and Latin up to a third,
// then all elastic glue alike (CLREQ 行内调整). It returns the widest addition in thousandths of the size. A line that
// would be torn apart is left as it is.
func stretch(seg []atom, items []linebreak.Item, room int64) int {
	em := int64(max(1, seg[0].size))
	gaps := int64(0)
	for i := 1; i < len(seg); i++ {
		if seg[i].elastic {
			gaps++
		}
	}
	if gaps == 0 || room*2 > gaps*em {
		return 0
	}
	var widest int64
	left := room
	for _, r := range [...]rank{rankWord, rankGap} {
		left -= share(left, len(items)-1, func(i int) int64 {
			a, it := &seg[i+1], &items[i+1]
			if a.rank != r || it.Stretch == 0 {
				return 0
			}
			own := it.Stretch
			if a.elastic {
				own -= int64(a.size.Milli(third))
			}
			return max(0, own)
		}, func(i int, d int64) {
			items[i+1].Glue += d
			widest = max(widest, d)
		})
	}
	var done, n int64
	for i := 1; i < len(seg); i++ {
		if seg[i].elastic {
			n++
			d := left*n/gaps - done
			done += d
			items[i].Glue += d
		}
	}
	return int((widest + left/gaps) * 1000 / em)
}

// share divides an amount among n members in proportion to what each can take, so that the parts add up exactly, and
// returns how much could be divided.
func share(amount int64, n int, capacity func(int) int64, give func(int, int64)) int64 {
	var total int64
	for i := range n {
		total += capacity(i)
	}
	amount = min(amount, total)
	if amount <= 0 {
		return 0
	}
	var seen, given int64
	for i := range n {
		if c := capacity(i); c > 0 {
			seen += c
			d := amount*seen/total - given
			given += d
			give(i, d)
		}
	}
	return amount
}
