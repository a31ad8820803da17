package pdf

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/go-pdf/fpdf"

	"yusuan/internal/typeset/page"
)

// shell is what the finishing pass takes over from fpdf's file: which objects the pages are, and their contents.
type shell struct {
	file    []byte
	pages   []shellPage
	objects int // one more than the highest object number
}

type shellPage struct {
	object, contents int    // object numbers
	stream           []byte // a slice of the file
}

// Objects that fpdf always numbers so.
const (
	pagesObject     = 1
	resourcesObject = 2
)

// makeShell has fpdf make the pages of their content.
func makeShell(pages []page.Page, c *content, m *scratch) (*shell, error) {
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: sizeOf(&pages[0])})
	f.SetCompression(false) // the finishing pass compresses
	f.SetAutoPageBreak(false, 0)
	f.SetCreationDate(time.Unix(0, 0).UTC()) // not the clock; the pass replaces it
	f.SetModificationDate(time.Unix(0, 0).UTC())
	var r bytes.Reader
	for i := range pages {
		f.AddPageFormat("P", sizeOf(&pages[i]))
		r.Reset(c.stream(i))
		f.RawWriteBuf(&r)
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
	for i := range s.pages {
		if !bytes.Equal(s.pages[i].stream, c.stream(i)) {
			return nil, fmt.Errorf("fpdf changed the content of page %d", i+1)
		}
	}
	return s, nil
}

func sizeOf(p *page.Page) fpdf.SizeType {
	return fpdf.SizeType{Wd: float64(p.Width) / 1000, Ht: float64(p.Height) / 1000}
}

// pageState is what fpdf writes before the content of every page; ours sets its own state.
const pageState = "0 J\n0 j\n0.57 w\n0.000 G\n0.000 g\n"

// readShell reads a file as fpdf 0.9.0 writes it from pages of raw content: page and content objects in turn, the page
// tree (1), the resources (2), the document information, the catalog, a cross-reference table.
func readShell(file []byte, pages int) (*shell, error) {
	s := &shell{file: file, pages: make([]shellPage, pages), objects: 2*pages + 5}
	r := &reader{file: file}
	r.expect("%PDF-1.3\n")
	kids := make([]byte, 0, 8*pages)
	for i := range s.pages {
		p := &s.pages[i]
		p.object, p.contents = 3+2*i, 4+2*i
		kids = append(appendRef(kids, p.object), ' ')
		r.begin(p.object)
		r.expect("<</Type /Page\n/Parent 1 0 R\n")
		r.skipLine("/MediaBox [")
		r.expect("/Resources 2 0 R\n/Contents ")
		r.expect(strconv.Itoa(p.contents) + " 0 R>>\nendobj\n")
		r.begin(p.contents)
		r.expect("<</Length ")
		length := r.number()
		r.expect(">>\nstream\n" + pageState)
		p.stream = r.take(length - len(pageState) - 1) // RawWriteBuf adds a line feed
		r.expect("\n\nendstream\nendobj\n")
	}
	r.begin(pagesObject)
	r.expect("<</Type /Pages\n/Kids [" + string(kids) + "]\n/Count " + strconv.Itoa(pages) + "\n")
	r.skipLine("/MediaBox [")
	r.expect(">>\nendobj\n")
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

func (r *reader) number() int {
	rest := r.rest()
	n := 0
	for n < len(rest) && n < 10 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	v, err := strconv.Atoi(string(rest[:n]))
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("at byte %d: %w", r.at, err)
	}
	r.at += n
	return v
}

func (r *reader) take(n int) []byte {
	if rest := r.rest(); n >= 0 && n <= len(rest) {
		r.at += n
		return rest[:n:n]
	}
	if r.err == nil {
		r.err = fmt.Errorf("at byte %d: a stream of %d bytes", r.at, n)
	}
	return nil
}
