// Command evenness prints how evenly the justified lines of departments' documents are set: how far Han stand apart on
// each line, for the breaks that are made, for others beside them, and for the breaks of typst, where that is installed.
package main

import (
	"fmt"
	"io"
	"os"
	"slices"

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
	args, show := os.Args[1:], false
	if len(args) > 0 && args[0] == "-v" {
		args, show = args[1:], true
	}
	if err := run(os.Stdout, args, show); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer, dirs []string, show bool) error {
	var asked []par.Paragraph
	for _, dir := range dirs {
		some, err := justified(dir)
		if err != nil {
			return err
		}
		asked = append(asked, some...)
	}
	fmt.Fprintf(w, "%-30s %6s %8s %8s %8s %8s %7s %7s %6s\n", "how far Han stand apart, in em", "lines", ">0.02", ">0.05", ">0.10", ">0.12", "widest", "ragged", "units")
	for _, way := range ways {
		lines := set(asked, way.ask)
		report(w, way.name, lines)
		if show && way.name == asSet {
			list(w, lines)
		}
	}
	lines, version, err := typst(asked)
	if err != nil {
		return err
	}
	if version == "" {
		fmt.Fprintln(w, "typst is not installed: neither as a command nor as a module of python3")
		return nil
	}
	report(w, version, lines)
	return nil
}

const asSet = "as set"

// ways are those that lines are compared in.
var ways = []struct {
	name string
	ask  func(*par.Paragraph)
}{
	{asSet, func(*par.Paragraph) {}},
	{"numbers parted from units", func(p *par.Paragraph) { p.PartUnits = true }},
	{"first fit", func(p *par.Paragraph) { p.FirstFit = true }},
}

func set(asked []par.Paragraph, change func(*par.Paragraph)) (lines []par.Line) {
	for _, p := range asked {
		change(&p)
		lines = append(lines, par.Set(p).Lines...)
	}
	return lines
}

// report prints a row: lines that were justified, how many of them are open, how many could not be justified, how many part a
// number from its unit.
func report(w io.Writer, name string, lines []par.Line) {
	s := measure(lines)
	fmt.Fprintf(w, "%-30s %6d %8d %8d %8d %8d %7.3f %7d %6d\n", name, len(s.open), s.over(20), s.over(50), s.over(100), s.over(120), float64(s.widest())/1000, s.ragged, s.units)
}

// justified is the justified paragraphs of a document.
func justified(dir string) ([]par.Paragraph, error) {
	lib, err := fonts.Library()
	if err != nil {
		return nil, err
	}
	s := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue()}
	w, err := s.Check(build.Input{Data: os.DirFS("."), Dir: dir})
	if err != nil {
		return nil, err
	}
	if w.Tree == nil {
		return nil, fmt.Errorf("%s: no document: the data have errors", dir)
	}
	sheet := style.NewSheet(w.Tree.Styles, lib.Family)
	var asked []par.Paragraph
	for i := range w.Tree.Sections {
		s := &w.Tree.Sections[i]
		paper := sheet.Page(s.Page)
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *doc.PageBreak:
				if b.Page != "" {
					paper = sheet.Page(b.Page)
				}
			case *doc.Paragraph:
				own := sheet.Text(b.Style)
				if own.Align == doc.AlignJustify {
					asked = append(asked, own.Paragraph(paper.Width-paper.Left-paper.Right-own.Em(own.Indent+own.RightIndent), spans(sheet, own, b)...))
				}
			}
		}
	}
	return asked, nil
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

// list prints the lines, the most open first: how far Han stand apart, the widest gap, how far a line ends from where it should.
func list(w io.Writer, lines []par.Line) {
	var widest unit.Length
	for i := range lines {
		widest = max(widest, lines[i].Width)
	}
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b par.Line) int { return b.Open - a.Open })
	for i := range lines {
		l := &lines[i]
		text, parted := "", ""
		for _, r := range l.Runs {
			text += r.Text
		}
		if l.Unit {
			parted = "|"
		}
		fmt.Fprintf(w, "%5d %5d %7s  %s%s\n", l.Open, l.Stretch, widest-l.Width, text, parted)
	}
}
