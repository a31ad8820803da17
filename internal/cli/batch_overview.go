package cli

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/district"
)

// districts are what the bureau sees of a batch: a district a year. A shard is a part of it: which departments are absent only the
// whole knows.
func (a *app) districts(s *batch.Summary, root batchRoot, last []batch.Record) []*district.District {
	var roster *district.Roster
	if s.Shard == "" {
		var folders []string
		for i := range s.Departments {
			folders = append(folders, s.Departments[i].Department)
		}
		var err error
		if roster, err = district.ReadRoster(root.open(root.shown), root.shown, slices.Compact(folders)); err != nil {
			say(a.err, "部门名单没有读：%v\n", err)
		}
	}
	reviews := district.ReadReviews(func(dir string) fs.FS { return root.open(dir) }, root.shown, s.Departments)
	return district.Make(s, roster, reviews, last)
}

// writeWorkbook writes the districts as a workbook.
func writeWorkbook(to io.Writer, s *batch.Summary, all []*district.District) error {
	return district.Workbook(to, madeNow("部门预算汇总", s.Date()), all)
}

// showDistrict tells how far the departments of the newest year are, and what is wrong with roster and reviews.
func showDistrict(w io.Writer, d *district.District, today time.Time) {
	given := !d.Approved.IsZero() || slices.ContainsFunc(d.Departments, func(x district.Department) bool { return x.Review.Given })
	if given {
		var parts []string
		for _, c := range d.States {
			if c.Count > 0 {
				parts = append(parts, string(c.State)+" "+count(c.Count))
			}
		}
		say(w, "\n%s：%s\n", d.Title(), strings.Join(parts, "，"))
	}
	if !d.Deadline.IsZero() {
		say(w, "%s\n", untilDeadline(d, today))
	}
	for i, p := range d.Problems {
		if i == 0 {
			say(w, "\n部门名单和审核情况的问题：\n")
		}
		if i == longTable {
			say(w, "…… 共 %d 个，都在 summary.xlsx 里\n", len(d.Problems))
			break
		}
		say(w, "%s: %s %s: %s\n", p.At, level(p.Error), p.Rule, p.Message)
		if p.Hint != "" {
			say(w, "  %s\n", p.Hint)
		}
	}
}

// untilDeadline is how many days there are left to publish. Files print the date alone, so that they stay the same from day to day.
func untilDeadline(d *district.District, today time.Time) string {
	open := len(d.Departments)
	for i := range d.Departments {
		if d.Departments[i].Review.Published.Done() { // whatever state its data are in now
			open--
		}
	}
	text := "公开期限 " + d.Deadline.Format(time.DateOnly)
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	days := int(d.Deadline.Sub(today) / (24 * time.Hour))
	switch {
	case open == 0:
		return text + "，全部公开了"
	case days > 0:
		text += fmt.Sprintf("，还有 %d 天", days)
	case days == 0:
		text += "，就是今天"
	default:
		text += fmt.Sprintf("，已过 %d 天", -days)
	}
	return text + fmt.Sprintf("，还有 %d 个部门没有公开", open)
}

// hasProblems reports whether somebody must mend the roster or a review.
func hasProblems(all []*district.District) bool {
	return slices.ContainsFunc(all, func(d *district.District) bool {
		return slices.ContainsFunc(d.Problems, func(p district.Problem) bool { return p.Error })
	})
}
