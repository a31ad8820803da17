package batch

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/money"
)

// Spending is a department's expenditure, this year's and what is known of last year's.
type Spending struct {
	Items   []Item     `json:"items"`   // by fund, functional item and kind
	Economy []Economic `json:"economy"` // the same money by economic group
	// Names of the codes and of those above them.
	Functions map[string]string `json:"functions,omitempty"`
	Economics map[string]string `json:"economics,omitempty"`
	Folder    bool              `json:"last_folder,omitempty"` // there is a folder of last year, and Last is of it
	// Known are the levels of which last year is known wholly: what has nothing there had nothing.
	Known []Level `json:"last_known,omitempty"`
	// Stated is what the author says of last year where there is no folder of it.
	Stated []Stated `json:"last_stated,omitempty"`
}

// Compared reports whether the document compares with a folder of last year.
func (f *Facts) Compared() bool { return f.Spending != nil && f.Spending.Folder }

// Item is expenditure of one fund, functional item and kind. Last is of last year's folder.
type Item struct {
	Fund   string `json:"fund"`
	Code   string `json:"item"` // "" for money under no code
	Kind   string `json:"kind"`
	Amount Yuan   `json:"amount,omitzero"`
	Last   Yuan   `json:"last,omitzero"`
}

// Economic is expenditure under one economic group; Code is a class's where no group is stated, "" where no code is.
type Economic struct {
	Code   string `json:"code"`
	Amount Yuan   `json:"amount,omitzero"`
	Last   Yuan   `json:"last,omitzero"`
}

// Level is a cut of all expenditure: what a dimension of queries divides it into, or All.
type Level string

// The levels.
const (
	All           Level = "all"
	ByFund        Level = "funds"
	ByKind        Level = "kinds"
	ByClass       Level = "classes"
	ByGroup       Level = "groups"
	ByItem        Level = "items"
	ByEconomy     Level = "economic-classes"
	ByEconomyPart Level = "economic-groups"
)

// Levels are all of them.
func Levels() []Level {
	return []Level{All, ByFund, ByClass, ByGroup, ByItem, ByEconomy, ByEconomyPart, ByKind}
}

// levelOf is the level that a dimension makes; there are dimensions that make none.
func levelOf(dimension string) Level {
	if strings.HasSuffix(dimension, "s") {
		return Level(dimension + "es")
	}
	return Level(dimension + "s")
}

// Stated is last year's expenditure of one part of a level, as the author states it.
type Stated struct {
	Level  Level  `json:"level"`
	Part   string `json:"part,omitempty"` // fund, kind, or code
	Amount Yuan   `json:"amount"`
}

// takeSpending notes what a department spends.
func (f *Facts) takeSpending(w *build.Work) {
	s := &Spending{Functions: map[string]string{}, Economics: map[string]string{}}
	items, economy := map[Item]*Item{}, map[string]*Economic{}
	s.add(w.Budget, items, economy, false)
	if last := w.Prior.Last; last != nil {
		s.Folder = true
		s.add(last, items, economy, true)
		s.Known = []Level{All}
		for _, d := range budget.Dimensions() {
			if l := levelOf(d.Name); slices.Contains(Levels(), l) && w.LastDivided(d) {
				s.Known = append(s.Known, l)
			}
		}
	} else {
		s.takeStated(w)
	}
	for _, i := range items {
		s.Items = append(s.Items, *i)
	}
	for _, e := range economy {
		s.Economy = append(s.Economy, *e)
	}
	slices.SortFunc(s.Items, func(a, b Item) int {
		return comparePart(Part{Fund: a.Fund, Class: a.Code, Kind: a.Kind}, Part{Fund: b.Fund, Class: b.Code, Kind: b.Kind})
	})
	slices.SortFunc(s.Economy, func(a, b Economic) int { return cmp.Compare(a.Code, b.Code) })
	f.Spending = s
}

