package verify

import (
	"fmt"
	"strings"

	"yusuan/internal/build"
	"yusuan/internal/ofdread"
)

// A package (OFD) is held against the new one entry by entry: what was signed later, or packed anew by another program, still
// has the entries that it had, and what differs has a name.

// write makes the document that was typeset anew in the format that the file has.
func (r *Report) write(w *build.Work) ([]byte, error) {
	f, ok := r.file.(*ofdread.File)
	if !ok {
		return w.PDF(r.anew, nil)
	}
	return w.OFD(r.anew, f.Plain(), nil)
}

// sameEntries reports whether a package has the entries of the one made anew, but for a signature. Then nothing else needs to
// be compared: that it was signed, or packed by another program, is told.
func (r *Report) sameEntries(raw []byte) (bool, error) {
	f, ok := r.file.(*ofdread.File)
	if !ok {
		return false, nil
	}
	anew, err := ofdread.Open(raw)
	if err != nil {
		return false, fmt.Errorf("the document typeset anew: %w", err)
	}
	d, err := f.Differs(anew)
	if err != nil {
		return false, err
	}
	if r.Signed = f.Since().Signatures; d.Signed {
		r.Signed = max(r.Signed, 1)
	}
	if r.entries = d; !d.None() {
		return false, nil
	}
	strange, err := f.Strange()
	if err != nil {
		return false, err
	}
	r.Findings = nil // the same bytes, as in File
	switch {
	case len(strange) > 0:
		r.add(CauseFile, "包里的文件与重新生成的逐字节相同，但包的结构不是本程序写的样子（%s），有的程序打开时看到的可能不同", strings.Join(strange, " "))
	case !d.Signed:
		r.add(CauseFile, "包里的每个文件都与重新生成的逐字节相同，只是整个包被别的程序重新打包（压缩）过")
	}
	return true, nil
}

// shownEntries is how many names of entries are told.
const shownEntries = 5

// entriesChanged tells which entries of a package are not those of the new one, though the pages show what they should.
func (r *Report) entriesChanged() {
	for _, x := range []struct {
		names []string
		what  string
	}{{r.entries.Changed, "被改动"}, {r.entries.Added, "是后来加入的"}, {r.entries.Gone, "已被删去"}} {
		if len(x.names) == 0 {
			continue
		}
		list := make([]string, 0, shownEntries)
		for i, name := range x.names {
			if i == shownEntries {
				break
			}
			list = append(list, roleOf(name)+" "+clipped(name))
		}
		text := strings.Join(list, "、")
		if n := len(x.names); n > shownEntries {
			text += fmt.Sprintf("等 %d 个文件", n)
		}
		r.add(CauseFile, "页面上的文字和数字与数据一致，但包里的%s %s", text, x.what)
	}
}

// clipped is a name that a stranger may have made up, as much of it as tells which one.
func clipped(name string) string {
	const most = 80
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return name
}

// roleOf says what an entry is, by the folders in which this program puts them.
func roleOf(name string) string {
	for _, x := range []struct{ part, role string }{
		{"/Pages/", "页面"}, {"/Annots/", "链接"}, {"/Attachs/", "附件"}, {"/Tags/", "结构标签"}, {"/Res/", "字体或颜色"}, {"/PublicRes.xml", "字体目录"},
		{"/Document.xml", "大纲和页面目录"}, {"OFD.xml", "文件信息"},
	} {
		if strings.Contains(name, x.part) {
			return x.role
		}
	}
	return "文件"
}
