package check

import (
	"strings"
	"testing"

	"yusuan/internal/diag"
	"yusuan/internal/pack"
)

func TestPackSetsRules(t *testing.T) {
	in := &Input{Pack: &pack.Pack{Rules: []pack.RuleSetting{
		{ID: "绩效-005", Off: true, Why: "本地不编项目绩效表"}, {ID: "文字-003", Level: diag.Note, Why: "本地不要求"}, {ID: "文件-001", Off: true}, {ID: "绩效-0005", Off: true},
	}}}
	r := NewReport(in.Pack)
	for _, id := range []string{"绩效-005", "文字-003", "勾稽-011", "绩效-005"} {
		r.Add(diag.Diagnostic{Rule: id, Level: diag.Error, Message: id})
	}
	levels := map[string][]diag.Level{}
	list := r.List()
	for _, d := range list.Sorted() {
		levels[d.Rule] = append(levels[d.Rule], d.Level)
	}
	if len(levels["绩效-005"]) != 0 {
		t.Error("a rule that is off was reported")
	}
	for _, d := range list.Sorted() {
		switch {
		case d.Rule == "设定-001" && (!strings.Contains(d.Message, "绩效-005") || !strings.Contains(d.Message, "2 处") || !strings.Contains(d.Notes[0].Text, "本地不编项目绩效表")):
			t.Errorf("what is off is told as %+v", d)
		case d.Rule == "文字-003" && (len(d.Notes) != 1 || d.Notes[0].Text != "模板把级别由错误改为提示：本地不要求"):
			t.Errorf("another level is told as %+v", d)
		}
	}
	if len(levels["设定-001"]) != 1 {
		t.Errorf("%d rules told to be off", len(levels["设定-001"]))
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
	r := NewReport(&pack.Pack{})
	for _, s := range []string{"甲", "乙", "丙"} {
		r.Fold("k", diag.Diagnostic{Rule: "格式-001", Message: s, Stated: s})
	}
	if len(r.found) != 1 || len(r.found[0].Notes) != 2 || r.found[0].Notes[1].Text != "丙：丙" {
		t.Errorf("folded %+v", r.found)
	}
}
