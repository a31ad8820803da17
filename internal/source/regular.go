package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"yusuan/internal/diag"
)

// What a folder may hold. Far more than anyone types: a department's data is some tens of kilobytes.
const (
	MaxFile   = 16 << 20 // bytes of a file of TOML
	MaxFont   = 64 << 20 // of a font
	MaxFolder = 32 << 20 // of all files of TOML below a folder together
)

// What the command layer says of names that it does not open. To open a pipe waits for whoever writes to it, a device has no
// end, and what a link leads to outside of its folder is none of the folder's.
var (
	ErrNotRegular = errors.New("no regular file")
	ErrLeadsOut   = errors.New("a link that leads out of its folder")
	ErrCircular   = errors.New("links that lead in a circle")
	ErrTooBig     = errors.New("a file that is too big")
)

const hintNoLinks = "文件放在自己的文件夹里，不用链接；用不着的移到别处"

// mayBeFolder reports whether a link leads to a folder: nothing below it is read, whoever put it there thinks otherwise. One
// that leads out of its folder cannot be asked; by its name it is a folder if it has no extension.
func mayBeFolder(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir() || errors.Is(err, ErrLeadsOut) && path.Ext(name) == ""
}

// Unfit tells why a file is not read: found is false of one that may be. The error is what else the machine refuses.
func Unfit(fsys fs.FS, name string, most int64) (d diag.Diagnostic, found bool, err error) {
	info, err := fs.Stat(fsys, name)
	d = diag.Diagnostic{Rule: ruleIrregular, Level: diag.Error, At: diag.Range{File: name}, Hint: hintNoLinks}
	switch {
	case errors.Is(err, ErrTooBig) || err == nil && info.Mode().IsRegular() && info.Size() > most:
		d.Rule, d.Message, d.Hint = ruleTooBig, path.Base(name)+fmt.Sprintf("超过 %d MB，没有读", most>>20), "数据用不着这么大的文件：是不是放错了文件，或者同样的内容粘了许多遍"
	case errors.Is(err, ErrLeadsOut):
		d.Message = path.Base(name) + "是指到文件夹外面的链接，没有读"
	case errors.Is(err, ErrCircular):
		d.Message = path.Base(name) + "是绕成一圈的链接，没有读"
	case errors.Is(err, fs.ErrNotExist):
		d.Message = path.Base(name) + "是失效的链接，没有读"
	case errors.Is(err, ErrNotRegular) || err == nil && !info.Mode().IsRegular():
		d.Message = path.Base(name) + "不是普通的文件（是文件夹的链接、管道或设备），没有读"
	default:
		return d, false, err
	}
	return d, true, nil
}

// Pending is where a program notes below a data folder which files of it it is about to write; the note goes when all are
// written.
const Pending = Own + "/pending.json"

// Own is the folder below a data folder in which programs keep what they need; it is never data.
const Own = ".yusuan"

// cutOff tells of a folder whose files do not belong together, since whoever wrote them was cut off.
func cutOff(fsys fs.FS, dir string, diags *diag.List) {
	if _, err := fs.Stat(fsys, path.Join(dir, Pending)); err == nil {
		diags.Add(diag.Diagnostic{Rule: ruleCutOff, Level: diag.Error, At: diag.Range{File: dir}, Message: "上一次由程序改动这个文件夹，写到一半被打断，各个文件的数前后不一",
			Hint: "运行 yusuan restore 数据目录，把没有写完的写完"})
	}
}

// Size is how many bytes of data ReadDir will read of a folder at most, 0 of one that is not there.
func Size(fsys fs.FS, dir string) (sum int64) {
	_ = fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // ReadDir tells
		case d.IsDir() && name != dir && isHidden(d):
			return fs.SkipDir
		case isData(d) && !isHidden(d):
			if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
				sum += min(info.Size(), MaxFile)
			}
		}
		return nil
	})
	return min(sum, MaxFolder)
}

// readAll reads the files that may be read. Of the others it tells, and nothing but their names is known then.
func readAll(fsys fs.FS, dir string, names []string, diags *diag.List) (kept []string, raws [][]byte, lost []*File, err error) {
	total := 0
	for _, name := range names {
		d, unfit, err := Unfit(fsys, name, MaxFile)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("source: read %s: %w", name, err)
		}
		if unfit {
			diags.Add(d)
			lost = append(lost, &File{Path: name, root: &node{kind: kindTable}, broken: true, lost: true})
			continue
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("source: read %s: %w", name, err)
		}
		if total += len(raw); total > MaxFolder {
			diags.Add(diag.Diagnostic{Rule: ruleTooBig, Level: diag.Error, At: diag.Range{File: dir},
				Message: fmt.Sprintf("文件夹里的数据文件一共超过 %d MB，从 %s 起没有读", MaxFolder>>20, path.Base(name)), Hint: "一个部门的数据用不着这么多：是不是把几个部门、几年的放在了一起"})
			lost = append(lost, &File{Path: name, root: &node{kind: kindTable}, broken: true, lost: true})
			break
		}
		kept, raws = append(kept, name), append(raws, raw)
	}
	return kept, raws, lost, nil
}
