//go:build amd64 || arm64

package pdfium

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// packedModule is PDFium as WebAssembly, as go-pdfium has it, but packed: it would be a tenth of the program. The library's own
// functions are not used: they ask for memory anew for every number of every letter, which takes ten times as long, and show
// the sandbox all files of the machine.
//
//go:embed pdfium.wasm.gz
var packedModule []byte

// module unpacks it.
func module() ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packedModule))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// sandbox is PDFium with one document, in a memory of its own. Its functions are called by their names in C; a call that fails
// breaks the sandbox, and all after it give 0, so that who calls asks once, at the end, whether it broke.
type sandbox struct {
	module, helper api.Module
	many           api.Function // see batch.go
	found          map[string]api.Function
	ctx            context.Context
	stack          [16]uint64
	room           uint64 // 64 bytes for what functions return by address
	broken         error
}

// zeros is a source of chance without any: the same file gives the same bytes.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// enter makes a sandbox. It has no files, no clock and no chance.
func (e *Engine) enter() (*sandbox, error) {
	ctx, cancel := context.WithTimeout(context.Background(), openTime)
	defer cancel()
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize").WithStdout(io.Discard).WithStderr(io.Discard).WithRandSource(zeros{})
	module, err := e.runtime.InstantiateModule(ctx, e.pdfium, config)
	if err != nil {
		return nil, fmt.Errorf("pdfium: %w", err)
	}
	s := &sandbox{module: module, found: map[string]api.Function{}, ctx: ctx}
	s.do("FPDF_InitLibrary")
	s.room = s.do("malloc", 64)
	resolved := experimental.WithImportResolver(ctx, func(string) api.Module { return module })
	if s.helper, err = e.runtime.InstantiateModule(resolved, e.helper, wazero.NewModuleConfig().WithName("")); err == nil {
		s.many = s.helper.ExportedFunction("many")
		err = s.broken
	}
	if err != nil {
		s.leave()
		return nil, fmt.Errorf("pdfium: %w", err)
	}
	s.ctx = context.Background()
	return s, nil
}

// leave gives the memory back.
func (s *sandbox) leave() {
	if s.helper != nil {
		_ = s.helper.Close(context.Background())
	}
	_ = s.module.Close(context.Background())
}

// within bounds what is called until the function that it returns is called.
func (s *sandbox) within(d time.Duration) (done func()) {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	s.ctx = ctx
	return func() {
		cancel()
		s.ctx = context.Background()
	}
}

// do calls a function of C.
func (s *sandbox) do(name string, args ...uint64) uint64 {
	f := s.found[name]
	if f == nil {
		if f = s.module.ExportedFunction(name); f == nil {
			panic("pdfium: no function " + name)
		}
		s.found[name] = f
	}
	return s.invoke(name, f, args...)
}

func (s *sandbox) invoke(name string, f api.Function, args ...uint64) uint64 {
	if s.broken != nil {
		return 0
	}
	s.stack[0] = 0
	copy(s.stack[:], args)
	if err := f.CallWithStack(s.ctx, s.stack[:]); err != nil {
		s.broken = fmt.Errorf("%s: %w", name, err)
		return 0
	}
	return s.stack[0]
}

// count is the result of a function that counts; below 0 it says that it cannot.
func (s *sandbox) count(name string, args ...uint64) int {
	return max(0, int(int32(s.do(name, args...))))
}

// read is what stands in the memory there, until the next call.
func (s *sandbox) read(at uint64, n int) []byte {
	if s.broken == nil {
		if b, ok := s.module.Memory().Read(uint32(at), uint32(n)); ok {
			return b
		}
		s.broken = errors.New("a place outside of the memory")
	}
	return make([]byte, n)
}

// put lays bytes into the memory.
func (s *sandbox) put(b []byte) (at uint64) {
	if at = s.do("malloc", uint64(max(1, len(b)))); at == 0 || !s.module.Memory().Write(uint32(at), b) {
		if s.broken == nil {
			s.broken = errors.New("no memory")
		}
		return 0
	}
	return at
}

// words are numbers of four bytes in the room for results.
func (s *sandbox) words() (out [4]uint32) {
	b := s.read(s.room, 16)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}
