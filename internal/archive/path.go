package archive

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of the paths that a document carries.
const (
	maxFolders = 8
	maxName    = 255 // bytes, as file systems have it
)

// allowed reports whether a path of an archive may be written to a disk: below one of its own folders, not too deep, no
// file of other programs' settings, and every name one that any system takes for a plain file.
func allowed(p string) bool {
	if p == ReadmeName {
		return true
	}
	parts := strings.Split(p, "/")
	extensions := extensionsIn[parts[0]]
	return fs.ValidPath(p) && utf8.ValidString(p) && plainPath(p) == p && len(parts) > 1 && slices.Contains(extensions, strings.ToLower(path.Ext(p)))
}

// extensionsIn are the folders of an archive with the kinds of files that lie there.
var extensionsIn = map[string][]string{
	dataFolder: {".toml"}, TemplatesFolder: {".toml", ".tmpl"}, catalogueFolder: {".csv"}, tablesFolder: {".csv", ".json"},
}

// plainPath is a path whose every name is fit for any file system: what extract writes must not lead elsewhere on
// Windows either, where \ and : separate too. Folders beyond the eighth become part of the name.
func plainPath(p string) string {
	parts := strings.Split(p, "/")
	if len(parts) > maxFolders+1 {
		parts = append(parts[:maxFolders:maxFolders], strings.Join(parts[maxFolders:], "_"))
	}
	for i, s := range parts {
		parts[i] = plainName(s)
	}
	return strings.Join(parts, "/")
}

// plainName is a name without what separates folders, hides a file, turns the text round, or names a device.
func plainName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			return '_'
		}
		return r
	}, s)
	if s == "" || s[0] == '.' {
		s = "_" + strings.TrimPrefix(s, ".")
	}
	if last := s[len(s)-1]; last == '.' || last == ' ' { // Windows leaves them out, and so takes the name for another
		s = s[:len(s)-1] + "_"
	}
	if device(s) {
		s = "_" + s
	}
	if len(s) > maxName {
		ext := path.Ext(s)
		if len(ext) > 8 {
			ext = ""
		}
		cut := maxName - len(ext)
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + ext
	}
	return s
}

// device reports whether Windows takes a name for that of a device, whatever ends it.
func device(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	base = strings.TrimRight(base, " ")
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}, base) {
		return true
	}
	rest, ok := strings.CutPrefix(base, "COM")
	if !ok {
		rest, ok = strings.CutPrefix(base, "LPT")
	}
	return ok && utf8.RuneCountInString(rest) == 1 && strings.ContainsAny(rest, "0123456789¹²³")
}
