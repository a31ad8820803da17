package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"errors"
	"io"
	"io/fs"
	"slices"

	"github.com/xuri/excelize/v2"
)

// contentTypes is the part that readers want first.
const contentTypes = "[Content_Types].xml"

// Parts is how the library writes a workbook whose parts are to stand in the order of their names: it leaves that of streamed
// sheets to chance. They are packed fast rather than small.
func Parts(w io.Writer) excelize.ZipWriter { return &parts{w: w} }

type parts struct {
	w    io.Writer
	list []part
}

type part struct {
	name    string
	content *bytes.Buffer
}

// Create begins a part.
func (p *parts) Create(name string) (io.Writer, error) {
	x := part{name, new(bytes.Buffer)}
	p.list = append(p.list, x)
	return x.content, nil
}

// AddFS is asked for by nobody.
func (p *parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes all parts.
func (p *parts) Close() error {
	slices.SortStableFunc(p.list, func(a, b part) int {
		return cmp.Or(cmp.Compare(later(a.name), later(b.name)), cmp.Compare(a.name, b.name))
	})
	z := zip.NewWriter(p.w)
	var packer *flate.Writer
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		if packer != nil { // parts are written one after the other
			packer.Reset(w)
			return packer, nil
		}
		var err error
		packer, err = flate.NewWriter(w, flate.BestSpeed)
		return packer, err
	})
	for _, x := range p.list {
		w, err := z.Create(x.name)
		if err != nil {
			return err
		}
		if _, err := x.content.WriteTo(w); err != nil {
			return err
		}
	}
	return z.Close()
}

func later(name string) int {
	if name == contentTypes {
		return 0
	}
	return 1
}
