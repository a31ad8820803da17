package batch

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"yusuan/internal/build"
)

// Summary is the outcome of a batch, or of one shard of it.
type Summary struct {
	Program     string         `json:"program"`
	Root        string         `json:"root"`            // as given
	Shard       string         `json:"shard,omitempty"` // such as 2/3
	Editions    Editions       `json:"editions"`
	Forms       []build.Form   `json:"formats,omitempty"` // of each document; none is the PDF alone
	Counts      map[Status]int `json:"counts"`
	Departments []Record       `json:"departments"` // those of a department's units follow its own
	Totals      []Total        `json:"totals"`
	Findings    []Finding      `json:"findings"`
	LeftOver    []string       `json:"left_over,omitempty"` // files that are not of today's data and were not moved, below the output folder
	Moved       []Moved        `json:"moved,omitempty"`     // files that were
}

// Count fills in the number of departments by status and the totals.
func (s *Summary) Count() {
	s.Counts = map[Status]int{}
	for i := range s.Departments {
		s.Counts[s.Departments[i].Status]++
	}
	s.Totals = Totals(s.Departments)
}

// Date is the latest that a document bears; zero when none is known.
func (s *Summary) Date() (latest time.Time) {
	for i := range s.Departments {
		if t, err := time.Parse(time.DateOnly, s.Departments[i].Date); err == nil && t.After(latest) {
			latest = t
		}
	}
	return latest
}

// CountDepartments is the number of departments; their units' documents have records, too.
func (s *Summary) CountDepartments() (n int) {
	for i := range s.Departments {
		if s.Departments[i].Edition == "" {
			n++
		}
	}
	return n
}

// District asks what only the whole district can answer. texts may be nil when the departments' files are not at hand;
// last holds records of last year, from the summary of that name; both are empty where none was given.
func (s *Summary) District(texts func(string) []Text, last []Record, name string, workers int) {
	s.Findings = UnitsOnce(s.Departments)
	if name != "" {
		s.Findings = append(s.Findings, LastIsLast(s.Departments, last, name)...)
	}
	s.Findings = append(s.Findings, PriorAgrees(s.Departments, slices.Concat(last, s.Departments))...)
	if texts != nil {
		s.Findings = append(s.Findings, Copied(s.Departments, texts, workers)...)
	}
	slices.SortStableFunc(s.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(a.Rule, b.Rule))
	})
}

// HasErrors reports whether the district's questions found an error.
func (s *Summary) HasErrors() bool {
	return slices.ContainsFunc(s.Findings, func(f Finding) bool { return f.Error })
}

// WriteJSON writes the summary for programs, a record or finding a line: a country's takes hundreds of megabytes and
// never stands in memory. Fields keep their names and meanings; new ones may be added.
func (s *Summary) WriteJSON(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("{\n")
	writeField(b, "program", s.Program)
	writeField(b, "root", s.Root)
	if s.Shard != "" {
		writeField(b, "shard", s.Shard)
	}
	writeField(b, "editions", s.Editions)
	if len(s.Forms) > 0 {
		writeField(b, "formats", s.Forms)
	}
	writeField(b, "counts", s.Counts)
	writeList(b, "departments", s.Departments)
	b.WriteString(",\n")
	writeList(b, "totals", s.Totals)
	b.WriteString(",\n")
	writeList(b, "findings", s.Findings)
	if len(s.LeftOver) > 0 {
		b.WriteString(",\n")
		writeList(b, "left_over", s.LeftOver)
	}
	if len(s.Moved) > 0 {
		b.WriteString(",\n")
		writeList(b, "moved", s.Moved)
	}
	b.WriteString("\n}\n")
	return b.Flush() // has the error of any write before
}

func writeField(b *bufio.Writer, name string, v any) {
	fmt.Fprintf(b, " %q: %s,\n", name, plainJSON(v))
}

func writeList[T any](b *bufio.Writer, name string, list []T) {
	fmt.Fprintf(b, " %q: [", name)
	for i := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  ")
		b.Write(plainJSON(&list[i]))
	}
	b.WriteString("\n ]")
}

func plainJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("batch: " + err.Error()) // plain data
	}
	return b
}

