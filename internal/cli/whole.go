package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"yusuan/internal/changes"
	"yusuan/internal/filename"
	"yusuan/internal/redline"
)

// writeWhole puts a file in place whole or not at all: it is written beside its place and renamed.
func writeWhole(name string, content []byte) error {
	sweep(filepath.Dir(name))
	return writeVia(filepath.Dir(name), name, content)
}

// writeVia is writeWhole by way of a folder of temporary files on the same file system.
func writeVia(tmp, name string, content []byte) error {
	return writeStream(tmp, name, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// writeStream is writeVia for what is written piece by piece.
func writeStream(tmp, name string, write func(io.Writer) error) error {
	staged, err := stage(tmp, name, write)
	if err != nil {
		return err
	}
	if err := putInPlace(os.Rename, staged, name); err != nil {
		_ = os.Remove(staged)
		return err
	}
	return nil
}

// stage writes what a file is to hold into a temporary file in a folder on the same file system.
func stage(tmp, name string, write func(io.Writer) error) (staged string, err error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return "", &fs.PathError{Op: "open", Path: name, Err: syscall.EISDIR}
	}
	for _, dir := range []string{tmp, filepath.Dir(name)} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return "", err
		}
	}
	f, err := createTemp(tmp)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return "", err
	}
	if err = f.Sync(); err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// putInPlace gives a file its final name.
func putInPlace(rename func(from, to string) error, staged, name string) error {
	err := rename(staged, name)
	if err != nil && inUse(err) {
		err = fmt.Errorf("%w（文件可能正被 WPS 或其他程序打开，请先关闭）", err)
	}
	return err
}

// inUse reports whether a file may not be replaced, as Windows says of one that is open in another program.
func inUse(err error) bool {
	const sharingViolation = syscall.Errno(32) // on Windows; elsewhere renaming never fails so
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, sharingViolation)
}

// A temporary file is named after the machine and the process that writes it, so that the next run can tell those of a
// run that was killed from those of one that is under way.
const tempPrefix = ".yusuan-"

// oldTemp is the age from which a temporary file belongs to no run, whatever its name says.
const oldTemp = 24 * time.Hour

// createTemp makes a new temporary file with the rights that the user's umask leaves to files.
func createTemp(dir string) (*os.File, error) {
	for n := 0; ; n++ {
		f, err := os.OpenFile(tempName(dir, n), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || n > mostTemps {
			return f, err
		}
	}
}

// mostTemps is how many temporary files one process may have in a folder.
const mostTemps = 1 << 16

func tempName(dir string, n int) string {
	return filepath.Join(dir, fmt.Sprintf("%s%s-%d-%d", tempPrefix, hostMark(), os.Getpid(), n))
}

// hostMark tells machines apart that write into one shared folder.
func hostMark() string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(host))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// sweep takes the temporary files away that runs left behind which were killed. What cannot be taken away is no harm.
func sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempPrefix) && e.Type().IsRegular() && abandoned(e) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

func abandoned(e fs.DirEntry) bool {
	parts := strings.Split(strings.TrimPrefix(e.Name(), tempPrefix), "-")
	if len(parts) == 3 && parts[0] == hostMark() {
		if pid, err := strconv.Atoi(parts[1]); err == nil && pid != os.Getpid() && !running(pid) {
			return true
		}
	}
	info, err := e.Info()
	return err == nil && time.Since(info.ModTime()) > oldTemp
}

// largest is more than any file of this program has.
const largest = 1 << 28

// A document is known by what it says of its maker in the part of the file that is never compressed.
const madeBy = "<pdf:Producer>yusuan "

func isOurPDF(content []byte) bool { return madePDF(content) && draftOf(content) == "" }

func madePDF(content []byte) bool {
	return bytes.HasPrefix(content, []byte("%PDF-")) && bytes.Contains(content, []byte(madeBy))
}

