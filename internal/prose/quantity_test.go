package prose

import (
	"strings"
	"testing"
)

func TestReadQuantities(t *testing.T) {
	for text, want := range map[string]string{
		"预算4,671.85万元，比2025年预算增加2133.02万元，上升84.02%": "4671.85万元 2025年 2133.02万元 84.02%",
		"４６７１．８５ 万元":                                "4671.85万元",
		"９８７６５４３２１０．０９ 元":                           "9876543210.09元",
		"1.2亿元，12 万元":                               "1.2亿元 12万元",
		"租金63元/㎡/月，面积约16000㎡":                       "63元每㎡/月 16000㎡",
		"每套280元，每年新增7000至10000家":                    "280元每套 7000 10000家",
		"24小时自助机38台，租用费每台每年2.4万元，全年91.2万元":          "24小时 38台 2.4万元每台/年 91.2万元",
		"省内每件10元、省外每件20元":                           "10元每件 20元每件",
		"减少-0.03万元":                                 "-0.03万元",
		"2019-2021年":                                "2019 2021年",
		"A4纸、5G网络":                                  "",
		"12,34":                                     "12 34",
		"1,234,567.8元":                              "1234567.8元",
		"95％以上":                                     "95%",
		"没有数":                                       "",
	} {
		var got []string
		for _, q := range Quantities(text) {
			s := q.Literal
			switch q.Kind {
			case Amount:
				s += q.Unit.String()
				if q.Rate != "" {
					s += "每" + q.Rate
				}
			case Percentage:
				s += "%"
			case Year:
				s += "年"
			default:
				s += q.Measure
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s\n got %s\nwant %s", text, s, want)
		}
	}
}

// FuzzReadQuantities: numbers come in order, within the text, and hold digits; nothing panics.
func FuzzReadQuantities(f *testing.F) {
	for _, s := range []string{"4,671.85万元", "每台每年2.4万元/台", "-1.", "１２，３４５", "12..5%", "每每每1元", "1/㎡/月", "\xff1万元", "0x1F", strings.Repeat("9", 40) + "元"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, q := range Quantities(s) {
			if q.Start < 0 || q.Start < last-1 || q.End <= q.Start || q.End > len(s) {
				t.Fatalf("%q: %d to %d after %d", s, q.Start, q.End, last)
			}
			if strings.Trim(q.Literal, "-0123456789.") != "" || q.Literal == "" {
				t.Fatalf("%q: literal %q", s, q.Literal)
			}
			last = q.End
		}
		for _, x := range Sentences(s, true) {
			if x.Start >= x.End || x.End > len(s) {
				t.Fatalf("%q: sentence %v", s, x)
			}
		}
	})
}
