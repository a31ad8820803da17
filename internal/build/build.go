// Package build takes one document through all phases: source, budget, check, compose, layout, PDF. It is the only
// place where they meet.
//
// Every function is a function of its arguments. What is shared by all documents of a process (fonts, packs,
// catalogues) is in Shared, parsed once and never changed.
package build

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"yusuan/internal/archive"
	"yusuan/internal/audit"
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/classify"
	"yusuan/internal/compose"
	"yusuan/internal/diag"
	"yusuan/internal/doc"
	"yusuan/internal/money"
	"yusuan/internal/ofd"
	"yusuan/internal/pack"
	"yusuan/internal/pdf"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
)

// Shared is what documents have in common. Safe for concurrent use.
type Shared struct {
	Fonts     *font.Library
	Packs     fs.FS // one folder a pack
	Catalogue fs.FS
	Given     *Codes // catalogues that the user named, before all others; nil for none
	Program   string // name and version, for the document's metadata
	Layout    string // of what documents carry (archive.Format), "" for the newest
	// Anew says that a document was made of these packs once. What the rules have against them today is told and does not
	// stop it from being made again.
	Anew bool
	// OwnFile tells of a file of a pack that it is a user's own, whose comments go with those of the data; nil where none is.
	OwnFile func(name string, raw []byte) bool
	// OwnFonts returns Fonts with faces of one department in front; nil when departments cannot bring faces.
	OwnFonts func([]font.Override) (*font.Library, error)

	mu         sync.Mutex
	packs      map[string]*loadedPack
	catalogues map[codesKey]*classify.Catalogue
	codes      map[codesKey][]archive.File // of the catalogues, as documents carry them
}

type loadedPack struct {
	pack    *pack.Pack
	diags   diag.List
	err     error
	carried func() []archive.File // what it was read from; made ready when a document first carries it
	bare    func() []archive.File // the same where comments are stripped
	sum     func() string         // of what it was read from
	heirOf  func() []string       // the packs that it inherits
}

// pack loads a pack once.
func (s *Shared) pack(id string) (*pack.Pack, diag.List, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.packs == nil {
		s.packs = map[string]*loadedPack{}
	}
	l := s.packs[id]
	if l == nil {
		read := &recorder{FS: s.Packs, files: map[string][]byte{}}
		l = &loadedPack{carried: sync.OnceValue(func() []archive.File { return read.carried(nil) }),
			bare: sync.OnceValue(func() []archive.File { return read.carried(s.OwnFile) }), sum: sync.OnceValue(read.sum),
			heirOf: sync.OnceValue(func() []string { return read.packs(id) })}
		l.pack, l.diags, l.err = schedule.LoadPack(read, id)
		for _, name := range slices.Sorted(maps.Keys(read.files)) {
			for _, d := range check.PrivateInPack(name, read.files[name]) {
				l.diags.Add(d)
			}
		}
		s.packs[id] = l
	}
	return l.pack, l.diags, l.err
}

// usable reports whether a pack that was loaded so can make documents.
func (s *Shared) usable(p *pack.Pack, diags diag.List) bool {
	return p != nil && (s.Anew || !diags.HasErrors())
}

// PackNames lists the packs at hand.
func (s *Shared) PackNames() []string {
	var out []string
	entries, _ := fs.ReadDir(s.Packs, ".")
	for _, e := range entries {
		if _, err := fs.Stat(s.Packs, path.Join(e.Name(), "pack.toml")); err == nil {
			out = append(out, e.Name())
		}
	}
	return out
}

// Input is where a department's data lies.
type Input struct {
	Data     fs.FS
	Dir      string // the department's folder in Data
	PriorDir string // last year's folder; it need not exist
	Edition  string // "" or "department", or unit:CODE for the document of one unit
	Template string // a pack instead of the one that the department names
	Codes    *Codes // catalogues beside the data, nil for none
	// StripComments leaves the comments out of the data that the document carries along.
	StripComments bool
	// PlainOFD claims for an OFD no more than GB/T 33190: no file for archives, as GB/T 42133 has them.
	PlainOFD bool
	// Known finds files that were read before by their names: what is still the same is not read again. It may be nil.
	Known func(name string) *source.File
	// Quit is asked between phases whether nobody wants the document any more; the error is ErrQuit then. It may be nil.
	Quit func() bool

	last *audit.Last // of a finished document last year's, nil for none
}

