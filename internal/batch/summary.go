package batch

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// Summary is the outcome of a batch, or of one shard of it.
type Summary struct {
	Program     string         `json:"program"`
	Root        string         `json:"root"`            // as given
	Shard       string         `json:"shard,omitempty"` // such as 2/3
	Editions    Editions       `json:"editions"`
	Counts      map[Status]int `json:"counts"`
	Departments []Record       `json:"departments"` // those of a department's units follow its own
	Totals      []Total        `json:"totals"`
	Findings    []Finding      `json:"findings"`
}

// Count fills in the number of departments by status and the totals.
func (s *Summary) Count() {
	s.Counts = map[Status]int{}
	for i := range s.Departments {
		s.Counts[s.Departments[i].Status]++
	}
	s.Totals = Totals(s.Departments)
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
// last holds records of last year.
func (s *Summary) District(texts func(string) []Text, last []Record, workers int) {
	s.Findings = UnitsOnce(s.Departments)
	s.Findings = append(s.Findings, PriorAgrees(s.Departments, slices.Concat(last, s.Departments))...)
	if texts != nil {
		s.Findings = append(s.Findings, Copied(s.Departments, texts, workers)...)
	}
	slices.SortStableFunc(s.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(a.Rule, b.Rule))
	})
}

// JSON is the summary for programs. Fields keep their names and meanings; new ones may be added.
func (s *Summary) JSON() []byte {
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		panic("batch: " + err.Error()) // plain data
	}
	return append(b, '\n')
}

// ReadSummary reads what JSON wrote.
func ReadSummary(b []byte) (*Summary, error) {
	s := &Summary{}
	if err := json.Unmarshal(b, s); err != nil {
		return nil, fmt.Errorf("batch: summary: %w", err)
	}
	return s, nil
}

// Merge joins the summaries of all shards of one batch into the summary of the batch.
func Merge(parts []*Summary) (*Summary, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("batch: no summaries to merge")
	}
	out := &Summary{Program: parts[0].Program, Root: parts[0].Root, Editions: parts[0].Editions}
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
			return nil, fmt.Errorf("batch: shard %s does not fit beside the others of %d", cmp.Or(p.Shard, "1/1"), of)
		}
		if p.Program != out.Program {
			return nil, fmt.Errorf("batch: shards made by %s and %s", out.Program, p.Program)
		}
		if p.Editions != out.Editions {
			return nil, fmt.Errorf("batch: shards of the editions %s and %s", out.Editions, p.Editions)
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

// settle fails departments of different shards whose documents have one name, as one run would have.
func (s *Summary) settle() {
	c := claims{byName: map[string]*claim{}}
	for i := range s.Departments {
		rec := &s.Departments[i]
		if !rec.Status.Good() {
			continue
		}
		_, err := c.place(rec.Output, rec.owner(), func() (Stamp, error) { return Stamp{}, nil })
		if taken, ok := err.(*takenError); ok {
			rec.taken(taken)
		}
	}
}

// MissingShard says that a batch is not complete.
type MissingShard struct{ Index, Of int }

func (e *MissingShard) Error() string { return fmt.Sprintf("shard %d/%d is missing", e.Index, e.Of) }
