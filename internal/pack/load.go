package pack

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/source"
	"yusuan/internal/typeset/unit"
)

// Load reads the pack in folder dir of fsys, as documents of its last year have it; Pack.Of knows the other years, which are read
// and checked as well. The error is what the machine refuses (no such folder); everything the pack's author can mend is in the list,
// and a pack with errors in it must not be used. Tables have rows of the sources.
func Load(fsys fs.FS, dir string, sources []RowSource) (*Pack, diag.List, error) {
	c := compilerFor(fsys, sources, 0)
	if err := c.compile(dir); err != nil || c.orphan || c.broken {
		if err != nil {
			return nil, c.diags, err
		}
		return c.p, c.diags, nil
	}
	starts := segments(c.cuts, c.p.FirstYear, c.p.LastYear)
	all := make([]variant, len(starts))
	for i, from := range starts {
		x := c
		if i < len(starts)-1 {
			x = compilerFor(fsys, sources, from)
			if err := x.compile(dir); err != nil {
				return nil, x.diags, err
			}
			c.diags.Append(x.diags.Without(c.diags))
		}
		all[i] = variant{from, x.p}
	}
	for _, v := range all {
		v.pack.variants = all
	}
	return c.p, c.diags, nil
}

// compilerFor is one of the documents of a year, of the last of the pack for 0.
func compilerFor(fsys fs.FS, sources []RowSource, year int) *compiler {
	c := &compiler{fsys: fsys, sources: sources, year: year, texts: map[string]diag.Range{}, trees: map[*parse.Tree]textSource{}, missing: map[string]bool{}, bounded: map[diag.Range]bool{}, ticked: map[*Field]*closedByUse{},
		p: &Pack{Figures: map[string]*Figure{}, Tables: map[string]*Table{}, Forms: map[string]*Form{}, Charts: map[string]*Chart{},
			Families: map[string][]diag.Range{}, sources: map[string]textSource{}, inProse: map[string]bool{},
			roles: map[FigureRole]*Figure{}, labels: map[LabelRole][]string{}}}
	c.p.queries = sync.OnceValue(c.p.findQueries)
	c.p.templates = template.New("pack").Option("missingkey=error").Funcs(stubs())
	return c
}

// compile reads the pack for the year of the compiler.
func (c *compiler) compile(dir string) error {
	m, err := c.manifest(dir)
	if err != nil {
		return fmt.Errorf("pack %s: %w", dir, err)
	}
	if c.orphan || c.broken {
		return nil // of what it inherits, or of what could not be read, all the rest would be missed
	}
	for _, d := range c.dirs {
		c.p.Line = append(c.p.Line, path.Base(d))
	}
	c.p.Phrases = map[string]string{}
	for _, f := range m.Phrases {
		c.p.Phrases[f.Key.V] = f.Value.V
	}
	for _, d := range c.dirs {
		c.prose(path.Join(d, "prose"))
	}
	c.head(m)
	c.styles(m)
	c.figures(m)
	c.tables(m)
	c.charts(m)
	for i := range m.Forms {
		c.form(&m.Forms[i])
	}
	c.labels()
	c.parts(m)
	c.lint()
	c.closeTicked()
	c.instrument()
	if c.uses != nil {
		c.p.closed = append(c.p.closed, closedList{budget.ListVehicles, c.uses})
	}
	c.p.findUses()
	return nil
}

type compiler struct {
	fsys    fs.FS
	sources []RowSource
	dirs    []string // of the pack and those it inherits, the first ancestor first
	visited []string
	orphan  bool                // what it inherits is not there
	broken  bool                // a file is no TOML, or may not be read
	size    int                 // bytes of all files so far
	year    int                 // of the documents
	cuts    []int               // years from which patches change something, or nothing any more
	lent    map[diag.Range]bool // words that patches gave to what they changed
	p       *Pack
	diags   diag.List
	within  *Form    // whose texts are being read
	uses    []string // of vehicles that texts name, where the pack has no list of them
	ticked  map[*Field]*closedByUse
	n       int
	texts   map[string]diag.Range // what could not be parsed as a template
	trees   map[*parse.Tree]textSource
	missing map[string]bool          // styles said to be missing
	bounded map[diag.Range]bool      // lengths that were held against their bounds
	bound   map[reflect.Type][]bound // what the schema says of each type, once it was asked for
}

