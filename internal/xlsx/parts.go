package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"

	"github.com/xuri/excelize/v2"
)

// contentTypes is the part that readers want first.
const contentTypes = "[Content_Types].xml"

// Parts is how the library writes a workbook whose parts are to stand in the order of their names: it leaves that of streamed
// sheets to chance. They are packed as they come, fast rather than small.
func Parts(w io.Writer) excelize.ZipWriter { return &parts{w: w} }

type parts struct {
	w      io.Writer
	packer *flate.Writer
	list   []*part
	open   bool // the last of the list is being written
}

// part is a part that is packed; its header knows how large it was.
type part struct {
	zip.FileHeader
	packed bytes.Buffer
	of     *parts
}

// Create begins a part, which ends the one before.
func (p *parts) Create(name string) (io.Writer, error) {
	if err := p.end(); err != nil {
		return nil, err
	}
	x := &part{FileHeader: zip.FileHeader{Name: name, Method: zip.Deflate}, of: p}
	if p.packer == nil {
		var err error
		if p.packer, err = flate.NewWriter(&x.packed, flate.BestSpeed); err != nil {
			return nil, err
		}
	} else {
		p.packer.Reset(&x.packed)
	}
	p.list, p.open = append(p.list, x), true
	return x, nil
}

// Write packs some of the part.
func (x *part) Write(raw []byte) (int, error) {
	x.CRC32 = crc32.Update(x.CRC32, crc32.IEEETable, raw)
	x.UncompressedSize64 += uint64(len(raw))
	return x.of.packer.Write(raw)
}

// end ends the part that is being written.
func (p *parts) end() error {
	if !p.open {
		return nil
	}
	p.open = false
	if err := p.packer.Close(); err != nil {
		return err
	}
	x := p.list[len(p.list)-1]
	x.CompressedSize64 = uint64(x.packed.Len())
	return nil
}

// AddFS is asked for by nobody.
func (p *parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes all parts.
func (p *parts) Close() error {
	if err := p.end(); err != nil {
		return err
	}
	slices.SortStableFunc(p.list, func(a, b *part) int {
		return cmp.Or(cmp.Compare(later(a.Name), later(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	z := zip.NewWriter(p.w)
	for _, x := range p.list {
		w, err := z.CreateRaw(&x.FileHeader)
		if err != nil {
			return err
		}
		if _, err := x.packed.WriteTo(w); err != nil {
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
