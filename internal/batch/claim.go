package batch

import (
	"strings"
	"sync"
)

// claims says whose document has which name. Two departments with one name are an author's slip; the one whose path
// comes first keeps the name, whichever was made first.
type claims struct {
	mu     sync.Mutex
	byName map[string]*claim
}

type claim struct {
	mu         sync.Mutex
	department string
}

// takenError says that a name belongs to another department's document.
type takenError struct{ name, by string }

func (e *takenError) Error() string {
	return "文件名“" + e.name + "”已由 " + e.by + " 使用；两个部门的名称和年度相同，核对 department.toml"
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

// place lets write put the file in place unless the name belongs to a department before this one.
func (c *claims) place(name, department string, write func() (Stamp, error)) (Stamp, error) {
	x := c.of(name)
	x.mu.Lock() // held while writing, so that the file is the owner's in the end; only departments of one name wait here
	defer x.mu.Unlock()
	if x.department != "" && x.department < department {
		return Stamp{}, &takenError{name, x.department}
	}
	x.department = department
	return write()
}

// settle fails the departments whose name another took over after they were written.
func (r *run) settle(records []Record) {
	for i := range records {
		rec := &records[i]
		if !rec.Status.Good() {
			continue
		}
		if by := r.claims.of(rec.Output).department; by != rec.Department {
			rec.taken(&takenError{rec.Output, by})
			r.report(rec.Department, []byte(rec.Message+"\n"))
		}
	}
}
