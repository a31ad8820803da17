package desk

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/schedule"
	"yusuan/internal/sheet"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// Page is a page as it is now. Its drawing is asked for by its hash, and is the same as long as the hash is.
type Page struct {
	Hash          string
	Width, Height unit.Length
	Label         string // the number printed on it, else what it is called
	// Body is the hash of the page but for its number: by it the same page is known where others come or go before it.
	Body string
}

// Heading is an entry of the outline. Level 0 is the top; Y is measured on the sheet of its page.
type Heading struct {
	Title string
	Level int
	Page  int // from 0
	Y     unit.Length
}

// result is what one revision makes.
type result struct {
	rev              int
	held             map[string]*version
	title            string
	year             int
	errors, warnings int
	problems         []Problem
	counts           map[spot]int
	lists            *budget.Lists
	layout           *sheet.Layout      // what the pack asks for; nil where there is none
	numbers          *schedule.Document // of the pages; nil where none could be made yet
	document         *page.Document
	pages            []Page
	byHash           map[string]int
	made             map[string]*version // of which the pages were made: held, or those of an earlier revision
	stale            bool
	touched          map[int][]touch // by row, once somebody asked
}

// drawn is a page that may be asked for, and its drawing once it was.
type drawn struct {
	page *page.Page
	out  []byte
	rev  int // the last that has it
}

// ErrGone is of a page that is not there any more.
var ErrGone = errors.New("desk: no such page now")

// checked is the result of what is typed now. The caller holds checking.
func (d *Desk) checked() (*result, error) {
	d.mu.Lock()
	rev, held, passed := d.rev, maps.Clone(d.held), maps.Clone(d.passed)
	d.mu.Unlock()
	if d.result != nil && d.result.rev == rev {
		return d.result, nil
	}
	data := folder{base: d.world.Data, dir: d.world.Dir, held: held, passed: passed}
	w, err := d.world.Shared.Check(build.Input{Data: data, Dir: d.world.Dir, PriorDir: d.world.PriorDir})
	if err != nil {
		return nil, fmt.Errorf("desk: check: %w", err)
	}
	r := &result{rev: rev, held: held, counts: map[spot]int{}, lists: budget.StandardLists()}
	if w.Pack != nil {
		r.lists = w.Pack.Lists()
		if r.layout = d.layout; r.layout == nil || r.layout.Pack != w.Pack {
			r.layout = sheet.New(w.Pack, sheet.Everything)
		}
	}
	if w.Budget != nil {
		r.year = w.Budget.Facts.Department.Year.V
	}
	d.typeset(r, w)
	r.tell(w.Diags)
	d.result = r
	d.mu.Lock()
	defer d.mu.Unlock()
	if w.Budget != nil {
		d.names = namingOf(w.Budget)
	}
	if r.layout != nil {
		d.layout = r.layout
	}
	return r, nil
}

// typeset makes the pages; where there are none those of before stay.
func (d *Desk) typeset(r *result, w *build.Work) {
	if w.Tree == nil {
		if old := d.result; old != nil {
			r.title, r.numbers, r.document, r.pages, r.byHash, r.made, r.stale = old.title, old.numbers, old.document, old.pages, old.byHash, old.made, true
		}
		return
	}
	r.document, r.numbers, r.made, r.byHash = w.Typeset(layout.WithMarks), w.Numbers, r.held, map[string]int{}
	r.title = r.document.Info.Title
	var memory []byte
	for i := range r.document.Pages {
		p := &r.document.Pages[i]
		memory = appendPage(memory[:0], p)
		body, sum := hashes(memory, p)
		x := Page{Hash: sum, Width: p.Width, Height: p.Height, Label: p.Label, Body: body}
		if x.Label == "" {
			x.Label = p.Name
		}
		r.pages = append(r.pages, x)
		if _, twice := r.byHash[x.Hash]; !twice {
			r.byHash[x.Hash] = i
		}
		if d.drawn[x.Hash] == nil {
			d.drawn[x.Hash] = &drawn{}
		}
		d.drawn[x.Hash].page, d.drawn[x.Hash].rev = p, r.rev // that of before would keep its whole document
	}
	for hash, x := range d.drawn { // who was told of a page a moment ago may still ask for it
		if d.result == nil || x.rev < d.result.rev {
			if x.rev != r.rev {
				delete(d.drawn, hash)
			}
		}
	}
}

// Pages are the pages of what is typed now.
func (d *Desk) Pages() ([]Page, error) {
	d.checking.Lock()
	defer d.checking.Unlock()
	r, err := d.checked()
	if err != nil {
		return nil, err
	}
	return r.pages, nil
}

