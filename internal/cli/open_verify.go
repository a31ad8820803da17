package cli

import (
	"bytes"
	"os"
	"strings"
	"sync"

	"yusuan/internal/archive"
	"yusuan/internal/batch"
	"yusuan/internal/typeset/page"
	"yusuan/internal/verify"
	"yusuan/internal/web"
)

// verifyWorld holds documents against what they carry inside.
func (a *app) verifyWorld(r *recents) web.Verify {
	var turn sync.Mutex // what one may take of time and memory is measured of the whole process
	return web.Verify{
		File: func(name string, raw, register []byte) (*web.Verified, error) {
			turn.Lock()
			defer turn.Unlock()
			return a.one("").verifyShown(r, name, raw, register)
		},
		Read: func(path string) ([]byte, error) {
			raw, err := os.ReadFile(path)
			if err != nil {
				return nil, usage("读不出 %s：%w", path, err)
			}
			return raw, nil
		},
	}
}

// verifyShown is what the command says of a file, with the pages that differ.
func (a *app) verifyShown(known *recents, name string, raw, register []byte) (*web.Verified, error) {
	s, err := a.shared()
	if err != nil {
		return nil, err
	}
	x := &web.Verified{Name: name, Verdict: web.Unreadable, Lines: []string{}, Register: []string{}, Pages: []web.VerifiedPage{}, Folders: []web.Recent{}}
	if register != nil {
		if err := a.registerShown(x, name, raw, register); err != nil {
			return nil, err
		}
	}
	if refused := notDocument(name, raw); refused != nil {
		x.Lines = append(x.Lines, inChinese(refused))
		return x, nil
	}
	if _, isForm := a.verifyForm(name, raw, register != nil); isForm {
		x.Lines = a.saidLines()
		return x, nil
	}
	r, why, refused := verified(s, raw, false)
	switch {
	case why != "":
		x.Lines = append(x.Lines, "没有核验完，"+why+"；这样大小的公开文件用不了这么多。文件可信、只是机器很慢的话，在命令行里用 yusuan verify --patient 核验")
		return x, nil
	case refused != nil:
		x.Lines = append(x.Lines, "读不出，"+verify.Unreadable(refused))
		return x, nil
	}
	a.showReport(name, r)
	x.Lines, x.Verdict = a.saidLines(), verdict(r)
	for i, line := range x.Lines {
		x.Lines[i] = strings.Replace(line, "看样子用 --picture", "样子在下面", 1)
	}
	for i := range r.Pages {
		d := &r.Pages[i]
		x.Pages = append(x.Pages, web.VerifiedPage{Page: d.Page, Words: describePage(d), Was: !d.OnlyAnew, Now: !d.OnlyInFile})
	}
	x.Sides = func(i int) (was, now *page.Page, err error) { return r.Sides(&r.Pages[i]) }
	if r.Work != nil && r.Work.Budget != nil {
		d := &r.Work.Budget.Facts.Department
		x.Folders = append(x.Folders, known.of(d.Name.V, d.Year.V)...)
	}
	return x, nil
}

func verdict(r *verify.Report) web.Verdict {
	switch {
	case !r.Good() || posing(r):
		return web.Differs
	case r.Identical():
		return web.SameBytes
	}
	return web.SameWords
}

// saidLines takes what was said for the user, a line each.
func (a *app) saidLines() []string {
	said := a.out.(*bytes.Buffer)
	text := strings.TrimRight(said.String(), "\n")
	said.Reset()
	return strings.Split(text, "\n")
}

// registerShown holds a file against a register.
func (a *app) registerShown(x *web.Verified, name string, raw, register []byte) error {
	list, line := batch.ReadRegister(register)
	if line > 0 {
		return usage("登记表第 %d 行不是“校验值  文件名”，要的是批量生成时写的 %s", line, registerName)
	}
	if len(list) == 0 {
		return usage("登记表里没有文件")
	}
	x.InList = a.showRegistered(name, raw, list)
	x.Register = append(a.saidLines(), "登记表自身的 SHA-256 是 "+archive.Sum(register)+"；先与当时抄下的核对，不同就不能用")
	return nil
}

// of are the folders that were opened once and are of a department and year.
func (r *recents) of(name string, year int) (out []web.Recent) {
	list, _ := r.read() // without the list there is nothing to offer
	for _, x := range list {
		if n, y := nameOf(x.Dir); n == name && y == year {
			out = append(out, web.Recent{Dir: x.Dir, Kind: web.DataFolder, Name: n, Year: y, Opened: x.Opened})
		}
	}
	return out
}
