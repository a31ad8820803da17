package par

// class is the behaviour of a character in Chinese line layout.
type class uint8

const (
	han       class = iota // ideographs and everything else that may break on both sides
	opener                 // “ ‘ （ 《: never ends a line
	closer                 // ” ’ ） 》: never begins a line
	comma                  // ， 、 ； ：: never begins a line, may be squeezed to half
	stop                   // 。 ？ ！: never begins a line
	dash                   // — …, set in pairs
	middot                 // ·
	solidus                // / ／: neither begins nor ends a line
	tilde                  // ～ and – between numbers: never begins a line
	suffix                 // % ‰ ℃: belongs to the number before it
	prefix                 // ￥ ≥ № ±: belongs to the number after it
	digit                  // Arabic numerals
	letter                 // Latin letters and what stands within words
	point                  // , . : ; ! ? ) ] of Latin text
	bracket                // ( [ { of Latin text
	space                  // a blank between words
	ideoSpace              // U+3000, a blank of one em
	mark                   // zero width: joiners, variation selectors, combining marks
)

// classOf follows GB/T 15834-2011 §5.1 and W3C CLREQ for Chinese marks.
func classOf(r rune) class {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return han
	case r < 0x80:
		return asciiClass(r)
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF, r == 0x200B, r == 0x200C, r == 0x200D, r == 0x2060, r == 0xFEFF,
		r >= 0x0300 && r <= 0x036F, r >= 0x20D0 && r <= 0x20FF:
		return mark
	}
	switch r {
	case '“', '‘', '（', '〔', '【', '《', '〈', '［', '｛', '〖', '「', '『':
		return opener
	case '”', '’', '）', '〕', '】', '》', '〉', '］', '｝', '〗', '」', '』':
		return closer
	case '，', '、', '；', '：', '．', '､':
		return comma
	case '。', '？', '！', '‼', '⁇', '⁈', '⁉', '｡':
		return stop
	case '—', '…', '⸺', '⋯':
		return dash
	case '·', '・', '‧', '•':
		return middot
	case '／':
		return solidus
	case '～', '–', '〜':
		return tilde
	case '％', '‰', '°', '℃', '㎡', '㎥', '′', '″', '²', '³':
		return suffix
	case '￥', '¥', '£', '€', '№', '±', '≥', '≤', '≈', '＜', '＞', '×', '÷':
		return prefix
	case 0x3000:
		return ideoSpace
	case 0xA0:
		return letter // a no-break space keeps its neighbours together
	}
	switch {
	case r >= 0xC0 && r <= 0x24F, r >= 0x370 && r <= 0x52F, r >= 0x2070 && r <= 0x209F:
		return letter
	case r >= '０' && r <= '９':
		return han
	}
	return han
}

func asciiClass(r rune) class {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
		return letter
	}
	switch r {
	case ' ', '\t':
		return space
	case '%':
		return suffix
	case '$', '#', '<', '>':
		return prefix
	case '/':
		return solidus
	case '(', '[', '{':
		return bracket
	case ')', ']', '}', ',', '.', ':', ';', '!', '?':
		return point
	case '~':
		return tilde
	}
	return letter // - + = _ & @ ' " and the like stand within words
}

// western reports whether a class belongs to Latin text, which takes a gap beside Han.
func (c class) western() bool {
	switch c {
	case digit, letter, suffix, prefix, bracket, point:
		return true
	}
	return false
}

// fullMark reports whether a class is a Chinese mark of one em, half of which is blank.
func (c class) fullMark() bool { return c == opener || c == closer || c == comma || c == stop }
