package changes

import (
	"io"
	"strings"

	"yusuan/internal/compare"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// JSON writes the comparison for programs, as one object. Its fields keep their names and meanings; new ones may be added.
// Amounts are texts in 元, exact; lists are whole, in the order of the new document, and there also when they are empty:
//
//	old, new      the two documents: name as it was given, title, code, edition, year, date (2006-01-02), program, template (id and
//	              version), pages; problems are how many errors its data have, what is in error was not compared
//	notes         what to know of the two before the rest is believed, in Chinese
//	same          true where nothing that is printed is another
//	counts        causes, cells, sentences, rows, parts: how many of each; by_class: cells, sentences, rows and parts together by class
//	totals        name, key, of (how far it is a part of those above), old, new, difference, rate (per cent, signed), causes
//	causes        what is stated otherwise, each with
//	  number      by which all effects name it, from 1
//	  change      "altered", "added", "removed" or "moved"
//	  table, entry, field   of the data folder; field is absent of a whole entry
//	  title       all of it for people
//	  last        true of last year's data
//	  old, new    as stated; absent if none
//	  difference  of amounts
//	  old_at, new_at        places, as in check --format json: file, line, column, or of a workbook sheet and cell
//	  effects     cells, sentences, rows, parts: how many name this cause
//	cells         numbers that are printed otherwise, each with
//	  name        what all forms of a document call it, as figure and web pages do
//	  where       "table", "form", "chart" or "text"
//	  part, row, column     the heading that it stands below, and where
//	  old, new    as printed; absent where there is none, "" where nothing is printed
//	  unit        of both; absent if none
//	  old_amount, new_amount, difference    of amounts
//	  class       "facts", "residue", "template" or "program": what brought it
//	  causes      numbers of causes
//	  pages       of the new document, each with sheet (from 1, of all) and name (the number that it bears)
//	sentences     texts that read otherwise: where, part, place (of words in a table), pieces (kind "same", "gone" or "new", and text),
//	              old and new in whole, class, causes, pages
//	rows          of tables: part, name, old (what it was called), change, class, causes, pages
//	parts         tables, forms, charts, headings, paragraphs: where, title, change, class, causes, pages
func (r *Report) JSON(w io.Writer) error {
	out := jsonReport{Old: jsonDocumentOf(&r.Old), New: jsonDocumentOf(&r.New), Notes: append([]string{}, r.Notes...), Same: r.Same(),
		Totals: []jsonTotal{}, Causes: []jsonCause{}, Cells: []jsonCell{}, Sentences: []jsonSentence{}, Rows: []jsonRow{}, Parts: []jsonPart{}}
	out.Counts = jsonCounts{len(r.Causes), jsonCount(r.count()), map[string]int{}}
	r.effects(func(_ int, x effect) { out.Counts.ByClass[x.class.String()]++ })
	for i := range r.Totals {
		out.Totals = append(out.Totals, jsonTotalOf(&r.Totals[i]))
	}
	for i := range r.Causes {
		out.Causes = append(out.Causes, jsonCauseOf(i+1, &r.Causes[i]))
	}
	for i := range r.Cells {
		out.Cells = append(out.Cells, r.jsonCell(i))
	}
	for i := range r.Sentences {
		out.Sentences = append(out.Sentences, r.jsonSentence(i))
	}
	for i := range r.Rows {
		x := &r.Rows[i]
		out.Rows = append(out.Rows, jsonRow{x.Part, x.Name, x.Old, x.Change.String(), r.jsonEffect(x.Class, x.Causes, of(r.Pages.Rows, i))})
	}
	for i := range r.Parts {
		x := &r.Parts[i]
		out.Parts = append(out.Parts, jsonPart{x.Where.String(), x.Title, x.Change.String(), r.jsonEffect(x.Class, x.Causes, of(r.Pages.Parts, i))})
	}
	return diag.WriteJSON(w, out)
}

func (r *Report) count() compare.Count {
	return compare.Count{Cells: len(r.Cells), Sentences: len(r.Sentences), Rows: len(r.Rows), Parts: len(r.Parts)}
}

type jsonReport struct {
	Old       jsonDocument   `json:"old"`
	New       jsonDocument   `json:"new"`
	Notes     []string       `json:"notes"`
	Same      bool           `json:"same"`
	Counts    jsonCounts     `json:"counts"`
	Totals    []jsonTotal    `json:"totals"`
	Causes    []jsonCause    `json:"causes"`
	Cells     []jsonCell     `json:"cells"`
	Sentences []jsonSentence `json:"sentences"`
	Rows      []jsonRow      `json:"rows"`
	Parts     []jsonPart     `json:"parts"`
}

type jsonDocument struct {
	Name     string       `json:"name"`
	Title    string       `json:"title"`
	Code     string       `json:"code"`
	Edition  string       `json:"edition,omitempty"`
	Year     int          `json:"year"`
	Date     string       `json:"date,omitempty"`
	Program  string       `json:"program"`
	Template jsonTemplate `json:"template"`
	Pages    int          `json:"pages,omitempty"`
	Problems int          `json:"problems"`
}

type jsonTemplate struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

func jsonDocumentOf(d *compare.Document) jsonDocument {
	return jsonDocument{d.Name, d.Title, d.Code, d.Edition, d.Year, d.Date, d.Program, jsonTemplate{d.Pack, d.Version}, d.Pages, d.Problems}
}

type jsonCount struct {
	Cells     int `json:"cells"`
	Sentences int `json:"sentences"`
	Rows      int `json:"rows"`
	Parts     int `json:"parts"`
}

type jsonCounts struct {
	Causes int `json:"causes"`
	jsonCount
	ByClass map[string]int `json:"by_class"`
}

type jsonTotal struct {
	Name       string `json:"name"`
	Key        string `json:"key"`
	Of         int    `json:"of"`
	Old        string `json:"old,omitempty"`
	New        string `json:"new,omitempty"`
	Difference string `json:"difference,omitempty"`
	Rate       string `json:"rate,omitempty"`
	Causes     []int  `json:"causes"`
}

func jsonTotalOf(t *compare.Total) jsonTotal {
	out := jsonTotal{Name: t.Name, Key: t.Key, Of: t.Of, Causes: append([]int{}, t.Causes...)}
	out.Old, out.New, out.Difference = pair(t.HasOld, t.HasNew, t.Old, t.New)
	if t.HasOld && t.HasNew {
		out.Rate = strings.TrimSuffix(rate(t.Old, t.New), "%")
	}
	return out
}

// pair are two amounts of which there may be one, and their difference.
func pair(hasA, hasB bool, a, b money.Amount) (first, second, diff string) {
	if hasA {
		first = money.ToldData(a)
	}
	if hasB {
		second = money.ToldData(b)
	}
	if hasA && hasB {
		diff = money.ToldData(b.Sub(a))
	}
	return first, second, diff
}

type jsonCause struct {
	Number     int       `json:"number"`
	Change     string    `json:"change"`
	Table      string    `json:"table"`
	Entry      string    `json:"entry"`
	Field      string    `json:"field,omitempty"`
	Title      string    `json:"title"`
	Last       bool      `json:"last,omitempty"`
	Old        string    `json:"old,omitempty"`
	New        string    `json:"new,omitempty"`
	Difference string    `json:"difference,omitempty"`
	OldAt      any       `json:"old_at,omitempty"`
	NewAt      any       `json:"new_at,omitempty"`
	Effects    jsonCount `json:"effects"`
}

func jsonCauseOf(n int, c *compare.Cause) jsonCause {
	out := jsonCause{n, c.Change.String(), c.Table, c.Entry, c.Field, c.Title, c.Last, c.Old, c.New, "", diag.PlaceForPrograms(c.OldAt), diag.PlaceForPrograms(c.NewAt), jsonCount(c.Effects)}
	if c.Money {
		out.Difference = money.ToldData(c.Difference)
	}
	return out
}

// jsonEffect is what all effects have.
type jsonEffect struct {
	Class  string     `json:"class"`
	Causes []int      `json:"causes"`
	Pages  []jsonPage `json:"pages"`
}

type jsonPage struct {
	Sheet int    `json:"sheet"`
	Name  string `json:"name"`
}

func (r *Report) jsonEffect(class compare.Class, causes []int, pages []Page) jsonEffect {
	out := jsonEffect{class.String(), append([]int{}, causes...), []jsonPage{}}
	for _, p := range pages {
		out.Pages = append(out.Pages, jsonPage(p))
	}
	return out
}

type jsonCell struct {
	Name       string  `json:"name"`
	Where      string  `json:"where"`
	Part       string  `json:"part"`
	Row        string  `json:"row"`
	Column     string  `json:"column"`
	Old        *string `json:"old,omitempty"`
	New        *string `json:"new,omitempty"`
	Unit       string  `json:"unit,omitempty"`
	OldAmount  string  `json:"old_amount,omitempty"`
	NewAmount  string  `json:"new_amount,omitempty"`
	Difference string  `json:"difference,omitempty"`
	jsonEffect
}

func (r *Report) jsonCell(i int) jsonCell {
	c := &r.Cells[i]
	out := jsonCell{Name: c.Name, Where: c.Where.String(), Part: c.Part, Row: c.Row, Column: c.Column, Unit: c.Unit, jsonEffect: r.jsonEffect(c.Class, c.Causes, of(r.Pages.Cells, i))}
	if c.HasOld {
		out.Old = &c.Old
	}
	if c.HasNew {
		out.New = &c.New
	}
	if c.Money {
		out.OldAmount, out.NewAmount, out.Difference = pair(c.HasOld, c.HasNew, c.OldExact, c.NewExact)
	}
	return out
}

type jsonSentence struct {
	Where  string      `json:"where"`
	Part   string      `json:"part"`
	Place  string      `json:"place,omitempty"`
	Pieces []jsonPiece `json:"pieces"`
	Old    string      `json:"old"`
	New    string      `json:"new"`
	jsonEffect
}

type jsonPiece struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

func (r *Report) jsonSentence(i int) jsonSentence {
	s := &r.Sentences[i]
	before, after := Whole(s.Pieces)
	out := jsonSentence{s.Where.String(), s.Part, s.Place, []jsonPiece{}, before, after, r.jsonEffect(s.Class, s.Causes, of(r.Pages.Sentences, i))}
	for _, x := range s.Pieces {
		out.Pieces = append(out.Pieces, jsonPiece{x.Kind.String(), x.Text})
	}
	return out
}

// Whole are the two texts that pieces are of.
func Whole(pieces []compare.Piece) (before, after string) {
	var a, b strings.Builder
	for _, x := range pieces {
		if x.Kind != compare.New {
			a.WriteString(x.Text)
		}
		if x.Kind != compare.Gone {
			b.WriteString(x.Text)
		}
	}
	return a.String(), b.String()
}

type jsonRow struct {
	Part   string `json:"part"`
	Name   string `json:"name"`
	Old    string `json:"old,omitempty"`
	Change string `json:"change"`
	jsonEffect
}

type jsonPart struct {
	Where  string `json:"where"`
	Title  string `json:"title"`
	Change string `json:"change"`
	jsonEffect
}
