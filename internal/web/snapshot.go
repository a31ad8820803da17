package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/desk"
)

// snapshot is what windows are told at one moment: all of it, with the moment since which each part is as it is. A window that
// knows an earlier moment is sent what differs from it. A snapshot is never changed.
type snapshot struct {
	run      int // of which opening of the folder: rows of another one have other ids
	seq      int // counts the moments
	dir      string
	name     string
	state    *desk.State
	tables   part
	pages    part
	outline  part
	problems map[string]*problemPart
	ids      orderPart // of the problems
	order    map[string]orderPart
	rows     map[string]*rowPart
}

// part is JSON and the moment since which it is so.
type part struct {
	json  json.RawMessage
	since int
}

type orderPart struct {
	ids   []string
	since int
}

type rowPart struct {
	row   desk.Row
	json  json.RawMessage
	since int
}

// next is the moment after s.
func (s *snapshot) next(state *desk.State, dir, name, shown string) *snapshot {
	n := &snapshot{run: s.run, seq: s.seq + 1, dir: dir, name: name, state: state, order: make(map[string]orderPart, len(state.Tables)), rows: make(map[string]*rowPart, len(s.rows)),
		problems: make(map[string]*problemPart, len(state.Problems))}
	tables := make([]wireTable, len(state.Tables))
	for i := range state.Tables {
		t := &state.Tables[i]
		tables[i] = tableOf(t)
		ids := make([]string, len(t.Rows))
		for j := range t.Rows {
			r := &t.Rows[j]
			ids[j] = r.ID
			n.rows[r.ID] = s.rows[r.ID].next(r, n.seq)
		}
		n.order[t.Name] = s.order[t.Name].next(ids, n.seq)
	}
	n.tables = s.tables.next(tables, n.seq)
	pages := make([]wirePage, len(state.Pages))
	for i, p := range state.Pages {
		pages[i] = wirePage{p.Hash, p.Body, int64(p.Width), int64(p.Height), p.Label}
	}
	n.pages = s.pages.next(pages, n.seq)
	outline := make([]wireHeading, len(state.Outline))
	for i, h := range state.Outline {
		outline[i] = wireHeading{h.Title, h.Level, h.Page, int64(h.Y)}
	}
	n.outline = s.outline.next(outline, n.seq)
	ids := make([]string, len(state.Problems))
	for i := range state.Problems {
		p := &state.Problems[i]
		ids[i] = p.ID
		n.problems[p.ID] = s.problems[p.ID].next(p, shown, n.seq)
	}
	n.ids = s.ids.next(ids, n.seq)
	return n
}

func (p orderPart) next(ids []string, seq int) orderPart {
	if p.since > 0 && slices.Equal(p.ids, ids) {
		return p
	}
	return orderPart{ids, seq}
}

// problemPart is a problem as it was told, and the moment since which it is so.
type problemPart struct {
	problem wireProblem
	json    json.RawMessage
	since   int
}

func (p *problemPart) next(x *desk.Problem, shown string, seq int) *problemPart {
	now := problemOf(x, shown)
	if p != nil && reflect.DeepEqual(p.problem, now) {
		return p
	}
	return &problemPart{now, encode(now), seq}
}

func (p part) next(v any, seq int) part {
	b := encode(v)
	if bytes.Equal(b, p.json) {
		return p
	}
	return part{b, seq}
}

func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // of structs of ours
	}
	return b
}

// next is the row at the next moment. Where it stands in its file is not told: it moves with every line above.
func (p *rowPart) next(r *desk.Row, seq int) *rowPart {
	if p != nil && sameRow(&p.row, r) {
		return p
	}
	return &rowPart{*r, encode(rowOf(r)), seq}
}

func sameRow(a, b *desk.Row) bool {
	return a.ID == b.ID && a.Table == b.Table && a.File == b.File && a.Parent == b.Parent && a.Unit == b.Unit && a.Title == b.Title &&
		a.Digest == b.Digest && a.Problems == b.Problems && slices.EqualFunc(a.Values, b.Values, func(x, y desk.Value) bool {
		return x.Key == y.Key && x.Text == y.Text && x.Problems == y.Problems && slices.Equal(x.Items, y.Items)
	})
}

