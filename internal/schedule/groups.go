package schedule

import "yusuan/internal/pack"

// Group is the numbers of one table, or those that have names.
type Group struct {
	Heading string
	Answers []Answer
}

// Groups are all numbers that can be asked for: those with names, then what the tables print, in the order of the document.
// What is blank is left out.
func (d *Document) Groups() []Group {
	named := Group{Heading: "数字名称"}
	for _, name := range d.Pack.FigureNames {
		if f := d.Pack.Figures[name]; f.By == "" {
			named.Answers = append(named.Answers, Answer{Address: name, Title: f.Title, Value: d.SumValue(f.Query, d.Pack.TextFormat)})
		}
	}
	out := []Group{named}
	for _, t := range d.tables() {
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
	return out
}

// tables are those that the document prints, in their order.
func (d *Document) tables() (out []*pack.Table) {
	for i := range d.Pack.Parts {
		for k := range d.Pack.Parts[i].Blocks {
			out = append(out, d.Pack.Parts[i].Blocks[k].Tables...)
		}
	}
	return out
}
