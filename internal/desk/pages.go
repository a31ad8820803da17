package desk

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/schedule"
	"yusuan/internal/sheet"
	"yusuan/internal/source"
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
	troubled         map[int]bool // rows that have any
	lists            *budget.Lists
	layout           *sheet.Layout      // what the pack asks for; nil where there is none
	numbers          *schedule.Document // of the pages; nil where none could be made yet
	document         *page.Document
	pages            []Page
	byHash           map[string]int
	made             map[string]*version // of which the pages were made: held, or those of an earlier revision
	forms            map[int]int         // by the row of a form, the section of the tree that it stands in
	formOf           map[int]int         // by the row of a project, that of its form
	stale            bool
	names            *naming
	asking           *sync.Mutex      // guards numbers, touched and printed
	touched          map[int][]touch  // by row, once somebody asked
	printed          map[spot][]Words // so, too
}

// settled is the result of what is typed now. While somebody types, it waits until what is shown first has been made.
func (d *Desk) settled() (*result, error) {
	for times := 0; ; times++ {
		d.checking.Lock()
		r, err := d.check(times < mostOvertaken)
		d.checking.Unlock()
		if !errors.Is(err, build.ErrQuit) {
			return r, err
		}
	}
}

// check makes the result of what is typed now, if it is not there; hasty gives it up when something is typed meanwhile, and the error
// is build.ErrQuit then. The caller holds checking.
func (d *Desk) check(hasty bool) (*result, error) {
	at := d.moment()
	if d.result != nil && d.result.rev == at.rev {
		return d.result, nil
	}
	quit := func() bool { return hasty && d.revision() != at.rev }
	w, err := d.world.Shared.Check(at.input(d, quit))
	if err != nil {
		return nil, fmt.Errorf("desk: check: %w", err)
	}
	r := &result{rev: at.rev, held: at.held, counts: map[spot]int{}, troubled: map[int]bool{}, lists: budget.StandardLists(), layout: d.layout,
		names: d.names, asking: &sync.Mutex{}}
	if w.Pack != nil {
		r.lists = w.Pack.Lists()
		if r.layout == nil || r.layout.Pack != w.Pack {
			r.layout = sheet.New(w.Pack, sheet.Everything)
		}
	} else {
		r.layout = nil
	}
	if w.Budget != nil {
		r.year, r.names = w.Budget.Facts.Department.Year.V, namingOf(w.Budget, d.names)
	}
	d.typeset(r, w, quit)
	if quit() {
		return nil, fmt.Errorf("desk: typeset: %w", build.ErrQuit)
	}
	r.tell(w.Diags)
	d.result = r
	d.shows(r, w.LastFiles)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names = r.names
	if r.layout != nil {
		d.layout = r.layout
	}
	return r, nil
}

// moment is what was typed at some time.
type moment struct {
	rev    int
	held   map[string]*version
	passed map[string]bool
}

func (d *Desk) revision() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rev
}

func (d *Desk) moment() moment {
	d.mu.Lock()
	defer d.mu.Unlock()
	return moment{d.rev, maps.Clone(d.held), maps.Clone(d.passed)}
}

// input is what a document is made of; what did not change is not read again.
func (m *moment) input(d *Desk, quit func() bool) build.Input {
	last := d.lastFiles()
	var codes *build.Codes
	if d.world.Codes != nil {
		codes = d.world.Codes()
	}
	return build.Input{Codes: codes, Data: folder{base: d.world.Data, dir: d.world.Dir, held: m.held, passed: m.passed}, Dir: d.world.Dir, PriorDir: d.world.PriorDir,
		Quit: quit, Known: func(name string) *source.File {
			if v := m.held[name]; v != nil {
				return v.file
			}
			return last[name]
		}}
}

// typeset makes the pages; where there are none those of before stay.
func (d *Desk) typeset(r *result, w *build.Work, quit func() bool) {
	if w.Tree == nil {
		if old := d.result; old != nil {
			r.title, r.numbers, r.document, r.pages, r.byHash, r.made, r.forms, r.stale = old.title, old.numbers, old.document, old.pages, old.byHash, old.made, old.forms, true
			r.formOf, r.asking = old.formOf, old.asking
		}
		return
	}
	r.document, r.numbers, r.made, r.byHash, r.forms = w.Typeset(layout.WithMarks, layout.Until(quit)), w.Numbers, r.held, map[string]int{}, map[int]int{}
	r.formOf = map[int]int{}
	r.title = r.document.Info.Title
	r.pages = named(r.document.Pages)
	for i := range r.pages {
		if _, twice := r.byHash[r.pages[i].Hash]; !twice {
			r.byHash[r.pages[i].Hash] = i
		}
	}
	for _, f := range w.Forms {
		s, _, ok := spotOf(r.held, f.Form.At)
		if !ok {
			continue
		}
		r.forms[s.row] = f.Section
		if p := w.Budget.ProjectOf(f.Form); p != nil {
			if of, _, ok := spotOf(r.held, p.At); ok {
				r.formOf[of.row] = s.row
			}
		}
	}
}

// named are pages by what is drawn on them.
func named(pages []page.Page) []Page {
	out := make([]Page, len(pages))
	var memory []byte
	for i := range pages {
		p := &pages[i]
		memory = appendPage(memory[:0], p)
		out[i] = Page{Width: p.Width, Height: p.Height, Label: p.Label}
		out[i].Body, out[i].Hash = hashes(memory, p)
		if out[i].Label == "" {
			out[i].Label = p.Name
		}
	}
	return out
}

// Pages are the pages of what is typed now.
func (d *Desk) Pages() ([]Page, error) {
	r, err := d.settled()
	if err != nil {
		return nil, err
	}
	return r.pages, nil
}

// wanted is where something that is missing is to be filled in: in the row that the finding is at, in a table within that, or in
// a table that there is once, where it is there already.
func (r *result) wanted(s spot, v *version, missing string) (spot, *version) {
	dot := strings.LastIndexByte(missing, '.')
	if missing == "" {
		return s, v
	}
	if dot < 0 {
		return spot{s.row, missing}, v
	}
	table, key := missing[:dot], missing[dot+1:]
	if e, ok := v.entry(s.row); ok && strings.HasPrefix(table, e.Table+".") {
		for i := range v.entries {
			if in := &v.entries[i]; in.Table == table && strings.HasPrefix(in.Address, e.Address+".") {
				return spot{v.ids[i], key}, v
			}
		}
		return s, v
	}
	for _, name := range slices.Sorted(maps.Keys(r.held)) {
		for i := range r.held[name].entries {
			if r.held[name].entries[i].Table == table {
				return spot{r.held[name].ids[i], key}, r.held[name]
			}
		}
	}
	return s, v
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
			s, v = r.wanted(s, v, p.Missing)
			p.Row, p.Key = v.rowID(s.row), s.key
			r.counts[s]++
			r.troubled[s.row] = true
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
