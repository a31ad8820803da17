// Package data carries the reference data that every department shares. The folders of years beside it are the
// departments' own data, which the program reads from disk.
package data

import (
	"bytes"
	"embed"
	"io/fs"
)

//go:embed catalogue/*/*.csv
var files embed.FS

//go:embed import/词表.toml
var importWords []byte

// ImportWords are the words that columns and rows of exports are known by, and the name of their file.
func ImportWords() (name string, raw []byte) {
	return "data/import/词表.toml", bytes.Clone(importWords)
}

// Catalogue holds one folder per year with functional.csv and economic.csv; its README tells where they come from.
func Catalogue() fs.FS {
	sub, err := fs.Sub(files, "catalogue")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
