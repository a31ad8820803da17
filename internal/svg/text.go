package svg

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/typeset/page"
)

// inOrder are the marks of a page that cover something, by their texts and where they begin there; of those that begin
// together, the longer first.
func inOrder(marks []page.Mark) []page.Mark {
	out := make([]page.Mark, 0, len(marks))
	for _, m := range marks {
		if m.From < m.To {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b page.Mark) int {
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To))
	})
	return out
}

// texts writes the texts that are upright as one of the values says, those that follow each other in one face and size as a
// group.
func (w *writer) texts(upright ...bool) {
	next := 0
	for i := range w.page.Texts {
		t := &w.page.Texts[i]
		from := next
		for next < len(w.order) && int(w.order[next].Text) == i {
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
func (w *writer) text(t *page.Text, marks []page.Mark) {
	w.b = append(w.b, `<text`...)
	if strings.IndexByte(t.Text, ' ') >= 0 {
		w.b = append(w.b, ` xml:space="preserve"`...)
	}
	whole := len(marks) == 1 && int(marks[0].To-marks[0].From) == len(t.Text)
	if whole {
		w.mark(w.key(&marks[0]))
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
func (w *writer) stretches(text string, marks []page.Mark) {
	keys := make([]int, len(marks))
	for i := range marks {
		keys[i] = w.key(&marks[i])
	}
	for at := 0; at < len(text); {
		end, open := len(text), 0
		for i := range marks {
			from, to := int(marks[i].From), int(marks[i].To)
			switch {
			case from > at:
				end = min(end, from)
			case to > at:
				end = min(end, to)
				w.b = append(w.b, `<tspan`...)
				w.mark(keys[i])
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

// key is the place of a mark in the list of those written: of a number one for all its pieces.
func (w *writer) key(m *page.Mark) int {
	if i, ok := w.keys[m.Of]; ok && m.Of != 0 {
		return i
	}
	w.keys[m.Of] = len(w.marks)
	w.marks = append(w.marks, *m)
	return len(w.marks) - 1
}

// mark writes the attribute that leads from an element to its mark.
func (w *writer) mark(key int) {
	name := ` data-at="`
	if w.marks[key].Of != 0 {
		name = ` data-of="`
	}
	w.b = append(w.b, name...)
	w.b = append(strconv.AppendInt(w.b, int64(key), 10), '"')
}
