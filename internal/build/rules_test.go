package build_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/check"
	"yusuan/internal/diag"
)

// The gallery, testdata/check, has a file for each rule: data that breaks it, a line, and data that keeps it. Both are
// read together with those base files of which they state nothing themselves. Every diagnostic that is to come is
// wanted by a comment on its line, # want 规则-号 "fragment", or on another, # want +2 规则-号 "fragment" for two lines
// further down; no other may come.

const (
	gallery  = "../../testdata/check"
	goodHalf = "# ---- 以下不报\n"
)

// bases are the base files by what replaces them. What a finished document states stands alone with the first two.
var bases = []struct {
	file string
	word *regexp.Regexp
}{
	{"base-department.toml", regexp.MustCompile(`(?m)^\[department\]`)}, {"base-unit.toml", regexp.MustCompile(`(?m)^\[\[unit\]\]`)},
	{"base-basic.toml", regexp.MustCompile(`(?m)^(basic_by_function|\[\[basic\]\])`)}, {"base-project.toml", regexp.MustCompile(`(?m)^\[\[project\]\]`)},
	{"base-form.toml", regexp.MustCompile(`(?m)^\[\[form\]\]`)}, {"base-prior.toml", regexp.MustCompile(`(?m)^\[prior\]`)},
}

func galleryCase(t *testing.T, text string) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{"d/case.toml": &fstest.MapFile{Data: []byte(text)}}
	published := strings.Contains(text, "[[stated_t")
	for i, b := range bases {
		if b.word.MatchString(text) || published && i > 1 {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(gallery, b.file))
		if err != nil {
			t.Fatal(err)
		}
		m["d/"+b.file] = &fstest.MapFile{Data: raw}
	}
	return m
}

var wantComment = regexp.MustCompile(`# want ([+-]\d+ )?(\p{Han}{2}-\d{3}) "([^"]*)"`)

func galleryWants(t *testing.T, text string) (wants []string) {
	t.Helper()
	for i, line := range strings.Split(text, "\n") {
		for _, m := range wantComment.FindAllStringSubmatch(line, -1) {
			offset := 0
			if m[1] != "" {
				n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(m[1]), "+"))
				if err != nil {
					t.Fatal(err)
				}
				offset = n
			}
			wants = append(wants, strconv.Itoa(i+1+offset)+" "+m[2]+" "+m[3])
		}
	}
	return wants
}

// holdWants compares what came with what was wanted.
func holdWants(t *testing.T, name string, wants []string, list []diag.Diagnostic) {
	t.Helper()
	for _, d := range list {
		found := -1
		for i, w := range wants {
			line, rest, _ := strings.Cut(w, " ")
			rule, fragment, _ := strings.Cut(rest, " ")
			if d.At.File == "d/case.toml" && line == strconv.Itoa(d.At.Start.Line) && rule == d.Rule && strings.Contains(d.Message, fragment) {
				found = i
			}
		}
		if found < 0 {
			t.Errorf("%s: unwanted %s: %v %s %s (%s, %s)", name, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want)
			continue
		}
		wants = append(wants[:found], wants[found+1:]...)
	}
	for _, w := range wants {
		t.Errorf("%s: wanted in vain: %s", name, w)
	}
}

// unshown are rules of check that the gallery cannot show with the packs at hand.
var unshown = map[string]string{
	"上年-003": "needs last year's folder; TestPriorFolder shows it",
	"文字-002": "no pack demands a text",
}

func TestGallery(t *testing.T) {
	s := shared(t)
	for _, r := range check.Rules() {
		raw, err := os.ReadFile(filepath.Join(gallery, r.ID+".toml"))
		if err != nil {
			if check.Found(r.ID) && unshown[r.ID] == "" {
				t.Errorf("%s has no file in the gallery", r.ID)
			}
			continue
		}
		bad, good, ok := strings.Cut(string(raw), goodHalf)
		if !ok {
			t.Errorf("%s: no line %q", r.ID, goodHalf)
			continue
		}
		if !strings.Contains(bad, r.ID) || strings.Contains(good, "# want") {
			t.Errorf("%s: the first half must want the rule, the second nothing", r.ID)
		}
		for half, text := range map[string]string{"bad": bad, "good": good} {
			w, err := s.Check(build.Input{Data: galleryCase(t, text), Dir: "d"})
			if err != nil {
				t.Fatal(r.ID, err)
			}
			holdWants(t, r.ID+" "+half, galleryWants(t, text), w.Diags.Sorted())
		}
	}
}