// Page is the drawing of a page, of now or of a moment ago.
func (d *Desk) Page(hash string) ([]byte, error) {
	d.checking.Lock()
	defer d.checking.Unlock()
	x := d.drawn[hash]
	if x == nil {
		return nil, ErrGone
	}
	if x.out == nil {
		x.out = d.world.Draw(x.page)
	}
	return x.out, nil
}

// tell puts findings where they are to be mended.
func (r *result) tell(found diag.List) {
	list := found.Sorted()
	ids := diag.Identify(list, func(at diag.Range) string {
		if v := r.held[at.File]; v != nil {
			return at.File + " " + v.names().Of(at)
		}
		return at.File
	})
	for i := range list {
		p := Problem{Diagnostic: list[i]}
		p.ID = ids[i]
		if s, v, ok := spotOf(r.held, p.At); ok {
			p.Row, p.Key = v.rowID(s.row), s.key
			r.counts[s]++
		}
		switch p.Level {
		case diag.Error:
			r.errors++
		case diag.Warning:
			r.warnings++
		}
		r.problems = append(r.problems, p)
	}
}

// spotOf is the row and field at a place.
func spotOf(held map[string]*version, at diag.Range) (spot, *version, bool) {
	v := held[at.File]
	if v == nil {
		return spot{}, nil, false
	}
	s, ok := v.places().Find(at)
	return s, v, ok
}

// firsts are for each mark of a page the first that is of the same number: by its place pages call the number, since those of
// the whole document are counted anew when a row comes or goes anywhere before.
func firsts(p *page.Page) []int {
	out, known := make([]int, len(p.Marks)), map[int32]int{}
	for i, m := range p.Marks {
		k, ok := known[m.Of]
		if !ok || m.Of == 0 {
			k = i
			known[m.Of] = i
		}
		out[i] = k
	}
	return out
}

// headings are the outline of the pages.
func (r *result) headings() []Heading {
	if r.document == nil {
		return nil
	}
	out := make([]Heading, 0, len(r.document.Bookmarks))
	for _, b := range r.document.Bookmarks {
		out = append(out, Heading(b))
	}
	return out
}

// hashes are those of a page without and with its number; b is what appendPage makes of it.
func hashes(b []byte, p *page.Page) (body, all string) {
	h := sha256.New()
	_, _ = h.Write(b)
	name := func() string { return hex.EncodeToString(h.Sum(nil)[:12]) }
	body = name()
	b = b[:0]
	for i := range p.Texts {
		if t := &p.Texts[i]; t.Elem == page.ArtifactFooter {
			b = appendText(b, t)
		}
	}
	_, _ = h.Write(b)
	return body, name()
}

func appendNumbers(b []byte, values ...unit.Length) []byte {
	for _, v := range values {
		b = binary.AppendVarint(b, int64(v))
	}
	return b
}

func appendText(b []byte, t *page.Text) []byte {
	b = appendNumbers(b, t.X, t.Y, t.Size, flag(t.Upright))
	for _, s := range [...]string{t.Face.Name(), t.Text} {
		b = append(appendNumbers(b, unit.Length(len(s))), s...)
	}
	return appendNumbers(b, t.Advances...)
}

// appendPage appends all of a page that its drawing is made of but for its number, and which of its texts are one number; not how
// the numbers of the document are counted nor where in the files words were typed: both move with what is elsewhere.
func appendPage(b []byte, p *page.Page) []byte {
	number := func(values ...unit.Length) { b = appendNumbers(b, values...) }
	number(p.Width, p.Height, flag(p.Turned), unit.Length(len(p.Texts)))
	for i := range p.Texts {
		if t := &p.Texts[i]; t.Elem != page.ArtifactFooter {
			b = appendText(b, t)
		}
	}
	number(unit.Length(len(p.Rules)))
	for _, x := range p.Rules {
		number(x.X, x.Y, x.W, x.H)
	}
	number(unit.Length(len(p.Paths)))
	for i := range p.Paths {
		x := &p.Paths[i]
		b = append(b, x.Color.R, x.Color.G, x.Color.B)
		number(unit.Length(len(x.Segments)))
		for _, s := range x.Segments {
			number(unit.Length(s.Step), s.To.X, s.To.Y, s.C[0].X, s.C[0].Y, s.C[1].X, s.C[1].Y)
		}
	}
	for _, l := range p.Links {
		number(l.X, l.Y, l.W, l.H, unit.Length(l.Page), l.TargetY)
	}
	same := firsts(p)
	for i, m := range p.Marks {
		number(unit.Length(m.Text), unit.Length(m.From), unit.Length(m.To), unit.Length(same[i]), flag(m.Of > 0), flag(m.Origin != nil))
	}
	return b
}

func flag(b bool) unit.Length {
	if b {
		return 1
	}
	return 0
}
