package pdfread

import (
	"fmt"
	"slices"

	"yusuan/internal/shown"
	"yusuan/internal/typeset/unit"
)

// Page is one page of a file.
type Page struct {
	Width, Height unit.Length
	Content       []byte // the content streams, unpacked, with a line feed between two of them
	ref           Ref
	fonts         Dict // its font resources, not resolved
	foreign       []string
}

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

// stream resolves an object that must be a stream, and unpacks at most so many bytes of it.
func (f *File) stream(o any, most int) ([]byte, error) {
	v, err := f.Resolve(o)
	if err != nil {
		return nil, err
	}
	s, ok := v.(Stream)
	if !ok {
		return nil, fmt.Errorf("%T is no stream: %w", v, errSyntax)
	}
	return f.unpack(s, most)
}

// Catalog returns the root of the document.
func (f *File) Catalog() (Dict, error) {
	d, err := f.dict(f.trailer["Root"])
	if err != nil {
		return nil, fmt.Errorf("pdf: catalog: %w", err)
	}
	return d, nil
}

// Sheets are the sizes of the pages in order.
func (f *File) Sheets() ([]shown.Sheet, error) {
	pages, err := f.Pages()
	out := make([]shown.Sheet, len(pages))
	for i := range pages {
		out[i] = shown.Sheet{Width: pages[i].Width, Height: pages[i].Height}
	}
	return out, err
}

// Pages returns the pages in order.
func (f *File) Pages() ([]Page, error) {
	if f.pages != nil {
		return f.pages, nil
	}
	root, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	w := pageWalk{f: f, seen: map[Ref]bool{}}
	if err := w.node(root["Pages"], inherited{}, 0); err != nil {
		return nil, fmt.Errorf("pdf: page %d: %w", len(w.pages)+1, err)
	}
	f.pages = w.pages
	return w.pages, nil
}

type pageWalk struct {
	f     *File
	pages []Page
	seen  map[Ref]bool
}

// inherited is what a page has from the nodes above it.
type inherited struct {
	ref            Ref // of the node itself
	box, resources any
	foreign        []string
}

