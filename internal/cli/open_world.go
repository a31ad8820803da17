package cli

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/cli/store"
	"yusuan/internal/desk"
	"yusuan/internal/source"
	"yusuan/internal/typeset/font"
	"yusuan/internal/web"
)

// ownPlace is where a program that serves the page is noted. Another program file, or other fonts, would show other pages: it is
// another program.
func ownPlace(options []string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	of := []string{exactVersion(), strings.Join(options, "\n")}
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
	shared.OwnFonts = lastFonts(shared.OwnFonts)
	user := cmp.Or(os.Getenv("USERNAME"), os.Getenv("USER"))
	known := newRecents()
	return web.World{
		Program: "yusuan " + exactVersion(), Address: address, Secret: web.NewSecret(), Words: inChinese, Times: o.times, Compare: o.openCompare(shared),
		Home: homeWorld(known), New: o.newWorld(known), Board: o.boardWorld(known), Batch: o.batchWorld(known), Verify: o.verifyWorld(known), Papers: o.papersWorld(),
		Fault: func(what any, stack []byte) { reportFault(o.err, what, stack) },
		Open: func(dir string) (web.Folder, error) {
			f, err := openFolder(dir)
			f.World.Shared, f.World.User, f.World.Now = shared, user, time.Now
			return f, err
		},
		Make: o.openMake(), Sheet: o.openSheets(), Imports: o.openImports(), Backup: openBackups(),
	}, nil
}

// mostLibraries is how many departments with faces of their own are edited side by side without reading them for each keystroke.
const mostLibraries = 4

// lastFonts makes a library of faces once for the same faces: a folder that is edited is checked again and again.
func lastFonts(make func([]font.Override) (*font.Library, error)) func([]font.Override) (*font.Library, error) {
	type made struct {
		of  []font.Override
		lib *font.Library
	}
	var mu sync.Mutex
	var last []made // the newest first
	return func(own []font.Override) (*font.Library, error) {
		mu.Lock()
		defer mu.Unlock()
		i := slices.IndexFunc(last, func(m made) bool { return slices.EqualFunc(m.of, own, sameFace) })
		if i < 0 {
			lib, err := make(own)
			if err != nil {
				return nil, err
			}
			last = append(last[:min(len(last), mostLibraries-1)], made{own, lib})
			i = len(last) - 1
		}
		m := last[i]
		last = slices.Insert(slices.Delete(last, i, i+1), 0, m)
		return m.lib, nil
	}
}

func sameFace(a, b font.Override) bool {
	return a.Role == b.Role && a.File == b.File && a.Face == b.Face && bytes.Equal(a.Data, b.Data)
}

// openFolder opens a data folder for editing. What a run that was cut off had begun is ended first.
func openFolder(dir string) (web.Folder, error) {
	in, err := input(dir)
	if err != nil {
		return web.Folder{}, err
	}
	if n := openMemory + max(0, dataOf(in)-usualOpen)*batch.DataRoom; n > debug.SetMemoryLimit(-1) {
		debug.SetMemoryLimit(n)
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
			Data: withoutOwn{in.Data}, Dir: in.Dir, PriorDir: in.PriorDir,
			Codes: func() *build.Codes {
				c, _ := codesFor(dir) // one that cannot be read was told when the folder was opened
				return c
			},
			Journal: func(line []byte) error {
				if err := f.Note(line); err != nil {
					return errors.New(inChinese(err))
				}
				return nil
			},
			Tail: func() ([][]byte, error) {
				lines, _, err := f.Notes(mostUnsaved)
				return lines, err
			},
			Write: func(why string, files []desk.Written) error { return writeEdited(f, why, files) },
		},
		Stamp: func() (string, error) {
			kept, err := f.Current()
			return fmt.Sprint(kept), err
		},
		Around: func() string {
			typed := func(name string) bool { return source.IsDataName(path.Base(name)) }
			return others(in.Data, in.Dir, typed) + others(in.Data, in.PriorDir, func(string) bool { return false })
		},
	}, nil
}

// others lists what lies in a folder with its size and age; without is what does not matter.
func others(fsys fs.FS, dir string, without func(name string) bool) string {
	var b strings.Builder
	_ = fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be read is not there
		}
		if name != dir && strings.HasPrefix(d.Name(), ".") && d.IsDir() {
			return fs.SkipDir
		}
		if info, err := d.Info(); err == nil && !d.IsDir() && !without(name) {
			fmt.Fprintln(&b, name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return b.String()
}

// mostUnsaved bounds how much of a journal is looked at for steps that were not saved: they are of seconds.
const mostUnsaved = 1 << 20

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
