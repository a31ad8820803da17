package compare

import (
	"slices"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// places lead from places in files to what is stated there.
type places struct {
	files map[string][]stretch
	money map[string]bool // fields that make lines, or say where they stand
	units map[string][]int
}

// stretch is where a value stands, or where an entry begins.
type stretch struct {
	from, to int32
	e        *entry
	f        int // of the entry's values, -1 for the entry
}

func placesOf(tops []*entry) *places {
	p := &places{files: map[string][]stretch{}, money: moneyFields(), units: map[string][]int{}}
	for _, top := range tops {
		top.each(func(e *entry) {
			if !e.at.IsZero() && e.at.File != "" {
				p.files[e.at.File] = append(p.files[e.at.File], stretch{e.at.Start.Offset, e.at.Start.Offset, e, -1})
			}
			for i := range e.facts {
				if f := &e.facts[i]; f.at.File != "" && f.said != "" {
					p.files[f.at.File] = append(p.files[f.at.File], stretch{f.at.Start.Offset, max(f.at.End.Offset, f.at.Start.Offset+1), e, i})
				}
			}
			if code, kind := e.fact("code"), e.fact("kind"); e.table == "unit" && code != nil && kind != nil && !e.last {
				p.units[code.said] = append(p.units[code.said], kind.causes...)
			}
		})
	}
	for _, list := range p.files {
		slices.SortStableFunc(list, func(a, b stretch) int { return int(a.from) - int(b.from) })
	}
	return p
}

// moneyFields are the fields of the facts that sums are made of.
func moneyFields() map[string]bool {
	out := map[string]bool{}
	for _, f := range budget.Feeds() {
		for _, name := range f.Amounts {
			out[name] = true
		}
		for _, list := range f.States {
			for _, name := range list {
				out[name] = true
			}
		}
	}
	return out
}

// find is the entry that a place is in, and its value there, nil for none.
func (p *places) find(at diag.Range) (*entry, *fact) {
	list := p.files[at.File]
	off := at.Start.Offset
	i, _ := slices.BinarySearchFunc(list, off, func(s stretch, off int32) int {
		if s.from <= off {
			return -1
		}
		return 1
	})
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if s := list[k]; s.f >= 0 && off < s.to {
			return s.e, &s.e.facts[s.f]
		}
		if list[k].f < 0 && list[k].from == off {
			return list[k].e, nil
		}
	}
	if i == 0 {
		return nil, nil
	}
	return list[i-1].e, nil
}

// wordsAt are the causes that a text at a place comes of: the value there, or of a name that stands for an entry, all of it.
func (p *places) wordsAt(at diag.Range, add func(...int)) {
	e, f := p.find(at)
	if e == nil {
		return
	}
	add(e.whole...)
	if f != nil && len(f.causes) > 0 {
		add(f.causes...)
		return
	}
	add(e.moved...)
	if f != nil {
		return
	}
	for i := range e.facts {
		add(e.facts[i].causes...)
	}
}

// moneyAt are the causes that a line at a place comes of: what its entry, and those that it is in, state of money and of where
// it stands.
func (p *places) moneyAt(at diag.Range, add func(...int)) {
	e, f := p.find(at)
	if f != nil && !f.renames {
		add(f.causes...)
	}
	for first := true; e != nil; e, first = e.parent, false {
		if first {
			add(e.whole...)
		}
		if e.table == "" {
			return
		}
		for i := range e.facts {
			if x := &e.facts[i]; p.money[e.table+"."+x.key] && !x.renames {
				add(x.causes...)
			}
		}
	}
}
