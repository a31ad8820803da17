//go:build amd64 || arm64

package pdfium

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"yusuan/internal/pdfread"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// box is a rectangle in points.
func box(left, top, right, bottom int) paper.Box {
	at := func(n int) unit.Length { return unit.Length(n) * unit.Pt }
	return paper.Box{Left: at(left), Top: at(top), Right: at(right), Bottom: at(bottom)}
}

// TestMarkedWhereItIsSeen: however a page is turned and wherever its box begins, a mark colours its boxes and nothing else, and
// says whose it is and what it says.
func TestMarkedWhereItIsSeen(t *testing.T) {
	for _, size := range []string{"/MediaBox[0 0 300 400]", "/MediaBox[-100 50 200 450]", "/MediaBox[-500 -500 2000 2000]/CropBox[10 20 310 420]"} {
		for turn := range 4 {
			d := newDrawing()
			d.page(fmt.Sprintf("%s/Rotate %d", size, 90*turn), "", "")
			marks := []Mark{{Page: 1, Boxes: []paper.Box{box(100, 50, 160, 70), box(20, 200, 40, 210)}, Words: "合计与各行之和不等", Error: true}}
			raw := d.file()
			f := open(t, raw)
			before, err := f.Picture(1, 72)
			if err != nil {
				t.Fatal(err)
			}
			out, err := f.Marked(marks)
			if err != nil {
				t.Fatal(err)
			}
			after, err := open(t, out).Picture(1, 72)
			if err != nil {
				t.Fatal(err)
			}
			a, b := picture(t, before), picture(t, after)
			for y := range a.Bounds().Dy() {
				for x := range a.Bounds().Dx() {
					p := image.Pt(x, y)
					in := p.In(image.Rect(100, 50, 160, 70)) || p.In(image.Rect(20, 200, 40, 210))
					if changed := a.At(x, y) != b.At(x, y); changed != in {
						t.Fatalf("%s turned %d: the point %v is changed: %t", size, turn, p, changed)
					}
				}
			}
			if !bytes.Contains(out[len(raw):], []byte(textString("合计与各行之和不等"))) || !bytes.Contains(out[len(raw):], []byte(textString("yusuan 核对"))) {
				t.Error("the note does not say what is wrong, and whose it is")
			}
		}
	}
}

// streamed is a file as newer programs write it: objects packed in a stream, and the cross-reference as a stream.
func streamed() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	packed := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Annots 4 0 R>>", "[5 0 R]",
		"<</Type/Annot/Subtype/Square/Rect[10 10 20 20]/C[0 0 1]/F 4>>"}
	head, body := "", ""
	for i, o := range packed {
		head += fmt.Sprintf("%d %d ", i+1, len(body))
		body += o + " "
	}
	at := b.Len()
	fmt.Fprintf(&b, "6 0 obj\n%s\nendobj\n", stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(packed), len(head)), head+body))
	x := b.Len()
	rows := []byte{0, 0, 0, 0, 0}
	for i := range packed {
		rows = append(rows, 2, 0, 0, 6, byte(i))
	}
	for _, offset := range []int{at, x} {
		rows = append(rows, 1, byte(offset>>16), byte(offset>>8), byte(offset), 0)
	}
	fmt.Fprintf(&b, "7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", stream("/Type/XRef/Size 8/W[1 3 1]/Root 1 0 R/ID[<0102><0304>]", string(rows)), x)
	return b.Bytes()
}

// plain is a file with a table, a note of its own, and text.
func plain() []byte {
	d := newDrawing()
	own := d.add("<</Type/Annot/Subtype/Square/Rect[10 10 20 20]/C[0 0 1]/F 4>>")
	d.page(a4+fmt.Sprintf("/Annots[%d 0 R]", own), "", "BT /F1 20 Tf 100 700 Td (1,234.56) Tj ET")
	d.page(a4, "", "BT /F1 20 Tf 100 700 Td (second) Tj ET")
	d.trailer = "/ID[<0102><0304>]"
	return d.file()
}

