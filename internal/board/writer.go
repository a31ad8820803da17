package board

import (
	"bufio"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/html"
	"yusuan/internal/money"
)

// writer writes a page piece by piece: that of ten thousand departments never stands in memory.
type writer struct {
	*bufio.Writer
	room  []byte // for escaped texts
	files func(name string) (size int64, there bool)

	offered map[string]bool // forms that were linked to
}

func newWriter(to io.Writer, files func(string) (int64, bool)) *writer {
	return &writer{Writer: bufio.NewWriterSize(to, 1<<16), files: files, offered: map[string]bool{}}
}

// raw writes what is HTML already; Flush has the error of any write before.
func (w *writer) raw(parts ...string) {
	for _, s := range parts {
		_, _ = w.WriteString(s)
	}
}

// text writes words of others so that they are nothing but words, on one line.
func (w *writer) text(s string) {
	w.room = html.Escape(w.room[:0], oneLine.Replace(s))
	_, _ = w.Write(w.room)
}

// name writes a name among other words, which it cannot put into another order.
func (w *writer) name(s string) {
	w.raw("<bdi>")
	w.text(s)
	w.raw("</bdi>")
}

var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

func (w *writer) attr(name, value string) {
	w.raw(" ", name, `="`)
	w.text(value)
	w.raw(`"`)
}

// rule writes a cell with the id of a rule.
func (w *writer) rule(id string) {
	w.raw(`<td class="code">`)
	w.text(id)
	w.raw("</td>")
}

// cell writes a cell of words.
func (w *writer) cell(s string) {
	w.raw("<td>")
	w.text(s)
	w.raw("</td>")
}

// count writes a cell with a number, empty for none.
func (w *writer) count(n int) {
	if n == 0 {
		w.raw("<td></td>")
		return
	}
	w.raw(`<td class="n">`, strconv.Itoa(n), "</td>")
}

// amount writes a cell with an amount in 万元, which knows the exact one in 元.
func (w *writer) amount(a money.Amount) {
	w.raw(`<td class="n" data-yuan="`, a.String(), `">`, printed.String(a), "</td>")
}

var printed = money.Usual(money.Wan)

// share writes a cell with the change as a percentage, empty where there is none.
func (w *writer) share(now, before money.Amount, known bool) {
	c := money.Compare(now, before, 2)
	if !known || !c.HasRate {
		w.raw("<td></td>")
		return
	}
	sign := ""
	if c.Direction > 0 {
		sign = "+"
	}
	w.raw(`<td class="n" data-v="`, c.Rate, `">`, sign, c.Rate, "%</td>")
}

// day writes a cell with a date: month and day where the year is that of the page.
func (w *writer) day(t time.Time, year int) {
	if t.IsZero() {
		w.raw("<td></td>")
		return
	}
	full := t.Format(time.DateOnly)
	shown := full
	if t.Year() == year {
		shown = full[len("2026-"):]
	}
	w.raw(`<td class="n" data-v="`, full, `"><time datetime="`, full, `">`, shown, "</time></td>")
}

// head writes the head of a table: each column by its title, how it is sorted and what is explained of it.
func (w *writer) head(columns ...column) {
	w.raw("<thead><tr>")
	for _, c := range columns {
		w.raw(`<th scope="col"`)
		if c.class != "" {
			w.raw(` class="`, c.class, `"`)
		}
		if c.sort != "" {
			w.raw(` data-sort="`, c.sort, `"`)
		}
		w.raw(">")
		w.text(c.title)
		w.raw("</th>")
	}
	w.raw("</tr></thead>\n")
}

// column is one of a table. sort is how the script puts rows in its order: as numbers or as texts, "" for not at all.
type column struct{ title, class, sort string }

const (
	asNumbers = "n"
	asTexts   = "t"
)

func texts(title string) column   { return column{title, "", asTexts} }
func numbers(title string) column { return column{title, "n", asNumbers} }
func dates(title string) column   { return column{title, "n", asTexts} }

// box begins a table that scrolls within itself on narrow screens; end ends it. below is what stands in the caption in small type.
func (w *writer) box(id, title, below, class string) {
	w.raw(`<div class="box" role="region" tabindex="0" aria-labelledby="`, id, `"><table class="`, class, `"><caption><h3 id="`, id, `">`)
	w.text(title)
	w.raw("</h3>")
	if below != "" {
		w.raw("<p>")
		w.text(below)
		w.raw("</p>")
	}
	w.raw("</caption>\n")
}

func (w *writer) end() { w.raw("</table></div>\n") }

// link writes a link to a file below the output folder, if it is there.
func (w *writer) link(name, shown string, before string) bool {
	size, there := w.files(name)
	if !there {
		return false
	}
	w.raw(before, "<a")
	w.attr("href", reference(name))
	w.attr("title", name+"，"+sizeOf(size))
	w.raw(">")
	w.text(shown)
	w.raw("</a>")
	return true
}

// reference is how a page beside the files names one of them.
func reference(name string) string { return (&url.URL{Path: name}).String() }

// sizeOf is how large a file is, for people.
func sizeOf(n int64) string {
	const k = 1024
	switch {
	case n < k:
		return strconv.FormatInt(n, 10) + " 字节"
	case n < k*k:
		return strconv.FormatInt((n+k/2)/k, 10) + " KB"
	}
	tenths := (n*10 + k*k/2) / (k * k)
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + " MB"
}
