package pdfread

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Update is what is added at the end of a file: new objects, and old ones anew (7.5.6). All bytes before it stay, and with them
// a signature of them.
type Update struct {
	f       *File
	next    int
	objects map[int]updated
}

type updated struct {
	generation int
	body       []byte
}

// maxObject is the highest number that every program reads.
const maxObject = 1<<23 - 1

// Update begins an update of the file.
func (f *File) Update() (*Update, error) {
	size, _ := f.trailer["Size"].(Int)
	u := &Update{f: f, next: max(1, int(min(size, maxObject))), objects: map[int]updated{}}
	for n := range f.entries {
		u.next = max(u.next, n+1)
	}
	if u.next > maxObject-1<<16 {
		return nil, fmt.Errorf("%w: numbers of objects", ErrTooMuch)
	}
	if _, err := f.Catalog(); err != nil {
		return nil, err
	}
	return u, nil
}

// Add adds an object, as it is written between obj and endobj.
func (u *Update) Add(body string) Ref {
	u.objects[u.next] = updated{body: []byte(body)}
	u.next++
	return Ref(u.next - 1)
}

// Append adds elements to a list in a dictionary of the file, which else stays as it is written.
func (u *Update) Append(r Ref, key Name, elements string) error {
	body, generation, err := u.f.source(r)
	if err != nil {
		return err
	}
	if old, ok := u.objects[int(r)]; ok {
		body = old.body
	}
	rest, value, err := without(body, key)
	if err != nil {
		return fmt.Errorf("object %d: %w", int(r), err)
	}
	inner, err := u.f.elements(value)
	if err != nil {
		return fmt.Errorf("object %d: /%s: %w", int(r), key, err)
	}
	list := fmt.Sprintf("<</%s[%s %s]", key, inner, elements)
	u.objects[int(r)] = updated{generation, append([]byte(list), rest...)}
	return nil
}

// source is an object as it is written.
func (f *File) source(r Ref) (body []byte, generation int, err error) {
	if _, err := f.Resolve(r); err != nil { // within all bounds
		return nil, 0, err
	}
	e, ok := f.entries[int(r)]
	if !ok || e.free {
		return nil, 0, fmt.Errorf("object %d is not there: %w", int(r), errSyntax)
	}
	l := lexer{b: f.raw, at: e.at, most: f.bounds.values}
	if e.stream > 0 {
		p := f.packed[e.stream]
		l = lexer{b: p.data, at: p.offsets[int(r)], most: f.bounds.values}
	} else {
		for i := range 3 { // n g obj
			o, _ := l.object(0, false)
			if g, ok := o.(Int); i == 1 && ok {
				generation = int(g)
			}
		}
	}
	l.skip()
	start := l.at
	if _, err := l.object(0, true); err != nil {
		return nil, 0, err
	}
	return l.b[start:l.at], generation, nil
}

// without is a dictionary as it is written after its first <<, without one key, and the value of that key.
func without(body []byte, key Name) (rest, value []byte, err error) {
	l := lexer{b: body}
	if !bytes.HasPrefix(body, []byte("<<")) {
		return nil, nil, fmt.Errorf("no dictionary: %w", errSyntax)
	}
	from := 2
	for l.at = 2; ; {
		if l.done() {
			return nil, nil, l.fail("a dictionary without end")
		}
		if l.b[l.at] == '>' {
			return append(rest, body[from:]...), value, nil
		}
		start := l.at
		name, err := l.name()
		if err != nil {
			return nil, nil, err
		}
		l.skip()
		at := l.at
		if _, err := l.object(1, true); err != nil {
			return nil, nil, err
		}
		if name == key {
			value = body[at:l.at]
			rest = append(append(rest, body[from:start]...), ' ')
			from = l.at
		}
	}
}

