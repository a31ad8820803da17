package svg

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/typeset/page"
)

// readMarks finds what the marks of the page are called, and orders those that cover something by their texts and where they
// begin there; of those that begin together, the longer comes first.
func (w *writer) readMarks() {
	marks, first := w.page.Marks, map[int32]int{}
	w.keys, w.order = make([]int, len(marks)), make([]int, 0, len(marks))
	for i := range marks {
		m := &marks[i]
		w.keys[i] = i
		if k, ok := first[m.Of]; ok && m.Of != 0 {
			w.keys[i] = k
		} else {
			first[m.Of] = i
		}
		if m.From < m.To {
			w.order = append(w.order, i)
		}
	}
	slices.SortStableFunc(w.order, func(i, k int) int {
		a, b := &marks[i], &marks[k]
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To))
	})
}

// texts writes the texts that are upright as one of the values says, those that follow each other in one face and size as a
// group.
func (w *writer) texts(upright ...bool) {
	next := 0
	for i := range w.page.Texts {
		t := &w.page.Texts[i]
		from := next
		for next < len(w.order) && int(w.page.Marks[w.order[next]].Text) == i {
			next++
		}
		if t.Text == "" || !slices.Contains(upright, t.Upright) {
			continue
		}
		if t.Face != w.face || t.Size != w.size {
			w.endGroup()
			w.face, w.size = t.Face, t.Size
			w.b = append(w.b, `<g font-family="`...)
			w.escape(w.family(t.Face))
			w.b = append(w.b, `" font-size="`...)
			w.length(t.Size)
			w.b = append(w.b, `">`...)
		}
		w.text(t, w.order[from:next])
	}
	w.endGroup()
}

func (w *writer) endGroup() {
	if w.face != nil {
		w.b = append(w.b, `</g>`...)
	}
	w.face = nil
}

// text writes a run with the place of every character. Browsers take blanks away where they are not told otherwise, and with
// them their places.
func (w *writer) text(t *page.Text, marks []int) {
	w.b = append(w.b, `<text`...)
	if strings.IndexByte(t.Text, ' ') >= 0 {
		w.b = append(w.b, ` xml:space="preserve"`...)
	}
	whole := len(marks) == 1 && int(w.page.Marks[marks[0]].To-w.page.Marks[marks[0]].From) == len(t.Text)
	if whole {
		w.mark(marks[0])
	}
	w.b = append(w.b, ` y="`...)
	w.length(t.Y)
	w.b = append(w.b, `" x="`...)
	x := t.X
	for i, a := range t.Advances {
		if i > 0 {
			w.b = append(w.b, ' ')
		}
		w.length(x)
		x += a
	}
	w.b = append(w.b, `">`...)
	if whole {
		w.escape(t.Text)
	} else {
		w.stretches(t.Text, marks)
	}
	w.b = append(w.b, `</text>`...)
}

// stretches writes a text with its marks as elements. Marks may lie within each other or overlap; what two cover is an element
// of the later within one of the earlier, so that clicks find both.
func (w *writer) stretches(text string, marks []int) {
	for at := 0; at < len(text); {
		end, open := len(text), 0
		for _, i := range marks {
			from, to := int(w.page.Marks[i].From), int(w.page.Marks[i].To)
			switch {
			case from > at:
				end = min(end, from)
			case to > at:
				end = min(end, to)
				w.b = append(w.b, `<tspan`...)
				w.mark(i)
				w.b = append(w.b, '>')
				open++
			}
		}
		w.escape(text[at:end])
		for range open {
			w.b = append(w.b, `</tspan>`...)
		}
		at = end
	}
}

// mark writes the attribute that leads from an element to a mark of the page.
func (w *writer) mark(i int) {
	name := ` data-at="`
	if w.page.Marks[i].Of != 0 {
		name = ` data-of="`
	}
	w.b = append(w.b, name...)
	w.b = append(strconv.AppendInt(w.b, int64(w.keys[i]), 10), '"')
}
