package diag

import (
	"fmt"
	"testing"
)

func TestWhatMayBeWritten(t *testing.T) {
	words := []string{"部门项目", "公共项目"}
	var many []string
	for i := range maxListed + 1 {
		many = append(many, fmt.Sprintf("第%d种", i))
	}
	for _, c := range []struct {
		word        string
		words       []string
		list, known string // the hints for a list and for names
	}{
		{"部门", words, "是不是“部门项目”；可填：部门项目、公共项目", "是不是“部门项目”"},
		{"部门项日", words, "是不是“部门项目”；可填：部门项目、公共项目", "是不是“部门项目”"},
		{"项目", words, "可填：部门项目、公共项目", "可填：部门项目、公共项目"}, // both hold it
		{"特定目标类", words, "可填：部门项目、公共项目", "可填：部门项目、公共项目"},
		{"是", words, "写是哪一种，不写“是”“否”；可填：部门项目、公共项目", "可填：部门项目、公共项目"},
		{"True", words, "写是哪一种，不写“是”“否”；可填：部门项目、公共项目", "可填：部门项目、公共项目"},
		{"甲", nil, "", ""},
		{"第3钟", many, "是不是“第3种”", "是不是“第3种”"},
		{"某某某某某", many, "可填：" + listed(many), ""},
	} {
		d := NotListed("填报-009", Range{}, "项目类型", c.word, c.words)
		if d.Hint != c.list || d.Level != Error || d.Message != "不认识的项目类型“"+c.word+"”" {
			t.Errorf("%s: %+v, want %s", c.word, d, c.list)
		}
		if d := NotKnown("填报-009", Range{}, "项目类型", c.word, c.words); d.Hint != c.known {
			t.Errorf("%s as a name: %s, want %s", c.word, d.Hint, c.known)
		}
	}
}
