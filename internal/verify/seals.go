package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"yusuan/internal/ofdread"
	"yusuan/internal/shown"
)

// A signature that came later may draw a seal over a page. It belongs over the name of who signs and the date; over a number it
// shows something else than what is there, whatever lies below.

// dates may be under a seal.
var dates = regexp.MustCompile(`\d{4}年(度|\d{1,2}月(\d{1,2}日)?)?`)

// seals tells what the seals of a package cover: numbers are findings, words are noted.
func (r *Report) seals() error {
	f, ok := r.file.(*ofdread.File)
	if !ok {
		return nil
	}
	seals, err := f.Seals()
	if err != nil {
		r.found(CauseFile, "签名或签章的文件读不出，不知道它在页面上盖住了什么")
		return nil
	}
	slices.SortStableFunc(seals, func(a, b ofdread.Seal) int { return a.Page - b.Page })
	var items *shown.Items // of one page after the other
	numbers, words := map[string]bool{}, map[string]bool{}
	for i, seal := range seals {
		if i == 0 || seals[i-1].Page != seal.Page {
			if items, err = f.Items(seal.Page); err != nil {
				return err
			}
		}
		for _, p := range covered(items, &r.written[seal.Page], seal) {
			what := fmt.Sprintf("第 %d 页的“%s”", seal.Page+1, clipped(p.text))
			switch {
			case p.number && !numbers[what]:
				if numbers[what] = true; len(numbers) <= shownEntries {
					r.found(CausePages, "%s 里的数字被签章盖住，那里看到的是签章的图，不一定是这个数", what)
				}
			case !p.number && !words[what]:
				if words[what] = true; len(words) <= shownEntries {
					r.Covered = append(r.Covered, what)
				}
			}
		}
	}
	if n := len(numbers); n > shownEntries {
		r.found(CausePages, "被签章盖住数字的文字共 %d 处", n)
	}
	return nil
}

// found adds what makes a file of another version no longer good.
func (r *Report) found(c Cause, format string, args ...any) {
	r.Earlier, r.Later = false, false
	r.add(c, format, args...)
}

// coveredPiece is a text that a seal lies over.
type coveredPiece struct {
	text   string
	number bool // over digits, and not of a date
}

// covered are the texts of a page that a seal lies over.
func covered(items *shown.Items, sheet *shown.Sheet, s ofdread.Seal) (out []coveredPiece) {
	for from, end := 0, 0; from < len(items.Runs); from = end {
		for end < len(items.Runs) && items.Runs[end].Mark == items.Runs[from].Mark {
			end++
		}
		list := glyphs(&shown.Items{Runs: items.Runs[from:end]})
		var text strings.Builder
		under := map[int]bool{} // bytes of the text
		for i := range list {
			b := list[i].box()
			if list[i].turned {
				b = box{b.top, sheet.Height - b.right, b.bottom, sheet.Height - b.left}
			}
			if b.left < s.Right && s.Left < b.right && b.top < s.Bottom && s.Top < b.bottom {
				under[text.Len()] = true
			}
			text.WriteString(list[i].text)
		}
		if len(under) == 0 {
			continue
		}
		p := coveredPiece{text: text.String()}
		plain := dates.ReplaceAllStringFunc(p.text, func(s string) string { return strings.Repeat(" ", len(s)) })
		for at, c := range plain {
			p.number = p.number || under[at] && (unicode.IsDigit(c) || strings.ContainsRune(".,%-−", c))
		}
		out = append(out, p)
	}
	return out
}
