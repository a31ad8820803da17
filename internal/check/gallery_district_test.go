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
)

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
		Write:  func(string, []byte) (batch.Stamp, error) { return batch.Stamp{}, nil },
		Stamp:  func(string) (batch.Stamp, bool) { return batch.Stamp{}, false },
		Remove: func(string) error { return nil },
		Append: func([]byte) error { return nil },
		Full:   func(error) bool { return false },
		Clock:  func() time.Duration { return time.Duration(clock.Add(1)) },
	}}
	records, err := b.Run(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := &batch.Summary{Departments: records}
	sum.District(func(d string) []batch.Text { return batch.ReadTexts(files, d) }, nil, 1)
	var out []diag.Diagnostic
	for _, f := range sum.Findings {
		at := diag.Range{File: f.Department}
		if file, line, ok := strings.Cut(f.At, ":"); ok {
			at.File = file
			if at.Start.Line, err = strconv.Atoi(line); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, diag.Diagnostic{Rule: f.Rule, Level: diag.Warning, At: at, Message: f.Message})
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
