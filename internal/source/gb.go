package source

import (
	"bytes"
	"math"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// readGB reads GB 18030, which contains GBK and GB 2312, with a question mark for each stretch of bytes that are none. In
// these codes a lost byte shifts all characters up to the next of ASCII; which bytes belong together is therefore settled
// line by line for the least odd reading of all.
func readGB(raw []byte) (text []byte, bad []span, odd int) {
	w := &mender{}
	decoder := simplifiedchinese.GB18030.NewDecoder()
	for start := 0; start < len(raw); {
		end := len(raw)
		if i := bytes.IndexByte(raw[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		odd += readGBLine(w, decoder, raw[start:end], start)
		start = end
	}
	return w.text, w.spans, odd
}

func readGBLine(w *mender, d *encoding.Decoder, line []byte, offset int) (odd int) {
	if sizes := sizesGB(line); sizes != nil {
		if text, err := d.Bytes(line); err == nil && !bytes.ContainsRune(text, utf8.RuneError) {
			w.good(text)
			for i := 0; i < len(line); i += int(sizes[i]) {
				odd += oddGB(line[i : i+int(sizes[i])])
			}
			return odd
		}
	}
	sizes := leastOdd(d, line)
	for i := 0; i < len(line); {
		n := int(sizes[i])
		if n == skip {
			odd += w.bad(offset+i, 1)
			i++
			continue
		}
		text, _ := gbCharacter(d, line[i:i+n])
		w.good(text)
		odd += oddGB(line[i : i+n])
		i += n
	}
	return odd
}

// skip is the size of what is no character.
const skip = 0

// gbSize is how many bytes the character has that b begins with, by its first two.
func gbSize(b []byte) int {
	switch {
	case b[0] < 0x80:
		return 1
	case b[0] == 0x80 || b[0] == 0xFF || len(b) < 2:
		return skip
	case b[1] >= '0' && b[1] <= '9' && len(b) >= 4:
		return 4
	case b[1] >= 0x40 && b[1] != 0x7F && b[1] != 0xFF:
		return 2
	}
	return skip
}

// gbCharacter decodes one character; false where the bytes are none.
func gbCharacter(d *encoding.Decoder, b []byte) (text []byte, ok bool) {
	if len(b) == 1 {
		return b, b[0] < 0x80
	}
	text, err := d.Bytes(b)
	return text, err == nil && utf8.RuneCount(text) == 1 && !bytes.ContainsRune(text, utf8.RuneError)
}

// sizesGB is the sizes of the characters of a line, at their places; nil where it has bytes that are none.
func sizesGB(line []byte) []uint8 {
	sizes := make([]uint8, len(line))
	for i := 0; i < len(line); {
		n := gbSize(line[i:])
		if n == skip {
			return nil
		}
		sizes[i] = uint8(n)
		i += n
	}
	return sizes
}

// leastOdd parts a line into characters and bytes that are none, from its end to its start: the cost of each place is that
// of the best part there and of the place behind. Bytes that are none cost less side by side, so the cost of the best part
// that begins with one is kept as well.
func leastOdd(d *encoding.Decoder, line []byte) []uint8 {
	n := len(line)
	sizes, costs := make([]uint8, n), make([]int, n+1)
	skips := make([]int, n+1) // the cost where a byte that is none stands here
	goOn := make([]bool, n)   // such a byte is followed by another
	skips[n] = math.MaxInt / 2
	for i := n - 1; i >= 0; i-- {
		skips[i] = math.MaxInt / 2
		if line[i] >= 0x80 {
			skips[i] = costs[i+1] + oddByte
			if beside := skips[i+1] + oddNext; beside <= skips[i] {
				skips[i], goOn[i] = beside, true
			}
		}
		costs[i], sizes[i] = skips[i], skip
		if size := gbSize(line[i:]); size > 0 {
			if _, ok := gbCharacter(d, line[i:i+size]); ok && costs[i+size]+oddGB(line[i:i+size]) < costs[i] {
				costs[i], sizes[i] = costs[i+size]+oddGB(line[i:i+size]), uint8(size)
			}
		}
	}
	for i := 0; i < n; i += max(1, int(sizes[i])) {
		if sizes[i] == skip && goOn[i] {
			sizes[i+1] = skip
		}
	}
	return sizes
}

// oddGB is how odd a character is: the first level of GB 2312 and its punctuation make up nearly all text.
func oddGB(b []byte) int {
	switch {
	case len(b) == 1:
		return 0
	case len(b) == 4 || b[1] < 0xA1:
		return oddPair
	case b[0] >= 0xB0 && b[0] <= 0xD7 || b[0] == 0xA1 || b[0] == 0xA3:
		return 0
	case b[0] <= 0xA9 || b[0] >= 0xD8 && b[0] <= 0xF7:
		return oddRare
	}
	return oddPair
}
