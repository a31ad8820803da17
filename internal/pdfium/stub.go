//go:build !amd64 && !arm64

package pdfium

// Supported says whether PDF files can be read on this machine: PDFium runs on others only with a compiler for them.
const Supported = false

// Engine is none on this machine.
type Engine struct{}

// File is none, either.
type File struct{}

// Start is refused.
func Start(cacheDir string) (*Engine, error) {
	return nil, &Refused{What: "这台机器上不能直接读 PDF", Remedy: "请另存为 docx 或 xlsx 再用"}
}

// Open is never called: there is no engine.
func (e *Engine) Open(name string, raw []byte) (*File, error) { _, err := Start(""); return nil, err }

// Pages is never called, either.
func (e *Engine) Pages(name string, raw []byte) ([]*Page, error) {
	_, err := Start("")
	return nil, err
}

// Close ends nothing.
func (e *Engine) Close() error { return nil }

// Pages is none.
func (f *File) Pages() int { return 0 }

// Page is never called: there is no file.
func (f *File) Page(i int) (*Page, error) { _, err := Start(""); return nil, err }

// Picture is never called.
func (f *File) Picture(i, dpi int) ([]byte, error) { _, err := Start(""); return nil, err }

// Marked is never called.
func (f *File) Marked(marks []Mark) ([]byte, error) { _, err := Start(""); return nil, err }

// Close closes nothing.
func (f *File) Close() {}
