package testdept

import (
	"bytes"
	"fmt"
	"regexp"
)

// Member returns department i of a district of any size: its folder below the root and its files. Members differ in
// code, name, units and file name where departments of Files share them, so that a whole district is consistent.
func Member(i int) (dir string, files map[string][]byte) {
	seed := uint64(i)
	g := &dept{random: random{seed}, code: Code(seed)}
	code := fmt.Sprintf("%06d", i+1)
	name := []byte(g.name())
	own := append(bytes.Clone(name), fmt.Sprintf("第%d分局", i+1)...)
	units := regexp.MustCompile(`"` + g.code + `(00[0-9])"`)
	files = Files(seed)
	for file, text := range files {
		text = bytes.ReplaceAll(text, name, own)
		text = bytes.ReplaceAll(text, []byte(`code = "`+g.code+`"`), []byte(`code = "`+code+`"`))
		files[file] = units.ReplaceAll(text, []byte(`"`+code+`$1"`))
	}
	return fmt.Sprintf("%d/%s", Year, code), files
}
