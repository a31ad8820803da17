package pdf

import (
	"bytes"
	"strings"
	"testing"

	"yusuan/internal/typeset/page"
)

// TestDraft: the file of a draft says what it is, in its title too, and claims no standard; it carries no files. What is no draft
// says and claims what it always did.
func TestDraft(t *testing.T) {
	d := sample(t)
	d.Files = nil
	claims := []string{"pdfaid:part", "pdfuaid:part", "xmlns:pdfaid", "xmlns:pdfuaid", "/N 3"}
	document, err := Write(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Info.Draft = "对照稿"
	draft, err := Write(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		if !bytes.Contains(document, []byte(c)) {
			t.Errorf("a document does not claim %s", c)
		}
		if bytes.Contains(draft, []byte(c)) {
			t.Errorf("a draft claims %s", c)
		}
	}
	for _, want := range []string{"<xmp:Label>对照稿</xmp:Label>", ">对照稿　示例", "</rdf:Description></rdf:RDF></x:xmpmeta>"} {
		if !bytes.Contains(draft, []byte(want)) {
			t.Errorf("a draft does not say %s", want)
		}
	}
	if bytes.Contains(document, []byte("xmp:Label")) {
		t.Error("a document is labelled")
	}
	d.Files = []page.File{{Name: "a.toml", MIME: "text/plain", Relationship: "Source", Data: []byte("a")}}
	if _, err := Write(d, nil); err == nil || !strings.Contains(err.Error(), "carries files") {
		t.Error("a draft carries files:", err)
	}
}
