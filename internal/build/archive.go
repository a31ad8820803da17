package build

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"yusuan/internal/archive"
	"yusuan/internal/pack"
	"yusuan/internal/pdf"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/page"
)

// recorder keeps what is read through it: a document carries the very bytes that it was made of, not those that the
// disk has later.
type recorder struct {
	fs.FS
	files map[string][]byte
}

func (r *recorder) ReadFile(name string) ([]byte, error) {
	raw, err := fs.ReadFile(r.FS, name)
	if err == nil {
		r.files[name] = raw
	}
	return raw, err
}

// carried are the files of a template pack as documents carry them, those that bare picks without comments.
func (r *recorder) carried(bare func(name string, raw []byte) bool) []archive.File {
	out := make([]archive.File, 0, len(r.files))
	var m pdf.Memory
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		raw := r.files[name]
		if bare != nil && bare(name, raw) {
			raw = pack.StripComments(name, raw)
		}
		out = append(out, archive.File{Path: name, Kind: archive.KindPack, Data: raw}.Common(m.Pack))
	}
	return out
}

// packs are the packs whose files were read, but for one.
func (r *recorder) packs(but string) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		if dir, file := path.Split(name); file == "pack.toml" && path.Clean(dir) != but {
			out = append(out, path.Clean(dir))
		}
	}
	return out
}

// PackFiles are the files that a pack is read from, by their paths; nil where there is no such pack.
func (s *Shared) PackFiles(id string) map[string][]byte {
	if !fs.ValidPath(id) {
		return nil
	}
	if _, err := fs.Stat(s.Packs, path.Join(id, "pack.toml")); err != nil {
		return nil
	}
	read := &recorder{FS: s.Packs, files: map[string][]byte{}}
	_, _, _ = schedule.LoadPack(read, id) // what it cannot read has no file
	return read.files
}

// below lists the recorded TOML files of a folder under another folder. Fonts of the department are not among them:
// they are large, and most may not be passed on.
func (r *recorder) below(dir, as string, kind archive.Kind) []archive.File {
	var out []archive.File
	for name, raw := range r.files {
		if rest, ok := within(dir, name); ok && strings.EqualFold(path.Ext(name), ".toml") {
			out = append(out, archive.File{Path: path.Join(as, rest), Kind: kind, Data: raw})
		}
	}
	return out // archive.Make sorts
}

// within is the rest of a file's name below a folder, however the folder is named: as ".", whose files have no folder in
// front, or as "..", with which the names of files far from it begin, too.
func within(dir, name string) (rest string, ok bool) {
	if dir = path.Clean(dir); dir == "." {
		return name, fs.ValidPath(name)
	}
	rest, ok = strings.CutPrefix(name, strings.TrimSuffix(dir, "/")+"/")
	return rest, ok && fs.ValidPath(rest)
}

// Attach makes the document carry what it was made of (package archive). PDF does so by itself.
func (w *Work) Attach(pages *page.Document) error {
	d := &w.Budget.Facts.Department
	m := archive.Manifest{Format: w.shared.Layout, Program: w.shared.Program, Year: int(d.Year.V), Code: d.Code.V, Edition: w.in.Edition, Template: w.packID}
	m.Data = archive.DataFolder(m.Year, m.Code)
	inputs := w.read.below(w.in.Dir, m.Data, archive.KindData)
	if len(inputs) < max(len(w.Files), 1) { // a document that cannot be made again is none
		return fmt.Errorf("程序内部错误：%s 的 %d 个数据文件只带上了 %d 个", w.in.Dir, len(w.Files), len(inputs))
	}
	if w.in.PriorDir != "" {
		folder := archive.DataFolder(m.Year-1, m.Code)
		prior := w.read.below(w.in.PriorDir, folder, archive.KindPrior)
		if len(prior) < len(w.LastFiles) {
			return fmt.Errorf("程序内部错误：%s 的 %d 个数据文件只带上了 %d 个", w.in.PriorDir, len(w.LastFiles), len(prior))
		}
		if len(prior) > 0 {
			m.Prior, inputs = folder, append(inputs, prior...)
		}
	}
	if w.stripped() {
		m.Comments = archive.Stripped
		for i := range inputs {
			inputs[i].Data = source.StripComments(inputs[i].Path, inputs[i].Data)
		}
	}
	shared, err := w.sharedFiles()
	if err != nil {
		return err
	}
	m.Fonts = UsedFonts(w.fonts, pages)
	pages.Files, err = archive.Make(m, append(inputs, shared...), w.Tree, w.packTables(), pages)
	return err
}

// stripped reports whether the document carries its data without comments: as was asked, or as the department or the pack
// has it.
func (w *Work) stripped() bool {
	return w.in.StripComments || w.Budget.Facts.Department.StripComments.V || w.Pack.StripComments
}

// sharedFiles are the template packs and the codes of the years that the document was made with.
func (w *Work) sharedFiles() ([]archive.File, error) {
	w.shared.mu.Lock()
	packs := []*loadedPack{w.shared.packs[w.packID]}
	for _, id := range w.otherIDs {
		packs = append(packs, w.shared.packs[id])
	}
	w.shared.mu.Unlock()
	var out []archive.File
	for _, p := range packs { // two may inherit the same
		files := p.carried
		if w.stripped() {
			files = p.bare
		}
		for _, f := range files() {
			if !slices.ContainsFunc(out, func(x archive.File) bool { return x.Path == f.Path }) {
				out = append(out, f)
			}
		}
	}
	for _, used := range w.catalogues {
		codes, err := w.shared.carriedCodes(used)
		if err != nil {
			return nil, err
		}
		out = append(out, codes...)
	}
	return out, nil
}

// UsedFonts lists the fonts of the pages by name, with what lib knows of them.
func UsedFonts(lib *font.Library, d *page.Document) []archive.Font {
	seen := map[*font.Face]bool{}
	var out []archive.Font
	for i := range d.Pages {
		for k := range d.Pages[i].Texts {
			f := d.Pages[i].Texts[k].Face
			if seen[f] {
				continue
			}
			seen[f] = true
			info := lib.Info(f)
			out = append(out, archive.Font{Name: f.Name(), SHA256: info.SHA256, File: path.Base(strings.ReplaceAll(info.File, `\`, "/")), Role: info.Role})
		}
	}
	slices.SortFunc(out, func(a, b archive.Font) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.SHA256, b.SHA256))
	})
	return out
}
