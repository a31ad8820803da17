package check

import (
	"fmt"
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
		for _, q := range readQuantities(text) {
			s := q.literal
			switch q.kind {
			case amountOfMoney:
				s += q.unit.String()
				if q.rate != "" {
					s += "每" + q.rate
				}
			case percentage:
				s += "%"
			case yearNumber:
				s += "年"
			default:
				s += q.measure
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
		for _, q := range readQuantities(s) {
			if q.start < 0 || q.start < last-1 || q.end <= q.start || q.end > len(s) {
				t.Fatalf("%q: %d to %d after %d", s, q.start, q.end, last)
			}
			if strings.Trim(q.literal, "-0123456789.") != "" || q.literal == "" {
				t.Fatalf("%q: literal %q", s, q.literal)
			}
			last = q.end
			announced(s, &q)
			nameBefore(s, q.start, []knownName{{name: "预算"}})
		}
		for _, x := range sentences(s, true) {
			if x.start >= x.end || x.end > len(s) {
				t.Fatalf("%q: sentence %v", s, x)
			}
		}
		bareLabel(s)
	})
}

func TestIdentityNumber(t *testing.T) {
	for s, want := range map[string]bool{"11010519491231002X": true, "110105194912310021": false, "11010519491331002X": false} {
		if identityNumber(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

func TestSplit(t *testing.T) {
	s := spaceOf([]string{"201", "20103", "2010301", "2010399", "208"}, []string{"30201", "30217"}, []string{"1", "2"}, nil, nil)
	if got := fmt.Sprint(s.dims[3].values); got != "[2010301 2010399 208]" {
		t.Fatalf("leaf codes %s", got)
	}
	whole := s.full()
	part := func(key string, values ...string) box {
		b := s.full()
		s.restrict(b, key, func(v string) bool { return strings.Contains(strings.Join(values, " "), v) })
		return b
	}
	for name, c := range map[string]struct {
		parts []box
		want  int
	}{
		"all":            {[]box{part("unit", "1"), part("unit", "2")}, 2},
		"one is missing": {[]box{part("function", "2010301"), part("function", "208")}, 0},
		"overlap":        {[]box{part("unit", "1"), part("unit", "2"), part("function", "208")}, 0},
		"largest first":  {[]box{part("function", "2010301"), part("function", "2010301", "2010399"), part("function", "208")}, 2},
		"twice":          {[]box{part("unit", "1"), part("unit", "1"), part("unit", "2")}, 2},
		"itself":         {[]box{whole}, 0},
	} {
		if got, ok := s.split(whole, c.parts); ok != (c.want > 0) || ok && len(got) != c.want {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
}
