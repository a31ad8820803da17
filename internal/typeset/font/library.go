package font

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// Library is the set of faces and the chains that roles make of them.
type Library struct {
	faces    []Info
	infos    map[*Face]Info
	byName   map[string]*Face
	families []*Family
	known    []Known
	common   string
}

// Info describes one face to people.
type Info struct {
	Name    string // PostScript name
	File    string
	Licence string // file with the licence text
	SHA256  string // of the file, of one of several faces with its name behind it; hexadecimal
	Role    string // that a font of the user goes first in; "" for a font of the manifest
	Note    string
}

// Override puts a font of the user in front of the face that a role has as its own. The ranges of the role's chain
// stay: where the chain takes Latin letters from another face, it still does.
type Override struct {
	Role string
	File string // as it was given, for messages and listings: with the face, see CutFace
	Face string // a font of the file by its name, "" for the only one
	Data []byte // the font file; it must not change afterwards
}

// Known is what fonts are called that offices have for a role, the most fitting first.
type Known struct {
	Role  string
	Names []string
}

type manifest struct {
	Common []string          // runs of characters, see Piece
	Height Height            // of ideographs
	Ranges map[string]string // name of a set of characters → "U+0020-007E U+00A0"
	Face   []struct {
		Name, File, Licence, SHA256, Note string

		Rise int // thousandths of an em, see Face.Rise
	}
	Role []struct {
		Name  string
		Face  string                         // the face that is the role's own, which an override goes before
		Chain []struct{ Face, Chars string } // Chars names an entry of Ranges; "" means all
		Known []string                       // see Known
	}
}

// Load reads a manifest (TOML: faces and chains of roles). Faces are opened and parsed when first used, so that loading
// costs little; open returns the bytes of a file, which are shared and never written to. Overrides are parsed at once,
// because they may be wrong in ways that only the user can mend.
func Load(manifestTOML string, open func(file string) ([]byte, error), overrides []Override) (*Library, error) {
	var m manifest
	meta, err := toml.Decode(manifestTOML, &m)
	if err != nil {
		return nil, fmt.Errorf("font manifest: %w", err)
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		return nil, fmt.Errorf("font manifest: unknown key %s", keys[0])
	}
	l := &Library{byName: make(map[string]*Face), infos: make(map[*Face]Info)}
	for _, f := range m.Face {
		if l.byName[f.Name] != nil {
			return nil, fmt.Errorf("font manifest: face %s is listed twice", f.Name)
		}
		l.byName[f.Name] = &Face{name: f.Name, rise: f.Rise, common: m.Common, open: func() ([]byte, error) { return open(f.File) }}
		l.describe(l.byName[f.Name], Info{Name: f.Name, File: f.File, Licence: f.Licence, SHA256: f.SHA256, Note: f.Note})
	}
	own, err := l.override(overrides, &m)
	if err != nil {
		return nil, err
	}
	for _, r := range m.Role {
		family := &Family{Role: r.Name}
		for _, c := range r.Chain {
			face := l.byName[c.Face]
			if face == nil {
				return nil, fmt.Errorf("font manifest: role %s: there is no face %q", r.Name, c.Face)
			}
			ranges, err := m.ranges(c.Chars)
			if err != nil {
				return nil, fmt.Errorf("font manifest: role %s: %w", r.Name, err)
			}
			if c.Face == r.Face && own[r.Name] != nil {
				family.add(link{own[r.Name], ranges})
			}
			family.add(link{face, ranges})
		}
		l.families = append(l.families, family)
		l.known = append(l.known, Known{r.Name, r.Known})
	}
	l.common = strings.Join(m.Common, "")
	for _, o := range overrides {
		if _, ok := l.Family(o.Role); !ok {
			return nil, fmt.Errorf("%s：没有叫“%s”的字体，可换的是 %s", o.File, o.Role, strings.Join(l.Roles(), " "))
		}
	}
	return l, nil
}

