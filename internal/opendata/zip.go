package opendata

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"
	"time"

	"github.com/klauspost/compress/flate"
)

// Zip is the package as one file, with the date of the document on all that is in it: the same files give the same bytes.
func Zip(files []File, date time.Time) ([]byte, error) {
	var b bytes.Buffer
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	b.Grow(size/4 + 1<<12)
	z := newZip(&b, date)
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	for _, f := range files {
		if err := z.add(f.Name, bytes.NewReader(f.Data)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// zipper writes zips with one deflater for all files.
type zipper struct {
	*zip.Writer
	date time.Time
}

// level is how hard texts are deflated: further ones take twice the time for a few per cent.
const level = 5

func newZip(w io.Writer, date time.Time) *zipper {
	z := &zipper{zip.NewWriter(w), date.UTC()}
	var one *flate.Writer // files come one after the other
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		if one != nil {
			one.Reset(w)
			return one, nil
		}
		var err error
		one, err = flate.NewWriter(w, level)
		return one, err
	})
	return z
}

func (z *zipper) add(name string, from io.Reader) error {
	w, err := z.begin(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, from)
	return err
}

// begin begins a file, whose content is what is written until the next one begins.
func (z *zipper) begin(name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.date})
}
