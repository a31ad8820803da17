// Package ofdread reads OFD packages (GB/T 33190-2016) as far as a document of this program needs to be held against a new
// one: pages, what they show, structure, attached files.
//
// It reads what this program writes, also when another program packed it anew or put a signature into it. The files come from
// strangers: every read is bounded, and no input panics.
package ofdread

import (
	"archive/zip"
	"fmt"
	"path"
	"slices"
	"strings"

	"yusuan/internal/shown"
)

// entrance is the entry that leads to all others.
const entrance = "OFD.xml"

// File is a package that has been opened. It serves one goroutine.
type File struct {
	raw     []byte
	entries map[string]*zip.File
	names   []string        // in the order of the directory
	folded  map[string]bool // names in small letters
	used    map[string]bool
	remarks bool // XML has comments, instructions, or a head that says it is no UTF-8
	odd     bool // the package is not put together as one entry behind the other
	costs   costs
	bounds  bounds

	root     *node // of OFD.xml
	body     *node
	document *node
	folder   string // of the document
	signs    string // that of signatures
	pages    []pageAt
	ids      map[int]int // of pages: their index
	sheets   []shown.Sheet
	blocks   []shown.Block
	owners   map[shown.Content]int32 // blocks of objects; nil before they have been read
	fonts    map[int]*shown.Font
	links    map[int][]*node // the annotations of pages; nil before they have been read
	profiles []profile
}

// pageAt is where a page is.
type pageAt struct {
	id    int
	entry string
}

// Open reads the directory of a package and its document. The bytes must not change while the File is used.
func Open(raw []byte) (*File, error) {
	f := newFile(raw)
	if err := f.unzip(); err != nil {
		return nil, err
	}
	if f.entries[entrance] == nil {
		return nil, ErrNoOFD
	}
	var err error
	if f.root, err = f.tree(entrance, "OFD"); err != nil {
		return nil, err
	}
	f.body = f.root.first("DocBody")
	main, err := place("", f.body.first("DocRoot").text)
	if err != nil {
		return nil, err
	}
	f.folder = path.Dir(main)
	if f.document, err = f.tree(main, "Document"); err != nil {
		return nil, err
	}
	for _, p := range f.document.first("Pages").all("Page") {
		id := whole(p.get("ID"))
		entry, err := place(f.folder, p.get("BaseLoc"))
		if _, twice := f.ids[id]; err != nil || id == 0 || twice || f.used[entry] || f.entries[entry] == nil {
			return nil, fmt.Errorf("ofd: page %d: %w", len(f.pages)+1, errSyntax)
		}
		f.ids[id] = len(f.pages)
		f.pages = append(f.pages, pageAt{id, entry})
		f.used[entry] = true
	}
	if len(f.pages) == 0 {
		return nil, fmt.Errorf("ofd: no pages: %w", errSyntax)
	}
	f.signs = f.signsFolder()
	return f, nil
}

// Is reports whether a file is a package of this format, whatever is in it.
func Is(raw []byte) bool {
	f := newFile(raw)
	return f.unzip() == nil && f.entries[entrance] != nil
}

func newFile(raw []byte) *File {
	return &File{raw: raw, entries: map[string]*zip.File{}, folded: map[string]bool{}, used: map[string]bool{}, ids: map[int]int{}, costs: newCosts(len(raw)), bounds: newBounds(len(raw))}
}

// Plain reports whether the package claims the standard alone, and not that of archives.
func (f *File) Plain() bool { return f.root.get("DocType") == "OFD" }

// Since is what was done to the package after it had been written.
func (f *File) Since() shown.Since { return shown.Since{Signatures: f.signatures()} }

// signed reports whether an entry belongs to a signature: what lies in the folder of the list of signatures.
func (f *File) signed(name string) bool { return f.signs != "" && strings.HasPrefix(name, f.signs) }

// ownFolders are those of the document in which this program puts its files.
var ownFolders = [...]string{"Annots", "Attachs", "Pages", "Res", "Tags"}

