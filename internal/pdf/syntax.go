package pdf

import (
	"slices"
	"unicode/utf16"

	"yusuan/internal/typeset/unit"
)

const hexDigits = "0123456789ABCDEF"

func appendInt(b []byte, v int) []byte { return appendDecimal(b, int64(v), 0) }

// appendRef writes a reference to object n.
func appendRef(b []byte, n int) []byte { return append(appendInt(b, n), " 0 R"...) }

// appendLength writes a length in points; three decimals hold it exactly.
func appendLength(b []byte, l unit.Length) []byte { return appendDecimal(b, int64(l), 3) }

// appendDecimal writes v / 10^decimals without trailing zeros. A file is full of numbers, so this is not left to strconv.
func appendDecimal(b []byte, v int64, decimals int) []byte {
	const longest = 21 // minus, 19 digits, point
	b = slices.Grow(b, longest)
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	for decimals > 0 && v%10 == 0 {
		v /= 10
		decimals--
	}
	size := 1
	for x := v; x >= 10; x /= 10 {
		size++
	}
	if decimals > 0 {
		size = max(size, decimals+1) + 1
	}
	from := len(b)
	b = b[:from+size]
	for at := size - 1; at >= 0; at-- {
		if decimals > 0 && at == size-1-decimals {
			b[from+at] = '.'
			continue
		}
		b[from+at] = byte('0' + v%10)
		v /= 10
	}
	return b
}

// appendText writes a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else as UTF-16 with a byte order mark.
func appendText(b []byte, s string) []byte {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] >= ' ' && s[i] <= '~'
	}
	if ascii {
		b = append(b, '(')
		for i := range len(s) {
			b = appendLiteral(b, s[i])
		}
		return append(b, ')')
	}
	b = append(b, "<FEFF"...)
	for _, r := range s {
		b = appendUTF16(b, r)
	}
	return append(b, '>')
}

// appendUTF16 writes the UTF-16 code units of r in hexadecimal.
func appendUTF16(b []byte, r rune) []byte {
	if r > 0xFFFF {
		high, low := utf16.EncodeRune(r)
		return appendHex16(appendHex16(b, uint16(high)), uint16(low))
	}
	return appendHex16(b, uint16(r))
}

func appendHex16(b []byte, v uint16) []byte {
	return append(b, hexDigits[v>>12], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15])
}

// appendLiteral writes one byte of a literal string. A bare carriage return would be read as a line feed.
func appendLiteral(b []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(b, '\\', c)
	case '\r':
		return append(b, '\\', 'r')
	}
	return append(b, c)
}

// appendName writes a name, with all but letters, digits and a few marks as #xx.
func appendName(b []byte, s string) []byte {
	b = append(b, '/')
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '+', c == '.', c == '_':
			b = append(b, c)
		default:
			b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return b
}
