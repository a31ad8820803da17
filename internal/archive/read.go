package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yusuan/internal/memfs"
	"yusuan/internal/shown"
)

// ErrNoManifest says that a file carries no manifest of this program.
var ErrNoManifest = errors.New("no manifest of yusuan among the attached files")

// Refusal says why what a file carries cannot be used as a whole.
type Refusal struct {
	Kind RefusalKind
	Name string // of the file, path or format that it is about
}

// RefusalKind is what is wrong with a manifest.
type RefusalKind string

// What may be wrong with a manifest.
const (
	TwoOfOneName RefusalKind = "two attached files have the name"
	NoSyntax     RefusalKind = "the manifest is no JSON of its form"
	OtherFormat  RefusalKind = "the manifest has another format"
	BadPath      RefusalKind = "the manifest names a path that is not allowed"
	TooLarge     RefusalKind = "the manifest is too large"
)

func (r *Refusal) Error() string { return fmt.Sprintf("archive: %s: %q", r.Kind, r.Name) }

// What a manifest may have: as many files as any folder of sense, or else as many as are attached. The bytes of one are more
// than its name and its path, each of a folder and a file of 255 bytes, and its sum take. A value of a list takes two bytes
// of JSON and a hundred of memory, so these are counted, too.
const (
	fewFiles = 4096
	bytesOf  = 1280
	valuesOf = 8
)

// tooLarge reports whether a manifest is larger than one of as many files can be.
func tooLarge(raw []byte, attached int) bool {
	files := max(fewFiles, attached)
	return len(raw) > bytesOf*files || values(raw) > valuesOf*files
}

// values is how many values the lists and objects of a JSON text have, or more.
func values(raw []byte) (n int) {
	quoted := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}

// Archive is what a document carries.
type Archive struct {
	Manifest Manifest
	Raw      []byte // the manifest as it stands in the file
	Files    []File // in the order of the manifest; those that are missing have no Data
	Faults   []Fault
}

// Fault is a file that is not what the manifest says.
type Fault struct {
	Kind Kind // "" for one that the manifest does not name
	Path string
	What FaultKind
}

// FaultKind is what is wrong with an attached file.
type FaultKind int

const (
	Missing FaultKind = iota // the manifest names it, it is not there
	Altered                  // its bytes are not those of the manifest
	Added                    // the manifest does not name it
)

// Read takes the attached files of a document apart. Paths of the manifest that lead out of the archive are an error;
// files that are not what the manifest says are in Faults.
func Read(attached []shown.Attachment) (*Archive, error) {
	byName := map[string][]byte{}
	for _, a := range attached {
		if _, twice := byName[a.Name]; twice {
			return nil, &Refusal{TwoOfOneName, a.Name}
		}
		byName[a.Name] = a.Data
	}
	raw, ok := byName[ManifestName]
	if !ok {
		return nil, ErrNoManifest
	}
	a := &Archive{Raw: raw}
	if tooLarge(raw, len(attached)) {
		return nil, &Refusal{TooLarge, ManifestName}
	}
	if err := json.Unmarshal(raw, &a.Manifest); err != nil {
		return nil, &Refusal{NoSyntax, ManifestName}
	}
	if !slices.Contains(formats, a.Manifest.Format) {
		return nil, &Refusal{OtherFormat, a.Manifest.Format}
	}
	for _, folder := range []string{a.Manifest.Data, a.Manifest.Prior} {
		if folder != "" && !allowed(path.Join(folder, "x.toml")) {
			return nil, &Refusal{BadPath, folder}
		}
	}
	named := map[string]bool{ManifestName: true}
	paths := map[string]bool{}
	for _, e := range a.Manifest.Files {
		// Windows and macOS take names that differ in case for one.
		if folded := strings.ToLower(e.Path); !allowed(e.Path) || paths[folded] {
			return nil, &Refusal{BadPath, e.Path}
		} else if paths[folded] = true; named[e.Name] {
			return nil, &Refusal{TwoOfOneName, e.Name}
		}
		named[e.Name] = true
		data, ok := byName[e.Name]
		if ok && data == nil {
			data = []byte{} // empty, but there
		}
		a.Files = append(a.Files, File{Path: e.Path, Kind: e.Kind, Data: data})
		switch {
		case !ok:
			a.Faults = append(a.Faults, Fault{e.Kind, e.Path, Missing})
		case Sum(data) != e.SHA256:
			a.Faults = append(a.Faults, Fault{e.Kind, e.Path, Altered})
		}
	}
	for _, x := range attached {
		if !named[x.Name] {
			a.Faults = append(a.Faults, Fault{"", x.Name, Added})
		}
	}
	return a, nil
}

// FS returns the files of some kinds as a file system, faulty or not.
func (a *Archive) FS(kinds ...Kind) fs.FS {
	m := memfs.Tree{}
	for _, f := range a.Files {
		for _, k := range kinds {
			if f.Kind == k && f.Data != nil {
				m[f.Path] = f.Data
			}
		}
	}
	return m
}

// Templates holds the template pack that the document was made with.
func (a *Archive) Templates() fs.FS { return sub(a.FS(KindPack), TemplatesFolder) }

// Catalogue holds the codes that the document was made with.
func (a *Archive) Catalogue() fs.FS { return sub(a.FS(KindCatalogue), catalogueFolder) }

func sub(fsys fs.FS, dir string) fs.FS {
	s, err := fs.Sub(fsys, dir)
	if err != nil {
		panic(err) // the folder is a constant
	}
	return s
}
