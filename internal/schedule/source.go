package schedule

import (
	"io/fs"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

// Source is a row source whole: what packs may say of it (pack.RowSource), what it makes of a budget, and how what is printed of
// it leads back. What lacks a part of it does not compile.
type Source interface {
	pack.RowSource
	// sides are the rows of a table, with their sums.
	sides(d *Document, s *Schedule) []Side
	// query is what a row asks of the lines, beside the filter of the table; false for what no query can ask for.
	query(d *Document, s *Schedule, side, row int) (budget.Query, bool)

	// learn is what the reading of a finished document must know of a whole table before it reads any row.
	learn(r *Reading, t *Printed)
	// read is what row i of a printed table is, or each of its sides: nothing of a row that prints nothing.
	read(r *Reading, t *Printed, i int) []Found
	// silent says that all of which there is any is printed, so that what is not printed is zero.
	silent() bool
}

// Sources are all there are. A new one is a file of its own and a word here.
func Sources() []pack.RowSource {
	all := [...]Source{codes{key: "function", view: budget.ByFunction}, codes{key: "economic", view: budget.ByEconomy}, units{}, projects{}, single{}, list{}, balance{}, nested{}}
	out := make([]pack.RowSource, len(all))
	for i := range all {
		out[i] = all[i]
	}
	return out
}

// LoadPack reads a pack whose tables may have rows of all sources (pack.Load).
func LoadPack(fsys fs.FS, dir string) (*pack.Pack, diag.List, error) {
	return pack.Load(fsys, dir, Sources())
}

// given is what sources have in common whose rows the data give.
type given struct{}

func (given) Shape() pack.Shape                   { return pack.Given }
func (given) View() budget.View                   { return 0 }
func (given) Prior() (dimension string, ok bool)  { return "", false }
func (given) Check(*pack.Table) []diag.Diagnostic { return nil }
func (given) learn(*Reading, *Printed)            {}

// namedRows is what sources have in common whose rows the pack names. Reading.LeftOut knows which of those it does not print are zero.
type namedRows struct{}

func (namedRows) View() budget.View                   { return 0 }
func (namedRows) Keys(*pack.Table) []string           { return nil }
func (namedRows) Prior() (dimension string, ok bool)  { return "", false }
func (namedRows) Made(string) []string                { return nil }
func (namedRows) Check(*pack.Table) []diag.Diagnostic { return nil }
func (namedRows) learn(*Reading, *Printed)            {}
func (namedRows) silent() bool                        { return false }

func (namedRows) query(_ *Document, s *Schedule, side, row int) (budget.Query, bool) {
	return *s.Sides[side].Rows[row].query, true
}
