// Package templates carries the template packs of the program, one folder each.
package templates

import "embed"

// FS holds the packs. `all:` because packs may have files whose names embed would otherwise leave out.
//
//go:embed all:wuhan
var FS embed.FS
