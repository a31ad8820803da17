package cli

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yusuan/internal/cli/store"
	"yusuan/internal/desk"
	"yusuan/internal/source"
	"yusuan/internal/web"
)

// ownPlace is where a program that serves the page is noted. Another program file, or other fonts, would show other pages: it is
// another program.
func ownPlace(fonts []string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	of := []string{exactVersion(), strings.Join(fonts, "\n")}
	if name, err := os.Executable(); err == nil {
		of = append(of, name)
		if info, err := os.Stat(name); err == nil {
			of = append(of, info.ModTime().String())
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(of, "\x00")))
	return filepath.Join(cache, "yusuan", hex.EncodeToString(sum[:8])+".json"), nil
}

// world is what the page has of this machine.
func (o *opening) world(address string) (web.World, error) {
	shared, err := o.shared()
	if err != nil {
		return web.World{}, err
	}
	user := cmp.Or(os.Getenv("USERNAME"), os.Getenv("USER"))
	return web.World{
		Program: "yusuan " + exactVersion(), Address: address, Secret: web.NewSecret(), Words: inChinese, Times: o.times,
		Fault: func(what any, stack []byte) { reportFault(o.err, what, stack) },
		Open: func(dir string) (web.Folder, error) {
			f, err := openFolder(dir)
			f.World.Shared, f.World.User, f.World.Now = shared, user, time.Now
			return f, err
		},
		Make: o.openMake(), Sheet: o.openSheets(), Imports: o.openImports(), Backup: openBackups(),
	}, nil
}

// openFolder opens a data folder for editing. What a run that was cut off had begun is ended first.
func openFolder(dir string) (web.Folder, error) {
	in, err := input(dir)
	if err != nil {
		return web.Folder{}, err
	}
	f := dataFolder(dir)
	if _, err := f.Finish(); err != nil {
		var changed *store.ChangedError
		if !errors.As(err, &changed) { // somebody went on with it: that stays
			return web.Folder{}, notPut(dir, err)
		}
	}
	return web.Folder{
		Name: filepath.Base(dir),
		World: desk.World{
			Data: withoutOwn{in.Data}, Dir: in.Dir, PriorDir: in.PriorDir, Journal: f.Note,
			Write: func(why string, files []desk.Written) error { return writeEdited(f, why, files) },
		},
		Stamp: func() (string, error) {
			kept, err := f.Current()
			return fmt.Sprint(kept), err
		},
	}, nil
}

// oneSitting is how far apart the states are that are kept of typing: it is saved hundreds of times.
const oneSitting = time.Hour

// writeEdited writes what was typed.
func writeEdited(f store.Folder, why string, files []desk.Written) error {
	list := make([]store.File, len(files))
	for i, x := range files {
		list[i] = store.File{Path: x.Path, Before: x.Before, After: x.After}
	}
	write := f.Put
	if why == desk.Editing {
		write = func(why string, files []store.File) error { return f.Continue(why, oneSitting, files) }
	}
	err := write(why, list)
	var changed *store.ChangedError
	if errors.As(err, &changed) {
		return fmt.Errorf("%w：%s", desk.ErrChanged, strings.Join(changed.Paths, "、"))
	}
	if err = notPut(f.Dir, err); err != nil {
		return errors.New(inChinese(err))
	}
	return nil
}

// withoutOwn is a file system without what programs keep beside the data: a page that is made while something is saved must not
// take it for a run that was cut off.
type withoutOwn struct{ fs.FS }

func (f withoutOwn) Open(name string) (fs.File, error) {
	for part := range strings.SplitSeq(name, "/") {
		if part == source.Own {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
	return f.FS.Open(name)
}
