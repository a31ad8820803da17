package diag

import (
	"bytes"
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
//	  rule                    stable id, "" if none
//	  level                   "error", "warning" or "note"
//	  message                 what is wrong, Chinese
//	  at                      file, line, column, end_line, end_column; absent without a place; lines and columns from
//	                          1, columns in characters, the end exclusive; line absent for a whole file
//	  stated, want, diff      as printed; absent if none
//	  related                 text and at of other places; absent if none
//	  hint                    what to do; absent if none
func JSON(w io.Writer, list []Diagnostic) error {
	out := jsonReport{Diagnostics: make([]jsonDiagnostic, 0, len(list))}
	for i := range list {
		d := &list[i]
		j := jsonDiagnostic{Rule: d.Rule, Message: d.Message, At: jsonAt(d.At), Stated: d.Stated, Want: d.Want, Diff: d.Diff, Hint: d.Hint}
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
		for _, n := range d.Notes {
			j.Related = append(j.Related, jsonRelated{n.Text, jsonAt(n.At)})
		}
		out.Diagnostics = append(out.Diagnostics, j)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
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
}

type jsonDiagnostic struct {
	Rule    string        `json:"rule"`
	Level   string        `json:"level"`
	Message string        `json:"message"`
	At      *jsonRange    `json:"at,omitempty"`
	Stated  string        `json:"stated,omitempty"`
	Want    string        `json:"want,omitempty"`
	Diff    string        `json:"diff,omitempty"`
	Related []jsonRelated `json:"related,omitempty"`
	Hint    string        `json:"hint,omitempty"`
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
}

func jsonAt(r Range) *jsonRange {
	if r.IsZero() {
		return nil
	}
	return &jsonRange{r.File, r.Start.Line, r.Start.Column, r.End.Line, r.End.Column}
}
