package doc

// Walk calls fn for every text of the document in reading order, with the TextStyle it is set in.
func Walk(d *Document, fn func(t Text, style string)) {
	for i := range d.Sections {
		for _, b := range d.Sections[i].Blocks {
			switch b := b.(type) {
			case *Heading:
				fn(b.Text, b.Style)
			case *Paragraph:
				for _, s := range b.Spans {
					style := s.Style
					if style == "" {
						style = b.Style
					}
					fn(s.Text, style)
				}
			case *Table:
				walkTable(b, fn)
			case *Chart:
				walkChart(b, fn)
			}
		}
	}
}

func walkTable(t *Table, fn func(Text, string)) {
	for _, x := range []*Text{t.Left, t.Right} {
		if x != nil {
			fn(*x, t.NoteStyle)
		}
	}
	walkRows(t.Head, t.HeadStyle, fn)
	walkRows(t.Body, t.Style, fn)
	for _, n := range t.Notes {
		fn(n, t.NoteStyle)
	}
}

func walkChart(c *Chart, fn func(Text, string)) {
	fn(c.Title, c.TitleStyle)
	fn(c.Unit, c.Style)
	for i := range c.Series {
		fn(c.Series[i].Name, c.Style)
	}
	fn(c.From, c.Style)
	walkItems(c.Sources, c.Style, c.Style, fn)
	fn(c.To, c.Style)
	names := c.Style
	if c.Kind == ChartList {
		names = c.NameStyle
	}
	walkItems(c.Items, names, c.Style, fn)
	fn(Text{String: c.Total.Label}, c.Style)
	fn(Text{String: c.Total.Text, Marks: c.Total.Marks}, c.Style)
	fn(Text{String: c.Total.Unit}, c.Style)
}

func walkItems(items []ChartItem, names, style string, fn func(Text, string)) {
	for i := range items {
		fn(items[i].Label, names)
		for _, v := range items[i].Values {
			fn(Text{String: v.Text, Origin: items[i].Label.Origin, Marks: v.Marks}, style)
		}
		fn(items[i].Note, style)
	}
}

func walkRows(rows []Row, style string, fn func(Text, string)) {
	for i := range rows {
		for j := range rows[i].Cells {
			c := &rows[i].Cells[j]
			s := c.Style
			if s == "" {
				s = style
			}
			for _, t := range c.Text {
				fn(t, s)
			}
		}
	}
}
