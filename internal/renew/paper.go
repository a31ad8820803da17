package renew

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/source"
)

// Words by which remarks about a finished document are known in a folder that was read from it.
const (
	// Paper is in each of them, and is the document.
	Paper = "原件"
	// Placed is in the head of each file, whose remarks say where their values are printed.
	Placed = "行末写着印在哪里"
)

// leavePaper makes the remarks of a file that was read from a document those of a year later: a value that goes takes along where
// it was printed and what was doubtful of it, as there is nothing left to compare; what is said of words that stay names the year of
// the document. Remarks of people stay. A file that was not read is as it was.
func leavePaper(f *source.File, year int) *source.File {
	if !strings.Contains(string(f.Source), Placed) {
		return f
	}
	var out []byte
	at := 0
	old := fmt.Sprintf("%d年%s", year, Paper)
	changing := changed(f)
	for _, s := range f.Stretches() {
		if !s.Comment {
			continue
		}
		text, from := string(f.Source[s.Start:s.End]), s.Start
		line := strings.LastIndexByte(string(f.Source[:s.Start]), '\n') + 1
		alone := strings.TrimSpace(string(f.Source[line:s.Start])) == ""
		switch head, _, isHead := strings.Cut(text, "。"+Placed); {
		case isHead:
			text = fmt.Sprintf("%s（%d年的公开文件）。行末的“%s”就是它。", head, year, old)
		case alone && !strings.HasPrefix(text, "# 以下是"+Paper): // sentences of the document
		case !slices.ContainsFunc(changing, func(l source.Leaf) bool { return line <= l.End && l.End <= s.Start }):
			text = strings.Replace(text, Paper, old, 1)
		case strings.Contains(text, Paper):
			if text = withoutPaper(text); text == "" {
				from = line + len(strings.TrimRight(string(f.Source[line:s.Start]), " \t"))
			}
		}
		out = append(append(out, f.Source[at:from]...), text...)
		at = s.End
	}
	done, diags := source.Parse(f.Path, append(out, f.Source[at:]...))
	if diags.HasErrors() {
		return f // whoever rolls it says what is wrong
	}
	return done
}

// withoutPaper is a comment without its parts that speak of the document, "" where there are no others.
func withoutPaper(comment string) string {
	parts := slices.DeleteFunc(strings.Split(comment, "　"), func(s string) bool { return strings.Contains(s, Paper) })
	return strings.Join(parts, "　")
}

// changed are the values that do not stay as they are.
func changed(f *source.File) []source.Leaf {
	return slices.DeleteFunc(f.Leaves(), func(l source.Leaf) bool { return !cleared(l.Path) && !dated(l.Path) })
}

// dated reports whether a value goes a year on.
func dated(path []string) bool {
	return path[0] == "department" && slices.Contains([]string{"year", "date", "assets_as_of"}, path[len(path)-1])
}
