package audit

import (
	"slices"
	"strings"

	"yusuan/internal/box"
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// What people type into their own documents is held against the numbers that those print as the sentences of finished documents
// are. The numbers are known to the 分, and what they mean without any reading.

// Own holds the texts that people typed against the numbers of the document that is made of them. What they typed may be of
// something else, so no finding is more than a warning, and none stands where another one stands already.
func Own(p *pack.Pack, b *budget.Budget, numbers *schedule.Document, found []diag.Diagnostic, r *check.Report) {
	whole, parts := *b.Facts, budget.Facts{Projects: b.Facts.Projects, Forms: b.Facts.Forms}
	whole.Projects, whole.Forms = nil, nil
	texts := typedTexts(&whole)
	ofAll := len(texts)
	texts = append(texts, typedTexts(&parts)...)
	if len(texts) == 0 || numbers == nil {
		return
	}
	in := &Input{Pack: p, Budget: b, ours: numbers}
	own := check.NewReport(p)
	in.told = tellAll(texts, b.Facts.Department.Year.V)
	for i := range in.told {
		in.claims(&in.told[i], own)
	}
	if ofAll > 0 || slices.ContainsFunc(in.told, func(t told) bool { return t.changesApart() }) {
		in.printed = made(in, numbers)
		x := in.resolver(own)
		for i := range in.told {
			if i < ofAll {
				x.text(&in.told[i])
			} else {
				x.bounds(&in.told[i]) // what is said of a project is not said of the whole, and yet no more than that
			}
		}
		x.residues()
	}
	l := own.List()
	for _, d := range l.Added() {
		if !strings.HasPrefix(d.Rule, "文表-") && !strings.HasPrefix(d.Rule, "测算-") || d.Level == diag.Note || slices.ContainsFunc(found, func(o diag.Diagnostic) bool { return meets(o.At, d.At) }) {
			continue
		}
		d.Level = diag.Warning
		if rest, ok := strings.CutPrefix(d.Message, diag.Quote(typedSection)); ok {
			d.Message = "手写的文字" + rest
		}
		r.Add(d)
	}
}

// meets reports whether two places have anything in common.
func meets(a, b diag.Range) bool {
	return a.File == b.File && a.Start.Offset < b.End.Offset && b.Start.Offset < a.End.Offset
}

// typedSection stands for the heading, which what people type has none of.
const typedSection = "文字"

// typedTexts are those of the texts that people typed that say amounts or shares, each as a section of its own.
func typedTexts(f *budget.Facts) (out []budget.StatedText) {
	f.EachText(func(s source.String) {
		if !strings.ContainsAny(s.V, "元%％") {
			return
		}
		for _, q := range prose.Quantities(s.V) {
			if q.Kind == prose.Amount || q.Kind == prose.Percentage {
				out = append(out, budget.StatedText{Section: source.String{V: typedSection}, Text: s})
				return
			}
		}
	})
	return out
}

// made is what the tables of a document print that was made: every number with what it means.
func made(in *Input, numbers *schedule.Document) *document {
	v := box.Values{KindOf: map[string]string{}, Bought: map[string][]string{}}
	for _, id := range in.Pack.TableIDs() {
		for _, q := range tableQueries(in.Pack.Tables[id]) {
			askedOf(&v, q)
		}
	}
	var cells []cell
	for _, t := range numbers.Tables() {
		s := numbers.Table(t.ID)
		s.Each(func(ref schedule.Ref) {
			q, ok := s.Query(ref)
			if !ok {
				return
			}
			foundOn(&v, q)
			label, name := s.RowName(ref), "《"+t.Called()+"》"
			if label != "" {
				name += "“" + label + "”"
			}
			cells = append(cells, cell{table: t, row: ref.Row, col: ref.Column, name: name, label: strings.TrimLeft(label, "0123456789 "),
				value: s.Sum(ref).Exact, unit: money.Yuan, places: 2, query: q})
		})
	}
	v.Economic = append(v.Economic, classes(in.Budget.Economic)...)
	v.Functional = append(v.Functional, classes(in.Budget.Functional)...)
	for _, c := range cells {
		if key, ok := only(c.query, "project"); ok && !slices.Contains(v.Projects, key) {
			v.Projects = append(v.Projects, key)
		}
	}
	for _, u := range in.Budget.ListedUnits() {
		v.KindOf[u.Code.V] = u.Kind.V
	}
	doc := &document{space: box.New(v)}
	for _, c := range cells {
		if b, ok := doc.space.Of(c.query); ok {
			c.box = doc.space.Balance(b)
			doc.cells = append(doc.cells, c)
		} else {
			doc.apart = append(doc.apart, c)
		}
	}
	return doc
}
