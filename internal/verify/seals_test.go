package verify_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/ofd"
	"yusuan/internal/testofd"
	"yusuan/internal/typeset/page"
	"yusuan/internal/verify"
)

// sealed is a signed package whose signature says something else.
func sealed(t testing.TB, raw []byte, xml string) []byte {
	return signed(t, raw, func(name, data string) (string, bool) {
		if name == "Doc_0/Signs/Sign_0/Signature.xml" {
			return xml, true
		}
		return data, true
	})
}

// TestSeals: a seal over a number is a finding with its page, over words a note, and one that cannot be read is no silence.
func TestSeals(t *testing.T) {
	old, s := shared(t, "yusuan 1.0"), shared(t, "yusuan 1.1")
	number, at, word := 0, page.Text{}, page.Text{}
	raw := makeOFD(t, old, input(sample), ofd.Options{}, func(d *page.Document) {
		for i := range d.Pages {
			for _, x := range d.Pages[i].Texts {
				if i == 0 && !strings.ContainsAny(x.Text, "0123456789") && x.Text != "" {
					word = x
				}
				if number == 0 && x.Text == "2,133.02" {
					number, at = i+1, x
				}
			}
		}
	})
	if number == 0 || word.Text == "" {
		t.Fatal("no number, no word")
	}
	stamp := func(page int, x page.Text) string {
		const mm = 2835 // thousandths of a point
		return signature(fmt.Sprintf(`<ofd:StampAnnot ID="1" PageRef="%d" Boundary="%d %d 40 40"/>`, page, x.X/mm-1, x.Y/mm-10))
	}
	for _, with := range []struct {
		what, xml, told string
		good            bool
		covers          string
	}{
		{"no seal", signature(""), "", true, ""},
		{"over a number", stamp(number, at), fmt.Sprintf("[{页面 第 %d 页的“", number), false, ""},
		{"over words", stamp(1, word), "", true, word.Text},
		{"beside all", signature(`<ofd:StampAnnot ID="1" PageRef="1" Boundary="0 0 2 2"/>`), "", true, ""},
		{"with an exponent", signature(`<ofd:StampAnnot ID="1" PageRef="1" Boundary="1e1 0 2 2"/>`), "读不出", false, ""},
		{"of less than nothing", signature(`<ofd:StampAnnot ID="1" PageRef="1" Boundary="60 60 -40 -40"/>`), "读不出", false, ""},
		{"with more places than ours", signature(`<ofd:StampAnnot ID="1" PageRef="1" Boundary="0.1234567 0.5 2 2.00000"/>`), "", true, ""},
		{"on no page", signature(`<ofd:StampAnnot ID="1" PageRef="9999" Boundary="0 0 2 2"/>`), "读不出", false, ""},
		{"in another place", strings.Replace(stamp(number, at), "SignedInfo>", "Other>", 2), "盖住", false, ""},
		{"beyond count", signature(strings.Repeat(`<ofd:StampAnnot ID="1" PageRef="1" Boundary="0 0 210 297"/>`, 5000)), "读不出", false, ""},
		{"no XML", "x", "读不出", false, ""},
	} {
		for _, v := range []struct {
			name string
			is   bool
		}{{"the same version", false}, {"a later version", true}} {
			who := old
			if v.is {
				who = s
			}
			r := report(t, who, sealed(t, raw, with.xml))
			if r.Good() != with.good || r.Identical() || r.Earlier != (v.is && with.good) || !strings.Contains(fmt.Sprint(r.Findings), with.told) ||
				with.good && (len(r.Covered) > 0) != (with.covers != "") || !strings.Contains(strings.Join(r.Covered, ""), with.covers) {
				t.Errorf("%s, %s: %v, covered %q, earlier %t", with.what, v.name, r.Findings, r.Covered, r.Earlier)
			}
		}
	}
}

