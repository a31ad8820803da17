package verify

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/pack"
)

// PackDiff is how a pack inside the file differs from that of the program. What a pack says is printed: a number typed
// into its texts is not derived from data, and yet the pages follow from what the file carries.
type PackDiff struct {
	ID      string
	Version string     // of the pack inside
	Own     string     // the program's version; "" when the program has no such pack
	Files   []FileDiff // that differ, by their paths
}

// Posing says that the pack gives itself out for that of the program and is another.
func (d *PackDiff) Posing() bool { return d.Own == d.Version && len(d.Files) > 0 }

// FileDiff is the first difference between two files of a pack.
type FileDiff struct {
	Path   string
	Line   int    // from 1; 0 where only one of them exists
	Inside string // the line of the file inside
	Own    string // the line of the program's
	Only   Side   // which of the packs has the file, or the line where Ends
	Ends   bool   // they are the same up to where one of them ends; the other goes on with blank lines at most, or Only has Line
}

// Side says which of two packs has a file.
type Side int

// The sides.
const (
	Both Side = iota
	OnlyInside
	OnlyOwn
)

// packs holds the packs inside the file, as carried loads them, against those of the program.
func (r *Report) packs(a *archive.Archive, carried *build.Shared) {
	inside := map[string]map[string][]byte{} // by pack and path
	for _, f := range a.Files {
		rest, ok := strings.CutPrefix(f.Path, archive.TemplatesFolder+"/")
		if id, _, below := strings.Cut(rest, "/"); ok && below && f.Kind == archive.KindPack && f.Data != nil {
			if inside[id] == nil {
				inside[id] = map[string][]byte{}
			}
			inside[id][rest] = f.Data
		}
	}
	for _, id := range slices.Sorted(maps.Keys(inside)) {
		own := r.shared.PackFiles(id)
		for name := range own { // of packs that it inherits, which are held against theirs
			if !strings.HasPrefix(name, id+"/") {
				delete(own, name)
			}
		}
		d := PackDiff{ID: id, Version: version(carried, id)}
		if a.Manifest.Comments == archive.Stripped { // a pack that is not the program's has lost its comments
			for name, raw := range own {
				if !bytes.Equal(raw, inside[id][name]) {
					own[name] = pack.StripComments(name, raw)
				}
			}
		}
		if own != nil {
			d.Own, d.Files = version(r.shared, id), differentFiles(inside[id], own)
		}
		if own == nil || len(d.Files) > 0 {
			r.Packs = append(r.Packs, d)
		}
	}
}

func version(s *build.Shared, id string) string {
	if p, _, err := s.Pack(id); err == nil && p != nil {
		return p.Version
	}
	return ""
}

func differentFiles(inside, own map[string][]byte) (out []FileDiff) {
	names := slices.Sorted(maps.Keys(inside))
	for name := range own {
		if _, ok := inside[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		a, isInside := inside[name]
		b, isOwn := own[name]
		switch {
		case !isInside:
			out = append(out, FileDiff{Path: name, Only: OnlyOwn})
		case !isOwn:
			out = append(out, FileDiff{Path: name, Only: OnlyInside})
		case !bytes.Equal(a, b):
			out = append(out, firstLine(name, a, b))
		}
	}
	return out
}

// firstLine is the first line in which two files differ. Lines that only one of them has at its end differ by the first
// that is not blank.
func firstLine(name string, a, b []byte) FileDiff {
	d := FileDiff{Path: name}
	for len(a) > 0 && len(b) > 0 {
		d.Line++
		d.Inside, a = cutLine(a)
		if d.Own, b = cutLine(b); d.Inside != d.Own {
			return d
		}
	}
	d.Inside, d.Own, d.Ends = "", "", true
	for _, x := range []struct {
		rest []byte
		has  Side
		line *string
	}{{a, OnlyInside, &d.Inside}, {b, OnlyOwn, &d.Own}} {
		for n := d.Line + 1; len(x.rest) > 0 && *x.line == ""; n++ {
			var line string
			if line, x.rest = cutLine(x.rest); strings.TrimSpace(line) != "" {
				d.Line, d.Only, *x.line = n, x.has, line
			}
		}
	}
	return d
}

func cutLine(b []byte) (line string, rest []byte) {
	l, rest, _ := bytes.Cut(b, []byte{'\n'})
	return string(l), rest
}
