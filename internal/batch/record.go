package batch

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Status is what became of a department.
type Status string

// What may become of a department.
const (
	Made      Status = "made"      // its document is there, written by this run
	Unchanged Status = "unchanged" // its document is there and what it depends on is as it was
	Checked   Status = "checked"   // its data are good; no document of its own was asked for
	BadData   Status = "data"      // the author must mend something
	Refused   Status = "machine"   // the machine refused to read or to write
	Crashed   Status = "crash"     // a fault of the program
	NotDone   Status = "not-done"  // the run ended before its turn
)

// Good reports whether the department's document is there.
func (s Status) Good() bool { return s == Made || s == Unchanged }

// Record is what a batch keeps of a document. Its JSON is a line of the manifest and an entry of the summary.
type Record struct {
	Department string   `json:"department"`        // path below the root
	Edition    string   `json:"edition,omitempty"` // unit:CODE for the document of a unit
	Status     Status   `json:"status"`
	Code       string   `json:"code,omitempty"`
	Name       string   `json:"name,omitempty"`
	Year       int      `json:"year,omitempty"`
	Output     string   `json:"output,omitempty"` // path below the output folder
	Pages      int      `json:"pages,omitempty"`
	Total      Yuan     `json:"total"` // expenditure and what is carried out
	Errors     int      `json:"errors,omitempty"`
	Warnings   int      `json:"warnings,omitempty"`
	Rules      []string `json:"rules,omitempty"`   // of errors and warnings, each once, in order
	Message    string   `json:"message,omitempty"` // the first error, or what the machine said
	Millis     int64    `json:"millis"`            // thousandths of a second from reading to written
	Units      []Unit   `json:"units,omitempty"`
	Parts      []Part   `json:"parts,omitempty"`   // expenditure, sorted
	Figures    []Figure `json:"figures,omitempty"` // that next year compares with, by name
	Prior      []Figure `json:"prior,omitempty"`   // last year's, as this document prints them, by name
}

// Title names the document to people.
func (r *Record) Title() string {
	if r.Edition == "" {
		return r.Department
	}
	return r.Department + " 单位 " + r.unit()
}

// unit is the code of the unit whose document it is.
func (r *Record) unit() string {
	_, code, _ := strings.Cut(r.Edition, ":")
	return code
}

// counts reports whether the record stands for a department in the questions and totals of the district. Units are in
// their departments already.
func (r *Record) counts() bool { return r.Edition == "" && (r.Status.Good() || r.Status == Checked) }

// Unit is a budget unit of the department.
type Unit struct {
	Code string `json:"code,omitempty"`
	Name string `json:"name"`
}

// Part is expenditure of one fund, functional class and kind.
type Part struct {
	Fund   string `json:"fund"`
	Class  string `json:"class"` // code of three digits
	Name   string `json:"name"`  // of the class
	Kind   string `json:"kind"`
	Amount Yuan   `json:"amount"`
}

// Figure is a figure of the pack.
type Figure struct {
	Name   string `json:"name"`
	Amount Yuan   `json:"amount"`
}

// Yuan is an exact amount; in JSON a string in 元, since readers of JSON take numbers for floats.
type Yuan struct{ money.Amount }

// MarshalJSON writes the amount as a string.
func (y Yuan) MarshalJSON() ([]byte, error) { return strconv.AppendQuote(nil, y.Amount.String()), nil }

// UnmarshalJSON reads what MarshalJSON wrote.
func (y *Yuan) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	a, err := money.Parse(s, money.Yuan)
	if err != nil {
		return fmt.Errorf("amount %q: %w", s, err)
	}
	y.Amount = a
	return nil
}

// words holds the words that many records have in common, each once.
type words struct {
	mu  sync.Mutex
	all map[string]string
}

func (w *words) share(s string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if have, ok := w.all[s]; ok {
		return have
	}
	s = strings.Clone(s)
	w.all[s] = s
	return s
}

// takeBudget notes what district totals and next year's batch ask of a document. A record outlives its document by
// hours, and a part of the document's text would hold all of it, so that it has copies.
func (r *Record) takeBudget(w *build.Work, shared *words) {
	b := w.Budget
	d := &b.Facts.Department
	r.Code, r.Name, r.Year = strings.Clone(d.Code.V), strings.Clone(d.Name.V), d.Year.V
	for i := range b.Lines {
		if l := &b.Lines[i]; l.Side == budget.CarryOut || inTables(l) {
			r.Total.Amount = r.Total.Add(l.Amount)
		}
	}
	if r.Edition == "" { // the district asks departments only
		r.takeUnits(b.Facts.Units)
		r.takeParts(b, shared)
	}
}

// inTables reports whether a line is expenditure in the view of the functional tables.
func inTables(l *budget.Line) bool {
	return l.Side == budget.Expenditure && l.View&budget.ByFunction != 0
}

func (r *Record) takeUnits(units []budget.Unit) {
	r.Units = make([]Unit, len(units))
	for i := range units {
		r.Units[i] = Unit{strings.Clone(units[i].Code.V), strings.Clone(units[i].Name.V)}
	}
}

func (r *Record) takeParts(b *budget.Budget, shared *words) {
	type key struct{ fund, class, kind string }
	sums := map[key]money.Amount{}
	for i := range b.Lines {
		if l := &b.Lines[i]; inTables(l) {
			k := key{l.Fund, l.Function[:min(3, len(l.Function))], l.Kind}
			sums[k] = sums[k].Add(l.Amount)
		}
	}
	r.Parts = make([]Part, 0, len(sums))
	for k, a := range sums {
		name, _ := b.Functional.Name(k.class)
		r.Parts = append(r.Parts, Part{shared.share(k.fund), shared.share(k.class), shared.share(name), shared.share(k.kind), Yuan{a}})
	}
	slices.SortFunc(r.Parts, comparePart)
}

// comparePart orders as the official tables do: by fund, class, basic before projects.
func comparePart(a, b Part) int {
	return cmp.Or(cmp.Compare(slices.Index(budget.Funds(), a.Fund), slices.Index(budget.Funds(), b.Fund)),
		cmp.Compare(a.Class, b.Class), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
}

// takeFigures notes this year's and last year's values of the figures that years are compared by.
func (r *Record) takeFigures(w *build.Work) {
	for _, name := range w.Pack.FigureNames {
		f := w.Pack.Figures[name]
		if !f.Prior {
			continue
		}
		r.Figures = append(r.Figures, Figure{name, Yuan{w.Budget.Sum(f.Query)}})
		if a, ok := w.Prior.Amounts[name]; ok {
			r.Prior = append(r.Prior, Figure{name, Yuan{a}})
		}
	}
	r.Figures, r.Prior = slices.Clone(r.Figures), slices.Clone(r.Prior)
}

// takeDiags counts what is wrong and names the rules.
func (r *Record) takeDiags(list []diag.Diagnostic) {
	r.Errors, r.Warnings, r.Rules = 0, 0, nil
	for i := range list {
		switch list[i].Level {
		case diag.Error:
			if r.Errors++; r.Errors == 1 {
				r.Message = strings.TrimSpace(list[i].At.String() + " " + list[i].Message)
			}
		case diag.Warning:
			r.Warnings++
		default:
			continue
		}
		if !slices.Contains(r.Rules, list[i].Rule) {
			r.Rules = append(r.Rules, list[i].Rule)
		}
	}
	slices.Sort(r.Rules)
}
