// Package templates carries the template packs of the program, one folder each.
package templates

import "embed"

// FS holds the packs.
//
//go:embed */*.toml */forms/*.toml */prose/*.tmpl
var FS embed.FS
