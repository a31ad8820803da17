package compose

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// words binds the pack's template functions to this document. pack.Words lists them; a test holds the two in step.
func (c *composer) words() template.FuncMap {
	return template.FuncMap{
		"amount":      c.wordAmount,
		"number":      c.wordNumber,
		"blank":       c.wordBlank,
		"amountIn":    c.wordAmountIn,
		"sum":         c.wordSum,
		"projectSum":  c.wordProjectSum,
		"share":       c.wordShare,
		"percent":     c.wordShare,
		"isZero":      c.wordIsZero,
		"changed":     c.wordChanged,
		"past":        c.wordPast,
		"by":          c.wordBy,
		"text":        c.wordText,
		"field":       c.wordField,
		"date":        wordDate,
		"zh":          wordZh,
		"revenueName": func(fund string) (string, error) { return wordRevenueName(fund), c.meter.Make(len(fund)) },
		"add":         wordAdd,
		"plain":       func(s string) (string, error) { return c.origins.plain(s), c.meter.Make(len(s)) },
		"vehicles":    c.wordVehicles,
		"units":       c.wordUnits,
		"kinds":       c.wordKinds,
		"forms":       c.wordForms,
		"phrase":      c.wordPhrase,
	}
}

// value is what templates hand to the words for numbers: the name of a figure or an amount.
func (c *composer) value(v any) (figure, error) {
	switch x := v.(type) {
	case figure:
		return x, nil
	case money.Amount:
		return stated(x), nil
	case string:
		if err := c.meter.Step(len(x) / 64); err != nil {
			return figure{}, err
		}
		x = c.origins.plain(x)
		if known, ok := c.figures[x]; ok {
			return known, nil
		}
		f := c.p.Figure(x)
		if f == nil {
			if near, ok := diag.Closest(x, c.p.FigureNames); ok {
				return figure{}, fmt.Errorf("没有数字“%s”，%s", x, diag.Meant(x, near))
			}
			return figure{}, fmt.Errorf("没有数字“%s”", x)
		}
		if c.figures == nil {
			c.figures = map[string]figure{}
		}
		c.figures[x] = c.sum(f.Query)
		return c.figures[x], c.meter.Err()
	}
	return figure{}, fmt.Errorf("要的是数字的名称或金额，不是 %T", v)
}

// nameOf is what messages call a value that a template names.
func (c *composer) nameOf(v any, x figure) string {
	if !c.p.Adjust {
		return "" // no number is named
	}
	if name, ok := v.(string); ok {
		return diag.Quote(c.p.Figure(name).Title)
	}
	if x.of.Sums != nil {
		return x.of.Sums.String()
	}
	return ""
}

// textAmount prints a figure with its unit as running text does: 4,671.85万元.
func (c *composer) textAmount(x figure, what string) string {
	return c.printedAs(&c.p.TextFormat, x, what, c.p.TextFormat.Unit.String())
}

// word writes what a template hands to a word for numbers.
func (c *composer) word(f *money.Format, v any, unit string) (string, error) {
	x, err := c.value(v)
	if err != nil {
		return "", err
	}
	return c.printedAs(f, x, c.nameOf(v, x), unit), nil
}

func (c *composer) wordAmount(v any) (string, error) {
	return c.word(&c.p.TextFormat, v, c.p.TextFormat.Unit.String())
}

func (c *composer) wordNumber(v any) (string, error) {
	return c.word(&c.p.TableFormat, v, "")
}

func (c *composer) wordBlank(v any) (string, error) {
	if c.blank == nil {
		f := c.p.TableFormat
		f.BlankZero = true
		c.blank = &f
	}
	return c.word(c.blank, v, "")
}

// query reads a query that a template asks, once.
func (c *composer) query(s string) (q budget.Query, err error) {
	if err := c.meter.Step(len(s) / 8); err != nil {
		return q, err
	}
	q, known := c.queries[s]
	if known {
		return q, nil
	}
	if q, err = budget.ParseQuery(s); err == nil {
		if c.queries == nil {
			c.queries = map[string]budget.Query{}
		}
		c.queries[s] = q
	}
	return q, err
}

func (c *composer) wordSum(q string) (figure, error) {
	query, err := c.query(q)
	if err != nil {
		return figure{}, err
	}
	return c.sum(query), c.meter.Err()
}

