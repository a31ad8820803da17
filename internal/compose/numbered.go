package compose

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/internal/character"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// What the author typed is looked at once more where it stands among the words of the pack: only there it is known that a
// number is printed before it, or that it is part of a sentence. So this holds for every list of every pack.

var (
	// printedNumber is the number of an entry at the end of what a pack prints before the author's words.
	printedNumber = regexp.MustCompile(`(?:^|[\n\s：:；;。，、])((?:（[一二三四五六七八九十百]+）|（\d+）|\(\d+\)|[一二三四五六七八九十百]+、|\d+[.．、)）]|第[一二三四五六七八九十百]+[，、]|[①-⒛㈠-㈩])\s*)$`)
	// typedNumber is a number, or another sign of an entry, at the start of the author's words. Numbers that belong to what
	// follows are none: 一、二级公路, 3.5公里.
	typedNumber = regexp.MustCompile(`^(?:[（(][一二三四五六七八九十百]{1,3}[）)]|[（(][\d０-９]{1,3}[）)]|[一二三四五六七八九十百]{1,3}[、.．）)]|[\d０-９]{1,3}[.．、)）]|[①-⒛㈠-㈩❶-➓]|第[一二三四五六七八九十百\d]{1,3}[条项款点][\s、：，.]|[•●■◆▪◦□★※➢✓]|[-–—*·]\s)\s*`)
	belongs     = regexp.MustCompile(`^[一二三四五六七八九十百\d０-９]`)
)

// beginsWithNumber is the number that the author's words begin with, "" for none.
func beginsWithNumber(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if !startsAsTitle(s) && !strings.ContainsRune("第•●■◆▪◦□★※➢✓-–—*·", r) && (r < '０' || r > '９') && !(r >= 0x2460 && r <= 0x32FF) && !(r >= 0x2776 && r <= 0x2793) {
		return ""
	}
	number := typedNumber.FindString(s)
	if number == "" || number == s || strings.ContainsAny(number, ".．、") && belongs.MatchString(s[len(number):]) {
		return ""
	}
	return number
}

// inspect looks at the author's words in what a template wrote.
func (c *composer) inspect(s string) {
	for {
		i := c.origins.next(s)
		if i < 0 {
			return
		}
		before := pack.Unmark(s[:i])
		number, rest, _ := strings.Cut(s[i+1:], string(markClose))
		text, tail, _ := strings.Cut(rest, pack.MarkEnd)
		n, _ := strconv.Atoi(number)
		c.numbered(before, c.origins.strings[n], text)
		if strings.Contains(text, "\n") {
			c.broken(c.origins.strings[n], text, tail)
		}
		s = tail
	}
}

// quoted is how many characters of the author's words a message repeats.
const quoted = 10

// numbered reports the author's words that begin with a number where the pack has printed one.
func (c *composer) numbered(before string, src source.String, text string) {
	own := beginsWithNumber(text)
	if own == "" {
		return
	}
	m := printedNumber.FindStringSubmatch(before)
	if m == nil || !c.once(src, "编号") {
		return
	}
	rest := text
	if r := []rune(text); len(r) > utf8.RuneCountInString(own)+quoted {
		rest = string(r[:utf8.RuneCountInString(own)+quoted]) + "…"
	}
	c.diags.Add(diag.Diagnostic{Rule: "文字-006", Level: diag.Error, At: src.Line(0), Message: "编号由程序印，这里又写了编号，会印成“" + m[1] + rest + "”",
		Hint: "删去“" + strings.TrimSpace(own) + "”"})
}

// stops end a sentence, or a part of it that may end a paragraph.
const stops = "。！？；：…”’）"

// broken reports the author's words that a line break cuts within a sentence: the pack goes on behind them.
func (c *composer) broken(src source.String, text, tail string) {
	behind, _, _ := strings.Cut(tail, "\n")
	if strings.TrimSpace(pack.Unmark(behind)) == "" {
		return
	}
	text = strings.TrimRight(text, blanks)
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return
		}
		line := strings.TrimRight(text[at:at+i], blanks)
		last, _ := utf8.DecodeLastRuneInString(line)
		if line != "" && !strings.ContainsRune(stops, last) && c.once(src, "换行") {
			start := max(0, strings.Index(src.V, text))
			c.diags.Add(diag.Diagnostic{Rule: "填报-012", Level: diag.Error, At: src.Line(start + at + i), Message: "这段文字印在一句话里，" + character.Place(src.V, start+at+i) +
				"是换行，句子会断成两段", Hint: "写在一行里；要分段的，前一段以句号结尾"})
			return
		}
		at += i + 1
	}
}

// once reports whether something is found in a text for the first time.
func (c *composer) once(src source.String, what string) bool {
	key := finding{src.At, what}
	if c.told[key] {
		return false
	}
	if c.told == nil {
		c.told = map[finding]bool{}
	}
	c.told[key] = true
	return true
}

// finding is what was told of one of the author's texts.
type finding struct {
	at   diag.Range
	what string
}
