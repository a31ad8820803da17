package sheet

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Lists warn and do not block, every list that a cell names is there, and there are few rules: programs drop them all where
// there are too many. Sheets of facts are not protected, the others are.
func TestListsWarn(t *testing.T) {
	for name, in := range inputs(t) {
		f := written(t, in)
		var names []string
		for _, n := range f.GetDefinedName() {
			names = append(names, n.Name)
			if strings.ContainsAny(n.Name, "（）()-－、， ") {
				t.Errorf("%s: no list can be called %q", name, n.Name)
			}
		}
		w := &writer{c: Fill(in)}
		w.place()
		lists := 0
		for _, s := range w.sheets {
			rules, err := f.GetDataValidations(s.Name)
			if err != nil || len(rules) > 200 {
				t.Errorf("%s: %s: %d rules, %v", name, s.Name, len(rules), err)
			}
			for _, r := range rules {
				if r.Type != "" && (r.ErrorStyle == nil || *r.ErrorStyle != "warning") {
					t.Errorf("%s: %s: %s blocks", name, s.Name, r.Sqref)
				}
				if r.Type == "list" && !strings.HasPrefix(r.Formula1, `"`) && !slices.Contains(names, r.Formula1) {
					t.Errorf("%s: %s: %s chooses of %s, which is not there", name, s.Name, r.Sqref, r.Formula1)
				}
				if r.Type == "list" {
					lists++
				}
				if r.Prompt != nil && len([]rune(*r.Prompt)) > 255 || r.PromptTitle != nil && len([]rune(*r.PromptTitle)) > 32 {
					t.Errorf("%s: %s: %s says too much", name, s.Name, r.Sqref)
				}
			}
			if p, _ := f.GetSheetProtection(s.Name); p.SelectLockedCells {
				t.Errorf("%s: %s is protected: no row could be inserted", name, s.Name)
			}
		}
		if lists < 10 {
			t.Errorf("%s: %d lists", name, lists)
		}
		for _, own := range []string{GuideSheet, ProofSheet, ChoiceSheet, CalcSheet} {
			if p, _ := f.GetSheetProtection(own); !p.SelectLockedCells {
				t.Errorf("%s: %s is not protected", name, own)
			}
		}
		for sheet, hidden := range map[string]bool{ProofSheet: false, ChoiceSheet: true, CalcSheet: true, OwnSheet: true} {
			if visible, _ := f.GetSheetVisible(sheet); visible == hidden {
				t.Errorf("%s: %s is hidden: %v", name, sheet, !visible)
			}
		}
	}
}

// Columns of codes keep the format of text as far as a sheet goes, so that a code that is typed below stays one; amounts that
// of money.
func TestFormatsGoOn(t *testing.T) {
	f := written(t, folder(t, "../../testdata/departments/2026/415"))
	for _, c := range []struct{ sheet, cell, format string }{
		{"基本支出", "D4", formatText}, {"基本支出", "D5000", formatText}, {"基本支出", "F4", formatAmount}, {"基本支出", "F5000", formatAmount}, {"单位", "B9999", formatText},
	} {
		id, err := f.GetCellStyle(c.sheet, c.cell)
		if id == 0 {
			id, err = f.GetColStyle(c.sheet, c.cell[:1])
		}
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		got := formatText
		if style.NumFmt != 49 {
			got = ""
			if style.CustomNumFmt != nil {
				got = *style.CustomNumFmt
			}
		}
		if got != c.format {
			t.Errorf("%s!%s has the format %q, want %q", c.sheet, c.cell, got, c.format)
		}
	}
}

// TestKeysAreSortedAlong: whatever sorts a sheet by its filter must take the key of each row along with it.
func TestKeysAreSortedAlong(t *testing.T) {
	raw := workbook(t, folder(t, "../../testdata/departments/2026/415"))
	filters := 0
	for name, part := range parts(t, raw) {
		for _, m := range regexp.MustCompile(`<autoFilter ref="([^"]*)"`).FindAllStringSubmatch(part, -1) {
			filters++
			if !strings.HasPrefix(m[1], "$A$") && !strings.HasPrefix(m[1], "A") {
				t.Errorf("%s: the filter %s leaves the keys behind", name, m[1])
			}
		}
	}
	if filters == 0 {
		t.Error("no sheet filters")
	}
}

// parts are the sheets of a workbook as they are in the file.
func parts(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		b, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}
