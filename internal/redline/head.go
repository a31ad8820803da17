package redline

import (
	"path"
	"strings"

	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
)

const (
	headSize  unit.Length = 10500
	headClear unit.Length = 5000 // between the mark and all else
)

// head says at the head of a page, upright on the sheet, that it is not the document. It stands clear of all that is on the page:
// where the margin is too small for it, at the foot.
func (d *drawer) head(pg *page.Page) {
	const highest = 36000
	r := d.laid.result
	line := d.line(d.bold, Draft)
	room := pg.Width - 4*edge
	for names := 60; names > 0; names-- {
		line = d.line(d.bold, Draft+"　不是公开文件　原："+short(r.Old.Name, names)+"　现："+short(r.New.Name, names)+"　变动对照表："+numberPrefix+"1")
		if line.Width <= room {
			break
		}
	}
	top, bottom := content(pg)
	y := min(highest, top-headClear)
	if y < edge+headSize*8/10 {
		y = min(bottom+headClear+headSize, pg.Height-edge)
	}
	first := len(pg.Texts)
	pg.Texts = pg.Texts[:first:first]
	style.Draw(pg, line, (pg.Width-line.Width)/2, y, page.ArtifactHeader)
	for i := first; i < len(pg.Texts); i++ {
		pg.Texts[i].Upright = pg.Turned
	}
}

// content is where on the sheet what stands on a page begins and ends.
func content(pg *page.Page) (top, bottom unit.Length) {
	top, bottom = pg.Height/2, pg.Height/2
	take := func(r page.Rule, upright bool) {
		if !upright {
			r = pg.OnSheet(r)
		}
		top, bottom = min(top, r.Y), max(bottom, r.Y+r.H)
	}
	for i := range pg.Texts {
		t := &pg.Texts[i]
		take(page.Rule{X: t.X, Y: t.Y - t.Size, W: endOf(t) - t.X, H: t.Size + t.Size/4}, t.Upright)
	}
	for _, r := range pg.Rules {
		take(r, false)
	}
	for i := range pg.Paths {
		for _, s := range pg.Paths[i].Segments {
			take(page.Rule{X: s.To.X, Y: s.To.Y}, false)
		}
	}
	return top, bottom
}

// short is a name of at most so many characters: of a longer one the end, which tells files apart.
func short(name string, most int) string {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	r := []rune(name)
	if len(r) <= most {
		return name
	}
	return "…" + string(r[len(r)-most:])
}
