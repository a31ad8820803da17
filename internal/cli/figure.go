package cli

import (
	"errors"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
)

func (a *app) figureCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "figure 数据目录或填报表 [数字]",
		Short: "说明一个数是怎样算出来的，直到 TOML 的行；不写数字就列出能问的数",
		Long: "说明一个数是怎样算出来的。数字照表上印的字写，从外到里用点连接：表号.行.列，例如 T3.2010301.基本支出；\n" +
			"行是科目编码、单位代码、项目名称或行名，上面的行、组也可以写，例如 T4.上年结转.一般公共预算拨款；列是表头，\n" +
			"上面的表头也可以写。不写列就是第一列金额，不写行就是合计行。行、列也可以数：T4.第6行.第2列。\n" +
			"表以外的数：文字里的写 标题.第几个数，例如 三、支出预算安排情况.第3个数（标题的序号可以不写）；绩效表、图里的写法在列出的里面找。\n" +
			"也可以写数字的名称，例如 total 或 支出总预算；或者照页面上印的数写，例如 749.64，列出印着这个数的每一处；网页里数的链接也可以照抄。\n" +
			"不记得表号的可以不写，点也可以写成空格。写的字有几个数都合适的，列出各个写法，不替人选。\n" +
			"只写数据目录，就列出每个印出来的数和它的写法。",
		Example: "  yusuan figure data/2026/338 T3.2010301.基本支出\n  yusuan figure data/2026/338 total\n  yusuan figure data/2026/338\n  yusuan figure data/2026/338 --format json",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return usage("要给数据目录，要问的数写在它后面，例如：yusuan figure data/2026/338 T3.2010301.基本支出")
			}
			if format != "text" && format != "json" {
				return usage("--format 应为 text 或 json，不是“%s”", format)
			}
			return a.figure(args[0], args[1:], format == "json")
		},
	}
	a.whichDocument(c)
	c.Flags().StringVar(&format, "format", "text", "结果的`形式`：text（不写就是这个）或 json")
	return c
}

