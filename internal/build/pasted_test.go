package build_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// pastedNumbers are words of the author with the number that they had where they were copied.
var pastedNumbers = []struct{ plain, pasted string }{
	{"\"做好普查。\"", "\"（一）做好普查。\""}, {"\"完成普查。\"", "\"①完成普查。\""}, {"\"沐阳县统计局本级\"", "\"2、沐阳县统计局本级\""},
	{"\"普查\"", "\"1.普查\""}, {"\"用于普查。\"", "\"(1) 用于普查。\""},
}

// twice is an entry with two numbers.
var twice = regexp.MustCompile(`^(?:（[一二三]）|\d\. ?|[一二三]、)(?:（一）|①|2、|1\.|\(1\)|一、)`)

// TestPastedNumbers: wherever a pack prints a number before the author's words, a number that these bring along is told,
// with what would be printed; and nowhere else.
func TestPastedNumbers(t *testing.T) {
	s := shared(t)
	found := map[string]int{}
	for _, id := range s.PackNames() {
		text := string(must(fs.ReadFile(unusualDepartment(t, id, "unchanged as printed"), "d/department.toml")))
		text += "[[project]]\nname = \"普查\"\nfunction = \"2010102\"\npurpose = \"用于普查。\"\namount = 5000\ngoals = true\n[[glossary]]\nterm = \"一、人口普查\"\ntext = \"（一）是一次调查。\"\n"
		// Of one duty and one unit there is no list.
		text = strings.Replace(text, "duties = [", "duties = [\"管理调查员。\", ", 1)
		text += "[[unit]]\ncode = \"900002\"\nname = \"沐阳县普查中心\"\nkind = \"公益一类\"\n"
		text = strings.ReplaceAll(strings.ReplaceAll(text, "[[project]]\n", "[[project]]\nunit = \"900001\"\n"), "[[basic]]\n", "[[basic]]\nunit = \"900001\"\n")
		for _, x := range pastedNumbers {
			text = strings.ReplaceAll(text, x.plain, x.pasted)
		}
		w, err := s.Check(build.Input{Data: fstest.MapFS{"d/a.toml": {Data: []byte(text)}}, Dir: "d"})
		if err != nil || w.Tree == nil {
			t.Fatal(id, err)
		}
		printed := append(paragraphsOf(w.Tree), cellParagraphs(w.Tree)...)
		var quotes []string
		for _, d := range w.Diags.Sorted() {
			if d.Rule != "文字-006" {
				continue
			}
			_, quote, _ := strings.Cut(d.Message, "会印成“")
			quote = strings.TrimSuffix(strings.TrimSuffix(quote, "”"), "…")
			quotes = append(quotes, quote)
			if !slices.ContainsFunc(printed, func(s string) bool { return strings.HasPrefix(s, quote) }) {
				t.Errorf("%s: %s stands nowhere", id, quote)
			}
			if d.Level != diag.Error || d.At.File != "d/a.toml" || !strings.Contains(d.Hint, "删去") {
				t.Errorf("%s: %+v", id, d)
			}
		}
		for _, x := range printed {
			if twice.MatchString(x) && !slices.ContainsFunc(quotes, func(q string) bool { return strings.HasPrefix(x, q) }) {
				t.Errorf("%s: nobody tells of %s", id, x)
			}
		}
		found[id] = len(quotes)
	}
	if found[samplePack] != 4 { // duty, unit, project, term
		t.Errorf("found %v", found)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// cellParagraphs are the texts of the cells of a document.
func cellParagraphs(d *doc.Document) (out []string) {
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if t, ok := b.(*doc.Table); ok {
				for _, row := range t.Body {
					for _, c := range row.Cells {
						for _, x := range c.Text {
							out = append(out, x.String)
						}
					}
				}
			}
		}
	}
	return out
}

// TestBrokenSentences: a line break in words that stand within a sentence is told where it is; between sentences, and in
// words that stand alone, it parts paragraphs.
func TestBrokenSentences(t *testing.T) {
	const line = "\"用于普查。\""
	for text, want := range map[string]int{ // lines below the key, 0 for nothing told
		"\"\"\"\n用于普查\n的经费\"\"\"":        1,
		"\"用于普查。\\n另有经费\"":               0,
		"\"\"\"\n用于普查。\n另有经费，\n不多\"\"\"": 2,
		"\"\"\"\n用于普查。\n\n\"\"\"":        0,
	} {
		raw := string(must(fs.ReadFile(unusualDepartment(t, samplePack, "projects alone"), "d/department.toml")))
		if want > 0 {
			want += strings.Count(raw[:strings.Index(raw, "purpose")], "\n") + 1
		}
		raw = strings.Replace(raw, line, text, 1)
		w, err := shared(t).Check(build.Input{Data: fstest.MapFS{"d/a.toml": {Data: []byte(raw)}}, Dir: "d"})
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, d := range w.Diags.Sorted() {
			if d.Rule == "填报-012" {
				told = d.At.Start.Line
			}
		}
		if told != want {
			t.Errorf("%q: told at line %d, want %d", text, told, want)
		}
	}
}
