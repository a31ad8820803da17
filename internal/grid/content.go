package grid

import (
	"maps"
	"slices"
)

// What others ask of files that may be no spreadsheets.

// Decoded is the text of a file in UTF-8, of the encoding that its bytes show or that it says itself; not ok for what is no text.
func Decoded(raw []byte) (text []byte, ok bool) { return decoded(raw, saidEncoding(raw)) }

// Streams are the names of the streams of a compound file, which Office before 2007 kept all in.
func Streams(raw []byte) ([]string, error) {
	if len(raw) > maxFile {
		return nil, tooMuch("文件的字节", maxFile)
	}
	streams, err := streamsOf(raw)
	return slices.Sorted(maps.Keys(streams)), err
}

// Root is the first element of XML; "" where there is none.
func Root(text []byte) (space, name string) {
	e, _ := rootOf(text)
	return e.Name.Space, e.Name.Local
}

// Divided reports whether lines of text are divided into columns.
func Divided(text []byte) bool { return separator(text) != 0 }
