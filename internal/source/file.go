// Package source reads the author's TOML files into Go structs in which every value knows its place.
//
// Three readers share the work. A scan of the text comes first and speaks of what trips people who are no programmers:
// punctuation of a Chinese input method, Excel's thousands commas, Windows paths, GBK files. BurntSushi/toml then
// decides what is valid and supplies the values. pelletier's parser supplies what BurntSushi does not tell: places, and the
// literal spelling of numbers, which for amounts must not pass through a float. The two must agree on every document.
package source

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"

	"yusuan/internal/diag"
)

// Rules of this package. They are never renumbered.
const (
	ruleEncoding  = "文件-001" // the file is not UTF-8, but could be read
	ruleBadBytes  = "文件-002" // bytes that are no text
	ruleFullwidth = "文件-003" // full-width punctuation outside of text
	ruleThousands = "文件-004" // thousands commas in a bare number
	ruleBackslash = "文件-005" // a backslash that is no escape
	ruleQuotes    = "文件-006" // quotation marks that do not pair
	ruleBareText  = "文件-007" // text without quotation marks, or a unit after a number
	ruleBareKey   = "文件-008" // a key that needs quotation marks
	ruleSyntax    = "文件-009" // any other breach of TOML's grammar
	ruleNoFiles   = "文件-010" // nothing to read
	ruleCopy      = "文件-012" // a file with the content of another
	ruleNotRead   = "文件-013" // a data file under a name that is not read
	rulePasted    = "文件-014" // a row pasted from a spreadsheet
	ruleHeadless  = "文件-015" // an entry without its header line
	ruleNearCopy  = "文件-017" // a file that is nearly the same as another
	ruleIrregular = "文件-018" // a pipe, a device, a link that leads out of the folder
	ruleTooBig    = "文件-019" // a file or folder that is too big
	ruleCutOff    = "文件-020" // files of which a program wrote only some
	ruleUnknown   = "填报-001" // a key that nobody reads
	ruleType      = "填报-002" // a value of another type
	ruleMissing   = "填报-003" // a required key is missing or empty
	ruleTwice     = "填报-004" // given more than once
	ruleAmount    = "填报-005" // no amount
	ruleDate      = "填报-006" // no date
	ruleUnit      = "填报-007" // no unit of amounts
	ruleReview    = "填报-008" // marks that something is still to be looked at
	ruleTrimmed   = "填报-011" // blanks at the ends of a text
	ruleOneLine   = "填报-012" // a line break, a tab or another control where there is none
	ruleCharacter = "填报-013" // a character that cannot be printed, or is another than it looks
	ruleLookalike = "填报-014" // one that is likely another than it looks, or prints nothing
	ruleSum       = "填报-018" // a line that adds up others
	ruleFiner     = "填报-015" // an amount finer than 分
	ruleNoise     = "填报-016" // an amount with a spreadsheet's noise behind its 分
)

// File is one TOML file.
type File struct {
	Path   string // as it is shown to the user, with forward slashes
	Source []byte // as UTF-8 without byte order mark; all places refer to it

	raw     []byte            // as it was read
	text    []byte            // Source with its slips repaired byte for byte, what was parsed
	lines   []int             // offset of the start of each line
	columns []int             // characters before every step of a text with long lines, else nil
	root    *node             // never nil
	keys    map[string]string // stand-ins for keys written in Chinese without quotation marks
	mended  map[int]bool      // where values stand that a slip replaced by an empty text
	broken  bool              // parts may be missing from root
	lost    bool              // lines were left out, or all

	pasted   []row   // rows of a spreadsheet that were left out
	headless []entry // entries without their header line that were left out

	// As it was when it was read: what was wrong with it, whether lines were left out, and what it says, worked out once.
	found    diag.List
	lostThen bool
	states   func() []statement
}

// Parse reads one file. It reports all problems it can find at once; the File holds what could be understood.
func Parse(path string, raw []byte) (*File, diag.List) { return parseWith(&locator{}, path, raw) }

