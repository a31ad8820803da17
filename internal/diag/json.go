package diag

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON writes diagnostics for programs, as one object; also when there are none. Its fields keep their names and
// meanings; new ones may be added:
//
//	errors, warnings, notes   how many of each level
//	diagnostics               in the order given, each with
//	  id                      of the finding: rule and place by name; the same from run to run, also when lines move
//	  rule                    stable id, "" if none
//	  level                   "error", "warning" or "note"
//	  message                 what is wrong, Chinese
//	  at                      file, line, column, end_line, end_column; absent without a place; lines and columns from
//	                          1, columns in characters, the end exclusive; line absent for a whole file. Of a workbook
//	                          sheet and cell in the place of lines; of a finished document page, table, section, row,
//	                          row_title, table_column and column_title, as far as known, also beside the lines into
//	                          which it was typed. where is that of both in words; absent where lines say all
//	  stated, want, diff      as printed; absent if none
//	  related                 text and at of other places; absent if none
//	  hint                    what to do; absent if none
//	  ready                   TOML that may be put in as it is once it is checked; absent if none
//	left_out                  rule and count of findings that are not listed, since there are very many of one rule; they
//	                          are counted above; absent if none
//
//	documents                 finished documents, each with file, format, pages, template, department, year, errors, warnings,
//	                          notes, tables (of the template), tables_found, forms, rows, cells and sentences (checked), not_checked
//	                          (in words), refused (why it is not checked at all); absent if there is none
//
// most bounds the findings of one rule as Options.Most does.
func JSON(w io.Writer, list []Diagnostic, most int) error { return JSONOf(w, list, most, nil) }

// JSONOf is JSON with what there is to say of finished documents; nil for nothing.
func JSONOf(w io.Writer, list []Diagnostic, most int, documents any) error {
	bound := newBound(list, most)
	out := jsonReport{Diagnostics: []jsonDiagnostic{}, LeftOut: bound.left(), Documents: documents}
	ids := Identify(list, nil) // of all: a finding's id is the same whether the others are listed or not
	for i := range list {
		d := &list[i]
		j := jsonDiagnostic{ID: cmp.Or(d.ID, ids[i]), Rule: d.Rule, Message: d.Message, At: jsonAt(d.At), Stated: d.Stated, Want: d.Want, Diff: d.Diff, Hint: d.Hint, Ready: d.Ready}
		switch d.Level {
		case Error:
			j.Level = "error"
			out.Errors++
		case Warning:
			j.Level = "warning"
			out.Warnings++
		default:
			j.Level = "note"
			out.Notes++
		}
		if !bound.takes(d.Rule) {
			continue
		}
		for _, n := range d.Notes {
			j.Related = append(j.Related, jsonRelated{n.Text, jsonAt(n.At)})
		}
		out.Diagnostics = append(out.Diagnostics, j)
	}
	return WriteJSON(w, out)
}

// WriteJSON writes a value for programs, harmless where a terminal shows it.
func WriteJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escaped(b.Bytes()))
	return err
}

// escaped writes what must not reach a terminal as JSON's escapes: nothing is lost, and a list shown there is harmless.
// Such characters stand only in strings; line feeds are the encoder's own.
func escaped(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for _, r := range string(b) {
		switch {
		case r == '\n' || visible(r):
			out = utf8.AppendRune(out, r)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

type jsonReport struct {
	Errors      int              `json:"errors"`
	Warnings    int              `json:"warnings"`
	Notes       int              `json:"notes"`
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
	LeftOut     []Left           `json:"left_out,omitempty"`
	Documents   any              `json:"documents,omitempty"`
}

type jsonDiagnostic struct {
	ID      string        `json:"id"`
	Rule    string        `json:"rule"`
	Level   string        `json:"level"`
	Message string        `json:"message"`
	At      *jsonRange    `json:"at,omitempty"`
	Stated  string        `json:"stated,omitempty"`
	Want    string        `json:"want,omitempty"`
	Diff    string        `json:"diff,omitempty"`
	Related []jsonRelated `json:"related,omitempty"`
	Hint    string        `json:"hint,omitempty"`
	Ready   string        `json:"ready,omitempty"`
}

type jsonRelated struct {
	Text string     `json:"text"`
	At   *jsonRange `json:"at,omitempty"`
}

type jsonRange struct {
	File      string `json:"file"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`

	Where       string `json:"where,omitempty"`
	Sheet       string `json:"sheet,omitempty"`
	Cell        string `json:"cell,omitempty"`
	Page        int    `json:"page,omitempty"`
	Table       string `json:"table,omitempty"`
	Section     string `json:"section,omitempty"`
	Row         int    `json:"row,omitempty"`
	RowTitle    string `json:"row_title,omitempty"`
	TableColumn int    `json:"table_column,omitempty"`
	ColumnTitle string `json:"column_title,omitempty"`
}

// PlaceForPrograms is a place as JSON has it under at, nil for none.
func PlaceForPrograms(r Range) any {
	if at := jsonAt(r); at != nil {
		return at
	}
	return nil
}

func jsonAt(r Range) *jsonRange {
	if r.IsZero() {
		return nil
	}
	c, _ := r.In.Cell()
	p, _ := r.In.Printed()
	return &jsonRange{r.File, r.Start.Line, int(r.Start.Column), r.End.Line, int(r.End.Column),
		r.In.String(), c.Sheet, c.Name, p.Page, p.Table, p.Section, p.Row, p.RowTitle, p.Column, p.ColumnTitle}
}