// told is what a window is sent.
type told struct {
	Seq  string `json:"seq"`
	Full bool   `json:"full"`
	heads
	Failed    string              `json:"failed"` // why what follows is not of what is typed now
	Tables    json.RawMessage     `json:"tables"` // null: as before
	Rows      []json.RawMessage   `json:"rows"`
	Order     map[string][]string `json:"order"`
	Pages     json.RawMessage     `json:"pages"`
	Outline   json.RawMessage     `json:"outline"`
	Problems  []json.RawMessage   `json:"problems"`
	Found     []string            `json:"found"` // the ids of all problems; null: as before
	Conflicts []wireConflict      `json:"conflicts"`
	Blocked   []wireBlocked       `json:"blocked"`
	Broken    []wireBroken        `json:"broken"`
}

// heads is what is sent each time.
type heads struct {
	Rev       int        `json:"rev"`
	PagesRev  int        `json:"pages_rev"`
	Settling  bool       `json:"settling"` // pages and problems are not all of rev yet
	Dir       string     `json:"dir"`
	Name      string     `json:"name"`
	Title     string     `json:"title"`
	Year      int        `json:"year"`
	Saved     desk.Saved `json:"saved"`
	SaveError string     `json:"save_error"`
	Noted     string     `json:"noted"`
	Undo      string     `json:"undo"`
	Redo      string     `json:"redo"`
	Errors    int        `json:"errors"`
	Warnings  int        `json:"warnings"`
	Stale     bool       `json:"stale"`
}

func (s *snapshot) heads() heads {
	x := s.state
	return heads{Rev: x.Rev, PagesRev: x.PagesRev, Settling: x.Settling, Dir: s.dir, Name: s.name, Title: x.Title, Year: x.Year, Saved: x.Saved,
		SaveError: x.SaveError, Noted: x.Noted, Undo: x.Undo, Redo: x.Redo, Errors: x.Errors, Warnings: x.Warnings, Stale: x.Stale}
}

// like reports whether a window that knows the moment before learns nothing by this one.
func (s *snapshot) like(before *snapshot) bool {
	x := s.since(before.seq)
	return s.heads() == before.heads() && slices.Equal(x.Conflicts, conflictsOf(before.state.Conflicts)) &&
		slices.Equal(x.Blocked, blockedOf(before.state.Blocked)) && reflect.DeepEqual(x.Broken, brokenOf(before.state.Broken, before.dir)) &&
		x.Tables == nil && len(x.Rows) == 0 && len(x.Order) == 0 && x.Pages == nil && x.Outline == nil && len(x.Problems) == 0 && x.Found == nil
}

// moment names the moment for windows.
func (s *snapshot) moment() string { return fmt.Sprintf("%d.%d", s.run, s.seq) }

// known is the moment of a name, 0 for one of another opening.
func (s *snapshot) known(name string) int {
	run, seq, _ := strings.Cut(name, ".")
	n, err := strconv.Atoi(seq)
	if err != nil || run != strconv.Itoa(s.run) || n < 0 || n > s.seq {
		return 0
	}
	return n
}

// since is what a window that knows the moment seq is sent; 0 knows nothing.
func (s *snapshot) since(seq int) *told {
	out := &told{Seq: s.moment(), Full: seq == 0, heads: s.heads(), Rows: []json.RawMessage{}, Problems: []json.RawMessage{}, Order: map[string][]string{},
		Conflicts: conflictsOf(s.state.Conflicts), Blocked: blockedOf(s.state.Blocked), Broken: brokenOf(s.state.Broken, s.dir)}
	for _, p := range []struct {
		of *part
		to *json.RawMessage
	}{{&s.tables, &out.Tables}, {&s.pages, &out.Pages}, {&s.outline, &out.Outline}} {
		if p.of.since > seq {
			*p.to = p.of.json
		}
	}
	if s.ids.since > seq {
		out.Found = s.ids.ids
	}
	for _, id := range s.ids.ids {
		if p := s.problems[id]; p.since > seq {
			out.Problems = append(out.Problems, p.json)
		}
	}
	for i := range s.state.Tables {
		t := &s.state.Tables[i]
		if o := s.order[t.Name]; o.since > seq {
			out.Order[t.Name] = o.ids
		}
		for j := range t.Rows {
			if r := s.rows[t.Rows[j].ID]; r.since > seq {
				out.Rows = append(out.Rows, r.json)
			}
		}
	}
	return out
}
