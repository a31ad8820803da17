package testofd

// Texts are the texts of the pages as they stand in the files, in order: one list a page.
func Texts(raw []byte) [][]string {
	c := newChecker()
	if !c.unpacked(raw) {
		return nil
	}
	c.follow(place{}, "the package", "OFD.xml", "OFD")
	var out [][]string
	for _, id := range c.pages {
		out = append(out, c.spoken[id])
	}
	return out
}
