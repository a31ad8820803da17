//go:build amd64 || arm64

package pdfium

import (
	"bytes"
	"compress/zlib"
	"crypto/md5"
	"crypto/rc4"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// encrypted is a file of one page with the word secret, whose user password is this one, and whose owner's is another
// (ISO 32000-1, 7.6: revision 2, 40 bits).
func encrypted(t testing.TB, user string) []byte {
	t.Helper()
	pad := []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")
	padded := func(s string) []byte { return append([]byte(s), pad...)[:32] }
	cipher := func(key, data []byte) []byte {
		c, err := rc4.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]byte, len(data))
		c.XORKeyStream(out, data)
		return out
	}
	id := []byte("0123456789abcdef")
	ownerKey := md5.Sum(padded("owner"))
	owner := cipher(ownerKey[:5], padded(user))
	const permissions = -4
	seed := append(append(padded(user), owner...), 0xFC, 0xFF, 0xFF, 0xFF)
	sum := md5.Sum(append(seed, id...))
	key := sum[:5]
	d := newDrawing()
	d.page(a4, "", "")
	content := d.pages[0] - 1
	own := md5.Sum(append(append([]byte{}, key...), byte(content), byte(content>>8), byte(content>>16), 0, 0))
	d.objects[content] = stream("", string(cipher(own[:10], []byte("BT /F1 20 Tf 100 700 Td (secret) Tj ET"))))
	d.trailer = fmt.Sprintf("/ID[<%x><%x>]/Encrypt<</Filter/Standard/V 1/R 2/O<%x>/U<%x>/P %d>>", id, id, owner, cipher(key, pad), permissions)
	return d.file()
}

// TestPasswords: what needs a password says so; what only its owner may change is read.
func TestPasswords(t *testing.T) {
	if got := text(first(t, encrypted(t, ""))); got != "secret" {
		t.Errorf("with an owner's password alone it reads %q", got)
	}
	_, err := engine(t).Open("a.pdf", encrypted(t, "1234"))
	if err == nil || err.Error() != "这份 PDF 要密码才能打开；请用 WPS 或 Adobe 打开，另存一份不加密的" {
		t.Errorf("with a user's password: %v", err)
	}
}

// TestRefused: what is no document says so, and what helps.
func TestRefused(t *testing.T) {
	none := newDrawing()
	for name, c := range map[string]struct {
		raw  []byte
		what string
	}{
		"nothing":   {nil, "不是 PDF"},
		"a picture": {[]byte("\x89PNG\r\n\x1a\n"), "不是 PDF"},
		"a head":    {[]byte("%PDF-1.7\n"), "打不开"},
		"no page":   {none.file(), "没有一页"},
		"too long":  {make([]byte, largest+1), "160 MB"},
		"too many":  {many2001(), "2001 页"},
	} {
		f, err := engine(t).Open("a.pdf", c.raw)
		var why *Refused
		if !errors.As(err, &why) || !strings.Contains(why.What, c.what) || why.Remedy == "" {
			t.Errorf("%s: %v, %v", name, f, err)
		}
	}
}

// many2001 is a file of more pages than are read.
func many2001() []byte {
	d := newDrawing()
	page := d.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>")
	for range pagesMost + 1 {
		d.pages = append(d.pages, page)
	}
	return d.file()
}

// deflated is so many MB of one byte after a beginning, as a packed stream.
func deflated(begin string, mb int, of string) string {
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, 9)
	if err != nil {
		panic(err)
	}
	_, _ = w.Write([]byte(begin))
	block := []byte(strings.Repeat(of, 1<<20/len(of)))
	for range mb {
		_, _ = w.Write(block)
	}
	_ = w.Close()
	return stream("/Filter/FlateDecode", b.String())
}

