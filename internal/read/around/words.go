package around

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/read/paper"
)

// What lines around tables say, without their blanks.
var (
	amounts  = regexp.MustCompile(`单位[:：]?[（(]?(?:人民币)?[（(]?[亿万千百]*元[）)]*$`)
	whose    = regexp.MustCompile(`^[（(]?(?:编制|填报|填表|预算|决算|申报|主管|公开|报送|汇总|项目)?(?:单位|部门|机构)(?:[（(][^（）()]*[）)])*(?:名称|编码|代码|全称|公章|盖章|及|和|/|、)*(?:[（(][^（）()]*[）)])*[:：]`)
	numbers  = regexp.MustCompile(`^[（(]?(?:部门|单位)?(?:预算|决算|财预|财决)?(?:公开)?(?:预算|决算)?(?:附表|附件|续表|表|)[0-9` + paper.Numerals + `]+(?:[-－—–.．][0-9` + paper.Numerals + `]+)*表?[:：）)]*$`)
	days     = regexp.MustCompile(`^[（(]?(?:(?:编制|填报|填表|打印|公开|制表|申报|上报|报送)?(?:日期|时间)[:：].{0,20}|[0-9〇一二三四五六七八九]{4}年度?(?:[0-9` + paper.Numerals + `]+月)?(?:[0-9` + paper.Numerals + `]+日)?)[）)]?$`)
	again    = regexp.MustCompile(`^[（(]?续(?:表|上表|前表|上页)?(?:[0-9` + paper.Numerals + `]+)?[）)]?$`)
	titles   = regexp.MustCompile(`表(?:[（(][^（）()]*[）)]|[—－-]+[^。]{0,20}|[0-9` + paper.Numerals + `])*$`)
	pointing = regexp.MustCompile(`(?:如下|见下|下列|详见|参见|如|见)附?表$`)
	part     = regexp.MustCompile(`^第[0-9` + paper.Numerals + `]+(?:部分|章|篇)`)
	notes    = regexp.MustCompile(`^[（(]?(?:备注|附注|注释|填表说明|表格?说明|说明|注)[0-9` + paper.Numerals + `]*[）)]?(?:[:：]|[0-9]+[.、．])`)
	counted  = regexp.MustCompile(`^[（(]?[0-9]{1,2}[.、．）)]`)
	section  = regexp.MustCompile(`^(?:第[` + paper.Numerals + `]+(?:部分|章|节|条)|[` + paper.Numerals + `]+、|[（(][` + paper.Numerals + `]+[）)]|[0-9]{1,2}[.、．][^0-9])`)
)

// longest is how many characters a title has at most, and a line with it.
const longest = 60

// bare is a text without blanks of any kind.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func short(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= longest && !strings.ContainsAny(s, "。；")
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// Line reports whether a line is one that stands around tables and is neither title nor text: 单位：元, 编制单位：…, a number of
// the table, a day.
func Line(text string) bool {
	s := bare(text)
	return short(s) && (number(s) || again.MatchString(s) || !Title(s) && (amounts.MatchString(s) || whose.MatchString(s) || days.MatchString(s)))
}

// number reports whether a line is the number of a table: 公开02表, 附表一, 表3-1.
func number(text string) bool {
	s := bare(text)
	return short(s) && (strings.Contains(s, "表") || strings.HasPrefix(s, "附件")) && numbers.MatchString(s)
}

// Title reports whether a line is the title of a table by its words.
func Title(text string) bool {
	s := bare(text)
	return short(s) && titles.MatchString(s) && !pointing.MatchString(s) && !part.MatchString(s) && !number(s) && !again.MatchString(s)
}

// Note reports whether a line below a table is a note to it.
func Note(text string) bool { return notes.MatchString(bare(text)) }

// Splits reports whether a line break between two lines of one paragraph parts two texts. A break within a sentence or a title
// does not.
func Splits(before, after string) bool {
	b, a := bare(before), bare(after)
	if b == "" || a == "" {
		return true
	}
	rest := b[len(section.FindString(b)):]
	heading := rest != b && short(b) && !strings.ContainsAny(rest, "，。：、")
	return strings.ContainsRune("。！？；", lastRune(b)) || heading || section.MatchString(a) || Line(a) || Line(b) || Note(a)
}
