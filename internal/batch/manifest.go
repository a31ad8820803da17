package batch

import (
	"bytes"
	"encoding/json"
)

// Entry is a line of the manifest: a document that was made, and what it was made of. Lines are appended after the
// document has its final name, so that whatever kills a run, no line speaks of a document that is not there whole.
type Entry struct {
	Key    string `json:"key"` // hash of all that the document depends on
	Stamp  Stamp  `json:"stamp"`
	Record Record `json:"record"`
}

// Stamp tells whether a file is still the one that was written.
type Stamp struct {
	Size int64 `json:"size"`
	Time int64 `json:"time"` // of its last change, nanoseconds since 1970
}

// Line is the entry as a line of a manifest.
func (e *Entry) Line() []byte {
	b, err := json.Marshal(e)
	if err != nil {
		panic("batch: " + err.Error()) // plain data
	}
	return append(b, '\n')
}

// Manifest is the last entry of each department.
type Manifest map[string]Entry

// Read takes over the lines of a manifest file, later ones over earlier ones, and returns their number. A line that
// was cut short when a run was killed is passed over: its document will be made again.
func (m Manifest) Read(file []byte) (lines int) {
	for line := range bytes.Lines(file) {
		var e Entry
		if json.Unmarshal(line, &e) == nil && e.Record.Department != "" && e.Key != "" {
			m[e.Record.Department] = e
			lines++
		}
	}
	return lines
}
