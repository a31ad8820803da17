package batch

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Register lists the published documents with their SHA-256, in the form of sha256sum: whoever has it, kept apart from
// the documents, can tell whether one of them is still the published one.
type Register []Registered

// Registered is a line of a register.
type Registered struct {
	SHA256 string // in hexadecimal digits
	Name   string // below the output folder, with slashes
}

// NewRegister lists the documents that are there: those of the records, and those of earlier runs that this run was not
// asked for, as long as they are what was written.
func NewRegister(records []Record, known Manifest, stamp func(name string) (Stamp, bool)) Register {
	var out Register
	asked := map[owner]Status{}
	departments := map[string]bool{}
	for i := range records {
		r := &records[i]
		asked[r.owner()], departments[r.Department] = r.Status, true
		if !r.Status.Good() {
			continue
		}
		for _, f := range r.Files() {
			if f.SHA256 != "" {
				out = append(out, Registered{f.SHA256, f.Output})
			}
		}
	}
	for department := range departments {
		for _, d := range known[department].Documents {
			r := &d.Record
			if status, ok := asked[r.owner()]; ok && status != Checked || d.Old {
				continue
			}
			for _, f := range d.files() {
				if s, ok := stamp(f.Output); ok && s == f.Stamp && f.SHA256 != "" {
					out = append(out, Registered{f.SHA256, f.Output})
				}
			}
		}
	}
	return out.With(nil)
}

// With is the register with other lines among its own, each once and in the order of their names.
func (r Register) With(more Register) Register {
	out := slices.Concat(r, more)
	slices.SortFunc(out, func(a, b Registered) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.SHA256, b.SHA256)) })
	return slices.Compact(out)
}

// escapes are those of sha256sum: a line whose name has any begins with a backslash.
var escapes = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)

// Bytes is the register as a file.
func (r Register) Bytes() []byte {
	var b bytes.Buffer
	for _, x := range r {
		name := escapes.Replace(x.Name)
		if name != x.Name {
			b.WriteByte('\\')
		}
		fmt.Fprintf(&b, "%s  %s\n", x.SHA256, name)
	}
	return b.Bytes()
}

// ReadRegister reads a register as Bytes or sha256sum writes it; an editor may have given it a byte order mark and other
// line ends. line is the number of a line that is none of a register.
func ReadRegister(raw []byte) (r Register, line int) {
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	for i, s := range strings.Split(string(raw), "\n") {
		s = strings.TrimSuffix(s, "\r")
		if strings.TrimSpace(s) == "" {
			continue
		}
		s, escaped := strings.CutPrefix(s, `\`)
		sum, name, ok := strings.Cut(s, " ")
		if _, err := hex.DecodeString(sum); !ok || err != nil || len(sum) != 64 || len(name) < 2 || name[0] != ' ' && name[0] != '*' {
			return nil, i + 1
		}
		name = name[1:]
		if escaped {
			name = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r").Replace(name)
		}
		r = append(r, Registered{strings.ToLower(sum), name})
	}
	return r, 0
}

// Find looks a document up: the line that has its sum, and else the line that has its name with another.
func (r Register) Find(sum, base string) (same, other *Registered) {
	for i := range r {
		x := &r[i]
		named := x.Name == base || strings.HasSuffix(x.Name, "/"+base)
		switch {
		case x.SHA256 == sum && (same == nil || named):
			same = x
		case x.SHA256 != sum && named && other == nil:
			other = x
		}
	}
	return same, other
}
