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
	middot                 // · •: never begins a line
	solidus                // / ／: neither begins nor ends a line
	connector              // ～ – and a lone —: never begins a line
	follower               // 々 〃 ー: never begins a line, otherwise like han
	suffix                 // % ‰ ℃: belongs to the number before it
	prefix                 // ￥ ≥ № ±: belongs to the number after it
	digit                  // Arabic numerals
	letter                 // Latin letters and what stands within words
	point                  // , . : ; ! ? ) ] of Latin text: never begins a line
	bracket                // ( [ { of Latin text: never ends a line
	hyphen                 // -, until its neighbours say what it is
	quote                  // ", until it is known to open or to close
	blank                  // a space or U+3000
	tie                    // a no-break space and the like: no line ends on either side
	mark                   // combining marks, variation selectors: part of the character before
	control                // an instruction to layout, never printed: U+200B, U+200D, U+FEFF …
	feed                   // a forced break
	classes
)

// members lists the characters of each class that stand alone; the rest is ranges. Openers, closers and marks are those
// of GB/T 15834-2011 §5.1 and of W3C CLREQ, basic level.
var members = [...]struct {
	class class
	chars string
}{
	{opener, "“‘（〔【《〈［｛〖「『"},
	{closer, "”’）〕】》〉］｝〗」』"},
	{comma, "，、；：．､"},
	{stop, "。？！‼⁇⁈⁉｡"},
	{dash, "—…⸺⋯"},
	{middot, "·・‧•"},
	{solidus, "/／"},
	{connector, "～–〜~"},
	{follower, "々〃ー〻ゝゞヽヾ"},
	{suffix, "%％‰°℃℉㎡㎥㎏㎝㎞′″²³¢"},
	{prefix, "￥¥$£€№§±≥≤≈＜＞<>#"},
	{point, ",.:;!?)]}"},
	{bracket, "([{"},
	{hyphen, "-"},
	{quote, `"`},
	{blank, " \t\u3000"},
	{tie, "\u00a0\u202f"},
	{control, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"},
	{feed, "\n"},
}

// ranges are the classes of whole blocks.
var ranges = [...]struct {
	lo, hi rune
	class  class
}{
	{0x00, 0x024F, letter}, // ASCII and Latin; - + = _ & @ ' and the like stand within words
	{'0', '9', digit},
	{0x0300, 0x036F, mark},
	{0x0370, 0x052F, letter}, // Greek, Cyrillic
	{0x1E00, 0x1FFF, letter},
	{0x2070, 0x209F, letter}, // superscripts and subscripts
	{0x20D0, 0x20FF, mark},
	{0xFE00, 0xFE0F, mark}, // variation selectors
	{0xFE20, 0xFE2F, mark},
	{'０', '９', digit},
}

// Two dense tables: below U+3400 and above U+F8FF of the basic plane. All between them is han.
var (
	lowClasses  [0x3400]class
	highClasses [0x10000 - 0xF900]class
)

func init() {
	set := func(r rune, c class) {
		if r < rune(len(lowClasses)) {
			lowClasses[r] = c
		} else {
			highClasses[r-0xF900] = c
		}
	}
	for _, b := range ranges {
		for r := b.lo; r <= b.hi; r++ {
			set(r, b.class)
		}
	}
	for _, m := range members {
		for _, r := range m.chars {
			set(r, m.class)
		}
	}
}

// classOf is the class of a character that stands alone.
func classOf(r rune) class {
	switch {
	case uint32(r) < uint32(len(lowClasses)):
		return lowClasses[r]
	case r < 0xF900:
		return han
	case r < 0x10000:
		return highClasses[r-0xF900]
	case r >= 0xE0100 && r <= 0xE01EF, r >= 0x1F3FB && r <= 0x1F3FF: // variation selectors, skin tones
		return mark
	}
	return han
}

// set of classes.
type set uint32

func (s set) has(c class) bool { return s>>c&1 != 0 }

func setOf(cs ...class) (s set) {
	for _, c := range cs {
		s |= 1 << c
	}
	return s
}

var (
	// noStart never begin a line, noEnd never end one (GB/T 15834-2011 §5.1.1–5.1.9).
	noStart = setOf(closer, comma, stop, middot, solidus, connector, follower, suffix, point, tie)
	noEnd   = setOf(opener, bracket, prefix, solidus, tie)

	// fullMarks are drawn an em wide in Chinese faces, half of it blank.
	fullMarks = setOf(opener, closer, comma, stop)

	// western characters keep a gap from Han, unless they are drawn an em wide.
	western = setOf(digit, letter, suffix, prefix, bracket, point)

	// inWord stand together in words and numbers, which are neither broken nor stretched.
	inWord = setOf(digit, letter, suffix, prefix, point, bracket, solidus)

	// word is what words and numbers are made of.
	word = setOf(letter, digit)

	// rigid take no stretch on either side.
	rigid = setOf(solidus, connector, middot, tie)

	// weightless characters hang on the one before and take no room of their own.
	weightless = setOf(mark, control)
)
