package batch

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Find lists the departments' folders below root, as paths relative to it, in order. A department is the uppermost
// folder with data: with a department.toml, with any TOML file that has a [department], or, so that a forgotten head is
// reported and not passed over, with TOML files below the folder of a year. So is one that cannot be read. Names that begin with . _ or ~ are skipped.
// A link is followed where it leads to a department's folder, and no further, so that links to a folder above or beside
// make no department appear twice.
func Find(fsys fs.FS, root string) ([]string, error) {
	var out []string
	err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !e.IsDir() && !leadsToFolder(fsys, name, e):
			return nil
		case name != root && hidden(e.Name()) && e.IsDir():
			return fs.SkipDir
		case name != root && hidden(e.Name()):
			return nil
		}
		is, err := isDepartment(fsys, name)
		if err != nil && name == root {
			return err
		}
		if err == nil && !is {
			return nil
		}
		rel := strings.TrimPrefix(strings.TrimPrefix(name, root), "/")
		if rel == "" {
			rel = "."
		}
		out = append(out, rel)
		if e.IsDir() {
			return fs.SkipDir
		}
		return nil // after a link, SkipDir would skip what stands beside it
	})
	if err != nil {
		return nil, fmt.Errorf("batch: list %s: %w", root, err)
	}
	slices.Sort(out)
	return out, nil
}

func leadsToFolder(fsys fs.FS, name string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

func hidden(name string) bool { return strings.ContainsRune("._~", rune(name[0])) }

func isTOML(name string) bool { return strings.EqualFold(path.Ext(name), ".toml") }

// meantAsTOML is isTOML and what an editor saved as .toml.txt: checking the folder tells of such a file.
func meantAsTOML(name string) bool { return isTOML(strings.TrimSuffix(strings.ToLower(name), ".txt")) }

// RosterName is the file above the departments' folders that says which departments there are: it makes its folder none.
const RosterName = "district.toml"

func meantAsRoster(name string) bool {
	return strings.TrimSuffix(strings.ToLower(name), ".txt") == RosterName
}

// IsDepartment reports whether a folder is one with data, as Find knows them; of one that cannot be read it is not known.
func IsDepartment(fsys fs.FS, dir string) bool {
	is, err := isDepartment(fsys, dir)
	return err == nil && is
}

// isDepartment decides by names where it can: a file need not be readable for its folder to be a department's.
func isDepartment(fsys fs.FS, dir string) (bool, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return false, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && meantAsTOML(e.Name()) && !hidden(e.Name()) && !meantAsRoster(e.Name()) {
			files = append(files, e.Name())
		}
	}
	year := path.Base(path.Dir(dir))
	if _, err := strconv.Atoi(year); len(files) > 0 && err == nil && len(year) == 4 || slices.Contains(files, "department.toml") {
		return true, nil
	}
	for _, name := range files {
		raw, err := fs.ReadFile(fsys, path.Join(dir, name))
		if err == nil && (bytes.HasPrefix(raw, []byte("[department]")) || bytes.Contains(raw, []byte("\n[department]"))) {
			return true, nil
		}
	}
	return false, nil
}

// Shard is one of Of equal parts of the work; the zero Shard is all of it.
type Shard struct {
	Index, Of int // from 1
}

// ParseShard reads "2/3".
func ParseShard(s string) (Shard, error) {
	i, n, ok := strings.Cut(s, "/")
	index, err1 := strconv.Atoi(i)
	of, err2 := strconv.Atoi(n)
	if !ok || err1 != nil || err2 != nil || index < 1 || of < 1 || index > of {
		return Shard{}, fmt.Errorf("“%s”不是 2/3 这样的一份", s)
	}
	return Shard{index, of}, nil
}

// Take returns the departments of the shard. A department's shard depends on its path alone, so that adding one moves
// no other and any scheduler can run the shards in any order.
func (s Shard) Take(departments []string) []string {
	if s.Of < 2 {
		return departments
	}
	var out []string
	for _, d := range departments {
		sum := sha256.Sum256([]byte(d)) // paths differ in their last digits only, which simpler hashes spread unevenly
		if binary.BigEndian.Uint64(sum[:])%uint64(s.Of) == uint64(s.Index-1) {
			out = append(out, d)
		}
	}
	return out
}
