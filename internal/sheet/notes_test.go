package sheet

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/source"
)

// A comment behind a single value of an entry stands at the cell of the value, with a word on who reads it; one that repeats the
// name of a code does not. It is no change, and stays where it is when the value is another.
func TestCommentsBehindValues(t *testing.T) {
	in := folder(t, "../../data/2026/338")
	before := Fill(in).notes()
	in.Files = slices.Clone(in.Files)
	const said = "这个数还要同财务科核对"
	for i, f := range in.Files {
		if !strings.HasSuffix(f.Path, "projects.toml") {
			continue
		}
		lines := strings.Split(string(f.Source), "\n")
		at := slices.IndexFunc(lines, func(s string) bool { return strings.HasPrefix(s, "amount ") })
		of := slices.IndexFunc(lines, func(s string) bool { return strings.HasPrefix(s, "function ") })
		lines[at] += "  # " + said
		lines[of], _, _ = strings.Cut(lines[of], "#")
		lines[of] += "  # 功能科目"
		in.Files[i], _ = source.Parse(f.Path, []byte(strings.Join(lines, "\n")))
	}
	raw, err := Write(in)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, s := range Fill(in).Sheets {
		notes, err := f.GetComments(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		if s.Blocks[0].Table.Name != "project" {
			continue
		}
		at := cellName(s.Blocks[0].FieldColumn("amount")+2, HeadRow+1)
		if !slices.ContainsFunc(notes, func(n excelize.Comment) bool {
			return n.Cell == at && strings.Contains(n.Text, said) && strings.Contains(n.Text, "公开")
		}) {
			t.Errorf("notes of %s: %+v, want %s at %s", s.Name, notes, said, at)
		}
	}
	words := "有 " + strconv.Itoa(before+1) + " 格带着批注"
	rows, err := f.GetRows(GuideSheet)
	if err != nil || !slices.ContainsFunc(rows, func(r []string) bool { return strings.Contains(strings.Join(r, " "), words) }) {
		t.Errorf("the guide does not say %s: %v", words, err)
	}
}
