package cli

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"yusuan/internal/pdfium"
)

// pdfEngine is what reads PDF files of others. It is started with the first of them and serves all of a run.
type pdfEngine struct {
	tell   io.Writer // is told when the start takes long; nil where nobody waits for it
	mu     sync.Mutex
	engine *pdfium.Engine
	failed error // why it could not be started: the next file would fail alike
}

// patience is how long a start may take without a word.
const patience = 800 * time.Millisecond

// start is the engine, which is started if it is not.
func (e *pdfEngine) start() (*pdfium.Engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.engine != nil || e.failed != nil {
		return e.engine, e.failed
	}
	if e.tell != nil {
		word := time.AfterFunc(patience, func() { say(e.tell, "第一次读 PDF，要准备几秒……\n") })
		defer word.Stop()
	}
	cache := engineCache()
	if e.engine, e.failed = pdfium.Start(cache); e.failed != nil && cache != "" {
		e.engine, e.failed = pdfium.Start("") // what is in the folder may be broken, or another's
	}
	return e.engine, e.failed
}

// close ends it. It may be started again.
func (e *pdfEngine) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.engine != nil {
		_ = e.engine.Close() // nothing of it is needed any more
	}
	e.engine = nil
}

// engineCache is the folder where what takes seconds to prepare is kept for later starts; "" where there is none to be had: it
// is prepared each time then.
func engineCache() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	const private = 0o700 // what is in it is run
	dir := filepath.Join(cache, "yusuan", "pdfium")
	if os.MkdirAll(dir, private) != nil {
		return ""
	}
	return dir
}

// open opens a PDF file.
func (e *pdfEngine) open(name string, raw []byte) (*pdfium.File, error) {
	engine, err := e.start()
	if err != nil {
		return nil, err
	}
	return engine.Open(filepath.Base(name), raw)
}

// pages reads the pages of a PDF file.
func (e *pdfEngine) pages(name string, raw []byte) ([]*pdfium.Page, error) {
	engine, err := e.start()
	if err != nil {
		return nil, err
	}
	return engine.Pages(filepath.Base(name), raw)
}

// picture draws a page for a window.
func (e *pdfEngine) picture(name string, raw []byte, page int) ([]byte, error) {
	f, err := e.open(name, raw)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	const dpi = 110 // sharp enough to read, and a page of some hundred kilobytes
	return f.Picture(page, dpi)
}
