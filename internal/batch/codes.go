package batch

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"sync"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// head is which department a folder says it is.
type head struct {
	year int
	code string
	at   diag.Range
}

// sameCodes finds departments of one year with one code, before any document is made: which of them is the right one only
// their authors know, so none is made. Shards look at all departments, so that each finds what one run would.
func (b *Batch) sameCodes() map[string]diag.Diagnostic {
	all := b.All
	if all == nil {
		all = b.Departments
	}
	heads := make([]head, len(all))
	next := make(chan int)
	var done sync.WaitGroup
	for range b.Workers {
		done.Go(func() {
			for i := range next {
				heads[i] = b.head(all[i])
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	done.Wait()
	type key struct {
		year int
		code string
	}
	of := map[key][]int{}
	for i, h := range heads {
		if h.code != "" && h.year != 0 {
			k := key{h.year, h.code}
			of[k] = append(of[k], i)
		}
	}
	out := map[string]diag.Diagnostic{}
	for _, same := range of {
		if len(same) < 2 {
			continue
		}
		for _, i := range same {
			out[all[i]] = sameCode(heads, same, i)
		}
	}
	return out
}

// shownOthers is how many of the departments that share a code are named to each.
const shownOthers = 5

func sameCode(heads []head, same []int, i int) diag.Diagnostic {
	d := diag.Diagnostic{Rule: ruleSameCode, Level: diag.Error, At: heads[i].at,
		Hint: "核对两处的代码；多余的目录移出根目录，或把目录名改成以 _ 开头（以 . _ ~ 开头的目录不读）"}
	for _, k := range same {
		if k == i || len(d.Notes) == shownOthers {
			continue
		}
		if len(d.Notes) == 0 {
			d.Message = fmt.Sprintf("%d年部门代码 %s 与 %s 的相同", heads[i].year, heads[i].code, heads[k].at)
		}
		d.Notes = append(d.Notes, diag.Related{At: heads[k].at, Text: "同一代码"})
	}
	if len(same) > 2 {
		d.Message += fmt.Sprintf("，共 %d 个目录", len(same))
	}
	d.Message += "，都没有生成"
	return d
}

// head reads the department's own file, or where that does not say, all. What cannot be read is told when the document is
// made, and so is what makes the program fail.
func (b *Batch) head(department string) (h head) {
	defer func() {
		if recover() != nil {
			h = head{}
		}
	}()
	in, err := b.Machine.Input(department)
	if err != nil {
		return head{}
	}
	name := path.Join(in.Dir, "department.toml")
	if raw, err := fs.ReadFile(in.Data, name); err == nil && bytes.Contains(raw, []byte("[department]")) {
		f, _ := source.Parse(name, raw)
		return headOf(f)
	}
	files, _, err := source.ReadDir(in.Data, in.Dir)
	if err != nil {
		return head{}
	}
	return headOf(files...)
}

func headOf(files ...*source.File) head {
	facts, _ := budget.Read(files, nil, nil)
	d := &facts.Department
	return head{d.Year.V, d.Code.V, d.Code.At}
}
