package xlsx

import (
	"strings"
	"unicode/utf16"
)

// mostName is how many UTF-16 units the name of a sheet may have.
const mostName = 31

// noName are the characters that no name of a sheet has, beside others that look like them.
var noName = strings.NewReplacer("[", "［", "]", "］", ":", "：", "*", "＊", "?", "？", "/", "／", `\`, "＼", "'", "’")

// SheetName is a name as a sheet may have it, cut where it is too long with the tail behind it.
func SheetName(name, tail string) string {
	return Cut(noName.Replace(name), mostName-len(utf16.Encode([]rune(tail)))) + tail
}

// Cut is a text of at most so many UTF-16 units.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > most {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}
