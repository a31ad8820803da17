package ofd_test

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/ofd"
	"yusuan/internal/testofd"
	"yusuan/internal/typeset/page"
)

// TestPackagesAreSound holds packages against the standards that they claim, by every rule of testofd.
func TestPackagesAreSound(t *testing.T) {
	for _, plain := range []bool{false, true} {
		for _, f := range testofd.Check(written(t, small(t), ofd.Options{Plain: plain}), testofd.Options{Plain: plain}) {
			t.Errorf("plain %t: %s", plain, f)
		}
	}
	for name, set := range map[string]func(d *page.Document){
		"draft": func(d *page.Document) { d.Info.Draft = "草稿" }, "notice": func(d *page.Document) { d.Info.Notice = "对照稿" },
	} {
		d := small(t)
		d.Files = nil
		set(d)
		raw := written(t, d, ofd.Options{})
		for _, f := range testofd.Check(raw, testofd.Options{Plain: true}) {
			t.Errorf("%s: %s", name, f)
		}
		if !slices.ContainsFunc(testofd.Check(raw, testofd.Options{}), func(f testofd.Finding) bool { return f.Rule == testofd.Archive }) {
			t.Errorf("a %s claims to be for archives", name)
		}
	}
}

// mutant is a way to break a package, and the rule that finds it.
type mutant struct {
	name  string
	rule  testofd.Rule
	entry string // a pattern of its name: the first that is matched is changed
	old   string // a pattern, the first match of which becomes
	new   string
}