// override parses the fonts of the user, by role.
func (l *Library) override(overrides []Override, m *manifest) (map[string]*Face, error) {
	own := make(map[string]*Face)
	for _, o := range overrides {
		face, err := ParseFace(o.Data, o.Face)
		if err != nil {
			return nil, fmt.Errorf("%s：%w", o.File, err)
		}
		if own[o.Role] != nil {
			return nil, fmt.Errorf("%s：“%s”已经另有字体", o.File, o.Role)
		}
		face.common, face.rise = m.Common, m.Height.rise(face)
		own[o.Role] = face
		l.describe(face, o.info(face))
	}
	return own, nil
}

// info describes the font as the same, however its face within a collection was called.
func (o *Override) info(face *Face) Info {
	sum := sha256.New()
	sum.Write(o.Data)
	name := o.File
	if file, of := CutFace(o.File); of != "" {
		sum.Write([]byte(face.name)) // or else the faces of a file would be one
		if face.name != unnamed {
			name = file + "#" + face.name
		}
	}
	return Info{Name: face.name, File: name, SHA256: hex.EncodeToString(sum.Sum(nil)), Role: o.Role, Note: "代替" + o.Role}
}

func (l *Library) describe(f *Face, i Info) {
	l.faces = append(l.faces, i)
	l.infos[f] = i
}

// ranges returns a set of characters by its name; no name means all characters.
func (m *manifest) ranges(name string) ([]runeRange, error) {
	if name == "" {
		return nil, nil
	}
	fields := strings.Fields(m.Ranges[name])
	if len(fields) == 0 {
		return nil, fmt.Errorf("there are no ranges %q", name)
	}
	var out []runeRange
	for _, field := range fields {
		low, high, isRange := strings.Cut(strings.TrimPrefix(field, "U+"), "-")
		if !isRange {
			high = low
		}
		lo, err := strconv.ParseUint(low, 16, 21)
		if err != nil {
			return nil, err
		}
		hi, err := strconv.ParseUint(high, 16, 21)
		if err != nil {
			return nil, err
		}
		out = append(out, runeRange{rune(lo), rune(hi)})
		if n := len(out); lo > hi || n > 1 && out[n-2].hi >= out[n-1].lo {
			return nil, fmt.Errorf("the ranges %q do not ascend at %s", name, field)
		}
	}
	return out, nil
}

// Family returns the chain of a role.
func (l *Library) Family(role string) (*Family, bool) {
	for _, f := range l.families {
		if f.Role == role {
			return f, true
		}
	}
	return nil, false
}

// Roles lists the roles in the order of the manifest.
func (l *Library) Roles() []string {
	out := make([]string, len(l.families))
	for i, f := range l.families {
		out[i] = f.Role
	}
	return out
}

// Known lists for each role what offices' own fonts for it are called.
func (l *Library) Known() []Known { return l.known }

// Lacking counts the characters that documents use most and a face lacks.
func (l *Library) Lacking(f *Face) (n int) {
	for _, r := range l.common {
		if f.Glyph(r) == 0 {
			n++
		}
	}
	return n
}

// Faces lists the faces in the order of the manifest, then those that the user brought.
func (l *Library) Faces() []Info { return append([]Info(nil), l.faces...) }

// Info describes a face of the library; the zero Info when it has no such face.
func (l *Library) Info(f *Face) Info { return l.infos[f] }

// Face returns a face of the manifest by its PostScript name.
func (l *Library) Face(name string) (*Face, bool) {
	f, ok := l.byName[name]
	return f, ok
}

// Link is one face of a chain as people read it.
type Link struct {
	Face  string // PostScript name
	Chars string // the characters it is asked for, "U+0020-007E"; "" for all
}

// Chain lists the faces that are asked in turn.
func (f *Family) Chain() []Link {
	out := make([]Link, len(f.links))
	for i, l := range f.links {
		var b strings.Builder
		for j, r := range l.ranges {
			if j > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "U+%04X", r.lo)
			if r.hi != r.lo {
				fmt.Fprintf(&b, "-%04X", r.hi)
			}
		}
		out[i] = Link{Face: l.face.name, Chars: b.String()}
	}
	return out
}

// Missing lists the characters of text that no face of the chain has, each once, in order of appearance.
func (f *Family) Missing(text string) []rune {
	var out []rune
	seen := make(map[rune]bool)
	for _, r := range text {
		if !seen[r] && f.Pick(r) == nil {
			out = append(out, r)
		}
		seen[r] = true
	}
	return out
}
