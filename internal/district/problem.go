package district

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// Rules of what a bureau writes of its district and its reviews; check/rule_loading.go describes them. They are never
// renumbered.
const (
	ruleListedTwice = "批量-008" // a code twice in the roster
	ruleNoData      = "批量-009" // a department of the roster without data
	ruleNotListed   = "批量-010" // data of a department that the roster has not
	ruleNamed       = "批量-011" // called otherwise in the roster than in its data
	ruleTooEarly    = "批量-012" // published before the budgets were approved
	ruleOrder       = "批量-013" // published before it was reviewed
	ruleTooLate     = "批量-014" // published after the deadline
	ruleElsewhere   = "批量-015" // a roster or review that is not read where it lies, or by its name
)

// Problem is what is wrong with the roster or a review, or with what they say of the data.
type Problem struct {
	Rule       string
	Department string // path below the root, "" where it is none's alone
	At         string // file and line, below the root
	Message    string
	Hint       string
	Error      bool
}

// mostBytes bounds a roster or a review; a roster of ten thousand departments takes a megabyte.
const mostBytes = source.MaxFile

// readOne reads a file that need not be there. raw is nil of one that is not, or that is not read, which diags then tell. what is
// what it is called.
func readOne(fsys fs.FS, name, what string) (raw []byte, diags diag.List, err error) {
	_, missing := fs.Stat(fsys, name)
	diags = misnamed(fsys, name, what, missing == nil)
	if errors.Is(missing, fs.ErrNotExist) {
		return nil, diags, nil
	}
	d, unfit, err := source.Unfit(fsys, name, mostBytes)
	switch {
	case err != nil:
		return nil, diags, fmt.Errorf("读不出 %s：%w", name, err)
	case unfit:
		diags.Add(d)
		return nil, diags, nil
	}
	if raw, err = fs.ReadFile(fsys, name); err != nil {
		return nil, diags, fmt.Errorf("读不出 %s：%w", name, err)
	}
	return append([]byte{}, raw...), diags, nil
}

// misnamed tells of files beside one, or in its place, that somebody meant to be it: nobody would read them, and no step of a review
// would show. there is whether the file itself is; where case does not count it may be listed in another.
func misnamed(fsys fs.FS, name, what string, there bool) (diags diag.List) {
	base := path.Base(name)
	entries, err := fs.ReadDir(fsys, path.Dir(name))
	if err != nil {
		return diags // who needs the folder tells
	}
	own := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == base })
	for _, e := range entries {
		other := e.Name()
		if other == base || e.IsDir() || !meant(other, base) || there && !own && strings.EqualFold(other, base) {
			continue
		}
		d := diag.Diagnostic{Rule: ruleElsewhere, Level: diag.Warning, At: diag.Range{File: path.Join(path.Dir(name), other)},
			Message: "文件名不是 " + base + "，这份" + what + "没有读", Hint: "要读的，改名为 " + base + "；用不着的移到别处"}
		if other == base+".txt" {
			d.Message = "文件名以 .toml.txt 结尾，这份" + what + "没有读"
			d.Hint = "改名为 " + base + "（资源管理器的“查看”里先选上“文件扩展名”）"
		}
		diags.Add(d)
	}
	return diags
}

// meant reports whether a file was likely meant to be another: a TOML file that has its word in its name, or one that is nearly it.
func meant(name, other string) bool {
	letters := func(s string) string {
		s, _, _ = strings.Cut(strings.ToLower(s), ".")
		return strings.Map(func(r rune) rune {
			if r < 'a' || r > 'z' {
				return -1
			}
			return r
		}, s)
	}
	if !strings.Contains(strings.ToLower(name), ".toml") {
		return false
	}
	own, word := letters(name), letters(other)
	_, near := diag.Closest(own, []string{word})
	return strings.Contains(own, word) || own != "" && near
}

// problems are diagnostics as a list that is kept: with places for those who have not the disk, errors first. Notes are left out.
func problems(list diag.List, root, department string) (out []Problem) {
	for _, d := range list.Sorted() {
		if d.Level == diag.Note {
			continue
		}
		message := d.Message
		if d.Stated != "" {
			message += "：" + d.Stated
		}
		for _, n := range d.Notes {
			message += "（" + n.Text + " " + n.At.Below(root) + "）"
		}
		out = append(out, Problem{Rule: d.Rule, Department: department, At: d.At.Below(root), Message: diag.Printable(message), Hint: diag.Printable(d.Hint), Error: d.Level == diag.Error})
	}
	return out
}

// sorted puts problems into the order in which they are told: by file and line.
func sorted(list []Problem) []Problem {
	slices.SortStableFunc(list, func(a, b Problem) int {
		fa, la := splitPlace(a.At)
		fb, lb := splitPlace(b.At)
		return cmp.Or(cmp.Compare(fa, fb), cmp.Compare(la, lb), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return list
}

// splitPlace is the file and the line of file:line.
func splitPlace(at string) (file string, line int) {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i] == ':' {
			if n, err := strconv.Atoi(at[i+1:]); err == nil {
				return at[:i], n
			}
			break
		}
	}
	return at, 0
}