func mutants() []mutant {
	const (
		page, document, res = `Page_0/Content\.xml$`, `Document\.xml$`, `PublicRes\.xml$`
		annots, files, tags = `Annots/.*_0.*\.xml$`, `Attachments\.xml$`, `Structure\.xml$`
	)
	return []mutant{
		{"a BOM", testofd.XMLForm, page, `^`, "\ufeff"},
		{"another encoding", testofd.XMLForm, page, `UTF-8`, "GBK"},
		{"entities", testofd.XMLForm, document, `\?>`, `?><!DOCTYPE x [<!ENTITY a "b">]>`},
		{"a comment", testofd.XMLForm, document, `<ofd:Pages>`, `<!-- --><ofd:Pages>`},
		{"cut off", testofd.XMLForm, page, `</ofd:Page>$`, ``},
		{"another prefix", testofd.XMLForm, res, `<ofd:Fonts>(.*)</ofd:Fonts>`, `<o:Fonts>$1</o:Fonts>`},
		{"another namespace", testofd.XMLForm, page, `2016`, `2017`},
		{"order in Document", testofd.Element, document, `(<ofd:CommonData>.*</ofd:CommonData>)(.*</ofd:Pages>)`, `$2$1`},
		{"order in DocInfo", testofd.Element, `^OFD\.xml$`, `(<ofd:Title>.*</ofd:Title>)(<ofd:Author>.*</ofd:Author>)`, `$2$1`},
		{"no DocRoot", testofd.Element, `^OFD\.xml$`, `<ofd:DocRoot>.*</ofd:DocRoot>`, ``},
		{"two areas", testofd.Element, document, `(<ofd:PageArea>.*</ofd:PageArea>)`, `$1$1`},
		{"glyphs behind the text", testofd.Element, page, `(<ofd:CGTransform.*?</ofd:CGTransform>)(<ofd:TextCode.*?</ofd:TextCode>)`, `$2$1`},
		{"colour behind the path", testofd.Element, page, `(<ofd:FillColor[^>]*/>)(<ofd:AbbreviatedData>.*?</ofd:AbbreviatedData>)`, `$2$1`},
		{"text between", testofd.Element, document, `<ofd:Pages>`, `<ofd:Pages>x`},
		{"an unknown element", testofd.Element, document, `</ofd:Document>`, `<ofd:Sound/></ofd:Document>`},
		{"a page without a place", testofd.Attribute, document, ` BaseLoc="[^"]*"`, ``},
		{"an outline without a title", testofd.Attribute, document, ` Title="[^"]*"`, ``},
		{"an object without a box", testofd.Attribute, page, ` Boundary="[^"]*"`, ``},
		{"an unknown attribute", testofd.Attribute, page, `<ofd:TextObject`, `<ofd:TextObject Colour="1"`},
		{"an exponent", testofd.Value, page, ` Size="[^"]*"`, ` Size="1e1"`},
		{"needless zeros", testofd.Value, page, ` Size="[^"]*"`, ` Size="5.640"`},
		{"two blanks", testofd.Value, page, `Boundary="(\S+) `, `Boundary="$1  `},
		{"an empty box", testofd.Value, page, `Boundary="(\S+) (\S+) (\S+) \S+"`, `Boundary="$1 $2 $3 0"`},
		{"a word for a truth", testofd.Value, page, ` Stroke="false"`, ` Stroke="no"`},
		{"a date of another form", testofd.Value, `^OFD\.xml$`, `2026-02-03`, `2026/2/3`},
		{"another version", testofd.Value, `^OFD\.xml$`, ` Version="1.0"`, ` Version="1.1"`},
		{"an event that is none", testofd.Value, document, `CLICK`, `HOVER`},
		{"a run of equal steps", testofd.Value, page, ` DeltaX="[^"]*"`, ` DeltaX="g 8 7.7"`},
		{"an ID twice", testofd.IDs, page, `(TextObject ID=)"\d+"(.*?TextObject ID=)"(\d+)"`, `$1"$3"$2"$3"`},
		{"an ID 0", testofd.IDs, page, `(TextObject ID=)"\d+"`, `$1"0"`},
		{"a greatest ID too small", testofd.IDs, document, `<ofd:MaxUnitID>\d+`, `<ofd:MaxUnitID>3`},
		{"a font that is none", testofd.Reference, page, ` Font="\d+"`, ` Font="999999"`},
		{"a goal that is no page", testofd.Reference, document, ` PageID="\d+"`, ` PageID="999999"`},
		{"a colour space that is none", testofd.Reference, document, `<ofd:DefaultCS>\d+`, `<ofd:DefaultCS>999999`},
		{"a page that is not there", testofd.Location, document, `BaseLoc="[^"]*"`, `BaseLoc="Pages/Page_9/Content.xml"`},
		{"a font that is not there", testofd.Location, res, `<ofd:FontFile>`, `<ofd:FontFile>x`},
		{"a way out of the package", testofd.Location, files, `<ofd:FileLoc>`, `<ofd:FileLoc>../../../`},
		{"a page left out", testofd.Stray, document, `<ofd:Page ID="\d+" BaseLoc="[^"]*"/></ofd:Pages>`, `</ofd:Pages>`},
		{"a box too small", testofd.Box, page, `(TextObject ID="\d+" Boundary="\S+ \S+) \S+ `, `$1 3 `},
		{"a text below its box", testofd.Box, page, `(TextCode [^>]*Y=)"[^"]*"`, `$1"90"`},
		{"a path outside of its box", testofd.Box, page, `AbbreviatedData>M \S+`, `AbbreviatedData>M -7`},
		{"a step too few", testofd.Delta, page, `( DeltaX="[^" ]*) [^" ]*`, `$1`},
		{"no steps", testofd.Delta, page, ` DeltaX="[^"]*"`, ``},
		{"no beginning", testofd.Delta, page, `TextCode X="[^"]*"`, `TextCode`},
		{"a count of glyphs", testofd.Glyphs, page, ` GlyphCount="\d+"`, ` GlyphCount="99"`},
		{"a count of characters", testofd.Glyphs, page, ` CodeCount="\d+"`, ` CodeCount="99"`},
		{"a glyph behind the font's", testofd.Glyphs, page, `<ofd:Glyphs>\d+`, `<ofd:Glyphs>9999`},
		{"another character's glyph", testofd.Glyphs, page, `<ofd:Glyphs>(\d+) (\d+)`, `<ofd:Glyphs>$2 $1`},
		{"another character", testofd.Glyphs, page, `预算`, `决算`},
		{"company beyond the plane", testofd.BeyondBMP, page, `>𬭁<`, `>𬭁𬭁<`},
		{"an operator that is none", testofd.PathData, page, ` L `, ` N `},
		{"a number too few", testofd.PathData, page, ` L \S+ `, ` L `},
		{"not closed", testofd.PathData, page, ` C</ofd:Abb`, `</ofd:Abb`},
		{"no blank", testofd.PathData, page, ` C `, ` C`},
		{"no fill", testofd.PathPaint, page, ` Fill="true"`, ``},
		{"a stroke", testofd.PathPaint, page, ` Stroke="false"`, ``},
		{"no colour", testofd.PathPaint, page, `<ofd:FillColor[^>]*/>`, ``},
		{"the name of a subset", testofd.FontName, res, ` FontName="`, ` FontName="ABCDEF+`},
		{"not for archives", testofd.Archive, `^OFD\.xml$`, `OFD-A`, `OFD`},
		{"permissions", testofd.Archive, document, `</ofd:Outlines>`, `</ofd:Outlines><ofd:Permissions/>`},
		{"no colour space", testofd.Archive, document, `<ofd:DefaultCS>\d+</ofd:DefaultCS>`, ``},
		{"a size that all have", testofd.Archive, page, `<ofd:Content>`, `<ofd:Area><ofd:PhysicalBox>0 0 210.0001 297.0001</ofd:PhysicalBox></ofd:Area><ofd:Content>`},
		{"a link that can be moved", testofd.Annotated, annots, ` ReadOnly="true"`, ``},
		{"an attachment that is no text", testofd.Attached, files, ` Format="[^"]*"`, ` Format="XLSX"`},
		{"an attachment whose name ends like its file", testofd.Attached, files, ` Name="([^"]*)"(.*?>[^<]*(\.\w+)</ofd:FileLoc>)`, ` Name="$1$3"$2`},
		{"a tag of an object of another page", testofd.Tags, tags, `PageRef="(\d+)">\d+<`, `PageRef="$1">999999<`},
	}
}

