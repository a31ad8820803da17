package sentence

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestRead reads the sentences of testdata/good: a text after a line 年 YYYY, then what was read, after ----, and cases apart by ====.
// UPDATE=1 writes what is read; look at the difference.
func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/good/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for one := range strings.SplitSeq(string(raw), "====\n") {
			head, want, _ := strings.Cut(one, "----\n")
			year, text, _ := strings.Cut(head, "\n")
			y, err := strconv.Atoi(strings.TrimPrefix(year, "年 "))
			if err != nil {
				t.Fatalf("%s: %q begins without its year", file, one)
			}
			p := Read(strings.TrimSuffix(text, "\n"), y)
			got := dump(p) + dumpFaults(p)
			if got != want && os.Getenv("UPDATE") == "" {
				t.Errorf("%s: %s\n got\n%s\nwant\n%s", file, text, got, want)
			}
			out = append(out, head+"----\n"+got)
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, []byte(strings.Join(out, "====\n")), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// FuzzRead: what is read lies within the text, and every index is one.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"收入100万元，其中：甲40万元，占40%；乙60万元。比上年增加10万元，增长11.11%。", "（一）甲1万元。\n（1）乙2万元", "由1万元增加到2万元", "《2024》〔1〕号", "-1，，1.2.3%", "占的%1%", "\xff1万", "2025年，2024年预算数为1", "X月××局", "其中其中：：包括：\n1.1.1", "年1年年", "增加（减少）0%", "20台（套）以上", "财政拨款支出主要内容如下：\n", "预算支出总额中，其中：", "主要包括："} {
		f.Add(s, 2025)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		p := Read(s, year)
		within := func(x Span) {
			if x.Start < 0 || x.End < x.Start || x.End > len(s) {
				t.Fatalf("%q: %v", s, x)
			}
		}
		index := func(i, n int) {
			if i < -1 || i >= n {
				t.Fatalf("%q: index %d of %d", s, i, n)
			}
		}
		for i := range p.Numbers {
			n := &p.Numbers[i]
			within(Span{n.Start, n.End})
			within(n.SignAt)
			index(n.Of, len(p.Numbers))
			index(n.Whole, len(p.Numbers))
			index(n.Subject, len(p.Subjects))
			index(n.WholeSubject, len(p.Subjects))
		}
		for _, x := range p.Subjects {
			within(x.Span)
			for _, n := range x.Names {
				within(n.Span)
			}
		}
		for _, x := range p.Same {
			within(x.Span)
			index(x.Of, len(p.Numbers))
		}
		for _, l := range p.Lists {
			index(l.Whole, len(p.Numbers))
			for _, i := range l.Parts {
				index(i, len(p.Numbers))
			}
		}
		for _, x := range p.Slips {
			within(x.Span)
		}
		faults, judged := p.Judge()
		for _, x := range faults {
			within(x.At)
			index(x.Number, len(p.Numbers))
		}
		for _, x := range judged {
			index(x.Number, len(p.Numbers))
		}
	})
}

// TestReadIsLinear: ten times the text takes no more than about ten times as long.
func TestReadIsLinear(t *testing.T) {
	for _, s := range []string{"收入100万元，其中：甲40万元，占40%；乙60万元。", "1", "（一）", "甲占", "“", "万元", "比上年", "其中：", "年2025年", "X", "，", "《2024年"} {
		Read(strings.Repeat(s, 300_000/len(s)), 2025).Judge()
	}
}
