package pdfread

import (
	"bytes"
	"fmt"

	"yusuan/internal/typeset/unit"
)

// Page is one page of a file.
type Page struct {
	Width, Height unit.Length
	Content       []byte // the content streams, unpacked, with a line feed between two of them
	fonts         Dict   // its font resources, not resolved
	foreign       []string
}

// maxPages bounds the page tree.
const maxPages = 1 << 16

// dict resolves an object that must be a dictionary; of a stream it is the stream's.
func (f *File) dict(o any) (Dict, error) {
	v, err := f.Resolve(o)
	if err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case Dict:
		return v, nil
	case Stream:
		return v.Dict, nil
	}
	return nil, fmt.Errorf("%T is no dictionary: %w", v, errSyntax)
}

// stream resolves an object that must be a stream, and unpacks it.
func (f *File) stream(o any) (Stream, []byte, error) {
	v, err := f.Resolve(o)
	if err != nil {
		return Stream{}, nil, err
	}
	s, ok := v.(Stream)
	if !ok {
		return Stream{}, nil, fmt.Errorf("%T is no stream: %w", v, errSyntax)
	}
	data, err := f.Unpack(s)
	return s, data, err
}

// Catalog returns the root of the document.
func (f *File) Catalog() (Dict, error) {
	d, err := f.dict(f.trailer["Root"])
	if err != nil {
		return nil, fmt.Errorf("pdf: catalog: %w", err)
	}
	return d, nil
}

// Pages returns the pages in order.
func (f *File) Pages() ([]Page, error) {
	root, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	w := pageWalk{f: f, seen: map[Ref]bool{}}
	if err := w.node(root["Pages"], Dict{}, 0); err != nil {
		return nil, fmt.Errorf("pdf: page %d: %w", len(w.pages)+1, err)
	}
	return w.pages, nil
}

type pageWalk struct {
	f     *File
	pages []Page
	seen  map[Ref]bool
}

