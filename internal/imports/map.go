package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// Map is what an office answered about the sheets of its exports: of each what it is, and what its columns are. Sheets are
// known by their heads, so the same export next week, or next year, or of another department asks nothing.
type Map struct {
	path   string
	sheets []mapSheet
	units  []mapUnit
	files  []mapFile
}

type mapSheet struct {
	source.Place
	Heads   source.String `toml:"heads,required" zh:"表头的指纹"`
	Sheet   source.String `toml:"sheet" zh:"工作表"`
	Kind    source.String `toml:"kind" zh:"表的种类"`
	Unit    source.String `toml:"unit" zh:"金额单位"`
	Fund    source.String `toml:"fund" zh:"资金性质"`
	Skip    source.Bool   `toml:"skip" zh:"不导入"`
	Sums    source.String `toml:"sums" zh:"合计"`
	Columns []mapColumn   `toml:"columns" zh:"列"`
}

type mapColumn struct {
	source.Place
	Head source.String `toml:"head,required" zh:"列头"`
	Role source.String `toml:"role,required" zh:"列的用处"`
	Fund source.String `toml:"fund" zh:"资金性质"`
}

// lenient is what a mapping file says of sums that do not agree with their parts and that are right all the same.
const lenient = "不核对"

// ParseMap reads a mapping file and reports all that is not right in it.
func ParseMap(path string, raw []byte) (*Map, diag.List) {
	f, diags := source.Parse(path, raw)
	var x struct {
		Sheets []mapSheet `toml:"sheet" zh:"工作表"`
		Units  []mapUnit  `toml:"unit" zh:"单位"`
		Files  []mapFile  `toml:"file" zh:"文件"`
	}
	diags.Append(source.Options{AsWritten: true}.Decode([]*source.File{f}, &x))
	m := &Map{path: path, sheets: x.Sheets, units: x.Units, files: x.Files}
	listed := func(s source.String, what string, list []string) {
		if s.V != "" && !slices.Contains(list, s.V) {
			diags.Add(diag.NotListed(ruleMapWord, s.At, what, s.V, list))
		}
	}
	units := moneyUnits()
	for i := range m.sheets {
		s := &m.sheets[i]
		listed(s.Kind, "表的种类", kindNames())
		listed(s.Unit, "金额单位", units)
		listed(s.Fund, "资金性质", budget.Funds())
		listed(s.Sums, "合计", []string{lenient})
		for _, c := range s.Columns {
			listed(c.Role, "列的用处", roleNames())
			listed(c.Fund, "资金性质", budget.Funds())
		}
		if s.Unit.V != "" && !slices.Contains(units, s.Unit.V) {
			s.Unit.V = ""
		}
		s.Columns = slices.DeleteFunc(s.Columns, func(c mapColumn) bool { return traitOf(role(c.Role.V)) == nil })
		if !isKind(Kind(s.Kind.V)) {
			s.Kind.V = ""
		}
	}
	return m, diags
}

func moneyUnits() []string { return []string{"元", "百元", "千元", "万元", "亿元"} }

// fingerprint is 8 hex digits of the heads of a table, years and units of money left out.
func fingerprint(t *table) string {
	var b strings.Builder
	for _, c := range t.columns {
		b.WriteString(c.Head)
		b.WriteByte('\n')
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:4])
}

// mappedSheet is what was answered about a table: of several with its heads, that of its sheet, or the only one.
func (r *reader) mappedSheet(t *table) *mapSheet {
	for _, m := range r.Maps {
		var same []*mapSheet
		for i := range m.sheets {
			s := &m.sheets[i]
			if s.Heads.V != t.print {
				continue
			}
			if s.Sheet.V == strings.TrimSpace(t.sheet.Name) {
				return s
			}
			same = append(same, s)
		}
		if len(same) == 1 {
			return same[0]
		}
	}
	return nil
}

// column is what was answered about a column.
func (s *mapSheet) column(key string) *mapColumn {
	if s == nil {
		return nil
	}
	for i := range s.Columns {
		if s.Columns[i].Head.V == key {
			return &s.Columns[i]
		}
	}
	return nil
}
