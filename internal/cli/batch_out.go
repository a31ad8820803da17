package cli

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"yusuan/internal/archive"
	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/district"
	"yusuan/internal/typeset/font"
)

// stateFolder, in the output folder, holds the manifests and files on their way to their final names.
const stateFolder = ".yusuan"

// terminate is the signal by which schedulers ask a program to end.
const terminate = syscall.SIGTERM

// outFolder is where a batch, or one shard of it, puts its files.
type outFolder struct {
	dir, suffix string
	tmp         string // of this shard alone, so that it can be emptied without harm to others
	manifest    *os.File
	known       batch.Manifest // of earlier runs
	joined      batch.Register // what was made of the packages of all departments
	facts       *os.File       // of records, until the run ends
	shelf       *batch.Shelf   // in that file
	limit       func(workers, records, entries int, room int64)
}

// openOut prepares the output folder: it takes away what a killed run left half-done and reads what earlier runs did for
// the departments.
func openOut(dir, suffix string, departments []string) (*outFolder, batch.Manifest, error) {
	state := filepath.Join(dir, stateFolder)
	o := &outFolder{dir: dir, suffix: suffix, tmp: filepath.Join(state, "tmp"+suffix)}
	if err := os.RemoveAll(o.tmp); err != nil {
		return nil, nil, err
	}
	var err error
	if o.facts, err = openFacts(o.tmp); err != nil {
		return nil, nil, err
	}
	sweepOthers(state, o.tmp)
	o.shelf = batch.NewShelf(o.facts)
	name := filepath.Join(state, "manifest"+suffix+".jsonl")
	own, err := o.readManifest(name)
	if err != nil {
		return nil, nil, err
	}
	if suffix == "" {
		departments = nil // a whole run answers for those that are gone, too
	}
	others, err := o.readOthers(state, name, departments)
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(others, own) // this shard's own has the last word
	o.known = others
	o.manifest, err = os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
	return o, others, err
}

