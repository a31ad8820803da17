package build

import (
	"path"
	"regexp"
	"strconv"

	"yusuan/internal/audit"
	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
	"yusuan/internal/stated"
)

// FinishedInput is a finished document that was read, to be checked.
type FinishedInput struct {
	Name     string // as findings name it
	Document *paper.Document
	Template string          // a pack, "" for the best of all
	Last     *paper.Document // of last year, to compare with; nil for none
	LastName string
	Codes    *Codes      // as of Input
	Quit     func() bool // as of Input
}

// Finished is a finished document that was checked.
type Finished struct {
	Diags  diag.List // with their places on paper
	Pack   *pack.Pack
	Found  *recognise.Found // nil where no pack fits
	Others []*recognise.Found
	Budget *budget.Budget
	Typed  *stated.Typed // what was checked; nil with Found
	Work   *Work         // of what was typed; nil with Found
	Summary

	stranger bool // last year's document names another department
	boxes    map[boxKey][]paper.Place

	name, lastName string
}

// Summary is how much of a finished document was checked.
type Summary struct {
	Tables    int // of the pack
	Checked   int // of those, found in the document and read
	Missing   []string
	Unknown   int // tables of the document that are none of the pack's
	Forms     int // performance forms
	Rows      int // in the tables that were checked
	Cells     int // with something in them
	Sentences int
	Gaps      int // parts of the file that were not read
	Doubtful  int // parts that were not read for certain
	Unheld    int // numbers of tables that no other number of the tables is held against
	Spoken    int // numbers of sentences that are amounts, shares, counts or changes
	Settled   int // of those, held against something
	Unmatched int // sentences that compare with last year, where nothing is known of last year
}

// Whole reports whether all of the document was read and understood, so that no findings means no faults.
func (s *Summary) Whole() bool {
	return s.Gaps+s.Doubtful+s.Unknown == 0 && s.Checked > 0 && len(s.Missing) == 0
}

// finishedDir is where the typed files lie.
const finishedDir = "成文"

// Finished checks a document as it was read: what somebody would have typed of it is checked like any other, and told by its
// places on paper. The error is what the machine refuses.
func (s *Shared) Finished(in FinishedInput) (*Finished, error) {
	out := &Finished{boxes: map[boxKey][]paper.Place{}, name: in.Name, lastName: in.LastName}
	out.gaps(in.Name, in.Document)
	found, others, err := s.recognise(in, &out.Diags)
	if err != nil || found == nil {
		return out, err
	}
	if found.Year.Value == 0 { // no page says it
		found.Year.Value = yearOf(in.Name)
	}
	out.Pack, out.Found, out.Others = found.Pack, found, others
	options := stated.Options{Template: found.Pack.ID}
	var last *audit.Last
	if in.Last != nil {
		prior, document, why, err := s.lastFigures(in, found)
		if err != nil {
			return out, err
		}
		last = document
		if options.Prior = prior; why != "" {
			out.stranger = len(prior) > 0
			out.Diags.Add(diag.Diagnostic{Rule: "成文-014", Level: diag.Warning, At: diag.Range{File: in.LastName}, Message: path.Base(in.LastName) + why})
		}
	}
	out.Typed = stated.Of(in.Document, found, options)
	w, err := s.Check(Input{Data: folderOf(out.Typed), Dir: finishedDir, Codes: in.Codes, Quit: in.Quit, last: last})
	if err != nil {
		return out, err
	}
	out.Work, out.Budget = w, w.Budget
	out.summarise()
	out.spoken()
	out.unknown(in.Name)
	out.left(in.Name)
	out.translate(in, w.Diags)
	out.unheld(in)
	return out, nil
}

var yearInName = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)`)

// yearOf is the year in the name of a file, 0 where it has none, or several.
func yearOf(name string) int {
	all := yearInName.FindAllStringSubmatch(path.Base(name), -1)
	if len(all) != 1 {
		return 0
	}
	year, err := strconv.Atoi(all[0][1])
	if err != nil {
		return 0
	}
	return year
}
