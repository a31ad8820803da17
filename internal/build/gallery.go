package build

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/compose"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/internal/typeset/style"
)

//go:embed gallery.toml
var galleryData []byte

// Pack loads a pack by its folder's name, once.
func (s *Shared) Pack(id string) (*pack.Pack, diag.List, error) { return s.pack(id) }

// families reports the fonts that styles of a pack name and the library has not.
func (s *Shared) families(p *pack.Pack) diag.List {
	var l diag.List
	for name, places := range p.Families {
		if _, ok := s.Fonts.Family(name); ok {
			continue
		}
		for _, at := range places {
			d := diag.Diagnostic{Rule: style.RuleTextStyle, Level: diag.Error, At: at, Message: "字体库没有名为“" + name + "”的字体",
				Hint: "可用的有 " + strings.Join(s.Fonts.Roles(), "、")}
			l.Add(d)
		}
	}
	return l
}

// sampleTexts fills in every text that the pack asks for with its own name.
func sampleTexts(p *pack.Pack, b *budget.Budget) {
	add := func(key, title string) {
		if _, given := b.Facts.Text.Get(key); !given {
			b.Facts.Text = append(b.Facts.Text, source.Field{Key: source.String{V: key}, Value: source.String{V: "〔" + title + "〕"}})
		}
	}
	for _, s := range p.Slots {
		if p.Chooses(s.Key) {
			continue // the sample shows all terms
		}
		d, family := budget.FindDimension(s.By)
		if !family {
			add(s.Key, s.Title)
			continue
		}
		for _, part := range slices.Sorted(maps.Keys(b.SumBy(budget.Query{}, d))) {
			add(s.Key+"."+part, s.Title)
		}
	}
}

// sampleForms fills in each of the pack's forms once.
func sampleForms(p *pack.Pack, b *budget.Budget) {
	text := func(s string) source.String { return source.String{V: "〔" + s + "〕"} }
	for _, kind := range slices.Sorted(maps.Keys(p.Forms)) {
		spec := p.Forms[kind]
		f := budget.Form{Kind: source.String{V: kind}}
		if spec.Scope == pack.ScopeProject {
			f.Project = b.Facts.Projects[0].Name
		}
		for _, x := range spec.Fields {
			f.Fields = append(f.Fields, source.Field{Key: source.String{V: x.Key}, Value: text(x.Title)})
		}
		amount := b.Facts.Projects[0].Amount
		f.Details = []budget.Detail{{Activity: text("活动"), Content: text("内容"), Economic: text("经济分类"), Amount: amount, Basis: text("依据"), Note: text("备注")}}
		f.Procurement = []budget.Item{{Name: text("品名"), Quantity: text("数量"), Amount: amount}}
		for _, horizon := range []string{"长期", "年度"} {
			h := source.String{V: horizon}
			f.Goals = append(f.Goals, budget.Goal{Horizon: h, Name: text(horizon + "目标"), Text: text("目标说明")})
			for _, third := range []string{"指标一", "指标二"} {
				f.Indicators = append(f.Indicators, budget.Indicator{Horizon: h, Goal: text(horizon + "目标"), First: text("一级"), Second: text("二级"),
					Third: text(third), Value: text("指标值"), BeforeLast: text("前年"), Last: text("上年"), Basis: text("依据")})
			}
		}
		b.Facts.Forms = append(b.Facts.Forms, f)
	}
}

// Gallery pours the sample department into a pack: the whole document of its last year, so that every text is tried, and after it
// every table that no part of the document shows. Diagnostics are about the pack, what it is in its other years too.
func (s *Shared) Gallery(id string) (*Work, error) {
	w, err := s.galleryOf(id, 0)
	if err != nil || w.Pack == nil {
		return w, err
	}
	years := w.Pack.Years()
	for _, y := range years[:max(len(years)-1, 0)] {
		other, err := s.galleryOf(id, y)
		if err != nil {
			return w, err
		}
		w.Diags.Append(other.Diags.Without(w.Diags))
	}
	return w, nil
}

// galleryOf is that of one year, of the last for 0.
func (s *Shared) galleryOf(id string, year int) (*Work, error) {
	w := &Work{shared: s, fonts: s.Fonts}
	p, diags, err := s.pack(id)
	w.Diags.Append(diags)
	if err != nil || diags.HasErrors() {
		return w, err
	}
	year = cmp.Or(year, p.LastYear)
	p = p.Of(year)
	w.Pack = p
	w.Diags.Append(check.Settings(p))
	w.Diags.Append(check.Roles(p))
	w.Diags.Append(s.families(p))
	if w.Diags.HasErrors() {
		return w, nil
	}
	file, diags := source.Parse("gallery.toml", galleryData)
	f, read := budget.Read([]*source.File{file}, nil, nil)
	diags.Append(read)
	f.Department.Year.V = year
	cat, err := s.CodesOf(year, id, nil)
	if err != nil {
		return w, err
	}
	b, more := budget.New(f, cat)
	sampleTexts(p, b)
	sampleForms(p, b)
	diags.Append(more)
	if diags.HasErrors() {
		panic(fmt.Sprint("build: the sample department has errors: ", diags.Sorted()[0]))
	}
	w.Budget = b
	w.Prior = schedule.Prior{Year: year - 1, Amounts: priorFigures(p, b)}
	for name, a := range w.Prior.Amounts {
		w.Prior.Amounts[name] = a.Times("0.9")
	}
	made := compose.Gallery(p, b, w.Prior)
	w.Tree, w.Numbers = made.Tree, made.Numbers
	w.Diags.Append(made.Diags)
	return w, nil
}
