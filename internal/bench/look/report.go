package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"yusuan/internal/typeset/unit"
)

// kind is what is looked for.
type kind int

const (
	shortPages kind = iota
	fewLines
	feet
	over05
	over10
	widest
	ragged
	proseSplits
	cellSplits
	openMarks
	lone
	tallRows
	reduced
	sizes
	places
	dash
	unread
	kinds
)

// description is the head of a kind in tables and what it is. Figures of most kinds are numbers of findings, which add up
// over documents; of some the largest counts.
type description struct {
	head, what string
	most       bool
}

var described = [kinds]description{
	shortPages:  {"short", "pages filled to less than 40 %, cover and titles of parts aside", false},
	fewLines:    {"few", "pages with at most two lines of text", false},
	feet:        {"feet", "pages of text that end two blank lines or more above the foot, not before a heading, table or part", false},
	over05:      {">.05em", "justified lines of prose whose gaps are stretched by more than 0.05 em", false},
	over10:      {">.10em", "and by more than 0.1 em", false},
	widest:      {"widest", "the widest such gap, thousandths of an em", true},
	ragged:      {"ragged", "lines of justified prose that do not reach the edge", false},
	proseSplits: {"split", "numbers parted from what they count, at ends of lines of prose", false},
	cellSplits:  {"cells", "and in tables and forms", false},
	openMarks:   {"marks", "quotes and brackets of up to eight characters broken in narrow cells", false},
	lone:        {"lone", "lines of paragraphs and cells with one character, as 满意|度|指标", false},
	tallRows:    {"tall", "rows with a cell of more than four lines beside a column that is empty or has room", false},
	reduced:     {"small", "tables and charts set smaller than their style", false},
	sizes:       {"sizes", "different sizes of the text of tables", true},
	places:      {"places", "different places of page numbers", true},
	dash:        {"dash", "how far the page number's dash is off 7 mm below the text area, hundredths of a millimetre", true},
	unread:      {"unread", "passages on the pages that were not found in the document", false},
}

// finding is one thing to look at. Page is the number of the sheet, from 1.
type finding struct {
	kind  kind
	page  int
	label string
	text  string
}

// report is what was found in a document.
type report struct {
	name      string
	pages     int
	prose     int // lines of it
	justified int // those that are justified and do not end a paragraph
	figures   [kinds]int
	findings  []finding
}

func (r *report) add(k kind, d *document, page int, text string) {
	f := finding{kind: k, page: page + 1, text: text}
	if page >= 0 {
		f.label = d.pages.Pages[page].Label
	}
	r.findings = append(r.findings, f)
	r.figures[k]++
}

// most notes a finding of a kind of which the largest counts.
func (r *report) most(k kind, d *document, page, amount int, text string) {
	if amount <= r.figures[k] {
		return
	}
	r.findings = slices.DeleteFunc(r.findings, func(f finding) bool { return f.kind == k })
	r.add(k, d, page, text)
	r.figures[k] = amount
}

// measure looks at a document.
func measure(d *document) report {
	r := report{name: d.name, pages: len(d.pages.Pages)}
	prose, cells := read(d)
	for i := range d.pages.Pages {
		r.fill(d, i)
	}
	for i := range prose {
		r.paragraph(d, &prose[i])
	}
	r.feet(d, prose)
	boxes := newBoxes(d, cells)
	for i := range cells {
		r.cell(d, &cells[i], boxes)
	}
	r.tall(d, cells, boxes)
	r.sizes(d, cells, boxes)
	for _, text := range d.reduced {
		r.add(reduced, d, -1, text)
	}
	r.numbers(d)
	return r
}

// table is the figures of documents, a line each, and together.
func table(all []report) string {
	if len(all) == 0 {
		return ""
	}
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "pages\tlines\tjustified\t")
	for _, x := range described {
		fmt.Fprintf(w, "%s\t", x.head)
	}
	sum := report{name: "together"}
	row := func(r *report) {
		fmt.Fprintf(w, "\n%d\t%d\t%d\t", r.pages, r.prose, r.justified)
		for k := range r.figures {
			fmt.Fprintf(w, "%d\t", r.figures[k])
		}
		fmt.Fprintf(w, "  %s", r.name)
	}
	for i := range all {
		r := &all[i]
		row(r)
		sum.pages += r.pages
		sum.prose += r.prose
		sum.justified += r.justified
		for k, x := range described {
			if x.most {
				sum.figures[k] = max(sum.figures[k], r.figures[k])
			} else {
				sum.figures[k] += r.figures[k]
			}
		}
	}
	if len(all) > 1 {
		row(&sum)
	}
	w.Flush()
	b.WriteString("\n\n")
	return b.String()
}

// legend says what the columns are.
func legend() string {
	var b strings.Builder
	for _, x := range described {
		fmt.Fprintf(&b, "%-8s%s\n", x.head, x.what)
	}
	b.WriteString("\n")
	return b.String()
}

// list is all findings, by document and kind.
func list(all []report) string {
	var b strings.Builder
	for i := range all {
		fmt.Fprintf(&b, "%s\n", all[i].name)
		for k := range kinds {
			for _, f := range all[i].findings {
				if f.kind == k {
					fmt.Fprintf(&b, "  %s\n", &f)
				}
			}
		}
	}
	return b.String()
}

// String says what was found and where: the sheet, and in brackets the number printed on it.
func (f *finding) String() string {
	where := ""
	if f.page > 0 {
		where = fmt.Sprintf("p.%d", f.page)
	}
	if f.label != "" {
		where += " (" + f.label + ")"
	}
	return fmt.Sprintf("%-7s %-10s %s", described[f.kind].head, where, f.text)
}

// mm is a length in hundredths of a millimetre.
func mm(l unit.Length) int {
	if l < 0 {
		return -mm(-l)
	}
	return int((l*127 + 1800) / 3600)
}

// hundredths prints so many hundredths.
func hundredths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}
