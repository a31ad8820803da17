package cli

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// initialBounds are the first codes of GB 2312 whose characters are read with each initial: its common characters stand in the
// order of pinyin. No reading begins with i, u or v.
var initialBounds = []struct {
	code   int
	letter byte
}{{0xB0A1, 'a'}, {0xB0C5, 'b'}, {0xB2C1, 'c'}, {0xB4EE, 'd'}, {0xB6EA, 'e'}, {0xB7A2, 'f'}, {0xB8C1, 'g'}, {0xB9FE, 'h'}, {0xBBF7, 'j'}, {0xBFA6, 'k'},
	{0xC0AC, 'l'}, {0xC2E8, 'm'}, {0xC4C3, 'n'}, {0xC5B6, 'o'}, {0xC5BE, 'p'}, {0xC6DA, 'q'}, {0xC8BB, 'r'}, {0xC8F6, 's'}, {0xCBFA, 't'}, {0xCDDA, 'w'},
	{0xCEF4, 'x'}, {0xD1B9, 'y'}, {0xD4D1, 'z'}, {0xD7FA, 0}}

// initials are the first letters of how the common characters of a text are read, for finding it: 住建局 is zjj. Of a character
// with several readings it is that of the most usual one; others than Chinese characters stay.
func initials(text string) string {
	var b strings.Builder
	coder := simplifiedchinese.GBK.NewEncoder()
	for _, c := range text {
		if c < unicode.MaxASCII {
			b.WriteRune(unicode.ToLower(c))
			continue
		}
		raw, err := coder.String(string(c))
		if err != nil || len(raw) != 2 {
			continue
		}
		code := int(raw[0])<<8 | int(raw[1])
		for i := len(initialBounds) - 1; i >= 0; i-- {
			if code >= initialBounds[i].code {
				if l := initialBounds[i].letter; l != 0 {
					b.WriteByte(l)
				}
				break
			}
		}
	}
	return b.String()
}
