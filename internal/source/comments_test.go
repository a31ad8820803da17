package source

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestStripComments(t *testing.T) {
	for raw, want := range map[string]string{
		"a = 1\n": "a = 1\n",
		"# 填报人\na = 1 # 手机\r\n\t# x\r\nb = 2":     "\na = 1\r\n\r\nb = 2",
		"a = \"# 不是注释\" # 是\n":                    "a = \"# 不是注释\"\n",
		"a = 'x\\' # 是\n":                         "a = 'x\\'\n",
		"a = \"x\\\"# 不是\" # 是\n":                 "a = \"x\\\"# 不是\"\n",
		"a = \"\"\"\n# 不是\n\"\"\"\"\" # 是\n":      "a = \"\"\"\n# 不是\n\"\"\"\"\"\n",
		"a = '''\n# 不是\n''' # 是":                  "a = '''\n# 不是\n'''",
		"a = [ # 是\n 1, # 是\n]\n[b] # 是\n#":       "a = [\n 1,\n]\n[b]\n",
		"\uFEFFa = 1 # 是\n":                       "a = 1\n",
		"a = “# 不是” # 是\n":                        "a = “# 不是”\n",
		"\"键#\" = 1 # 是\n":                        "\"键#\" = 1\n",
		"":                                        "",
		"a = \"\" # 是\nb = '' # 是\nc = '#'\n":     "a = \"\"\nb = ''\nc = '#'\n",
		"a = \"\"\"x\\\"\"\"\" # 是\n# \"\"\" 是\n": "a = \"\"\"x\\\"\"\"\"\n\n",
	} {
		got := StripComments("a.toml", []byte(raw))
		if string(got) != want {
			t.Errorf("%q becomes %q, want %q", raw, got, want)
		}
		if again := StripComments("a.toml", got); !bytes.Equal(again, got) {
			t.Errorf("%q becomes %q the second time", got, again)
		}
	}
}

// TestStripKeepsPlaces: of every file of the sample and of the rules' cases, however it is encoded, the values and their
// places stay, and no comment.
func TestStripKeepsPlaces(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../../data/*/*/*.toml", "../../testdata/check/*.toml", "../../templates/*/*.toml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}
		files = append(files, found...)
	}
	comments := 0
	for _, name := range files {
		plain, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for encoding, raw := range map[string][]byte{
			"UTF-8": plain, "CRLF": bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")), "GBK": must(simplifiedchinese.GB18030.NewEncoder().Bytes(plain)),
			"UTF-16": must(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(plain)),
		} {
			before, _ := Parse(name, raw)
			stripped := StripComments(name, raw)
			after, _ := Parse(name, stripped)
			for _, s := range before.Stretches() {
				if s.Comment {
					comments++
				}
			}
			for _, s := range after.Stretches() {
				if s.Comment {
					t.Errorf("%s, %s: a comment stays: %s", name, encoding, after.Source[s.Start:s.End])
				}
			}
			if a, b := leavesAt(before), leavesAt(after); !reflect.DeepEqual(a, b) {
				t.Errorf("%s, %s: values or places differ", name, encoding)
			}
			if again := StripComments(name, stripped); !bytes.Equal(again, stripped) {
				t.Errorf("%s, %s: stripped twice is another file", name, encoding)
			}
		}
	}
	if comments < 1000 {
		t.Errorf("%d comments looked at", comments)
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

type leafAt struct {
	path, text   string
	line, column int
}

func leavesAt(f *File) (out []leafAt) {
	for _, x := range f.Leaves() {
		at := f.RangeOf(x.Start, x.End)
		text := string(f.Source[x.Start:x.End])
		if strings.Contains(text, "\n") && !x.Text {
			text = "" // comments may stand between the values of a list
		}
		if strings.HasPrefix(text, "[") {
			text = ""
		}
		out = append(out, leafAt{strings.Join(x.Path, "."), text, at.Start.Line, int(at.Start.Column)})
	}
	return out
}
