package source

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	burntsushi "github.com/BurntSushi/toml"
	pelletier "github.com/pelletier/go-toml/v2"

	"yusuan/internal/diag"
)

func seeds() []string {
	return []string{
		"", "\n", "a = 1", "a = \"x\"\r\nb = '''\r\ny'''\r\n", head, "a.b.c = 1\n[a.d]\n[[x]]\n[x.y]\n[[x.z]]\n[[x]]\n",
		"a = [ [1, 2], [ ], [{b = 1}], # c\n ]\n", "a = { b.c = 1, d = { } }\n", "a = 1979-05-27T07:32:00Z\nb = 07:32:00\nc = 1979-05-27\n",
		"a = \"\\u4e8c\\t\\\"\"\nb = \"\"\"\\\n  x\"\"\"\"\"\n", "a = 0x1F\nb = 0o7\nc = 0b1\nd = 1e3\ne = +inf\nf = nan\n",
		"名称 = “武昌”\n金额＝1,234.50万元\n", "a = \"C:\\Users\n", "[a\n", "\"\" = 1\n'' = 2\n", "a = \"\xff\"\n", "\xff\xfea\x00", "［t］\n", "a = 武昌\n",
	}
}

func placed(t *testing.T, f *File, d diag.List) {
	t.Helper()
	for _, x := range d.Sorted() {
		if x.Rule == ruleMissing && x.At == (diag.Range{File: "."}) {
			continue // of the folder: it has no file for a table
		}
		if x.At.File == "" || x.At.Start.Line < 1 || x.At.Start.Column < 1 || int(x.At.Start.Offset) > len(f.Source) || x.At.End.Offset < x.At.Start.Offset {
			t.Fatalf("%q: %+v has no place", f.Source, x)
		}
		if strings.Contains(x.Message, "无法") {
			t.Fatalf("%q: the parsers disagree: %s", f.Source, x.Hint)
		}
	}
}

// within holds every place of the tree to the source: a child lies inside an inline value, a literal begins and ends
// with its own characters.
func within(t *testing.T, f *File, n *node) {
	t.Helper()
	if n.at.start < 0 || n.at.end > len(f.Source) || n.at.start > n.at.end {
		t.Fatalf("%q: %q is at %v", f.Source, n.name, n.at)
	}
	first, last := byte(0), byte(0)
	if n.at.start < n.at.end {
		first, last = f.text[n.at.start], f.text[n.at.end-1]
	}
	switch {
	case n.kind == kindArray && (first != '[' || last != ']'),
		n.kind == kindString && (first != last || first != '"' && first != '\''),
		n.kind == kindTable && !n.implicit && n.key != n.at && first == '{' && last != '}':
		t.Fatalf("%q: %v is %q", f.Source, n.kind, f.text[n.at.start:n.at.end])
	}
	if s, ok := n.value.(string); ok {
		lines(t, f, String{V: s, At: f.rng(n.at), file: f})
	}
	for _, c := range n.children {
		within(t, f, c)
	}
}

// lines holds String.Line to the literal: places move forward with the offset and stay inside.
func lines(t *testing.T, f *File, s String) {
	t.Helper()
	last := s.At.Start.Offset
	for i := range s.V {
		at := s.Line(i)
		if at.Start.Offset < last || at.End.Offset > s.At.End.Offset || at.Start.Offset >= at.End.Offset {
			t.Fatalf("%q: byte %d of %q is at %v", f.Source, i, s.V, at)
		}
		last = at.Start.Offset
		if raw := f.text[at.Start.Offset:at.End.Offset]; raw[0] != '\\' && !strings.HasPrefix(s.V[i:], string(raw)) {
			t.Fatalf("%q: byte %d of %q is at %q", f.Source, i, s.V, raw)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, d := Parse("f.toml", raw)
		placed(t, file, d)
		if len(file.text) != len(file.Source) {
			t.Fatalf("%q: repairs moved the text", raw)
		}
		within(t, file, file.root)
		var v document
		placed(t, file, Decode([]*File{file}, &v))
	})
}

// agree holds the two parsers to the same strings, whole numbers and structure, for all that Parse takes without a
// complaint.
func agree(t *testing.T, src []byte) {
	t.Helper()
	f, d := Parse("f.toml", src)
	if d.HasErrors() {
		return
	}
	var a, b map[string]any
	if err := burntsushi.Unmarshal(f.Source, &a); err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	if err := pelletier.Unmarshal(f.Source, &b); err != nil {
		if strings.Contains(err.Error(), "already exists as defined by a dotted key") {
			return // a.x = 1 and then [a]: BurntSushi lays the two together, which loses nothing
		}
		t.Fatalf("%q: %v", src, err)
	}
	if x, y := plain(a), plain(b); !reflect.DeepEqual(x, y) {
		t.Fatalf("%q:\n%v\n%v", src, x, y)
	}
}

// plain makes values of both parsers comparable: dates and floats have their own types and are left out.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = plain(x)
		}
		return out
	case []map[string]any:
		out := []any{}
		for _, x := range v {
			out = append(out, plain(x))
		}
		return out
	case []any:
		out := []any{}
		for _, x := range v {
			out = append(out, plain(x))
		}
		return out
	case string, int64, bool:
		return v
	}
	return "other"
}

func FuzzAgreement(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) { agree(t, src) })
}

func TestParsersAgreeOnTheSampleDepartment(t *testing.T) {
	count := 0
	err := filepath.WalkDir("../../data", func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".toml" {
			return err
		}
		count++
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, diags := Parse(path, src)
		if diags.Len() > 0 {
			t.Errorf("%s: %+v", path, diags.Sorted())
		}
		within(t, f, f.root)
		agree(t, src)
		return nil
	})
	if err != nil || count == 0 {
		t.Errorf("%d files, %v", count, err)
	}
}