func stubs() template.FuncMap {
	m := template.FuncMap{}
	for _, w := range Words() {
		m[w] = func(...any) (any, error) { return nil, errors.New("not bound") }
	}
	return m
}

// files parses every *.toml below dir but those in the folders to skip.
func (c *compiler) files(dir string, skip ...string) ([]*source.File, error) {
	var out []*source.File
	err := fs.WalkDir(c.fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name != dir && slices.Contains(skip, e.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".toml" {
			return nil
		}
		raw, err := c.readFile(name)
		if raw == nil || err != nil {
			c.broken = true
			return err
		}
		f, diags := source.Parse(name, raw)
		c.broken = c.broken || diags.HasErrors()
		c.diags.Append(diags)
		out = append(out, f)
		return nil
	})
	return out, err
}

// MaxSize is more than all files of a pack together have.
const MaxSize = 2 << 20

// readFile is the content of a file of the pack, nil of one that may not be read.
func (c *compiler) readFile(name string) ([]byte, error) {
	d, unfit, err := source.Unfit(c.fsys, name, MaxSize)
	if err != nil {
		return nil, err
	}
	if unfit {
		c.diags.Add(d)
		return nil, nil
	}
	raw, err := fs.ReadFile(c.fsys, name)
	if err != nil {
		return nil, err
	}
	if c.size += len(raw); c.size > MaxSize {
		if !c.broken {
			c.diags.Errorf("文件-019", diag.Range{File: name}, "模板的文件一共超过 %d MB，从这一个起没有读", MaxSize>>20)
		}
		c.broken = true
		return nil, nil
	}
	if raw == nil {
		raw = []byte{} // empty, but there
	}
	return raw, nil
}

func (c *compiler) snippet(s source.String) Snippet { return c.snippetOf(s, nil) }

// snippetOf is a snippet whose dot has other fields than a whole document's.
func (c *compiler) snippetOf(s source.String, dot []string) Snippet {
	if !hasPlaceholder(s.V) {
		(&linter{compiler: c, s: textSource{text: s.V, at: s.At}}).typedAmounts(s.V, 0)
		return Snippet{Literal: s.V, At: s.At}
	}
	c.n++
	out := Snippet{Name: "snippet/" + strconv.Itoa(c.n), Source: s.V, At: s.At}
	if m := alone.FindStringSubmatch(s.V); m != nil {
		out.Item, out.Field = m[1], m[2]
	}
	c.parse(out.Name, textSource{s.V, s.At, dot, c.within})
	return out
}

// alone is a template of nothing but a field of a repeated row or of a form.
var alone = regexp.MustCompile(`^\{\{ *(?:\.Item\.([A-Z][A-Za-z]*)|field "([^"\\]+)") *\}\}$`)

func (c *compiler) snippets(ss []source.String) []Snippet {
	var out []Snippet
	for _, s := range ss {
		out = append(out, c.snippet(s))
	}
	return out
}

func (c *compiler) length(s source.String) unit.Length {
	if s.V == "" {
		return 0
	}
	if !c.bounded[s.At] {
		panic("pack: the schema does not bound the length at " + s.At.String())
	}
	l, err := unit.Parse(s.V)
	if err != nil {
		c.diags.Errorf("模板-003", s.At, "长度“%s”应写成 28mm、10.5pt 或 三号 这样的形式", s.V)
	}
	return l
}

func (c *compiler) query(s source.String) budget.Query {
	q, err := budget.ParseQuery(s.V)
	if err != nil {
		c.diags.Errorf("模板-004", s.At, "范围写法有误：%v", err)
	}
	c.asked(q, s.At)
	return q
}

