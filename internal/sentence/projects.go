package sentence

import "strings"

// CountsProjects reports whether a number is how many projects of the budget have goals: 编报绩效目标的项目共11个.
func (p *Passage) CountsProjects(i int) bool {
	n := &p.Numbers[i]
	if n.Role != Count || n.Subject == none || n.Places > 0 || n.Sign != 0 || n.Measure != "个" && n.Measure != "项" {
		return false
	}
	name := p.said(n.Subject)
	if !strings.Contains(name, "项目") {
		return false
	}
	for _, w := range [...]string{"本部门", "我部门", "本单位", "我单位", "编报", "编制", "申报", "纳入", "实行", "绩效目标", "绩效", "目标", "管理", "涉及", "预算", "支出", "项目", "年度", "年", "共有", "共", "计", "的", "了", "有", "为"} {
		name = strings.ReplaceAll(name, w, "")
	}
	if strings.Trim(name, "0123456789") != "" {
		return false
	}
	const around = 300 // bytes
	before, behind := p.Text[max(n.Start-around, 0):n.Start], p.Text[n.End:min(n.End+around, len(p.Text))]
	before = before[strings.LastIndexAny(before, "。；\n")+1:]
	if end := strings.IndexAny(behind, "。；\n"); end >= 0 {
		behind = behind[:end]
	}
	said := before + behind
	return (strings.Contains(said, "绩效目标") || strings.Contains(said, "涉及项目")) && !strings.Contains(said, "其中")
}