// ErrQuit is of a document that nobody wanted any more.
var ErrQuit = errors.New("build: nobody wants it any more")

func (in *Input) quit() bool { return in.Quit != nil && in.Quit() }

// Work is one document on its way. Fields are set as far as the phases got.
type Work struct {
	Diags diag.List
	Files []*source.File
	// LastFiles are those of last year's folder.
	LastFiles []*source.File
	Budget    *budget.Budget
	Pack      *pack.Pack
	Prior     schedule.Prior
	Tree      *doc.Document
	// Numbers are what the printed numbers are.
	Numbers *schedule.Document
	// Forms are where in the tree forms stand.
	Forms []compose.FormAt
	// Held are the numbers in the sentences of a finished document, with what each was held against.
	Held []audit.Held
	// Unheld are those in its tables that were held against none.
	Unheld []audit.Unheld
	shared *Shared
	fonts  *font.Library

	gap        diag.Range // what of the department's data could not be read, zero for nothing
	in         Input
	packID     string
	otherIDs   []string       // packs that were looked into beside it
	read       *recorder      // what was read of in.Data
	carried    *page.Document // that carries it
	catalogues []usedCodes
}

// Check takes the document through loading, checking and composing. The error is what the machine refuses; the
// author's trouble is in Work.Diags.
func (s *Shared) Check(in Input) (*Work, error) {
	w, ready, err := s.begin(in)
	if err != nil || !ready {
		return w, err
	}
	p, b := w.Pack, w.Budget
	x := &check.Input{Pack: p, Others: func() []*pack.Pack { return w.others(&b.Facts.Department) }, Budget: b, Prior: w.Prior, PriorFolder: w.Prior.Last != nil, Gap: w.gap, Quit: in.Quit}
	x.Serving = func(year int) string { id, _ := s.Serving(w.packID, year); return id }
	if !b.Facts.Published() { // a finished document is checked, not made
		made := compose.DocumentUntil(p, b, w.Prior, in.Quit)
		if in.quit() {
			return w, ErrQuit
		}
		w.Tree, w.Numbers, w.Forms, x.Untold = made.Tree, made.Numbers, made.Forms, made.Untold
		w.Diags.Append(check.Composed(p, b, made.Diags, compose.Passages(w.Tree)))
	} else {
		w.Numbers = compose.NumbersOf(p, b, w.Prior)
	}
	x.Numbers, x.Passages = w.Numbers, func(b *budget.Budget) []prose.Passage { return compose.Passages(compose.Document(p, b, w.Prior).Tree) }
	x.Carried, x.Stripped = slices.Concat(w.Files, w.LastFiles), w.stripped()
	r := check.NewReport(p)
	check.Run(x, r)
	w.Held, w.Unheld = audit.Run(&audit.Input{Pack: p, Budget: b, Last: in.last}, r)
	if !b.Facts.Published() && (in.Edition == "" || in.Edition == "department") && w.gap.IsZero() {
		l := r.List()
		audit.Own(p, b, w.Numbers, l.Added(), r)
	}
	w.Diags.Append(r.List())
	audit.Place(&w.Diags, p, b.Facts)
	if in.quit() {
		return w, ErrQuit
	}
	return w, nil
}

// Draft composes nothing but the forms that want chooses, each with all that shares its pages: those are what Check would make of
// them, sooner. Nothing is reported. Work.Tree is nil where there are none.
func (s *Shared) Draft(in Input, want func(*budget.Form) bool) (*Work, error) {
	w, ready, err := s.begin(in)
	if err == nil && ready && !w.Budget.Facts.Published() {
		made := compose.Forms(w.Pack, w.Budget, w.Prior, want)
		w.Tree, w.Forms = made.Tree, made.Forms
	}
	return w, err
}