// TestMarkedIsAdded: the bytes of the file stay, its notes stay, its text stays, marks can be added again, and the same marks of
// the same file are the same bytes; other programs find nothing wrong.
func TestMarkedIsAdded(t *testing.T) {
	for name, raw := range map[string][]byte{"table": plain(), "streams": streamed()} {
		marks := []Mark{
			{Page: 1, Boxes: []paper.Box{box(100, 80, 200, 100)}, Words: "一", Error: true},
			{Page: 1, Boxes: []paper.Box{box(100, 80, 200, 100)}, Words: "二"},
			{Page: 1, Words: "没有位置的"}, {Words: "没有页码的"}, {Page: 1, Boxes: []paper.Box{box(10, 80, 20, 100)}, Words: "三"},
		}
		f := open(t, raw)
		out, err := f.Marked(marks)
		if err != nil {
			t.Fatal(name, err, errors.Unwrap(err))
		}
		if name == "streams" && !bytes.Contains(out, []byte("/QuadPoints[100 320 200 320 100 300 200 300]")) { // programs draw them upper left, upper right, lower left, lower right
			t.Errorf("%s: the corners of a mark are in another order", name)
		}
		again, err := f.Marked(marks)
		if err != nil || !bytes.Equal(out, again) {
			t.Errorf("%s: marked again it is other bytes (%v)", name, err)
		}
		twice, err := open(t, out).Marked([]Mark{{Page: open(t, raw).Pages(), Boxes: []paper.Box{box(10, 10, 20, 20)}, Words: "四"}})
		if err != nil {
			t.Fatal(name, err)
		}
		if !bytes.HasPrefix(out, raw) || !bytes.HasPrefix(twice, out) {
			t.Errorf("%s: the bytes before are not what they were", name)
		}
		for i, want := range []int{4, 5} {
			got := annotations(t, [][]byte{out, twice}[i])
			if got != want+1 {
				t.Errorf("%s: %d notes after %d times, not %d and the file's own", name, got, i+1, want)
			}
		}
		if text(first(t, raw)) != text(first(t, twice)) {
			t.Errorf("%s: reads %q", name, text(first(t, twice)))
		}
		if !bytes.Contains(out, []byte(textString("一\n二"))) {
			t.Errorf("%s: two marks of one box are not one note", name)
		}
		t.Run(name, func(t *testing.T) { unbroken(t, twice) })
	}
}

// annotations is how many notes all pages have.
func annotations(t *testing.T, raw []byte) (n int) {
	t.Helper()
	file, err := pdfread.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := file.PageRefs()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range pages {
		page, err := file.Resolve(r)
		if err != nil {
			t.Fatal(err)
		}
		list, err := file.Resolve(page.(pdfread.Dict)["Annots"])
		if err != nil {
			t.Fatal(err)
		}
		a, _ := list.(pdfread.Array)
		for _, r := range a {
			if o, err := file.Resolve(r); err != nil || o.(pdfread.Dict)["Subtype"] == nil {
				t.Errorf("a note is %v (%v)", o, err)
			}
		}
		n += len(a)
	}
	return n
}

// unbroken asks qpdf whether it finds something wrong.
func unbroken(t *testing.T, raw []byte) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Skip("no qpdf")
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, raw, 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(qpdf, "--check", name).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
}

// TestNotMarked: what nothing can be added to says why, and what helps.
func TestNotMarked(t *testing.T) {
	for name, raw := range map[string][]byte{
		"encrypted": encrypted(t, ""),
		"no table":  bytes.Replace(plain(), []byte("startxref"), []byte("startxxxx"), 1),
	} {
		_, err := open(t, raw).Marked([]Mark{{Page: 1, Words: "一"}})
		var why *Refused
		if !errors.As(err, &why) || why.Remedy == "" || name == "encrypted" && !strings.Contains(why.What, "加了密") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