// draftOf is what a PDF of ours is that is no document, 对照稿 or 更正说明; "" for all other files. It says so in the
// same part of the file.
func draftOf(content []byte) string {
	if !madePDF(content) {
		return ""
	}
	_, rest, ok := bytes.Cut(content, []byte("<xmp:Label>"))
	what, _, whole := bytes.Cut(rest[:min(len(rest), 1<<10)], []byte("</xmp:Label>"))
	if !ok || !whole {
		return ""
	}
	return string(what)
}

// isMarked knows marked pages of ours, which later ones may take the place of.
func isMarked(content []byte) bool { return draftOf(content) == redline.Draft }

// notDocument refuses a draft where a document is asked for; nil for all other files.
func notDocument(name string, content []byte) error {
	what := draftOf(content)
	switch what {
	case "":
		return nil
	case changes.NoticeTitle:
		return usage("%s：这是%s，不是部门预算文件，里面没有带数据；要用的是更正后公开的 PDF、填报表或数据目录", filepath.ToSlash(name), what)
	}
	return usage("%s：这是%s，不是公开文件，里面没有带数据；要用的是它所对照的 PDF、填报表或数据目录", filepath.ToSlash(name), what)
}

// mayWrite refuses to write over what the user would miss: folders, devices, files of others. ours tells whether the
// content of a file is what this program writes there. Into the folders of data goes nothing that is read as data.
func mayWrite(name string, ours func([]byte) bool, data ...string) error {
	if strings.HasSuffix(filepath.ToSlash(name), "/") {
		return usage("%s 是目录，要写文件名", name)
	}
	base := filepath.Base(name)
	if why := filename.Unfit(base); why != "" && base != "." && base != ".." {
		return usage("%s 不能作文件名：%s；换一个文件名", name, why)
	}
	for _, dir := range data {
		if asData := strings.TrimSuffix(strings.ToLower(name), ".txt"); strings.HasSuffix(asData, ".toml") && inside(name, dir) {
			return usage("%s 在数据目录里，会被当作数据；换一个文件名", name)
		}
	}
	info, err := os.Stat(name)
	switch {
	case err != nil: // not there, or writing will tell
		return nil
	case info.IsDir():
		return usage("%s 是目录，要写文件名", name)
	case !info.Mode().IsRegular():
		return usage("%s 是设备或管道，不是文件；换一个文件名", name)
	case info.Size() == 0:
		return nil // nothing is lost
	}
	var raw []byte
	if info.Size() < largest {
		if raw, err = os.ReadFile(name); err != nil {
			return machine("读不出原有的 %s：%w", name, err)
		}
	}
	switch {
	case ours(raw):
	case draftOf(raw) != "":
		return usage("%s 已经存在，是%s，没有覆盖；换一个文件名", name, draftOf(raw))
	case isOurPDF(raw):
		return usage("%s 已经存在，是公开文件，没有覆盖；换一个文件名", name)
	case isSheet(raw):
		return usage("%s 已经存在，是填报表，没有覆盖；换一个文件名", name)
	case isTables(raw):
		return usage("%s 已经存在，是公开的表格工作簿，没有覆盖；换一个文件名", name)
	case isChanges(raw):
		return usage("%s 已经存在，是%s，可能填过说明，没有覆盖；换一个文件名", name, changes.BookTitle)
	case savedWith(raw) == maker:
		return usage("%s 已经存在，是本程序做的另一种表格，没有覆盖；换一个文件名", name)
	default:
		return usage("%s 已经存在，不是本程序生成的文件，没有覆盖；换一个文件名，或先把它移走", name)
	}
	return nil
}

// inside reports whether a file would lie in a folder, whatever ways the two are named.
func inside(name, dir string) bool {
	if dir == "" {
		return false
	}
	real, err := filepath.EvalSymlinks(cmp.Or(filepath.Dir(name), "."))
	if err != nil {
		return false // its folder is not there yet
	}
	if real, err = filepath.Abs(real); err != nil {
		return false
	}
	top, err := os.Stat(dir)
	if err != nil {
		return false
	}
	for {
		if info, err := os.Stat(real); err == nil && os.SameFile(info, top) {
			return true
		}
		up := filepath.Dir(real)
		if up == real {
			return false
		}
		real = up
	}
}
