package imports

import (
	"fmt"
	"strings"
)

// shownSheets bounds the sheets that one message names.
const shownSheets = 6

// WhyNothing is why nothing is taken in: what each sheet was recognised as, and what becomes of it.
func (u *Understood) WhyNothing() string {
	var known []string
	foreign := false
	for i := range u.Sheets {
		s := &u.Sheets[i]
		if s.Kind == NoTable {
			foreign = true
			continue
		}
		known = append(known, fmt.Sprintf("%s是%s，%s", s.called(), s.Kind, s.fate()))
	}
	const byMap = "不认得的表，在 --map 对照文件里写明 kind 和各列的 role"
	if len(known) == 0 {
		return "这些表里没有认得的、能带入的数据，什么也没有写；" + byMap
	}
	more := ""
	if n := len(known); n > shownSheets {
		known, more = known[:shownSheets], fmt.Sprintf("；另有 %d 张", n-shownSheets)
	}
	out := "没有可以带入的数，什么也没有写：" + strings.Join(known, "；") + more
	if foreign {
		out += "；" + byMap
	}
	return out
}

// fate is what becomes of a sheet of which nothing is taken in.
func (s *SheetReport) fate() string {
	switch {
	case s.Left != "":
		return "没有导入（" + s.Left + "）"
	case s.Kind.Table() == "":
		return "只用来核对，不带入"
	case s.Made == 0:
		return "没有能带入的行"
	}
	return fmt.Sprintf("认得 %d 行，都没有带入", s.Taken)
}
