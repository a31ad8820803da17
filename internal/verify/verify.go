// Package verify makes a document again from what it carries inside and holds the two against each other.
package verify

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/archive"
	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/ofdread"
	"yusuan/internal/shown"
	"yusuan/internal/typeset/page"
)

// Cause is why a file is not the document that is made anew.
type Cause string

// The causes, in the order in which they are told. Words for people.
const (
	CauseManifest Cause = "清单" // there is none, or none that can be read
	CauseData     Cause = "数据" // carried data is not what the manifest says
	CausePack     Cause = "模板" // so with the template pack
	CauseCodes    Cause = "科目" // so with the catalogue of codes
	CauseTables   Cause = "附件" // so with other attached files
	CauseFont     Cause = "字体" // made with fonts that are not at hand
	CauseProgram  Cause = "程序" // made by another version of the program
	CausePages    Cause = "页面" // the pages are not those that the data gives
	CauseFile     Cause = "文件" // the rest of the file: structure, fonts, metadata, how it is written
)

// Finding is one thing that is not as it should be.
type Finding struct {
	Cause Cause
	Text  string
}

// Report is what a comparison found. The file is good when there are no findings.
type Report struct {
	Manifest archive.Manifest
	Findings []Finding
	Pages    []PageDiff    // the pages that differ, in order
	Packs    []PackDiff    // packs inside that are not those of the program
	Earlier  bool          // made by an earlier version, and all words and numbers are those of the data; Pages are those set otherwise
	Later    bool          // so by a later version
	Signed   int           // signatures that it has been given since; whether they hold is not known
	Covered  []string      // words that seals lie over, with their pages
	Inside   *build.Shared // what is in the file, as it can be made again of: nil where nothing is
	Input    build.Input
	Work     *build.Work // what was made of it, as far as that got; nil where nothing was

	file    shown.File
	written []shown.Sheet  // the pages of the file
	anew    *page.Document // nil when the data could not be typeset
	shared  *build.Shared
	entries ofdread.Difference // of a package
}

// Identical says that the file is byte for byte what its data gives.
func (r *Report) Identical() bool {
	return len(r.Findings) == 0 && !r.Earlier && !r.Later && r.Signed == 0
}

// Good says that the words and numbers of the file are those that its data gives.
func (r *Report) Good() bool { return len(r.Findings) == 0 }

func (r *Report) add(c Cause, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{c, fmt.Sprintf(format, args...)})
}

