package desk

import (
	"errors"
	"fmt"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// Whoever shows the pages while somebody types wants those first that are typed at, and the rest without waiting for it. So the
// sections of forms that changed are made alone, which takes little of the time that a large document takes, and put in their
// places; then the document is made whole, which puts all else right: numbers of pages behind a form that became longer, tables
// that sum what it states.

// Advance does the next piece of what is to be done after edits, and reports whether there is more to do: first, where that is
// sooner, the pages of the forms that changed, then all pages and problems. Now tells of either. What is being made when
// something is typed is given up for what is newer, though not for ever.
func (d *Desk) Advance() (more bool, err error) {
	if made, err := d.draft(); made || err != nil {
		return made, err
	}
	d.checking.Lock()
	defer d.checking.Unlock()
	r, err := d.check(d.overtaken < mostOvertaken)
	if errors.Is(err, build.ErrQuit) {
		d.overtaken++
		return true, nil
	}
	if d.overtaken = 0; err != nil {
		return false, err
	}
	return r.rev != d.revision(), nil
}

// mostOvertaken is how often in a row what is being made is given up for what is newer: then it is made to its end, since who types
// on and on wants to see the other pages too.
const mostOvertaken = 50

// Documents of fewPages are made whole about as soon as their parts are, and so they are where more forms changed than mostForms.
const (
	fewPages  = 100
	mostForms = 16
)

// draft makes the pages of the forms that changed since the document was made whole, if that was a large one.
func (d *Desk) draft() (made bool, err error) {
	d.drafting.Lock()
	defer d.drafting.Unlock()
	d.showing.Lock()
	base, upTo := d.shown.full, d.shown.rev
	d.showing.Unlock()
	at := d.moment()
	if base == nil || base.document == nil || at.rev == upTo || len(base.pages) < fewPages {
		return false, nil
	}
	changed := base.changed(at.held)
	if len(changed) == 0 || len(changed) > mostForms {
		return false, nil
	}
	w, err := d.world.Shared.Draft(at.input(d, nil), func(f *budget.Form) bool {
		s, _, ok := spotOf(at.held, f.At)
		return ok && changed[s.row]
	})
	if err != nil {
		return false, fmt.Errorf("desk: draft: %w", err)
	}
	sections := map[int][]page.Page{}
	for _, f := range w.Forms {
		s, _, _ := spotOf(at.held, f.Form.At)
		if i, ok := base.forms[s.row]; ok {
			start := base.document.Starts[i]
			sections[i] = w.TypesetSection(f.Section, base.document.Pages[:start.Page], start.Number, layout.WithMarks)
		}
	}
	if len(sections) == 0 {
		return false, nil
	}
	pages, fresh := base.with(sections)
	d.showing.Lock()
	defer d.showing.Unlock()
	if d.shown.full != base {
		return false, nil // a newer one was made whole meanwhile
	}
	d.shown.show(at.rev, pages, fresh)
	return true, nil
}

// changed are the rows of forms that say something else than when the document was made, or whose projects do.
func (r *result) changed(held map[string]*version) map[int]bool {
	out := map[int]bool{}
	for name, now := range held {
		was := r.made[name]
		if was == now {
			continue
		}
		var before map[int]string
		if was != nil {
			before = was.digests()
		}
		for id, digest := range now.digests() {
			if before[id] == digest {
				continue
			}
			if _, ok := r.forms[id]; ok {
				out[id] = true
			} else if form := r.formOf[id]; form > 0 {
				out[form] = true
			}
		}
	}
	return out
}

// with are the pages of the document, some of its sections being others. fresh are those by their place, and nothing elsewhere.
func (r *result) with(sections map[int][]page.Page) (pages []Page, fresh []page.Page) {
	at := 0
	keep := func(to int) {
		pages = append(pages, r.pages[at:to]...)
		fresh = append(fresh, make([]page.Page, to-at)...)
		at = to
	}
	for i, start := range r.document.Starts {
		if x, ok := sections[i]; ok {
			keep(start.Page)
			pages, fresh = append(pages, named(x)...), append(fresh, x...)
			at = len(r.pages)
			if i+1 < len(r.document.Starts) {
				at = r.document.Starts[i+1].Page
			}
		}
	}
	keep(len(r.pages))
	return pages, fresh
}
