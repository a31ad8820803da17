package grid

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// Workbooks are read with our own eyes rather than with a library: excelize's rows have texts only; what a cell is, its
// formula and its format cost a call each that loads the sheet as a whole, and overlapping merged ranges come joined.

// workbook is an xlsx file that is being read.
type workbook struct {
	builder
	parts    map[string]*zip.File // by lower-case name with slashes
	left     int64                // bytes that may still be unzipped
	pieces   int                  // pieces of XML that may still come
	from1904 bool
	shared   []string
	styles   []style
}

// sheetPart is a sheet as the workbook names it.
type sheetPart struct {
	name, id string
	hidden   bool
}

// readXLSX reads a workbook whose main part is known.
func readXLSX(parts map[string]*zip.File, main string) (*Book, error) {
	w := &workbook{parts: parts, left: maxUnzipped, pieces: maxPieces}
	w.book.Format = XLSX
	if err := w.read(main); err != nil {
		return nil, refusal(XLSX, err)
	}
	return &w.book, nil
}

func (w *workbook) read(main string) error {
	sheets, err := w.contents(main)
	if err != nil {
		return err
	}
	targets, err := w.relations(main)
	if err != nil {
		return err
	}
	if len(sheets) == 0 {
		return errPart
	}
	for _, id := range slices.Sorted(maps.Keys(targets)) {
		switch r := targets[id]; r.kind {
		case "styles":
			err = w.readStyles(r.target)
		case "sharedStrings":
			err = w.readShared(r.target)
		}
		if err != nil {
			return err
		}
	}
	for _, s := range sheets {
		r := targets[s.id]
		switch r.kind {
		case "worksheet":
		case "":
			return errPart
		default: // charts, dialogs, macros
			w.book.Others = append(w.book.Others, s.name)
			continue
		}
		if err := w.begin(s.name, s.hidden); err != nil {
			return err
		}
		if err := errors.Join(w.readSheet(r.target), w.readBeside(r.target)); err != nil {
			return err
		}
		if err := w.end(); err != nil {
			return err
		}
	}
	return nil
}

// contents reads the main part: which sheets there are, and how days count.
func (w *workbook) contents(main string) (sheets []sheetPart, err error) {
	err = w.each(main, func(t *tokens, e xml.StartElement) error {
		switch {
		case t.in("workbook", "workbookPr"):
			w.from1904 = truth(attribute(e, "date1904"))
		case t.in("sheets", "sheet"):
			s := sheetPart{name: attribute(e, "name")}
			for _, a := range e.Attr { // r:id; a plain id would be another
				if a.Name.Local == "id" && a.Name.Space != "" {
					s.id = a.Value
				}
			}
			state := attribute(e, "state")
			s.hidden = state == "hidden" || state == "veryHidden"
			if sheets = append(sheets, s); len(sheets) > maxSheets {
				return tooMuch("工作表", maxSheets)
			}
		}
		return nil
	})
	return sheets, err
}

// relation is what a part points at.
type relation struct {
	kind   string // the last word of its type
	target string
}

// relations are what a part points at, by their ids.
func (w *workbook) relations(part string) (map[string]relation, error) {
	dir, name := path.Split(part)
	out := map[string]relation{}
	err := w.each(dir+"_rels/"+name+".rels", func(t *tokens, e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attribute(e, "TargetMode") != "External" {
			kind := attribute(e, "Type")
			target := strings.ReplaceAll(attribute(e, "Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = dir + target
			}
			out[attribute(e, "Id")] = relation{kind[strings.LastIndexByte(kind, '/')+1:], strings.TrimPrefix(path.Clean(target), "/")}
		}
		return nil
	})
	return out, err
}

// each calls fn for the beginning of every element of a part.
func (w *workbook) each(part string, fn func(t *tokens, e xml.StartElement) error) error {
	return w.every(part, func(t *tokens, tok xml.Token) error {
		if e, ok := tok.(xml.StartElement); ok {
			return fn(t, e)
		}
		return nil
	})
}

// every calls fn for every piece of a part.
func (w *workbook) every(part string, fn func(t *tokens, tok xml.Token) error) (err error) {
	f := w.parts[strings.ToLower(part)]
	if f == nil {
		return errPart
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	in := bufio.NewReader(&budget{r, &w.left})
	t := newTokens(in, &w.pieces)
	if mark, _ := in.Peek(2); bytes.Equal(mark, []byte{0xFF, 0xFE}) || bytes.Equal(mark, []byte{0xFE, 0xFF}) {
		t = newWideTokens(wide(mark).NewDecoder().Reader(in), &w.pieces)
	}
	return t.each(func(tok xml.Token) error { return fn(t, tok) })
}

// newWideTokens reads XML that is decoded already, whatever its first line says.
func newWideTokens(r io.Reader, left *int) *tokens {
	t := newTokens(r, left)
	t.d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return t
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

// partsOf are the entries of a zip; of two of one name, the first holds.
func partsOf(raw []byte) (map[string]*zip.File, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(z.File) > maxParts {
		return nil, tooMuch("压缩包里的文件", maxParts)
	}
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if parts[name] == nil {
			parts[name] = f
		}
	}
	return parts, nil
}

// mainPart is the part of an Office file that the others belong to, in lower case; "" where there is none.
func mainPart(parts map[string]*zip.File) string {
	w := &workbook{parts: parts, left: maxUnzipped, pieces: maxPieces}
	if targets, err := w.relations(""); err == nil {
		for _, id := range slices.Sorted(maps.Keys(targets)) {
			if r := targets[id]; r.kind == "officeDocument" && parts[strings.ToLower(r.target)] != nil {
				return strings.ToLower(r.target)
			}
		}
	}
	if parts["xl/workbook.xml"] != nil {
		return "xl/workbook.xml"
	}
	return ""
}
