package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const written = `# of a department
amount_unit = "万元" # of all
department.name = "甲局"
[[project]] # first
name = 'a"b'   # named
line = [
  { fund = "x", amount =  12.50 }, # row

  { fund = "y", amount = 100.00 } # last
] # all
[project."of money"]
"total.2010301" = 5
[[unit]]
code = "1"
[[project]]
name = """
p
q"""
tags = ["一", '二']
when = 2026-02-10
[[project.goal]]
ok = true
own = { in = [{ a = 1 }], b.c = 2 } # inline
[prior.figures]
`

func parsed(t *testing.T, text string) *File {
	t.Helper()
	f, d := Parse("a.toml", []byte(text))
	if d.HasErrors() {
		t.Fatalf("%q: %v", text, d.Sorted())
	}
	return f
}

func TestEntries(t *testing.T) {
	for _, newline := range []string{"\n", "\r\n"} {
		f := parsed(t, strings.ReplaceAll(written, "\n", newline))
		var got []string
		for _, e := range f.Entries() {
			got = append(got, fmt.Sprintf("%s|%s|%s|%q|%v%v", e.Table, e.Address, e.Parent, e.Remark(), e.Element, e.Inline))
			for _, v := range e.Values() {
				got = append(got, fmt.Sprintf("  %s %d %q %q %q", v.Key, v.Kind, v.Text, v.Items, v.Remark))
			}
		}
		want := strings.Split(strings.TrimSpace(`
|||""|falsefalse
  amount_unit 0 "万元" [] "of all"
department|department||""|falsefalse
  name 0 "甲局" [] ""
project|project[0]||"first"|truefalse
  name 0 "a\"b" [] "named"
project.line|project[0].line[0]|project[0]|"row"|truetrue
  fund 0 "x" [] ""
  amount 3 "12.50" [] ""
project.line|project[0].line[1]|project[0]|"last"|truetrue
  fund 0 "y" [] ""
  amount 3 "100.00" [] ""
project."of money"|project[0]."of money"|project[0]|""|falsefalse
  total.2010301 2 "5" [] ""
unit|unit[0]||""|truefalse
  code 0 "1" [] ""
project|project[1]||""|truefalse
  name 0 "p\nq" [] ""
  tags 1 "[\"一\", '二']" ["一" "二"] ""
  when 5 "2026-02-10" [] ""
project.goal|project[1].goal[0]|project[1]|""|truefalse
  ok 4 "true" [] ""
project.goal.own|project[1].goal[0].own|project[1].goal[0]|"inline"|falsetrue
project.goal.own.in|project[1].goal[0].own.in[0]|project[1].goal[0].own|""|truetrue
  a 2 "1" [] ""
project.goal.own.b|project[1].goal[0].own.b|project[1].goal[0].own|""|falsetrue
  c 2 "2" [] ""
prior.figures|prior.figures|prior|""|falsefalse`), "\n")
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("%q: entry %d:\n got %s\nwant %s", newline, i, strings.Join(got[min(i, len(got)):], "\n     "), strings.Join(want[min(i, len(want)):], "\n     "))
			}
		}
	}
}

func TestDigest(t *testing.T) {
	digests := func(text string) map[string]string {
		out := map[string]string{}
		for _, e := range parsed(t, text).Entries() {
			out[e.Address] = e.Digest()
			if len(e.Digest()) != 8 {
				t.Errorf("%s: %s", e.Address, e.Digest())
			}
		}
		return out
	}
	before := digests(written)
	for _, c := range []struct{ old, new, differs string }{
		{"# of a department", "# of another", "none"},
		{"\n\n  { fund", "\n  { fund", "none"},
		{"12.50", "12.5", "project[0].line[0]"},
		{"# row", "# Row", "project[0].line[0]"},
		{"# named", "", "project[0]"},
		{"code", "name", "unit[0]"},
		{"a = 1", "a = 2", "project[1].goal[0].own.in[0]"},
		{"= 5", "= 6", `project[0]."of money"`},
	} {
		after := digests(strings.Replace(written, c.old, c.new, 1))
		for address, d := range before {
			if (after[address] != d) != (address == c.differs) {
				t.Errorf("%q for %q: digest of %q: %s, %s", c.new, c.old, address, d, after[address])
			}
		}
	}
}

// What the values and remarks of a file say is all that it says, for every file of the samples.
func TestEntriesHoldEveryLeaf(t *testing.T) {
	for _, f := range sampleFiles(t) {
		places := map[int]bool{}
		seen := map[string]bool{}
		for _, e := range f.Entries() {
			if seen[e.Address] || e.Parent != "" && !seen[e.Parent] && !strings.HasPrefix(e.Address, e.Parent) {
				t.Errorf("%s: %q is there twice, or before its parent", f.Path, e.Address)
			}
			seen[e.Address] = true
			for _, v := range e.Values() {
				places[int(v.At.Start.Offset)] = true
			}
		}
		for _, l := range f.Leaves() {
			if !places[l.Start] {
				t.Errorf("%s: %v is in no entry", f.Path, l.Path)
			}
		}
	}
}

// sampleFiles are all files of the samples and of the departments for tests.
func sampleFiles(t testing.TB) []*File {
	t.Helper()
	var out []*File
	for name, raw := range sampleTexts(t) {
		f, d := Parse(name, raw)
		if d.HasErrors() {
			t.Fatalf("%s: %v", name, d.Sorted())
		}
		out = append(out, f)
	}
	return out
}

func sampleTexts(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, root := range []string{"../../data", "../../testdata/departments"} {
		err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".toml" {
				return err
			}
			out[name], err = os.ReadFile(name)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 30 {
		t.Fatalf("%d files; is the walk right?", len(out))
	}
	return out
}
