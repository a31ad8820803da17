package source

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/internal/character"
)

// decodeOne reads one text under a key of free text.
func decodeOne(t *testing.T, literal string) (String, string) {
	t.Helper()
	v, d := decode(t, head+"[text]\na = "+literal+"\n")
	var told []string
	for _, x := range d {
		told = append(told, strings.TrimPrefix(x.At.String(), "a.toml:")+" "+x.Rule+" "+x.Message)
	}
	if len(v.Text) != 1 {
		t.Fatalf("%s: %v", literal, told)
	}
	return v.Text[0].Value, strings.Join(told, "|")
}

func TestReadingSays(t *testing.T) {
	for _, c := range []struct{ literal, read, told string }{
		{"\"甲\"", "甲", ""},
		{"'''\n　　甲。\n\n　　乙。\n'''", "甲。\n\n　　乙。", ""},
		{"\"甲\u200b乙\u200b丙\"", "甲乙丙", "5:7 填报-014 “a”第2个字是 U+200B 零宽空格，删去（共 2 处）"},
		{"\"甲\u00a0⽅\u2028乙\"", "甲 方\n乙", "5:8 填报-013 “a”第3个字是“⽅”（U+2F45 康熙部首），应为“方”（U+65B9）|5:7 填报-014 “a”第2个字是 U+00A0 不换行空格，改成普通空格或删去；第4个字是 U+2028 行分隔符，按换行印"},
		{"\"\\uE81E\\uF0B7\uFFFD\"", "龴〓〓", "5:6 填报-013 “a”第1个字是 U+E81E 私用字符，应为“龴”（U+9FB4）；第2个字是 U+F0B7 符号字体的项目符号，别的电脑上没有这个字，改成通用的字或删去；第3个字是 U+FFFD 损坏的字符，原来的字已经丢失，重新输入"},
		{"\"⺪\"", "⺪", "5:6 填报-013 “a”第1个字是“⺪”（U+2EAA 部首），不是汉字，改成所要的汉字"},
		{"\"葛\U000E0100城\"", "葛城", "5:7 填报-014 “a”第2个字是 U+E0100 字形选择符，不起作用，按前一个字的通常字形印"},
		{"'''甲\t乙\n\t丙'''", "甲 乙\n\t丙", "5:9 填报-012 “a”第2个字是 U+0009 制表符，改成空格或删去"},
		{"\"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\"", "", "5:6 填报-012 “a”第1个字是 U+0001 控制字符，删去；第2个字是 U+0002 控制字符，删去；第3个字是 U+0003 控制字符，删去；第4个字是 U+0004 控制字符，删去；第5个字是 U+0005 控制字符，删去；还有 2 种"},
	} {
		s, told := decodeOne(t, c.literal)
		if s.V != c.read || told != c.told {
			t.Errorf("%s is read as %q, want %q\n%s\nwant\n%s", c.literal, s.V, c.read, told, c.told)
		}
	}
}

