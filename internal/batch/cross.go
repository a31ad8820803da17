package batch

import (
	"bytes"
	"cmp"
	"hash/fnv"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Text is a TOML file of a department, as its author wrote it.
type Text struct {
	File   string
	Source []byte
}

// Copied finds what departments took over from each other: another department's name, and long sentences with amounts
// that stand in two departments' files. texts returns a department's files; it is called from several goroutines.
func Copied(records []Record, texts func(department string) []Text, workers int) []Finding {
	byYear := map[int]*names{}
	for i := range records {
		if y := records[i].Year; byYear[y] == nil {
			byYear[y] = newNames(records, y)
		}
	}
	pages := make([]cribs, len(records))
	next := make(chan int)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for i := range next {
				pages[i] = byYear[records[i].Year].read(&records[i], texts(records[i].Department))
			}
		})
	}
	for i := range records {
		if records[i].Edition == "" { // units' documents are made of the same files
			next <- i
		}
	}
	close(next)
	all.Wait()

	var out []Finding
	type key struct {
		year int
		hash uint64
	}
	first := map[key]int{} // sentence → who has it first
	for i := range records {
		out = append(out, pages[i].names...)
		told := map[int]bool{}
		for _, s := range pages[i].sentences {
			k := key{records[i].Year, s.hash}
			j, seen := first[k]
			switch {
			case !seen:
				first[k] = i
			case j != i && !told[j]:
				told[j] = true
				out = append(out, Finding{Rule: ruleCopied, Department: records[i].Department, Other: records[j].Department, At: s.at,
					Message: "带金额的句子与 " + cmp.Or(records[j].Name, records[j].Department) + " 的一字不差：“" + s.start + "…”"})
			}
		}
	}
	return out
}

// cribs are what a department may have taken over.
type cribs struct {
	names     []Finding
	sentences []sentence
}

type sentence struct {
	hash  uint64
	at    string
	start string // its first words
}

// names finds the names of one year's departments in text. Names of a district begin alike, so their first characters, which are rare
// in running text, are looked for first.
type names struct {
	starts  map[string][]int // first characters → lengths of names that begin so, longest first
	records map[string]*Record
}

// startRunes is how many characters names are told apart by at first; shorter names mean too little to look for.
const startRunes = 5

func newNames(records []Record, year int) *names {
	n := &names{starts: map[string][]int{}, records: map[string]*Record{}}
	for i := range records {
		r := &records[i]
		if s := start(r.Name); r.Year == year && r.Edition == "" && s != "" && n.records[r.Name] == nil {
			n.records[r.Name] = r
			if !slices.Contains(n.starts[s], len(r.Name)) {
				n.starts[s] = append(n.starts[s], len(r.Name))
			}
		}
	}
	for _, lengths := range n.starts {
		slices.SortFunc(lengths, func(a, b int) int { return b - a })
	}
	return n
}

// start is the first characters of s, "" when there are fewer.
func start(s string) string {
	n, at := 0, 0
	for at < len(s) && n < startRunes {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
		n++
	}
	if n < startRunes {
		return ""
	}
	return s[:at]
}

// read goes through a department's files.
func (n *names) read(r *Record, texts []Text) cribs {
	var c cribs
	own := []string{r.Name}
	for _, u := range r.Facts().Units {
		own = append(own, u.Name)
	}
	told := map[string]bool{r.Name: true}
	for _, t := range texts {
		number := 0
		for line := range bytes.Lines(t.Source) {
			number++
			s := strings.TrimSpace(string(line))
			if strings.HasPrefix(s, "#") {
				continue // comments are not printed
			}
			at := t.File + ":" + strconv.Itoa(number)
			for _, other := range n.in(s, own) {
				if !told[other.Name] {
					told[other.Name] = true
					c.names = append(c.names, Finding{Rule: ruleForeign, Department: r.Department, Other: other.Department, At: at,
						Message: "文字里出现了另一个部门的名称“" + other.Name + "”，是不是从那里抄来的"})
				}
			}
			c.sentences = appendSentences(c.sentences, s, at)
		}
	}
	return c
}

// in lists the departments named in s. The longest name counts, and a name within one of the department's own units is
// that unit's.
func (n *names) in(s string, own []string) []*Record {
	var out []*Record
	for at := 0; at < len(s); {
		rest := s[at:]
		_, step := utf8.DecodeRuneInString(rest)
		for _, length := range n.starts[start(rest)] {
			if length > len(rest) || n.records[rest[:length]] == nil {
				continue
			}
			step = length
			if mine := longestPrefix(rest, own); mine >= length {
				step = mine
			} else {
				out = append(out, n.records[rest[:length]])
			}
			break
		}
		at += step
	}
	return out
}

// longestPrefix is the length of the longest of names that s begins with.
func longestPrefix(s string, names []string) int {
	best := 0
	for _, n := range names {
		if strings.HasPrefix(s, n) {
			best = max(best, len(n))
		}
	}
	return best
}

var amountInText = regexp.MustCompile(`[0-9][万亿千百]*元`)

// minSentence is the length in characters from which two equal sentences with an amount are no coincidence.
const minSentence = 24

func appendSentences(out []sentence, line, at string) []sentence {
	if !strings.Contains(line, "元") {
		return out
	}
	for _, s := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("。；！？\"'", r) }) {
		if utf8.RuneCountInString(s) < minSentence || !amountInText.MatchString(s) {
			continue
		}
		h := fnv.New64a()
		_, _ = h.Write([]byte(s))
		out = append(out, sentence{h.Sum64(), at, string([]rune(s)[:12])})
	}
	return out
}

// ReadTexts reads the TOML files below a department's folder. What cannot be read is left out: making the document has
// reported it.
func ReadTexts(fsys fs.FS, dir string) []Text {
	var out []Text
	_ = fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !isTOML(name) || hidden(e.Name()) {
			return nil
		}
		if raw, err := fs.ReadFile(fsys, name); err == nil {
			out = append(out, Text{name, raw})
		}
		return nil
	})
	return out
}
