package ofdread

import (
	"fmt"
	"path"
	"strings"

	"yusuan/internal/typeset/unit"
)

// Seal is where a signature draws a picture over a page, which readers show above all else.
type Seal struct {
	Page                     int // from 0
	Left, Top, Right, Bottom unit.Length
}

// maxSeals bounds how many seals are held against the pages; a seal over the edges of all pages has one on each.
const (
	maxSeals      = 1 << 12
	maxSignatures = 1 << 8 // each of which is read
)

// Seals are those of all signatures. An error says that one cannot be read, so that nobody knows what it covers.
func (f *File) Seals() (out []Seal, err error) {
	loc := strings.TrimSpace(f.body.first("Signatures").text)
	if loc == "" {
		return nil, nil
	}
	name, err := place("", loc)
	if err != nil {
		return nil, err
	}
	list, err := f.tree(name, "Signatures")
	if err != nil {
		return nil, err
	}
	signatures := list.all("Signature")
	if len(signatures) > maxSignatures {
		return nil, fmt.Errorf("%w: signatures", ErrTooMuch)
	}
	for _, s := range signatures {
		entry, err := place(path.Dir(name), s.get("BaseLoc"))
		if err != nil {
			return nil, err
		}
		signature, err := f.tree(entry, "Signature")
		if err != nil {
			return nil, err
		}
		for _, stamp := range signature.stamps() {
			seal, err := f.seal(stamp)
			if err != nil {
				return nil, err
			}
			if out = append(out, seal); len(out) > maxSeals {
				return nil, fmt.Errorf("%w: seals", ErrTooMuch)
			}
		}
	}
	return out, nil
}

// stamps are the places of seals within a signature, wherever they stand.
func (n *node) stamps() (out []*node) {
	if strings.TrimSpace(n.name) == "StampAnnot" {
		out = append(out, n)
	}
	for _, k := range n.kids {
		out = append(out, k.stamps()...)
	}
	return out
}

func (f *File) seal(n *node) (Seal, error) {
	index, known := f.ids[whole(n.get("PageRef"))]
	box := [4]int64{}
	fields := strings.Fields(n.get("Boundary"))
	for i, s := range fields {
		if before, rest, pointed := strings.Cut(s, "."); pointed && len(rest) > 4 { // other programs state more places
			s = before + "." + rest[:4]
		}
		v, ok := decimal(s)
		if !ok || len(fields) != 4 {
			known = false
			break
		}
		box[i] = v
	}
	if !known || len(fields) != 4 || box[2] < 0 || box[3] < 0 {
		return Seal{}, fmt.Errorf("ofd: a seal on page %q at %q: %w", n.get("PageRef"), n.get("Boundary"), errSyntax)
	}
	return Seal{index, length(box[0]), length(box[1]), length(box[0] + box[2]), length(box[1] + box[3])}, nil
}
