//go:build amd64 || arm64

package pdfium

import (
	"encoding/binary"
	"errors"
)

// A call into the sandbox takes 4 µs, since it can be broken off, and a page needs tens of thousands. So a small program in the
// sandbox makes many of them in one go: it goes through a list of calls and puts their results beside them.

// many are the functions that it calls, by their number of arguments; all take and give numbers of four bytes.
var many = [...]struct {
	name string
	args int
}{
	textUnicode:   {"FPDFText_GetUnicode", 2},
	textUnmapped:  {"FPDFText_HasUnicodeMapError", 2},
	textHyphen:    {"FPDFText_IsHyphen", 2},
	textPiece:     {"FPDFText_GetTextObject", 2},
	textAngle:     {"FPDFText_GetCharAngle", 2}, // the one that gives a fraction
	textOrigin:    {"FPDFText_GetCharOrigin", 4},
	textBox:       {"FPDFText_GetCharBox", 6},
	textLoose:     {"FPDFText_GetLooseCharBox", 3},
	pageObject:    {"FPDFPage_GetObject", 2},
	formObject:    {"FPDFFormObj_GetObject", 2},
	formObjects:   {"FPDFFormObj_CountObjects", 1},
	objectKind:    {"FPDFPageObj_GetType", 1},
	objectMatrix:  {"FPDFPageObj_GetMatrix", 2},
	objectBounds:  {"FPDFPageObj_GetBounds", 5},
	objectFill:    {"FPDFPageObj_GetFillColor", 5},
	objectStroke:  {"FPDFPageObj_GetStrokeColor", 5},
	objectClip:    {"FPDFPageObj_GetClipPath", 1},
	textMode:      {"FPDFTextObj_GetTextRenderMode", 1},
	textFont:      {"FPDFTextObj_GetFont", 1},
	pathMode:      {"FPDFPath_GetDrawMode", 3},
	pathPieces:    {"FPDFPath_CountSegments", 1},
	pathPiece:     {"FPDFPath_GetPathSegment", 2},
	clipPaths:     {"FPDFClipPath_CountPaths", 1},
	clipPieces:    {"FPDFClipPath_CountPathSegments", 2},
	clipPiece:     {"FPDFClipPath_GetPathSegment", 3},
	pieceKind:     {"FPDFPathSegment_GetType", 1},
	piecePoint:    {"FPDFPathSegment_GetPoint", 3},
	pieceIsClosed: {"FPDFPathSegment_GetClose", 1},
}

// The functions in that list.
const (
	textUnicode = iota
	textUnmapped
	textHyphen
	textPiece
	textAngle
	textOrigin
	textBox
	textLoose
	pageObject
	formObject
	formObjects
	objectKind
	objectMatrix
	objectBounds
	objectFill
	objectStroke
	objectClip
	textMode
	textFont
	pathMode
	pathPieces
	pathPiece
	clipPaths
	clipPieces
	clipPiece
	pieceKind
	piecePoint
	pieceIsClosed
)

const (
	argsMost  = 6
	callBytes = 4 * (argsMost + 3) // kind, function, arguments, result
	callsMost = 4096               // of a list
	roomMost  = 1 << 18            // bytes for what they return by address
	fraction  = argsMost + 1       // the kind of the one that gives a fraction; else the number of arguments
)

// batch is a list of calls that are made in one go.
type batch struct {
	s          *sandbox
	list, room uint64 // where they are in the sandbox
	calls      []byte
	used       uint64 // of the room
	results    []byte // what the room holds after the calls
	call, word int    // the next whose result is asked for
}

// newBatch takes its memory from the sandbox once.
func newBatch(s *sandbox) *batch {
	return &batch{s: s, list: s.do("malloc", callsMost*callBytes), room: s.do("malloc", roomMost)}
}

// ask adds a call.
func (b *batch) ask(function int, args ...uint64) {
	kind := uint32(many[function].args)
	if function == textAngle {
		kind = fraction
	}
	if len(args) != many[function].args {
		panic("pdfium: arguments of " + many[function].name)
	}
	at := len(b.calls)
	b.calls = append(b.calls, make([]byte, callBytes)...)
	c := b.calls[at:]
	binary.LittleEndian.PutUint32(c, kind)
	binary.LittleEndian.PutUint32(c[4:], uint32(function))
	for i, a := range args {
		binary.LittleEndian.PutUint32(c[8+4*i:], uint32(a))
	}
}

// out is room for numbers of four bytes that a call returns by address; they are taken in the order in which room was asked for.
func (b *batch) out(words int) (at uint64) {
	at = b.room + b.used
	b.used += 4 * uint64(words)
	return at
}

