package check_test

import (
	"context"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/district"
)

// lastBatch is the folder of a case that holds the departments of the batch given as last year's.
const lastBatch = "上年汇总"

// findDistrict runs a case as a batch and returns what only the whole district shows.
func findDistrict(t *testing.T, s *build.Shared, files fs.FS) []diag.Diagnostic {
	t.Helper()
	departments, err := batch.Find(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	var clock atomic.Int64
	b := &batch.Batch{Shared: s, Departments: departments, Workers: 1, Machine: batch.Machine{
		Input:  func(d string) (build.Input, error) { return build.Input{Data: files, Dir: d}, nil },
		Write:  func(files []batch.Content) ([]batch.Stamp, error) { return make([]batch.Stamp, len(files)), nil },
		Stamp:  func(string) (batch.Stamp, bool) { return batch.Stamp{}, false },
		Remove: func(string) error { return nil },
		Append: func([]byte) error { return nil },
		Full:   func(error) bool { return false },
		Clock:  func() time.Duration { return time.Duration(clock.Add(1)) },
	}}
	ofLast := func(d string) bool { return strings.HasPrefix(d, lastBatch+"/") }
	var last []batch.Record
	name := ""
	if slices.ContainsFunc(departments, ofLast) {
		name = "summary.json"
		b.Departments = slices.DeleteFunc(slices.Clone(departments), func(d string) bool { return !ofLast(d) })
		if last, err = b.Run(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		b.Departments = slices.DeleteFunc(departments, ofLast)
	}
	records, err := b.Run(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := &batch.Summary{Departments: records}
	sum.District(func(d string) []batch.Text { return batch.ReadTexts(files, d) }, last, name, 1)
	var out []diag.Diagnostic
	for _, f := range sum.Findings {
		at := diag.Range{File: f.Department}
		if file, line, ok := strings.Cut(f.At, ":"); ok {
			at.File = file
			if at.Start.Line, err = strconv.Atoi(line); err != nil {
				t.Fatal(err)
			}
		}
		level := diag.Warning
		if f.Error {
			level, at.File = diag.Error, f.Department
		}
		out = append(out, diag.Diagnostic{Rule: f.Rule, Level: level, At: at, Message: f.Message})
	}
	for _, p := range findProblems(t, files, departments, records) {
		at := diag.Range{File: p.At}
		if file, line, ok := strings.Cut(p.At, ":"); ok {
			at.File = file
			if at.Start.Line, err = strconv.Atoi(line); err != nil {
				t.Fatal(err)
			}
		}
		level := diag.Warning
		if p.Error {
			level = diag.Error
		}
		out = append(out, diag.Diagnostic{Rule: p.Rule, Level: level, At: at, Message: p.Message})
	}
	for _, r := range records {
		if r.Status == batch.BadData && !slices.ContainsFunc(r.Rules, func(x string) bool { return strings.HasPrefix(x, "批量") }) {
			t.Fatalf("%s: %s", r.Department, r.Message)
		}
		if i := slices.IndexFunc(r.Rules, func(x string) bool { return strings.HasPrefix(x, "批量") }); i >= 0 {
			out = append(out, diag.Diagnostic{Rule: r.Rules[i], Level: diag.Error, At: diag.Range{File: r.Department}, Message: r.Message})
		}
	}
	return out
}

// findProblems is what the roster and the reviews of a case have wrong.
func findProblems(t *testing.T, files fs.FS, departments []string, records []batch.Record) (out []district.Problem) {
	t.Helper()
	roster, err := district.ReadRoster(files, ".", departments)
	if err != nil {
		t.Fatal(err)
	}
	reviews := district.ReadReviews(func(string) fs.FS { return files }, ".", records)
	if roster != nil {
		out = append(out, roster.Problems...)
	}
	for _, d := range departments {
		out = append(out, reviews[d].Problems...)
	}
	return append(out, roster.Against(records, reviews)...)
}