// openFacts makes the folder of temporary files with the file of facts in it. Shards that start at the same time sweep: one of them
// may take the folder away while it is still empty, and then it is made again.
func openFacts(tmp string) (f *os.File, err error) {
	for range 100 {
		if err = os.MkdirAll(tmp, 0o777); err != nil {
			return nil, err
		}
		f, err = os.OpenFile(filepath.Join(tmp, "facts"), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
		if !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	return f, err
}

// sweepOthers takes away what killed runs left that were split otherwise. Folders that such runs use stay: they are not
// empty, or are made again when they are needed.
func sweepOthers(state, own string) {
	others, _ := filepath.Glob(filepath.Join(state, "tmp*")) // the pattern is a good one
	for _, dir := range others {
		if dir != own {
			sweep(dir)
			_ = os.Remove(dir)
		}
	}
}

// readManifest reads the shard's own manifest and writes it anew where a line was cut short or most are replaced.
func (o *outFolder) readManifest(name string) (batch.Manifest, error) {
	m := batch.Manifest{}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := m.Read(f, nil, o.shelf)
	if err != nil {
		return nil, err
	}
	last := []byte{'\n'}
	if end, err := f.Seek(-1, io.SeekEnd); err == nil { // of an empty file there is none
		if _, err := f.ReadAt(last, end); err != nil {
			return nil, err
		}
	}
	if lines <= 2*len(m) && last[0] == '\n' {
		return m, nil
	}
	return m, writeStream(o.tmp, name, func(w io.Writer) error {
		b := bufio.NewWriter(w)
		for _, department := range slices.Sorted(maps.Keys(m)) {
			e := m[department]
			_, _ = b.Write(e.Line()) // Flush has the error
		}
		return b.Flush()
	})
}

// readOthers reads what other shards, or runs that were split otherwise, did for the departments.
func (o *outFolder) readOthers(state, own string, departments []string) (batch.Manifest, error) {
	m := batch.Manifest{}
	names, err := filepath.Glob(filepath.Join(state, "manifest*.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if name == own {
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		_, err = m.Read(f, departments, o.shelf)
		_ = f.Close() // it was only read
		if err != nil {
			return nil, err
		}
	}
	return m, nil
}

// close ends the use of the folder. Lines of the manifest are in the file already; one that is lost costs one document
// made again.
func (o *outFolder) close() {
	_ = o.manifest.Close()
	_ = o.facts.Close()
	_ = os.Remove(o.facts.Name())
	_ = os.Remove(o.tmp)
}

func (o *outFolder) path(name string) string { return filepath.Join(o.dir, filepath.FromSlash(name)) }

// reports lists the reports that are there. Where the folder cannot be read there are none to speak of.
func (o *outFolder) reports() (names []string) {
	_ = fs.WalkDir(os.DirFS(o.dir), batch.Reports, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return nil
	})
	return names
}

// retire moves what is not of today's data out of what is published, and lists what it must leave.
func (o *outFolder) retire(b *batch.Batch, s *batch.Summary) error {
	o.limit(b.Workers, len(s.Departments), 2*len(o.known), 0)                 // it is there twice
	manifest, err := o.readOthers(filepath.Join(o.dir, stateFolder), "", nil) // that of whole runs comes last, and has the last word
	if err != nil {
		return err
	}
	r, err := b.Retire(s.Departments, manifest)
	s.Moved = r.Moved
	s.LeftOver = append(r.LeftOver, batch.LeftReports(b.Departments, o.reports())...)
	slices.Sort(s.LeftOver)
	return err
}

// machine is what the batch may ask.
func (o *outFolder) machine(root batchRoot, strip, plain bool) batch.Machine {
	start := time.Now()
	return batch.Machine{
		Input: func(department string) (build.Input, error) {
			in, err := root.input(department)
			in.StripComments, in.PlainOFD = strip, plain
			return in, err
		},
		Write: o.write,
		Stamp: func(name string) (batch.Stamp, bool) {
			s, err := stamp(o.path(name))
			return s, err == nil
		},
		Remove: func(name string) error {
			if ours := madeBefore(name); ours != nil {
				if err := mayWrite(o.path(name), ours); err != nil {
					return err
				}
			}
			if err := os.Remove(o.path(name)); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		},
		Move: func(from, to string) error {
			if err := os.MkdirAll(filepath.Dir(o.path(to)), 0o777); err != nil {
				return err
			}
			return os.Rename(o.path(from), o.path(to))
		},
		Sum: func(name string) (string, error) { return sumOf(o.path(name)) },
		Append: func(line []byte) error {
			_, err := o.manifest.Write(line)
			return err
		},
		Full:  full,
		Clock: func() time.Duration { return time.Since(start) },
	}
}

// madeBefore tells whether the content of a file is what an earlier run wrote under its name; nil of files that anybody may expect
// to be written anew.
func madeBefore(name string) func(content []byte) bool {
	if strings.HasPrefix(name, batch.Reports+"/") && path.Ext(name) == ".xlsx" {
		return isOurWorkbook
	}
	if form, err := build.FormOf(name); err == nil {
		return madeHere(form)
	}
	return nil
}

// write puts files in place, all or none.
func (o *outFolder) write(files []batch.Content) ([]batch.Stamp, error) {
	placed := slices.Clone(files)
	for i, f := range files {
		placed[i].Name = o.path(f.Name)
		if ours := madeBefore(f.Name); ours != nil {
			if err := mayWrite(placed[i].Name, ours); err != nil {
				return nil, err
			}
		}
	}
	if err := writeTogether(func(string) string { return o.tmp }, placed, os.Rename); err != nil {
		return nil, err
	}
	stamps := make([]batch.Stamp, len(files))
	for i := range placed {
		var err error
		if stamps[i], err = stamp(placed[i].Name); err != nil {
			return nil, err
		}
	}
	return stamps, nil
}

func stamp(name string) (batch.Stamp, error) {
	info, err := os.Stat(name)
	if err != nil {
		return batch.Stamp{}, err
	}
	return batch.Stamp{Size: info.Size(), Time: info.ModTime().UnixNano()}, nil
}

// full reports whether an error means that nothing else can be written either: a full disk or quota, or a share that
// is gone.
func full(err error) bool {
	const windowsDiskFull = syscall.Errno(112)
	for _, e := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.ENOTCONN, syscall.ESTALE, windowsDiskFull} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// writeSummary writes what people and programs read of a batch. A workbook of somebody else, or one that somebody went on with,
// stays, and is told.
func (a *app) writeSummary(o *outFolder, s *batch.Summary, districts []*district.District) error {
	for _, x := range []struct {
		name, ext string
		write     func(io.Writer) error
	}{
		{"summary", ".json", s.WriteJSON},
		{"summary", ".xlsx", func(w io.Writer) error { return writeWorkbook(w, s, districts) }},
		{"district", ".csv", func(w io.Writer) error {
			if _, err := io.WriteString(w, "\uFEFF"); err != nil { // without it Excel takes the file for GBK
				return err
			}
			return csv.NewWriter(w).WriteAll(batch.CSV(s.Totals))
		}},
	} {
		name := o.path(x.name + o.suffix + x.ext)
		if x.ext == ".xlsx" {
			if err := mayWrite(name, isOurWorkbook); err != nil {
				say(a.err, "没有写汇总表，那里的是以前的或别人的：%v\n", err)
				continue
			}
		}
		err := writeStream(o.tmp, name, func(w io.Writer) error {
			return errors.Join(x.write(w), o.shelf.Err()) // a file that lacks what could not be read is none
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// registerName is the file that lists the published documents with their sums.
const registerName = "校验.sha256"

// writeRegister writes the register and says what it is good for.
func (a *app) writeRegister(o *outFolder, s *batch.Summary) error {
	name := strings.TrimSuffix(registerName, ".sha256") + o.suffix + ".sha256"
	r := batch.NewRegister(s.Departments, o.known, func(name string) (batch.Stamp, bool) {
		s, err := stamp(o.path(name))
		return s, err == nil
	}).With(o.joined)
	raw := r.Bytes()
	if err := writeVia(o.tmp, o.path(name), raw); err != nil {
		return err
	}
	if len(r) == 0 {
		return nil
	}
	say(a.out, "登记表 %s 列着 %d 份文件的校验值，它自身的 SHA-256 是\n  %s\n请把这一行抄在纸上或另存别处：日后凭它和登记表，用 yusuan verify --register 可以看出文件是不是当时公开的那一份\n",
		filepath.ToSlash(o.path(name)), len(r), archive.Sum(raw))
	return nil
}

// fingerprint stands for all that every document depends on: the program with the packs, catalogues and fonts inside
// it, and fonts and catalogues of the command line.
func (a *app) fingerprint(s *build.Shared) ([]byte, error) {
	h := sha256.New()
	if a.strip {
		h.Write([]byte("strip-comments"))
	}
	if a.plain {
		h.Write([]byte("ofd-plain"))
	}
	name, err := os.Executable()
	if err != nil {
		return nil, machine("找不到程序自己的文件：%w", err)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, machine("读不出程序自己的文件：%w", err)
	}
	defer f.Close()
	if _, err := io.Copy(h, f); err != nil {
		return nil, machine("读不出程序自己的文件：%w", err)
	}
	h.Write([]byte(s.Given.Sum()))
	for _, fsys := range []fs.FS{s.Packs, s.Catalogue} {
		if err := hashFS(h, fsys); err != nil {
			return nil, machine("读不出模板或科目目录：%w", err)
		}
	}
	for _, override := range a.fonts {
		_, file, _ := strings.Cut(override, "=")
		file, _ = font.CutFace(file)
		raw, err := readFontFile(file)
		if err != nil {
			return nil, machine("读不出字体文件 %s：%w", file, err)
		}
		sum := sha256.Sum256(raw)
		h.Write(append([]byte(override), sum[:]...))
	}
	return h.Sum(nil), nil
}

// hashFS hashes names and contents.
func hashFS(h io.Writer, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(raw)
		_, err = h.Write(append([]byte(name), sum[:]...))
		return err
	})
}
