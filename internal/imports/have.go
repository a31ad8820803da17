package imports

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/money"
	"yusuan/internal/source"
)

// Folder is the data folder that exports are taken into.
type Folder struct {
	Dir   string         // as paths of its files begin; "" where they do not
	Files []*source.File // as they were read, or freshly made
	Fresh bool           // the files are those of a new folder: their examples are none of its entries
	Lists *budget.Lists
	Forms []FormKind // of the pack
	Code  string     // of the department, where the folder is named by it; "" where it is not
	// Catalogue is that of the year: codes that it lacks are taken from the exports, which name them.
	Catalogue *classify.Catalogue
	// DeleteGone takes entries away that the exports have no more; else they are listed.
	DeleteGone bool
}

// shelf is what a folder has.
type shelf struct {
	facts    []*fact
	units    map[string]money.Unit // of amounts, by file
	examples []*fact               // of a new folder, to be taken away
	sole     string                // the only unit that has a budget of its own
}

// shelve reads the entries of the tables that imports write.
func (f *Folder) shelve() *shelf {
	s := &shelf{units: map[string]money.Unit{}}
	parents := map[string]*fact{}
	for _, file := range f.Files {
		unit := file.AmountsIn()
		s.units[file.Path] = unit
		for _, e := range file.Entries() {
			if identities[e.Table] == nil {
				continue
			}
			x := f.have(e, unit)
			if f.Fresh {
				s.examples = append(s.examples, x)
				continue
			}
			up := parents[file.Path+"\x00"+e.Parent]
			switch {
			case up != nil && e.Parent != "":
				up.kids = append(up.kids, x)
			case strings.Contains(e.Table, "."):
				continue // of a table that is not read
			default:
				s.facts = append(s.facts, x)
			}
			parents[file.Path+"\x00"+e.Address] = x
		}
	}
	s.sole = s.only()
	s.complete()
	return s
}

// have makes a fact of an entry.
func (f *Folder) have(e source.Entry, unit money.Unit) *fact {
	x := &fact{table: e.Table, at: e.At(), file: e.File.Path, own: &e}
	t := tables()[e.Table]
	for _, v := range e.Values() {
		field := t.Field(v.Key)
		if field == nil {
			continue
		}
		s := said{key: v.Key, text: v.Text, at: v.At}
		switch {
		case field.Kind == budget.FieldAmount:
			a, err := money.Parse(v.Text, unit)
			s.money = err == nil
			s.amount = a
			if s.money {
				s.text = a.String()
			}
		case v.Kind == source.BoolValue && v.Text == "false":
			s.text = ""
		case field.List != "" && f.Lists != nil:
			if w, ok := f.Lists.Of(field.List).Mean(v.Text); ok {
				s.text = w
			}
		}
		x.said = append(x.said, s)
	}
	return x
}

// only is the code of the only unit that has lines of its own.
func (s *shelf) only() string {
	code, n := "", 0
	for _, f := range s.facts {
		if f.table == tableUnit && f.text("budget_within") == "" {
			code = f.text("code")
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return code
}

// complete fills in what authors may leave out, and gives projects without lines the line that they are.
func (s *shelf) complete() {
	for _, f := range s.facts {
		keys := identities[f.table]
		if f.table != tableForm && f.table != tableUnit && slices.Contains(keys, "unit") && f.text("unit") == "" && s.sole != "" {
			f.set(said{key: "unit", text: s.sole})
		}
		if f.table != tablePurchase && slices.Contains(keys, "fund") {
			f.general()
		}
		if f.table != tableProject {
			continue
		}
		if len(f.kids) == 0 {
			line := &fact{table: tableLine, at: f.at, file: f.file, own: f.own, folded: true}
			for _, k := range []string{"fund", "function", "economic", "amount", "carried", "procurement", "service_purchase"} {
				if x := f.get(k); x != nil {
					line.set(*x)
				}
			}
			f.kids = []*fact{line}
		}
		for _, k := range f.kids {
			for _, key := range []string{"fund", "function", "economic"} { // what the project says of all its lines
				if x := f.get(key); x != nil && k.get(key) == nil {
					k.set(*x)
				}
			}
			k.general()
		}
	}
}

func (f *fact) general() {
	if f.text("fund") == "" {
		f.set(said{key: "fund", text: budget.FundGeneral})
	}
}
