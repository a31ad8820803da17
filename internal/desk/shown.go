package desk

import (
	"errors"

	"yusuan/internal/source"
	"yusuan/internal/typeset/page"
)

// display is what was made last, which may be asked for while the next is made.
type display struct {
	full  *result                 // the last document that was made whole; nil before the first
	pages []Page                  // its pages, or with those in their places that were made ahead of the next
	rev   int                     // that the newest of them are of
	turn  int                     // how often they were shown
	drawn map[string]*drawn       // by the hash of the page
	last  map[string]*source.File // of the folder of last year, by name
}

// drawn is a page that may be asked for.
type drawn struct {
	page *page.Page
	turn int // the last that it was shown in
}

// Pages that are not shown any more can still be asked for, by who was told of them a moment ago: those of so many turns, and no
// more than so many.
const (
	keptTurns = 24
	keptPages = 400
)

// ErrGone is of a page that is not there any more.
var ErrGone = errors.New("desk: no such page now")

// shows tells that a document was made whole.
func (d *Desk) shows(r *result, lastFiles []*source.File) {
	d.showing.Lock()
	defer d.showing.Unlock()
	s := &d.shown
	s.full = r
	s.last = make(map[string]*source.File, len(lastFiles))
	for _, f := range lastFiles {
		s.last[f.Path] = f
	}
	if r.document == nil {
		s.show(r.rev, nil, nil)
		return
	}
	s.show(r.rev, r.pages, r.document.Pages)
}

// show puts pages where they can be asked for; of those that stay where they are, known is empty.
func (s *display) show(rev int, pages []Page, known []page.Page) {
	s.rev, s.pages = rev, pages
	s.turn++
	if s.drawn == nil {
		s.drawn = make(map[string]*drawn, len(pages))
	}
	for i := range pages {
		x := s.drawn[pages[i].Hash]
		if known != nil && known[i].Width > 0 {
			p := known[i] // alone: a pointer to it would keep all pages of its document
			x = &drawn{page: &p}
			s.drawn[pages[i].Hash] = x
		}
		if x != nil {
			x.turn = s.turn
		}
	}
	s.forget()
}

// forget lets go of pages that were shown long ago.
func (s *display) forget() {
	past := map[int]int{} // how many pages were shown last in a turn
	for _, x := range s.drawn {
		past[x.turn]++
	}
	oldest, pages := s.turn, 0 // that is kept
	for oldest > s.turn-keptTurns+1 && (oldest == s.turn || pages+past[oldest-1] <= keptPages) {
		oldest--
		pages += past[oldest]
	}
	for hash, x := range s.drawn {
		if x.turn < oldest {
			delete(s.drawn, hash)
		}
	}
}

// lastFiles are those of last year's folder as they were read last.
func (d *Desk) lastFiles() map[string]*source.File {
	d.showing.Lock()
	defer d.showing.Unlock()
	return d.shown.last
}

// Page is the drawing of a page, of now or of a moment ago. It waits for nothing.
func (d *Desk) Page(hash string) ([]byte, error) {
	d.showing.Lock()
	x := d.shown.drawn[hash]
	d.showing.Unlock()
	if x == nil {
		return nil, ErrGone
	}
	return d.world.Draw(x.page), nil
}
