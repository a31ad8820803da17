package compose

import "testing"

// TestItemField holds that a cell of one field needs no template just where the field is a text.
func TestItemField(t *testing.T) {
	for _, c := range []struct {
		item  any
		field string
		want  string
		ok    bool
	}{
		{indicatorView{Third: "办件量"}, "Third", "办件量", true},
		{&projectView{Name: "外包"}, "Name", "外包", true},
		{&projectView{Start: 2026}, "Start", "", false}, // a number
		{&projectView{}, "Amount", "", false},           // a method
		{indicatorView{}, "Nothing", "", false},
		{nil, "Third", "", false},
		{"text", "Third", "", false},
	} {
		if got, ok := itemField(c.item, c.field); got != c.want || ok != c.ok {
			t.Errorf("%#v.%s: %q, %v", c.item, c.field, got, ok)
		}
	}
}
