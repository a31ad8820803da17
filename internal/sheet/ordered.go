package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"
)

// contentTypes is the part that readers want first.
const contentTypes = "[Content_Types].xml"

// Ordered is a workbook with its parts in the order of their names: the library leaves that of streamed sheets to chance.
func Ordered(raw []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	parts := slices.Clone(z.File)
	slices.SortFunc(parts, func(a, b *zip.File) int {
		return cmp.Or(cmp.Compare(rank(a.Name != contentTypes), rank(b.Name != contentTypes)), cmp.Compare(a.Name, b.Name))
	})
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		from, err := p.OpenRaw()
		if err != nil {
			return nil, err
		}
		to, err := w.CreateRaw(&p.FileHeader)
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(to, from); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
