// Package archive is what a document carries inside: the data that it was made of, the figures of its tables for
// machines, and a manifest that says with which program, fonts and template it was made. With these, the program can
// make the document again at any time and show that nothing was changed.
//
// The manifest proves no authorship: who can rewrite a file can rewrite its manifest. It tells what the document is
// said to be made of, and a new typesetting tells whether that is so.
package archive

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/doc"
	"yusuan/internal/filename"
	"yusuan/internal/typeset/page"
)

// Format names the layout of what is carried. A later layout gets another name; documents of earlier ones are still read
// and made again as they were.
const (
	Format = "yusuan-archive-3"
	second = "yusuan-archive-2" // with the numbers of all tables as they are printed
	first  = "yusuan-archive-1" // so, and without a text for people
)

var formats = []string{first, second, Format}

// ManifestName is the name of the manifest among the attached files.
const ManifestName = "manifest.json"

// Kind says what an attached file is.
type Kind string

// The kinds, in the order in which files are attached.
const (
	KindData      Kind = "data"      // the department's folder
	KindPrior     Kind = "prior"     // last year's folder
	KindPack      Kind = "template"  // the template pack
	KindCatalogue Kind = "catalogue" // codes of the year
	KindTable     Kind = "table"     // figures of the printed tables
	KindReadme    Kind = "readme"    // what all this is, for people
)

// Manifest says what a document was made of and with.
type Manifest struct {
	Format   string  `json:"format"`
	Program  string  `json:"program"` // name and version
	Year     int     `json:"year"`
	Code     string  `json:"code"`               // of the department
	Edition  string  `json:"edition,omitempty"`  // the unit whose own document it is, "" for the department's
	Template string  `json:"template"`           // the pack's name
	Data     string  `json:"data"`               // the department's folder among the paths below
	Comments string  `json:"comments,omitempty"` // Stripped, or "" where the data have the comments that their authors wrote
	Prior    string  `json:"prior"`              // last year's folder, "" when none was used
	Pages    int     `json:"pages"`
	Content  string  `json:"content_sha256"` // ContentHash of the pages
	Fonts    []Font  `json:"fonts"`          // that the pages use, by name
	Files    []Entry `json:"files"`          // in the order of their paths
}

// Stripped says of Manifest.Comments that the comments of the data were left out.
const Stripped = "stripped"

// Font is a font that the pages use. Fonts are not carried along whole: the program has its own, and those of
// others may not be passed on.
type Font struct {
	Name   string `json:"name"` // PostScript name
	SHA256 string `json:"sha256"`
	File   string `json:"file"`           // where it came from
	Role   string `json:"role,omitempty"` // that a font of the user was given for; "" for a font of the program
}

// Entry is one attached file.
type Entry struct {
	Name   string `json:"name"` // among the attached files
	Path   string `json:"path"` // where extract puts it, with forward slashes
	Kind   Kind   `json:"kind"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// File is a file to carry along, or one that was.
type File struct {
	Path string
	Kind Kind
	Data []byte

	// Of a file that many documents carry, its Sum and its compressed form (page.File.Packed); empty in others.
	sum    string
	packed []byte
}

// Common returns the file made ready for being carried by many documents; pack compresses its data.
func (f File) Common(pack func([]byte) []byte) File {
	f.sum, f.packed = Sum(f.Data), pack(f.Data)
	return f
}

// Folders of the paths.
const (
	dataFolder      = "data"
	TemplatesFolder = "templates"
	catalogueFolder = "catalogue"
	tablesFolder    = "tables"
)

// DataFolder is where the folder of a department and year lies within an archive.
func DataFolder(year int, code string) string {
	return path.Join(dataFolder, strconv.Itoa(year), filename.Plain(code))
}

// Make returns the files to attach to a document: inputs, the figures of its tables, a text for people, the manifest. It
// completes the manifest by Content, Pages and Files, and by the newest Format if it has none. Of the tables of the tree,
// those of the pack are given with their exact numbers. Two inputs of one path are an error, as is a path that leads out of
// the archive.
func Make(m Manifest, inputs []File, tree *doc.Document, tables []PackTable, d *page.Document) ([]page.File, error) {
	files := slices.Clone(inputs)
	for i := range files {
		switch f := &files[i]; f.Kind {
		case KindPack:
			f.Path = path.Join(TemplatesFolder, f.Path)
		case KindCatalogue:
			f.Path = path.Join(catalogueFolder, f.Path)
		}
		files[i].Path = plainPath(files[i].Path)
	}
	m.Format = cmp.Or(m.Format, Format)
	all, figures, err := m.tableFiles(tree, tables)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	files = append(files, all)
	for i := range figures {
		files = append(files, figures[i].File)
	}
	m.Pages, m.Content = len(d.Pages), ContentHash(d)
	if m.Format != first {
		files = append(files, readme(&m, tree.Title, figures))
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	out := make([]page.File, 0, len(files)+1)
	taken := map[string]bool{ManifestName: true}
	for i, f := range files {
		if !allowed(f.Path) || i > 0 && files[i-1].Path == f.Path {
			return nil, fmt.Errorf("archive: %s cannot be carried along under this path", f.Path)
		}
		name := attachedName(f.Path, taken)
		sum := f.sum
		if sum == "" {
			sum = Sum(f.Data)
		}
		m.Files = append(m.Files, Entry{Name: name, Path: f.Path, Kind: f.Kind, Size: len(f.Data), SHA256: sum})
		out = append(out, page.File{
			Name: name, MIME: mimeOf(f.Path), Description: describe(f), Relationship: f.Kind.relationship(), Data: f.Data, Packed: f.packed, Sum: sum,
		})
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	manifest := page.File{Name: ManifestName, MIME: "application/json", Description: "清单", Relationship: "Data", Data: append(raw, '\n')}
	return append(out, manifest), nil
}

// Sum is a SHA-256 in hexadecimal digits.
func Sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// relationship is that of ISO 19005-3, 6.8: what the document was made of is Source.
func (k Kind) relationship() string {
	switch k {
	case KindTable:
		return "Data"
	case KindReadme:
		return "Supplement"
	}
	return "Source"
}

// attachedName makes a name of a path. Names are flat, since in a file specification a slash stands between folders
// (ISO 32000-1, 7.11.2), which readers of attachments do not make; the manifest leads back to the path.
func attachedName(p string, taken map[string]bool) string {
	flat := strings.ReplaceAll(p, "/", "-")
	ext := path.Ext(flat)
	name := flat
	for n := 2; taken[name]; n++ {
		name = strings.TrimSuffix(flat, ext) + " (" + strconv.Itoa(n) + ")" + ext
	}
	taken[name] = true
	return name
}

func mimeOf(p string) string {
	switch strings.ToLower(path.Ext(p)) {
	case ".toml":
		return "application/toml"
	case ".csv":
		return "text/csv"
	case ".json":
		return "application/json"
	}
	return "text/plain"
}

func describe(f File) string {
	switch f.Kind {
	case KindData:
		return "本年数据 " + f.Path
	case KindPrior:
		return "上年数据 " + f.Path
	case KindPack:
		return "模板 " + f.Path
	case KindCatalogue:
		return "科目 " + f.Path
	case KindReadme:
		return "附件的说明"
	}
	return "表格数据 " + f.Path
}