// TestMutantsAreFound breaks a sound package in every way, and each is found by its rule: a rule that finds nothing is none.
func TestMutantsAreFound(t *testing.T) {
	raw := written(t, small(t), ofd.Options{})
	seen := map[testofd.Rule]bool{}
	for _, m := range mutants() {
		entries, err := testofd.Unpacked(raw)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(entries, func(e testofd.Entry) bool {
			return regexp.MustCompile(m.entry).MatchString(e.Name) && regexp.MustCompile("(?s)"+m.old).Match(e.Data)
		})
		if at < 0 {
			t.Errorf("%s: nothing to break", m.name)
			continue
		}
		entries[at].Data = once(entries[at].Data, regexp.MustCompile("(?s)"+m.old), m.new)
		found(t, m.name, m.rule, testofd.Packed(entries))
		seen[m.rule] = true
	}
	for _, m := range binaryMutants(t, raw) {
		found(t, m.name, m.rule, m.raw)
		seen[m.rule] = true
	}
	for _, r := range testofd.Rules() {
		if !seen[r] {
			t.Errorf("nothing breaks %s", r)
		}
	}
}

func found(t *testing.T, name string, rule testofd.Rule, raw []byte) {
	t.Helper()
	var others []string
	for _, f := range testofd.Check(raw, testofd.Options{}) {
		if f.Rule == rule {
			return
		}
		others = append(others, f.String())
	}
	t.Errorf("%s: %s found nothing; others: %s", name, rule, strings.Join(others, "; "))
}

// once replaces the first match alone.
func once(b []byte, old *regexp.Regexp, by string) []byte {
	m := old.FindSubmatchIndex(b)
	return slices.Concat(b[:m[0]], old.Expand(nil, []byte(by), b, m), b[m[1]:])
}

type binaryMutant struct {
	name string
	rule testofd.Rule
	raw  []byte
}

