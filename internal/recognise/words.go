package recognise

import (
	"strings"
	"unicode"
)

// bare is a text as texts are compared: without blanks and quotation marks, in half width, dashes and points alike.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // full width
			r -= '！' - '!'
		}
		switch {
		case blank(r):
			return -1
		case strings.ContainsRune("“”„\"〝〞‘’'「」『』《》", r):
			return -1
		case strings.ContainsRune("—–―−‐‑─", r):
			return '-'
		case r == '【' || r == '〔' || r == '[':
			return '('
		case r == '】' || r == '〕' || r == ']':
			return ')'
		}
		return unicode.ToLower(r)
	}, s)
}

// blank reports whether a character shows nothing.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x200B && r <= 0x200F || r == 0xFEFF || r == 0x2060 || r == 0xAD
}

// wide reports whether a character is set without blanks beside it: Chinese, and its punctuation.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3001 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF5E || strings.ContainsRune("“”‘’—…·", r)
}

// tidy is a text without the blanks that set it in or spread it: those at its ends, and those beside Chinese characters. Of others
// one stays, since two numbers in a cell are two.
func tidy(s string) string {
	var out []rune
	gap := false
	for _, r := range s {
		if blank(r) {
			gap = true
			continue
		}
		if gap && len(out) > 0 && !wide(out[len(out)-1]) && !wide(r) {
			out = append(out, ' ')
		}
		gap = false
		out = append(out, r)
	}
	return string(out)
}

// grams are the pairs of neighbouring characters of a text, its ends counted as characters.
func grams(s string) map[[2]rune]int {
	out := map[[2]rune]int{}
	last := rune(0)
	for _, r := range s {
		out[[2]rune{last, r}]++
		last = r
	}
	if last != 0 {
		out[[2]rune{last, 0}]++
	}
	return out
}

// text is a bare text with its grams.
type text struct {
	s     string
	grams map[[2]rune]int
	n     int
}

func textOf(s string) text {
	t := text{s: s, grams: grams(s)}
	for _, n := range t.grams {
		t.n += n
	}
	return t
}

// like is how alike two texts are, in thousandths: the share of grams that they have in common.
func like(a, b text) int {
	switch {
	case a.n == 0 || b.n == 0:
		return 0
	case a.s == b.s:
		return 1000
	}
	if len(a.grams) > len(b.grams) {
		a, b = b, a
	}
	common := 0
	for g, n := range a.grams {
		common += min(n, b.grams[g])
	}
	return min(2000*common/(a.n+b.n), 990)
}

// likest is how alike a text is to the likest of others.
func likest(a text, others []text) (best int) {
	for i := range others {
		best = max(best, like(a, others[i]))
	}
	return best
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// digitsOnly reports whether a text is a number without marks.
func digitsOnly(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// amountLike reports whether a text is a number as tables print amounts, a percentage, or a stroke for nothing.
func amountLike(s string) bool {
	s = strings.TrimSuffix(strings.Trim(s, "()"), "%")
	s = strings.TrimPrefix(s, "-")
	if s == "" {
		return true
	}
	whole, rest, _ := strings.Cut(s, ".")
	return whole != "" && strings.Trim(whole, "0123456789,") == "" && strings.Trim(rest, "0123456789") == ""
}

// places are the decimals of a number.
func places(s string) int {
	if _, rest, ok := strings.Cut(strings.TrimRight(s, ")%"), "."); ok {
		return len(rest)
	}
	return 0
}