// TestClaimsAnotherVersion: whoever changes a package may also write another version into its manifest, so that it is not held
// against what this one writes byte by byte. What changes the words, or what is seen of them, is told all the same.
func TestClaimsAnotherVersion(t *testing.T) {
	s := shared(t, "yusuan 1.1")
	raw := makeOFD(t, shared(t, "yusuan 1.0"), input(sample), ofd.Options{}, nil)
	icc := ""
	entries, err := testofd.Unpacked(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name, ".icc") {
			icc = string(e.Data)
		}
	}
	each := func(part, old, with string) func(name, data string) (string, bool) {
		done := false
		return func(name, data string) (string, bool) {
			if !done && strings.Contains(name, part) && strings.Contains(data, old) {
				data, done = strings.Replace(data, old, with, 1), true
			}
			return data, true
		}
	}
	const white = `<ofd:PathObject ID="99999" Boundary="0 0 210 297" Stroke="false" Fill="true"><ofd:FillColor Value="255 255 255"/>` +
		`<ofd:AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</ofd:AbbreviatedData></ofd:PathObject>`
	if r := report(t, s, repacked(t, raw, nil)); !r.Good() || !r.Earlier {
		t.Fatalf("nothing changed: %v", r.Findings)
	}
	for _, c := range []struct {
		what   string
		change func(name, data string) (string, bool)
		more   []testofd.Entry
	}{
		{"a digit", each("/Pages/", "2,133.02", "2,133.03"), nil},
		{"a decimal point that wanders", wandering(), nil},
		{"another glyph", each("/Pages/", "<ofd:Glyphs>", "<ofd:Glyphs>1"), nil},
		{"white above", each("/Pages/Page_05", "</ofd:Layer>", white+"</ofd:Layer>"), nil},
		{"white below", each("/Pages/Page_05", `<ofd:TextObject `, white+`<ofd:TextObject `), nil},
		{"two pages swapped", swapped("Page_05/", "Page_06/"), nil},
		{"a page twice", each("Document.xml", "Page_06/", "Page_05/"), nil},
		{"two lists of pages", each("Document.xml", "<ofd:Pages>", "<ofd:Pages/><ofd:Pages>"), nil},
		{"two contents", each("/Pages/", "<ofd:Content>", "<ofd:Content/><ofd:Content>"), nil},
		{"two lists of glyphs", each("/Pages/", "<ofd:Glyphs>", "<ofd:Glyphs>9</ofd:Glyphs><ofd:Glyphs>"), nil},
		{"two colours", each("/Pages/", "<ofd:FillColor Value=\"0 0 0\"/>", "<ofd:FillColor Value=\"0 0 0\"/><ofd:FillColor Value=\"255 255 255\"/>"), nil},
		{"an attribute twice", each("/Pages/", "<ofd:TextCode ", "<ofd:TextCode X=\"0\" "), nil},
		{"colours by another name", func(name, data string) (string, bool) {
			if strings.HasSuffix(name, "PublicRes.xml") {
				data = strings.Replace(data, "srgb.icc", "other.bin", 1)
			}
			return data, !strings.HasSuffix(name, ".icc")
		}, []testofd.Entry{{Name: "Doc_0/Res/other.bin", Data: []byte(icc[:len(icc)-1] + "x")}}},
		{"colours of no space", each("Document.xml", "<ofd:DefaultCS>", "<ofd:DefaultCS>1"), nil},
		{"fonts elsewhere", each("PublicRes.xml", `FontName="`, `FontName="Other`), nil},
		{"a font without a file", each("PublicRes.xml", "</ofd:FontFile>", "x</ofd:FontFile>"), nil},
		{"versions", each("OFD.xml", "</ofd:DocBody>", `<ofd:Versions/></ofd:DocBody>`), nil},
		{"a second document", each("OFD.xml", "</ofd:DocBody>", `</ofd:DocBody><ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>`), nil},
		{"two roots", each("OFD.xml", "<ofd:DocRoot>", `<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot><ofd:DocRoot>`), nil},
		{"resources of a page", each("/Pages/", "<ofd:Content>", "<ofd:PageRes>x.xml</ofd:PageRes><ofd:Content>"), nil},
		{"an action of a page", each("/Pages/", "</ofd:Page>", `<ofd:Actions/></ofd:Page>`), nil},
		{"ink of an annotation", each("/Annots/Page", `Type="Link"`, `Type="Path"`), nil},
		{"a stamp", each("/Annots/Page", "</ofd:PageAnnot>", `<ofd:Annot ID="1" Type="Stamp"/></ofd:PageAnnot>`), nil},
		{"a link to the net", each("/Annots/Page", "<ofd:Goto>", `<ofd:URI URI="http://example.com"/><ofd:Goto>`), nil},
		{"an entry beside", nil, []testofd.Entry{{Name: "Doc_1/Document.xml", Data: []byte("x")}}},
	} {
		r, err := verify.File(s, repacked(t, raw, c.change, c.more...))
		if err == nil && r.Good() {
			t.Errorf("%s: good; earlier %t, %d pages differ", c.what, r.Earlier, len(r.Pages))
		}
	}
	if r := report(t, s, bytes.Replace(raw, []byte("PK\x05\x06"), []byte("xxxxPK\x05\x06"), 1)); r.Good() {
		t.Error("bytes before the end of the directory are good")
	}
}

// wandering moves the point of a number behind the digit after it: the sum of the steps is the same.
func wandering() func(name, data string) (string, bool) {
	done := false
	return func(name, data string) (string, bool) {
		end := strings.Index(data, ">2,133.02</ofd:TextCode>")
		if done || end < 0 {
			return data, true
		}
		done = true
		at := strings.LastIndex(data[:end], `DeltaX="`) + len(`DeltaX="`)
		steps := strings.Fields(data[at : end-1])
		steps[4], steps[5] = steps[5], steps[4] // around the point
		steps[3], steps[5] = steps[5], steps[3]
		return data[:at] + strings.Join(steps, " ") + data[end-1:], true
	}
}

// swapped swaps where two pages lie.
func swapped(a, b string) func(name, data string) (string, bool) {
	return func(name, data string) (string, bool) {
		if strings.HasSuffix(name, "/Document.xml") {
			data = strings.NewReplacer(a, b, b, a).Replace(data)
		}
		return data, true
	}
}
