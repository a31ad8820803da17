package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// parts are the parts of a document, however they are kept: each file of a zip, or each part of one XML file.
type parts struct {
	zip    map[string]*zip.File // by lower-case name with slashes; nil for one file
	text   []byte               // of one file
	main   string               // the name of the document's part; "" for Word 2003, where all is one
	pieces int                  // of XML that may still come
	left   int64                // bytes that may still be unzipped
	opened []io.Closer
}

// zipped are the parts of a zip; of two of one name, the first holds.
func zipped(raw []byte) (*parts, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(z.File) > maxParts {
		return nil, tooMuch("压缩包里的文件", maxParts)
	}
	p := &parts{zip: map[string]*zip.File{}, pieces: maxPieces, left: maxUnzipped}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if p.zip[name] == nil {
			p.zip[name] = f
		}
	}
	return p, p.findMain()
}

// single are the parts of one XML file.
func single(text []byte) (*parts, error) {
	p := &parts{text: text, pieces: maxPieces}
	root := ""
	t := newTokens(bytes.NewReader(text), &p.pieces)
	if err := t.find(func(e *element) (bool, error) { root = e.name; return true, nil }); err != nil {
		return nil, err
	}
	switch root {
	case "pkg:package":
		return p, p.findMain()
	case "w:wordDocument":
		return p, nil
	}
	return nil, errBody
}

// findMain finds the document's part.
func (p *parts) findMain() error {
	targets, err := p.relations("")
	if err != nil && !errors.Is(err, errPart) {
		return err
	}
	if p.main = targets["officeDocument"]; p.main == "" {
		p.main = "word/document.xml"
	}
	return nil
}

// close closes what was opened.
func (p *parts) close() {
	for _, c := range p.opened {
		c.Close() // only read
	}
	p.opened = nil
}

// open begins a part; errPart where there is none.
func (p *parts) open(name string) (*tokens, error) {
	name = strings.ToLower(name)
	if p.zip == nil {
		return p.within(name)
	}
	f := p.zip[name]
	if f == nil {
		return nil, errPart
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	p.opened = append(p.opened, r)
	return newTokens(&budget{r, &p.left}, &p.pieces), nil
}

// within begins a part of one XML file: what it reads ends where the part does.
func (p *parts) within(name string) (*tokens, error) {
	t := newTokens(bytes.NewReader(p.text), &p.pieces)
	found := false
	err := t.find(func(e *element) (bool, error) {
		if e.name == "pkg:part" {
			found = strings.ToLower(strings.TrimPrefix(e.get("name"), "/")) == name
		}
		return found && e.name == "pkg:xmlData", nil
	})
	if err == nil && (!found || t.r.Depth == 0) {
		err = errPart
	}
	return t, err
}

// budget bounds what all parts give together.
type budget struct {
	r    io.Reader
	left *int64
}

func (b *budget) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, tooMuch("解压后的字节", maxUnzipped)
	}
	return n, err
}

// relations are what a part points at, by the last word of what it is to it; of several, the first.
func (p *parts) relations(part string) (map[string]string, error) {
	dir, name := path.Split(part)
	t, err := p.open(dir + "_rels/" + name + ".rels")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	return out, t.inside(func(root *element) error {
		return t.inside(func(e *element) error {
			kind := e.get("Type")
			kind = kind[strings.LastIndexByte(kind, '/')+1:]
			if out[kind] != "" || e.get("TargetMode") == "External" || len(out) > maxParts {
				return nil
			}
			target := strings.ReplaceAll(e.get("Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = dir + target
			}
			out[kind] = strings.TrimPrefix(path.Clean("/"+target), "/")
			return nil
		}, nil)
	}, nil)
}

// beside begins a part beside the document's: styles, numbering, footnotes. Its root is open. errPart where there is none.
func (p *parts) beside(kind string) (*tokens, error) {
	if p.zip == nil && p.main == "" {
		t := newTokens(bytes.NewReader(p.text), &p.pieces)
		found := false
		err := t.find(func(e *element) (bool, error) {
			found = e.name == "w:"+kind
			return found, nil
		})
		if err == nil && !found {
			err = errPart
		}
		return t, err
	}
	targets, err := p.relations(p.main)
	if err != nil && !errors.Is(err, errPart) {
		return nil, err
	}
	name := targets[kind]
	if name == "" {
		name = path.Dir(p.main) + "/" + kind + ".xml"
	}
	t, err := p.open(name)
	if err != nil {
		return nil, err
	}
	for {
		tok, err := t.next()
		if err == io.EOF {
			err = errPart
		}
		if err != nil {
			return nil, err
		}
		if _, ok := tok.(xml.StartElement); ok {
			return t, nil
		}
	}
}
