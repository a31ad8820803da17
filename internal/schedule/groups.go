package schedule

import (
	"slices"

	"yusuan/internal/pack"
)

// Group is the numbers of one table, or those that have names.
type Group struct {
	Heading string
	Answers []Answer
}

// Groups are all numbers that can be asked for: those with names, then what the tables print, in the order of the document,
// then what stands in sentences, forms and charts. What is blank is left out.
func (d *Document) Groups() []Group {
	named := Group{Heading: "数字名称"}
	for _, name := range d.Pack.FigureNames {
		if f := d.Pack.Figures[name]; f.By == "" {
			named.Answers = append(named.Answers, Answer{Address: name, Title: f.Title, Value: d.SumValue(f.Query, d.Pack.TextFormat)})
		}
	}
	out := []Group{named}
	for _, t := range d.Tables() {
		s := d.Table(t.ID)
		g := Group{Heading: s.Heading()}
		s.Each(func(ref Ref) {
			if s.Printed(ref) != "" {
				g.Answers = append(g.Answers, s.Answer(ref))
			}
		})
		if len(g.Answers) > 0 {
			out = append(out, g)
		}
	}
	return append(out, d.spotGroups()...)
}

// Tables are those that the document prints, each once, in their order.
func (d *Document) Tables() (out []*pack.Table) {
	show := slices.Clone(d.Pack.Show)
	for _, s := range d.Budget.Facts.Department.Show {
		show = append(show, s.V)
	}
	for i := range d.Pack.Parts {
		if o := d.Pack.Parts[i].Optional; o != "" && !slices.Contains(show, o) {
			continue
		}
		for k := range d.Pack.Parts[i].Blocks {
			for _, t := range d.Pack.Parts[i].Blocks[k].Tables {
				if !slices.Contains(out, t) {
					out = append(out, t)
				}
			}
		}
	}
	return out
}
