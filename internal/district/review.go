package district

import (
	"fmt"
	"io/fs"
	"path"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// ReviewName is the file in a department's folder that says how far its review is. Names that begin so are no data.
const ReviewName = "_review.toml"

// Review is what the department's _review.toml says. It never changes a document.
type Review struct {
	Given                           bool // there is such a file
	Confidential, Signed, Published Step // 保密审查, 审签, 公开
	Problems                        []Problem
}

// Step is one of a review.
type Step struct {
	Date time.Time // zero where it is not done
	Who  string
	At   string // file and line, below the root
}

// Done reports whether the step was taken.
func (s *Step) Done() bool { return !s.Date.IsZero() }

// reviewFile is the schema of the file.
type reviewFile struct {
	Confidential *stepTable `toml:"confidential" zh:"保密审查"`
	Signed       *stepTable `toml:"signed" zh:"审签"`
	Published    *stepTable `toml:"published" zh:"公开"`
}

type stepTable struct {
	source.Place
	Date source.Date   `toml:"date,required" zh:"日期"`
	Who  source.String `toml:"who,required" zh:"经办人"`
}

// ReadReviews reads the reviews of the departments of records, by their folders. open is the file system in which what lies in a
// department's folder may be read; it is asked for each.
func ReadReviews(open func(dir string) fs.FS, root string, records []batch.Record) map[string]Review {
	out := map[string]Review{}
	for i := range records {
		department := records[i].Department
		if records[i].Edition != "" {
			continue
		}
		dir := path.Join(root, department)
		if r := readReview(open(dir), root, department); r.Given {
			out[department] = r
		}
	}
	return out
}

// readReview reads one; what the machine refuses is a problem of it, since nothing else waits for it.
func readReview(fsys fs.FS, root, department string) (r Review) {
	name := path.Join(root, department, ReviewName)
	raw, diags, err := readOne(fsys, name, "审核情况")
	switch {
	case err != nil:
		return Review{Given: true, Problems: []Problem{{Department: department, At: path.Join(department, ReviewName), Message: diag.Printable(err.Error()), Error: true}}}
	case raw != nil:
		r = parseReview(root, name, raw, &diags)
	case diags.Len() == 0:
		return r
	}
	r.Given = true
	r.Problems = problems(diags, root, department)
	return r
}

func parseReview(root, name string, raw []byte, diags *diag.List) (r Review) {
	f, list := source.Parse(name, raw)
	var x reviewFile
	list.Append(source.Decode([]*source.File{f}, &x))
	take := func(s *Step, t *stepTable) {
		if t != nil {
			*s = Step{t.Date.Time, t.Who.V, t.At.Below(root)}
		}
	}
	take(&r.Confidential, x.Confidential)
	take(&r.Signed, x.Signed)
	take(&r.Published, x.Published)
	if x.Published != nil {
		for _, before := range []struct {
			title, key string
			table      *stepTable
		}{{"保密审查", "confidential", x.Confidential}, {"审签", "signed", x.Signed}} {
			inOrder(&list, x.Published, before.table, before.title, before.key, f.Whole())
		}
	}
	diags.Append(list)
	return r
}

// inOrder holds that nothing is published before it was reviewed.
func inOrder(list *diag.List, published, before *stepTable, title, key string, whole bool) {
	d := diag.Diagnostic{Rule: ruleOrder, Level: diag.Error, At: published.Date.At, Hint: "先审查，后公开；日期写错的改过来"}
	switch {
	case !published.Date.Set:
		return
	case before == nil && whole:
		d.Message, d.Hint = "已经公开，没有填"+title, "补上 ["+key+"]，写 date 和 who"
	case before == nil || !before.Date.Set || !published.Date.Time.Before(before.Date.Time):
		return
	default:
		d.Message = fmt.Sprintf("公开的日期 %s 早于%s的日期 %s", day(published.Date.Time), title, day(before.Date.Time))
		d.Notes = []diag.Related{{Text: title + "写在", At: before.Date.At}}
	}
	list.Add(d)
}
