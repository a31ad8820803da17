package source

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const fileName = "basic/a.toml"

// edited is a text after some changes.
func edited(t *testing.T, text string, do func(e *Editor)) string {
	t.Helper()
	out, err := tryEdit(text, do)
	if err != nil {
		t.Errorf("%q: %v", text, err)
	}
	return out
}

func tryEdit(text string, do func(e *Editor)) (string, error) {
	f, _ := Parse(fileName, []byte(text))
	e := Edit([]*File{f})
	do(e)
	list, err := e.Done()
	if err != nil || len(list) == 0 {
		return text, err
	}
	return string(list[0].After), nil
}

func set(address, key string, v Literal) func(*Editor) {
	return func(e *Editor) { e.Set(fileName, address, key, v) }
}

func unset(address, key string) func(*Editor) {
	return func(e *Editor) { e.Unset(fileName, address, key) }
}

func remark(address, key, text string) func(*Editor) {
	return func(e *Editor) { e.Remark(fileName, address, key, text) }
}

func remove(address string) func(*Editor) {
	return func(e *Editor) { e.Delete(fileName, address) }
}

func insert(table, parent, after string, values ...KeyValue) func(*Editor) {
	return func(e *Editor) { e.Insert(fileName, table, parent, after, values) }
}

func both(list ...func(*Editor)) func(*Editor) {
	return func(e *Editor) {
		for _, do := range list {
			do(e)
		}
	}
}

func txt(key, s string) KeyValue { return KeyValue{key, TextLiteral(s)} }
func num(key, s string) KeyValue { return KeyValue{key, NumberLiteral(s)} }

const rows = `# head
basic = [
  # codes        amounts
  { a = "x", n = 1000 }, # one
  { a = "y", n =   10 }, # two

  { a = "z", n =  100 }  # three
]
`

const blocks = `# head
amount_unit = "元"

# of the first
[[project]]
name   = "甲"   # named
amount = 100

[[project.line]]
fund = 'p'
# a word on the line

[[project]]
name  = "乙"
texts = ['a', "b"]

[text]
"total.1" = '''
long''' # all
`

