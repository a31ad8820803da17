package cli

import (
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/diag"
)

// TestFindingsWithoutAPlace: what has no place on the pages gets no note, and is counted so that it is told.
func TestFindingsWithoutAPlace(t *testing.T) {
	j := &judged{done: &build.Finished{}}
	j.done.Diags.Add(diag.Diagnostic{Rule: "成文-015", Level: diag.Warning, Message: "没有找到模板里的表"})
	if marks, placeless := j.marks(); len(marks) != 0 || placeless != 1 {
		t.Errorf("%d notes, %d findings without a place; want 0 and 1", len(marks), placeless)
	}
}
