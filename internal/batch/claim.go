package batch

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// claims says whose document has which name. Two documents of one name are an author's slip; the one that comes first
// keeps the name, whichever was made first: a department's before its units', and departments by their paths.
type claims struct {
	mu     sync.Mutex
	byName map[string]*claim
}

type claim struct {
	mu    sync.Mutex
	owner owner
}

// owner is whose document it is.
type owner struct{ department, edition string }

func (r *Record) owner() owner { return owner{r.Department, r.Edition} }

func (o owner) before(x owner) bool {
	return cmp.Or(cmp.Compare(o.department, x.department), cmp.Compare(o.edition, x.edition)) < 0
}

// takenError says that a name belongs to another document.
type takenError struct {
	name string
	by   Record
	of   owner
}

func (e *takenError) Error() string {
	s := "文件名“" + e.name + "”已由 " + e.by.Title() + " 使用；"
	if e.by.Department == e.of.department {
		return s + "单位的文件与部门或另一单位的文件同名：核对单位名称，或者用 template_unit 填标题不同的单位预算模板"
	}
	return s + "两个部门的名称和年度相同，核对 department.toml"
}

func (c *claims) of(name string) *claim {
	key := strings.ToLower(name) // Windows and macOS take names that differ in case for one
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.byName[key]
	if x == nil {
		x = &claim{}
		c.byName[key] = x
	}
	return x
}

// place lets write put the files of a document in place unless a name belongs to a document before this one.
func (c *claims) place(files []placed, o owner, write func() ([]Stamp, error)) ([]Stamp, error) {
	names := make([]string, 0, len(files))
	for i := range files {
		names = append(names, files[i].Output)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) }) // nobody waits in a circle
	held := make([]*claim, 0, len(names))
	for _, name := range names {
		x := c.of(name)
		x.mu.Lock() // held while writing, so that the file is the owner's in the end; only documents of one name wait here
		defer x.mu.Unlock()
		held = append(held, x)
		if x.owner.department != "" && x.owner.before(o) {
			return nil, newTaken(name, x.owner, o)
		}
	}
	for _, x := range held {
		x.owner = o
	}
	return write()
}

func newTaken(name string, by, of owner) *takenError {
	return &takenError{name, Record{Department: by.department, Edition: by.edition}, of}
}

// settle fails the documents whose name another took over after they were written.
func (r *run) settle(records []Record) {
	for i := range records {
		rec := &records[i]
		if !rec.Status.Good() {
			continue
		}
		for _, f := range rec.Files() {
			if by := r.claims.of(f.Output).owner; by != rec.owner() {
				rec.misnamed(newTaken(f.Output, by, rec.owner()))
				var p report
				p.add(ruleName, rec.Message)
				r.report(rec, p)
				break
			}
		}
	}
}

// forget takes away the documents of earlier runs that have another name now, so that nobody publishes them. A file
// that was changed since is not ours any more and stays.
func (r *run) forget(records []Record) {
	for i := range records {
		rec := &records[i]
		if rec.Status != Made {
			continue
		}
		for _, old := range r.known(rec.Department).Documents {
			if old.Record.Edition != rec.Edition || old.Root != r.Root {
				continue
			}
			for _, f := range old.files() {
				if !hasForm(rec.Files(), f.Form) || r.claims.of(f.Output).owner.department != "" {
					continue // it has no new one, or lies where it lay
				}
				if to, ok := r.Machine.retire(&f); ok {
					rec.Replaces = append(rec.Replaces, to)
				}
			}
		}
	}
}
