package compose

import (
	"fmt"
	"strings"
	"testing"
)

func TestTitleKind(t *testing.T) {
	for s, want := range map[string]int{
		"一、项目的法律或政策依据": 1, "二十一、其他": 1, "（一）优化服务，助力高质量发展": 2, "(三)方便群众办事": 2, "1. 物业管理": 3, "12．水电": 3, "3、车辆": 3,
		"（1）购置": 4, "（三）24小时自助服务系统": 2, "一、“互联网+监管”": 1, "（四）评价（好差评）": 2,
		"（一）研究提出改革的总体规划。": 0, "一是支持经营主体": 0, "一、": 0, "": 0, "3.14": 0, "2026年": 0, "1. 一般公共预算：": 0, "（境）费": 0, "（一）“放管服。”": 0,
		"一、" + strings.Repeat("长", 40): 0,
	} {
		if got := titleKind(s); got != want {
			t.Errorf("%q is of level %d, want %d", s, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"一、依据|本项目依据充分。|二、相关性|有关。", "[true false true false]"},
		{"一、依据|（一）政策|有关。", "[true true false]"},   // a heading under a heading
		{"（一）甲|（二）乙|（三）丙", "[false false false]"}, // a list
		{"（一）甲|（二）乙|文字。", "[false true false]"},
		{"文字。|一、最后", "[false false]"},
		{"其中：|（一）人员经费，包括：|1. 工资。|2. 补助：", "[true true false false]"},
		{"长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长：|甲。", "[false false]"},
		{"", "[false]"},
	} {
		if got := fmt.Sprint(titles(strings.Split(c.text, "|"))); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
