//go:build amd64 || arm64

package pdfium

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/klippa-app/go-pdfium/webassembly/imports"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// Supported says whether PDF files can be read on this machine.
const Supported = true

// What a file may cost.
const (
	largest    = 160 << 20 // bytes of a file
	memoryMost = 400 << 20 // bytes that the sandbox may take for one document; growing takes three times that for a while
	pagesMost  = 2000
	openTime   = 30 * time.Second
	pageTime   = 20 * time.Second // to read a page, or to draw it
)

// Engine makes sandboxes. It serves several documents at once.
type Engine struct {
	runtime        wazero.Runtime
	cache          wazero.CompilationCache // nil without a folder
	pdfium, helper wazero.CompiledModule
	page           time.Duration // that a page may take
}

// Start makes the engine. It compiles PDFium, which takes seconds, but for the folder of an earlier start: cacheDir, empty for
// none.
func Start(cacheDir string) (*Engine, error) {
	e := &Engine{page: pageTime}
	config := wazero.NewRuntimeConfigCompiler().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryMost >> 16).
		WithCloseOnContextDone(true)
	if cacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
		if err != nil {
			return nil, fmt.Errorf("pdfium: %w", err)
		}
		e.cache = cache
		config = config.WithCompilationCache(cache)
	}
	ctx := experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0))
	e.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	if err := e.compile(ctx); err != nil {
		_ = e.Close()
		return nil, fmt.Errorf("pdfium: %w", err)
	}
	return e, nil
}

func (e *Engine) compile(ctx context.Context) (err error) {
	if _, err = wasi_snapshot_preview1.Instantiate(ctx, e.runtime); err != nil {
		return err
	}
	raw, err := module()
	if err != nil {
		return err
	}
	if e.pdfium, err = e.runtime.CompileModule(ctx, raw); err != nil {
		return err
	}
	if _, err = imports.Instantiate(ctx, e.runtime, e.pdfium); err != nil {
		return err
	}
	e.helper, err = e.runtime.CompileModule(ctx, program())
	return err
}

// Close ends the engine and all that it opened.
func (e *Engine) Close() error {
	err := e.runtime.Close(context.Background())
	if e.cache != nil {
		_ = e.cache.Close(context.Background())
	}
	return err
}

// File is an open document. It is for one goroutine at a time.
type File struct {
	raw     []byte
	sandbox *sandbox
	many    *batch
	doc     uint64
	pages   int
	page    time.Duration // that one may take
	left    budget        // of all pages
}

// Open opens a document; the error is a *Refused for what cannot be read.
func (e *Engine) Open(name string, raw []byte) (*File, error) {
	if why := refuse(raw); why != nil {
		return nil, why
	}
	s, err := e.enter()
	if err != nil {
		return nil, err
	}
	f := &File{raw: raw, sandbox: s, page: e.page, many: newBatch(s), left: budget{glyphs: glyphsMost, objects: objectsMost}}
	if err := f.load(); err != nil {
		s.leave()
		return nil, err
	}
	return f, nil
}

// damaged is the answer to what is broken.
func damaged(what string, cause error) *Refused {
	return &Refused{What: what, Remedy: "请用 WPS 或 Adobe 打开看看，能打开就另存一份 PDF（或 docx、xlsx）再用", Cause: cause}
}

// refuse is why bytes are no document that can be read, before anything looks into them.
func refuse(raw []byte) error {
	switch {
	case len(raw) > largest:
		return &Refused{What: fmt.Sprintf("文件有 %d MB，多于 %d MB", len(raw)>>20, largest>>20), Remedy: "请用 WPS 或 Adobe 另存为“最小体积”，或者只留要看的页"}
	case !bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")):
		return &Refused{What: "这不是 PDF 文件", Remedy: "请看看是不是选错了文件，或者下载不完整"}
	}
	return nil
}

func (f *File) load() error {
	s := f.sandbox
	defer s.within(openTime)()
	at := s.put(f.raw)
	f.doc = s.do("FPDF_LoadMemDocument64", at, uint64(len(f.raw)), 0)
	if s.broken == nil && f.doc == 0 {
		switch cause := fmt.Errorf("FPDF_GetLastError: %d", s.do("FPDF_GetLastError")); s.stack[0] {
		case 4:
			return &Refused{What: "这份 PDF 要密码才能打开", Remedy: "请用 WPS 或 Adobe 打开，另存一份不加密的", Cause: cause}
		case 5:
			return &Refused{What: "这份 PDF 的加密方式读不了", Remedy: "请用 WPS 或 Adobe 打开，另存一份不加密的", Cause: cause}
		default:
			return damaged("这份 PDF 打不开，文件损坏或者不完整", cause)
		}
	}
	f.pages = s.count("FPDF_GetPageCount", f.doc)
	switch {
	case s.broken != nil:
		return damaged("这份 PDF 打不开，文件损坏或者太大", s.broken)
	case f.pages == 0:
		return damaged("这份 PDF 里没有一页", nil)
	case f.pages > pagesMost:
		return &Refused{What: fmt.Sprintf("这份 PDF 有 %d 页，多于 %d 页", f.pages, pagesMost), Remedy: "请只留要看的页"}
	}
	return nil
}

// Close ends the document and gives its memory back.
func (f *File) Close() { f.sandbox.leave() }

// Pages is how many pages the document has.
func (f *File) Pages() int { return f.pages }

// open is a page of the sandbox, from 1, and how it is seen.
func (f *File) open(i int) (page uint64, v *view, err error) {
	s := f.sandbox
	if i < 1 || i > f.pages {
		panic(fmt.Sprintf("pdfium: page %d of %d", i, f.pages))
	}
	if page = s.do("FPDF_LoadPage", f.doc, uint64(i-1)); page == 0 {
		return 0, nil, damaged(fmt.Sprintf("第%d页打不开，这一页损坏了", i), s.broken)
	}
	v = &view{turn: int(s.do("FPDFPage_GetRotation", page) & 3)}
	s.do("FPDF_GetPageBoundingBox", page, s.room)
	w := s.words() // left, top, right, bottom
	v.box.Left, v.box.Top, v.box.Right, v.box.Bottom = length32(w[0]), length32(w[1]), length32(w[2]), length32(w[3])
	if s.broken != nil || v.box.Right <= v.box.Left || v.box.Top <= v.box.Bottom {
		return 0, nil, damaged(fmt.Sprintf("第%d页打不开，这一页损坏了", i), s.broken)
	}
	return page, v, nil
}

// spoiled is how many pages may break their sandbox before the rest of a document is given up: each may take its whole time.
const spoiled = 3

// Pages reads all pages of a document; nil stands for one that is refused. The error is a *Refused where none can be read.
func (e *Engine) Pages(name string, raw []byte) ([]*Page, error) {
	f, err := e.Open(name, raw)
	if err != nil {
		return nil, err
	}
	defer func() { f.Close() }()
	out := make([]*Page, f.Pages())
	var first error
	read, broken := false, 0
	for i := range out {
		p, err := f.Page(i + 1)
		if err == nil {
			out[i], read = p, true
			continue
		}
		if first == nil {
			first = err
		}
		if f.sandbox.broken == nil {
			continue
		}
		if broken++; broken == spoiled {
			break
		}
		left := f.left
		f.Close()
		if f, err = e.Open(name, raw); err != nil {
			return nil, err
		}
		f.left = left
	}
	if !read {
		return nil, first
	}
	return out, nil
}
