package sheet

import (
	"regexp"
	"strconv"
)

// Key says, in the hidden first column, what a row was when the workbook was written: an entry of a file, or of an entry a
// value, and of that which paragraph or element.
type Key struct {
	File, Address string
	Digest        string // of the entry
	Value         string // the key of a value, "" for the entry as a whole
	Part          int    // paragraph or element, from 0
}

// String is file#address@digest, of a value file#address@digest:key/part.
func (k Key) String() string {
	if k.File == "" {
		return ""
	}
	s := k.File + "#" + k.Address + "@" + k.Digest
	if k.Value != "" {
		s += ":" + k.Value + "/" + strconv.Itoa(k.Part)
	}
	return s
}

// IsZero reports whether the row was not in the data.
func (k Key) IsZero() bool { return k.File == "" }

var keyForm = regexp.MustCompile(`(?s)^(.+?)#([^@]*)@([0-9a-f]{8})(?::(.+)/(\d+))?$`)

// ParseKey reads a key; false for what is none.
func ParseKey(s string) (Key, bool) {
	m := keyForm.FindStringSubmatch(s)
	if m == nil {
		return Key{}, false
	}
	k := Key{File: m[1], Address: m[2], Digest: m[3], Value: m[4]}
	if m[5] != "" {
		n, err := strconv.Atoi(m[5])
		if err != nil {
			return Key{}, false
		}
		k.Part = n
	}
	return k, true
}
