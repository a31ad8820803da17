package check

import (
	"strings"
	"testing"

	"yusuan/data"
	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// TestPriorOfNoCode: last year's amount of a part whose code is in no list would be nobody's, and the part itself new.
func TestPriorOfNoCode(t *testing.T) {
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	for code, wrong := range map[string]bool{"201": false, "299": true, "2010301": false, "2010391": true, "302": false} {
		file, _ := source.Parse("a.toml", []byte("[prior]\nyear = 2025\n[prior.figures]\n\"class."+code+"\" = 100\n"))
		facts, _ := budget.Read([]*source.File{file}, nil, nil)
		b, _ := budget.New(facts, cat)
		p := &pack.Pack{Figures: map[string]*pack.Figure{"class": {Name: "class", Title: "各类支出", By: "class", Prior: true}}}
		r := NewReport(p)
		priors(&Input{Pack: p, Budget: b}, r)
		found := 0
		for _, d := range r.found {
			if d.Rule == "上年-001" && strings.Contains(d.Message, code) && d.At.Start.Line == 4 {
				found++
			}
		}
		if want := map[bool]int{true: 1}[wrong]; found != want {
			t.Errorf("class.%s: %d findings, want %d: %v", code, found, want, r.found)
		}
	}
}
