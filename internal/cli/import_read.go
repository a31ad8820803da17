package cli

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
	"yusuan/internal/imports"
	workbook "yusuan/internal/sheet"
	"yusuan/internal/source"
)

// read reads the exports. What cannot be read is told of all at once; one file given twice counts once.
func (x *importing) read() ([]imports.File, error) {
	var all exports
	for _, name := range x.files {
		info, err := os.Stat(name)
		if err == nil {
			if err = openable(info); info.IsDir() {
				return nil, usage("%s 是目录；要给的是导出的表，可以一次给几个", filepath.ToSlash(name))
			}
		}
		var raw []byte
		if err == nil {
			raw, err = os.ReadFile(name)
		}
		if err != nil {
			all.refused = append(all.refused, "读不出 "+filepath.ToSlash(name)+"："+inChinese(err))
			continue
		}
		if err := x.add(&all, name, raw); err != nil {
			return nil, err
		}
	}
	for _, words := range all.twice {
		say(x.out, "%s\n", words)
	}
	if all.refused != nil {
		return nil, usage("%s", strings.Join(all.refused, "\n"))
	}
	return all.files, nil
}

// exports are files that were read.
type exports struct {
	files   []imports.File
	refused []string // why others could not be
	twice   []string // what was given more than once
	seen    map[[sha256.Size]byte]string
	names   map[string]bool
}

// add reads the content of an export. The error is of a file that is no export at all.
func (x *importing) add(all *exports, name string, raw []byte) error {
	if all.seen == nil {
		all.seen, all.names = map[[sha256.Size]byte]string{}, map[string]bool{}
	}
	sum := sha256.Sum256(raw)
	if first, ok := all.seen[sum]; ok {
		all.twice = append(all.twice, fmt.Sprintf("%s 与 %s 的内容完全相同，只算一次", filepath.ToSlash(name), first))
		return nil
	}
	all.seen[sum] = filepath.ToSlash(name)
	book, err := grid.Read(name, raw)
	if err := x.noExport(name, raw, book); err != nil {
		return err
	}
	var no *grid.Refused
	switch {
	case errors.As(err, &no):
		all.refused = append(all.refused, filepath.ToSlash(name)+"："+no.Error())
	case err != nil:
		return machine("读不出 %s：%w", filepath.ToSlash(name), err)
	default:
		base := filepath.Base(name)
		if all.names[base] { // of two folders
			base = filepath.ToSlash(name)
		}
		all.names[base] = true
		all.files = append(all.files, imports.File{Name: base, Book: book})
	}
	return nil
}

// noExport refuses what the program made itself. What cannot be read has no book.
func (x *importing) noExport(name string, raw []byte, b *grid.Book) error {
	if b != nil && ours(b) {
		return usage("%s 是本程序的填报表，不是导出表；带入用 yusuan sheet %s --into %s", filepath.ToSlash(name), typed(filepath.ToSlash(name)), typed(filepath.ToSlash(x.dir)))
	}
	return notData(name, raw, b)
}

// ours reports whether a workbook is one that the program made to be filled in.
func ours(b *grid.Book) bool {
	return slices.ContainsFunc(b.Sheets, func(s grid.Sheet) bool { return s.Name == workbook.OwnSheet })
}

// mappings are the mapping files of a run: the one that was named, and what the data folder remembers.
type mappings struct {
	diags  diag.List
	named  mapping
	kept   mapping
	texts  map[string][]byte
	filled []byte // the named one as it is now
}

type mapping struct {
	name string
	raw  []byte
	m    *imports.Map
}

// keptMap is what a data folder remembers of mapping files.
const keptMap = "import.toml"

func (m *mappings) read(name, dir string) error {
	m.texts = map[string][]byte{}
	if err := m.one(&m.named, name); err != nil {
		return err
	}
	return m.one(&m.kept, filepath.Join(dir, source.Own, keptMap))
}

func (m *mappings) one(x *mapping, name string) error {
	x.name, x.m = filepath.ToSlash(name), &imports.Map{}
	if name == "" {
		return nil
	}
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(raw) > source.MaxFile {
		err = source.ErrTooBig
	}
	if err != nil {
		return usage("读不出对照文件 %s：%w", x.name, err)
	}
	parsed, diags := imports.ParseMap(x.name, raw)
	m.diags.Append(diags)
	x.raw, x.m = raw, parsed
	m.texts[x.name] = raw
	return nil
}

func (m *mappings) source(name string) []byte { return m.texts[name] }

// all are the answers, those of the named file first.
func (m *mappings) all() []*imports.Map { return []*imports.Map{m.named.m, m.kept.m} }

// complete writes the named mapping file with what it does not answer yet; without a name there is none.
func (m *mappings) complete(u *imports.Understood, name string) error {
	if name == "" {
		return nil
	}
	m.filled = u.Complete(m.named.raw, m.named.m)
	if string(m.filled) == string(m.named.raw) {
		return nil
	}
	if err := writeWhole(name, m.filled); err != nil {
		return machine("写不了对照文件 %s：%w", m.named.name, err)
	}
	return nil
}

// blanks tells which lines of the mapping file wait for an answer.
func (m *mappings) blanks(a *app) {
	for _, n := range imports.Blanks(m.filled) {
		say(a.err, "%s:%d 要填\n", m.named.name, n)
	}
	for _, n := range imports.Guesses(m.filled) {
		say(a.err, "%s:%d 是猜的，这次照此读；要核对，对的去掉行首的 #，不对的改正\n", m.named.name, n)
	}
}

// remember keeps the answers in the data folder, for the next export that looks the same.
func (m *mappings) remember(u *imports.Understood, dir string) error {
	raw := u.Remember(m.kept.raw)
	if string(raw) == string(m.kept.raw) {
		return nil
	}
	if err := writeWhole(filepath.Join(dir, source.Own, keptMap), raw); err != nil {
		return machine("写不了 %s：%w", m.kept.name, err)
	}
	return nil
}

// maxIndex bounds the bytes of an index of places that are read.
const maxIndex = 64 << 20

// origins leads from a data folder to the exports that it came of, nil where it came of none.
func origins(dir, shown string, w *build.Work) *imports.Origins {
	name := filepath.Join(dir, source.Own, placesFile)
	if info, err := os.Stat(name); err != nil || info.Size() > maxIndex {
		return nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil // it only helps
	}
	f := imports.Folder{Dir: shown, Files: w.Files}
	if w.Pack != nil {
		f.Lists = w.Pack.Lists()
	}
	return f.Origins(imports.ReadPlaces(raw))
}
