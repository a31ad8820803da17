// Package layout turns a document tree into finished pages.
package layout
