package verify

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"yusuan/internal/shown"
)

// PageDiff is how one page differs.
type PageDiff struct {
	Page       int      // from 1
	Written    []string // texts of the file that the new page has not, in order
	Anew       []string // texts of the new page that the file has not
	Foreign    []string // what only others write: operators, annotations, keys of pages and fonts
	OnlyInFile bool
	OnlyAnew   bool
	OtherFont  bool // a character is drawn otherwise, or by another face
	SameWords  bool // the same characters in the same order, wherever they stand
}

// comparePages fills r.Pages.
func (r *Report) comparePages(f shown.File, pages []shown.Sheet) (err error) {
	left := maxTable
	drawings := drawings{}
	for i := range max(len(pages), len(r.written)) {
		d := PageDiff{Page: i + 1, OnlyInFile: i >= len(pages), OnlyAnew: i >= len(r.written)}
		old, anew := &shown.Items{}, &shown.Items{}
		if !d.OnlyAnew {
			if old, err = r.file.Items(i); err != nil {
				return err
			}
		}
		if !d.OnlyInFile {
			if anew, err = f.Items(i); err != nil {
				return fmt.Errorf("the document typeset anew: %w", err)
			}
		}
		d.Foreign = old.Foreign
		both := !d.OnlyAnew && !d.OnlyInFile
		same := both && r.written[i].Width == pages[i].Width && r.written[i].Height == pages[i].Height && sameItems(old, anew)
		was, now := texts(old), texts(anew)
		d.SameWords = same || both && letters(was) == letters(now)
		d.OtherFont = both && drawings.differ(old, anew, d.SameWords)
		if same && !d.OtherFont && len(d.Foreign) == 0 {
			continue
		}
		if !d.SameWords {
			d.Written, d.Anew = difference(was, now, &left)
		}
		r.Pages = append(r.Pages, d)
	}
	return nil
}

// drawings remembers how fonts of the file draw their characters as held against those of the new document.
type drawings map[drawing]shown.Drawn

type drawing struct {
	font, other *shown.Font
	code        int32
}

// differ reports whether a page of the file draws a character otherwise than the new page. whole says that the pages
// have the same characters, so that one that the new page's font does not have is another, too.
func (m drawings) differ(old, anew *shown.Items, whole bool) bool {
	byName := map[string]*shown.Font{}
	for i := range anew.Runs {
		if f := anew.Runs[i].Font; f != nil {
			byName[f.Name] = f
		}
	}
	for i := range old.Runs {
		f := old.Runs[i].Font
		if f == nil {
			continue
		}
		other := byName[f.Name]
		if other == nil {
			if whole {
				return true
			}
			continue
		}
		for _, code := range old.Runs[i].Codes {
			key := drawing{f, other, code}
			how, known := m[key]
			if !known {
				how = f.Draws(int(code), other)
				m[key] = how
			}
			if how == shown.DrawnOtherwise || how == shown.NotDrawn && whole {
				return true
			}
		}
	}
	return false
}

// letters are the characters of texts without blanks, which programs that rewrite a file put in and leave out.
func letters(texts []string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.Join(texts, ""))
}

// sameItems reports whether two pages show the same texts, rules and drawings at the same places. The codes behind the
// characters may differ: they depend on what the pages before show.
func sameItems(a, b *shown.Items) bool {
	samePath := func(x, y shown.Path) bool {
		return x.Turned == y.Turned && x.Color == y.Color && x.Steps == y.Steps && slices.Equal(x.Points, y.Points)
	}
	return slices.Equal(a.Rects, b.Rects) && slices.EqualFunc(a.Paths, b.Paths, samePath) && slices.EqualFunc(a.Runs, b.Runs, func(x, y shown.Run) bool {
		return x.Turned == y.Turned && x.X == y.X && x.Y == y.Y && x.Size == y.Size && x.Text == y.Text && name(x.Font) == name(y.Font) && slices.Equal(x.Advances, y.Advances)
	})
}

func name(f *shown.Font) string {
	if f == nil {
		return ""
	}
	return f.Name
}

// texts are the pieces of text of a page in order, one for each piece of marked content.
func texts(items *shown.Items) []string {
	var out []string
	var b strings.Builder
	for i, r := range items.Runs {
		b.WriteString(r.Text)
		if r.Mark == 0 || i+1 == len(items.Runs) || items.Runs[i+1].Mark != r.Mark {
			out = append(out, b.String())
			b.Reset()
		}
	}
	return out
}

// maxTable bounds the tables of the comparisons of one file, in cells; beyond it texts are told from the first that
// differs to the last.
const maxTable = 16 << 20

// difference returns what only a and what only b has, by a longest common subsequence. left is how large its table may
// be, and less by it afterwards.
func difference(a, b []string, left *int) (onlyA, onlyB []string) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if (len(a)+1)*(len(b)+1) > *left {
		return slices.Clone(a), slices.Clone(b)
	}
	*left -= (len(a) + 1) * (len(b) + 1)
	row := len(b) + 1
	common := make([]int32, (len(a)+1)*row)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*row+j] = common[(i+1)*row+j+1] + 1
			} else {
				common[i*row+j] = max(common[(i+1)*row+j], common[i*row+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[(i+1)*row+j] >= common[i*row+j+1]:
			onlyA = append(onlyA, a[i])
			i++
		default:
			onlyB = append(onlyB, b[j])
			j++
		}
	}
	return onlyA, onlyB
}
