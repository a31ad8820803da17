package redline

import (
	"fmt"
	"strconv"
	"strings"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// changed are the pages with marks.
func (l *Laid) changed() (out []Page) {
	for i, h := range l.hits {
		if len(h) > 0 {
			out = append(out, l.at(i))
		}
	}
	return out
}

// at is a page of the document.
func (l *Laid) at(i int) Page {
	p := Page{Index: i, Label: l.pages.Pages[i].Label}
	if p.Label == "" {
		p.Label = l.pages.Pages[i].Name
	}
	return p
}

// listed names pages for people: 封面、4–9、12. Numbers that count on are a range.
func listed(pages []Page) string {
	var out []string
	for i := 0; i < len(pages); {
		from := i
		i++
		for i < len(pages) && follows(pages[i-1], pages[i]) {
			i++
		}
		switch last := pages[i-1].String(); i - from {
		case 1:
			out = append(out, last)
		case 2:
			out = append(out, pages[from].String(), last)
		default:
			out = append(out, pages[from].String()+"–"+last)
		}
	}
	return strings.Join(out, "、")
}

func follows(a, b Page) bool {
	m, err := strconv.Atoi(a.Label)
	n, err2 := strconv.Atoi(b.Label)
	return err == nil && err2 == nil && b.Index == a.Index+1 && n == m+1
}

// bookmarks lead from page to page with marks, to the first of each.
func (l *Laid) bookmarks() (out []page.Bookmark) {
	pages := l.changed()
	if len(pages) == 0 {
		return nil
	}
	out = append(out, page.Bookmark{Title: fmt.Sprintf("有变动的页（%d页）", len(pages)), Page: pages[0].Index})
	for _, p := range pages {
		title, y := p.String(), unit.Length(0)
		if _, err := strconv.Atoi(title); err == nil {
			title = "第" + title + "页"
		}
		if pg := &l.pages.Pages[p.Index]; !pg.Turned {
			y = pg.Height
			for _, h := range l.hits[p.Index] {
				y = min(y, h.band(nil).top)
			}
		}
		out = append(out, page.Bookmark{Title: title, Level: 1, Page: p.Index, Y: y})
	}
	return out
}
