package batch

import (
	"reflect"
	"testing"
)

// TestRegisterBytes holds the form of sha256sum, names with line feeds and backslashes included, both ways.
func TestRegisterBytes(t *testing.T) {
	const sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	r := Register{{sum, "a/甲 乙.pdf"}, {sum, "一\n二\\三.pdf"}}
	want := sum + "  a/甲 乙.pdf\n\\" + sum + "  一\\n二\\\\三.pdf\n"
	if got := string(r.Bytes()); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, line := ReadRegister(r.Bytes()); line != 0 || !reflect.DeepEqual(got, r) {
		t.Errorf("line %d, %q", line, got)
	}
	edited := "\uFEFF" + sum + " *x.pdf\r\n\r\n"
	if got, line := ReadRegister([]byte(edited)); line != 0 || !reflect.DeepEqual(got, Register{{sum, "x.pdf"}}) {
		t.Errorf("edited: line %d, %q", line, got)
	}
	for _, bad := range []string{"x", sum, sum[:63] + "  x", "g" + sum[1:] + "  x", sum + "  "} {
		if _, line := ReadRegister([]byte(sum + "  y\n" + bad)); line != 2 {
			t.Errorf("%q: line %d", bad, line)
		}
	}
}

// TestFindRegistered: the sum decides; a name with another sum is told apart from no name.
func TestFindRegistered(t *testing.T) {
	r := Register{{"1", "a/x.pdf"}, {"2", "y.pdf"}, {"1", "z.pdf"}}
	for _, c := range []struct{ sum, base, same, other string }{
		{"1", "x.pdf", "a/x.pdf", ""}, {"1", "z.pdf", "z.pdf", ""}, {"2", "renamed.pdf", "y.pdf", ""}, {"3", "x.pdf", "", "a/x.pdf"}, {"3", "n.pdf", "", ""},
	} {
		name := func(x *Registered) string {
			if x == nil {
				return ""
			}
			return x.Name
		}
		same, other := r.Find(c.sum, c.base)
		if name(same) != c.same || c.same == "" && name(other) != c.other {
			t.Errorf("%s %s: %q, %q", c.sum, c.base, name(same), name(other))
		}
	}
}
