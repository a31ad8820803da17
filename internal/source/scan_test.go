package source

import (
	"strings"
	"testing"

	"yusuan/internal/diag"
)

// brief is each diagnostic as place and rule, for comparison.
func brief(d diag.List) string {
	var out []string
	for _, x := range d.Sorted() {
		out = append(out, strings.TrimPrefix(x.At.String(), "f.toml:")+" "+x.Rule)
	}
	return strings.Join(out, "; ")
}

func TestSlips(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"a = 1\r\n\tb = \"，“”\"\r\n# ，“\r\n", ""},
		{"a = '''\n，\\x \"\n'''\nb = 'C:\\Users'\n", ""},
		{"a = [1,234]\nb = [\n 1,\n 2,\n]\n", ""},
		{"a = \"\"\"二“三”\"\"\"\"\nb = \"\"\"\n一\\\n  二\"\"\"\n", ""},
		{"a = {b = 1, c = \"，\"}\n", ""},
		{"\"部门\" = \"x\"\n[\"单位\"]\n", ""},

		{"name = “武昌区”\n", "1:8 文件-003"},
		{"name = “武昌区\"\n", "1:8 文件-003"},
		{"name = “武昌区\n", "1:8 文件-003"},
		{"name = \"武昌”\n", "1:11 文件-006"},
		{"a = [\"武昌”, “b”]\n", "1:9 文件-006; 1:12 文件-003"},
		{"name = \"武昌\nb = 1\n", "1:8 文件-006"},
		{"name = \"\nb = 1\n", "1:8 文件-006"},
		{"a = \"\"\"x\nb = 1\n", "1:5 文件-006"},
		{"code＝\"338\"\n", "1:5 文件-003"},
		{"［basic］\na = 1\n", "1:1 文件-003; 1:7 文件-003"},
		{"【basic】\na = 1\n", "1:1 文件-003; 1:7 文件-003"},
		{"　a = 1\n", "1:1 文件-003"},
		{"a\u00a0= 1\nb = 2\u200b\n", "1:2 文件-003; 2:6 文件-003"},
		{"a = 1 ＃ 说明\n", "1:7 文件-003"},
		{"a = １２．５\n", "1:5 文件-003"},
		{"a = [1，2]\n", "1:7 文件-003"},
		{"a = 1,234.50\n", "1:5 文件-004"},
		{"a = 1，234.50 # 元\n", "1:5 文件-004"},
		{"[t]\nx = { a = 1,234, b = 2 }\n", "2:11 文件-004"},
		{"p = \"C:\\Users\\x\"\n", "1:8 文件-005"},
		{"p = \"C:\\temp\"\n", "1:5 文件-005"},
		{"a = 武昌区审批局 # 名称\n", "1:5 文件-007"},
		{"a = 12万元\n", "1:7 文件-007"},
		{"a = [武昌, 汉口]\n", "1:6 文件-007; 1:10 文件-007"},
		{"名称 = \"x\"\n[[单位]]\n名称 = \"y\"\n", "1:1 文件-008; 2:3 文件-008"},
		{"a = （1）\n", "1:5 文件-003; 1:7 文件-003"},

		{"a = 1\na = 2\n", "2:1 文件-009"},
		{"a =\nb = 01\nc = abc\nd = 2026-02-30\n", "1:4 文件-009; 2:5 文件-009; 3:5 文件-009; 4:5 文件-009"},
		{"a = “x”\nb = \n", "1:5 文件-003; 2:5 文件-009"},
		{"a = \"x\x01\"\n", "1:7 文件-009"},
		{"[a\nb = 1\n", "1:1 文件-009"},
		{"a = 1\rb = ２\r", "2:5 文件-003"},
		{"// 说明\n-- 说明\na = 1\n", "1:1 文件-009; 2:1 文件-009"},
		{"以下是说明\na = 1\n", "1:1 文件-009"},
		{"a = \"推行\"一网通办\"工作\" # 用途\nb = 1\n", "1:5 文件-006"},
		{"a = \"x\" b = \"一\"\n", "1:8 文件-009"},
		{"a = 武昌\"\nb = 1\n", "1:5 文件-007"},
		{"a = 1;\nb = \"x\";\n", "1:6 文件-009; 2:8 文件-009"},
		{"a = True\nb = FALSE\n", "1:5 文件-007; 2:5 文件-007"},
		{"a = 是\nb = 无\n", "1:5 文件-007; 2:5 文件-007"},
		{"a = 50%\nb = 3+4 # 和\nc = 12-3\n", "1:5 文件-007; 2:5 文件-007; 3:5 文件-007"},
		{"a = 2026/2/1\nb = 2026.02.01\nc = 2026年2月1日\nd = 2026-2-1\ne = 2026-02-01\nf = 2026-02-01T10:00:00Z\n",
			"1:5 填报-006; 2:5 填报-006; 3:5 填报-006; 4:5 填报-006"},
		{"a = [\n {b = 1},\n {b = 2\n {b = 3},\n]\n", "3:2 文件-009"},
		{"a = [\n {b = 1},\n {b = 2},\n", "1:5 文件-009"},
		{"PK\x03\x04\x00\x01\xff", "f.toml 文件-002"},
		{"a b\n", "1:3 文件-009"},
		{"a = [1 2]\n", "1:8 文件-009"},
	} {
		_, d := Parse("f.toml", []byte(c.src))
		if got := brief(d); got != c.want {
			t.Errorf("%q: %s, want %s", c.src, got, c.want)
		}
	}
}

