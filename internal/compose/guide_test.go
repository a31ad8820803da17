package compose

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

const guideFile = "../../templates/README.md"

// TestGuideIsFresh holds the pack author's guide to the vocabulary. UPDATE=1 writes it anew.
func TestGuideIsFresh(t *testing.T) {
	want := pack.Guide(schedule.Sources())
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(guideFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(guideFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("templates/README.md is not what the vocabulary says; run UPDATE=1 go test ./internal/compose -run Guide")
	}
	for _, k := range append(budget.Keys(), budget.DimensionNames()...) {
		if !strings.Contains(want, "| `"+k+"` | ") {
			t.Errorf("the guide does not tell what %s is", k)
		}
	}
}

// TestGuideTellsTheDot holds the list of what templates see to the struct that they see.
func TestGuideTellsTheDot(t *testing.T) {
	var told []string
	for _, e := range pack.DotEntries() {
		told = append(told, e.Name)
		if e.Text == "" {
			t.Errorf("nothing is said of .%s", e.Name)
		}
	}
	var has []string
	for f := range reflect.TypeFor[view]().NumField() {
		has = append(has, reflect.TypeFor[view]().Field(f).Name)
	}
	slices.Sort(told)
	slices.Sort(has)
	if !slices.Equal(told, has) {
		t.Errorf("the guide tells of %v, templates see %v", told, has)
	}
}

// TestGuideTellsTheItems holds what the guide says of repeated rows of forms and of parts to what templates see.
func TestGuideTellsTheItems(t *testing.T) {
	types := map[string]reflect.Type{"goals": reflect.TypeFor[goalView](), "indicators": reflect.TypeFor[indicatorView](),
		"details": reflect.TypeFor[detailView](), "items": reflect.TypeFor[itemView]()}
	told := map[string]string{}
	for _, e := range pack.EachEntries() {
		told[e.Name] = e.Text + " "
	}
	for name, x := range types {
		for i := range x.NumField() {
			if f := x.Field(i).Name; !strings.Contains(told[name], "."+f+" ") {
				t.Errorf("the guide does not tell .%s of %s", f, name)
			}
		}
	}
	if len(told) != len(types)+1 {
		t.Errorf("the guide tells of %d lists", len(told))
	}
	guide := pack.Guide(schedule.Sources())
	part := reflect.TypeFor[byView]()
	var names []string
	for i := range part.NumField() {
		if f := part.Field(i); f.IsExported() {
			names = append(names, f.Name)
		}
	}
	for i := range part.NumMethod() {
		names = append(names, part.Method(i).Name)
	}
	for _, f := range names {
		if !strings.Contains(guide, "、."+f+" ") && !strings.Contains(guide, "每项有 ."+f+" ") {
			t.Errorf("the guide does not tell .%s of a part", f)
		}
	}
}

// TestUsesKnowWhatTemplatesSee holds the list of what each thing that templates see is made of (pack.ViewFields) to the
// structs that they see.
func TestUsesKnowWhatTemplatesSee(t *testing.T) {
	for kind, x := range map[string]reflect.Type{
		"whole": reflect.TypeFor[view](), "duty": reflect.TypeFor[dutyView](), "task": reflect.TypeFor[dutyView](), "unit": reflect.TypeFor[unitView](), "units": reflect.TypeFor[kindView](),
		"vehicle": reflect.TypeFor[countView](), "equipment": reflect.TypeFor[countView](), "project": reflect.TypeFor[*projectView](),
		"part": reflect.TypeFor[byView](), "change": reflect.TypeFor[changeView](), "goals": reflect.TypeFor[goalView](),
		"indicators": reflect.TypeFor[indicatorView](), "details": reflect.TypeFor[detailView](), "items": reflect.TypeFor[itemView](), "projects": reflect.TypeFor[*projectView](),
		"aim": reflect.TypeFor[aimView](),
	} {
		var has []string
		for i := range x.NumMethod() {
			has = append(has, x.Method(i).Name)
		}
		if x.Kind() == reflect.Pointer {
			x = x.Elem()
		}
		for i := range x.NumField() {
			if f := x.Field(i); f.IsExported() {
				has = append(has, f.Name)
			}
		}
		slices.Sort(has)
		if told := pack.ViewFields(kind); !slices.Equal(told, has) {
			t.Errorf("of %s it is known what %v are made of, templates see %v", kind, told, has)
		}
	}
}