// ReadSummary reads what WriteJSON wrote. Facts go on the shelf, which may be nil.
func ReadSummary(r io.Reader, shelf *Shelf) (*Summary, error) {
	s := &Summary{}
	dec := json.NewDecoder(r)
	err := expect(dec, '{')
	for err == nil && dec.More() {
		var name json.Token
		if name, err = dec.Token(); err != nil {
			break
		}
		switch name {
		case "program":
			err = dec.Decode(&s.Program)
		case "root":
			err = dec.Decode(&s.Root)
		case "shard":
			err = dec.Decode(&s.Shard)
		case "editions":
			err = dec.Decode(&s.Editions)
		case "formats":
			err = dec.Decode(&s.Forms)
		case "departments":
			s.Departments, err = readList(dec, func(r *Record) { r.facts = r.facts.on(shelf) })
		case "totals":
			s.Totals, err = readList[Total](dec, nil)
		case "findings":
			s.Findings, err = readList[Finding](dec, nil)
		case "left_over":
			s.LeftOver, err = readList[string](dec, nil)
		case "moved":
			s.Moved, err = readList[Moved](dec, nil)
		case "counts":
			err = dec.Decode(&s.Counts)
		default: // of a later version
			err = dec.Decode(&json.RawMessage{})
		}
	}
	if err == nil {
		err = expect(dec, '}')
	}
	if err != nil {
		return nil, fmt.Errorf("batch: summary: %w", err)
	}
	return s, nil
}

// readList reads a list; each, where it is given, sees an element before the next is read.
func readList[T any](dec *json.Decoder, each func(*T)) (list []T, err error) {
	if err := expect(dec, '['); err != nil {
		return nil, err
	}
	for dec.More() {
		var v T
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		if each != nil {
			each(&v)
		}
		list = append(list, v)
	}
	return list, expect(dec, ']')
}

func expect(dec *json.Decoder, want json.Delim) error {
	t, err := dec.Token()
	if err == nil && t != want {
		err = fmt.Errorf("%v where %v should be", t, want)
	}
	return err
}

// Merge joins the summaries of all shards of one batch into the summary of the batch.
func Merge(parts []*Summary) (*Summary, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("batch: no summaries to merge")
	}
	out := &Summary{Program: parts[0].Program, Root: parts[0].Root, Editions: parts[0].Editions, Forms: parts[0].Forms}
	seen := map[int]bool{}
	of := 0
	for _, p := range parts {
		shard, err := ParseShard(cmp.Or(p.Shard, "1/1"))
		switch {
		case err != nil:
			return nil, err
		case of == 0:
			of = shard.Of
		}
		if shard.Of != of || seen[shard.Index] {
			return nil, fmt.Errorf("有一份是 %s，其余的分作 %d 份，或者这一份有两个", cmp.Or(p.Shard, "1/1"), of)
		}
		if p.Program != out.Program {
			return nil, fmt.Errorf("一份由“%s”生成，另一份由“%s”", out.Program, p.Program)
		}
		if p.Editions != out.Editions {
			return nil, fmt.Errorf("一份的 --editions 是 %s，另一份是 %s", out.Editions, p.Editions)
		}
		if !slices.Equal(p.Forms, out.Forms) {
			return nil, fmt.Errorf("一份的 --formats 是 %s，另一份是 %s", formNames(out.Forms), formNames(p.Forms))
		}
		seen[shard.Index] = true
		out.Departments = append(out.Departments, p.Departments...)
	}
	for i := 1; i <= of; i++ {
		if !seen[i] {
			return nil, &MissingShard{i, of}
		}
	}
	slices.SortFunc(out.Departments, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(a.Edition, b.Edition))
	})
	out.settle()
	out.Count()
	return out, nil
}

// formNames is a list of forms as one types it.
func formNames(forms []build.Form) string {
	if len(forms) == 0 {
		return string(build.PDF)
	}
	var names []string
	for _, f := range forms {
		names = append(names, string(f))
	}
	return strings.Join(names, ",")
}

// settle fails departments of different shards whose documents have one name, as one run would have.
func (s *Summary) settle() {
	c := claims{byName: map[string]*claim{}}
	for i := range s.Departments {
		rec := &s.Departments[i]
		if !rec.Status.Good() {
			continue
		}
		files := (&Document{Record: *rec}).files()
		_, err := c.place(files, rec.owner(), func() ([]Stamp, error) { return nil, nil })
		if taken, ok := err.(*takenError); ok {
			rec.misnamed(taken)
		}
	}
}

// MissingShard says that a batch is not complete.
type MissingShard struct{ Index, Of int }

func (e *MissingShard) Error() string { return fmt.Sprintf("shard %d/%d is missing", e.Index, e.Of) }
