package build

import (
	"fmt"

	"yusuan/internal/audit"
	"yusuan/internal/diag"
)

// unheld tells how many numbers of each table nothing was held against: who reads that there are no faults must know it.
func (f *Finished) unheld(in FinishedInput) {
	if f.Work.Pack == nil || f.Budget == nil {
		return
	}
	const listed = 5
	var l diag.List
	for _, x := range f.Work.Unheld {
		d := diag.Diagnostic{Rule: "成文-020", Level: diag.Note, At: x.At[0], Message: fmt.Sprintf("%s有%d个数，表里没有别的数可比，没有核对", x.Table, len(x.At)),
			Hint: "照原文件看一看这些数"}
		for _, at := range x.At[1:min(len(x.At), listed)] {
			d.Notes = append(d.Notes, diag.Related{Text: "又一处", At: at})
		}
		l.Add(d)
		f.Unheld += len(x.At)
	}
	audit.Place(&l, f.Work.Pack, f.Budget.Facts)
	f.translate(in, l)
}

// Spoken is a number of a document with what it was held against, or why against nothing; Table says that it stands in a table.
type Spoken struct {
	audit.Held
	Table bool
}

// LooseInTable is why nothing was held against a number of a table.
const LooseInTable = "表里没有别的数可比"

// Coverage are the numbers of a document's sentences, and those of its tables that nothing was held against, by their places on
// paper. It is asked for before the document is let go of.
func (f *Finished) Coverage() (out []Spoken) {
	if f.Work == nil || f.Work.Pack == nil || f.Budget == nil {
		return nil
	}
	var l diag.List
	add := func(h audit.Held, table bool) {
		l.Add(diag.Diagnostic{At: h.At})
		out = append(out, Spoken{h, table})
	}
	for _, h := range f.Work.Held {
		add(h, false)
	}
	for _, x := range f.Work.Unheld {
		for _, at := range x.At {
			add(audit.Held{At: at, Section: x.Table, Why: LooseInTable}, true)
		}
	}
	audit.Place(&l, f.Work.Pack, f.Budget.Facts)
	for i, d := range l.Added() {
		out[i].At = f.place(FinishedInput{Name: f.name, LastName: f.lastName}, d.At)
	}
	return out
}

// spoken counts the numbers of sentences that say something of money, and those that something was held against.
func (f *Finished) spoken() {
	for _, h := range f.Work.Held {
		if !h.Counts() {
			continue
		}
		f.Spoken++
		if h.By != "" {
			f.Settled++
		}
	}
}