func (c *composer) wordProjectSum(q string) (figure, error) {
	query, err := c.query(q)
	if err != nil || c.view.Project == nil {
		return figure{}, err
	}
	return c.sum(c.b.OfProject(c.view.Project.project).And(query)), c.meter.Err()
}

// wordShare is part of whole in percent, two decimals, from exact amounts or else from those that are printed.
func (c *composer) wordShare(part, whole any) (string, error) {
	p, err := c.value(part)
	if err != nil {
		return "", err
	}
	w, err := c.value(whole)
	if err != nil {
		return "", err
	}
	f := &c.p.TextFormat
	text := schedule.Share(c.numbers.Counted(p.of, *f), c.numbers.Counted(w.of, *f))
	return c.origins.numbers.mark(schedule.Told{Kind: schedule.ValueShare, Text: text, Format: f, Of: p.of, Beside: &schedule.Beside{Over: w.of}}, ""), nil
}

func (c *composer) wordIsZero(v any) (bool, error) {
	a, err := c.value(v)
	return a.isZero(), err
}

// changeView is a figure compared with last year's.
type changeView struct {
	Known     bool   // last year's figure is known
	Same      bool   // no difference is printed
	Year      int    // last year
	Direction string // 增加, 减少
	Verb      string // 上升, 下降
	Amount    string
	Last      string // last year's amount
	Base      string // what of last year: 预算数, 执行数
	Rate      string // 84.02%; "" where none can be told: from zero, or less than is printed
	HasRate   bool   // last year's figure is not zero
	Reason    string
}

// wordChanged compares a figure with last year's; reason names the text that explains the change, "" if none is due.
func (c *composer) wordChanged(name, reason string, as ...any) (changeView, error) {
	now, err := c.value(name)
	if err == nil && reason != "" && c.p.Slot(reason) == nil {
		err = fmt.Errorf("模板没有声明文字“%s”", reason)
	}
	if err != nil {
		return changeView{}, err
	}
	last, known := c.lastYears(name)
	if !known {
		return changeView{}, nil
	}
	f, err := c.format(as)
	if err != nil {
		return changeView{}, err
	}
	ch := c.numbers.Change(now.of, last.Exact, *f)
	told := schedule.Told{Kind: schedule.ValueChange, Text: f.String(ch.Delta.Abs()), Format: f, Of: now.of, Beside: &schedule.Beside{Over: last, Figure: name}}
	v := changeView{Known: true, Same: f.Round(ch.Delta).IsZero(), Year: c.prior.Year, Direction: "增加", Verb: "上升",
		Amount: c.origins.numbers.mark(told, f.Unit.String()), HasRate: ch.HasRate, Base: c.p.Figure(c.origins.plain(name)).Base}
	v.Last = c.origins.numbers.mark(schedule.Told{Kind: schedule.ValueLastYear, Text: f.String(last.Exact), Format: f, Of: last, Beside: &schedule.Beside{Figure: name}}, f.Unit.String())
	if r := ch.AbsRate(); ch.HasRate && r != "0.00" {
		told.Kind, told.Text = schedule.ValueRate, strings.TrimSuffix(r, ".00")+"%"
		v.Rate = c.origins.numbers.mark(told, "")
	}
	if ch.Direction < 0 {
		v.Direction, v.Verb = "减少", "下降"
	}
	if reason != "" {
		if v.Reason, err = c.wordText(reason); err != nil {
			return v, err
		}
	}
	return v, nil
}

// texts is the author's text of a slot.
func (c *composer) texts(key string) (source.String, bool) {
	if c.textOf == nil {
		c.textOf = map[string]source.String{}
		for _, f := range c.b.Facts.Text {
			if _, twice := c.textOf[f.Key.V]; !twice {
				c.textOf[f.Key.V] = f.Value
			}
		}
	}
	s, ok := c.textOf[key]
	return s, ok
}

// wordText is the author's text for a slot, "" when it was left out.
func (c *composer) wordText(key string) (string, error) {
	key = pack.Unmark(key)
	if c.p.Slot(key) == nil {
		return "", fmt.Errorf("模板没有声明文字“%s”", key)
	}
	v, _ := c.texts(key)
	v.V = trimStop(v.V)
	return c.origins.mark(v), c.meter.Make(len(v.V))
}

