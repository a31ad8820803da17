package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/source"
	"yusuan/internal/typeset/unit"
)

// Load reads the pack in folder dir of fsys. The error is what the machine refuses (no such folder); everything the
// pack's author can mend is in the list, and a pack with errors in it must not be used.
func Load(fsys fs.FS, dir string) (*Pack, diag.List, error) {
	c := &compiler{fsys: fsys, p: &Pack{Figures: map[string]*Figure{}, Tables: map[string]*Table{}, Forms: map[string]*Form{}}}
	c.p.templates = template.New("pack").Option("missingkey=error").Funcs(stubs())
	m, err := c.manifest(dir)
	if err != nil {
		return nil, c.diags, fmt.Errorf("pack %s: %w", dir, err)
	}
	if c.orphan {
		return c.p, c.diags, nil // of what it inherits nothing is known, and that would be all the rest could say
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
	for _, d := range c.dirs {
		if err := c.forms(path.Join(d, "forms")); err != nil {
			return nil, c.diags, fmt.Errorf("pack %s: %w", dir, err)
		}
	}
	c.parts(m)
	return c.p, c.diags, nil
}

type compiler struct {
	fsys    fs.FS
	dirs    []string // of the pack and those it inherits, the first ancestor first
	visited []string
	orphan  bool // what it inherits is not there
	p       *Pack
	diags   diag.List
	n       int
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
		raw, err := fs.ReadFile(c.fsys, name)
		if err != nil {
			return err
		}
		f, diags := source.Parse(name, raw)
		c.diags.Append(diags)
		out = append(out, f)
		return nil
	})
	return out, err
}

func (c *compiler) prose(dir string) {
	entries, err := fs.ReadDir(c.fsys, dir)
	if err != nil {
		return // a pack without prose
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".tmpl" {
			continue
		}
		name := path.Join(dir, e.Name())
		raw, err := fs.ReadFile(c.fsys, name)
		if err != nil {
			c.diags.Errorf("模板-001", diag.Range{File: name}, "读不出文字模板：%v", err)
			continue
		}
		text := strings.ReplaceAll(strings.TrimPrefix(string(raw), "\uFEFF"), "\r\n", "\n")
		c.parse("prose/"+strings.TrimSuffix(e.Name(), ".tmpl"), text, diag.Range{File: name})
	}
}

func (c *compiler) parse(name, text string, at diag.Range) {
	if _, err := c.p.templates.New(name).Parse(text); err != nil {
		if at.Start.Line == 0 {
			at.Start = diag.Pos{Line: errorLine(err), Column: 1}
		}
		d := diag.Diagnostic{Rule: "模板-002", Level: diag.Error, At: at, Message: "文字模板写法有误：" + err.Error()}
		if m := wordInError.FindStringSubmatch(err.Error()); m != nil {
			d.Message, d.Hint = "文字模板里没有“"+m[1]+"”这个词", "可用的有 "+strings.Join(Words(), "、")
			if near, ok := diag.Closest(m[1], Words()); ok {
				d.Hint = "是不是“" + near + "”；" + d.Hint
			}
		}
		c.diags.Add(d)
	}
}

// errorLine takes the line out of text/template's message: "template: name:LINE: …".
func errorLine(err error) int {
	if m := lineInError.FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 1
}

var wordInError = regexp.MustCompile(`function "([^"]*)" not defined`)

var lineInError = regexp.MustCompile(`^template: [^:]+:(\d+)`)

func (c *compiler) snippet(s source.String) Snippet {
	if !hasPlaceholder(s.V) {
		return Snippet{Literal: s.V, At: s.At}
	}
	c.n++
	out := Snippet{Name: "snippet/" + strconv.Itoa(c.n), At: s.At}
	c.parse(out.Name, s.V, s.At)
	return out
}

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
	return q
}

func (c *compiler) oneOf(s source.String, what string, allowed []string) bool {
	if slices.Contains(allowed, s.V) {
		return true
	}
	d := diag.Diagnostic{Rule: "模板-005", Level: diag.Error, At: s.At,
		Message: "不认识的" + what + "“" + s.V + "”", Hint: "可用的有 " + strings.Join(allowed, "、")}
	if near, ok := diag.Closest(s.V, allowed); ok {
		d.Hint = "是不是“" + near + "”；" + d.Hint
	}
	c.diags.Add(d)
	return false
}

