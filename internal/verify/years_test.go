package verify_test

import (
	"os"
	"testing"

	"yusuan/internal/build"
)

// TestYearsOfADepartment: the documents of one department over three years, each with its own pack and last year's folder,
// are made again from inside alone.
func TestYearsOfADepartment(t *testing.T) {
	s := shared(t, "yusuan 1.0.0")
	for dir, prior := range map[string]string{"2017/101": "", "2018/101": "2017/101", "2019/101": "2018/101"} {
		in := build.Input{Data: os.DirFS("../../testdata/departments"), Dir: dir, PriorDir: prior}
		r := report(t, shared(t, "yusuan 1.0.0"), makeFile(t, s, in, nil))
		if !r.Good() || r.Earlier {
			t.Errorf("%s: good %t, earlier %t", dir, r.Good(), r.Earlier)
		}
	}
}
