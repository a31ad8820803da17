package check

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/prose"
	"yusuan/internal/source"
)

// nearlyOneByOne is what nearNames finds, sought for one name after the other: the time is names × text.
func nearlyOneByOne(text string, name string, names []string) (prose.Sentence, bool) {
	letters := []rune(name)
	first, last := string(letters[:2]), letters[len(letters)-1]
	for at := range text {
		if !strings.HasPrefix(text[at:], first) || slices.ContainsFunc(names, func(x string) bool { return strings.HasPrefix(text[at:], x) }) {
			continue
		}
		n := 0
		for k, r := range text[at:] {
			if n++; n > len(letters)+1 {
				break
			}
			if r != last || n < len(letters)-1 {
				continue
			}
			found := text[at : at+k+utf8.RuneLen(r)]
			if d := diag.Distance(found, name); strings.ReplaceAll(found, "的", "") != name && d > 0 && d <= max(1, len(letters)/5) {
				return prose.Sentence{Start: at, End: at + len(found)}, true
			}
		}
	}
	return prose.Sentence{}, false
}

// TestNamesInTexts: going through a text once finds the names, and what is nearly one, that looking for each name finds.
func TestNamesInTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func(n int) string {
		var s strings.Builder
		for range n {
			s.WriteRune([]rune("档案馆库房维护的费、。")[r.IntN(11)])
		}
		return s.String()
	}
	found := 0
	for range 300 {
		in := &Input{Budget: &budget.Budget{Facts: &budget.Facts{}}}
		var names []string
		for range 12 {
			name := word(1 + r.IntN(9))
			names = append(names, name)
			in.Budget.Facts.Projects = append(in.Budget.Facts.Projects, budget.Project{Name: source.String{V: name}})
		}
		in.nameProjects()
		text := word(20)
		for _, name := range names { // and names with a letter otherwise
			letters := []rune(name)
			letters[r.IntN(len(letters))] = '档'
			text += string(letters) + word(2)
		}
		near := in.nearNames(text)
		for i, name := range names {
			if len(in.names[i].letters) < fewestLetters {
				continue
			}
			want, ok := nearlyOneByOne(text, name, names)
			if got, has := near[i]; has != ok || got != want {
				t.Fatalf("%q in %q: found %v %v, want %v %v", name, text, got, has, want, ok)
			}
			if ok {
				found++
			}
		}
		for at := range text {
			if want := slices.ContainsFunc(names, func(x string) bool { return strings.HasPrefix(text[at:], x) }); in.nameSet.stands(text[at:]) != want {
				t.Fatalf("%q: a name stands at %d: %v", text, at, want)
			}
		}
	}
	if found < 50 {
		t.Errorf("found %d only", found)
	}
}

// TestManyAlike: of hundreds of projects whose names begin and end alike none is taken for another.
func TestManyAlike(t *testing.T) {
	in := &Input{Budget: &budget.Budget{Facts: &budget.Facts{}}}
	for i := range mostAlike + 1 {
		in.Budget.Facts.Projects = append(in.Budget.Facts.Projects, budget.Project{Name: source.String{V: fmt.Sprintf("第%03d号档案库", i)}})
	}
	in.nameProjects()
	if near := in.nearNames("用于第9号档案库。"); len(near) > 0 {
		t.Errorf("found %v", near)
	}
}