// linked is the number that a link to a page of the web leads to, as browsers show and copy it; what is no link stays.
func linked(s string) string {
	page, name, ok := strings.Cut(s, "#")
	if !ok || !strings.HasSuffix(strings.ToLower(page), ".html") {
		return s
	}
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// shownLines bounds how many entries of the data a figure lists for people.
const shownLines = 200

func (a *app) figure(dir string, address []string, asJSON bool) error {
	w, err := a.check(dir)
	if err != nil {
		return err
	}
	if w.Numbers == nil {
		return a.stop(w)
	}
	if n := w.Diags.Count(diag.Error); n > 0 {
		say(a.err, "注意：数据有%d处错误，没有算进去的不在下面的数里；先运行 yusuan check %s 改正\n", n, dir)
	}
	if len(address) == 0 {
		return a.figures(w.Numbers, asJSON)
	}
	x, err := w.Numbers.Meant(linked(address[0]))
	if none := (*schedule.NoAnswer)(nil); errors.As(err, &none) && len(none.Candidates) > 0 {
		say(a.err, "错误：%s：\n", none.Words)
		for i := range none.Candidates {
			say(a.err, "  %16s  %s\n", orBlank(none.Candidates[i].Value.Printed), none.Candidates[i].Address)
		}
		return &exitError{code: exitUsage}
	}
	if err != nil {
		return usage("%w", err)
	}
	if asJSON {
		out := newFigure(&x, w.Numbers)
		a.lead(&out)
		return diag.WriteJSON(a.out, out)
	}
	say(a.out, "%s\n", x.Title)
	if x.Key != "" || x.Words != "" {
		say(a.out, "  写法 %s\n", x.Address)
	}
	a.explainValue(w.Numbers, &x.Value, "  ")
	return nil
}

// explainValue tells what a value is, and the entries that it comes of.
func (a *app) explainValue(d *schedule.Document, v *schedule.Value, indent string) {
	switch v.Kind {
	case schedule.ValueChange, schedule.ValueRate:
		say(a.out, "%s印作 %s：%s\n%s本年\n", indent, orBlank(v.Printed), v.Kind.Says(), indent)
		a.explainValue(d, v.Of, indent+"  ")
		say(a.out, "%s上年\n", indent)
		a.explainValue(d, v.Over, indent+"  ")
		return
	case schedule.ValueShare:
		say(a.out, "%s印作 %s：%s\n%s部分\n", indent, v.Printed, v.Kind.Says(), indent)
		a.explainValue(d, v.Of, indent+"  ")
		say(a.out, "%s全部\n", indent)
		a.explainValue(d, v.Over, indent+"  ")
		return
	case schedule.ValueCount:
		say(a.out, "%s= %s，%s\n", indent, v.Printed, v.Kind.Says())
		return
	case schedule.ValueWritten:
		say(a.out, "%s= %s，%s：%s\n", indent, v.Printed, v.Kind.Says(), a.place(v.At))
		return
	case schedule.ValueLastYear:
		if !v.Known {
			say(a.out, "%s没有填报上年数，表里是空的\n", indent)
			return
		}
		say(a.out, "%s= %s（%s），%s\n", indent, money.Told(v.Exact), money.ToldYuan(v.Exact), v.Kind.Says())
	default:
		say(a.out, "%s= %s（%s）\n", indent, money.Told(v.Exact), money.ToldYuan(v.Exact))
		for _, q := range v.Sums {
			say(a.out, "%s范围：%s\n", indent, orAll(q.String()))
		}
	}
	if v.Adjusted {
		say(a.out, "%s印作 %s：模板使印出的分项之和等于合计（规则 尾差-002）\n", indent, v.Printed+v.Unit.String())
	}
	entries := d.Entries(v)
	for i := range entries {
		if i == shownLines {
			say(a.out, "%s…（还有%d笔）\n", indent, len(entries)-shownLines)
			break
		}
		x := &entries[i]
		say(a.out, "%s%16s元  %s  %s%s\n", indent, money.Usual(money.Yuan).String(x.Amount), a.place(x.At), x.Words, a.from(x.At))
	}
}

// from names the cell of an export that a place of the data folder came of, "" for none.
func (a *app) from(at diag.Range) string {
	cell, ok := a.origins.Of(at)
	if !ok {
		return ""
	}
	return "（导入自 " + cell.String() + "）"
}

func orBlank(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

func orAll(s string) string {
	if s == "" {
		return "全部支出"
	}
	return s
}

// figures lists every number that the document prints.
func (a *app) figures(d *schedule.Document, asJSON bool) error {
	var out []figureOut
	for _, g := range d.Groups() {
		if !asJSON {
			say(a.out, "%s\n", g.Heading)
		}
		for i := range g.Answers {
			x := &g.Answers[i]
			if asJSON {
				out = append(out, newFigure(x, nil))
				continue
			}
			if x.Words != "" {
				say(a.out, "  %16s  %s  %s\n", x.Value.Printed, x.Address, x.Words)
				continue
			}
			say(a.out, "  %16s  %s\n", x.Value.Printed, x.Address)
		}
	}
	if asJSON {
		return diag.WriteJSON(a.out, map[string]any{"numbers": out})
	}
	return nil
}

// figureOut is a number as programs read it. Amounts are in 元, exact.
type figureOut struct {
	Address string      `json:"address,omitempty"`
	Key     string      `json:"key,omitempty"`
	Title   string      `json:"title,omitempty"`
	Words   string      `json:"words,omitempty"`
	Kind    string      `json:"kind"`
	Amount  string      `json:"amount,omitempty"`
	Printed string      `json:"printed"`
	Unit    string      `json:"unit,omitempty"`
	Queries []string    `json:"queries,omitempty"`
	Entries []figureRow `json:"entries,omitempty"`
	Of      *figureOut  `json:"of,omitempty"`   // of a change or rate this year's, of a share the part
	Over    *figureOut  `json:"over,omitempty"` // last year's, the whole
}

type figureRow struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Amount string `json:"amount,omitempty"`
	Words  string `json:"words"`
	Origin string `json:"origin,omitempty"` // the cell of an export that it came of
	Sheet  string `json:"sheet,omitempty"`  // of a workbook, which has no lines
	Cell   string `json:"cell,omitempty"`

	at diag.Range
}

// lead tells of the entries of a figure which cells they came of.
func (a *app) lead(x *figureOut) {
	if x == nil {
		return
	}
	for i := range x.Entries {
		e := &x.Entries[i]
		if cell, ok := a.origins.Of(diag.Range{File: e.File, Start: diag.Pos{Line: e.Line, Column: int32(e.Column)}}); ok {
			e.Origin = cell.String()
		}
		if at := a.place(e.at); at != e.at {
			cell, _ := at.In.Cell()
			e.File, e.Line, e.Column, e.Sheet, e.Cell = at.File, 0, 0, cell.Sheet, cell.Name
		}
	}
	a.lead(x.Of)
	a.lead(x.Over)
}

// newFigure takes the entries too where there is somebody to ask.
func newFigure(x *schedule.Answer, d *schedule.Document) figureOut {
	v := &x.Value
	out := figureOut{Address: x.Address, Key: x.Key, Title: x.Title, Words: x.Words, Kind: v.Kind.String(), Printed: v.Printed}
	if v.Amount() && v.Known {
		out.Amount, out.Unit = v.Exact.String(), v.Unit.String()
	}
	for _, q := range v.Sums {
		out.Queries = append(out.Queries, q.String())
	}
	if d == nil {
		return out
	}
	if v.Of != nil {
		of, over := newFigure(&schedule.Answer{Value: *v.Of}, d), newFigure(&schedule.Answer{Value: *v.Over}, d)
		out.Of, out.Over = &of, &over
		return out
	}
	for _, e := range d.Entries(v) {
		row := figureRow{File: e.At.File, Line: e.At.Start.Line, Column: int(e.At.Start.Column), Amount: e.Amount.String(), Words: e.Words, at: e.At}
		if v.Kind == schedule.ValueWritten {
			row.Amount = ""
		}
		out.Entries = append(out.Entries, row)
	}
	return out
}