// node visits a node of the page tree (7.7.3); resources and size may be inherited.
func (w *pageWalk) node(o any, inherited Dict, depth int) error {
	if r, ok := o.(Ref); ok {
		if w.seen[r] {
			return fmt.Errorf("the page tree runs in a circle: %w", errSyntax)
		}
		w.seen[r] = true
	}
	if depth > maxDepth || len(w.pages) > maxPages {
		return fmt.Errorf("the page tree is too large: %w", errSyntax)
	}
	d, err := w.f.dict(o)
	if err != nil {
		return err
	}
	own := Dict{}
	for _, key := range []Name{"MediaBox", "Resources"} {
		own[key] = d[key]
		if own[key] == nil {
			own[key] = inherited[key]
		}
	}
	kids, err := w.f.Resolve(d["Kids"])
	if err != nil {
		return err
	}
	if list, ok := kids.(Array); ok {
		for _, k := range list {
			if err := w.node(k, own, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return w.page(d, own)
}

func (w *pageWalk) page(d, inherited Dict) error {
	box, err := w.f.Resolve(inherited["MediaBox"])
	if err != nil {
		return err
	}
	a, ok := box.(Array)
	if !ok || len(a) != 4 {
		return fmt.Errorf("no size: %w", errSyntax)
	}
	var p Page
	p.Width, p.Height = length(micro(a[2])-micro(a[0])), length(micro(a[3])-micro(a[1]))
	if resources, err := w.f.dict(inherited["Resources"]); err == nil {
		p.fonts, _ = w.f.dict(resources["Font"]) // a page without text has none
	}
	if p.Content, err = w.f.content(d["Contents"]); err != nil {
		return err
	}
	if p.foreign, err = w.f.foreign(d); err != nil {
		return err
	}
	w.pages = append(w.pages, p)
	return nil
}

func (f *File) content(o any) ([]byte, error) {
	v, err := f.Resolve(o)
	if err != nil || v == nil {
		return nil, err
	}
	list, ok := v.(Array)
	if !ok {
		_, data, err := f.stream(v)
		return data, err
	}
	var parts [][]byte
	for _, o := range list {
		_, data, err := f.stream(o)
		if err != nil {
			return nil, err
		}
		parts = append(parts, data)
	}
	return bytes.Join(parts, []byte{'\n'}), nil
}

// foreign names what lies over a page or turns it: annotations other than links, rotation, another crop.
func (f *File) foreign(page Dict) ([]string, error) {
	var out []string
	for _, key := range []Name{"Rotate", "CropBox"} {
		if page[key] != nil && page[key] != Int(0) {
			out = append(out, string(key))
		}
	}
	o, err := f.Resolve(page["Annots"])
	if err != nil {
		return nil, err
	}
	list, _ := o.(Array)
	for _, a := range list {
		d, err := f.dict(a)
		if err != nil {
			return nil, err
		}
		if kind, _ := d["Subtype"].(Name); kind != "Link" {
			out = append(out, "/"+string(kind))
		}
	}
	return out, nil
}

// micro is a number in millionths, 0 for what is no number.
func micro(o any) int64 {
	switch v := o.(type) {
	case Int:
		return int64(v) * 1e6
	case Real:
		return int64(v)
	}
	return 0
}

// length turns millionths of a point into a length.
func length(micro int64) unit.Length {
	if micro < 0 {
		return unit.Length((micro - 500) / 1000)
	}
	return unit.Length((micro + 500) / 1000)
}

// Attachment is an attached file.
type Attachment struct {
	Name         string
	Relationship string
	Data         []byte
}

// Attachments returns the files of the name tree EmbeddedFiles (7.7.4), in its order.
func (f *File) Attachments() ([]Attachment, error) {
	root, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	if root["Names"] == nil {
		return nil, nil
	}
	names, err := f.dict(root["Names"])
	if err != nil {
		return nil, fmt.Errorf("pdf: names: %w", err)
	}
	if names["EmbeddedFiles"] == nil {
		return nil, nil
	}
	var out []Attachment
	if err := f.nameTree(names["EmbeddedFiles"], map[Ref]bool{}, &out); err != nil {
		return nil, fmt.Errorf("pdf: attached files: %w", err)
	}
	return out, nil
}

// maxAttachments bounds the attached files.
const maxAttachments = 4096

// nameTree visits a node; seen keeps a tree that runs in circles from being walked for ever.
func (f *File) nameTree(o any, seen map[Ref]bool, out *[]Attachment) error {
	if r, ok := o.(Ref); ok {
		if seen[r] {
			return fmt.Errorf("the tree runs in a circle: %w", errSyntax)
		}
		seen[r] = true
	}
	d, err := f.dict(o)
	if err != nil {
		return err
	}
	kids, err := f.Resolve(d["Kids"])
	if err != nil {
		return err
	}
	if list, ok := kids.(Array); ok {
		for _, k := range list {
			if err := f.nameTree(k, seen, out); err != nil {
				return err
			}
		}
	}
	pairs, err := f.Resolve(d["Names"])
	if err != nil {
		return err
	}
	list, _ := pairs.(Array)
	if len(list)/2+len(*out) > maxAttachments {
		return fmt.Errorf("the tree is too large: %w", errSyntax)
	}
	for i := 1; i < len(list); i += 2 {
		a, err := f.attachment(list[i])
		if err != nil {
			return err
		}
		*out = append(*out, a)
	}
	return nil
}

func (f *File) attachment(o any) (Attachment, error) {
	spec, err := f.dict(o)
	if err != nil {
		return Attachment{}, err
	}
	name, _ := spec["UF"].(String)
	if name == "" {
		name, _ = spec["F"].(String)
	}
	relationship, _ := spec["AFRelationship"].(Name)
	a := Attachment{Name: name.Text(), Relationship: string(relationship)}
	files, err := f.dict(spec["EF"])
	if err != nil {
		return a, fmt.Errorf("%s: %w", a.Name, err)
	}
	file := files["F"]
	if file == nil {
		file = files["UF"]
	}
	if _, a.Data, err = f.stream(file); err != nil {
		return a, fmt.Errorf("%s: %w", a.Name, err)
	}
	return a, nil
}
