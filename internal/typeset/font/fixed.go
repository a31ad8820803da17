package font

// NewFixed makes a family without outlines for tests of layout: width gives the advance of a character in
// thousandths of an em, 0 for a character that the face lacks. Its glyph ids are the widths themselves.
func NewFixed(role string, width func(rune) int) *Family {
	return &Family{Role: role, links: []link{{face: &Face{name: role, fixed: width}}}}
}