func parseWith(l *locator, path string, raw []byte) (*File, diag.List) {
	f := &File{Path: path, root: &node{kind: kindTable}, raw: raw}
	var diags diag.List
	var bad []span
	f.Source, bad = decodeText(path, raw, &diags)
	f.text = f.Source
	f.lines = lineStarts(f.Source)
	if len(f.Source)/len(f.lines) > columnStep/4 {
		f.columns = countColumns(f.Source)
	}
	s := &scanner{f: f, diags: &diags, troubled: map[int]bool{}, damaged: map[int]bool{}}
	for _, at := range bad {
		s.damage(at)
	}
	s.scan()
	if !s.tooDeep {
		f.parse(l, &diags, s.troubled)
	}
	f.broken = diags.HasErrors() || f.lost
	f.review(&diags)
	f.found, f.lostThen, f.states = diags, f.lost, sync.OnceValue(f.statements)
	return f, diags
}

// again is a file as it was when it was read: who fills structs from it may find that lines of it are lost.
func (f *File) again() (*File, diag.List) {
	x := *f
	x.lost = f.lostThen
	return &x, f.found
}

// Review marks what yusuan new took from last year, or guessed, and what the author has to look at.
const Review = "【请核对】"

// review tells of the marks that are left, once for all of a file.
func (f *File) review(diags *diag.List) {
	n := bytes.Count(f.Source, []byte(Review))
	if n == 0 {
		return
	}
	at := bytes.Index(f.Source, []byte(Review))
	diags.Add(diag.Diagnostic{Rule: ruleReview, Level: diag.Warning, At: f.rng(span{at, at + len(Review)}), Message: fmt.Sprintf("还有 %d 处标着%s", n, Review),
		Hint: "逐处核对后删去标记；编辑器里查找“请核对”可以一处一处地看"})
}

// Gap is the place of the first thing that the author wrote and that could not be read: a line that was left out, or a
// value that is no number, or of the first amount that is still to be filled in; zero when all could be read. What was read
// is not all there is, so sums of it say nothing.
func Gap(files []*File, decoded diag.List) diag.Range {
	for _, f := range files {
		if f.lost || len(f.mended) > 0 {
			return diag.Range{File: f.Path}
		}
	}
	for _, d := range decoded.Sorted() {
		if d.Rule == ruleType || d.Rule == ruleAmount || d.Rule == ruleMissing && d.Hint == fillAmount {
			return d.At
		}
	}
	return diag.Range{}
}

// Whole reports whether all that the author wrote could be read, whatever is wrong with it otherwise.
func (f *File) Whole() bool { return !f.broken && !f.lost && len(f.mended) == 0 }

// ReadDir reads every *.toml file below dir, in the order of their paths. Names that begin with . _ or ~ are skipped:
// they are drafts and the lock files of editors.
func ReadDir(fsys fs.FS, dir string) ([]*File, diag.List, error) {
	return ReadDirAgain(fsys, dir, func(string) *File { return nil })
}

