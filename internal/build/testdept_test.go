package build_test

import (
	"path"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/testdept"
)

func generated(seed uint64) (fstest.MapFS, string) {
	m := fstest.MapFS{}
	dir := path.Join("2026", testdept.Code(seed))
	for name, raw := range testdept.Files(seed) {
		m[path.Join(dir, name)] = &fstest.MapFile{Data: raw}
	}
	return m, dir
}

// TestConsistentDepartmentsAreClean: departments without a fault get no diagnostic of any level, but for one of each rule
// about what rounding makes of any amounts.
func TestConsistentDepartmentsAreClean(t *testing.T) {
	s := shared(t)
	for seed := range uint64(40) {
		m, dir := generated(seed)
		w, err := s.Check(build.Input{Data: m, Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		rounded := map[string]int{}
		for _, d := range w.Diags.Sorted() {
			if rounded[d.Rule]++; rounded[d.Rule] == 1 && ownResidue(d) {
				continue
			}
			t.Errorf("seed %d: %s: %v %s %s (%s, %s)", seed, d.At, d.Level, d.Rule, d.Message, d.Stated, d.Want)
		}
	}
}