// cases are changes and what becomes of one line or another.
var editCases = []struct {
	name, text, old, new string
	do                   func(*Editor)
}{
	{"a number right-aligned with others", rows, `n =   10 }`, `n = 9999 }`, set("basic[1]", "n", NumberLiteral("9999"))},
	{"a shorter one", rows, `n = 1000 }`, `n =    5 }`, set("basic[0]", "n", NumberLiteral("5"))},
	{"one for which there is no room", rows, `n =   10 }`, `n =   10000.00 }`, set("basic[1]", "n", NumberLiteral("10000.00"))},
	{"the same number", rows, "", "", set("basic[1]", "n", NumberLiteral("10.0"))},
	{"a text in a row", rows, `"y"`, `"\"y\""`, set("basic[1]", "a", TextLiteral(`"y"`))},
	{"a key in a row", rows, `n =   10 }`, `n =   10, b = true }`, set("basic[1]", "b", BoolLiteral(true))},
	{"no key in a row", rows, `{ a = "y", n =   10 }`, `{ n =   10 }`, unset("basic[1]", "a")},
	{"no last key in a row", rows, `{ a = "y", n =   10 }`, `{ a = "y" }`, unset("basic[1]", "n")},
	{"another key in a row", rows, `{ a = "y", n =   10 }`, `{ b = 1 }`, both(unset("basic[1]", "n"), unset("basic[1]", "a"), set("basic[1]", "b", WholeLiteral(1)))},
	{"a row", rows, "# two\n", "# two\n  { a = \"v\", n =    7 },\n", insert("basic", "", "basic[1]", txt("a", "v"), num("n", "7"))},
	{"rows in their order", rows, "# one\n", "# one\n  { a = \"v\" },\n  { a = \"w\" },\n", both(insert("basic", "", "basic[0]", txt("a", "v")), insert("basic", "", "basic[0]", txt("a", "w")))},
	{"a last row without a comma", rows, "n =  100 }  # three\n", "n =  100 },  # three\n  { a = \"v\" }\n", insert("basic", "", "", txt("a", "v"))},
	{"a row less", rows, "  { a = \"y\", n =   10 }, # two\n", "", remove("basic[1]")},
	{"the last row less", rows, "n =   10 }, # two\n\n  { a = \"z\", n =  100 }  # three\n", "n =   10 } # two\n\n", remove("basic[2]")},
	{"another row in the place of one", rows, "{ a = \"y\", n =   10 }, # two", "{ n =             7 },", both(remove("basic[1]"), insert("basic", "", "basic[1]", num("n", "7")))},
	{"no rows", rows, "  { a = \"x\", n = 1000 }, # one\n  { a = \"y\", n =   10 }, # two\n\n  { a = \"z\", n =  100 }  # three\n", "\n", both(remove("basic[2]"), remove("basic[0]"), remove("basic[1]"))},
	{"a remark of a row", rows, "# two", "# 二", remark("basic[1]", "", "二")},
	{"no remark of a row", rows, " # two", "", remark("basic[1]", "", "")},
	{"rows on a line", `x = [{a=1}, {a=2}]`, `{a=2}`, `{a=2}, {a=3}`, insert("x", "", "", num("a", "3"))},
	{"a row less on a line", `x = [{a=1}, {a=2}]`, `{a=1}, `, ``, remove("x[0]")},
	{"the last row less on a line", `x = [ {a=1}, {a=2} ]`, `, {a=2}`, ``, remove("x[1]")},
	{"a row for another on a line", `x = [{a=1}, {a=2}]`, `{a=1}`, `{a=3}`, both(remove("x[0]"), insert("x", "", "x[0]", num("a", "3")))},
	{"no rows on a line", `x = [{a=1}, {a=2}]`, `{a=1}, {a=2}`, ``, both(remove("x[0]"), remove("x[1]"))},
	{"a remark of a row on a line", "x = [{a=1}, {a=2}]\n", `{a=1}, {a=2}`, "{a=1}, # r\n     {a=2}", remark("x[0]", "", "r")},
	{"a first row", "x = [] # c\n", `[]`, "[\n  { a = 1 },\n]", insert("x", "", "", num("a", "1"))},
	{"a first row among remarks", "x = [\n  # c\n]\n", "# c\n", "# c\n  { a = 1 },\n", insert("x", "", "", num("a", "1"))},
	{"a row in a row", "x = [\n  { l = [{ a = 1 }] },\n]\n", `{ a = 1 }`, `{ a = 1 }, { a = 2 }`, insert("x.l", "x[0]", "", num("a", "2"))},
	{"a value in a row in a row", "x = [\n  { l = [{ a = 1 }] },\n]\n", `a = 1`, `a = 2`, set("x[0].l[0]", "a", WholeLiteral(2))},
	{"first rows in a row", "x = [\n  { l = 1 },\n]\n", `l = 1`, `l = 1, m = [{ a = 2 }]`, insert("x.m", "x[0]", "", num("a", "2"))},

	{"a text of lines", blocks, `"甲"`, "'''\n丙\n丁'''", set("project[0]", "name", TextLiteral("丙\n丁"))},
	{"a key in the manner of the others", blocks, "amount = 100\n", "amount = 100\nbe     = 2026-01-02\n", set("project[0]", "be", DateLiteral(2026, 1, 2))},
	{"a key too long for that", blocks, "amount = 100\n", "amount = 100\nprocurement = 1\n", set("project[0]", "procurement", WholeLiteral(1))},
	{"a key with blanks", blocks, "long''' # all\n", "long''' # all\n\"a b\" = 1\n", set("text", "a b", WholeLiteral(1))},
	{"a remark in the manner of the others", blocks, "amount = 100\n", "amount = 100    # sum\n", remark("project[0]", "amount", "sum")},
	{"a remark of a header", blocks, "[text]", "[text] # t", remark("text", "", "t")},
	{"no remark", blocks, "   # named", "", remark("project[0]", "name", "")},
	{"a long text", blocks, "'''\nlong'''", "'''\nlonger\nand \"longer\"'''", set("text", "total.1", TextLiteral("longer\nand \"longer\""))},
	{"a long text with marks", blocks, "'''\nlong'''", "\"\"\"\na'''\\\\\"\\\"\\\"\n\\u0001\"\"\"", set("text", "total.1", TextLiteral("a'''\\\"\"\"\n\x01"))},
	{"no value", blocks, "name  = \"乙\"\n", "", unset("project[1]", "name")},
	{"an item of a list", blocks, `'a'`, `'c'`, set("project[1]", "texts", TextsLiteral([]string{"c", "b"}))},
	{"items more", blocks, `'a', "b"`, `'a', 'c', "b"`, set("project[1]", "texts", TextsLiteral([]string{"a", "c", "b"}))},
	{"first items more", blocks, `'a'`, `'c', 'a'`, set("project[1]", "texts", TextsLiteral([]string{"c", "a", "b"}))},
	{"items less", blocks, `'a', `, ``, set("project[1]", "texts", TextsLiteral([]string{"b"}))},
	{"no items", blocks, `['a', "b"]`, `[]`, set("project[1]", "texts", TextsLiteral(nil))},
	{"no items among remarks", "x = [\n  # c\n  'a', # d\n  'b',\n]\n", "  'a', # d\n  'b',\n", "", set("", "x", TextsLiteral(nil))},
	{"a list of lines", "x = [\n  # c\n]\n", "# c\n", "# c\n  \"b\",\n", set("", "x", TextsLiteral([]string{"b"}))},
	{"a new list", "x = 1\n", "1\n", "1\ny = [\"a\", \"b\"]\n", set("", "y", TextsLiteral([]string{"a", "b"}))},
	{"an entry", blocks, "# a word on the line\n", "# a word on the line\n\n[[project]]\nname = \"丙\"\nn    = 1\n", insert("project", "", "project[0]", txt("name", "丙"), num("n", "1"))},
	{"an entry in another", blocks, "# a word on the line\n", "# a word on the line\n\n[[project.line]]\nfund = 'q'\n", insert("project.line", "project[0]", "", txt("fund", "q"))},
	{"the first entry in another", blocks, "\"b\"]\n", "\"b\"]\n\n[[project.line]]\nfund = 'q'\n", insert("project.line", "project[1]", "", txt("fund", "q"))},
	{"the first of its kind", blocks, "# all\n", "# all\n\n[[new]]\na = 1\n", insert("new", "", "", num("a", "1"))},
	{"an entry less", blocks, "\n[[project]]\nname  = \"乙\"\ntexts = ['a', \"b\"]\n", "", remove("project[1]")},
	{"an entry with others less", blocks, "[[project]]\nname   = \"甲\"   # named\namount = 100\n\n[[project.line]]\nfund = 'p'\n", "", remove("project[0]")},
	{"an entry for another", blocks, "[[project]]\nname  = \"乙\"\ntexts = ['a', \"b\"]\n", "[[project]]\nn = 1\n", both(insert("project", "", "project[1]", num("n", "1")), remove("project[1]"))},
	{"a table of an entry", blocks, "\"b\"]\n", "\"b\"]\n\n[project.fields]\na = 1\n", set("project[1].fields", "a", WholeLiteral(1))},
	{"a table of the file", blocks, "# all\n", "# all\n\n[new]\na = 1\n", set("new", "a", WholeLiteral(1))},
	{"the unit at the top", "# head\n\n[a]\nb = 1\n", "# head\n", "# head\n\namount_unit = \"元\"\n", set("", "amount_unit", TextLiteral("元"))},
	{"the header of an implied table", "# of b\n[a.b]\nc = 1\n", "[a.b]", "[a]\nd = 2\n\n[a.b]", set("a", "d", WholeLiteral(2))},
	{"a dotted key", "a.b = 1\nc = 2\n", "a.b = 1\n", "a.b = 1\na.d = 3\n", set("a", "d", WholeLiteral(3))},
	{"nothing at the end", "a = 1\nb = 2", "\nb = 2", "", unset("", "b")},
	{"a key at the end", "a = 1\nb = 2", "b = 2", "b = 2\nc = 3", set("", "c", WholeLiteral(3))},
	{"a file with nothing", "", "", "a = 3\n", set("", "a", WholeLiteral(3))},
	{"a key below a run of lines", "[t]\nlong_key = 1\nb        = 1\n\n# other\nc  = 1\ndd = 1\n", "dd = 1\n", "dd = 1\ne  = 1\n", set("t", "e", WholeLiteral(1))},
	{"an entry where no signs stand under one another", "[[t]]\na = 1\nlong = 1\n", "long = 1\n", "long = 1\n\n[[t]]\nlong = 2\nb = 3\n", insert("t", "", "", num("long", "2"), num("b", "3"))},
	{"an entry like those of other tables", "[t]\na    = 1\nlong = 1\n", "long = 1\n", "long = 1\n\n[[u]]\nlong = 2\nb    = 3\n", insert("u", "", "", num("long", "2"), num("b", "3"))},
	{"tables not apart", "[[u]]\na = 1\n[[u]]\na = 2\n", "a = 2\n", "a = 2\n[[u]]\na = 3\n", insert("u", "", "", num("a", "3"))},
}

