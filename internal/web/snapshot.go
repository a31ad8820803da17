package web

import (
	"bytes"
	"encoding/json"
	"slices"

	"yusuan/internal/desk"
)

// snapshot is what windows are told at one moment: all of it, with the moment since which each part is as it is. A window that
// knows an earlier moment is sent what differs from it. A snapshot is never changed.
type snapshot struct {
	seq      int // counts the moments
	dir      string
	name     string
	state    *desk.State
	tables   part
	pages    part
	outline  part
	problems part
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

// next is the moment after s, which may be nil.
func (s *snapshot) next(state *desk.State, dir, name, shown string) *snapshot {
	if s == nil {
		s = &snapshot{}
	}
	n := &snapshot{seq: s.seq + 1, dir: dir, name: name, state: state, order: make(map[string]orderPart, len(state.Tables)), rows: make(map[string]*rowPart, len(s.rows))}
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
		o := s.order[t.Name]
		if o.since == 0 || !slices.Equal(o.ids, ids) {
			o = orderPart{ids, n.seq}
		}
		n.order[t.Name] = o
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
	problems := make([]wireProblem, len(state.Problems))
	for i := range state.Problems {
		problems[i] = problemOf(&state.Problems[i], shown)
	}
	n.problems = s.problems.next(problems, n.seq)
	return n
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
	Seq       int                 `json:"seq"`
	Rev       int                 `json:"rev"`
	Full      bool                `json:"full"`
	Dir       string              `json:"dir"`
	Name      string              `json:"name"`
	Title     string              `json:"title"`
	Year      int                 `json:"year"`
	Saved     desk.Saved          `json:"saved"`
	SaveError string              `json:"save_error"`
	Noted     string              `json:"noted"`
	Failed    string              `json:"failed"` // why what follows is not of what is typed now
	Undo      string              `json:"undo"`
	Redo      string              `json:"redo"`
	Errors    int                 `json:"errors"`
	Warnings  int                 `json:"warnings"`
	Stale     bool                `json:"stale"`
	Tables    json.RawMessage     `json:"tables"` // null: as before
	Rows      []json.RawMessage   `json:"rows"`
	Order     map[string][]string `json:"order"`
	Pages     json.RawMessage     `json:"pages"`
	Outline   json.RawMessage     `json:"outline"`
	Problems  json.RawMessage     `json:"problems"`
	Conflicts []wireConflict      `json:"conflicts"`
}

// since is what a window that knows the moment seq is sent; 0 knows nothing.
func (s *snapshot) since(seq int) *told {
	if seq < 0 || seq > s.seq {
		seq = 0 // of an earlier run
	}
	x := s.state
	out := &told{Seq: s.seq, Rev: x.Rev, Full: seq == 0, Dir: s.dir, Name: s.name, Title: x.Title, Year: x.Year, Saved: x.Saved, SaveError: x.SaveError,
		Noted: x.Noted, Undo: x.Undo, Redo: x.Redo, Errors: x.Errors, Warnings: x.Warnings, Stale: x.Stale,
		Rows: []json.RawMessage{}, Order: map[string][]string{}, Conflicts: conflictsOf(x.Conflicts)}
	for _, p := range []struct {
		of *part
		to *json.RawMessage
	}{{&s.tables, &out.Tables}, {&s.pages, &out.Pages}, {&s.outline, &out.Outline}, {&s.problems, &out.Problems}} {
		if p.of.since > seq {
			*p.to = p.of.json
		}
	}
	for i := range x.Tables {
		t := &x.Tables[i]
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
