package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// parsed is a written file taken apart again: enough of a reader for what the writer writes, and no more.
type parsed struct {
	t       testing.TB
	objects map[int][]byte // bodies; of streams, the dictionary
	streams map[int][]byte // unpacked
	info    int
	catalog int
}

func parseFile(t testing.TB, file []byte) *parsed {
	t.Helper()
	p := &parsed{t: t, objects: map[int][]byte{}, streams: map[int][]byte{}}
	at := number(t, file[bytes.LastIndex(file, []byte("startxref\n"))+10:])
	dict, data, _ := p.rawStream(file, at)
	p.catalog, p.info = ref(t, dict, "Root"), ref(t, dict, "Info")
	type place struct{ in, index int }
	var packed = map[int]place{}
	for n := 0; n*7 < len(data); n++ {
		e := data[7*n:]
		field2 := int(e[1])<<24 | int(e[2])<<16 | int(e[3])<<8 | int(e[4])
		switch e[0] {
		case 1:
			if got := number(t, file[field2:]); got != n {
				t.Fatalf("object %d stands where %d should", got, n)
			}
			p.objects[n], p.streams[n], _ = p.rawStream(file, field2)
		case 2:
			packed[n] = place{field2, int(e[5])<<8 | int(e[6])}
		}
	}
	for n, where := range packed {
		stream := p.streams[where.in]
		first := number(t, after(t, p.objects[where.in], "/First "))
		fields := strings.Fields(string(stream[:first]))
		if fields[2*where.index] != strconv.Itoa(n) {
			t.Fatalf("object %d is not number %d of stream %d", n, where.index, where.in)
		}
		from, _ := strconv.Atoi(fields[2*where.index+1])
		to := len(stream) - first
		if 2*where.index+3 < len(fields) {
			to, _ = strconv.Atoi(fields[2*where.index+3])
		}
		p.objects[n] = bytes.TrimSpace(stream[first+from : first+to])
	}
	return p
}

func (p *parsed) rawStream(file []byte, at int) (dict, data []byte, end int) {
	body := file[at:]
	split := bytes.Index(body, []byte("\nstream\n"))
	dict = body[bytes.IndexByte(body, '\n')+1 : split]
	length := number(p.t, dict[bytes.LastIndex(dict, []byte("/Length "))+8:])
	data = body[split+8 : split+8+length]
	if !bytes.HasPrefix(body[split+8+length:], []byte("\nendstream\nendobj\n")) {
		p.t.Fatalf("stream at %d does not end after its length", at)
	}
	if bytes.Contains(dict, []byte("/FlateDecode")) {
		r, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			p.t.Fatal(err)
		}
		if data, err = io.ReadAll(r); err != nil {
			p.t.Fatal(err)
		}
	}
	return dict, data, at
}

func after(t testing.TB, b []byte, key string) []byte {
	t.Helper()
	i := bytes.Index(b, []byte(key))
	if i < 0 {
		t.Fatalf("no %s in %.200s", key, b)
	}
	return b[i+len(key):]
}

func number(t testing.TB, b []byte) int {
	t.Helper()
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	v, err := strconv.Atoi(string(b[:n]))
	if err != nil {
		t.Fatalf("no number at %.20q", b)
	}
	return v
}

func ref(t testing.TB, dict []byte, key string) int {
	t.Helper()
	return number(t, after(t, dict, "/"+key+" "))
}

var refPattern = regexp.MustCompile(`(\d+) 0 R`)

func refs(b []byte) (out []int) {
	for _, m := range refPattern.FindAllSubmatch(b, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		out = append(out, n)
	}
	return out
}

// pages returns the page objects in order.
func (p *parsed) pages() []int {
	return refs(after(p.t, p.objects[pagesObject], "/Kids"))
}

// embedded is a font of the file as a reader sees it.
type embedded struct {
	unicode map[int]string
	widths  map[int]int
	file    []byte
	toGID   []byte // CIDToGIDMap, nil for Identity
	name    string
}