var aligns = map[string]doc.Align{"left": doc.AlignLeft, "center": doc.AlignCenter, "right": doc.AlignRight,
	"decimal": doc.AlignDecimal, "justify": doc.AlignJustify}

func (c *compiler) align(s source.String, otherwise doc.Align) doc.Align {
	if s.V == "" {
		return otherwise
	}
	c.oneOf(s, "对齐方式", []string{"left", "center", "right", "decimal", "justify"})
	return aligns[s.V]
}

func (c *compiler) head(m *manifest) {
	h, p := &m.Pack, c.p
	p.ID, p.Name, p.Version, p.Kind = h.ID.V, h.Name.V, h.Version.V, h.Kind.V
	p.Title, p.Subject, p.Keywords = c.snippet(h.Title), c.snippet(h.Subject), c.snippet(h.Keywords)
	p.FileName = c.snippet(h.FileName)
	for _, s := range h.Purchase {
		p.ProcurementClasses = append(p.ProcurementClasses, s.V)
	}
	if len(h.Years) != 2 {
		c.diags.Errorf("模板-006", h.At, "years 应为 [首年, 末年]")
	} else {
		p.FirstYear, p.LastYear = h.Years[0].V, h.Years[1].V
	}
	base := money.Format{Unit: money.Wan, Places: 2, Group: true}
	p.TableFormat, p.TextFormat = c.format(m.Formats.Table, base), c.format(m.Formats.Text, base)
	c.rules(m)
	for _, s := range m.Slots {
		p.Slots = append(p.Slots, Slot{Key: s.Key.V, Title: s.Title.V, Required: s.Required.V, Changed: s.Changed.V, By: c.dimension(s.By)})
	}
	for _, t := range m.Terms {
		x := Term{Term: t.Term.V, Text: t.Text.V, Always: t.Always.V, At: t.Text.At}
		for _, w := range t.Words {
			x.Words = append(x.Words, w.V)
		}
		p.Terms = append(p.Terms, x)
	}
}

func (c *compiler) format(f format, out money.Format) money.Format {
	if f.Unit.V != "" {
		u, ok := money.ParseUnit(f.Unit.V)
		if !ok {
			c.oneOf(f.Unit, "金额单位", []string{"元", "万元", "亿元"})
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
		c.oneOf(f.Zeros, "末尾零的写法", []string{"keep", "whole", "trim"})
		out.TrimWhole, out.TrimZeros = f.Zeros.V == "whole", f.Zeros.V == "trim"
	}
	out = withBlank(out, f.Blank)
	return out
}

func (c *compiler) figures(m *manifest) {
	for _, f := range m.Figures {
		if c.p.Figures[f.Name.V] != nil {
			c.diags.Errorf("模板-007", f.Name.At, "数字“%s”重复定义", f.Name.V)
		}
		c.p.Figures[f.Name.V] = &Figure{Name: f.Name.V, Title: f.Title.V, Query: c.query(f.Query), Prior: f.Prior.V, By: c.dimension(f.By), At: f.At}
		c.p.FigureNames = append(c.p.FigureNames, f.Name.V)
	}
	slices.Sort(c.p.FigureNames)
	for _, s := range m.Slots {
		if s.Changed.V != "" {
			c.oneOf(s.Changed, "数字名称", c.p.FigureNames)
		}
	}
}

// rules takes over the settings of rules. A setting that says neither a level nor off says nothing.
func (c *compiler) rules(m *manifest) {
	levels := map[string]diag.Level{"错误": diag.Error, "警告": diag.Warning, "提示": diag.Note}
	for _, r := range m.Rules {
		if !r.Off.V {
			c.oneOf(r.Level, "级别", []string{"错误", "警告", "提示"})
		}
		c.p.Rules = append(c.p.Rules, RuleSetting{ID: r.ID.V, Level: levels[r.Level.V], Off: r.Off.V, Why: r.Why.V, At: r.ID.At})
	}
}
