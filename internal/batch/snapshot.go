package batch

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"strings"
	"time"

	"yusuan/internal/build"
	"yusuan/internal/source"
)

// snapshot is a department's TOML files, and last year's, as they were at one moment: what the key is made of is what
// the document is made of, even while somebody edits. Other files, such as fonts, are read when asked for; the key
// holds their sizes and times.
type snapshot struct {
	under fs.FS
	files map[string][]byte
	key   string
	size  int // of the TOML files of the folder that is being read
}

// takeSnapshot reads a department. shared stands for all that its document depends on besides.
func takeSnapshot(in build.Input, shared []byte) (*snapshot, error) {
	s := &snapshot{under: in.Data, files: map[string][]byte{}}
	h := sha256.New()
	writePart(h, shared)
	writePart(h, []byte(in.Codes.Sum()))
	for _, dir := range []string{in.Dir, in.PriorDir} {
		if err := s.add(h, dir, dir == in.PriorDir); err != nil {
			return nil, err
		}
	}
	s.key = hex.EncodeToString(h.Sum(nil))
	return s, nil
}

// writePart hashes the length before the bytes, so that no two lists of parts look alike.
func writePart(h hash.Hash, b []byte) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(b)))
	_, _ = h.Write(n[:])
	_, _ = h.Write(b)
}

// add reads a folder in the order of its names.
func (s *snapshot) add(h hash.Hash, dir string, optional bool) error {
	writePart(h, []byte("folder"))
	s.size = 0
	if dir == "" {
		return nil
	}
	return fs.WalkDir(s.under, dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && name == dir && optional && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case name != dir && hidden(e.Name()) && e.IsDir():
			return fs.SkipDir
		case e.IsDir() || hidden(e.Name()):
			return nil
		}
		writePart(h, []byte(strings.TrimPrefix(name, dir)))
		if !isTOML(name) {
			info, err := fs.Stat(s.under, name)
			if err != nil {
				return nil // nothing reads it, or the reader will say what is wrong
			}
			writePart(h, fmt.Append(nil, info.Size(), info.ModTime().UnixNano()))
			return nil
		}
		if d, unfit, _ := source.Unfit(s.under, name, source.MaxFile); unfit {
			writePart(h, []byte(d.Message)) // the reader says it again
			return nil
		}
		if s.size > source.MaxFolder {
			return nil // no more of them is read
		}
		raw, err := fs.ReadFile(s.under, name)
		if err != nil {
			return err
		}
		s.size += len(raw)
		s.files[name] = raw
		writePart(h, raw)
		return nil
	})
}

// Open implements fs.FS.
func (s *snapshot) Open(name string) (fs.File, error) {
	if b, ok := s.files[name]; ok {
		return &openFile{Reader: bytes.NewReader(b), name: name[strings.LastIndexByte(name, '/')+1:]}, nil
	}
	return s.under.Open(name)
}

// ReadFile implements fs.ReadFileFS. The bytes are shared; nobody writes to them.
func (s *snapshot) ReadFile(name string) ([]byte, error) {
	if b, ok := s.files[name]; ok {
		return b, nil
	}
	return fs.ReadFile(s.under, name)
}

// openFile is a file of a snapshot that somebody opened.
type openFile struct {
	*bytes.Reader
	name string
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *openFile) Close() error               { return nil }
func (f *openFile) Name() string               { return f.name }
func (f *openFile) Mode() fs.FileMode          { return 0o444 }
func (f *openFile) ModTime() time.Time         { return time.Time{} }
func (f *openFile) IsDir() bool                { return false }
func (f *openFile) Sys() any                   { return nil }