func (p *parsed) fonts() map[string]*embedded {
	out := map[string]*embedded{}
	for _, m := range regexp.MustCompile(`/(F\d+) (\d+) 0 R`).FindAllSubmatch(p.objects[resourcesObject], -1) {
		n, _ := strconv.Atoi(string(m[2]))
		composite := p.objects[n]
		cid := p.objects[refs(after(p.t, composite, "/DescendantFonts"))[0]]
		f := &embedded{unicode: map[int]string{}, widths: map[int]int{}}
		f.name = string(regexp.MustCompile(`/BaseFont/([^/]+)`).FindSubmatch(composite)[1])
		if m := regexp.MustCompile(`/CIDToGIDMap (\d+) 0 R`).FindSubmatch(cid); m != nil {
			f.toGID = p.streams[number(p.t, m[1])]
		}
		f.file = p.streams[ref(p.t, p.objects[ref(p.t, cid, "FontDescriptor")], "FontFile2")]
		for _, m := range regexp.MustCompile(`<(....)> <([0-9A-F]+)>\n`).FindAllSubmatch(p.streams[ref(p.t, composite, "ToUnicode")], -1) {
			if string(m[1]) == "0000" && string(m[2]) == "FFFF" {
				continue // the code space
			}
			code, _ := strconv.ParseUint(string(m[1]), 16, 16)
			f.unicode[int(code)] = fromHex(string(m[2]))
		}
		for _, m := range regexp.MustCompile(`(\d+)\[([\d ]+)\]`).FindAllSubmatch(after(p.t, cid, "/W["), -1) {
			first, _ := strconv.Atoi(string(m[1]))
			for i, w := range strings.Fields(string(m[2])) {
				f.widths[first+i], _ = strconv.Atoi(w)
			}
		}
		out[string(m[1])] = f
	}
	return out
}

// gid is the glyph of the font file that a CID shows.
func (f *embedded) gid(cid int) int {
	if f.toGID == nil {
		return cid
	}
	return int(f.toGID[2*cid])<<8 | int(f.toGID[2*cid+1])
}

func (f *embedded) width(cid int) int {
	if w, ok := f.widths[cid]; ok {
		return w
	}
	return 1000
}

func fromHex(s string) string {
	var units []uint16
	for ; len(s) >= 4; s = s[4:] {
		v, _ := strconv.ParseUint(s[:4], 16, 16)
		units = append(units, uint16(v))
	}
	return string(utf16.Decode(units))
}

// glyphAt is one shown glyph with its place in points, from the lower left corner.
type glyphAt struct {
	x, y, size float64
	text, font string
	cid        int
}

// shown is one marked-content sequence.
type shown struct {
	tag    string
	mcid   int // -1 for artifacts
	glyphs []glyphAt
	rects  int
}

func (s shown) text() string {
	var b strings.Builder
	for _, g := range s.glyphs {
		b.WriteString(g.text)
	}
	return b.String()
}

