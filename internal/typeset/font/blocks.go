package font

// Blocks are the parts of tables from characters to what a writer calls their glyphs, 256 characters each; a table has those
// that a document asks for. Whoever writes many files keeps them from one to the next. The zero Blocks are ready.
type Blocks struct {
	all   []*[256]uint16
	given int // how many of all are in use
}

// Take returns an empty block.
func (k *Blocks) Take() *[256]uint16 {
	if k.given == len(k.all) {
		k.all = append(k.all, new([256]uint16))
	}
	b := k.all[k.given]
	k.given++
	*b = [256]uint16{}
	return b
}

// Reset takes all blocks back: nothing that was written before needs them any more.
func (k *Blocks) Reset() { k.given = 0 }