// add adds the expenditure of a budget. Money whose economy nobody states is under no code, so that both sums are the same.
func (s *Spending) add(b *budget.Budget, items map[Item]*Item, economy map[string]*Economic, last bool) {
	var rest money.Amount
	economic := func(code string) *Yuan {
		if economy[code] == nil {
			economy[code] = &Economic{Code: code}
		}
		if last {
			return &economy[code].Last
		}
		return &economy[code].Amount
	}
	for i := range b.Lines {
		l := &b.Lines[i]
		if l.Side != budget.Expenditure {
			continue
		}
		if inTables(l) {
			k := Item{Fund: l.Fund, Code: s.code(s.Functions, l.Function, 7, b.Functional.Name), Kind: l.Kind}
			if items[k] == nil {
				i := k
				items[k] = &i
			}
			y := &items[k].Amount
			if last {
				y = &items[k].Last
			}
			y.Amount, rest = y.Add(l.Amount), rest.Add(l.Amount)
		}
		if code := s.code(s.Economics, l.Economic, 5, b.Economic.Name); l.View&budget.ByEconomy != 0 && code != "" {
			y := economic(code)
			y.Amount, rest = y.Add(l.Amount), rest.Sub(l.Amount)
		}
	}
	if !rest.IsZero() {
		economic("").Amount = rest
	}
}

// code is a code of at most so many digits, its name and those above it noted; "" of what is none.
func (s *Spending) code(names map[string]string, code string, digits int, name func(string) (string, bool)) string {
	code = code[:min(digits, len(code))]
	if len(code) < 3 || strings.Trim(code, "0123456789") != "" {
		return ""
	}
	for n := len(code); n >= 3; n -= 2 {
		if names[code[:n]] == "" {
			if x, ok := name(code[:n]); ok {
				names[code[:n]] = x
			}
		}
	}
	return code
}

// takeStated notes what the author states of last year's expenditure, as far as it is a part of a level.
func (s *Spending) takeStated(w *build.Work) {
	for _, name := range w.Pack.FigureNames {
		x := w.Pack.Figures[name]
		fund, kind, ok := x.Query.OfFundAndKind()
		if !ok {
			continue
		}
		if x.By == "" {
			if a, known := w.Prior.Amounts[name]; known {
				s.state(fund, kind, a)
			}
			continue
		}
		if w.Prior.KnowsPart(name) {
			s.takeFamily(levelOf(x.By), fund, kind, parts(w.Prior.Amounts, name))
		}
	}
}

// parts are last year's amounts of a family by part.
func parts(amounts map[string]money.Amount, family string) map[string]money.Amount {
	out := map[string]money.Amount{}
	for k, a := range amounts {
		if part, ok := strings.CutPrefix(k, family+"."); ok {
			out[part] = a
		}
	}
	return out
}

// takeFamily notes a family of stated figures. Of what it is known in parts it is known wholly: a part that is not stated was zero.
func (s *Spending) takeFamily(level Level, fund, kind string, parts map[string]money.Amount) {
	above := map[Level][]Level{All: {All}, ByFund: {ByFund}, ByKind: {ByKind}, ByClass: {ByClass}, ByGroup: {ByClass, ByGroup},
		ByItem: {ByClass, ByGroup, ByItem}, ByEconomy: {ByEconomy}, ByEconomyPart: {ByEconomy, ByEconomyPart}}[level]
	if above == nil {
		return
	}
	s.state(fund, kind, money.Sum(slices.Collect(maps.Values(parts))...))
	if fund != "" || kind != "" {
		return
	}
	for _, l := range above {
		if slices.Contains(s.Known, l) {
			continue
		}
		sums := map[string]money.Amount{}
		for part, a := range parts {
			k := l.Of(part)
			sums[k] = sums[k].Add(a)
		}
		for _, k := range slices.Sorted(maps.Keys(sums)) {
			s.Stated = append(s.Stated, Stated{l, k, Yuan{sums[k]}})
		}
		s.Known = append(s.Known, l)
	}
}

// Of is the part of the level that a part of a deeper level belongs to: a code's class, a fund itself.
func (l Level) Of(part string) string {
	switch l {
	case All:
		return ""
	case ByClass, ByEconomy:
		return part[:min(3, len(part))]
	case ByGroup, ByEconomyPart:
		return part[:min(5, len(part))]
	case ByItem:
		return part[:min(7, len(part))]
	}
	return part
}

// state notes last year's sum of a fund, of a kind, or of all.
func (s *Spending) state(fund, kind string, a money.Amount) {
	x := Stated{All, "", Yuan{a}}
	switch {
	case fund != "" && kind != "":
		return // no level has it
	case fund != "":
		x.Level, x.Part = ByFund, fund
	case kind != "":
		x.Level, x.Part = ByKind, kind
	}
	if !slices.ContainsFunc(s.Stated, func(y Stated) bool { return y.Level == x.Level && y.Part == x.Part }) {
		s.Stated = append(s.Stated, x)
	}
	if x.Level == All && !slices.Contains(s.Known, All) {
		s.Known = append(s.Known, All)
	}
}
