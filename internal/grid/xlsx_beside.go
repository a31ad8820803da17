package grid

import (
	"encoding/xml"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// readBeside reads what floats above the cells of a sheet: comments, and the words in shapes. A part of it that cannot be read
// does not keep the cells from being read; a file beyond its bounds is refused all the same.
func (w *workbook) readBeside(part string) error {
	targets, err := w.relations(part)
	if err != nil {
		return onlyRefused(err)
	}
	for _, id := range slices.Sorted(maps.Keys(targets)) {
		switch r := targets[id]; r.kind {
		case "comments":
			err = w.readComments(r.target)
		case "drawing":
			err = w.readShapes(r.target)
		}
		if err = onlyRefused(err); err != nil {
			return err
		}
	}
	return nil
}

// onlyRefused is an error that says that the file is too large, and nil for any other.
func onlyRefused(err error) error {
	var refused *Refused
	if errors.As(err, &refused) {
		return refused
	}
	return nil
}

// remark keeps words that are in no cell.
func (w *workbook) remark(r Remark) error {
	s := w.sheet()
	if r.Text = strings.TrimSpace(unescaped(r.Text)); r.Text == "" {
		return nil
	}
	if s.Remarks = append(s.Remarks, r); len(s.Remarks) > maxRemarks {
		return tooMuch("批注和图形", maxRemarks)
	}
	return nil
}

func (w *workbook) readComments(part string) error {
	var text strings.Builder
	var at Remark
	return w.every(part, func(t *tokens, tok xml.Token) error {
		switch tok := tok.(type) {
		case xml.StartElement:
			if t.in("commentList", "comment") {
				text.Reset()
				at.Row, at.Column, _ = Place(attribute(tok, "ref"))
			}
		case xml.CharData:
			if t.in("text", "t") || t.in("text", "r", "t") {
				return gather(&text, tok)
			}
		case xml.EndElement:
			if tok.Name.Local == "comment" && t.in("commentList") {
				at.Text = text.String()
				return w.remark(at)
			}
		}
		return nil
	})
}

// readShapes reads the words in shapes, at the cell where a shape begins.
func (w *workbook) readShapes(part string) error {
	var text strings.Builder
	at := Remark{Shape: true}
	return w.every(part, func(t *tokens, tok xml.Token) error {
		switch tok := tok.(type) {
		case xml.StartElement:
			if strings.HasSuffix(tok.Name.Local, "CellAnchor") {
				text.Reset()
				at.Row, at.Column = 1, 1
			}
		case xml.CharData:
			n, err := strconv.Atoi(strings.TrimSpace(string(tok)))
			switch {
			case t.in("from", "row") && err == nil:
				at.Row = n + 1
			case t.in("from", "col") && err == nil:
				at.Column = n + 1
			case t.in("p", "r", "t"):
				return gather(&text, tok)
			}
		case xml.EndElement:
			switch {
			case tok.Name.Local == "p":
				text.WriteByte(' ')
			case strings.HasSuffix(tok.Name.Local, "CellAnchor"):
				at.Text = text.String()
				return w.remark(at)
			}
		}
		return nil
	})
}
