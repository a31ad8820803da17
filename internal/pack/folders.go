package pack

import "strings"

// FolderMark stands in a file's name where the pack itself wrote a slash: one that a department's name brings along makes no
// folder.
const FolderMark = "\x1c"

// markFolders puts the mark for the slashes outside of placeholders.
func markFolders(s string) string {
	var b strings.Builder
	for s != "" {
		from := strings.Index(s, "{{")
		if from < 0 {
			from = len(s)
		}
		b.WriteString(strings.ReplaceAll(s[:from], "/", FolderMark))
		s = s[from:]
		to := len(s)
		if end := strings.Index(s, "}}"); end >= 0 {
			to = end + len("}}")
		}
		b.WriteString(s[:to])
		s = s[to:]
	}
	return b.String()
}
