package filename

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestOf(t *testing.T) {
	for words, want := range map[string]string{
		"槐安区第1档案馆2026年部门预算": "槐安区第1档案馆2026年部门预算.pdf",
		"/etc/x":         "_etc_x.pdf",
		"../../x局":       "_.._x局.pdf",
		"某市A/B局":         "某市A_B局.pdf",
		`C:\windows`:     "C__windows.pdf",
		"甲*乙?丙|丁":        "甲_乙_丙_丁.pdf",
		"局\n名\t称\x1b[2J": "局_名_称_[2J.pdf",
		"甲\u202Efdp.乙":   "甲_fdp.乙.pdf",
		"甲\u200B乙\uFEFF": "甲_乙_.pdf",
		"葛\U000E0100城":   "葛城.pdf",
		"甲\u00A0乙":       "甲 乙.pdf",
		" ... ":          "未命名.pdf",
		"":               "未命名.pdf",
		".":              "未命名.pdf",
		".. 局 .":         "局.pdf",
		"con":            "con_.pdf",
		"Aux.局":          "Aux_.局.pdf",
		"COM1":           "COM1_.pdf",
		"lpt³":           "lpt³_.pdf",
		"COM10":          "COM10.pdf",
		"nul ":           "nul_.pdf",
		"console":        "console.pdf",
		"\xFF局":          "_局.pdf",
	} {
		if got, err := Of(words, ".pdf"); err != nil || got != want {
			t.Errorf("%q becomes %q, want %q (%v)", words, got, want, err)
		}
	}
}

func TestPath(t *testing.T) {
	for _, c := range []struct {
		parts []string
		want  string
	}{
		{[]string{"2026", "某市A/B局"}, "2026/某市A_B局.pdf"}, {[]string{"", "甲"}, "甲.pdf"}, {[]string{"..", "甲"}, "甲.pdf"},
		{[]string{"con", "甲"}, "con_/甲.pdf"}, {[]string{"甲", ""}, "甲.pdf"}, {nil, "未命名.pdf"}, {[]string{"甲\\", "nul.x"}, "甲_/nul_.x.pdf"},
	} {
		if got, err := Path(c.parts, ".pdf"); err != nil || got != c.want {
			t.Errorf("%q becomes %q, want %q (%v)", c.parts, got, c.want, err)
		}
	}
}

func TestTooLong(t *testing.T) {
	fits := strings.Repeat("长", 83) + "ab" // 251 bytes
	if got, err := Of(fits, ".pdf"); err != nil || len(got) != Most {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	var long *TooLong
	if got, err := Of(fits+"c", ".pdf"); got != "" || !errors.As(err, &long) || !strings.Contains(err.Error(), "有 256 字节") || !strings.Contains(err.Error(), "最多 255 字节") {
		t.Errorf("%q %v", got, err)
	}
	if _, err := Path([]string{fits + "abcdefgh", "甲"}, ".pdf"); !errors.As(err, &long) {
		t.Errorf("a long folder: %v", err)
	}
}

// FuzzFileName: whatever is typed, its name is one name that every file system takes and every terminal shows as it is.
func FuzzFileName(f *testing.F) {
	for _, s := range []string{"", "某市A/B局", "../../x", "con.x", "甲\u202E乙", "a\x00b", "COM¹", "\xFF", " . ", strings.Repeat("长", 90), strings.Repeat(".", 300), strings.Repeat("长 ", 80) + ".toml", "a." + strings.Repeat("b ", 200)} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, folder, words string) {
		name, err := Path([]string{folder, words}, ".pdf")
		if err != nil {
			var long *TooLong
			if name != "" || !errors.As(err, &long) || len(long.Name) <= Most || !utf8.ValidString(err.Error()) {
				t.Fatalf("%q %v", name, err)
			}
			return
		}
		parts := strings.Split(name, "/")
		if len(parts) > 2 || !strings.HasSuffix(name, ".pdf") {
			t.Fatalf("%q", name)
		}
		for i, s := range parts {
			holds(t, s)
			if last := i == len(parts)-1; Plain(s) != s && !last || last && Plain(strings.TrimSuffix(s, ".pdf")+".pdf") != s {
				t.Errorf("%q becomes another name when it is named again: %q", s, Plain(s))
			}
		}
		p := Plain(words)
		if holds(t, p); len(p) > Most || Plain(p) != p {
			t.Errorf("%q is too long or becomes another name: %q", p, Plain(p))
		}
	})
}

// holds that a name leads nowhere else, is no device and shows what it is.
func holds(t *testing.T, s string) {
	t.Helper()
	base, _, _ := strings.Cut(s, ".")
	switch {
	case s == "" || s == "." || s == ".." || strings.HasSuffix(s, ".") || strings.HasSuffix(s, " ") || strings.HasPrefix(s, "."):
		t.Errorf("%q is hidden, empty or leads elsewhere", s)
	case !utf8.ValidString(s) || strings.ContainsAny(s, `/\:*?"<>|`):
		t.Errorf("%q has a character that separates or that is none", s)
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) }):
		t.Errorf("%q has a control", s)
	case isDevice(strings.ToUpper(strings.TrimSpace(base))):
		t.Errorf("%q is a device", s)
	}
}

// TestUnfit: a name that is made here (Plain) always fits; one that Windows would take for something else is told.
func TestUnfit(t *testing.T) {
	for _, name := range []string{"a.pdf", "公开.tar.gz", "CONTENT.html", "com10.pdf", ".hidden", "a b.pdf", "（公开）“1”.pdf"} {
		if why := Unfit(name); why != "" {
			t.Errorf("%s: %s", name, why)
		}
	}
	for _, name := range []string{"CON.html", "nul", "Lpt1 .xlsx", "a:b.pdf", "什么?.pdf", "a<b>.pdf", `"a".pdf`, "a|b", "a.pdf.", "a.pdf "} {
		if Unfit(name) == "" {
			t.Errorf("%s is said to fit", name)
		}
		if why := Unfit(Plain(name)); why != "" {
			t.Errorf("%s became %s: %s", name, Plain(name), why)
		}
	}
}
