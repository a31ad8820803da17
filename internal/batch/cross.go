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
// that stand in two departments' files, each with its own names in it or not. What many departments say is no copy but
// the usual words for it. texts returns a department's files; it is called from several goroutines, and again for the
// departments with a sentence to show, since the sentences of a district are too many to keep.
func Copied(records []Record, texts func(department string) []Text, workers int) []Finding {
	byYear := map[int]*names{}
	for i := range records {
		if y := records[i].Year; byYear[y] == nil {
			byYear[y] = newNames(records, y)
		}
	}
	pages := make([]page, len(records))
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
	shared := sharedSentences(pages)
	for i := range records {
		out = append(out, pages[i].names...)
		if from := shared[i]; from != nil {
			out = append(out, copies(records, i, from, texts(records[i].Department))...)
		}
	}
	return out
}

// page is what a department may have taken over.
type page struct {
	names     []Finding
	sentences []uint64 // hashes of its sentences with amounts
}

// usual is the number of departments from which a sentence is the usual words for something.
const usual = 4

// sharedSentences lists, by department, the sentences that one before it has, too, and which.
func sharedSentences(pages []page) map[int]map[uint64]int {
	type holder struct {
		hash uint64
		page int
	}
	var all []holder
	for i := range pages {
		for _, h := range pages[i].sentences {
			all = append(all, holder{h, i})
		}
	}
	slices.SortFunc(all, func(a, b holder) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.page, b.page)) })
	all = slices.Compact(all)
	out := map[int]map[uint64]int{}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].hash == all[0].hash {
			n++
		}
		if n < usual {
			for _, x := range all[1:n] {
				if out[x.page] == nil {
					out[x.page] = map[uint64]int{}
				}
				out[x.page][x.hash] = all[0].page
			}
		}
		all = all[n:]
	}
	return out
}

// copies tells of the sentences of department i that others have, one for each other.
func copies(records []Record, i int, from map[uint64]int, texts []Text) (out []Finding) {
	told := map[int]bool{}
	eachSentence(&records[i], texts, func(hash uint64, at, sentence string) {
		j, ok := from[hash]
		if !ok || told[j] {
			return
		}
		told[j] = true
		out = append(out, Finding{Rule: ruleCopied, Department: records[i].Department, Other: records[j].Department, At: at,
			Message: "带金额的句子与 " + cmp.Or(records[j].Name, records[j].Department) + " 的相同，核对金额是不是本部门的：“" + beginning(sentence) + "”"})
	})
	return out
}

// beginning is as much of a sentence as tells it from others.
func beginning(s string) string {
	const most = 30
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// names finds the names of one year's departments in text. Names of a district begin alike, so their first characters,
// which are rare in running text, are looked for first.
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
func (n *names) read(r *Record, texts []Text) (p page) {
	own := ownNames(r)
	told := map[string]bool{r.Name: true}
	eachLine(texts, func(at, line string) {
		for _, other := range n.in(line, own) {
			if !told[other.Name] {
				told[other.Name] = true
				p.names = append(p.names, Finding{Rule: ruleForeign, Department: r.Department, Other: other.Department, At: at,
					Message: "文字里出现了另一个部门的名称“" + other.Name + "”，核对是不是从那里抄来的"})
			}
		}
	})
	eachSentence(r, texts, func(hash uint64, _, _ string) { p.sentences = append(p.sentences, hash) })
	return p
}

// ownNames are the names of a department and its units, the longest first.
func ownNames(r *Record) []string {
	names := []string{r.Name}
	for _, u := range r.core().Units {
		names = append(names, u.Name)
	}
	names = slices.DeleteFunc(names, func(s string) bool { return s == "" })
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	return names
}

// eachLine calls f with what may be printed.
func eachLine(texts []Text, f func(at, line string)) {
	for _, t := range texts {
		number := 0
		for line := range bytes.Lines(t.Source) {
			number++
			if s := strings.TrimSpace(string(line)); !strings.HasPrefix(s, "#") { // comments are not printed
				f(t.File+":"+strconv.Itoa(number), s)
			}
		}
	}
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

// eachSentence calls f with the sentences that have an amount. The hash is that of the sentence with the department's
// own names taken out, since who copies changes those first; it differs by year.
func eachSentence(r *Record, texts []Text, f func(hash uint64, at, sentence string)) {
	var pairs []string
	for _, n := range ownNames(r) {
		pairs = append(pairs, n, "本部门")
	}
	anonymous := strings.NewReplacer(pairs...)
	eachLine(texts, func(at, line string) {
		if !strings.Contains(line, "元") {
			return
		}
		for _, s := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("。；！？\"'", r) }) {
			if !amountInText.MatchString(s) {
				continue
			}
			plain := anonymous.Replace(s)
			if utf8.RuneCountInString(plain) < minSentence {
				continue
			}
			h := fnv.New64a()
			_, _ = h.Write(strconv.AppendInt(nil, int64(r.Year), 10))
			_, _ = h.Write([]byte(plain))
			f(h.Sum64(), at, s)
		}
	})
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
