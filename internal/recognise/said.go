package recognise

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/read/paper"
)

// What a document says of itself: the year, whose it is. Titles say it, and lines above tables; sentences speak of other years, too.

var (
	titleYear = regexp.MustCompile(`((?:19|20)[0-9]{2})年`)
	hanYear   = regexp.MustCompile(`[二][〇○零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年`)
	titleName = regexp.MustCompile(`^(.{2,40}?)(?:部门|单位)?(?:(?:19|20)[0-9]{2}年度?)(?:部门|单位|区级|市级|省级|本级|县级)*预算`)
	partWords = regexp.MustCompile(`^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|附件[0-9]*:?)`)
	coverName = regexp.MustCompile(`^(?:预算)?(?:主管)?(?:部门|单位)(?:名称)?:(.{2,60})$`)
)

// said gathers what a document says of itself.
type said struct {
	years map[int]int
	names map[string]int
	at    map[string]paper.Place // where a year, name or code was first said
	order []string
	code  string
	kinds map[string]int // 部门预算, 单位预算
	kind  string         // that which titles say more often
}

// longestTitle is more characters than any title has.
const longestTitle = 60

// mostCover is how many blocks a cover may have.
const mostCover = 12

func saidBy(d *paper.Document) *said {
	s := &said{years: map[int]int{}, names: map[string]int{}, at: map[string]paper.Place{}, kinds: map[string]int{}}
	for i := range d.Blocks {
		switch b := d.Blocks[i]; {
		case b.Table != nil:
			for k := range b.Table.Above {
				s.title(&b.Table.Above[k], 2)
			}
		case b.Text != nil && len([]rune(b.Text.Text)) <= longestTitle && !strings.ContainsAny(b.Text.Text, "。；"):
			weight := 1
			if i < mostCover {
				weight = 4
			}
			s.title(b.Text, weight)
		}
	}
	for _, k := range []string{"部门", "单位"} {
		if s.kinds[k] > s.kinds[s.kind] {
			s.kind = k
		}
	}
	if s.kind != "" {
		s.kind += "预算"
	}
	return s
}

// title reads a line that is no sentence.
func (s *said) title(p *paper.Paragraph, weight int) {
	at, b := placeOf(p), partWords.ReplaceAllString(bare(p.Text), "")
	for _, m := range titleYear.FindAllStringSubmatch(b, -1) {
		y, _ := strconv.Atoi(m[1])
		s.year(y, at, weight)
	}
	for _, m := range hanYear.FindAllStringSubmatch(b, -1) {
		s.year(2000+10*hanDigit(m[1])+hanDigit(m[2]), at, weight)
	}
	if t := titleOf([]paper.Paragraph{*p}); t.name != "" {
		s.name(t.name, at, 3)
	} else if m := coverName.FindStringSubmatch(b); m != nil {
		s.name(m[1], at, 3)
	} else if m := titleName.FindStringSubmatch(b); m != nil {
		s.name(m[1], at, 2)
	}
	for _, k := range []string{"部门", "单位"} {
		s.kinds[k] += weight * (strings.Count(b, k+"预算") + strings.Count(b, "预算"+k) + strings.Count(b, "编制"+k) + 2*strings.Count(b, "年"+k))
	}
	if m := codeOf.FindStringSubmatch(b); m != nil && s.code == "" {
		s.code = m[1]
		s.at["code"] = at
	}
}

func hanDigit(s string) int { return (strings.Index("一二三四五六七八九", s) + 3) / 3 }

func (s *said) year(y int, at paper.Place, weight int) {
	if s.years[y] == 0 {
		s.at[strconv.Itoa(y)] = at
	}
	s.years[y] += weight
}

// name counts a name, without the code that may stand before it.
func (s *said) name(n string, at paper.Place, weight int) {
	n = strings.TrimLeft(n, "0123456789-_.")
	if i := strings.IndexAny(n, "|,;:"); i >= 0 {
		n = n[:i]
	}
	if len([]rune(n)) < 2 || strings.HasSuffix(n, "元") || strings.HasSuffix(n, "本") || numberKey(n) == n { // 纳入本部门2026年预算…
		return
	}
	if s.names[n] == 0 {
		s.at[n] = at
		s.order = append(s.order, n)
	}
	s.names[n] += weight
}

// theYear is the year that titles say most often, of several the latest.
func (s *said) theYear() Said[int] {
	best := 0
	for y, n := range s.years {
		if n > s.years[best] || n == s.years[best] && y > best {
			best = y
		}
	}
	if best == 0 {
		return Said[int]{}
	}
	return Said[int]{best, s.at[strconv.Itoa(best)]}
}

// theName is the name that is said most often, of several the first.
func (s *said) theName() Said[string] {
	if len(s.order) == 0 {
		return Said[string]{}
	}
	n := slices.MaxFunc(s.order, func(a, b string) int {
		return cmp.Or(cmp.Compare(s.names[a], s.names[b]), cmp.Compare(slices.Index(s.order, b), slices.Index(s.order, a)))
	})
	return Said[string]{n, s.at[n]}
}