// wordField is what the author filled into a field of the form being set.
func (c *composer) wordField(key string) (string, error) {
	if c.form == nil {
		return "", fmt.Errorf("field 只能用在绩效表里")
	}
	if !c.formSpec.HasField(key) {
		return "", fmt.Errorf("表样没有声明栏目“%s”", key)
	}
	v, _ := c.form.Fields.Get(key)
	return c.origins.mark(v), c.meter.Make(len(v.V))
}

// wordDate prints a date the way official documents do (GB/T 9704-2012 cl. 7.3.5.4: no leading zeros).
func wordDate(v any, form string) (string, error) {
	var t time.Time
	switch x := v.(type) {
	case time.Time:
		t = x
	case *time.Time:
		t = *x
	default:
		return "", fmt.Errorf("date 要的是日期，不是 %T", v)
	}
	switch form {
	case "年月日":
		return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day()), nil
	case "年月":
		return fmt.Sprintf("%d年%d月", t.Year(), int(t.Month())), nil
	}
	return "", fmt.Errorf("日期的写法应为 年月日 或 年月，不是“%s”", form)
}

// whole is a whole number that a template hands to a word.
func whole(word string, v any) (int, error) {
	x := reflect.ValueOf(v)
	if !x.CanInt() {
		return 0, fmt.Errorf("%s 要的是整数，不是 %T", word, v)
	}
	return int(x.Int()), nil
}

// wordAdd adds whole numbers, for the numbers of entries: the sum is nobody's number of things.
func wordAdd(a, b any) (int, error) {
	x, err := whole("add", a)
	if err != nil {
		return 0, err
	}
	y, err := whole("add", b)
	return x + y, err
}

func wordZh(v any) (string, error) {
	n, err := whole("zh", v)
	return Numeral(n), err
}

// wordRevenueName is the name of a fund as a source of revenue.
func wordRevenueName(fund string) string {
	switch {
	case strings.HasSuffix(fund, "预算"):
		return fund + "财政拨款收入"
	case strings.HasSuffix(fund, "资金"):
		return fund + "收入"
	}
	return fund
}

// Numeral writes n as a Chinese numeral, 1 to 99: 一, 十, 十一, 二十, 九十九.
func Numeral(n int) string {
	digits := []rune("〇一二三四五六七八九")
	switch {
	case n < 0 || n > 99:
		return fmt.Sprint(n)
	case n < 10:
		return string(digits[n])
	}
	var s string
	if n >= 20 {
		s = string(digits[n/10])
	}
	s += "十"
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}

// wordVehicles counts vehicles by use: the uses that are named, in their order and with 0 where there is none, then
// all others.
func (c *composer) wordVehicles(uses ...string) ([]countView, error) {
	if err := c.meter.Step(len(c.b.Facts.Vehicles) * (1 + len(uses))); err != nil {
		return nil, err
	}
	var out []countView
	for _, u := range uses {
		out = append(out, countView{Name: u})
	}
	for _, x := range c.b.Facts.Vehicles {
		i := slices.Index(uses, x.Use.V)
		if i < 0 {
			out = append(out, countView{c.origins.mark(x.Use), pack.Count(x.Count.V), pack.Count(x.Bought.V)})
			continue
		}
		out[i].Count += pack.Count(x.Count.V)
		out[i].Bought += pack.Count(x.Bought.V)
	}
	return out, nil
}

// wordPhrase is one of the pack's own phrases.
func (c *composer) wordPhrase(name string) (string, error) {
	s, ok := c.p.Phrases[name]
	if !ok {
		return "", fmt.Errorf("模板没有用语“%s”", name)
	}
	return s, c.meter.Make(len(s))
}

// wordUnits lists the units of some kinds, with those that have no budget of their own.
func (c *composer) wordUnits(kinds ...string) ([]unitView, error) {
	if err := c.meter.Step(len(c.view.Units) * (1 + len(kinds))); err != nil {
		return nil, err
	}
	var out []unitView
	for _, u := range c.view.Units {
		if slices.Contains(kinds, u.Kind) {
			out = append(out, u)
		}
	}
	return out, nil
}

// wordForms counts the performance forms of one scope that are filled in.
func (c *composer) wordForms(scope string) (pack.Count, error) {
	if err := c.meter.Step(len(c.b.Facts.Forms)); err != nil {
		return 0, err
	}
	n := pack.Count(0)
	for i := range c.b.Facts.Forms {
		if spec := c.p.Forms[c.b.Facts.Forms[i].Kind.V]; spec != nil && spec.Scope == scope {
			n++
		}
	}
	return n, nil
}
