package source

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/testdept"
)

// texts are the files of the samples, of the departments for tests and of departments that are made.
func allTexts(t testing.TB, made int) map[string][]byte {
	out := sampleTexts(t)
	for seed := range made {
		for name, raw := range testdept.Files(uint64(seed)) {
			out[fmt.Sprintf("%d/%s", seed, name)] = raw
		}
	}
	return out
}

// literal is a value as one may set it; ok is false of kinds that are not set.
func (v Value) literal() (l Literal, ok bool) {
	switch v.Kind {
	case TextValue:
		return TextLiteral(v.Text), true
	case TextsValue:
		return TextsLiteral(v.Items), true
	case WholeValue, NumberValue:
		return NumberLiteral(v.Text), true
	case BoolValue:
		return BoolLiteral(v.Text == "true"), true
	case DateValue:
		return Literal{kind: DateValue, text: v.Text}, true
	}
	return Literal{}, false
}

// others are values that differ from one.
func (v Value) others() []Literal {
	switch v.Kind {
	case TextValue:
		return []Literal{TextLiteral(v.Text + "改"), TextLiteral(strings.ReplaceAll(v.Text, "\n", "") + "#"), TextLiteral("甲")}
	case TextsValue:
		return []Literal{TextsLiteral(append(slices.Clone(v.Items), "改")), TextsLiteral(append([]string{"改"}, v.Items...))}
	case WholeValue, NumberValue:
		return []Literal{NumberLiteral("1" + strings.TrimLeft(v.Text, "+-")), NumberLiteral("0.08"), NumberLiteral("987654321987654.25")}
	case BoolValue:
		return []Literal{BoolLiteral(v.Text != "true")}
	case DateValue:
		return []Literal{DateLiteral(1999, 1, 2)}
	}
	return nil
}

func after(t *testing.T, path string, raw []byte, do func(e *Editor)) []byte {
	t.Helper()
	f, _ := Parse(path, raw)
	e := Edit([]*File{f})
	do(e)
	list, err := e.Done()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		return raw
	}
	return list[0].After
}

// Every value of every file can be set to another and back: what is between differs at its literal alone, and in the end no byte.
func TestEveryValueThereAndBack(t *testing.T) {
	values := 0
	texts := allTexts(t, 1)
	for i, path := range slices.Sorted(maps.Keys(texts)) {
		raw := texts[path]
		if i%2 > 0 {
			raw = bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
		}
		f, _ := Parse(path, raw)
		var same []func(*Editor)
		for _, entry := range f.Entries() {
			for _, v := range entry.Values() {
				back, ok := v.literal()
				if !ok {
					continue
				}
				values++
				same = append(same, func(e *Editor) { e.Set(path, entry.Address, v.Key, back) })
				other := v.others()[values%len(v.others())]
				there := after(t, path, raw, func(e *Editor) { e.Set(path, entry.Address, v.Key, other) })
				from, to := int(v.At.Start.Offset), len(raw)-int(v.At.End.Offset)
				for from > 0 && raw[from-1] == ' ' {
					from--
				}
				if bytes.Equal(there, raw) || !bytes.HasPrefix(there, raw[:from]) || !bytes.HasSuffix(there, raw[len(raw)-to:]) {
					t.Fatalf("%s: %s %s = %v: more than the literal: %s", path, entry.Address, v.Key, other, difference(raw, there))
				}
				again := after(t, path, there, func(e *Editor) { e.Set(path, entry.Address, v.Key, back) })
				if !bytes.Equal(again, raw) {
					t.Fatalf("%s: %s %s = %v and back: %s", path, entry.Address, v.Key, other, difference(raw, again))
				}
			}
		}
		if got := after(t, path, raw, both(same...)); !bytes.Equal(got, raw) {
			t.Fatalf("%s: all values set to what they are: %s", path, difference(raw, got))
		}
	}
	if values < 1000 {
		t.Errorf("%d values; is the walk right?", values)
	}
}

// difference is the lines in which two texts differ first.
func difference(a, b []byte) string {
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d: %.300q became %.300q", i+1, x[i:min(i+3, len(x))], y[i:min(i+3, len(y))])
		}
	}
	return fmt.Sprintf("%d lines became %d: %.300q", len(x), len(y), y[min(len(x), len(y)-1):])
}

// An entry put behind each one, with the same values, and taken away again leaves no trace.
func TestEveryEntryInsertedAndDeleted(t *testing.T) {
	entries := 0
	for path, raw := range allTexts(t, 1) {
		f, _ := Parse(path, raw)
		for _, entry := range f.Entries() {
			if !entry.Element {
				continue
			}
			entries++
			var values []KeyValue
			for _, v := range entry.Values() {
				if l, ok := v.literal(); ok {
					values = append(values, KeyValue{v.Key, l})
				}
			}
			there := after(t, path, raw, func(e *Editor) { e.Insert(path, entry.Table, entry.Parent, entry.Address, values) })
			g, _ := Parse(path, there)
			next := entry.Address[:strings.LastIndexByte(entry.Address, '[')] + fmt.Sprintf("[%d]", entry.index()+1)
			if d := sizeOf(g) - sizeOf(f); d != 1 {
				t.Fatalf("%s: %s: %d entries more", path, entry.Address, d)
			}
			if again := after(t, path, there, func(e *Editor) { e.Delete(path, next) }); !bytes.Equal(again, raw) {
				t.Fatalf("%s: behind %s: %s", path, entry.Address, difference(raw, again))
			}
		}
	}
	if entries < 300 {
		t.Errorf("%d entries; is the walk right?", entries)
	}
}

func (e Entry) index() (n int) {
	_, _ = fmt.Sscanf(e.Address[strings.LastIndexByte(e.Address, '['):], "[%d]", &n)
	return n
}

func sizeOf(f *File) int { return len(f.Entries()) }

// remarks are new ones, which stand where others stand when they are made.
var remarks = regexp.MustCompile(` +# 注`)

// Many changes at once are the same as one after the other.
func TestManyChangesAtOnce(t *testing.T) {
	texts := allTexts(t, 10)
	random := rand.New(rand.NewPCG(1, 2))
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		raw := texts[path]
		f, _ := Parse(path, raw)
		var changes []func(*Editor)
		for _, entry := range f.Entries() {
			for _, v := range entry.Values() {
				others := v.others()
				if len(others) == 0 || random.IntN(3) > 0 || v.Kind == WholeValue || v.Kind == NumberValue {
					continue
				}
				other := others[random.IntN(len(others))]
				changes = append(changes, func(e *Editor) { e.Set(path, entry.Address, v.Key, other) })
			}
			if random.IntN(5) == 0 && len(entry.values()) > 0 {
				key := entry.Values()[0].Key
				switch {
				case !entry.Inline:
					changes = append(changes, func(e *Editor) { e.Remark(path, entry.Address, key, "注") })
				case entry.Element:
					changes = append(changes, func(e *Editor) { e.Remark(path, entry.Address, "", "注") })
				}
			}
		}
		random.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
		changes = changes[:min(len(changes), 12)]
		one := raw
		for _, c := range changes {
			one = after(t, path, one, c)
		}
		if all := after(t, path, raw, both(changes...)); !bytes.Equal(remarks.ReplaceAll(all, nil), remarks.ReplaceAll(one, nil)) {
			t.Errorf("%s: %d changes: %s", path, len(changes), difference(one, all))
		}
	}
}
