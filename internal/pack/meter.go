package pack

import (
	"fmt"
	"reflect"
	"strings"
	"text/template"
)

// Meter bounds what making one document may cost. A pack may be a stranger's, carried in a document that somebody wants to
// verify: its templates may loop, double a text, or call themselves without end. All templates of a document draw on one
// budget, which grows with what the department filled in, and is many times what any honest pack needs. Once it is spent
// nothing more is made.
type Meter struct {
	steps int // left: about the time that a node of a template takes
	bytes int // left, of texts
	depth int // templates within templates
	err   error
	// Plain is a text without its marks, where it steers what is printed; nil for Unmark.
	Plain func(string) string
}

const (
	// What a document without data may do: the packs of the program take a hundredth of it. That is half a second, and
	// texts of a thousand pages.
	baseSteps, baseBytes = 5_000_000, 4 << 20
	// And for each byte that the department filled in, of which those packs take eight steps and half a byte.
	stepsPerByte, bytesPerByte = 100, 16
	// maxDepth is how deep templates may call templates: a stack that is full ends the whole program.
	maxDepth = 100
)

// NewMeter is the budget of a document of so many bytes of data.
func NewMeter(size int) *Meter {
	return &Meter{steps: baseSteps + size*stepsPerByte, bytes: baseBytes + size*bytesPerByte}
}

// Err is why the budget is spent, nil while it is not. The words are the pack author's. Who asks for a figure without making
// a document has no meter.
func (m *Meter) Err() error {
	if m == nil {
		return nil
	}
	return m.err
}

// Step takes n steps.
func (m *Meter) Step(n int) error {
	if m == nil {
		return nil
	}
	if m.steps -= n; m.steps < 0 && m.err == nil {
		m.err = fmt.Errorf("%s", "模板执行不完，步数到了限额，已经停下")
	}
	return m.err
}

// Make makes n bytes of text.
func (m *Meter) Make(n int) error {
	if m == nil {
		return nil
	}
	if m.bytes -= n; m.bytes < 0 && m.err == nil {
		m.err = fmt.Errorf("%s", "模板印出或拼成的文字没有止境，到了限额，已经停下")
	}
	return m.Step(n / 64)
}

// Begin is the start of a template that no other calls, of so many nodes.
func (m *Meter) Begin(weight int) error {
	if m == nil {
		return nil
	}
	m.depth = 0
	return m.Step(weight)
}

// OverHint says what to look at when a budget is spent.
const OverHint = "检查 range 的范围、互相调用的 {{template}} 和一再拼长的文字"

// The functions that the loader puts into templates (instrument.go). No pack can name them: they are not known when its
// texts are parsed.
const (
	wordStep  = "step_"
	wordEnter = "enter_"
	wordLeave = "leave_"
)

// builtins are the functions of text/template that packs may use as they are: they make nothing and take no time.
func builtins() []string { return []string{"and", "or", "not", "index"} }

// metered are those that do, in our own hand, and what the loader puts into templates.
func (m *Meter) metered() template.FuncMap {
	return template.FuncMap{
		"print":   func(args ...any) (string, error) { return m.text(args, fmt.Sprint) },
		"println": func(args ...any) (string, error) { return m.text(args, fmt.Sprintln) },
		"printf":  m.printf,
		"len":     m.count,
		"slice":   m.cut,
		"eq":      m.equalsAny,
		"ne": func(a, b any) (bool, error) {
			same, err := m.equal(a, b)
			return !same, err
		},
		"lt":      m.ordered(func(c int) bool { return c < 0 }),
		"le":      m.ordered(func(c int) bool { return c <= 0 }),
		"gt":      m.ordered(func(c int) bool { return c > 0 }),
		"ge":      m.ordered(func(c int) bool { return c >= 0 }),
		wordStep:  func(n int) (string, error) { return "", m.Step(n) },
		wordEnter: m.enter,
		wordLeave: func() string { m.depth--; return "" },
	}
}

func (m *Meter) enter(weight int) (string, error) {
	if m.depth++; m.depth > maxDepth && m.err == nil {
		m.err = fmt.Errorf("{{template}} 一层套一层超过 %d 层，已经停下", maxDepth)
	}
	return "", m.Step(weight)
}

// printable refuses what is no text and no number, and counts the bytes of what is.
func (m *Meter) printable(args []any) error {
	n := 0
	for _, a := range args {
		switch v := reflect.ValueOf(a); v.Kind() {
		case reflect.String:
			n += v.Len()
		case reflect.Invalid, reflect.Func, reflect.Map, reflect.Pointer, reflect.Slice, reflect.Struct:
			return fmt.Errorf("后面要的是文字或数字，不是 %T", a)
		}
	}
	return m.Make(n)
}

func (m *Meter) text(args []any, sprint func(...any) string) (string, error) {
	if err := m.printable(args); err != nil {
		return "", err
	}
	return sprint(args...), nil
}

// maxWidth is how many characters a verb of printf may fill up to.
const maxWidth = 1000

func (m *Meter) printf(format string, args ...any) (string, error) {
	if strings.ContainsAny(format, "*[") {
		return "", fmt.Errorf("printf 的格式里不能有 * 和 [")
	}
	n := 0
	for _, r := range format {
		if r < '0' || r > '9' {
			n = 0
			continue
		}
		if n = n*10 + int(r-'0'); n > maxWidth {
			return "", fmt.Errorf("printf 的宽度和小数位最大是 %d", maxWidth)
		}
	}
	if err := m.Make(len(format) + maxWidth*strings.Count(format, "%")); err != nil {
		return "", err
	}
	return m.text(args, func(args ...any) string {
		format, args := m.plainly(format, args)
		return fmt.Sprintf(format, args...)
	})
}

// equalsAny reports whether a is one of the others.
func (m *Meter) equalsAny(a any, others ...any) (bool, error) {
	if len(others) == 0 {
		return false, fmt.Errorf("eq 后面要有两项")
	}
	for _, b := range others {
		if same, err := m.equal(a, b); err != nil || same {
			return same, err
		}
	}
	return false, nil
}

func (m *Meter) equal(a, b any) (bool, error) {
	if x, y := reflect.ValueOf(a), reflect.ValueOf(b); x.Kind() == reflect.Bool && y.Kind() == reflect.Bool {
		return x.Bool() == y.Bool(), nil
	}
	c, err := m.compare(a, b)
	return c == 0, err
}

func (m *Meter) ordered(holds func(int) bool) func(a, b any) (bool, error) {
	return func(a, b any) (bool, error) {
		c, err := m.compare(a, b)
		return holds(c), err
	}
}

// compare puts two texts or two whole numbers in order.
func (m *Meter) compare(a, b any) (int, error) {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	switch {
	case x.Kind() == reflect.String && y.Kind() == reflect.String:
		return strings.Compare(m.plain(x.String()), m.plain(y.String())), m.Step((x.Len() + y.Len()) / 64)
	case x.CanInt() && y.CanInt():
		switch {
		case x.Int() < y.Int():
			return -1, nil
		case x.Int() > y.Int():
			return 1, nil
		}
		return 0, nil
	}
	return 0, fmt.Errorf("比较的两项要都是文字，或者都是整数")
}
