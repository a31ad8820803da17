package desk

import (
	"slices"
	"strings"
	"unicode"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
)

// Number is what a printed number is.
type Number struct {
	Title    string
	Words    string // beside the tables: the words that it stands among
	Address  string // by which yusuan figure finds it
	Kind     string
	Formula  string   // how it comes about, in words
	Ranges   []string // what a sum is of
	Exact    string   // in 元, "" where it is no amount
	Printed  string
	Unit     string
	Adjusted bool // another amount is printed than the exact one, rounded, so that printed parts add up
	Lines    []Entry
	Of, Over *Number // what is compared: this year's and last year's, the part and the whole
}

// Entry is an entry of the data that a number is made of.
type Entry struct {
	Row, Key string // "" where it is not of this folder
	Title    string // of the row
	Words    string
	Amount   string // in 元; "" of words, which are no amount
	At       diag.Range
}

// Number explains a number of the page of a hash, which one of the page's marks is of. ok is false where there is none.
func (d *Desk) Number(hash string, mark int) (n Number, ok bool, err error) {
	r, err := d.settled()
	if err != nil {
		return n, false, err
	}
	r.asking.Lock()
	defer r.asking.Unlock()
	i, there := r.byHash[hash]
	if !there || r.numbers == nil || mark < 0 || mark >= len(r.document.Pages[i].Marks) {
		return n, false, nil
	}
	a, ok := r.numbers.At(r.document.Pages[i].Marks[mark].Of)
	if !ok {
		return n, false, nil
	}
	return d.explain(r, &a), true, nil
}

func (d *Desk) explain(r *result, a *schedule.Answer) Number {
	v := &a.Value
	n := Number{Title: a.Title, Words: a.Words, Address: a.Address, Kind: v.Kind.String(), Formula: v.Kind.Says(), Printed: v.Printed, Adjusted: v.Adjusted}
	if v.Amount() {
		n.Unit = v.Unit.String()
		if v.Known {
			n.Exact = v.Exact.String()
		}
	}
	for _, q := range v.Sums {
		n.Ranges = append(n.Ranges, q.String())
	}
	if v.Of != nil {
		of, over := d.explain(r, &schedule.Answer{Value: *v.Of}), d.explain(r, &schedule.Answer{Value: *v.Over})
		n.Of, n.Over = &of, &over
		return n
	}
	for _, e := range r.numbers.Entries(v) {
		x := Entry{Words: e.Words, Amount: e.Amount.String(), At: e.At}
		if v.Kind == schedule.ValueWritten {
			x.Amount = ""
		}
		if s, in, ok := spotOf(r.made, e.At); ok && !e.Told { // a row that has another amount is not where it comes from
			x.Row, x.Key = in.rowID(s.row), s.key
			if entry, ok := in.entry(s.row); ok {
				x.Title = d.placed(entry, s.key, r.names)
			}
		}
		n.Lines = append(n.Lines, x)
	}
	if v.Kind == schedule.ValueWritten && !strings.ContainsFunc(v.Printed, unicode.IsDigit) {
		n.Formula = "部门填写的文字"
	}
	return n
}

// placed is what an entry is called where one of its fields is meant: of a table that there is once, which has no name among
// others, the table and the field.
func (d *Desk) placed(e *source.Entry, key string, names *naming) string {
	t := d.table(e.Table)
	if t == nil || t.Repeated {
		return d.titled(e, names)
	}
	if f := t.Field(key); f != nil {
		return t.Label + "：" + f.Label
	}
	return t.Label
}

// touch is a printed number that has an entry in it.
type touch struct {
	key string
	at  Ref
}

// Ref is a printed number.
type Ref struct {
	Page int // from 0
	Mark int // the first of the page's marks that is of the number
}

