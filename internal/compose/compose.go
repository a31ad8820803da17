// Package compose makes the document tree: figures and the author's text poured into a template pack.
//
// It knows budgets and packs, and nothing of lengths or pages. Everything that a pack may say (columns, forms, charts,
// words in prose) is implemented here once, for all packs; what their numbers are, schedule says.
package compose

import (
	"maps"
	"slices"
	"strings"
	"text/template"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// Composed is a document made of a budget and a pack.
type Composed struct {
	Tree    *doc.Document
	Numbers *schedule.Document // what the printed numbers are
	Untold  []source.Field     // the author's texts of [text] that the document has no occasion to print: a reason for what has not changed
	Forms   []FormAt           // where forms stand
	Diags   diag.List
}

// Document pours b into the pack. The tree is complete even where there are errors.
func Document(p *pack.Pack, b *budget.Budget, prior schedule.Prior) Composed {
	return DocumentUntil(p, b, prior, nil)
}

// DocumentUntil is Document where quit, unless it is nil, is asked now and then whether nobody wants the tree any more: then what it
// returns is of no use.
func DocumentUntil(p *pack.Pack, b *budget.Budget, prior schedule.Prior, quit func() bool) Composed {
	c := newComposer(p, b, prior)
	c.quit = quit
	d := &doc.Document{Title: c.plain(p.Title), FileName: c.fileName(), Author: b.Facts.Department.Name.V, Subject: c.plain(p.Subject),
		Keywords: c.plain(p.Keywords), Date: b.Facts.Department.Date.Time, Styles: &p.Styles}
	show := c.show()
	for i := range p.Parts {
		if o := p.Parts[i].Optional; o == "" || slices.Contains(show, o) {
			c.part(d, &p.Parts[i])
		}
	}
	if len(d.Sections) == 0 && !c.spent {
		c.diags.Errorf("模板-006", p.At, "模板没有印出任何内容：要有一个总是印的部分（[[part]]），里面有内容")
	}
	c.reportAdjusted("说明文字", 0)
	c.reportMissed()
	c.glossary(d)
	nameFront(d)
	d.Marks = c.origins.numbers.marks
	c.made.Tree, c.made.Told = d, c.origins.numbers.told
	c.numbers.Of(c.made)
	if c.over(p.At) {
		return Composed{d, c.numbers, nil, c.formsAt, c.diags} // what is not there was not left out by the author
	}
	for _, p := range c.parts {
		c.reportEmpty(d.Sections[p[0]:p[1]])
	}
	c.numbers.Unmetered()
	return Composed{d, c.numbers, c.untold(), c.formsAt, c.diags}
}

// NumbersOf are the numbers of a document that is not made: of a finished one, which is only checked.
func NumbersOf(p *pack.Pack, b *budget.Budget, prior schedule.Prior) *schedule.Document {
	return newComposer(p, b, prior).numbers
}

func newComposer(p *pack.Pack, b *budget.Budget, prior schedule.Prior) *composer {
	c := &composer{p: p, b: b, prior: prior, meter: pack.NewMeter(b.Facts.Size())}
	c.numbers = schedule.New(p, b, prior, c, c.meter)
	c.output.meter, c.meter.Plain = c.meter, c.origins.plain
	c.view = c.newView()
	t, err := p.Templates(c.words(), c.meter)
	if err != nil {
		panic("compose: " + err.Error())
	}
	c.templates = t
	return c
}

func (c *composer) untold() (out []source.Field) {
	for _, x := range c.b.Facts.Text {
		s := x.Value
		if s.V = trimStop(s.V); s.V != "" && !c.origins.saw(s) {
			out = append(out, x)
		}
	}
	return out
}

// Gallery is the document with every part, table and chart of the pack: those that no part shows stand at the end.
func Gallery(p *pack.Pack, b *budget.Budget, prior schedule.Prior) Composed {
	tables, charts := map[string]bool{}, map[string]bool{}
	for _, part := range p.Parts {
		for _, x := range part.Blocks {
			for _, t := range x.Tables {
				tables[t.ID] = true
			}
			for _, t := range x.Charts {
				charts[t.ID] = true
			}
		}
	}
	all := *p
	all.Show, all.Parts = p.Optionals(), slices.Clip(p.Parts)
	rest := func(page string, x pack.Block) {
		all.Parts = append(all.Parts, pack.Part{Page: page, Numbered: true, Blocks: []pack.Block{x}})
	}
	for _, id := range p.TableIDs() {
		if !tables[id] {
			rest(p.Tables[id].Page, pack.Block{Tables: []*pack.Table{p.Tables[id]}})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.Charts)) {
		if !charts[id] && !p.InProse(id) && len(p.Parts) > 0 {
			rest(p.Parts[len(p.Parts)-1].Page, pack.Block{Charts: []*pack.Chart{p.Charts[id]}})
		}
	}
	return Document(&all, b, prior)
}

// composer holds one document in the making.
type composer struct {
	p         *pack.Pack
	b         *budget.Budget
	prior     schedule.Prior
	numbers   *schedule.Document
	view      *view
	templates *template.Template
	output    output // of the template that ran last, whose memory serves the next
	meter     *pack.Meter
	spent     bool                     // the budget, and it has been said
	textOf    map[string]source.String // the author's texts by key
	unitNames map[string]string        // in running text, by code
	projectAt map[*budget.Project]*projectView
	origins   origins
	diags     diag.List
	pending   []glossaryPlace
	queries   map[string]budget.Query // that templates ask
	figures   map[string]figure       // of the pack, by name
	parts     [][2]int                // the sections of each part with content: from, to
	blank     *money.Format           // of numbers that print nothing where they are zero
	formats   map[written]*money.Format
	made      schedule.Made
	adjusted  []adjustment
	missed    []missed
	told      map[finding]bool // what was found in the author's texts
	// The form being filled; nil outside forms.
	form     *budget.Form
	formSpec *pack.Form
	want     func(*budget.Form) bool // which forms are wanted; nil for all
	quit     func() bool
	formsAt  []FormAt
	item     thing // of the repeated row being filled; nil outside
}

// part adds a part as one or more sections: a block on another kind of page starts a section of its own.
func (c *composer) part(d *doc.Document, p *pack.Part) {
	s := doc.Section{Page: p.Page, Numbered: p.Numbered, Restart: p.Restart, Right: p.Right}
	if !p.Title.IsZero() {
		title := c.snippet(p.Title)
		s.Title = title.String
		contents := title.String
		if !p.Contents.IsZero() {
			contents = c.plain(p.Contents)
		}
		s.Blocks = append(s.Blocks, &doc.Heading{Text: title, Style: p.Style, Level: 1, Contents: contents, Bookmark: contents})
	}
	first := len(d.Sections)
	b := &sectionBuilder{d: d, s: s, numbered: p.Numbered}
	for i := range p.Blocks {
		if c.takes(paragraphSteps, c.p.At) {
			c.block(b, &p.Blocks[i])
		}
	}
	b.flush()
	if len(p.Blocks) > 0 { // or else it is a leaf between parts
		c.parts = append(c.parts, [2]int{first, len(d.Sections)})
	}
}

// reportEmpty reports the headings of a part that have nothing below them: the template has a section that the author left
// out.
func (c *composer) reportEmpty(part []doc.Section) {
	var last *doc.Heading // with nothing below it yet
	report := func(level int) {
		if last != nil && level <= last.Level {
			c.diags.Add(diag.Diagnostic{Rule: "文字-005", Level: diag.Warning, At: c.b.Facts.Department.At,
				Message: "标题“" + last.Text.String + "”下面没有内容",
				Hint:    "填写这一节要印的：主要职责、主要任务填 [department] 的 duties、tasks；国有资产填 assets.toml 和 [department] 的 assets_as_of，车辆、设备都没有的只填 assets_as_of，做单位预算的每种写明 unit；绩效目标填绩效表或项目的 goals；其他文字填 text.toml"})
		}
	}
	for i := range part {
		for _, x := range part[i].Blocks {
			h, ok := x.(*doc.Heading)
			if ok {
				report(h.Level)
			}
			last = h
		}
	}
	report(0)
}

// show is the names of the optional parts that are printed.
func (c *composer) show() []string {
	out := slices.Clone(c.p.Show)
	for _, s := range c.b.Facts.Department.Show {
		if has := c.p.Optionals(); !slices.Contains(has, s.V) {
			d := diag.NotListed("模板-026", s.At, "", s.V, has)
			d.Level, d.Message = diag.Warning, "模板没有可选部分"+diag.Quote(s.V)+"，没有加印"
			c.diags.Add(d)
		}
		out = append(out, s.V)
	}
	return out
}

// sectionBuilder collects blocks and starts new sections when the kind of page changes.
type sectionBuilder struct {
	d        *doc.Document
	s        doc.Section
	numbered bool
}

func (b *sectionBuilder) add(blocks ...doc.Block) { b.s.Blocks = append(b.s.Blocks, blocks...) }

// page makes sure that what follows starts on a new page of this kind.
func (b *sectionBuilder) page(name string) {
	if len(b.s.Blocks) > 0 && !b.onlyHeading() || b.s.Page != name {
		b.flush()
	}
	b.s.Page = name
}

// onlyHeading reports whether the section holds no more than the part's title, which the first table may follow.
func (b *sectionBuilder) onlyHeading() bool {
	if len(b.s.Blocks) != 1 {
		return false
	}
	_, ok := b.s.Blocks[0].(*doc.Heading)
	return ok
}

func (b *sectionBuilder) flush() {
	if len(b.s.Blocks) > 0 {
		b.d.Sections = append(b.d.Sections, b.s)
	}
	b.s = doc.Section{Page: b.s.Page, Numbered: b.numbered}
}

func (c *composer) block(b *sectionBuilder, x *pack.Block) {
	switch {
	case x.Prose != "":
		b.add(c.prose(x.Prose)...)
	case x.Contents != nil:
		b.add(&doc.Contents{Styles: x.Contents})
	case x.Tables != nil:
		for _, t := range x.Tables {
			if !c.takes(pageSteps, t.At) {
				return
			}
			switch follows := b.s.Page == t.Page && len(b.s.Blocks) > 0; {
			case follows && t.Share && !b.onlyHeading():
				b.add(&doc.PageBreak{Share: true})
			case follows && t.Follow:
			default:
				b.page(t.Page)
			}
			b.add(c.table(t)...)
		}
	case x.Charts != nil:
		for _, t := range x.Charts {
			if !c.takes(pageSteps, t.At) {
				return
			}
			b.add(c.chart(t)...)
		}
	case x.Figures != nil:
		b.add(c.keyFigures(x.Figures))
	case x.Forms != "":
		c.forms(b, x.Forms)
	case x.Glossary != "":
		c.pending = append(c.pending, glossaryPlace{section: len(b.d.Sections), at: len(b.s.Blocks), style: x.Glossary, number: x.Number, chosen: x.Chosen})
	}
}

// snippet fills a short text of the pack.
func (c *composer) snippet(s pack.Snippet) doc.Text { return c.fill(s, c.view) }

// fill fills a short text with the given data and returns it as one text, with the origin of the first word that the
// author wrote.
func (c *composer) fill(s pack.Snippet, data any) doc.Text {
	if s.Name == "" {
		return doc.Text{String: s.Literal}
	}
	return c.origins.numbers.joined(c.run(s.Name, data, s.At))
}

// Text is snippet for schedules, and for a row that stands for a part, what it says of the part.
func (c *composer) Text(s pack.Snippet, p *schedule.Part) doc.Text {
	if p == nil {
		return c.snippet(s)
	}
	return c.fill(s, c.byView(p.Along, p))
}

func (c *composer) plain(s pack.Snippet) string { return c.snippet(s).String }

// fileName is the file's name in the pack's words, with the folders that the pack asks for.
func (c *composer) fileName() []string {
	if c.p.FileName.IsZero() {
		return nil
	}
	return strings.Split(c.plain(c.p.FileName), pack.FolderMark)
}

// run executes a template and splits its output into texts by origin.
func (c *composer) run(name string, data any, at diag.Range) []doc.Text {
	if c.over(at) {
		return nil
	}
	c.output.text = c.output.text[:0]
	err := c.meter.Begin(c.p.Weight(name))
	if err == nil {
		err = c.templates.ExecuteTemplate(&c.output, name, data)
	}
	switch {
	case c.meter.Err() != nil && err != nil: // in the words of the template, at the place that it had come to
		d := c.p.ExecError(err, at)
		d.Message, d.Hint = c.meter.Err().Error(), pack.OverHint
		c.diags.Add(d)
		c.spent = true
		return nil
	case err != nil:
		c.diags.Add(c.p.ExecError(err, at))
	}
	text := string(c.output.text)
	c.inspect(text)
	return c.origins.split(text)
}

// output takes what a template writes.
type output struct {
	text  []byte
	meter *pack.Meter
}

func (o *output) Write(b []byte) (int, error) {
	if err := o.meter.Make(len(b)); err != nil {
		return 0, err
	}
	o.text = append(o.text, b...)
	return len(b), nil
}

// Steps of what is no template, beside those of the words and queries in it.
const (
	cellSteps      = 32 // a cell of a table, from its text to its lines on paper
	paragraphSteps = 100
	pageSteps      = 1000
)

// takes takes steps of the document's budget, and reports whether there were so many.
func (c *composer) takes(steps int, at diag.Range) bool {
	_ = c.meter.Step(steps) // over says so
	return !c.over(at)
}

// over reports whether the document's budget is spent, and says so once.
func (c *composer) over(at diag.Range) bool {
	if c.meter.Err() != nil && !c.spent {
		c.spent = true
		c.diags.Add(diag.Diagnostic{Rule: "模板-011", Level: diag.Error, At: at, Message: c.meter.Err().Error(), Hint: pack.OverHint})
	}
	return c.spent
}