// ReadDirAgain is ReadDir where files were read before, which known finds by their names, nil where it has none: what is still
// the same byte for byte is not read again.
func ReadDirAgain(fsys fs.FS, dir string, known func(name string) *File) ([]*File, diag.List, error) {
	var diags diag.List
	var names []string
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := name != dir && isHidden(d)
		switch {
		case hidden && d.IsDir():
			return fs.SkipDir
		case !hidden && isData(d):
			names = append(names, name)
		case !hidden && !d.IsDir() && strings.HasSuffix(strings.ToLower(name), ".toml.txt"):
			diags.Add(diag.Diagnostic{Rule: ruleNotRead, Level: diag.Error, At: diag.Range{File: name}, Message: "文件名以 .toml.txt 结尾，里面的数没有读",
				Hint: "改名为 " + path.Base(name)[:len(path.Base(name))-len(".txt")] + "（资源管理器的“查看”里先选上“文件扩展名”）；不用的移到别处"})
		case !hidden && d.Type()&fs.ModeSymlink != 0 && mayBeFolder(fsys, name):
			diags.Add(diag.Diagnostic{Rule: ruleIrregular, Level: diag.Error, At: diag.Range{File: name}, Message: path.Base(name) + "是文件夹的链接，里面的文件没有读", Hint: hintNoLinks})
		}
		return nil
	})
	if err != nil {
		return nil, diags, fmt.Errorf("source: list %s: %w", dir, err)
	}
	slices.Sort(names)
	cutOff(fsys, dir, &diags)
	names, raws, files, err := readAll(fsys, dir, names, &diags)
	if err != nil {
		return nil, diags, err
	}
	same := sameContent(names, raws)
	l := &locator{}
	for i, name := range names {
		if first, ok := same[name]; ok {
			diags.Add(diag.Diagnostic{Rule: ruleCopy, Level: diag.Error, At: diag.Range{File: name}, Message: "与 " + toldApart(first, name) + " 的内容完全相同，没有读：同一笔钱会算两次",
				Hint: "两个文件留一个，另存的副本移到别的目录"})
			continue
		}
		f, d := readAgain(l, name, raws[i], known(name))
		files = append(files, f)
		diags.Append(d)
	}
	if len(files) == 0 {
		diags.Add(diag.Diagnostic{Rule: ruleNoFiles, Level: diag.Error, At: diag.Range{File: dir},
			Message: "文件夹里没有数据文件（*.toml）", Hint: "用 yusuan new 建立数据文件，或检查文件夹的名称"})
	}
	return withoutCopies(files, &diags), diags, nil
}

// readAgain reads a file, if it is not as it was read before.
func readAgain(l *locator, name string, raw []byte, before *File) (*File, diag.List) {
	if before != nil && before.Path == name && before.raw != nil && bytes.Equal(before.raw, raw) {
		return before.again()
	}
	return parseWith(l, name, raw)
}

// IsDataName reports whether ReadDir would read a file of this name below its folder.
func IsDataName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || hiddenName(part) {
			return false
		}
	}
	return strings.EqualFold(path.Ext(name), ".toml")
}

func isHidden(d fs.DirEntry) bool { return hiddenName(d.Name()) }

func hiddenName(name string) bool { return strings.ContainsRune("._~", rune(name[0])) }

func isData(d fs.DirEntry) bool { return !d.IsDir() && strings.EqualFold(path.Ext(d.Name()), ".toml") }

func lineStarts(src []byte) []int {
	starts := make([]int, 1, bytes.Count(src, []byte{'\n'})+1)
	for i := bytes.IndexByte(src, '\n'); i >= 0; {
		at := starts[len(starts)-1] + i + 1
		starts = append(starts, at)
		i = bytes.IndexByte(src[at:], '\n')
	}
	return starts
}

// line is the index, from 0, of the line that holds an offset.
func (f *File) line(offset int) int {
	return sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset }) - 1
}

// lineSpan is where a line starts and where it ends, without its line break.
func (f *File) lineSpan(line int) span {
	s := span{f.lines[line], len(f.Source)}
	if line+1 < len(f.lines) {
		s.end = f.lines[line+1] - 1
	}
	if s.end > s.start && f.Source[s.end-1] == '\r' {
		s.end--
	}
	return s
}

func (f *File) pos(offset int) diag.Pos {
	offset = min(max(offset, 0), len(f.Source))
	line := f.line(offset)
	return diag.At(line+1, f.characters(f.lines[line], offset)+1, offset)
}

// span is a stretch of File.Source, the end exclusive.
type span struct{ start, end int }

func (f *File) rng(s span) diag.Range {
	r := diag.Range{File: f.Path, Start: f.pos(s.start)}
	r.End = r.Start
	end := min(s.end, len(f.Source))
	switch next := r.Start.Line; { // the index of the line behind
	case end <= int(r.Start.Offset):
	case next == len(f.lines) || end < f.lines[next]:
		r.End = diag.At(r.Start.Line, int(r.Start.Column)+f.characters(int(r.Start.Offset), end), end)
	default:
		r.End = f.pos(end)
	}
	return r
}