// oneOf reports whether s is one of the allowed words, and says so where it is not.
func (c *compiler) oneOf(s source.String, what string, allowed []string) bool {
	if slices.Contains(allowed, s.V) {
		return true
	}
	c.unknown(s.At, what, s.V, allowed)
	return false
}

// fewWords is how many words a message lists beside the one that was likely meant.
const fewWords = 12

func (c *compiler) unknown(at diag.Range, what, word string, allowed []string) {
	d := diag.Diagnostic{Rule: "模板-005", Level: diag.Error, At: at, Message: "不认识的" + what + "“" + word + "”"}
	near, ok := diag.Closest(word, allowed)
	if ok {
		d.Hint = diag.Meant(word, near)
	}
	if len(allowed) > 0 && (!ok || len(allowed) <= fewWords) {
		d.Hint = strings.TrimPrefix(d.Hint+"；可用的有 "+strings.Join(allowed, "、"), "；")
	}
	if len(allowed) == 0 {
		d.Hint = "模板里一个也没有定义"
	}
	c.diags.Add(d)
}

var aligns = map[string]doc.Align{"left": doc.AlignLeft, "center": doc.AlignCenter, "right": doc.AlignRight,
	"decimal": doc.AlignDecimal, "justify": doc.AlignJustify}

func (c *compiler) align(s source.String, otherwise doc.Align) doc.Align {
	if s.V == "" {
		return otherwise
	}
	c.oneOf(s, "对齐方式", choices("align"))
	return aligns[s.V]
}

func (c *compiler) head(m *manifest) {
	h, p := &m.Pack, c.p
	p.ID, p.Name, p.Version, p.Kind, p.At = h.ID.V, h.Name.V, h.Version.V, h.Kind.V, h.At
	if folder := path.Base(c.dirs[len(c.dirs)-1]); h.ID.V != "" && h.ID.V != folder {
		c.diags.Warnf("模板-019", h.ID.At, "模板代号“%s”与文件夹名“%s”不同：部门和沿用它的模板写的是文件夹名", h.ID.V, folder)
	}
	if h.Title.V == "" {
		c.diags.Errorf("模板-006", h.At, "[pack] 缺少文件标题（title）")
	}
	p.Title, p.Subject, p.Keywords = c.snippet(h.Title), c.snippet(h.Subject), c.snippet(h.Keywords)
	p.FileName = c.snippet(source.String{V: markFolders(h.FileName.V), At: h.FileName.At})
	p.StripComments = h.Strip.V
	p.ProcurementClasses = c.words(h.Purchase)
	c.lists(m)
	c.kinds(m)
	switch {
	case len(h.Years) == 2 && h.Years[0].V <= h.Years[1].V:
		p.FirstYear, p.LastYear = h.Years[0].V, h.Years[1].V
	case len(h.Years) > 0:
		c.diags.Errorf("模板-006", h.Years[0].At, "years 应为 [首年, 末年]，例如 [2025, 2027]")
	default: // missing: said already
		c.diags.Errorf("模板-006", h.At, "years 应为 [首年, 末年]，例如 [2025, 2027]")
	}
	base := money.Usual(money.Wan)
	p.TableFormat, p.TextFormat = c.format(m.Formats.Table, base), c.format(m.Formats.Text, base)
	c.rounding(&m.Formats)
	c.rules(m)
	for i, s := range m.Slots {
		if slices.ContainsFunc(m.Slots[:i], func(x slotSpec) bool { return x.Key.V == s.Key.V }) {
			c.diags.Errorf("模板-007", s.Key.At, "文字栏“%s”重复定义", s.Key.V)
		}
		p.Slots = append(p.Slots, Slot{Key: s.Key.V, Title: s.Title.V, Required: s.Required.V, Changed: s.Changed.V, By: c.dimension(s.By)})
	}
	for i, t := range m.Terms {
		if slices.ContainsFunc(m.Terms[:i], func(x termSpec) bool { return x.Term.V == t.Term.V }) {
			c.diags.Errorf("模板-007", t.Term.At, "名词“%s”重复定义", t.Term.V)
		}
		x := Term{Term: t.Term.V, Text: t.Text.V, Always: t.Always.V, At: t.Text.At}
		for _, w := range t.Words {
			x.Words = append(x.Words, w.V)
		}
		p.Terms = append(p.Terms, x)
	}
}

