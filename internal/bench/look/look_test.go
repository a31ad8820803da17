package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
)

// bounded are the documents whose figures may not get worse.
var bounded = []string{"data/2026/338", "data/2025/338", "testdata/departments/2018/101", "testdata/departments/2025/010", "testdata/departments/2026/415",
	"testdata/departments/2026/501"}

const boundsFile = "testdata/bounds.txt"

// TestNoWorse holds the figures of documents against those in testdata/bounds.txt. UPDATE=1 lowers bounds and never raises
// one: who has a reason to does it by hand, where a reviewer sees it.
func TestNoWorse(t *testing.T) {
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	bounds := readBounds(t)
	lower := os.Getenv("UPDATE") != ""
	for _, dir := range bounded {
		d, err := set(s, os.DirFS("../../.."), dir)
		if err != nil {
			t.Fatal(err)
		}
		r := measure(d)
		bound, ok := bounds[dir]
		if !ok {
			bounds[dir] = r.figures
			if !lower {
				t.Errorf("%s has no bounds; UPDATE=1 writes them", dir)
			}
			continue
		}
		for k, now := range r.figures {
			what := described[k].what
			switch {
			case now > bound[k]:
				t.Errorf("%s: %s: %d, at most %d before:\n%s", dir, what, now, bound[k], r.of(kind(k)))
			case now < bound[k] && lower:
				bound[k] = now
			case now < bound[k]:
				t.Errorf("%s: %s: %d, better than the bound of %d; UPDATE=1 go test ./internal/bench/look lowers it", dir, what, now, bound[k])
			}
		}
		bounds[dir] = bound
	}
	if lower {
		writeBounds(t, bounds)
	}
}

// of lists the findings of a kind.
func (r *report) of(k kind) string {
	var b strings.Builder
	for i := range r.findings {
		if f := &r.findings[i]; f.kind == k {
			fmt.Fprintf(&b, "    %s\n", f)
		}
	}
	return b.String()
}

func readBounds(t *testing.T) map[string][kinds]int {
	t.Helper()
	out := map[string][kinds]int{}
	raw, err := os.ReadFile(boundsFile)
	if os.IsNotExist(err) && os.Getenv("UPDATE") != "" {
		return out
	}
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	for text := range strings.Lines(string(raw)) {
		fields := strings.Fields(text)
		switch {
		case len(fields) == 0 || fields[0] == "#":
		case heads == nil:
			heads = fields[:len(fields)-1]
		case len(fields) != len(heads)+1:
			t.Fatalf("%s: %d fields, want %d: %s", boundsFile, len(fields), len(heads)+1, text)
		default:
			var row [kinds]int
			for k := range row {
				row[k] = math.MaxInt // a kind that is new has no bound yet
			}
			for i, head := range heads {
				k := slices.IndexFunc(described[:], func(x description) bool { return x.head == head })
				n, err := strconv.Atoi(fields[i])
				if k < 0 || err != nil {
					t.Fatalf("%s: column %s: %v", boundsFile, head, err)
				}
				row[k] = n
			}
			out[fields[len(heads)]] = row
		}
	}
	return out
}

func writeBounds(t *testing.T, bounds map[string][kinds]int) {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("# Upper bounds of what `make look` counts; it says what the columns are. UPDATE=1 go test ./internal/bench/look lowers them.\n")
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, x := range described {
		fmt.Fprintf(w, "%s\t", x.head)
	}
	fmt.Fprint(w, "  document\n")
	for _, dir := range bounded {
		row := bounds[dir]
		for _, n := range row {
			fmt.Fprintf(w, "%d\t", n)
		}
		fmt.Fprintf(w, "  %s\n", dir)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.FromSlash(boundsFile), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
