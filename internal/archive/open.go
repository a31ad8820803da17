package archive

import (
	"bytes"

	"yusuan/internal/ofdread"
	"yusuan/internal/pdfread"
	"yusuan/internal/shown"
)

// Open opens a finished file of this program, whichever format it has. What cannot be read is an error of pdfread or ofdread.
func Open(raw []byte) (shown.File, error) {
	if Packaged(raw) {
		return ofdread.Open(raw)
	}
	return pdfread.Open(raw)
}

// Packaged reports whether a file is a package, as OFD is, and not a PDF.
func Packaged(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// Inside opens a finished file and takes apart what it carries.
func Inside(raw []byte) (*Archive, error) {
	f, err := Open(raw)
	if err != nil {
		return nil, err
	}
	attached, err := f.Attachments()
	if err != nil {
		return nil, err
	}
	return Read(attached)
}