// What was mended keeps its places: each character that is read is where it was typed.
func TestMendedTextsKeepPlaces(t *testing.T) {
	pieces := []string{"甲", "乙", "a", " ", "\u200b", "\u00a0", "⽅", "\uf9dc", "\ue81e", "\ufeff", "\U000E0101", "\U0002F800", "\u3000"}
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		var sb strings.Builder
		for range r.IntN(8) {
			sb.WriteString(pieces[r.IntN(len(pieces))])
		}
		typed := sb.String()
		literal := "\"" + typed + "\""
		if r.IntN(2) == 0 {
			literal = strconv.QuoteToASCII(typed)
		}
		s, _ := decodeOne(t, literal)
		if want := strings.TrimSpace(character.Mended(strings.Trim(typed, " \u00a0\u3000"))); strings.TrimSpace(s.V) != want {
			t.Fatalf("%q is read as %q, want %q", typed, s.V, want)
		}
		last := int32(0)
		for i, c := range s.V {
			at := s.Line(i)
			raw := string(s.file.Source[at.Start.Offset:at.End.Offset])
			if strings.HasPrefix(raw, `\`) {
				raw, _ = strconv.Unquote("\"" + raw + "\"")
			}
			from, _ := utf8.DecodeRuneInString(raw)
			if at.Start.Offset <= last || character.Instead(from) != string(c) {
				t.Fatalf("%s: %c of %q is said to be typed as %q, at %v", literal, c, s.V, raw, at)
			}
			last = at.Start.Offset
		}
	}
}

// TestForgedMarks: what compose marks texts with cannot be typed.
func TestForgedMarks(t *testing.T) {
	v, d := decode(t, head+"[text]\n\"a\\u000E0\\u000F\" = \"甲\\u000E9\\u000F乙\\u000E\\u000F\"\n")
	if len(d) != 2 || v.Text[0].Key.V != "a0" || v.Text[0].Value.V != "甲9乙" {
		t.Errorf("%+v %+v", v.Text, d)
	}
}

// Unquoted words and keys are told as they should be written.
func TestOddUnquotedWords(t *testing.T) {
	for src, want := range map[string]string{
		"a = 堤防⽅案\n":          `写成 "堤防方案"`,
		"a = ⽅案\n":            `写成 "方案"`,
		"a = 堤防\u200b维护\n":    `写成 "堤防维护"`,
		"⽅案 = 1\n":            `改用英文键名；自拟的栏目名称要加英文引号，如 "方案"`,
		"a\u200b = 1\n":       "删去它，或改用半角空格",
		"[[project\u200b]]\n": "删去它，或改用半角空格",
	} {
		_, d := Parse("f.toml", []byte(src))
		if l := d.Sorted(); len(l) != 1 || l[0].Hint != want {
			t.Errorf("%q: %+v, want hint %s", src, l, want)
		}
	}
	_, d := Parse("f.toml", []byte("a\u200b = 1\n"))
	if l := d.Sorted(); !strings.Contains(l[0].Message, "U+200B 零宽空格") {
		t.Errorf("%+v", l)
	}
}

// Keys that look like known ones are suggested, with the character that differs.
func TestOddKeys(t *testing.T) {
	for key, want := range map[string]string{
		"\"note\u200b\"": "是不是“备注”（note）（这里的第5个字是 U+200B 零宽空格，多了）",
		"ｎｏｔｅ":           "是不是“备注”（note）（第1个字，这里是全角“ｎ”，它是“n”（字母））",
		"\"nоte\"":       "是不是“备注”（note）（第2个字，这里是“о”（U+043E 俄文字母），它是“o”（字母））",
	} {
		_, d := decode(t, key+" = \"x\"\n"+head)
		found := false
		for _, x := range d {
			found = found || x.Rule == ruleUnknown && x.Hint == want
		}
		if !found {
			t.Errorf("%s: %+v, want %s", key, d, want)
		}
	}
}

// Numbers, dates and units in quotation marks are read as texts are.
func TestOddFigures(t *testing.T) {
	for _, c := range []struct{ field, want, told string }{
		{"amount = \"1\u200b00\"", "100", "填报-013 第2个字是 U+200B 零宽空格，删去"},
		{"amount = \"１２．５万元\"", "125000", "填报-013 第1个字起是全角的“１２．５”，像是“12.5”"},
		{"amount = \"1O0\"", "100", "填报-013 第2个字是“O”（U+004F），像是数字“0”"},
		{"amount = \"\u00a01,234 \"", "1234", "填报-011 的两端有空格或换行，已去掉"},
		{"amount = \"1,234\"", "1234", ""},
	} {
		v, d := decode(t, head+"[[unit]]\ncode = \"1\"\n"+c.field+"\n")
		told := ""
		for _, x := range d {
			told += x.Rule + " " + strings.TrimPrefix(x.Message, "“金额”（amount）")
		}
		if got := v.Units[0].Amount.String(); got != c.want || told != c.told {
			t.Errorf("%s is %s, want %s; told %s", c.field, got, c.want, told)
		}
	}
	v, d := decode(t, "amount_unit = \"万元\u200b\"\n"+head+"date = \"2026年２月1日\"\n[[unit]]\ncode = \"1\"\namount = 1\n")
	if len(d) != 2 || d[0].Rule != ruleCharacter || d[1].Rule != ruleCharacter || v.Department.Date.Time.Format("2006-01-02") != "2026-02-01" || v.Units[0].Amount.String() != "10000" {
		t.Errorf("%+v %+v", v, d)
	}
}
