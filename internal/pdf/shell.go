package pdf

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/go-pdf/fpdf"

	"yusuan/internal/typeset/page"
)

// shell is what the finishing pass takes over from fpdf's file: which objects the pages and their contents are.
type shell struct {
	pages   []shellPage
	objects int // one more than the highest object number
}

type shellPage struct{ object, contents int } // object numbers

// Objects that fpdf always numbers so.
const (
	pagesObject     = 1
	resourcesObject = 2
)

// makeShell has fpdf make the pages. Their content stays with us: fpdf would copy it several times on its way.
func makeShell(pages []page.Page, m *scratch) (*shell, error) {
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: sizeOf(&pages[0])})
	f.SetCompression(false) // the finishing pass compresses
	f.SetAutoPageBreak(false, 0)
	f.SetCreationDate(time.Unix(0, 0).UTC()) // not the clock; the pass replaces it
	f.SetModificationDate(time.Unix(0, 0).UTC())
	for i := range pages {
		f.AddPageFormat("P", sizeOf(&pages[i]))
	}
	out := bytes.NewBuffer(m.shell[:0])
	if err := f.Output(out); err != nil {
		return nil, err
	}
	m.shell = out.Bytes()
	s, err := readShell(m.shell, len(pages))
	if err != nil {
		return nil, fmt.Errorf("fpdf's file is not as expected: %w", err)
	}
	return s, nil
}

func sizeOf(p *page.Page) fpdf.SizeType {
	return fpdf.SizeType{Wd: float64(p.Width) / 1000, Ht: float64(p.Height) / 1000}
}

// pageState is what fpdf writes before the content of every page; ours takes its place and sets its own state.
const pageState = "0 J\n0 j\n0.57 w\n0.000 G\n0.000 g\n"

// readShell reads a file as fpdf 0.9.0 writes it from empty pages: page and content objects in turn, the page
// tree (1), the resources (2), the document information, the catalog, a cross-reference table.
func readShell(file []byte, pages int) (*shell, error) {
	s := &shell{pages: make([]shellPage, pages), objects: 2*pages + 5}
	r := &reader{file: file}
	r.expect("%PDF-1.3\n")
	for i := range s.pages {
		s.pages[i] = shellPage{object: 3 + 2*i, contents: 4 + 2*i}
		r.page(&s.pages[i])
	}
	r.tree(s.pages)
	r.begin(resourcesObject)
	r.expect("<<\n/ProcSet [/PDF /Text /ImageB /ImageC /ImageI]\n/Font <<\n>>\n/XObject <<\n>>\n/ColorSpace <<\n>>\n>>\nendobj\n")
	r.begin(s.objects - 2)
	r.expect("<<\n")
	r.skipLine("/Producer (")
	r.expect("/CreationDate (D:19700101000000)\n/ModDate (D:19700101000000)\n>>\nendobj\n")
	r.begin(s.objects - 1)
	r.expect("<<\n/Type /Catalog\n/Pages 1 0 R\n/Names <<\n/EmbeddedFiles << /Names [\n  \n] >>\n>>\n>>\nendobj\n")
	r.expect("xref\n0 " + strconv.Itoa(s.objects) + "\n0000000000 65535 f \n")
	return s, r.err
}

// page passes over an empty page and its content.
func (r *reader) page(p *shellPage) {
	r.begin(p.object)
	r.expect("<</Type /Page\n/Parent 1 0 R\n")
	r.skipLine("/MediaBox [")
	r.expect("/Resources 2 0 R\n/Contents " + strconv.Itoa(p.contents) + " 0 R>>\nendobj\n")
	r.begin(p.contents)
	r.expect("<</Length " + strconv.Itoa(len(pageState)) + ">>\nstream\n" + pageState + "\nendstream\nendobj\n")
}

// tree passes over the page tree.
func (r *reader) tree(pages []shellPage) {
	kids := make([]byte, 0, 8*len(pages))
	for i := range pages {
		kids = append(appendRef(kids, pages[i].object), ' ')
	}
	r.begin(pagesObject)
	r.expect("<</Type /Pages\n/Kids [" + string(kids) + "]\n/Count " + strconv.Itoa(len(pages)) + "\n")
	r.skipLine("/MediaBox [")
	r.expect(">>\nendobj\n")
}

// reader walks over a file whose text is known; err keeps the first place where it differs.
type reader struct {
	file []byte
	at   int
	err  error
}

func (r *reader) rest() []byte { return r.file[min(r.at, len(r.file)):] }

func (r *reader) expect(text string) {
	if r.err == nil && !bytes.HasPrefix(r.rest(), []byte(text)) {
		r.err = fmt.Errorf("at byte %d: %.40q instead of %.40q", r.at, r.rest(), text)
	}
	r.at += len(text)
}

func (r *reader) begin(object int) { r.expect(strconv.Itoa(object) + " 0 obj\n") }

// skipLine passes over a line that starts so, if there is one.
func (r *reader) skipLine(start string) {
	if rest := r.rest(); bytes.HasPrefix(rest, []byte(start)) {
		r.at += bytes.IndexByte(rest, '\n') + 1
	}
}