// begin loads what a document is made of. ready is false where it cannot be made.
func (s *Shared) begin(in Input) (w *Work, ready bool, err error) {
	read := &recorder{FS: in.Data, files: map[string][]byte{}}
	in.Data = read
	w = &Work{shared: s, fonts: s.Fonts, in: in, read: read}
	b, files, err := w.load(in.Dir, &w.Diags)
	w.Files = files
	if err != nil || b == nil {
		return w, false, err
	}
	if b, err = s.edition(b, in.Edition, &w.Diags); err != nil || b == nil {
		return w, false, err
	}
	w.Budget = b
	w.ownFonts(in)
	id := in.template(&b.Facts.Department)
	if in.Template == "" && !known(s.PackNames(), id, &w.Diags) {
		return w, false, nil
	}
	if units := b.Facts.Department.TemplateUnit; in.Edition == "" && units.V != "" {
		known(s.PackNames(), units, &w.Diags)
	}
	w.packID = id.V
	p, diags, err := s.pack(id.V)
	w.Diags.Append(diags)
	if err != nil || !s.usable(p, diags) {
		return w, false, err
	}
	w.Pack = p.Of(b.Facts.Department.Year.V)
	if err := w.prior(in); err != nil {
		return w, false, err
	}
	if in.quit() {
		return w, false, ErrQuit
	}
	return w, true, nil
}

// lists are those of the pack that the document will have; where that is not known, those of the program.
func (w *Work) lists(d *budget.Department) *budget.Lists {
	p, id := w.Pack, w.in.template(d).V
	if p == nil && (w.in.Template != "" || slices.Contains(w.shared.PackNames(), id)) {
		if x, diags, err := w.shared.pack(id); err == nil && w.shared.usable(x, diags) {
			p = x.Of(d.Year.V)
		}
	}
	if p == nil {
		return budget.StandardLists()
	}
	return p.Lists()
}

// others are the packs that the department names beside the one in use. One that cannot be used is left out: the document
// at hand does not need it. The document carries those that were looked into.
func (w *Work) others(d *budget.Department) []*pack.Pack {
	w.otherIDs = nil
	var out []*pack.Pack
	for _, id := range []string{d.Template.V, d.TemplateUnit.V} {
		if id == "" || id == w.packID || !slices.Contains(w.shared.PackNames(), id) || slices.Contains(w.otherIDs, id) {
			continue
		}
		if p, diags, err := w.shared.pack(id); err == nil && w.shared.usable(p, diags) {
			out, w.otherIDs = append(out, p.Of(d.Year.V)), append(w.otherIDs, id)
		}
	}
	return out
}

func known(packs []string, id source.String, l *diag.List) bool {
	for _, p := range packs {
		if p == id.V {
			return true
		}
	}
	if id.V == "" {
		return false // said already: it is required
	}
	l.Add(diag.NotListed("模板-000", id.At, "模板", id.V, packs))
	return false
}

// load reads a department's folder. The budget is nil when the year is not known, since nothing can be looked up then.
func (w *Work) load(dir string, l *diag.List) (*budget.Budget, []*source.File, error) {
	before := w.in.Known
	if before == nil {
		before = func(string) *source.File { return nil }
	}
	files, diags, err := source.ReadDirAgain(w.in.Data, dir, before)
	l.Append(diags)
	if err != nil {
		return nil, files, fmt.Errorf("read %s: %w", dir, err)
	}
	if len(files) == 0 {
		return nil, files, nil // source has said so
	}
	f, diags := budget.Read(files, w.lists, w.titles(files))
	l.Append(diags)
	gap := source.Gap(files, diags)
	if dir == w.in.Dir {
		w.gap = gap
	}
	if f.Department.Year.V == 0 {
		return nil, files, nil
	}
	cat, err := w.codesOf(f, l)
	if err != nil || cat == nil {
		return nil, files, err
	}
	b, diags := budget.New(f, cat)
	if gap.IsZero() {
		l.Append(diags)
		return b, files, nil
	}
	for _, d := range diags.Sorted() {
		if !followsFromGap(d.Rule) {
			l.Add(d)
		}
	}
	return b, files, nil
}

