package renew

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"yusuan/internal/budget"
)

const referenceFile = "../../data/填报说明.md"

// TestReferenceIsFresh holds the reference of the data folder to the fields of the facts. UPDATE=1 writes it anew.
func TestReferenceIsFresh(t *testing.T) {
	want := Reference()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(referenceFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("data/填报说明.md is not what the fields say; run UPDATE=1 go test ./internal/renew -run Reference")
	}
}

// TestReferenceTellsAll: below the header of each table there is a line for each of its fields with all that is asked for, in
// five cells, and for each word of a list.
func TestReferenceTellsAll(t *testing.T) {
	text := string(Reference())
	for _, x := range budget.Tables() {
		section := text
		if x.Name != "" {
			var ok bool
			if _, section, ok = strings.Cut(text, "\n### `"+x.Header()+"` "); !ok {
				t.Errorf("nothing is said of %s", x.Header())
				continue
			}
			section, _, _ = strings.Cut(section, "\n### ")
		}
		if !strings.Contains(section, x.What) {
			t.Errorf("%s is not explained", x.Header())
		}
		for _, f := range x.Fields {
			_, line, ok := strings.Cut(section, "\n| `"+f.Key+"` | ")
			line, _, _ = strings.Cut(line, "\n")
			cells := strings.Split(strings.ReplaceAll(line, `\|`, "/"), " | ")
			if !ok || len(cells) != 4 || cells[0] != f.Label || f.Required != (cells[2] == "是") || !strings.Contains(cells[1], strings.ReplaceAll(f.What, "|", "/")) {
				t.Errorf("%s: %q", f.Name, line)
				continue
			}
			words, _ := f.Words(budget.StandardLists())
			if !strings.Contains(cells[1], strings.Join(words, "、")) || len(words) == 0 && f.List == "" && !strings.Contains(cells[1], f.Kind.String()) {
				t.Errorf("%s is filled with %q", f.Name, cells[1])
			}
		}
	}
}