// signsFolder is the folder of the list of signatures with a stroke behind it; "" where there is none, or one in which our own
// files lie.
func (f *File) signsFolder() string {
	list, err := place("", f.body.first("Signatures").text)
	if err != nil || f.entries[list] == nil || strings.TrimSpace(f.body.first("Signatures").text) == "" {
		return ""
	}
	folder := path.Dir(list) + "/"
	if folder == "./" || strings.HasPrefix(f.folder+"/", folder) || slices.ContainsFunc(f.pages, func(p pageAt) bool { return strings.HasPrefix(p.entry, folder) }) {
		return ""
	}
	for _, own := range ownFolders {
		if strings.HasPrefix(folder, f.folder+"/"+own+"/") {
			return ""
		}
	}
	return folder
}

// signatures is how many the list of signatures names.
func (f *File) signatures() int {
	loc := strings.TrimSpace(f.body.first("Signatures").text)
	if loc == "" {
		return 0
	}
	name, err := place("", loc)
	if err != nil {
		return 0
	}
	list, err := f.tree(name, "Signatures")
	if err != nil {
		return 0
	}
	return len(list.all("Signature"))
}

// listed is the entry that an element of the document names, "" where there is no such element.
func (f *File) listed(element string) (name string, err error) {
	loc := f.document.first(element).text
	if loc == "" {
		return "", nil
	}
	return place(f.folder, loc)
}

// Attachments returns the attached files in their order.
func (f *File) Attachments() ([]shown.Attachment, error) {
	name, err := f.listed("Attachments")
	if err != nil || name == "" {
		return nil, err
	}
	list, err := f.tree(name, "Attachments")
	if err != nil {
		return nil, err
	}
	var out []shown.Attachment
	for _, a := range list.all("Attachment") {
		if len(out) >= f.bounds.entries {
			return nil, fmt.Errorf("%w: attached files", ErrTooMuch)
		}
		entry, err := place(path.Dir(name), a.first("FileLoc").text)
		if err != nil {
			return nil, err
		}
		data, err := f.read(entry, f.bounds.attach)
		if err != nil {
			return nil, err
		}
		out = append(out, shown.Attachment{Name: a.get("Name") + path.Ext(entry), Relationship: a.get("Usage"), Data: data})
	}
	return out, nil
}

// Difference is how the entries of a package differ from those of another.
type Difference struct {
	Changed []string // both have them
	Added   []string
	Gone    []string
	Signed  bool // of what would differ else, signatures are all
}

// None reports whether the entries are the same, but for a signature.
func (d *Difference) None() bool { return len(d.Changed)+len(d.Added)+len(d.Gone) == 0 }

// Differs holds the entries of a package against those of one that was made anew. What a signature adds is no difference: its
// own files, and its place in OFD.xml.
func (f *File) Differs(anew *File) (d Difference, err error) {
	for _, name := range f.names {
		if anew.entries[name] == nil && f.signed(name) {
			d.Signed = true
		} else if anew.entries[name] == nil {
			d.Added = append(d.Added, name)
		}
	}
	for _, name := range anew.names {
		if f.entries[name] == nil {
			d.Gone = append(d.Gone, name)
			continue
		}
		a, err := f.read(name, f.bounds.attach)
		if err != nil {
			return d, err
		}
		b, err := anew.read(name, anew.bounds.attach)
		if err != nil {
			return d, err
		}
		if string(a) != string(b) && (name != entrance || !d.Signed || !f.onlySigned(anew)) {
			d.Changed = append(d.Changed, name)
		}
	}
	slices.Sort(d.Added)
	return d, nil
}

// onlySigned reports whether OFD.xml says what that of another package says, but for the signatures.
func (f *File) onlySigned(anew *File) bool {
	var same func(a, b *node, depth int) bool
	same = func(a, b *node, depth int) bool {
		kids := slices.DeleteFunc(slices.Clone(a.kids), func(k *node) bool { return depth == 1 && k.name == "Signatures" })
		if a.name != b.name || strings.TrimSpace(a.text) != strings.TrimSpace(b.text) || len(kids) != len(b.kids) || values(a) != values(b) {
			return false
		}
		for i := range kids {
			if !same(kids[i], b.kids[i], depth+1) {
				return false
			}
		}
		return true
	}
	return same(f.root, anew.root, 0)
}

// values are the attributes of an element in one text, but for its name spaces.
func values(n *node) string {
	var out []string
	for _, a := range n.attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			out = append(out, fmt.Sprintf("%q=%q", a.Name.Local, a.Value))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