// node visits a node of the page tree (7.7.3); resources and size may be inherited.
func (w *pageWalk) node(o any, from inherited, depth int) error {
	if r, ok := o.(Ref); ok {
		if w.seen[r] {
			return fmt.Errorf("the page tree runs in a circle: %w", errSyntax)
		}
		w.seen[r] = true
		from.ref = r
	}
	if depth > maxDepth || len(w.pages) > w.f.mostPages() {
		return fmt.Errorf("%w: pages", ErrTooMuch)
	}
	d, err := w.f.dict(o)
	if err != nil {
		return err
	}
	if d["MediaBox"] != nil {
		from.box = d["MediaBox"]
	}
	if d["Resources"] != nil {
		from.resources = d["Resources"]
	}
	kids, err := w.f.Resolve(d["Kids"])
	if err != nil {
		return err
	}
	list, ok := kids.(Array)
	if !ok {
		return w.page(d, from)
	}
	from.foreign = slices.Concat(from.foreign, strange(d, writtenNode))
	for _, k := range list {
		if err := w.node(k, from, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// mostPages is more than a file of this size can have; each takes some hundreds of bytes.
func (f *File) mostPages() int { return 1<<14 + len(f.raw)/128 }

func (w *pageWalk) page(d Dict, from inherited) error {
	box, err := w.f.Resolve(from.box)
	if err != nil {
		return err
	}
	a, ok := box.(Array)
	if !ok || len(a) != 4 {
		return fmt.Errorf("no size: %w", errSyntax)
	}
	p := Page{ref: from.ref}
	p.Width, p.Height = length(micro(a[2])-micro(a[0])), length(micro(a[3])-micro(a[1]))
	p.foreign = slices.Concat(from.foreign, strange(d, writtenPage))
	if micro(a[0]) != 0 || micro(a[1]) != 0 {
		p.foreign = append(p.foreign, "/MediaBox") // all stands elsewhere on the sheet
	}
	if err := w.f.resources(from.resources, &p); err != nil {
		return err
	}
	if p.Content, err = w.f.content(d["Contents"]); err != nil {
		return err
	}
	if err := w.f.costs.page(len(p.Content)); err != nil {
		return err
	}
	annotations, err := w.f.annotations(d["Annots"])
	if err != nil {
		return err
	}
	p.foreign = append(p.foreign, annotations...)
	w.pages = append(w.pages, p)
	return nil
}

// resources notes the fonts of a page. A page without text has none.
func (f *File) resources(o any, p *Page) error {
	v, err := f.Resolve(o)
	if err != nil || v == nil {
		return err
	}
	d, err := f.dict(v)
	if err != nil {
		return err
	}
	p.foreign = append(p.foreign, strange(d, writtenResources)...)
	fonts, err := f.Resolve(d["Font"])
	if err != nil || fonts == nil {
		return err
	}
	p.fonts, err = f.dict(fonts)
	return err
}

func (f *File) content(o any) ([]byte, error) {
	v, err := f.Resolve(o)
	if err != nil || v == nil {
		return nil, err
	}
	list, ok := v.(Array)
	if !ok {
		return f.stream(v, maxContent)
	}
	var out []byte
	for i, o := range list {
		data, err := f.stream(o, maxContent)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			out = data[:len(data):len(data)]
			continue
		}
		if out = append(append(out, '\n'), data...); len(out) > maxContent {
			return nil, fmt.Errorf("%w: the content of a page", ErrTooMuch)
		}
	}
	return out, nil
}

// annotations names what lies over a page and is no link as this program writes it: without any look of its own.
func (f *File) annotations(o any) ([]string, error) {
	v, err := f.Resolve(o)
	if err != nil || v == nil {
		return nil, err
	}
	list, ok := v.(Array)
	if !ok {
		return nil, fmt.Errorf("%T is no list of annotations: %w", v, errSyntax)
	}
	var out []string
	for _, a := range list {
		d, err := f.dict(a)
		if err != nil {
			return nil, err
		}
		if kind, _ := d["Subtype"].(Name); kind != "Link" {
			out = append(out, "/"+string(kind))
			continue
		}
		keys := other(strange(d, writtenLink), d, "F", Int(4))
		border, err := f.Resolve(d["Border"])
		if err != nil {
			return nil, err
		}
		if b, _ := border.(Array); !slices.Equal(b, Array{Int(0), Int(0), Int(0)}) {
			keys = append(keys, "/Border") // a frame around the link
		}
		for _, key := range keys {
			out = append(out, "/Link "+key)
		}
		if len(out) > maxForeign {
			return out, nil
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

// Attachments returns the files of the name tree EmbeddedFiles (7.7.4), in its order.
func (f *File) Attachments() ([]shown.Attachment, error) {
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
	var out []shown.Attachment
	if err := f.nameTree(names["EmbeddedFiles"], map[Ref]bool{}, &out); err != nil {
		return nil, fmt.Errorf("pdf: attached files: %w", err)
	}
	return out, nil
}

// nameTree visits a node; seen keeps a tree that runs in circles from being walked for ever.
func (f *File) nameTree(o any, seen map[Ref]bool, out *[]shown.Attachment) error {
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
	if len(list)/2+len(*out) > f.bounds.attached {
		return fmt.Errorf("%w: attached files", ErrTooMuch)
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

func (f *File) attachment(o any) (shown.Attachment, error) {
	spec, err := f.dict(o)
	if err != nil {
		return shown.Attachment{}, err
	}
	name, _ := spec["UF"].(String)
	if name == "" {
		name, _ = spec["F"].(String)
	}
	relationship, _ := spec["AFRelationship"].(Name)
	a := shown.Attachment{Name: name.Text(), Relationship: string(relationship)}
	files, err := f.dict(spec["EF"])
	if err != nil {
		return a, fmt.Errorf("%q: %w", a.Name, err)
	}
	file := files["F"]
	if file == nil {
		file = files["UF"]
	}
	if a.Data, err = f.stream(file, f.bounds.attach); err != nil {
		return a, fmt.Errorf("%q: %w", a.Name, err)
	}
	return a, nil
}
