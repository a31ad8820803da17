package pdfread

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestBoundsHold: what documents of this program took, measured with the bench of linear cost, is within the bounds of files
// of their size, and so is twice of it.
func TestBoundsHold(t *testing.T) {
	for _, c := range []struct {
		what string
		size int
		bounds
		costs
	}{
		{"100,000 projects", 72_597_690, bounds{39, 20_000, 13_610_667, 24_885_344, 25_654_444},
			costs{unpacked: 248_279_172, read: 41_956_130, content: 145_414_726, rows: 1_964_693, shown: 31_293_970}},
		{"70,000 indicators that are alike", 16_113_351, bounds{40, 4_000, 3_498_418, 3_822_290, 12_600_418},
			costs{unpacked: 55_858_099, read: 8_088_274, content: 23_048_177, rows: 504_287, shown: 4_127_528}},
		{"14 MB of one sentence", 3_219_686, bounds{39, 8_000, 1 << 20, 1 << 20, 13_870_053},
			costs{unpacked: 29_778_821, read: 5_118_946, content: 13_979_940, rows: 26_976, shown: 9_572_645}},
		{"9,000 files", 2_530_781, bounds{9_040, 20_000, 1 << 20, 4 << 20, 3 << 20}, costs{unpacked: 6 << 20, read: 4 << 20, rows: 30_000}},
	} {
		b, m := newBounds(c.size), newCosts(c.size)
		for name, v := range map[string][2]int{
			"attached": {c.attached, b.attached}, "values": {c.values, b.values}, "xref": {c.xref, b.xref}, "packed": {c.packed, b.packed},
			"attach": {c.attach, b.attach}, "unpacked": {c.unpacked, m.mostUnpacked}, "read": {c.read, m.mostRead}, "content": {c.content, m.mostContent},
			"rows": {c.rows, m.mostRows}, "shown": {c.shown, m.mostShown},
		} {
			if 2*v[0] > v[1] {
				t.Errorf("%s: %s took %d, the bound is %d", c.what, name, v[0], v[1])
			}
		}
	}
}

// TestBoundsGrow: the bounds of what grows with the document grow in proportion to the file, and up to five megabytes a
// stranger's file has no more than five megabytes' worth.
func TestBoundsGrow(t *testing.T) {
	ratio := func(a, b int) int { return int(int64(b) * 100 / int64(a)) }
	for _, times := range []int{1, 2, 10, 100} {
		a, b := newBounds(full), newBounds(times*full)
		for name, v := range map[string][2]int{"values": {a.values, b.values}, "xref": {a.xref, b.xref}, "packed": {a.packed, b.packed}, "attach": {a.attach, b.attach}} {
			if got := ratio(v[0], v[1]); got != 100*times {
				t.Errorf("%s of a file %d times as large: %d%%", name, times, got)
			}
		}
		if got := b.attached - a.attached; got != (times-1)*full/64 {
			t.Errorf("attached files of a file %d times as large: %d more", times, got)
		}
	}
	small, at := newBounds(1), newBounds(full)
	if small.attached = at.attached; small != at {
		t.Errorf("a small file has %+v, one of five megabytes %+v", small, at)
	}
}

// TestLargeObjectStream: an object stream of more than a small file may have is read in a large file, and refused in a
// small one.
func TestLargeObjectStream(t *testing.T) {
	noise := make([]byte, 8<<20)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte('a' + r.IntN(26))
	}
	const index = "2 0 "
	inside := index + "<</Type/Pages/MediaBox[0 0 1 1]/Kids[<<>>]/Alone(" + strings.Repeat(" ", 20<<20) + ")>>"
	for _, c := range []struct {
		more string
		want error
	}{{"", ErrTooMuch}, {string(noise), nil}} {
		f, err := Open(pack(map[int]string{
			1: "<</Pages 2 0 R>>", 3: stream("", c.more),
			4: stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", deflate(t, inside)),
		}, map[int]int{2: 4}))
		if err != nil {
			t.Fatal(err)
		}
		if pages, err := f.Pages(); !errors.Is(err, c.want) || err == nil && len(pages) != 1 {
			t.Errorf("beside %d bytes: %d pages, %v, want %v", len(c.more), len(pages), err, c.want)
		}
	}
}
