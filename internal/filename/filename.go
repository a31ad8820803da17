// Package filename makes names of files from what authors typed: names of departments and units, words of packs. Every
// file that is named after data gets its name here.
package filename

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/character"
)

// Most is the longest name in bytes that Linux takes; Windows and macOS take longer Chinese ones.
const Most = 255

// Unnamed stands for words of which nothing is left.
const Unnamed = "未命名"

// TooLong says that a name has more bytes than file systems take.
type TooLong struct{ Name string }

func (e *TooLong) Error() string {
	return fmt.Sprintf("文件名“%s…”有 %d 字节（一个汉字 3 字节），文件系统最多 %d 字节；缩短名称，或在模板的 file_name 里用简称", beginning(e.Name), len(e.Name), Most)
}

// beginning is as much of a name as tells it from others.
func beginning(s string) string {
	const most = 30
	r := []rune(s)
	return string(r[:min(most, len(r))])
}

// Of makes one name of words, with an extension such as ".pdf".
func Of(words, ext string) (string, error) { return Path([]string{words}, ext) }

// Path makes the name of a file in folders, with slashes between them. What of the parts comes to nothing is left out.
// A slash within a part makes no folder.
func Path(parts []string, ext string) (string, error) {
	var names []string
	for _, s := range parts {
		if s = plain(s); s != "" {
			names = append(names, s)
		}
	}
	if len(names) == 0 {
		names = []string{Unnamed}
	}
	names[len(names)-1] += ext
	for i, s := range names {
		if names[i] = free(s); len(names[i]) > Most {
			return "", &TooLong{names[i]}
		}
	}
	return strings.Join(names, "/"), nil
}

// Plain is words as one name of a path, for names that nobody chose to type: words of which nothing is left become a line,
// and what is too long is cut before its extension.
func Plain(words string) string {
	s := free(cmp.Or(plain(words), "_"))
	if len(s) <= Most {
		return s
	}
	ext := path.Ext(s)
	if len(ext) > longestExt {
		ext = ""
	}
	cut := Most - len(ext)
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strings.TrimRight(s[:cut], ". \u3000") + ext
}

// longestExt is the longest end of a name that tells of what kind the file is.
const longestExt = 8

// plain leaves out what a name may not have: what separates folders or means something to Windows, what instructs a
// terminal or turns the direction of reading, what cannot be seen, and blanks and points at the ends.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch character.KindOf(r) {
		case character.Break, character.Tab, character.Control, character.Invisible, character.Unusable:
			b.WriteByte('_')
		case character.Selector: // the character before it stays
		case character.Blank:
			b.WriteByte(' ')
		default:
			if strings.ContainsRune(`/\:*?"<>|`, r) {
				r = '_'
			}
			b.WriteRune(r)
		}
	}
	return strings.Trim(b.String(), ". \u3000")
}

// devices are the names that are devices for Windows, with any extension.
var devices = []string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}

// ASCII is the id of a table as part of a name that every program reads: small letters, digits, - and _; what else is there
// becomes a line, or its number.
func ASCII(id string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(id) {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r == '-', r == '_':
			b.WriteRune(r)
		case r < 0x80:
			b.WriteByte('_')
		default:
			fmt.Fprintf(&b, "u%04x", r)
		}
	}
	return b.String()
}

// Unfit says in Chinese why a name that somebody typed makes no file on some system, "" for one that does: what Windows takes
// for a device, for a stream beside the file, or drops at the end, would be written and not found.
func Unfit(name string) string {
	if i := strings.IndexAny(name, `:*?"<>|`); i >= 0 {
		return "有“" + name[i:i+1] + "”，Windows 的文件名里不能有"
	}
	if strings.TrimRight(name, ". ") != name {
		return "以点或空格结尾，Windows 会丢掉"
	}
	if base, _, _ := strings.Cut(name, "."); isDevice(strings.ToUpper(strings.TrimRight(base, " "))) {
		return "是 Windows 的设备名"
	}
	return ""
}

// free keeps a name from being that of a device.
func free(name string) string {
	base, rest, found := strings.Cut(name, ".")
	if !isDevice(strings.ToUpper(strings.TrimRight(base, " "))) {
		return name
	}
	if found {
		rest = "." + rest
	}
	return base + "_" + rest
}

func isDevice(s string) bool {
	if slices.Contains(devices, s) {
		return true
	}
	digit, ok := strings.CutPrefix(s, "COM")
	if !ok {
		digit, ok = strings.CutPrefix(s, "LPT")
	}
	r := []rune(digit)
	return ok && len(r) == 1 && strings.ContainsRune("0123456789¹²³", r[0])
}
