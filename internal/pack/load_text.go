package pack

import (
	"io/fs"
	"path"
	"strings"

	"yusuan/internal/diag"
)

// textSource is where a template's text stands: a file of prose, or a string in TOML, which has the place at.
type textSource struct {
	text string
	at   diag.Range
	dot  []string // what the dot has, nil for a whole document's
	form *Form    // of whose grid it is a part, nil for other texts
}

// place is the place of a piece of the text, length bytes long.
func (s textSource) place(offset, length int) diag.Range {
	if s.at.Start.Line > 0 || offset < 0 || offset+length > len(s.text) {
		return s.at
	}
	at := s.at
	at.Start = position(s.text, offset)
	at.End = position(s.text, offset+length)
	return at
}

// line is the place of a whole line of the text.
func (s textSource) line(n int) diag.Range {
	at := s.at
	if at.Start.Line == 0 {
		at.Start = diag.Pos{Line: n, Column: 1}
	}
	return at
}

func position(text string, offset int) diag.Pos {
	before := text[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return diag.At(1+strings.Count(before, "\n"), 1+len([]rune(before[start:])), offset)
}

// ProsePlace is the file of a prose template.
func (p *Pack) ProsePlace(name string) diag.Range { return p.sources["prose/"+name].at }

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
		if e.IsDir() {
			c.diags.Errorf("模板-001", diag.Range{File: name}, "读不出文字模板：这是文件夹")
			continue
		}
		raw, err := c.readFile(name)
		if raw == nil && err == nil {
			c.texts["prose/"+strings.TrimSuffix(e.Name(), ".tmpl")] = diag.Range{File: name} // said already
			continue
		}
		if err != nil {
			c.diags.Errorf("模板-001", diag.Range{File: name}, "读不出文字模板：%v", err)
			continue
		}
		text := strings.ReplaceAll(strings.TrimPrefix(string(raw), "\uFEFF"), "\r\n", "\n")
		c.parse("prose/"+strings.TrimSuffix(e.Name(), ".tmpl"), textSource{text: text, at: diag.Range{File: name}})
	}
}

// maxText bounds a template, in bytes: its parser descends by calling itself, and a stack that is full ends the whole
// program. The texts of a whole document are a tenth of it. Documents carry their packs, so a pack may be a stranger's.
const maxText = 1 << 18

func (c *compiler) parse(name string, s textSource) {
	if len(s.text) > maxText {
		c.diags.Errorf("模板-002", s.line(1), "文字模板太长：%d 字节，最多 %d", len(s.text), maxText)
		c.texts[name] = s.at
		return
	}
	c.p.sources[name] = s
	if _, err := c.p.templates.New(name).Parse(s.text); err != nil {
		c.diags.Add(c.p.templateError("模板-002", err, s.line(1)))
		c.texts[name] = s.at
	}
	for _, t := range c.p.templates.Templates() {
		if _, old := c.trees[t.Tree]; !old {
			c.trees[t.Tree] = s
		}
	}
}