// binaryMutants are what is broken in the package itself and in its fonts.
func binaryMutants(t *testing.T, raw []byte) (out []binaryMutant) {
	t.Helper()
	unpacked := func() []testofd.Entry {
		e, err := testofd.Unpacked(raw)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	packed := func(name string, rule testofd.Rule, fn func(e []testofd.Entry) []testofd.Entry) {
		out = append(out, binaryMutant{name, rule, testofd.Packed(fn(unpacked()))})
	}
	bytesOf := func(name string, rule testofd.Rule, fn func(b []byte) []byte) {
		out = append(out, binaryMutant{name, rule, fn(bytes.Clone(raw))})
	}
	packed("OFD.xml last", testofd.ZipOrder, func(e []testofd.Entry) []testofd.Entry { return append(e[1:], e[0]) })
	packed("not sorted", testofd.ZipOrder, func(e []testofd.Entry) []testofd.Entry { e[1], e[2] = e[2], e[1]; return e })
	packed("an entry twice", testofd.ZipOrder, func(e []testofd.Entry) []testofd.Entry { return append(e, e[len(e)-1]) })
	packed("a Chinese name", testofd.ZipName, func(e []testofd.Entry) []testofd.Entry { return append(e, testofd.Entry{Name: "甲"}) })
	packed("a way out", testofd.ZipName, func(e []testofd.Entry) []testofd.Entry { return append(e, testofd.Entry{Name: "z/../../x"}) })
	packed("a folder", testofd.ZipName, func(e []testofd.Entry) []testofd.Entry { return append(e, testofd.Entry{Name: "z/"}) })
	packed("a stray entry", testofd.Stray, func(e []testofd.Entry) []testofd.Entry { return append(e, testofd.Entry{Name: "z"}) })
	bytesOf("sizes behind the data", testofd.ZipHeader, func(b []byte) []byte { b[6] |= 8; return b })
	bytesOf("another sum", testofd.ZipHeader, func(b []byte) []byte { b[14]++; return b })
	bytesOf("a comment", testofd.ZipHeader, func(b []byte) []byte { b[len(b)-2] = 1; return append(b, 'x') })
	directory := int(binary.LittleEndian.Uint32(raw[len(raw)-6:]))
	bytesOf("a time", testofd.ZipHeader, func(b []byte) []byte { b[10], b[directory+12] = 1, 1; return b })
	bytesOf("encrypted", testofd.ZipHeader, func(b []byte) []byte { b[6] |= 1; b[directory+8] |= 1; return b })
	font := func(name string, fn func(b []byte) []byte) {
		packed(name, testofd.FontTables, func(e []testofd.Entry) []testofd.Entry {
			at := slices.IndexFunc(e, func(e testofd.Entry) bool { return bytes.HasPrefix(e.Data, []byte("\x00\x01\x00\x00")) })
			e[at].Data = fn(bytes.Clone(e[at].Data))
			return e
		})
	}
	font("a font without cmap", func(b []byte) []byte { copy(b[12+16:], "cvt "); return b })
	font("a font cut off", func(b []byte) []byte { return b[:len(b)-100] })
	font("a bit of a font", func(b []byte) []byte { b[len(b)-40] ^= 1; return b })
	font("the sum of a table", func(b []byte) []byte { b[12+4]++; return b })
	for _, x := range []struct {
		name, table string
		at          int
		by          byte
	}{{"may not be embedded", "OS/2", 9, 2}, {"names of glyphs", "post", 1, 2}, {"a glyph too many", "maxp", 5, 255}, {"a map of another format", "cmap", 13, 6}, {"a width too many", "hhea", 35, 255}} {
		font(x.name, func(b []byte) []byte { return changed(b, x.table, x.at, x.by) })
	}
	return out
}

// changed is a font with a byte of a table changed, whose sums are right again.
func changed(b []byte, table string, at int, by byte) []byte {
	be := binary.BigEndian
	sum := func(b []byte) (s uint32) {
		for _, c := range slices.Collect(slices.Chunk(append(bytes.Clone(b), make([]byte, (4-len(b)%4)%4)...), 4)) {
			s += be.Uint32(c)
		}
		return s
	}
	var head []byte
	for i := range int(be.Uint16(b[4:])) {
		r := b[12+16*i:]
		data := b[be.Uint32(r[8:]):][:be.Uint32(r[12:])]
		switch string(r[:4]) {
		case table:
			data[at] = by
			be.PutUint32(r[4:], sum(data))
		case "head":
			head = data
		}
	}
	be.PutUint32(head[8:], 0)
	be.PutUint32(head[8:], 0xB1B0AFBA-sum(b))
	return b
}
