package character

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Initials are the first letters of the pinyin of a text, by which people who type look for names: 办公费 is bgf. Characters that
// have several readings have the usual one; those that are not usual have none, nor have signs.
func Initials(s string) string {
	var b strings.Builder
	gb := simplifiedchinese.GBK.NewEncoder()
	for _, r := range s {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Han, r):
			if x, err := gb.Bytes([]byte(string(r))); err == nil && len(x) == 2 {
				b.WriteString(initial(int(x[0])<<8 | int(x[1])))
			}
		}
	}
	return b.String()
}

// initial is the first letter of the pinyin of a code of GB 2312, whose first level, the usual characters, is in the order of their
// pinyin; "" for one elsewhere.
func initial(code int) (letter string) {
	if code > 0xd7f9 || code&0xff < 0xa1 {
		return ""
	}
	for _, x := range initials {
		if code < x.first {
			break
		}
		letter = x.letter
	}
	return letter
}

// initials are the first codes of the first level under each letter.
var initials = []struct {
	first  int
	letter string
}{
	{0xb0a1, "a"}, {0xb0c5, "b"}, {0xb2c1, "c"}, {0xb4ee, "d"}, {0xb6ea, "e"}, {0xb7a2, "f"}, {0xb8c1, "g"}, {0xb9fe, "h"}, {0xbbf7, "j"}, {0xbfa6, "k"},
	{0xc0ac, "l"}, {0xc2e8, "m"}, {0xc4c3, "n"}, {0xc5b6, "o"}, {0xc5be, "p"}, {0xc6da, "q"}, {0xc8bb, "r"}, {0xc8f6, "s"}, {0xcbfa, "t"}, {0xcdda, "w"},
	{0xcef4, "x"}, {0xd1b9, "y"}, {0xd4d1, "z"},
}
