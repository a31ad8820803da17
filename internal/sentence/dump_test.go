package sentence

import (
	"fmt"
	"strings"
)

var roleNames = [...]string{"未读", "今", "上", "变", "率", "占", "计", "价", "限", "年", "序", "标"}

// dump writes what was read, a line for each thing.
func dump(p *Passage) string {
	var sb strings.Builder
	text := func(i int) string {
		if i < 0 {
			return "无"
		}
		return p.Text[p.Numbers[i].Start:p.Numbers[i].End]
	}
	for i := range p.Numbers {
		n := &p.Numbers[i]
		fmt.Fprintf(&sb, "%s %s", text(i), roleNames[n.Role])
		if n.Subject >= 0 {
			var names []string
			for _, x := range p.Subjects[n.Subject].Names {
				names = append(names, x.Text+x.Level)
			}
			fmt.Fprintf(&sb, " “%s”", strings.Join(names, "/"))
		}
		if n.Of >= 0 {
			fmt.Fprintf(&sb, " →%s", text(n.Of))
		}
		if n.Whole >= 0 {
			fmt.Fprintf(&sb, " ⊂%s", text(n.Whole))
		}
		if n.WholeSubject >= 0 {
			fmt.Fprintf(&sb, " ⊂“%s”", p.said(n.WholeSubject))
		}
		if n.Sign != 0 {
			fmt.Fprintf(&sb, " %+d", n.Sign)
		}
		if n.Base != NoBase || n.BaseYear != 0 {
			fmt.Fprintf(&sb, " 比%d/%d", n.Base, n.BaseYear)
		}
		sb.WriteString("\n")
	}
	for _, x := range p.Same {
		fmt.Fprintf(&sb, "平 %s %d/%d\n", text(x.Of), x.Base, x.BaseYear)
	}
	for _, l := range p.Lists {
		var parts []string
		for _, i := range l.Parts {
			parts = append(parts, text(i))
		}
		mark := "＝"
		if l.Open {
			mark = "≥"
		}
		if l.Each {
			mark = "各"
		}
		fmt.Fprintf(&sb, "列 %s%s%s\n", text(l.Whole), mark, strings.Join(parts, "＋"))
	}
	for _, x := range p.Slips {
		fmt.Fprintf(&sb, "误 %s %s→%s\n", x.Kind, p.Text[x.Start:x.End], x.Want)
	}
	return sb.String()
}

var faultNames = [...]string{"率", "反向", "方向", "变动额", "前后", "非平", "无基数", "列和", "列超", "各不等", "原因", "占比", "占比不一", "无方向", "同名", "条数", "年度", "单位", "零变", "超降", "平又变", "占比和", "算式"}

func dumpFaults(p *Passage) string {
	var sb strings.Builder
	faults, _ := p.Judge()
	for _, x := range faults {
		fmt.Fprintf(&sb, "错 %s %s", faultNames[x.Kind], p.Text[x.At.Start:x.At.End])
		if !x.Got.Equal(x.Want) {
			fmt.Fprintf(&sb, " %s→%s", x.Got.In(1, 2), x.Want.In(1, 2))
		}
		if x.Rate != "" {
			fmt.Fprintf(&sb, " →%s%%", x.Rate)
		}
		if x.Year > 0 {
			fmt.Fprintf(&sb, " →%d", x.Year)
		}
		if !x.Certain {
			sb.WriteString(" ？")
		}
		sb.WriteString("\n")
	}
	return sb.String()
}