// largestRemainder is the policy under which printed parts add up.
const largestRemainder = "largest-remainder"

func (c *compiler) rounding(f *formats) {
	if f.Rounding.V != "" {
		c.oneOf(f.Rounding, "尾差处理", []string{"as-is", largestRemainder})
		c.p.Adjust, c.p.AdjustAt = f.Rounding.V == largestRemainder, f.Rounding.At
	}
	c.p.AdjustNote = c.snippet(f.Adjusted)
}

func (c *compiler) format(f format, out money.Format) money.Format {
	if f.Unit.V != "" {
		u, ok := money.ParseUnit(f.Unit.V)
		if !ok {
			c.oneOf(f.Unit, "金额单位", choices("unit"))
		}
		out.Unit = u
	}
	if f.Places.Set {
		out.Places = f.Places.V
	}
	if f.Group.Set {
		out.Group = f.Group.V
	}
	if f.Zero != nil {
		out.Zero = f.Zero.Text.V
	}
	if f.Zeros.V != "" {
		c.oneOf(f.Zeros, "末尾零的写法", choices("zeros"))
		out.TrimWhole, out.TrimZeros = f.Zeros.V == "whole", f.Zeros.V == "trim"
	}
	out = withBlank(out, f.Blank)
	return out
}

func (c *compiler) figures(m *manifest) {
	for _, f := range m.Figures {
		if c.p.Figures[f.Name.V] != nil {
			c.diags.Errorf("模板-007", f.Name.At, "数字“%s”重复定义", f.Name.V)
		} else {
			c.p.FigureNames = append(c.p.FigureNames, f.Name.V)
		}
		x := &Figure{Name: f.Name.V, Title: f.Title.V, Query: c.query(f.Query), Prior: f.Prior.V, Base: cmp.Or(f.Base.V, BaseBudget), By: c.dimension(f.By), Past: f.Past.V, At: f.At}
		if f.Base.V != "" && !f.Prior.V {
			c.diags.Errorf("模板-023", f.Base.At, "base 只用在写了 prior = true 的数字")
		}
		if f.Past.V != "" {
			c.oneOf(f.Past, "近年收支", choices("past"))
		}
		x.Last = c.lastQuery(&f, x)
		c.p.Figures[f.Name.V] = x
		c.figureRole(&f, x)
	}
	slices.Sort(c.p.FigureNames)
	for _, s := range m.Slots {
		if s.Changed.V != "" {
			c.oneOf(s.Changed, "数字名称", c.p.FigureNames)
		}
	}
}

// lastQuery is what a figure was last year.
func (c *compiler) lastQuery(f *figureSpec, x *Figure) budget.Query {
	switch {
	case f.Last.V == "":
		return x.Query
	case !f.Prior.V || f.By.V != "":
		c.diags.Errorf("模板-023", f.Last.At, "prior_query 只用在写了 prior、没有写 by 的数字")
	}
	return c.query(f.Last)
}

// rules takes over the settings of rules. A setting that says neither a level nor off says nothing.
func (c *compiler) rules(m *manifest) {
	levels := map[string]diag.Level{"错误": diag.Error, "警告": diag.Warning, "提示": diag.Note}
	for _, r := range m.Rules {
		if !r.Off.V {
			c.oneOf(r.Level, "级别", choices("level"))
		}
		c.p.Rules = append(c.p.Rules, RuleSetting{ID: r.ID.V, Level: levels[r.Level.V], Off: r.Off.V, Why: r.Why.V, At: r.ID.At})
	}
}