// followsFromGap reports whether a finding of budget may come of nothing but what could not be read: it sums, or looks for
// what may stand there.
func followsFromGap(rule string) bool {
	for _, family := range []string{"勾稽", "单位", "项目"} {
		if strings.HasPrefix(rule, family) {
			return true
		}
	}
	return rule == "采购-003"
}

// prior finds last year's figures: from last year's folder where there is one, else as stated.
func (w *Work) prior(in Input) error {
	w.Prior = schedule.Prior{Year: w.Budget.Facts.Department.Year.V - 1, Amounts: map[string]money.Amount{}}
	if p := w.Budget.Facts.Prior; p != nil {
		for _, f := range p.Figures {
			w.Prior.Amounts[f.Key.V] = f.Value.Amount
		}
	}
	if in.PriorDir == "" {
		return nil
	}
	if _, err := fs.Stat(in.Data, in.PriorDir); err != nil {
		return nil // no folder of last year: the stated figures serve
	}
	var diags diag.List
	last, files, err := w.load(in.PriorDir, &diags)
	w.LastFiles = files
	if err != nil {
		return err
	}
	if last != nil {
		if last, err = w.shared.edition(last, in.Edition, &diags); err != nil {
			return err
		}
	}
	if last == nil || diags.HasErrors() {
		w.Diags.Errorf("上年-005", diag.Range{File: in.PriorDir}, "上年数据目录有错误，先核对上年数据（yusuan check %s）", in.PriorDir)
		return nil
	}
	if last.Facts.Department.Year.V != w.Prior.Year || last.Facts.Department.Code.V != w.Budget.Facts.Department.Code.V {
		w.Diags.Warnf("上年-006", diag.Range{File: in.PriorDir}, "上年数据目录不是部门%s的%s年数据，没有采用", w.Budget.Facts.Department.Code.V, strconv.Itoa(w.Prior.Year))
		return nil
	}
	maps.Copy(w.Prior.Amounts, priorFigures(w.Pack, last))
	w.Prior.Last = last
	return nil
}

// Typeset lays the document out. Layout adds diagnostics: a character that no font has is an error.
func (w *Work) Typeset(options ...layout.Option) *page.Document {
	pages, diags := layout.Lay(w.Tree, w.fonts.Family, options...)
	pages.Info.Program = w.shared.Program
	w.Diags.Append(diags)
	return pages
}

// TypesetSection lays one section of the tree out as it stands behind pages of a document that was laid out before.
func (w *Work) TypesetSection(section int, before []page.Page, number int, options ...layout.Option) []page.Page {
	return layout.Section(w.Tree, section, before, number, w.fonts.Family, options...)
}

// PDF writes the pages as one file that carries what it was made of, in a memory that was made files in before, or with nil
// in a new one.
func (w *Work) PDF(pages *page.Document, m *pdf.Memory) ([]byte, error) {
	if err := w.carry(pages); err != nil {
		return nil, err
	}
	return pdf.Write(pages, m)
}

// OFD is PDF in the format of GB/T 33190; plain as Input.PlainOFD.
func (w *Work) OFD(pages *page.Document, plain bool, m *ofd.Memory) ([]byte, error) {
	if err := w.carry(pages); err != nil {
		return nil, err
	}
	return ofd.Write(pages, ofd.Options{Plain: plain}, m)
}

// carry makes pages carry what they were made of, unless they do.
func (w *Work) carry(pages *page.Document) error {
	if w.read == nil || pages == w.carried { // a gallery is made of nothing that anyone keeps
		return nil
	}
	if err := w.Attach(pages); err != nil {
		return err
	}
	w.carried = pages
	return nil
}
