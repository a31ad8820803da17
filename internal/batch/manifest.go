package batch

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
)

// Entry is a line of the manifest: the documents of a department that are there, and what they were made of. Lines are
// appended after the documents have their final names, so that whatever kills a run, no line speaks of a document that
// is not there whole.
type Entry struct {
	Department string     `json:"department"`
	Key        string     `json:"key"`             // hash of all that the documents depend on
	Units      []string   `json:"units,omitempty"` // the editions that the department's units have
	Documents  []Document `json:"documents"`       // of one department, whatever editions earlier runs made
	Moved      []Moved    `json:"moved,omitempty"` // that no new document has replaced yet
}

// Document is a document that is there. That of a department of which only the units' documents were asked for is not:
// its record, without a file, spares checking the department again.
type Document struct {
	Stamp    Stamp    `json:"stamp"` // of the PDF
	Record   Record   `json:"record"`
	Stamps   []Stamp  `json:"stamps,omitempty"`   // of the record's other forms, in their order
	Root     string   `json:"root,omitempty"`     // of the run that made it
	Editions Editions `json:"editions,omitempty"` // of the run that made it
	Old      bool     `json:"old,omitempty"`      // of other data than the key's; it is known of for the sake of its file
}

// Stamp tells whether a file is still the one that was written.
type Stamp struct {
	Size int64 `json:"size"`
	Time int64 `json:"time"` // of its last change, nanoseconds since 1970
}

// document is the document of an edition, nil when there is none.
func (e Entry) document(edition string) *Document {
	for i := range e.Documents {
		if d := &e.Documents[i]; !d.Old && d.Record.Edition == edition {
			return &e.Documents[i]
		}
	}
	return nil
}

// Line is the entry as a line of a manifest.
func (e *Entry) Line() []byte {
	return append(plainJSON(e), '\n')
}

// Manifest is the last entry of each department.
type Manifest map[string]Entry

// Read takes over the lines of a manifest file, later ones over earlier ones, and returns their number. A line that
// was cut short when a run was killed is passed over: its documents will be made again. of, if not nil, lists the
// departments that are asked for, sorted. Facts go on the shelf, which may be nil.
func (m Manifest) Read(file io.Reader, of []string, s *Shelf) (lines int, err error) {
	r := bufio.NewReader(file)
	for {
		line, err := r.ReadBytes('\n')
		var e Entry
		if json.Unmarshal(line, &e) == nil && e.Department != "" && e.Key != "" && (of == nil || wanted(of, e.Department)) {
			for i := range e.Documents {
				x := &e.Documents[i].Record
				x.facts = x.facts.on(s)
			}
			m[e.Department] = e
			lines++
		}
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return lines, err
		}
	}
}

func wanted(sorted []string, department string) bool {
	_, found := slices.BinarySearch(sorted, department)
	return found
}
