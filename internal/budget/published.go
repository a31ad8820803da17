package budget

import (
	"slices"
	"strings"

	"yusuan/internal/source"
)

// StatedTable is a table of a finished document as it was printed, typed or pasted in to be checked: an assertion of
// every cell.
type StatedTable struct {
	source.Place
	ID       source.String `toml:"id" zh:"表号"` // where it is not said, told by the heading and the rows
	Heading  source.String `toml:"heading" zh:"表题"`
	Contents source.String `toml:"contents" zh:"目录中的表名"`
	Unit     source.String `toml:"unit" zh:"金额单位" of:"金额单位"` // the pack's when absent
	Note     source.String `toml:"note" zh:"表注" text:"pasted"`
	// Project makes it the performance form of one project, under the name printed there.
	Project source.String `toml:"project" zh:"项目名称"`
	// Rows has one row a line, from the first to the last body row; cells are parted by | or by tabs. Within a cell \| is a bar,
	// \t a tab, \n a line break, \\ a backslash. Tables of the template have its columns; forms have labels, then values.
	Rows source.String `toml:"rows" zh:"行" text:"pasted"`
	// Without are the columns of the pack, from 1, that the table does not print; in Rows they are empty.
	Without []source.Int `toml:"without" zh:"没有的列" range:"1..100"`
}

// Lacks reports whether the table does not print a column of the pack, from 0.
func (t *StatedTable) Lacks(column int) bool {
	return slices.ContainsFunc(t.Without, func(n source.Int) bool { return n.V == column+1 })
}

// StatedText is a passage of a finished document as it was printed.
type StatedText struct {
	source.Place
	Section source.String `toml:"section,required" zh:"节"`
	Text    source.String `toml:"text,required" zh:"文字" text:"pasted"`
}

// Published reports whether the facts are a finished document to be checked: printed tables and sentences and no
// leaves, so that there is nothing to compute and nothing to typeset.
func (f *Facts) Published() bool {
	return len(f.StatedTables)+len(f.StatedTexts) > 0 &&
		len(f.Basic)+len(f.ByFunction)+len(f.ByEconomic)+len(f.Projects) == 0
}

// Name is how messages call the table.
func (t *StatedTable) Name() string {
	if t.Heading.V != "" {
		return "《" + strings.TrimSpace(t.Heading.V) + "》"
	}
	if t.ID.V == "" {
		return "没有表题的表"
	}
	return "表" + t.ID.V
}

// TypedCell is the text of a cell as it stands in Rows.
func TypedCell(text string) string { return typedCell.Replace(text) }

// CellText is the text of a cell of Rows. A backslash before anything else stands for itself.
func CellText(typed string) string {
	if !strings.Contains(typed, `\`) {
		return typed
	}
	return cellText.Replace(typed)
}

var (
	typedCell = strings.NewReplacer(`\`, `\\`, "|", `\|`, "\t", `\t`, "\n", `\n`)
	cellText  = strings.NewReplacer(`\\`, `\`, `\|`, "|", `\t`, "\t", `\n`, "\n")
)

// CutCells cuts a line of Rows into its cells, as they are typed: at tabs where it has any, else at bars.
func CutCells(line string) []string {
	bar := byte('|')
	if strings.Contains(line, "\t") {
		bar = '\t'
	}
	var out []string
	from := 0
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line) && strings.IndexByte(`\|tn`, line[i+1]) >= 0:
			i++
		case line[i] == bar:
			out, from = append(out, line[from:i]), i+1
		}
	}
	return append(out, line[from:])
}