// File compares a file with what is typeset anew from inside it. The program's fonts and the user's own come from s;
// its packs and catalogues are not used, since the file has its own. An error says that the file cannot be read.
func File(s *build.Shared, raw []byte) (*Report, error) {
	r, err := compared(s, raw)
	if err == nil && r.anew != nil && r.Signed > 0 {
		err = r.seals()
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

func compared(s *build.Shared, raw []byte) (*Report, error) {
	f, err := archive.Open(raw)
	if err != nil {
		return nil, err
	}
	r := &Report{file: f, shared: s, Signed: f.Since().Signatures}
	if r.written, err = f.Sheets(); err != nil {
		return nil, err
	}
	attached, err := f.Attachments()
	if err != nil {
		return nil, err
	}
	a, err := archive.Read(attached)
	if err != nil {
		r.add(CauseManifest, "%s", Unreadable(err))
		return r, nil
	}
	r.Manifest = a.Manifest
	r.faults(a)
	r.fonts()
	if a.Manifest.Program != s.Program {
		r.add(CauseProgram, "文件由 %s 生成，核验用的是 %s", a.Manifest.Program, s.Program)
	}
	anew, against := r.typeset(a)
	if anew != nil && !bytes.Equal(anew, raw) {
		if same, err := r.sameEntries(anew); err != nil || same {
			return r, err
		}
		if err := r.compare(anew); err != nil {
			return nil, err
		}
		if against != "" && !r.Earlier && !r.Later {
			r.add(CauseData, "按现在的规则，所带的数据或模板有错误：%s", against)
		}
	} else if anew != nil {
		// The same bytes: a font or version that goes by another name has done no harm.
		r.Findings = nil
	}
	return r, nil
}

// faults tells which attached files are not what the manifest says.
func (r *Report) faults(a *archive.Archive) {
	for _, x := range a.Faults {
		cause := CauseTables
		switch x.Kind {
		case archive.KindData, archive.KindPrior:
			cause = CauseData
		case archive.KindPack:
			cause = CausePack
		case archive.KindCatalogue:
			cause = CauseCodes
		}
		switch x.What {
		case archive.Missing:
			r.add(cause, "%s 已被删去", x.Path)
		case archive.Altered:
			r.add(cause, "%s 与清单记载的校验值不符，已被改动", x.Path)
		case archive.Added:
			r.add(cause, "清单里没有 %s，是后来加入的", x.Path)
		}
	}
}

// fonts tells which fonts of the document are not at hand.
func (r *Report) fonts() {
	faces := r.shared.Fonts.Faces()
	for _, f := range r.Manifest.Fonts {
		has := false
		other := false
		for _, x := range faces {
			has = has || x.SHA256 == f.SHA256 && x.Role == f.Role
			other = other || x.Name == f.Name && x.Role == f.Role
		}
		switch {
		case has:
		case other:
			r.add(CauseFont, "字体 %s 与生成时用的不是同一个文件（%s）", f.Name, f.File)
		case f.Role != "":
			r.add(CauseFont, "生成时%s用的是另外指定的字体 %s，核验时也要用 --font %s=%s 指明", f.Role, f.Name, f.Role, f.File)
		default:
			r.add(CauseFont, "没有生成时用的字体 %s（%s）", f.Name, f.File)
		}
	}
}

// otherFonts tells which fonts only one of the two documents uses. The program may have the font of a role that was
// drawn by another then.
func (r *Report) otherFonts() bool {
	used := build.UsedFonts(r.shared.Fonts, r.anew)
	without := func(fonts, others []archive.Font) (names []string) {
		for _, f := range fonts {
			if !slices.ContainsFunc(others, func(x archive.Font) bool { return x.SHA256 == f.SHA256 && x.Role == f.Role }) {
				names = append(names, f.Name)
			}
		}
		return names
	}
	now, gone := without(used, r.Manifest.Fonts), without(r.Manifest.Fonts, used)
	if len(now)+len(gone) == 0 {
		return false
	}
	r.add(CauseFont, "重排所用的字体与生成时不同（生成时另有：%s；重排时另有：%s）", list(gone), list(now))
	return true
}

func list(names []string) string {
	if len(names) == 0 {
		return "无"
	}
	return strings.Join(names, "、")
}

// inside is what a document carries, as what it can be made of again: with its own packs and codes, and the fonts of s. What the
// rules of today have against it does not stop that, as long as nothing inside has been changed.
func inside(s *build.Shared, a *archive.Archive) (*build.Shared, build.Input) {
	m := &a.Manifest
	own := &build.Shared{Fonts: s.Fonts, OwnFonts: s.OwnFonts, Program: s.Program, Layout: m.Format,
		Packs: a.Templates(), Catalogue: a.Catalogue(), Anew: len(a.Faults) == 0}
	return own, build.Input{Data: a.FS(archive.KindData, archive.KindPrior), Dir: m.Data, PriorDir: m.Prior,
		Edition: m.Edition, Template: m.Template, StripComments: m.Comments == archive.Stripped}
}

// typeset makes the document from inside. It returns nil when the data gives none; a finding tells why. against is what
// the rules of today have against what is inside: where nothing has been changed a document was made of it once, so that
// this is told only when it is not the same again.
func (r *Report) typeset(a *archive.Archive) (made []byte, against string) {
	s, in := inside(r.shared, a)
	r.Inside, r.Input = s, in
	if _, diags, err := s.Pack(in.Template); s.Anew && (err != nil || diags.HasErrors()) {
		defer func() {
			if recover() != nil { // compose relies on packs without errors
				r.anew, r.Work, made = nil, nil, nil
				r.add(CausePack, "用文件里的模板不能重排")
			}
		}()
	}
	w, err := s.Check(in)
	if err != nil {
		r.add(CauseData, "用文件里的数据不能重排：%s", cannot(err))
		return nil, ""
	}
	r.Work = w
	r.packs(a, s)
	if w.Tree != nil && (s.Anew || !w.Diags.HasErrors()) {
		r.anew = w.Typeset()
	}
	first := "没有可排的内容"
	cause := CauseData
	if i := slices.IndexFunc(w.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Level == diag.Error }); i >= 0 {
		d := w.Diags.Sorted()[i]
		first = fmt.Sprintf("%s %s（%s）", d.At, d.Message, d.Rule)
		if against = first; strings.HasPrefix(d.Rule, "字体-") { // a font of the department's own is not carried along
			cause, r.anew = CauseFont, nil
			// What was said of fonts advises --font, which does not give the department's folder its file.
			r.Findings = slices.DeleteFunc(r.Findings, func(f Finding) bool { return f.Cause == CauseFont })
			first += "；可用 yusuan extract 取出数据，放入这个字体文件，重新生成后比较"
		}
	}
	if r.anew == nil || against != "" && !s.Anew {
		r.anew = nil
		r.add(cause, "用文件里的数据不能重排：%s", first)
		return nil, ""
	}
	raw, err := r.write(w)
	if err != nil { // it was written once, so that something has been changed since
		r.anew = nil
		r.add(CauseData, "用文件里的数据排出的页面写不成文件")
		return nil, ""
	}
	return raw, against
}

// compare finds out what differs and lays it to a cause.
func (r *Report) compare(anew []byte) error {
	f, err := archive.Open(anew)
	if err != nil {
		return fmt.Errorf("the document typeset anew: %w", err)
	}
	pages, err := f.Sheets()
	if err != nil {
		return fmt.Errorf("the document typeset anew: %w", err)
	}
	if err := r.comparePages(f, pages); err != nil {
		return err
	}
	if other, err := r.otherVersion(f, pages); err != nil || other {
		r.Findings = nil
		r.Earlier = other && before(r.Manifest.Program, r.shared.Program)
		r.Later = other && !r.Earlier
		return err
	}
	explained := len(r.Findings) > 0
	same := archive.ContentHash(r.anew) == r.Manifest.Content
	switch {
	case len(r.Pages) > 0 && same:
		// What the manifest says was typeset is what is typeset now; the pages of the file are something else.
		r.pagesChanged()
	case len(r.Pages) > 0 && !explained && r.otherFonts():
	case len(r.Pages) > 0 && !explained:
		r.add(CauseData, "各文件与清单相符，但用它们排不出清单记载的页面：数据与清单一起被改动，或程序有改动而版本号相同")
	case len(r.Pages) == 0 && !explained:
		return r.restChanged()
	}
	return nil
}

// pagesChanged tells what was done to the pages, first of all whether their words and numbers are what they were.
func (r *Report) pagesChanged() {
	text := "文件里的文字和数字（能选取、能搜索的）都与数据一致，但页面在生成之后被改动，或被别的程序重写过，看到的样子可能不同"
	words := 0
	for i := range r.Pages {
		if !r.Pages[i].SameWords {
			words++
		}
	}
	if words > 0 {
		text = fmt.Sprintf("页面在生成之后被改动，%d 页的文字或数字与数据不一致", words)
	}
	r.Findings = slices.Insert(r.Findings, 0, Finding{CausePages, text})
}

// restChanged tells what was done to a file whose pages show what they should.
func (r *Report) restChanged() error {
	keys, err := r.file.Strange()
	if err != nil {
		return err
	}
	switch since := r.file.Since(); {
	case !r.entries.None():
		r.entriesChanged()
		if len(keys) > 0 {
			r.add(CauseFile, "文件带有本程序不写的内容（%s），打开时看到的可能不同", strings.Join(keys, " "))
		}
	case len(keys) > 0:
		r.add(CauseFile, "页面与数据一致，但文件带有本程序不写的内容（%s），打开时看到的可能不同", strings.Join(keys, " "))
	case since.Updates > 0:
		r.add(CauseFile, "页面与数据一致，但文件生成后又被追加了 %d 次修改", since.Updates)
	case since.Linearized:
		r.add(CauseFile, "页面与数据一致，但整个文件被别的程序重写过（改成了便于在网上打开的次序）")
	default:
		r.add(CauseFile, "页面与数据一致，但文件的其他部分（结构、书签、元数据或保存的方式）不是本程序写的样子，可能被别的程序重写（另存）过")
	}
	return nil
}
