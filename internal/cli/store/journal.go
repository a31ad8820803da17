package store

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
)

// journal is the file below .yusuan that has a line for each step of editing.
const journal = "journal.jsonl"

// Note appends a line, with its end, to the journal. It is there once Note returns; of one that was cut off in the middle nothing
// but its own line is lost.
func (f Folder) Note(line []byte) (err error) {
	if err := f.makeOwn(); err != nil {
		return err
	}
	j, err := os.OpenFile(f.own(journal), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	end, err := j.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if last := []byte{'\n'}; end > 0 {
		if _, err := j.ReadAt(last, end-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			line = append([]byte{'\n'}, line...)
		}
	}
	if _, err := j.Write(line); err != nil {
		return err
	}
	return j.Sync()
}

// Notes are the last lines of the journal, of so many bytes at most, in their order; more reports that there are others before.
func (f Folder) Notes(most int64) (lines [][]byte, more bool, err error) {
	j, err := os.Open(f.own(journal))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	info, err := j.Stat()
	if err != nil {
		return nil, false, err
	}
	from := max(0, info.Size()-most)
	raw, err := io.ReadAll(io.NewSectionReader(j, from, info.Size()-from))
	if err != nil {
		return nil, false, err
	}
	if from > 0 { // in the middle of a line
		more = true
		_, raw, _ = bytes.Cut(raw, []byte{'\n'})
	}
	for line := range bytes.Lines(raw) {
		lines = append(lines, line)
	}
	return lines, more, nil
}