// bombs are files that ask for more than a document does.
func bombs() map[string][]byte {
	out := map[string][]byte{}
	d := newDrawing()
	form := d.add("")
	for range 200 {
		next := d.add("")
		d.objects[form] = stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>", next), "/X Do /X Do")
		form = next
	}
	d.objects[form] = stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", "0 0 m 9 9 l S")
	d.page(a4, "/XObject<</X 4 0 R>>", "/X Do")
	out["forms in forms"] = d.file()

	d = newDrawing()
	d.page(a4, "/XObject<</X 4 0 R>>", "/X Do")
	d.objects[4] = stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 4 0 R>>>>", "/X Do /X Do")
	out["a form in itself"] = d.file()

	d = newDrawing()
	d.page(a4, "", "")
	d.objects[4] = deflated("", 3, "1 1 m 9 1 l S\n")
	out["many lines"] = d.file()

	d = newDrawing()
	d.page(a4, "", "")
	d.objects[4] = deflated("BT /F1 1 Tf ", 2, "(abcdefgh) Tj ")
	out["many letters"] = d.file()

	d = newDrawing()
	d.page(a4, "", "")
	d.objects[4] = deflated("", 200, " ")
	out["a stream of 200 MB"] = d.file()

	d = newDrawing()
	node := 2
	d.objects[2] = ""
	for range 3000 {
		node = d.add(fmt.Sprintf("<</Type/Pages/Count 1/Kids[%d 0 R]>>", node+2))
	}
	d.pages = []int{4}
	out["a deep tree of pages"] = d.file()

	d = newDrawing()
	d.page("/MediaBox[0 0 1e9 1e9]", "", "BT /F1 20 Tf 100 700 Td (big) Tj ET")
	out["a page of 350 km"] = d.file()

	out["brackets in brackets"] = []byte("%PDF-1.7\n1 0 obj\n<</Pages " + strings.Repeat("[", 1_000_000) + "\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
	d = newDrawing()
	d.objects[1] = ""
	out["a circle of pages"] = write(map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"}, "")
	return out
}

// TestBombs: each ends, read or refused, and what is read of it is bounded.
func TestBombs(t *testing.T) {
	for name, raw := range bombs() {
		t.Run(name, func(t *testing.T) {
			glyphs, rules, err := all(engine(t), raw, time.Second)
			t.Logf("%d bytes: %d letters, %d rules, %v", len(raw), glyphs, rules, err)
			if glyphs > glyphsPage || rules > 2*objectsPage {
				t.Errorf("%d letters and %d rules are read", glyphs, rules)
			}
		})
	}
}

// all reads a file, draws its first page and marks it, a page at a time: whatever the file, the error is a *Refused.
func all(e *Engine, raw []byte, page time.Duration) (glyphs, rules int, err error) {
	f, err := e.Open("a.pdf", raw)
	if err != nil {
		return 0, 0, refusal(err)
	}
	defer f.Close()
	f.page = page
	for i := 1; i <= min(f.Pages(), 20); i++ {
		p, wrong := f.Page(i)
		if wrong != nil {
			err = refusal(wrong)
			continue
		}
		glyphs, rules = glyphs+len(p.Glyphs), rules+len(p.Rules)
	}
	if _, wrong := f.Picture(1, 36); wrong != nil {
		err = refusal(wrong)
	}
	if _, wrong := f.Marked([]Mark{{Page: 1, Words: "一"}}); wrong != nil {
		err = refusal(wrong)
	}
	return glyphs, rules, err
}

// refusal is an error that must be one.
func refusal(err error) error {
	var why *Refused
	if !errors.As(err, &why) || why.What == "" || why.Remedy == "" {
		panic(fmt.Sprintf("not refused: %v", err))
	}
	return err
}

// whole is a file with all that is read.
func whole() []byte {
	d := newDrawing()
	fonts := d.chinese()
	form := d.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>", "BT /F1 10 Tf 10 20 Td (form) Tj ET 0 90 m 500 90 l S"))
	for range 3 {
		d.page(a4+"/Rotate 90", fmt.Sprintf("%s/XObject<</X %d 0 R>>", fonts, form),
			"q 90 490 400 300 re W n BT /F1 12 Tf 100 700 Td (1,234.56) Tj /F2 12 Tf 0 -30 Td "+codes("部门预算")+" Tj ET Q /X Do 50 600 500 1 re f 50 500 m 550 500 l 550 100 l S")
	}
	return d.file()
}

// TestDamaged: files cut off and with bits turned over are read as far as they go or refused; nothing panics or hangs.
func TestDamaged(t *testing.T) {
	raw, packed := whole(), streamed()
	for i := range 80 {
		b := bytes.Clone(raw)
		if i%4 == 3 {
			b = bytes.Clone(packed)
		}
		switch at := (i*7919 + 13) % len(b); i % 2 {
		case 0:
			b = b[:at]
		default:
			for k := range 1 + i%9 {
				b[(at+k*131)%len(b)] ^= 1 << (i % 8)
			}
		}
		_, _, _ = all(engine(t), b, pageTime)
	}
}

// TestOnePageIsDamaged: the others are read, also behind one that breaks its sandbox.
func TestOnePageIsDamaged(t *testing.T) {
	d := newDrawing()
	for i := range 5 {
		d.page(a4, "", fmt.Sprintf("BT /F1 20 Tf 100 700 Td (page%d) Tj ET", i))
	}
	d.objects[d.pages[2]-1] = deflated("", 40, "1 1 m 9 1 l S\n")
	e := *engine(t)
	e.page = time.Second / 2
	pages, err := e.Pages("a.pdf", d.file())
	if err != nil || len(pages) != 5 {
		t.Fatal(err, pages)
	}
	for i, want := range []bool{true, true, false, true, true} {
		if (pages[i] != nil) != want || want && text(pages[i]) != fmt.Sprintf("page%d", i) {
			t.Errorf("page %d is read: %t", i+1, pages[i] != nil)
		}
	}
	d.pages = d.pages[2:3]
	if pages, err := e.Pages("a.pdf", d.file()); err == nil {
		t.Errorf("without a page that can be read: %v", pages)
	}
}

// TestTogether: documents are read side by side, each by itself.
func TestTogether(t *testing.T) {
	e := engine(t)
	var wait sync.WaitGroup
	for i := range 4 {
		d := newDrawing()
		for range 5 {
			d.page(a4, "", fmt.Sprintf("BT /F1 20 Tf 100 700 Td (%s) Tj ET", strings.Repeat(fmt.Sprint(i), 30)))
		}
		raw := d.file()
		wait.Go(func() {
			f, err := e.Open("a.pdf", raw)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			for k := 1; k <= f.Pages(); k++ {
				p, err := f.Page(k)
				if err != nil {
					t.Error(err)
				} else if got := text(p); got != strings.Repeat(fmt.Sprint(i), 30) {
					t.Errorf("document %d reads %q", i, got)
				}
			}
		})
	}
	wait.Wait()
}

// TestSandboxIsClosed: the sandbox has no files, and what runs too long is broken off.
func TestSandboxIsClosed(t *testing.T) {
	f := open(t, plain())
	name := f.sandbox.put([]byte("/etc/hostname\x00"))
	if doc := f.sandbox.do("FPDF_LoadDocument", name, 0); doc != 0 || f.sandbox.do("FPDF_GetLastError") != 2 {
		t.Error("the sandbox opens files of the machine")
	}
	done := f.sandbox.within(time.Nanosecond)
	f.sandbox.do("FPDF_LoadPage", f.doc, 0)
	done()
	if f.sandbox.broken == nil {
		t.Error("a call outlives its time")
	}
	if _, err := f.Page(1); err == nil {
		t.Error("a broken sandbox reads on")
	}
}

// FuzzOpen: no bytes panic or hang, and what is not read is refused.
func FuzzOpen(f *testing.F) {
	for _, raw := range [][]byte{plain(), streamed(), whole()} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) { _, _, _ = all(engine(t), raw, pageTime) })
}