// interpret runs a content stream and fails when anything is drawn outside of marked content.
func (p *parsed) interpret(stream []byte, fonts map[string]*embedded) (out []shown) {
	var stack []any
	var cur *shown
	var font *embedded
	var name string
	var size, tc, x, lineX, lineY float64
	upright := [6]float64{1, 0, 0, 1, 0, 0}
	ctm, inText := upright, false
	show := func(s string) {
		if cur == nil || !inText {
			p.t.Fatal("text outside of marked content or of a text object")
		}
		for ; len(s) >= 2; s = s[2:] {
			cid := int(s[0])<<8 | int(s[1])
			if cid == 0 {
				p.t.Error("the missing glyph is shown")
			}
			sheetX, sheetY := ctm[0]*x+ctm[2]*lineY+ctm[4], ctm[1]*x+ctm[3]*lineY+ctm[5]
			cur.glyphs = append(cur.glyphs, glyphAt{sheetX, sheetY, size, font.unicode[cid], name, cid})
			x += float64(font.width(cid))/1000*size + tc
		}
	}
	num := func(i int) float64 { return stack[len(stack)-i].(float64) }
	tokens(p.t, stream, func(tok any) {
		op, isOp := tok.(operator)
		if !isOp {
			stack = append(stack, tok)
			return
		}
		switch op {
		case "BDC":
			if cur != nil {
				p.t.Fatal("nested marked content")
			}
			tag, dict := stack[0].(pdfName), stack[1].(dictionary)
			cur = &shown{tag: string(tag), mcid: -1}
			if m := regexp.MustCompile(`/MCID (\d+)`).FindStringSubmatch(string(dict)); m != nil {
				cur.mcid, _ = strconv.Atoi(m[1])
			}
		case "EMC":
			out = append(out, *cur)
			cur = nil
		case "BT":
			if inText || cur != nil {
				p.t.Error("a text object within another or within marked content")
			}
			x, lineX, lineY, inText = 0, 0, 0, true
		case "ET":
			if !inText || cur != nil {
				p.t.Error("a text object ends that has not begun, or within marked content")
			}
			inText = false
		case "Tf":
			name, size = string(stack[0].(pdfName)), num(1)
			font = fonts[name]
		case "Tc":
			tc = num(1)
		case "Td":
			lineX, lineY = lineX+num(2), lineY+num(1)
			x = lineX
		case "Tj":
			show(stack[0].(string))
		case "TJ":
			for _, e := range stack {
				switch e := e.(type) {
				case string:
					show(e)
				case float64:
					x -= e / 1000 * size
				}
			}
		case "re":
			if cur == nil || cur.mcid >= 0 || inText {
				p.t.Error("a rule that is no artifact")
			}
			cur.rects++
		case "q", "Q":
			if cur != nil || inText {
				p.t.Error("marked content or text across a change of coordinates")
			}
			ctm, font, tc = upright, nil, 0
		case "cm":
			for i := range ctm {
				ctm[i] = num(6 - i)
			}
		case "rg", "m", "l", "c", "h":
			if cur == nil || cur.mcid >= 0 && cur.tag != "Figure" || inText {
				p.t.Error("a drawing that is neither of a figure nor an artifact")
			}
		case "f", "g":
		default:
			p.t.Errorf("operator %s", op)
		}
		stack = stack[:0]
	})
	if cur != nil || inText {
		p.t.Error("marked content or a text object is not closed")
	}
	return out
}

type (
	operator   string
	pdfName    string
	dictionary string
)

// tokens splits a content stream; the brackets of arrays are dropped.
func tokens(t testing.TB, b []byte, visit func(any)) {
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == ' ' || c == '\n' || c == '[' || c == ']':
			i++
		case c == '<' && b[i+1] == '<':
			end := i + bytes.Index(b[i:], []byte(">>")) + 2
			visit(dictionary(b[i:end]))
			i = end
		case c == '(':
			var s []byte
			for i++; b[i] != ')'; i++ {
				if b[i] == '\\' {
					i++
					if b[i] == 'r' {
						s = append(s, '\r')
						continue
					}
				}
				s = append(s, b[i])
			}
			i++
			visit(string(s))
		default:
			end := i + 1
			for end < len(b) && !bytes.ContainsRune([]byte(" \n()<>[]/"), rune(b[end])) {
				end++
			}
			word := string(b[i:end])
			i = end
			if c == '/' {
				visit(pdfName(word[1:]))
			} else if v, err := strconv.ParseFloat(word, 64); err == nil {
				visit(v)
			} else {
				visit(operator(word))
			}
		}
	}
}

func (g glyphAt) String() string { return fmt.Sprintf("%s@%.3f,%.3f", g.text, g.x, g.y) }
