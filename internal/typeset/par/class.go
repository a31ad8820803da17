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
	middot                 // ·: never begins a line
	solidus                // / ／: neither begins nor ends a line
	connector              // ～ – and a lone —: never begins a line
	follower               // 々 〃 ー: never begins a line, otherwise like han
	suffix                 // % ‰ ℃ ² ₂: belongs to the number or letter before it
	prefix                 // ￥ №, and ≥ ± before a number: belongs to the number after it
	digit                  // Arabic numerals
	letter                 // Latin letters and what stands within words
	operator               // + - × = and straight quotation marks: belong to words, but keep no gap from Han
	point                  // , . : ; ! ? ) ] of Latin text: never begins a line
	bracket                // ( [ { of Latin text: never ends a line
	space                  // a blank between words
	ideoSpace              // U+3000, a blank of one em
	tie                    // a no-break space: no line ends on either side
	mark                   // combining marks, variation selectors: part of the character before
	format                 // an instruction to layout, never printed: U+200B, U+200D, U+2060 …
	feed                   // a forced break
)

// classOf is the class of a character that stands alone. The marks are those of GB/T 15834-2011 §5.1 and of W3C CLREQ,
// basic level.
func classOf(r rune) class {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return han
	case r < 0x80:
		return ascii[r]
	}
	switch r {
	case '“', '‘', '（', '〔', '【', '《', '〈', '［', '｛', '〖', '「', '『', '〝':
		return opener
	case '”', '’', '）', '〕', '】', '》', '〉', '］', '｝', '〗', '」', '』', '〞', '〟':
		return closer
	case '，', '、', '；', '：', '．', '､':
		return comma
	case '。', '？', '！', '‼', '⁇', '⁈', '⁉', '｡':
		return stop
	case '—', '…', '⸺', '⋯', '―', '‥':
		return dash
	case '·', '・', '‧', '•':
		return middot
	case '／':
		return solidus
	case '～', '–', '〜', '‒':
		return connector
	case '々', '〃', 'ー', 'ゝ', 'ゞ', 'ヽ', 'ヾ':
		return follower
	case '％', '‰', '‱', '°', '℃', '℉', '′', '″', '¹', '²', '³', '￠':
		return suffix
	case '￥', '¥', '£', '￡', '€', '＄', '№', '§':
		return prefix
	case '±', '≥', '≤', '≈', '≠', '≮', '≯', '＜', '＞', '×', '÷', '−', '＋', '＝', '‐':
		return operator
	case '∶': // of a ratio, 3∶1
		return point
	case '‑', 'µ': // a hyphen that is no place to break, the micro sign
		return letter
	case 0x3000:
		return ideoSpace
	case 0xA0, 0x2007, 0x2009, 0x202F: // a thin space groups digits
		return tie
	}
	return classOfBlock(r)
}

// classOfBlock gives whole blocks their class.
func classOfBlock(r rune) class {
	switch {
	case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF:
		return format
	case r >= 0x0300 && r <= 0x036F, r >= 0x20D0 && r <= 0x20FF, r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return mark
	case r >= 0x2070 && r <= 0x209F, r >= '㍱' && r <= '㍺', r >= '㎀' && r <= '㏟': // small digits, units in one cell
		return suffix
	case r >= 0xC0 && r <= 0x2AF, r >= 0x370 && r <= 0x52F, r >= 0x1E00 && r <= 0x1FFF, // Latin, Greek, Cyrillic
		r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return letter
	case r >= '０' && r <= '９':
		return digit
	}
	return han
}

var ascii = func() (t [0x80]class) {
	for r := range t {
		t[r] = letter // _ & @ | and the like stand within words
	}
	for class, chars := range map[class]string{
		digit:     "0123456789",
		space:     " \t",
		suffix:    "%",
		prefix:    "$#",
		solidus:   "/",
		bracket:   "([{",
		point:     ")]},.:;!?",
		connector: "~",
		operator:  "+-=*<>'\"",
		feed:      "\n",
	} {
		for _, r := range chars {
			t[r] = class
		}
	}
	return t
}()

// classes is a set of classes, one bit each: most questions are put to both neighbours of a gap.
type classes uint32

const (
	fullMarks classes = 1<<opener | 1<<closer | 1<<comma | 1<<stop
	rigid     classes = 1<<solidus | 1<<connector | 1<<middot | 1<<tie
	western   classes = 1<<digit | 1<<letter | 1<<suffix | 1<<prefix | 1<<point | 1<<bracket
	inWord    classes = western | 1<<operator | 1<<solidus
	blank     classes = 1<<space | 1<<ideoSpace | 1<<tie
	// what is something else beside some neighbours
	contextual classes = fullMarks | 1<<dash | 1<<operator
	// never first on a line and never last (GB/T 15834-2011 §5.1)
	notFirst classes = 1<<closer | 1<<comma | 1<<stop | 1<<middot | 1<<solidus | 1<<connector | 1<<follower | 1<<suffix | 1<<point | blank
	notLast  classes = 1<<opener | 1<<bracket | 1<<prefix | 1<<solidus | 1<<tie
)

func (c class) in(set classes) bool { return set>>c&1 != 0 }

// fullMark reports whether a class is a Chinese mark of one em, half of which is blank.
func (c class) fullMark() bool { return c.in(fullMarks) }

// inWord reports whether a class is part of words and numbers, which are neither broken nor stretched.
func (c class) inWord() bool { return c.in(inWord) }
