// Package testpdfium keeps what PDFium is compiled to for all tests of this machine: that takes seconds.
package testpdfium

import (
	"os"
	"path/filepath"
)

// Cache is the folder to start engines with, the same for all tests; empty where there is none to write to.
func Cache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir = filepath.Join(dir, "yusuan", "pdfium")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return ""
	}
	return dir
}