// run makes the calls.
func (b *batch) run() {
	s := b.s
	if s.broken == nil && !s.module.Memory().Write(uint32(b.list), b.calls) {
		s.broken = errors.New("no memory")
	}
	s.invoke("many", s.many, b.list, uint64(len(b.calls)/callBytes))
	copy(b.calls, s.read(b.list, len(b.calls)))
	b.results = append(b.results[:0], s.read(b.room, int(b.used))...)
}

// result is that of the next call.
func (b *batch) result() uint64 {
	b.call++
	return uint64(binary.LittleEndian.Uint32(b.calls[b.call*callBytes-4:]))
}

// count is the next result as a number of things.
func (b *batch) count() int { return max(0, int(int32(b.result()))) }

// next is the next number of four bytes in the room.
func (b *batch) next() uint32 {
	b.word++
	return binary.LittleEndian.Uint32(b.results[4*b.word-4:])
}

// next64 is a number of eight bytes there.
func (b *batch) next64() uint64 { return uint64(b.next()) | uint64(b.next())<<32 }

// each asks the same of all items, and then hands each the answers, which it takes in the order in which it asked.
func each[T any](b *batch, items []T, calls, words int, ask, took func(x *T)) {
	size := min(callsMost/max(1, calls), roomMost/max(1, 4*words))
	for from := 0; from < len(items) && b.s.broken == nil; from += size {
		part := items[from:min(from+size, len(items))]
		b.calls, b.used, b.call, b.word = b.calls[:0], 0, 0, 0
		for i := range part {
			ask(&part[i])
		}
		b.run()
		for i := range part {
			took(&part[i])
		}
	}
}

// program is the small program: WebAssembly, written here by hand.
func program() []byte {
	const i32, f32 = 0x7f, 0x7d
	var types, imports, elements [][]byte
	for n := 1; n <= argsMost; n++ { // type n-1 takes n numbers and gives one
		types = append(types, slice(0x60, vector(repeat(i32, n)), vector(repeat(i32, 1))))
	}
	types = append(types,
		slice(0x60, vector(repeat(i32, 2)), vector(repeat(f32, 1))), // fraction-1
		slice(0x60, vector(repeat(i32, 2)), vector(nil)))            // of this program: the list, and how many
	imports = append(imports, slice(name("pdfium"), name("memory"), 0x02, 0x00, 0x01))
	for i, f := range many {
		kind := f.args
		if i == textAngle {
			kind = fraction
		}
		imports = append(imports, slice(name("pdfium"), name(f.name), 0x00, kind-1))
		elements = append(elements, slice(i))
	}
	const get, load, store, storeFraction, number, equal, add, subtract, end = 0x20, 0x28, 0x36, 0x38, 0x41, 0x46, 0x6a, 0x6b, 0x0b
	body := slice(0x00, // no variables but the list (0) and how many are left (1)
		0x03, 0x40, // again:
		get, 1, 0x04, 0x40) // when any is left
	for kind := 1; kind <= fraction; kind++ {
		args, put := kind, store
		if kind == fraction {
			args, put = 2, storeFraction
		}
		body = slice(body, get, 0, load, 2, 0, number, kind, equal, 0x04, 0x40, get, 0)
		for a := range args {
			body = slice(body, get, 0, load, 2, 8+4*a)
		}
		body = slice(body, get, 0, load, 2, 4, 0x11, kind-1, 0, put, 2, callBytes-4, end)
	}
	body = slice(body, get, 0, number, callBytes, add, 0x21, 0, get, 1, number, 1, subtract, 0x21, 1,
		0x0c, 1, end, end, end) // the next
	section := func(id int, parts ...[]byte) []byte {
		content := slice(unsigned(len(parts)))
		for _, p := range parts {
			content = slice(content, p)
		}
		return slice(id, vector(content))
	}
	return slice([]byte("\x00asm\x01\x00\x00\x00"),
		section(1, types...), section(2, imports...), section(3, slice(fraction)),
		section(4, slice(0x70, 0x00, unsigned(len(many)))),
		section(7, slice(name("many"), 0x00, unsigned(len(many)))),
		section(9, slice(0x00, number, 0, end, unsigned(len(elements)), elements)),
		section(10, vector(body)))
}

// slice puts bytes one after the other: numbers below 128, and bytes.
func slice(parts ...any) (out []byte) {
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			out = append(out, byte(p))
		case []byte:
			out = append(out, p...)
		case [][]byte:
			for _, b := range p {
				out = append(out, b...)
			}
		}
	}
	return out
}

func repeat(b byte, n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = b
	}
	return out
}

// vector is bytes after how many they are.
func vector(b []byte) []byte { return append(unsigned(len(b)), b...) }

func name(s string) []byte { return vector([]byte(s)) }

// unsigned is a number as the format has it: seven bits a byte.
func unsigned(n int) []byte { return binary.AppendUvarint(nil, uint64(n)) }
