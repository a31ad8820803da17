package audit

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

var (
	titleYear = regexp.MustCompile(`((?:19|20)[0-9]{2})[\s　]*年`)
	// pastTitle is of what tells of another year by its nature, or of several.
	pastTitle = regexp.MustCompile(`决算|执行|完成|回顾|总结|上年|去年|往年|近[两三二]年|《|[0-9]{4}年?[\s　]*[-—–~～至、和与][\s　]*[0-9]{4}`)
	emptyNote = regexp.MustCompile(`无|没有`)
)

// publishedYears: the titles of tables and sections and the notes of empty tables are of the document's year. They are what is
// left over from last year's file.
func publishedYears(in *Input, r *check.Report) {
	f := in.Budget.Facts
	for i := range f.StatedTables {
		t := &f.StatedTables[i]
		in.titleOfYear(r, t.Heading, "表题")
		if prose.Squeeze(t.Contents.V) != prose.Squeeze(t.Heading.V) {
			in.titleOfYear(r, t.Contents, "目录里的表名")
		}
		if emptyNote.MatchString(t.Note.V) {
			in.titleOfYear(r, t.Note, t.Name()+"下面的说明")
		}
	}
	for i := range f.StatedTexts {
		t := &f.StatedTexts[i]
		in.titleOfYear(r, t.Section, "标题")
		if titleAlone(t.Text.V) {
			in.titleOfYear(r, t.Text, t.Section.V) // 封面, and of a part
		}
	}
}

// titleOfYear holds the years of one title against the document's.
func (in *Input) titleOfYear(r *check.Report, s source.String, what string) {
	year := strconv.Itoa(in.Budget.Facts.Department.Year.V)
	if pastTitle.MatchString(s.V) {
		return
	}
	for _, m := range titleYear.FindAllStringSubmatchIndex(s.V, -1) {
		if said := s.V[m[2]:m[3]]; said != year {
			r.Add(diag.Diagnostic{Rule: "年度-006", Level: diag.Warning, At: s.Span(m[2], m[3]), Message: what + "写的不是" + year + "年",
				Stated: said + "年", Want: year + "年", Hint: "多半是沿用了别的年度的文件"})
			return
		}
	}
}

// titleAlone reports whether a text is the title of a budget and no sentence: what a cover says, and headings of parts.
func titleAlone(s string) bool {
	const longest = 60
	return utf8.RuneCountInString(s) <= longest && !strings.ContainsAny(s, "。；，：,;:") && strings.Contains(s, "预算") && !strings.Contains(s, "元")
}