// What is asked for becomes of the text, and nothing else, however its lines end.
func TestEdit(t *testing.T) {
	for _, c := range editCases {
		for _, newline := range []string{"\n", "\r\n", "\r"} {
			if newline == "\r" && strings.Count(c.text, "\n")*strings.Count(c.new, "\n") == 0 {
				continue
			}
			for _, mark := range []string{"", "\uFEFF"} {
				lines := func(s string) string { return strings.ReplaceAll(s, "\n", newline) }
				want := strings.Replace(c.text, c.old, c.new, 1)
				if c.text == "" && newline != "\n" {
					continue
				}
				if got := edited(t, mark+lines(c.text), c.do); got != mark+lines(want) {
					t.Fatalf("%s (%q):\n%s\nwant\n%s", c.name, newline, got, want)
				}
			}
		}
	}
}

func TestEditRefuses(t *testing.T) {
	for _, c := range []struct {
		name, text string
		do         func(*Editor)
	}{
		{"an entry that is not there", blocks, remove("project[2]")},
		{"the top", blocks, remove("")},
		{"a table for a value", blocks, set("", "text", WholeLiteral(1))},
		{"a value for a table", blocks, set("amount_unit", "a", WholeLiteral(1))},
		{"a list for a table", blocks, insert("text", "", "", num("a", "1"))},
		{"another's sibling", blocks, insert("project", "", "project[0].line[0]", num("a", "1"))},
		{"no number", blocks, set("project[0]", "amount", NumberLiteral("1,000"))},
		{"more than a number", blocks, set("project[0]", "amount", NumberLiteral("1\nx = 2"))},
		{"a number with a remark", blocks, set("project[0]", "amount", NumberLiteral("1 # x"))},
		{"no text", blocks, set("project[0]", "name", TextLiteral("\xff"))},
		{"a remark on nothing", blocks, remark("project[0]", "x", "x")},
		{"a remark within a row", rows, remark("basic[0]", "n", "x")},
		{"an entry in one that is taken away", blocks, both(remove("project[0]"), insert("project.line", "project[0]", "", txt("a", "x")))},
		{"a sibling in one that is taken away", blocks, both(insert("project.line", "project[0]", "project[0].line[0]", txt("a", "x")), remove("project[0]"))},
		{"a value in one that is taken away", rows, both(remove("basic[0]"), set("basic[0]", "a", WholeLiteral(1)))},
		{"a remark on the top", rows, remark("", "", "x")},
	} {
		if got, err := tryEdit(c.text, c.do); err == nil {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestEditRefusesBrokenFiles(t *testing.T) {
	for _, text := range []string{"a = 1,000\n", "a = “x”\n", "a = 1\na = 2\n", "a = \"\xff\xff\"\n"} {
		_, err := tryEdit(text, set("", "b", WholeLiteral(1)))
		var broken *Broken
		if !errors.As(err, &broken) || broken.Path != fileName {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestEditMakesFiles(t *testing.T) {
	f := NewFile("new/b.toml", "# 基本支出\n\namount_unit = \"万元\"\n")
	e := Edit([]*File{f, parsed(t, "a = 1\n")})
	form := e.Insert("new/b.toml", "form", "", "", []KeyValue{txt("kind", "甲")})
	goal := e.Insert("new/b.toml", "form.goal", form, "", []KeyValue{txt("name", "一")})
	e.Insert("new/b.toml", "form.goal", form, goal, []KeyValue{txt("name", "三")})
	e.Set("new/b.toml", form+".fields", "reason", TextLiteral("一\n二"))
	e.Remark("new/b.toml", goal, "", "first")
	e.Set("c.toml", "", "x", WholeLiteral(1))
	list, err := e.Done()
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	want := "# 基本支出\n\namount_unit = \"万元\"\n\n[[form]]\nkind = \"甲\"\n\n[form.fields]\nreason = '''\n一\n二'''\n\n[[form.goal]] # first\nname = \"一\"\n\n[[form.goal]]\nname = \"三\"\n"
	if list[0].Path != "c.toml" || string(list[0].After) != "x = 1\n" || list[0].Before != nil || string(list[1].After) != want || list[1].Before != nil {
		t.Errorf("%s\n%s", list[0].After, list[1].After)
	}
}

// What was typed in another encoding is written as UTF-8, with all that it says.
func TestEditWritesUTF8(t *testing.T) {
	text := "# 说明\r\n[text]\r\na = \"武昌区\" # 注\r\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range [][]byte{gbk, wide, []byte(text)} {
		f, _ := Parse(fileName, raw)
		e := Edit([]*File{f})
		e.Set(fileName, "text", "b", TextLiteral("乙"))
		list, err := e.Done()
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if got := list[0]; string(got.After) != text+"b = \"乙\"\r\n" || got.Converted == (string(raw) == text) || string(got.Before) != string(raw) {
			t.Errorf("%v %q", got.Converted, got.After)
		}
	}
}

// A text whose bytes are likely another encoding comes back: the file says by its mark that it is UTF-8.
func TestEditMarksWhatLooksLikeAnotherEncoding(t *testing.T) {
	const odd = "ԱԲԳԴԵԶԷԸԹ"
	got := edited(t, "a = 1\n", set("", "b", TextLiteral(odd)))
	if f := parsed(t, got); got != "\uFEFFa = 1\nb = \""+odd+"\"\n" || f.Source[0] != 'a' {
		t.Errorf("%q", got)
	}
}

func TestPatches(t *testing.T) {
	f, _ := Parse(fileName, []byte(blocks))
	e := Edit([]*File{f})
	for _, do := range []func(*Editor){
		set("project[0]", "name", TextLiteral("丙")), set("project[0]", "new", WholeLiteral(1)), unset("project[1]", "name"), remark("project[0]", "name", "注"),
		set("project[1]", "texts", TextsLiteral([]string{"a", "c"})), insert("project", "", "", txt("name", "丁")), remove("project[0].line[0]"),
	} {
		do(e)
	}
	list, err := e.Done()
	if err != nil || len(list) != 1 || list[0].File == nil {
		t.Fatal(list, err)
	}
	want := []Patch{
		{SetValue, 6, "project", "project[0]", "name", "甲", "丙"},
		{SetRemark, 6, "project", "project[0]", "name", "named", "注"},
		{AddValue, 7, "project", "project[0]", "new", "", "1"},
		{DropEntry, 9, "project.line", "project[0].line[0]", "", "[[project.line]]\nfund = 'p'", ""},
		{DropValue, 14, "project", "project[1]", "name", "乙", ""},
		{SetValue, 15, "project", "project[1]", "texts", "a\nb", "a\nc"},
		{AddEntry, 15, "project", "project[+1]", "", "", "[[project]]\nname = \"丁\""},
	}
	for i, p := range list[0].Patches {
		if i >= len(want) || p != want[i] {
			t.Errorf("%+v", p)
		}
	}
	if len(list[0].Patches) != len(want) {
		t.Errorf("%d patches", len(list[0].Patches))
	}
}

// Changing every row of a long list takes memory in proportion to it.
func TestEditManyRows(t *testing.T) {
	text := func(n int) string {
		return "basic = [\n" + strings.Repeat("  { function = \"2010301\", economic = \"30101\", amount =  194600.00 }, # 备注\n", n) + "]\n"
	}
	allocated := func(n int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f, _ := Parse(fileName, []byte(text(n)))
		e := Edit([]*File{f})
		for i := range n {
			address := fmt.Sprintf("basic[%d]", i)
			e.Set(fileName, address, "amount", NumberLiteral("5"))
			e.Remark(fileName, address, "", "乙")
			e.Insert(fileName, "basic", "", address, []KeyValue{num("amount", "7")})
		}
		if _, err := e.Done(); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	allocated(10)
	if small, large := allocated(400), allocated(1600); large > 6*small {
		t.Errorf("400 rows take %d bytes, 1600 take %d", small, large)
	}
}
