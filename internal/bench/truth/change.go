package main

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// change is one thing that is printed otherwise.
type change struct {
	number int
	kind   string
	with   string // what stands in its place
	value  int64  // of it, of amounts, percentages and counts
}

// The kinds of changes.
const (
	anotherDigit = "digit"
	swapped      = "swap"
	tenfold      = "x10"
	tenth        = "/10"
	lastPlace    = "last"
	otherYear    = "year"
	otherWay     = "sign"
	otherUnit    = "unit"
)

func kindNames() []string {
	return []string{anotherDigit, swapped, tenfold, tenth, lastPlace, otherYear, otherWay, otherUnit}
}

// roll is a number that is the same in every run.
func roll(parts ...string) int {
	h := fnv.New32a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p + "\x00")) // a hash takes all
	}
	return int(h.Sum32() >> 1)
}

// changesOf are the changes of a number. seed tells documents apart.
func changesOf(i int, n *number, seed string) (out []change) {
	r := roll(seed, strconv.Itoa(n.site), strconv.Itoa(n.start))
	add := func(kind, with string) {
		if with != "" && with != n.text {
			c := change{number: i, kind: kind, with: with}
			if v, _, ok := scaled(with); ok {
				c.value = v
				if size := sizes[n.unit]; size > 0 {
					c.value *= size
				}
			}
			out = append(out, c)
		}
	}
	switch n.sort {
	case year:
		y, err := strconv.Atoi(n.text)
		if err == nil {
			add(otherYear, strconv.Itoa(y+1-2*(r%2)))
		}
		return out
	case sign:
		if t, is := turned[n.text]; is {
			return append(out, change{number: i, kind: otherWay, with: t})
		}
		return append(out, change{number: i, kind: otherWay, with: ""})
	case unitWord:
		return append(out, change{number: i, kind: otherUnit, with: otherThan(n.text)})
	}
	add(anotherDigit, replaced(n.text, r))
	add(swapped, exchanged(n.text, r))
	add(tenfold, shifted(n.text, 1))
	add(tenth, shifted(n.text, -1))
	add(lastPlace, moved(n.text, r))
	if n.unitStart > 0 && n.value != 0 { // 0元 is 0万元
		c := change{number: i, kind: otherUnit, with: otherThan(n.unit)}
		c.value = n.value / sizes[n.unit] * sizes[c.with]
		out = append(out, c)
	}
	return out
}

func otherThan(unit string) string {
	if unit == "元" {
		return "万元"
	}
	if unit == "亿元" {
		return "万元"
	}
	return "元"
}

// replaced is a number with another digit.
func replaced(text string, r int) string {
	b := []byte(text)
	var at []int
	for i, c := range b {
		if c >= '0' && c <= '9' {
			at = append(at, i)
		}
	}
	i := at[r%len(at)]
	b[i] = '0' + byte((int(b[i]-'0')+1+r/7%8)%10)
	if i == 0 && b[0] == '0' && len(at) > 1 {
		b[0] = '1'
		if text[0] == '1' {
			b[0] = '2'
		}
	}
	return string(b)
}

// exchanged is a number with two neighbouring digits changed for each other, "" where it has no two that differ.
func exchanged(text string, r int) string {
	b := []byte(text)
	isDigit := func(i int) bool { return i < len(b) && b[i] >= '0' && b[i] <= '9' }
	for k := range b {
		i := (k + r) % len(b)
		j := i + 1
		if !isDigit(j) {
			j++
		}
		if !isDigit(i) || !isDigit(j) || b[i] == b[j] || i == 0 && b[j] == '0' && len(b) > 1 && b[1] != '.' {
			continue
		}
		b[i], b[j] = b[j], b[i]
		return string(b)
	}
	return ""
}

// shifted is a number with its point moved, with as many decimals as before.
func shifted(text string, by int) string {
	whole, part, point := strings.Cut(strings.ReplaceAll(text, ",", ""), ".")
	digits := whole + part
	if strings.Trim(digits, "0") == "" {
		return ""
	}
	if by > 0 {
		digits += "0"
	} else {
		digits = "0" + digits[:len(digits)-1]
	}
	whole, part = digits[:len(digits)-len(part)], digits[len(digits)-len(part):]
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if strings.Contains(text, ",") || len(whole) > 3 && len(text) > 3 && strings.Contains(text, ",") {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if point {
		return whole + "." + part
	}
	return whole
}

// moved is a number with one more or less in its last place.
func moved(text string, r int) string {
	b := []byte(text)
	by := byte(1)
	if r%2 == 1 && strings.Trim(text, "0.,") != "" {
		by = 0xFF
	}
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < '0' || b[i] > '9' {
			continue
		}
		b[i] += by
		switch {
		case b[i] > '9':
			b[i] = '0'
		case b[i] < '0':
			b[i] = '9'
		default:
			if len(b) > 1 && b[0] == '0' && b[1] != '.' {
				return string(b[1:]) // 100 less one
			}
			return string(b)
		}
	}
	return "1" + string(b)
}

// made is the text of a site with the change.
func (c *change) made(n *number, text string) string {
	start, end := n.start, n.end
	if c.kind == otherUnit && n.sort == amount {
		start, end = n.unitStart, n.unitStart+len(n.unit)
	}
	return text[:start] + c.with + text[end:]
}
