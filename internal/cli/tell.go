package cli

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"yusuan/internal/board"
	"yusuan/internal/changes"
	"yusuan/internal/grid"
	book "yusuan/internal/sheet"
	"yusuan/internal/source"
)

// given is what somebody named who wants it checked: data, or what is finished.
type given struct {
	name string // as it was named
	// raw is the content of a finished document; nil of all else.
	raw []byte
	// folder are the files of a folder of finished documents, by their whole names; nil of all else.
	folder *papers
	// refused is why it is neither, of one of several: the others are checked all the same.
	refused error
}

// data reports whether it is a department's data: a folder or our workbook.
func (g *given) data() bool { return g.raw == nil && g.folder == nil && g.refused == nil }

// tellGiven finds out by the content of what was named what it is. What is neither data nor a finished document is refused by name.
func tellGiven(name string) (*given, error) {
	g := &given{name: name}
	if !isFile(name) {
		info, err := os.Stat(name)
		if err != nil || !info.IsDir() || holdsData(name) {
			return g, nil // where data are read it is told what is wrong with it
		}
		p, err := papersIn(name)
		if err != nil {
			return nil, machine("读不出目录 %s：%w", name, err)
		}
		if len(p.files) > 0 {
			g.folder = p
		}
		return g, nil
	}
	raw, err := readPaper(name)
	if err != nil {
		return nil, err
	}
	is, err := isPaper(name, raw)
	if is {
		g.raw = raw
	}
	return g, err
}

// readPaper reads a file that may be a finished document.
func readPaper(name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && info.Size() > largest {
		return nil, usage("%s 有 %d MB，太大，不像公开文件；只核对 %d MB 以内的", filepath.ToSlash(name), info.Size()>>20, int64(largest)>>20)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, machine("读不出 %s：%w", filepath.ToSlash(name), err)
	}
	if raw == nil {
		raw = []byte{}
	}
	return raw, nil
}

// isPaper tells a finished document from data, for which it is false. What this program makes for other purposes is refused, as is
// a file of a data folder.
func isPaper(name string, raw []byte) (bool, error) {
	shown := filepath.ToSlash(name)
	if err := notDocument(name, raw); err != nil {
		return false, err
	}
	switch {
	case len(raw) == 0:
		return false, usage("%s 是空文件，里面什么都没有；多半没有下载完或没有存好，换一份再试", shown)
	case isChanges(raw):
		return false, usage("%s 是本程序做的%s，给人看的，不是公开文件；要核对的是它所对照的 PDF、填报表或数据目录", shown, changes.BookTitle)
	case isOurPackage(raw):
		return false, usage("%s 是开放数据包，给程序读的；要核对的是与它一起公开的 PDF、网页或表格工作簿", shown)
	case board.IsBoard(raw), board.IsIndex(raw):
		return false, usage("%s 是全区的看板或目录页，不是一个部门的公开文件", shown)
	case isOurWorkbook(raw):
		return false, usage("%s 是本程序做的问题清单一类的表格，给人看的，不是公开文件", shown)
	case strings.EqualFold(path.Ext(shown), ".toml"):
		return false, usage("%s 是数据目录里的一个文件；要给的是它所在的目录 %s", shown, typed(path.Dir(shown)))
	}
	return !isOwnBook(name, raw), nil
}

// isOwnBook reports whether a file is a workbook of ours that is filled in, in whatever form a program has saved it.
func isOwnBook(name string, raw []byte) bool {
	const compound = "\xD0\xCF\x11\xE0" // what Excel writes as .xls
	if !bytes.HasPrefix(raw, []byte(compound)) {
		return isSheet(raw)
	}
	b, err := grid.Read(name, raw)
	return err == nil && book.Is(b)
}

// papers are what lies in a folder of finished documents, also in folders in it.
type papers struct {
	files []string // what may be a document, by its first bytes or its name, in the order of names
	data  []string // folders of data, which are checked by themselves
	// others is how many files there are of other kinds: pictures, texts.
	others int
}

// mostPapers bounds the documents of a folder, and of all files that are looked at.
const mostPapers = 20000

// errTooMany is of a folder that nobody means to check as a whole.
var errTooMany = errors.New("里面的文件太多；给下一级的目录")

// papersIn looks into a folder. What is hidden, and what office programs leave beside open files, is nobody's document.
func papersIn(dir string) (*papers, error) {
	p := &papers{}
	seen := 0
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if seen++; seen > mostPapers {
			return errTooMany
		}
		hidden := name != dir && strings.ContainsAny(e.Name()[:1], ".~$")
		switch {
		case e.IsDir() && hidden:
			return fs.SkipDir
		case e.IsDir() && name != dir && holdsData(name):
			p.data = append(p.data, name)
			return fs.SkipDir
		case e.IsDir(), hidden, !isFile(name): // a link to a folder is not followed
			return nil
		case mayBePaper(name):
			p.files = append(p.files, name)
		default:
			p.others++
		}
		return nil
	})
	return p, err
}

// paperEnds are how names of documents end: one whose content is none is told of, not passed over.
var paperEnds = map[string]bool{".pdf": true, ".doc": true, ".docx": true, ".wps": true, ".rtf": true, ".odt": true, ".ofd": true, ".xls": true, ".xlsx": true, ".xlsm": true, ".et": true, ".ods": true,
	".htm": true, ".html": true, ".mht": true, ".mhtml": true, ".zip": true, ".rar": true, ".7z": true}

// mayBePaper reports whether a file may be a document by its name or by how it begins. One that cannot be opened may.
func mayBePaper(name string) bool {
	if paperEnds[strings.ToLower(filepath.Ext(name))] {
		return true
	}
	if source.IsDataName(filepath.Base(name)) {
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return true
	}
	defer f.Close()
	const enough = 1 << 10
	head, err := io.ReadAll(io.LimitReader(f, enough))
	if err != nil {
		return true
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	for _, begin := range []string{"PK\x03\x04", "\xD0\xCF\x11\xE0", `{\rtf`, "<!DOCTYPE", "<!doctype", "<html", "<HTML", "<?xml"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return true
		}
	}
	return bytes.Contains(head, []byte("%PDF-"))
}