// elements is what stands between the brackets of a list, which may be an object of its own.
func (f *File) elements(list []byte) ([]byte, error) {
	for range 8 {
		l := lexer{b: list}
		if l.done() {
			return nil, nil
		}
		o, err := l.object(0, true)
		if err != nil {
			return nil, err
		}
		switch o := o.(type) {
		case nil:
			return nil, nil
		case Array:
			return bytes.TrimSpace(list)[1 : len(bytes.TrimSpace(list))-1], nil
		case Ref:
			if e, ok := f.entries[int(o)]; !ok || e.free {
				return nil, nil
			}
			if list, _, err = f.source(o); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("%T is no list: %w", o, errSyntax)
		}
	}
	return nil, errSyntax
}

// PageRefs are the objects of the pages, in their order.
func (f *File) PageRefs() ([]Ref, error) {
	root, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	var out []Ref
	seen := map[Ref]bool{}
	var walk func(o any, depth int) error
	walk = func(o any, depth int) error {
		r, ok := o.(Ref)
		if !ok || seen[r] || depth > maxDepth || len(out) > f.mostPages() {
			return fmt.Errorf("the tree of pages: %w", errSyntax)
		}
		seen[r] = true
		d, err := f.dict(r)
		if err != nil {
			return err
		}
		kids, err := f.Resolve(d["Kids"])
		if err != nil {
			return err
		}
		list, ok := kids.(Array)
		if !ok {
			out = append(out, r)
			return nil
		}
		for _, k := range list {
			if err := walk(k, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return out, walk(root["Pages"], 0)
}

// Bytes is the file with the update. The same update of the same file is the same bytes.
func (u *Update) Bytes() []byte {
	f := u.f
	out := bytes.NewBuffer(slices.Clone(f.raw))
	if !bytes.HasSuffix(f.raw, []byte("\n")) {
		out.WriteByte('\n')
	}
	at := map[int]int{}
	numbers := slices.Sorted(maps.Keys(u.objects))
	for _, n := range numbers {
		at[n] = out.Len()
		fmt.Fprintf(out, "%d %d obj\n%s\nendobj\n", n, u.objects[n].generation, u.objects[n].body)
	}
	start := out.Len()
	trailer := u.trailer(out.Bytes()[len(f.raw):])
	if f.streamed {
		at[u.next] = start
		u.objects[u.next] = updated{}
		u.stream(out, append(numbers, u.next), at, trailer)
	} else {
		out.WriteString("xref\n")
		for _, n := range numbers {
			fmt.Fprintf(out, "%d 1\n%010d %05d n \n", n, at[n], u.objects[n].generation)
		}
		fmt.Fprintf(out, "trailer\n<</Size %d%s>>\n", u.next, trailer)
	}
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", start)
	return out.Bytes()
}

// stream writes the section as a stream, as the last of the file is one.
func (u *Update) stream(out *bytes.Buffer, numbers []int, at map[int]int, trailer string) {
	var index strings.Builder
	var rows []byte
	for _, n := range numbers {
		fmt.Fprintf(&index, " %d 1", n)
		rows = append(rows, 1)
		rows = binary.BigEndian.AppendUint32(rows, uint32(at[n]))
		rows = binary.BigEndian.AppendUint16(rows, uint16(u.objects[n].generation))
	}
	fmt.Fprintf(out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Index[%s]%s/Length %d>>\nstream\n%s\nendstream\nendobj\n",
		u.next, u.next+1, strings.TrimSpace(index.String()), trailer, len(rows), rows)
}

// trailer is what the section says beside the number of objects: where the one before it is, and what leads into the document.
func (u *Update) trailer(added []byte) string {
	out := fmt.Sprintf("/Prev %d", u.f.start)
	for _, key := range []Name{"Root", "Info"} {
		if r, ok := u.f.trailer[key].(Ref); ok {
			generation := 0
			if _, g, err := u.f.source(r); err == nil {
				generation = g
			}
			out += fmt.Sprintf("/%s %d %d R", key, int(r), generation)
		}
	}
	if id, err := u.f.Resolve(u.f.trailer["ID"]); err == nil {
		if list, ok := id.(Array); ok && len(list) == 2 {
			if first, ok := list[0].(String); ok { // the first names the document, the second this state of it
				second, _ := list[1].(String)
				sum := sha256.Sum256(append([]byte(second), added...))
				out += fmt.Sprintf("/ID[<%x><%x>]", string(first), sum[:16])
			}
		}
	}
	return out
}
