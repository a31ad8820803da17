package ofdread

import (
	"fmt"
	"path"

	"yusuan/internal/shown"
)

// profile is that of a space of colours.
type profile struct {
	id    int
	entry string
}

// resources reads the fonts of the document.
func (f *File) resources() error {
	if f.fonts != nil {
		return nil
	}
	f.fonts = map[int]*shown.Font{}
	for _, loc := range f.document.first("CommonData").all("PublicRes") {
		name, err := place(f.folder, loc.text)
		if err != nil {
			return err
		}
		res, err := f.tree(name, "Res")
		if err != nil {
			return err
		}
		folder := path.Join(path.Dir(name), res.get("BaseLoc"))
		for _, c := range res.first("ColorSpaces").all("ColorSpace") {
			entry, err := place(folder, c.get("Profile"))
			if err != nil {
				return err
			}
			f.used[entry] = true
			f.profiles = append(f.profiles, profile{whole(c.get("ID")), entry})
		}
		for _, n := range res.first("Fonts").all("Font") {
			id := whole(n.get("ID"))
			if id == 0 || f.fonts[id] != nil {
				return fmt.Errorf("ofd: font %q: %w", n.get("ID"), errSyntax)
			}
			if f.fonts[id], err = f.font(n, folder); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *File) font(n *node, folder string) (*shown.Font, error) {
	var program []byte
	if file := n.first("FontFile"); file.name != "" {
		entry, err := place(folder, file.text)
		if err != nil {
			return nil, err
		}
		if program, err = f.read(entry, f.bounds.attach); err != nil {
			return nil, err
		}
	}
	font := shown.NewPaired(n.get("FontName"), program)
	if !font.Drawable() {
		font.Foreign = append(font.Foreign, "FontFile")
	}
	return font, nil
}
