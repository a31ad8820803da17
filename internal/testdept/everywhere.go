package testdept

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Everywhere are departments that do not exist and that every pack must tell of, each a folder of testdata/everywhere:
// its folder common is what is the same in all places, the folder with the name of a pack what only that one asks for.
var Everywhere = []string{"six", "none", "odd"}

// everywhereYear is the year for which they are written; EverywhereFiles moves them to another.
const everywhereYear = 2026

var (
	nearYear      = regexp.MustCompile(`\b202[4-8]\b`)
	namedTemplate = regexp.MustCompile(`(?m)^(template\s*= ).*$`)
)

// EverywhereFiles is one of them as a department of the pack and the year; root is the folder testdata/everywhere. Others
// are packs whose folders are taken before that of the pack, such as the one that it inherits.
func EverywhereFiles(root fs.FS, department string, year int, pack string, others ...string) (map[string][]byte, error) {
	out := map[string][]byte{}
	if err := addFiles(out, root, department+"/common"); err != nil {
		return nil, err
	}
	for _, p := range append(slices.Clone(others), pack) {
		if _, err := fs.Stat(root, department+"/"+p); err != nil {
			continue
		}
		if err := addFiles(out, root, department+"/"+p); err != nil {
			return nil, err
		}
	}
	for name, raw := range out {
		s := nearYear.ReplaceAllStringFunc(string(raw), func(y string) string {
			n, _ := strconv.Atoi(y) // four digits
			return strconv.Itoa(n - everywhereYear + year)
		})
		if name == "department.toml" {
			s = namedTemplate.ReplaceAllString(s, `${1}"`+pack+`"`)
		}
		out[name] = []byte(s)
	}
	return out, nil
}

func addFiles(out map[string][]byte, root fs.FS, dir string) error {
	err := fs.WalkDir(root, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".toml" {
			return err
		}
		raw, err := fs.ReadFile(root, name)
		out[strings.TrimPrefix(name, dir+"/")] = raw
		return err
	})
	if err != nil {
		return fmt.Errorf("testdept: %s: %w", dir, err)
	}
	return nil
}
