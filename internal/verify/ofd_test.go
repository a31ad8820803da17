package verify_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/ofd"
	"yusuan/internal/testdept"
	"yusuan/internal/testofd"
	"yusuan/internal/typeset/page"
	"yusuan/internal/verify"
)

// makeOFD builds a document as OFD; change may alter it as of makeFile.
func makeOFD(t testing.TB, s *build.Shared, in build.Input, o ofd.Options, change func(*page.Document)) []byte {
	t.Helper()
	w, err := s.Check(in)
	if err != nil {
		t.Fatal(err)
	}
	d := w.Typeset()
	if err := w.Attach(d); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(d)
	}
	raw, err := ofd.Write(d, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// repacked is a package with its entries changed, packed by another program.
func repacked(t testing.TB, raw []byte, change func(name, data string) (string, bool), more ...testofd.Entry) []byte {
	t.Helper()
	entries, err := testofd.Unpacked(raw)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range append(entries, more...) {
		data, keep := string(e.Data), true
		if change != nil {
			data, keep = change(e.Name, data)
		}
		if !keep {
			continue
		}
		w, err := z.Create(e.Name)
		if err == nil {
			_, err = w.Write([]byte(data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPackageUntouched: a package is what its data give, byte for byte, whichever standard it claims, and at any time.
func TestPackageUntouched(t *testing.T) {
	s := shared(t, "yusuan 1.0")
	for _, plain := range []bool{false, true} {
		raw := makeOFD(t, s, input(sample), ofd.Options{Plain: plain}, nil)
		if r := report(t, s, raw); !r.Identical() || len(r.Pages) > 0 || r.Manifest.Program != "yusuan 1.0" {
			t.Errorf("plain %t: %v, %d pages differ", plain, r.Findings, len(r.Pages))
		}
	}
}

const (
	signedRoot = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>"
	signedList = `<?xml version="1.0" encoding="UTF-8"?><ofd:Signatures xmlns:ofd="http://www.ofdspec.org/2016"><ofd:MaxSignId>1</ofd:MaxSignId>` +
		`<ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>`
)

// signature is a signature by another program, with a seal.
func signature(stamp string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><ofd:Signature xmlns:ofd="http://www.ofdspec.org/2016"><ofd:SignedInfo><ofd:Provider ProviderName="x"/>` +
		`<ofd:References CheckMethod="SHA256"><ofd:Reference FileRef="/Doc_0/Document.xml"><ofd:CheckValue>AA==</ofd:CheckValue></ofd:Reference></ofd:References>` +
		stamp + `</ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`
}

// signed is a package that was signed later: OFD.xml names the list of signatures, and the folder of signatures came.
func signed(t testing.TB, raw []byte, change func(name, data string) (string, bool), more ...testofd.Entry) []byte {
	more = append(more, testofd.Entry{Name: "Doc_0/Signs/Signatures.xml", Data: []byte(signedList)},
		testofd.Entry{Name: "Doc_0/Signs/Sign_0/Signature.xml", Data: []byte(signature(""))}, testofd.Entry{Name: "Doc_0/Signs/Sign_0/SignedValue.dat", Data: []byte("x")})
	return repacked(t, raw, func(name, data string) (string, bool) {
		if name == "OFD.xml" {
			data = strings.Replace(data, "</ofd:DocBody>", signedRoot, 1)
			data = strings.Replace(data, "<ofd:DocBody>", "\n  <ofd:DocBody>\n", 1) // as programs write XML that they have read
		}
		if change != nil {
			return change(name, data)
		}
		return data, true
	}, more...)
}

// TestPackageSigned: a signature that came later is told, and does no harm; whatever else was changed with it does.
func TestPackageSigned(t *testing.T) {
	s := shared(t, "yusuan 1.0")
	raw := makeOFD(t, s, input(sample), ofd.Options{}, nil)
	r := report(t, s, signed(t, raw, nil))
	if !r.Good() || r.Identical() || r.Signed != 1 {
		t.Errorf("signed: %v, %d signatures", r.Findings, r.Signed)
	}
	later := report(t, shared(t, "yusuan 1.1"), signed(t, raw, nil))
	if !later.Good() || later.Signed != 1 {
		t.Errorf("signed, of another version: %v, earlier %t", later.Findings, later.Earlier)
	}
	none := signed(t, raw, func(name, data string) (string, bool) {
		if name == "Doc_0/Signs/Signatures.xml" {
			data = signedList[:strings.Index(signedList, "<ofd:Signature ")] + "</ofd:Signatures>"
		}
		return data, true
	})
	if r := report(t, s, none); r.Identical() || r.Signed != 1 {
		t.Errorf("files of a signature that the list does not name are not told: %v, %d signatures", r.Findings, r.Signed)
	}
	for what, x := range map[string][]byte{
		"metadata": signed(t, raw, func(name, data string) (string, bool) {
			return strings.Replace(data, "<ofd:Author>", "<ofd:Author>另一", 1), true
		}),
		"an entry beside": signed(t, raw, nil, testofd.Entry{Name: "Doc_0/Res/more.js", Data: []byte("x")}),
		"signatures in the folder of pages": repacked(t, raw, func(name, data string) (string, bool) {
			return strings.Replace(data, "</ofd:DocBody>", "<ofd:Signatures>/Doc_0/Signatures.xml</ofd:Signatures></ofd:DocBody>", 1), true
		}, testofd.Entry{Name: "Doc_0/Signatures.xml", Data: []byte(signedList)},
			testofd.Entry{Name: "Doc_0/Sign_0/Signature.xml", Data: []byte(signature(""))}),
		"signatures beside a page": repacked(t, raw, func(name, data string) (string, bool) {
			return strings.Replace(data, "</ofd:DocBody>", "<ofd:Signatures>/Doc_0/Pages/Signatures.xml</ofd:Signatures></ofd:DocBody>", 1), true
		}, testofd.Entry{Name: "Doc_0/Pages/Signatures.xml", Data: []byte(signedList)},
			testofd.Entry{Name: "Doc_0/Pages/Sign_0/Signature.xml", Data: []byte(signature(""))}),
		"a page": signed(t, raw, func(name, data string) (string, bool) {
			if strings.HasPrefix(name, "Doc_0/Pages/") {
				data = strings.Replace(data, "预算", "决算", 1)
			}
			return data, true
		}),
	} {
		if r := report(t, s, x); r.Good() {
			t.Errorf("%s: changed with a signature, and good", what)
		}
	}
}

// TestPackageTampering: what was done to a package is told with its place.
func TestPackageTampering(t *testing.T) {
	s := shared(t, "yusuan 1.0")
	raw := makeOFD(t, s, input(sample), ofd.Options{}, nil)
	in := func(part, old, with string) func(name, data string) (string, bool) {
		done := false
		return func(name, data string) (string, bool) {
			if !done && strings.Contains(name, part) && strings.Contains(data, old) {
				data, done = strings.Replace(data, old, with, 1), true
			}
			return data, true
		}
	}
	gone := func(part string) func(name, data string) (string, bool) {
		return func(name, data string) (string, bool) { return data, !strings.Contains(name, part) }
	}
	var many []testofd.Entry
	for i := range 7 {
		many = append(many, testofd.Entry{Name: fmt.Sprintf("Doc_0/%d.txt", i+1), Data: []byte("x")})
	}
	for _, c := range []struct {
		what   string
		change func(name, data string) (string, bool)
		more   []testofd.Entry
		cause  verify.Cause
		told   string // part of what is said
		pages  bool   // are told
	}{
		{"packed anew", nil, nil, verify.CauseFile, "重新打包", false},
		{"a text", in("/Pages/", "预算</", "决算</"), nil, verify.CausePages, "1 页的文字或数字", true},
		{"a text moved", in("/Pages/", `<ofd:TextCode X="`, `<ofd:TextCode X="1`), nil, verify.CausePages, "文字和数字", true},
		{"a text cut off by its box", in("/Pages/", `Boundary="`, `Boundary="3`), nil, verify.CausePages, "文字和数字", true},
		{"a text that is not seen", in("/Pages/", "<ofd:TextObject ", `<ofd:TextObject Visible="false" `), nil, verify.CausePages, "文字和数字", true},
		{"a coloured text", in("/Pages/", "<ofd:CGTransform", `<ofd:FillColor Value="255 255 255"/><ofd:CGTransform`), nil, verify.CausePages, "文字和数字", true},
		{"a picture over it", in("/Pages/", "</ofd:Layer>", `<ofd:ImageObject ID="99999" Boundary="0 0 210 297" ResourceID="1"/></ofd:Layer>`), nil, verify.CausePages, "文字和数字", true},
		{"a second layer", in("/Pages/", "</ofd:Layer>", `</ofd:Layer><ofd:Layer ID="99999" Type="Foreground"/>`), nil, verify.CausePages, "文字和数字", true},
		{"a template", in("/Pages/", "<ofd:Content>", `<ofd:Template TemplateID="1"/><ofd:Content>`), nil, verify.CausePages, "文字和数字", true},
		{"a link with a frame", in("/Annots/Page", `Stroke="false"`, `Stroke="true"`), nil, verify.CausePages, "文字和数字", true},
		{"a glyph of another digit", in("/Pages/", "<ofd:Glyphs>", "<ofd:Glyphs>1"), nil, verify.CausePages, "文字和数字", true},
		{"a font that draws otherwise", func(name, data string) (string, bool) {
			if strings.HasSuffix(name, ".ttf") {
				b := []byte(data)
				for i := len(b) / 2; i < len(b)/2+4000 && i < len(b); i += 7 {
					b[i] ^= 0x11
				}
				data = string(b)
			}
			return data, true
		}, nil, verify.CausePages, "文字和数字", true},
		{"the outline", in("Document.xml", `<ofd:OutlineElem Title="`, `<ofd:OutlineElem Title="新`), nil, verify.CauseFile, "大纲", false},
		{"a link that leads elsewhere", in("/Annots/Page", `PageID="`, `PageID="1`), nil, verify.CauseFile, "链接", false},
		{"the tags", in("/Tags/Structure", `title="`, `title="新`), nil, verify.CauseFile, "结构标签", false},
		{"the author", in("OFD.xml", "<ofd:Author>", "<ofd:Author>另一"), nil, verify.CauseFile, "文件信息", false},
		{"an action at opening", in("Document.xml", "</ofd:Document>", `<ofd:Actions><ofd:Action Event="DO"/></ofd:Actions></ofd:Document>`), nil, verify.CauseFile, "Document/Actions", false},
		{"an entry more", nil, []testofd.Entry{{Name: "Doc_0/Res/more.js", Data: []byte("x")}}, verify.CauseFile, "more.js 是后来加入的", false},
		{"entries more than are listed", nil, many, verify.CauseFile, "Doc_0/5.txt等 7 个文件 是后来加入的", false},
		{"the names of fonts", in("PublicRes.xml", `FamilyName="`, `FamilyName="新`), nil, verify.CauseFile, "字体目录 Doc_0/PublicRes.xml 被改动", false},
		{"an attached file", in("/Attachs/A", "[", " ["), nil, "", "校验值不符", false},
		{"no tags", gone("/Tags/Package"), nil, verify.CauseFile, "", false},
	} {
		x := repacked(t, raw, c.change, c.more...)
		r, err := verify.File(s, x)
		if c.what == "no tags" { // the list names what is not there
			if err == nil && r.Good() {
				t.Errorf("%s: good", c.what)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if r.Good() || !slices.ContainsFunc(r.Findings, func(f verify.Finding) bool {
			return (c.cause == "" || f.Cause == c.cause) && strings.Contains(f.Text, c.told)
		}) || c.pages != (len(r.Pages) > 0) {
			t.Errorf("%s: %v, %d pages", c.what, r.Findings, len(r.Pages))
		}
	}
}

// TestPackageWithHiddenBytes: bytes that are of no entry are told, though every entry is as it was.
func TestPackageWithHiddenBytes(t *testing.T) {
	s := shared(t, "yusuan 1.0")
	raw := makeOFD(t, s, input(sample), ofd.Options{}, nil)
	const hidden, end, offset = "hidden", 22, 16
	at := binary.LittleEndian.Uint32(raw[len(raw)-end+offset:])
	x := slices.Concat(raw[:at], []byte(hidden), raw[at:])
	binary.LittleEndian.PutUint32(x[len(x)-end+offset:], at+uint32(len(hidden)))
	r := report(t, s, x)
	if len(r.Findings) != 1 || r.Findings[0].Cause != verify.CauseFile || !strings.Contains(r.Findings[0].Text, "不是本程序写的样子（ZIP）") {
		t.Errorf("%v", r.Findings)
	}
}

// TestPackageOfOtherVersion: a package of another version says so, and is good as long as its words and numbers are those of
// its data; one whose text was changed is not.
func TestPackageOfOtherVersion(t *testing.T) {
	old := makeOFD(t, shared(t, "yusuan 1.0"), input(sample), ofd.Options{}, nil)
	s := shared(t, "yusuan 1.1")
	if r := report(t, s, old); !r.Good() || !r.Earlier || r.Identical() {
		t.Errorf("earlier: %v", r.Findings)
	}
	moved := makeOFD(t, shared(t, "yusuan 1.0"), input(sample), ofd.Options{}, func(d *page.Document) {
		for i := range d.Pages[0].Texts {
			d.Pages[0].Texts[i].Y += 3000
		}
	})
	if r := report(t, s, moved); !r.Good() || !r.Earlier || len(r.Pages) != 1 {
		t.Errorf("moved: %v, %d pages", r.Findings, len(r.Pages))
	}
	plain := makeOFD(t, s, input(sample), ofd.Options{}, nil)
	if good, err := verify.Reflowed(s, old, plain); err != nil || !good {
		t.Errorf("a package does not say what it says: %v", err)
	}
	white := repacked(t, old, func(name, data string) (string, bool) {
		if strings.HasSuffix(name, ".icc") {
			data = data[:len(data)-1] + "x"
		}
		return data, true
	})
	if r := report(t, s, white); r.Good() {
		t.Error("colours of an earlier version that stand for others are good")
	}
	bad := repacked(t, old, func(name, data string) (string, bool) {
		if strings.HasPrefix(name, "Doc_0/Pages/") {
			data = strings.Replace(data, "预算</", "决算</", 1)
		}
		return data, true
	})
	if r := report(t, s, bad); r.Good() {
		t.Error("other words of an earlier version are good")
	}
}

// TestPackagesOfAnyDepartment: turned pages, charts and rare characters are read back as they were set, page by page and as the
// structure says, in small documents and in such as have a thousand rows of a kind.
func TestPackagesOfAnyDepartment(t *testing.T) {
	now, later := shared(t, "yusuan 1.0"), shared(t, "yusuan 1.1")
	inputs := []build.Input{input("testdata/departments/2026/415"), input("testdata/departments/2026/501"), input("testdata/departments/2018/101"),
		{Data: os.DirFS("../../testdata/torture"), Dir: "2026/900"}}
	for _, kind := range testdept.LargeKinds() {
		n := 1000
		if kind == testdept.Forms {
			n = 100
		}
		files, dir := fstest.MapFS{}, "2026/000001"
		for name, text := range testdept.Large(kind, n) {
			files[dir+"/"+name] = &fstest.MapFile{Data: text}
		}
		inputs = append(inputs, build.Input{Data: files, Dir: dir})
	}
	turned, drawn := 0, 0
	for _, in := range inputs {
		making := now
		if in.Dir == "2026/900" {
			making = shared(t, "yusuan 1.0")
			making.Packs = os.DirFS("../../testdata/torture/pack")
		}
		raw := makeOFD(t, making, in, ofd.Options{}, func(d *page.Document) {
			for i := range d.Pages {
				if d.Pages[i].Turned {
					turned++
				}
				drawn += len(d.Pages[i].Paths)
			}
		})
		if r := report(t, now, raw); !r.Identical() {
			t.Errorf("%s: %v", in.Dir, r.Findings)
		}
		if r := report(t, later, raw); !r.Good() || !r.Earlier || len(r.Pages) > 0 {
			t.Errorf("%s, of another version: %v, %d pages", in.Dir, r.Findings, len(r.Pages))
		}
		if in.Dir == "2026/900" {
			continue // which has a page that no honest document has, as a PDF neither
		}
		if good, err := verify.Reflowed(now, raw, raw); err != nil || !good {
			t.Errorf("%s: a package does not say what it says: %v", in.Dir, err)
		}
	}
	if turned == 0 || drawn == 0 {
		t.Errorf("%d turned pages, %d paths", turned, drawn)
	}
}

// TestPackageDrawn: a page of a package that differs is drawn for people, what only one of the two has in its colour.
func TestPackageDrawn(t *testing.T) {
	s := shared(t, "yusuan 1.0")
	raw := repacked(t, makeOFD(t, s, input(sample), ofd.Options{}, nil), func(name, data string) (string, bool) {
		if strings.HasPrefix(name, "Doc_0/Pages/") {
			data = strings.Replace(data, "<ofd:TextCode X=\"", "<ofd:TextCode X=\"2", 1)
		}
		return data, true
	})
	r := report(t, s, raw)
	if len(r.Pages) == 0 {
		t.Fatal(r.Findings)
	}
	for i := range r.Pages {
		var b bytes.Buffer
		if err := r.Picture(&r.Pages[i], 72, &b); err != nil || b.Len() < 1000 {
			t.Errorf("page %d: %d bytes, %v", r.Pages[i].Page, b.Len(), err)
		}
	}
}
