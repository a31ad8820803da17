package compare

import (
	"strings"
	"testing"
)

// marked shows pieces: [-gone-]{+new+}.
func marked(list []Piece) string {
	var b strings.Builder
	for _, p := range list {
		switch p.Kind {
		case Same:
			b.WriteString(p.Text)
		case Gone:
			b.WriteString("[-" + p.Text + "-]")
		case New:
			b.WriteString("{+" + p.Text + "+}")
		}
	}
	return b.String()
}

func TestPieces(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"同样", "同样", "同样"},
		{"", "新的", "{+新的+}"},
		{"旧的", "", "[-旧的-]"},
		{"预算4,671.85万元。", "预算4,672.85万元。", "预算[-4,671.85-]{+4,672.85+}万元。"},
		{"占32.77%；", "占32.78%；", "占[-32.77%-]{+32.78%+}；"},
		{"1,000元", "11,000元", "[-1,000-]{+11,000+}元"},
		{"增加2万元", "减少2万元", "[-增加-]{+减少+}2万元"},
		{"比上年增加103.34万元", "比上年减少1.20万元", "比上年[-增加103.34-]{+减少1.20+}万元"},
		{"下降-3.50%", "下降3.50%", "下降[--3.50%-]{+3.50%+}"},
		{"2025年2月10日", "2025年2月11日", "[-2025年2月10日-]{+2025年2月11日+}"},
		{"2025年预算", "2026年预算", "[-2025年-]{+2026年+}预算"},
		{"2026-02-10公开", "2026-02-11公开", "[-2026-02-10-]{+2026-02-11+}公开"},
		{"338-01号", "338-02号", "338-[-01-]{+02+}号"},
		{"信息化运维费", "信息化建设费", "信息化[-运维-]{+建设+}费"},
		{"提高0.5个百分点", "提高1.5个百分点", "提高[-0.5个百分点-]{+1.5个百分点+}"},
		{"使用Excel填报", "使用Word填报", "使用[-Excel-]{+Word+}填报"},
		{"全角１，０００元", "全角２，０００元", "全角[-１，０００-]{+２，０００+}元"},
		{"甲、乙、丙等。", "甲、丙、丁等。", "甲、[-乙、-]丙{+、丁+}等。"},
		{"政务服务外包经费", "审批事务经费", "[-政务服务外包-]{+审批事务+}经费"},
		{"本单位没有安排。", "没有安排。", "[-本单位-]没有安排。"},
	} {
		if got := marked(pieces(c.old, c.new)); got != c.want {
			t.Errorf("%s → %s: %s, want %s", c.old, c.new, got, c.want)
		}
	}
}

// TestPiecesMakeBothTexts: what stayed with what went is the old text, with what came the new, also where texts are long and all
// of them differs.
func TestPiecesMakeBothTexts(t *testing.T) {
	long := func(words string, n int) string { return strings.Repeat(words, n) }
	texts := []string{"", "一", "预算1,000.00万元", long("甲乙丙丁戊", 400), long("丁丙乙甲，", 500), long("1.5、", 700), long("子丑寅卯。", 1000) + "尾", "头" + long("子丑寅卯。", 999)}
	for _, old := range texts {
		for _, new := range texts {
			var was, is string
			for _, p := range pieces(old, new) {
				if p.Kind != New {
					was += p.Text
				}
				if p.Kind != Gone {
					is += p.Text
				}
			}
			if was != old || is != new {
				t.Errorf("of texts of %d and %d bytes: %d and %d", len(old), len(new), len(was), len(is))
			}
		}
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"占1,234.56%，", "占|1,234.56%|，"},
		{"2026年2月10日止", "2026年2月10日|止"},
		{"截至12月31日", "截|至|12月31日"},
		{"-5.00万元", "-5.00|万|元"},
		{"A4纸5G", "A|4|纸|5|G"},
		{"3-5人", "3|-|5|人"},
		{"1. 甲", "1|.| |甲"},
	} {
		if got := strings.Join(tokens(c.text), "|"); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