// What was repaired is parsed, so that later problems and values are not lost behind it.
func TestRepairs(t *testing.T) {
	f, _ := Parse("f.toml", []byte("a = “武昌”\nb＝2\nc = 1,234.50\nd = [“x”，\"y”]\n部门 = true\n【t】\ne = \"C:\\Users\"\n"))
	var v struct {
		A       String   `toml:"a"`
		B       Int      `toml:"b"`
		C       Amount   `toml:"c"`
		D       []String `toml:"d"`
		Chinese Bool     `toml:"000000"`
		T       struct {
			E String `toml:"e"`
		} `toml:"t"`
	}
	Decode([]*File{f}, &v)
	if v.A.V != "武昌" || v.B.V != 2 || v.C.String() != "1234.5" || len(v.D) != 2 || v.D[0].V != "x" || v.D[1].V != "y" || v.T.E.V != "C:/Users" {
		t.Errorf("%+v", v)
	}
	if len(f.text) != len(f.Source) || strings.Contains(string(f.Source), "C:/") {
		t.Error("repairs moved or changed the source")
	}
}

// TestNesting: what would fill the stack of a parser is told and not parsed; what people may write is read.
func TestNesting(t *testing.T) {
	const bomb = 1 << 20
	for name, c := range map[string]struct{ src, want string }{
		"arrays":       {"a = " + strings.Repeat("[", bomb) + strings.Repeat("]", bomb), "1:69 文件-009"},
		"open arrays":  {"a = 1\nb = [\n" + strings.Repeat("[\n", bomb), "66:1 文件-009"},
		"full width":   {"a = [" + strings.Repeat("［", maxDepth), "1:6 文件-003"},
		"tables":       {"a = " + strings.Repeat("{a=", bomb), "1:197 文件-009"},
		"dotted key":   {strings.Repeat("a.", bomb) + "a = 1", "1:130 文件-009"},
		"dotted table": {"[" + strings.Repeat("a.", bomb) + "a]", "1:131 文件-009"},
		"many":         {strings.Repeat("[[a]]\nb.c = [[1.5, 2.5], [{d.e = 1}]]\n", 100), ""},
		"deep":         {"a = " + strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth) + "\n", ""},
	} {
		_, diags := Parse("f.toml", []byte(c.src))
		if got, _, _ := strings.Cut(brief(diags), ";"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestHintsSayWhatToType(t *testing.T) {
	for src, want := range map[string]string{
		"a = 1,234.50\n": `写成 1234.50，或加引号写成 "1,234.50"`,
		"a = 武昌区\n":      `写成 "武昌区"`,
		"a = １２\n":       "写成 12",
		"a＝1\n":          "改用半角 =",
		"a = 007\n":      `编码要加英文引号，例如 "0123"`,
	} {
		_, d := Parse("f.toml", []byte(src))
		if l := d.Sorted(); len(l) != 1 || l[0].Hint != want {
			t.Errorf("%q: %+v, want hint %s", src, l, want)
		}
	}
}

// Each of BurntSushi's messages that a test of ours meets has Chinese words.
func TestNoMessageIsLeftInEnglish(t *testing.T) {
	for _, src := range []string{
		"a = \n", "a\n", "a = 1 2\n", "= 1\n", ".a = 1\n", "a = 01\n", "a = 1__0\n", "a = .5\n", "a = 5.\n", "a = 1e\n", "a = 1.2.3\n",
		"a = 99999999999999999999\n", "a = 2026-13-01\n", "a = [1, 2\n", "a = [1 2]\n", "a = [,]\n", "a = {b = 1 c = 2}\n", "a = {,}\n", "a = {b = 1\n",
		"[]\n", "[a\n", "[a]]\n", "[[a]\n", "[a.]\n", "a.b = 1\na = 2\n", "a = 1\n[a]\n", "[a]\n[[a]]\n", "[[a]]\n[a]\n", "a = yes\n", "a = -\n", "a = +x\n",
		"a = \x01\n", "a = tru\n", "a: 1\n", "a = 1 b = 2\n", "[a] b = 1\n", "a = [1]\n[[a]]\n", "a = 0x\n", "a = 'x\n",
	} {
		_, d := Parse("f.toml", []byte(src))
		if !d.HasErrors() {
			t.Errorf("%q is accepted", src)
		}
		for _, x := range d.Sorted() {
			if strings.Contains(x.Hint, "读取程序") || x.Message == "不符合 TOML 的写法" || strings.Contains(x.Message, "无法") {
				t.Errorf("%q: %s %s", src, x.Message, x.Hint)
			}
		}
	}
}

func TestOneHabitDoesNotFillTheScreen(t *testing.T) {
	_, d := Parse("f.toml", []byte(strings.Repeat("[[t]]\na = “x”\n", 3*maxReports)))
	if d.Len() != maxReports || !d.HasErrors() {
		t.Errorf("%d diagnostics, want %d", d.Len(), maxReports)
	}
}
