//go:build amd64 || arm64

package pdfium

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/klippa-app/go-pdfium"
)

// sandbox is PDFium with one document, in a memory of its own. Its functions are called by their names in C; a call that fails
// breaks the sandbox, and all after it give 0, so that who calls asks once, at the end, whether it broke.
type sandbox struct {
	instance pdfium.Pdfium
	exported func(name string) function
	memory   memory
	found    map[string]function
	ctx      context.Context
	stack    [16]uint64
	room     uint64 // 64 bytes for what functions return by address
	broken   error
}

// function is one that the sandbox exports: arguments are at the beginning of the stack, the result takes their place.
type function interface {
	CallWithStack(ctx context.Context, stack []uint64) error
}

type memory interface {
	Read(offset, count uint32) ([]byte, bool)
	Write(offset uint32, v []byte) bool
}

// enter is the sandbox of an instance. The library hands out neither its functions nor its memory under types with a name, and
// its own calls ask for memory anew for every number of every letter, which takes ten times as long.
func enter(in pdfium.Pdfium) (s *sandbox, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, fmt.Errorf("pdfium: the library is made otherwise: %v", r)
		}
	}()
	has, ok := in.(interface{ GetImplementation() any })
	if !ok {
		return nil, errors.New("pdfium: the library does not give its implementation")
	}
	module := reflect.ValueOf(has.GetImplementation()).Elem().FieldByName("Module")
	exports := module.MethodByName("ExportedFunction")
	s = &sandbox{instance: in, found: map[string]function{}, ctx: context.Background()}
	s.exported = func(name string) function {
		f, _ := exports.Call([]reflect.Value{reflect.ValueOf(name)})[0].Interface().(function)
		return f
	}
	if s.memory, ok = module.MethodByName("Memory").Call(nil)[0].Interface().(memory); !ok {
		return nil, errors.New("pdfium: the library does not give its memory")
	}
	s.room = s.do("malloc", 64)
	return s, s.broken
}

// leave gives the memory back.
func (s *sandbox) leave() { _ = s.instance.Kill() }

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
	if s.broken != nil {
		return 0
	}
	f := s.found[name]
	if f == nil {
		if f = s.exported(name); f == nil {
			panic("pdfium: no function " + name)
		}
		s.found[name] = f
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

// yes is the result of a function that says whether it did what it was asked.
func (s *sandbox) yes(name string, args ...uint64) bool { return int32(s.do(name, args...)) != 0 }

// read is what stands in the memory there, until the next call.
func (s *sandbox) read(at uint64, n int) []byte {
	if s.broken == nil {
		if b, ok := s.memory.Read(uint32(at), uint32(n)); ok {
			return b
		}
		s.broken = errors.New("a place outside of the memory")
	}
	return make([]byte, n)
}

// put lays bytes into the memory.
func (s *sandbox) put(b []byte) (at uint64) {
	if at = s.do("malloc", uint64(max(1, len(b)))); at == 0 || !s.memory.Write(uint32(at), b) {
		if s.broken == nil {
			s.broken = errors.New("no memory")
		}
		return 0
	}
	return at
}

// words are numbers of four bytes in the room for results.
func (s *sandbox) words() (out [6]uint32) {
	b := s.read(s.room, 24)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// doubles are numbers of eight bytes there.
func (s *sandbox) doubles() (out [4]uint64) {
	b := s.read(s.room, 32)
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return out
}
