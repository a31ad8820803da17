package opendata

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestGuarded: what a spreadsheet would compute is a text, whatever stood before it, and nothing is lost; all else stays.
func TestGuarded(t *testing.T) {
	for _, s := range []string{"=SUM(A1)", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－甲", "＠甲", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1",
		"\u00A0=1", "'=1", "''=1", "' =1", "-甲", "--1", "+甲"} {
		got := guarded(s)
		if got != "'"+s {
			t.Errorf("guarded(%q) = %q", s, got)
		}
		if back := Unguarded(got); back != s {
			t.Errorf("%q comes back as %q", s, back)
		}
	}
	for _, s := range []string{"", "甲", "1=1", "-", "+", "-1", "-1,234.56", "+5", "-5.2%", "—", "'", "'甲", "''", "a=1", "2026", "010001", "≥95%", " 甲", "%"} {
		if got := guarded(s); got != s {
			t.Errorf("guarded(%q) = %q", s, got)
		}
		if back := Unguarded(s); back != s {
			t.Errorf("%q is taken for %q", s, back)
		}
	}
}

// TestSheetRoundTrip: another reader of CSV gets what was written.
func TestSheetRoundTrip(t *testing.T) {
	values := []string{"", "甲,乙", `他说"好"`, "一\n二", " 前", "后 ", "'=1", "\"", "\"\"", ",", "甲", "010001", `\`, ";", "a\tb"}
	columns := []column{{name: "a", kind: text}, {name: "b", kind: text}}
	s := newSheet("x", "", "", columns)
	var want [][]string
	for _, v := range values {
		for _, u := range values {
			s.put(v, u).end()
			want = append(want, []string{guarded(v), guarded(u)})
		}
	}
	raw, marked := bytes.CutPrefix(s.b, []byte(byteOrderMark))
	if !marked || bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\r")) {
		t.Error("no byte order mark, or lines that end otherwise")
	}
	got, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(got) != len(want)+1 {
		t.Fatal(err, len(got))
	}
	for i, row := range got[1:] {
		if !slices.Equal(row, want[i]) {
			t.Errorf("%q comes back as %q", want[i], row)
		}
	}
	if n := strings.Count(string(raw), "\r\n"); n != len(want)+1 {
		t.Errorf("%d lines, want %d", n, len(want)+1)
	}
}

// TestZipIsTheSame: the order of the files and the zone of the date are no part of a zip.
func TestZipIsTheSame(t *testing.T) {
	files := []File{{"b.csv", []byte("b")}, {"a.csv", bytes.Repeat([]byte("甲乙"), 5000)}, {"t/c.csv", nil}}
	day := time.Date(2026, 2, 10, 0, 0, 0, 0, time.UTC)
	one, err := Zip(files, day)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(files)
	two, err := Zip(files, day.In(time.FixedZone("", 8*3600)))
	if err != nil || !bytes.Equal(one, two) {
		t.Error("the same files make another zip", err)
	}
}

func TestPlain(t *testing.T) {
	for s, want := range map[string]string{"4,671.85": "4671.85", "-5.20%": "-5.20", "100%": "100", "—": "", "": "", "三": "", "-": "", "1.2.3": "", "0": "0"} {
		if got := plain(s); got != want {
			t.Errorf("plain(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestASCIIName(t *testing.T) {
	for id, want := range map[string]string{"5-1": "t5-1", "3": "t3", "附1": "tu96441", "A B": "ta_b", "../x": "t___x", "": "t"} {
		if got := asciiName(id); got != want {
			t.Errorf("asciiName(%q) = %q, want %q", id, got, want)
		}
	}
}

// TestWithUnit: numbers have their unit once, words for zero none.
func TestWithUnit(t *testing.T) {
	for _, x := range [][3]string{{"4,671.85", "万元", "4,671.85万元"}, {"-0.50", "元", "-0.50元"}, {"12.30%", "%", "12.30%"}, {"12.3", "%", "12.3%"}, {"2", "", "2"}, {"—", "万元", "—"}, {"无", "万元", "无"}, {"", "万元", ""}} {
		if got := withUnit(x[0], x[1]); got != x[2] {
			t.Errorf("withUnit(%q, %q) = %q, want %q", x[0], x[1], got, x[2])
		}
	}
}
