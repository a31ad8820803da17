package check

import (
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

func TestPackSetsRules(t *testing.T) {
	in := &Input{Pack: &pack.Pack{Rules: []pack.RuleSetting{
		{ID: "绩效-005", Off: true}, {ID: "文字-003", Level: diag.Note}, {ID: "文件-001", Off: true}, {ID: "绩效-0005", Off: true},
	}}}
	r := newReport(in)
	for _, id := range []string{"绩效-005", "文字-003", "勾稽-011"} {
		r.Add(diag.Diagnostic{Rule: id, Level: diag.Error, Message: id})
	}
	levels := map[string][]diag.Level{}
	list := r.list()
	for _, d := range list.Sorted() {
		levels[d.Rule] = append(levels[d.Rule], d.Level)
	}
	if len(levels["绩效-005"]) != 0 {
		t.Error("a rule that is off was reported")
	}
	if v := levels["文字-003"]; len(v) != 1 || v[0] != diag.Note {
		t.Errorf("文字-003 has levels %v", v)
	}
	if v := levels["勾稽-011"]; len(v) != 1 || v[0] != diag.Error {
		t.Errorf("勾稽-011 has levels %v", v)
	}
	if len(levels["模板-013"]) != 2 {
		t.Errorf("settings of no rule and of a rule of another phase: %v", levels)
	}
}

func TestFoldKeepsOneMessage(t *testing.T) {
	r := newReport(&Input{Pack: &pack.Pack{}})
	for _, s := range []string{"甲", "乙", "丙"} {
		r.Fold("k", diag.Diagnostic{Rule: "格式-001", Message: s, Stated: s})
	}
	if len(r.found) != 1 || len(r.found[0].Notes) != 2 || r.found[0].Notes[1].Text != "丙：丙" {
		t.Errorf("folded %+v", r.found)
	}
}
