//go:build amd64 || arm64

package pdfium

import (
	"bytes"
	"compress/gzip"
	"os"
	"testing"
	_ "unsafe" // for the link to the module

	_ "github.com/klippa-app/go-pdfium/webassembly" // holds the module
)

//go:linkname theirs github.com/klippa-app/go-pdfium/internal/pdfium_wasm.Module
var theirs []byte

// TestModuleIsTheLibrarys: the module that the program carries is that of the library of the same version. UPDATE=1 packs it
// anew when it is another.
func TestModuleIsTheLibrarys(t *testing.T) {
	ours, err := module()
	if err == nil && bytes.Equal(ours, theirs) {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatalf("the module is another than the library's (%v); UPDATE=1 packs it anew", err)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(theirs)
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil {
		err = os.WriteFile("pdfium.wasm.gz", packed.Bytes(), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}
