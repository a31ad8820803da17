package classify

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// Fault is what is wrong with a file of a catalogue, which a bureau may have written: told to people, at its line.
type Fault struct {
	File string // within the catalogue
	Line int    // 0 for the file as a whole
	What string
}

func (f *Fault) Error() string { return fmt.Sprintf("classify: %s:%d: %s", f.File, f.Line, f.What) }

// maxFile bounds a file of a catalogue: the whole of a year has some two thousand codes.
const maxFile = 4 << 20

// row is a row of a file, and its line.
type row struct {
	cells []string
	line  int
}

func (r row) fault(file, format string, args ...any) *Fault {
	return &Fault{file, r.line, fmt.Sprintf(format, args...)}
}

// optional reads the rows below the head of a file that may be missing.
func optional(fsys fs.FS, name, head string) ([]row, error) {
	rows, err := table(fsys, name, head)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return rows, err
}

// table reads the rows below the head of a file; lines that begin with # are comments.
func table(fsys fs.FS, name, head string) ([]row, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("classify: %w", err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("classify: read %s: %w", name, err)
	case len(raw) > maxFile:
		return nil, &Fault{name, 0, "太大，不是科目表"}
	case !utf8.Valid(raw):
		return nil, &Fault{name, 0, "不是 UTF-8 编码；另存为 CSV UTF-8"}
	}
	return rowsOf(name, bytes.TrimPrefix(raw, []byte("\uFEFF")), head)
}

func rowsOf(name string, raw []byte, head string) ([]row, error) {
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comment = '#'
	r.FieldsPerRecord = strings.Count(head, ",") + 1
	var out []row
	for first := true; ; first = false {
		cells, err := r.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF) && !first:
			return out, nil
		case errors.Is(err, io.EOF):
			return nil, &Fault{name, 0, "是空的；第一行要写 " + head}
		case errors.As(err, &wrong) && errors.Is(err, csv.ErrFieldCount):
			return nil, &Fault{name, wrong.Line, "列数不对；要有的列是 " + head}
		case errors.As(err, &wrong):
			return nil, &Fault{name, wrong.Line, "引号不成对，读不下去"}
		case err != nil:
			return nil, fmt.Errorf("classify: read %s: %w", name, err)
		}
		line, _ := r.FieldPos(0)
		if first {
			if strings.Join(cells, ",") != head {
				return nil, &Fault{name, line, "第一行要写 " + head}
			}
			continue
		}
		out = append(out, row{cells, line})
	}
}

// load reads the codes of a classification.
func load(fsys fs.FS, name string, digits int) (Tree, error) {
	rows, err := table(fsys, name, "code,name,seen")
	if err != nil {
		return Tree{}, err
	}
	codes := make([]Code, len(rows))
	for i, r := range rows {
		codes[i] = Code{r.cells[0], r.cells[1]}
	}
	t, at, wrong := newTree(codes, digits)
	if wrong != "" {
		return Tree{}, &Fault{name, rows[at].line, wrong}
	}
	return t, nil
}
