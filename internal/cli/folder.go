package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"yusuan/internal/source"
)

// shownFS reads files by the names the user sees: a folder given as ../数据/338 gives diagnostics for
// ../数据/338/basic.toml. It does not keep to fs.ValidPath for that reason. Below the folders that the user named it opens what
// lies in them: such a folder may be a link, but no link in it leads out. It opens nothing but folders and regular files, and
// none that is bigger than anything we read.
type shownFS struct {
	named []string // folders, cleaned, with slashes
}

func (f shownFS) Open(name string) (fs.File, error) {
	for _, dir := range f.named {
		if rest, ok := below(dir, name); ok && dir != "" {
			return openIn(dir, rest, name)
		}
	}
	file := filepath.FromSlash(name)
	info, err := os.Stat(file)
	if err == nil {
		err = openable(info)
	}
	if err != nil {
		return nil, pathError(name, err)
	}
	return os.Open(file)
}

// openIn opens a file of a folder that does not lead out of it.
func openIn(dir, rest, shown string) (fs.File, error) {
	root, err := os.OpenRoot(filepath.FromSlash(dir))
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // what was opened in it stays open
	info, err := root.Stat(filepath.FromSlash(rest))
	var refused syscall.Errno
	switch {
	case err == nil:
		err = openable(info)
	case errors.Is(err, syscall.ELOOP):
		err = source.ErrCircular
	case !errors.As(err, &refused):
		err = source.ErrLeadsOut // the system refused nothing: os.Root did, whatever lies there or does not
	}
	if err != nil {
		return nil, pathError(shown, err)
	}
	return root.Open(filepath.FromSlash(rest))
}

// pathError puts the name that the user sees into an error.
func pathError(shown string, err error) error {
	if p, ok := err.(*fs.PathError); ok {
		err = p.Err
	}
	return &fs.PathError{Op: "open", Path: shown, Err: err}
}

// openable tells why a file is not opened: it would hold up the program or fill the memory.
func openable(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return nil
	case !info.Mode().IsRegular():
		return source.ErrNotRegular
	case info.Size() > source.MaxFont:
		return source.ErrTooBig
	}
	return nil
}

// below is the rest of a name below a folder.
func below(dir, name string) (rest string, ok bool) {
	switch {
	case name == dir:
		return ".", true
	case dir == ".":
		return name, fs.ValidPath(name)
	}
	rest, ok = strings.CutPrefix(name, strings.TrimSuffix(dir, "/")+"/")
	return rest, ok && fs.ValidPath(rest)
}
