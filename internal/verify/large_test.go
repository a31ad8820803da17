package verify_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/testdept"
	"yusuan/internal/verify"
)

// TestLargeDocumentsVerify: what bounds strangers' files and packs is far above what honest departments need. Each kind of
// row is there a thousand times; twenty thousand are made by the bench of linear cost.
func TestLargeDocumentsVerify(t *testing.T) {
	for _, kind := range testdept.LargeKinds() {
		n := 1000
		if kind == testdept.Forms { // a page each and more
			n = 100
		}
		files := fstest.MapFS{}
		dir := fmt.Sprintf("%d/000001", testdept.Year)
		for name, text := range testdept.Large(kind, n) {
			files[dir+"/"+name] = &fstest.MapFile{Data: text}
		}
		s := shared(t, "test")
		raw := makeFile(t, s, build.Input{Data: files, Dir: dir}, nil)
		r, err := verify.File(s, raw)
		if err != nil || !r.Identical() {
			t.Errorf("%s: %v %v", kind, err, r)
		}
	}
}

// TestManyFilesVerify: a department may spread its data over any number of files.
func TestManyFilesVerify(t *testing.T) {
	files := fstest.MapFS{}
	dir := fmt.Sprintf("%d/000001", testdept.Year)
	for name, text := range testdept.Large(testdept.Projects, 10) {
		files[dir+"/"+name] = &fstest.MapFile{Data: text}
	}
	for i := range 5000 {
		files[fmt.Sprintf("%s/n%04d.toml", dir, i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "# %d\n", i)}
	}
	s := shared(t, "test")
	raw := makeFile(t, s, build.Input{Data: files, Dir: dir}, nil)
	if r, err := verify.File(s, raw); err != nil || !r.Identical() {
		t.Errorf("%v %v", err, r)
	}
}