// Touching are the printed numbers that a field of a row goes into, page by page; of a field that is no amount, and where key
// is "", those that anything of the row goes into.
func (d *Desk) Touching(row, key string) ([]Ref, error) {
	r, err := d.settled()
	if err != nil {
		return nil, err
	}
	r.asking.Lock()
	defer r.asking.Unlock()
	if r.touched == nil {
		r.touch()
	}
	var table string
	id := numberOf(row)
	for _, v := range r.made {
		if e, ok := v.entry(id); ok {
			table = e.Table
		}
	}
	kind := d.kind(table, key)
	amount := key != "" && (kind == budget.FieldAmount || kind == budget.FieldAmounts)
	var out []Ref
	for _, t := range r.touched[id] {
		if !amount || t.key == "" || t.key == key {
			if !slices.Contains(out[max(0, len(out)-1):], t.at) {
				out = append(out, t.at)
			}
		}
	}
	return out, nil
}

// touch asks every printed number what it is made of.
func (r *result) touch() {
	r.touched = map[int][]touch{}
	if r.numbers == nil {
		return
	}
	spots := map[int32][]spot{}
	for i := range r.document.Pages {
		same := firsts(&r.document.Pages[i])
		for k, m := range r.document.Pages[i].Marks {
			if m.Of == 0 || same[k] != k {
				continue
			}
			list, known := spots[m.Of]
			if !known {
				list = r.spotsOf(m.Of)
				spots[m.Of] = list
			}
			for _, s := range list {
				r.touched[s.row] = append(r.touched[s.row], touch{s.key, Ref{i, k}})
			}
		}
	}
}

// spotsOf are the rows and fields that a number is made of, each once.
func (r *result) spotsOf(of int32) (out []spot) {
	value, ok := r.numbers.ValueAt(of)
	if !ok {
		return nil
	}
	seen := map[spot]bool{}
	for _, e := range r.numbers.Entries(&value) {
		if s, _, ok := spotOf(r.made, e.At); ok && !e.Told && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// Words are words of the author's on a page: all of its marks that are of one field, in their order.
type Words struct {
	Page  int // from 0
	Marks []int
}

// Printed is where what a field of a row says is printed word for word, page by page; of a field that is counted with, see
// Touching.
func (d *Desk) Printed(row, key string) ([]Words, error) {
	r, err := d.settled()
	if err != nil {
		return nil, err
	}
	r.asking.Lock()
	defer r.asking.Unlock()
	if r.printed == nil {
		r.print()
	}
	return r.printed[spot{numberOf(row), key}], nil
}

// print asks all words of the author's where they come from.
func (r *result) print() {
	r.printed = map[spot][]Words{}
	if r.document == nil {
		return
	}
	for i := range r.document.Pages {
		for k, m := range r.document.Pages[i].Marks {
			if m.Of != 0 || m.Origin == nil {
				continue
			}
			s, _, ok := spotOf(r.made, *m.Origin)
			if !ok {
				continue
			}
			if list := r.printed[s]; len(list) > 0 && list[len(list)-1].Page == i {
				list[len(list)-1].Marks = append(list[len(list)-1].Marks, k)
			} else {
				r.printed[s] = append(list, Words{i, []int{k}})
			}
		}
	}
}

// Typed is where the author typed words of a page: the row and field of the mark with this index among the page's marks.
func (d *Desk) Typed(hash string, mark int) (row, key string, ok bool) {
	d.showing.Lock()
	r := d.shown.full
	d.showing.Unlock()
	if r == nil {
		return "", "", false
	}
	i, there := r.byHash[hash]
	if !there { // it was made ahead, perhaps
		var err error
		if r, err = d.settled(); err != nil {
			return "", "", false
		}
		i, there = r.byHash[hash]
	}
	if !there || mark < 0 || mark >= len(r.document.Pages[i].Marks) || r.document.Pages[i].Marks[mark].Origin == nil {
		return "", "", false
	}
	s, v, ok := spotOf(r.made, *r.document.Pages[i].Marks[mark].Origin)
	if !ok {
		return "", "", false
	}
	return v.rowID(s.row), s.key, true
}
