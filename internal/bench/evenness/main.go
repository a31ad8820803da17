// Command evenness prints how evenly the justified lines of a department's document are set: how far the gaps of each
// line are stretched or squeezed from their natural width, for the breaks that are best for whole paragraphs and for
// first fit.
package main

import (
	"fmt"
	"os"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/typeset/par"
	"yusuan/internal/typeset/style"
	"yusuan/internal/typeset/unit"
	"yusuan/templates"
)

func main() {
	dir := "data/2026/338"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := run(dir, len(os.Args) > 2); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string, show bool) error {
	lib, err := fonts.Library()
	if err != nil {
		return err
	}
	s := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue()}
	w, err := s.Check(build.Input{Data: os.DirFS("."), Dir: dir})
	if err != nil {
		return err
	}
	if w.Tree == nil {
		return fmt.Errorf("%s: no document: the data have errors", dir)
	}
	fmt.Println("thousandths of an em  lines   mean    p95  worst  left ragged")
	for _, way := range []struct {
		name     string
		firstFit bool
	}{{"whole paragraphs", false}, {"first fit", true}} {
		lines := justified(w.Tree, lib.Family, way.firstFit)
		e := par.Evenness(lines)
		fmt.Printf("%-20s %6d %6d %6d %6d %12d\n", way.name, e.Lines, e.Mean, e.P95, e.Worst, e.Ragged)
		if show {
			list(lines)
		}
	}
	return nil
}

// justified sets the justified paragraphs of a document.
func justified(d *doc.Document, families style.Families, firstFit bool) []par.Line {
	sheet := style.NewSheet(d.Styles, families)
	var lines []par.Line
	for i := range d.Sections {
		s := &d.Sections[i]
		paper := sheet.Page(s.Page)
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.PageBreak:
				if b.Page != "" {
					paper = sheet.Page(b.Page)
				}
			case *doc.Paragraph:
				own := sheet.Text(b.Style)
				if own.Align != doc.AlignJustify {
					continue
				}
				ask := own.Paragraph(paper.Width-paper.Left-paper.Right-own.Em(own.Indent+own.RightIndent), spans(sheet, own, b)...)
				ask.FirstFit = firstFit
				lines = append(lines, par.Set(ask).Lines...)
			}
		}
	}
	return lines
}

func spans(sheet *style.Sheet, own *style.Text, b *doc.Paragraph) []par.Span {
	out := make([]par.Span, len(b.Spans))
	for i := range b.Spans {
		s := own
		if name := b.Spans[i].Style; name != "" {
			s = sheet.Text(name)
		}
		out[i] = s.Span(b.Spans[i].String)
	}
	return out
}

// list prints the lines with the widest gap of each, and how far each ends from the place where it should.
func list(lines []par.Line) {
	var widest unit.Length
	for i := range lines {
		widest = max(widest, lines[i].Width)
	}
	for i := range lines {
		l := &lines[i]
		text := ""
		for _, r := range l.Runs {
			text += r.Text
		}
		fmt.Printf("%5d %7s  %s\n", l.Stretch, widest-l.Width, text)
	}
}
