package ruled

import (
	"regexp"
	"strings"

	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// numbering is a page's number as it is printed.
var numbering = regexp.MustCompile(`^(第?[-—－–−─·\s]*(\d{1,4}|[IVXivx]{1,6})[-—－–−─·\s]*页?(/\d+|[，,、\s]*共\s*\d+\s*页)?|第\s*\d+\s*页.{0,3}共\s*\d+\s*页|\d+\s*/\s*\d+)$`)

// belongs says that a line at a page's edge may be of a table nevertheless.
var belongs = regexp.MustCompile(`单位[:：]|公开|附?表\s*[` + paper.Numerals + `\d]|续表|编制|部门[:：]`)

// dropRunning takes page numbers and running heads out of the lines: what stands at a page's edge and is a number, or what says
// the same at the same place on many pages.
func dropRunning(sheets []*sheet) {
	type key struct {
		text string
		y    unit.Length
	}
	of := func(l *line) key { return key{plain(l.text()), l.box.Top / (3 * unit.Pt)} }
	count := map[key]int{}
	for _, s := range sheets {
		for _, l := range s.lines {
			if s.margin(l) {
				count[of(l)]++
			}
		}
	}
	for _, s := range sheets {
		kept := s.lines[:0]
		for _, l := range s.lines {
			t := l.text()
			k := of(l)
			running := s.margin(l) && (numbering.MatchString(strings.TrimSpace(t)) ||
				count[k]*3 >= len(sheets) && count[k] >= 3 && !belongs.MatchString(t))
			if running {
				s.number = append(s.number, l)
			} else {
				kept = append(kept, l)
			}
		}
		s.lines = kept
	}
}

// margin says that a line stands at the upper or lower edge of its page, beside which for text that lies on its side.
func (s *sheet) margin(l *line) bool {
	h, w := s.view.height, s.view.width
	if l.turn%2 == 1 {
		return l.box.Right*100 < w*13 || l.box.Left*100 > w*87
	}
	return l.box.Bottom*100 < h*10 || l.box.Top*100 > h*88
}

// plain is a text without blanks.
func plain(s string) string {
	return strings.Join(strings.Fields(s), "")
}
