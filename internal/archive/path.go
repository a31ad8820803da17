package archive

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"yusuan/internal/filename"
)

// maxFolders bounds the paths that a document carries.
const maxFolders = 8

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
		parts[i] = filename.Plain(s)
	}
	return strings.Join(parts, "/")
}
