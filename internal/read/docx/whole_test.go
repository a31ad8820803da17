package docx

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"yusuan/internal/read/paper"
)

// maker makes documents by chance of all that texts may stand in, and knows which of their texts are to be read.
type maker struct {
	r      *rand.Rand
	next   int
	read   map[string]bool // each text is a word of its own
	unread map[string]bool
}

func (m *maker) word(read bool) string {
	m.next++
	w := fmt.Sprintf("词%d尾", m.next)
	if read {
		m.read[w] = true
	} else {
		m.unread[w] = true
	}
	return w
}

// run is a run, or something around runs; read says that what is in it is to be read.
func (m *maker) run(depth int, read bool) string {
	if depth <= 0 {
		return r(m.word(read))
	}
	again := func() string { return m.run(depth-1, read) }
	gone := func() string { return m.run(depth-1, false) }
	switch m.r.IntN(14) {
	case 0:
		return "<w:ins>" + again() + "</w:ins>"
	case 1:
		return "<w:del>" + gone() + "</w:del>"
	case 2:
		return "<w:moveFrom>" + gone() + "</w:moveFrom><w:moveTo>" + again() + "</w:moveTo>"
	case 3:
		return "<w:hyperlink>" + again() + again() + "</w:hyperlink>"
	case 4:
		return "<w:sdt><w:sdtPr><w:t>不读</w:t></w:sdtPr><w:sdtContent>" + again() + "</w:sdtContent></w:sdt>"
	case 5:
		return "<w:r><w:rPr><w:vanish/></w:rPr><w:t>" + m.word(false) + "</w:t></w:r>"
	case 6:
		return `<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>不读</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + again() + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	case 7:
		box := "<w:txbxContent>" + m.paragraph(depth-1, read) + "</w:txbxContent>"
		return "<w:r><mc:AlternateContent><mc:Choice><w:drawing>" + box + "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
	case 8:
		return "<w:smartTag>" + again() + "</w:smartTag>" + "<w:r><w:br/></w:r>" + again()
	case 9:
		return `<w:r><w:tab/></w:r><w:fldSimple>` + again() + `</w:fldSimple>`
	case 10:
		return "<w:customXml><w:unknown>" + again() + "</w:unknown></w:customXml>"
	case 11:
		return `<w:r><w:br w:type="page"/></w:r>` + again()
	}
	return r(m.word(read)) + again()
}

func (m *maker) paragraph(depth int, read bool) string {
	properties := ""
	if m.r.IntN(6) == 0 {
		properties = "<w:rPr><w:del/></w:rPr>"
	}
	return styled(properties, m.run(depth, read)+m.run(depth-1, read))
}

func (m *maker) block(depth int, read bool) string {
	switch {
	case depth <= 0 || m.r.IntN(3) > 0:
		return m.paragraph(min(depth, 3), read)
	case m.r.IntN(4) == 0:
		return "<w:sdt><w:sdtContent>" + m.block(depth-1, read) + "</w:sdtContent></w:sdt>"
	}
	columns := 1 + m.r.IntN(4)
	above := make([]bool, columns) // in which a cell begins that may be gone on with
	var rows []string
	for range 1 + m.r.IntN(4) {
		gone := m.r.IntN(8) == 0
		var cells []string
		for j := 0; j < columns; {
			properties, span := "", 1
			switch m.r.IntN(5) {
			case 0:
				span = 1 + m.r.IntN(columns-j)
				properties = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span)
			case 1:
				properties = `<w:vMerge w:val="restart"/>`
			case 2:
				if above[j] && !gone {
					cells = append(cells, "<w:tc><w:tcPr><w:vMerge/></w:tcPr>"+p("")+"</w:tc>")
					j++
					continue
				}
			}
			if !gone {
				for k := j; k < j+span; k++ {
					above[k] = false
				}
				above[j] = strings.Contains(properties, "restart")
			}
			content := ""
			for range m.r.IntN(3) {
				content += m.block(depth-2, read && !gone)
			}
			cells = append(cells, "<w:tc><w:tcPr>"+properties+"</w:tcPr>"+content+"</w:tc>")
			j += span
		}
		mark := ""
		if gone {
			mark = "<w:trPr><w:del/></w:trPr>"
		}
		rows = append(rows, "<w:tr>"+mark+strings.Join(cells, "")+"</w:tr>")
	}
	return "<w:tbl>" + strings.Join(rows, "") + "</w:tbl>"
}

// TestNoTextIsLost: of documents made by chance, every text that is not deleted or hidden is read exactly once, and no other.
// Cells of no table overlap or reach out of it.
func TestNoTextIsLost(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 100
	}
	words := 0
	for seed := range uint64(n) {
		m := &maker{r: rand.New(rand.NewPCG(seed, 1)), read: map[string]bool{}, unread: map[string]bool{}}
		var body strings.Builder
		for range 3 + m.r.IntN(10) {
			body.WriteString(m.block(5, true))
		}
		d, err := Document(docOf(t, body.String()))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		all := allText(d)
		for w := range m.read {
			if c := strings.Count(all, w); c != 1 {
				t.Errorf("seed %d: %s is read %d times", seed, w, c)
			}
		}
		for w := range m.unread {
			if strings.Contains(all, w) {
				t.Errorf("seed %d: %s is read", seed, w)
			}
		}
		words += len(m.read)
		for _, b := range d.Blocks {
			if b.Table != nil {
				sound(t, fmt.Sprint("seed ", seed), b.Table)
			}
		}
		if t.Failed() {
			t.Fatalf("%s\n%s", body.String(), told(d))
		}
	}
	if words < 5*n {
		t.Errorf("%d words", words)
	}
}

// allText is all text of a document.
func allText(d *paper.Document) string {
	var b strings.Builder
	lines := func(list ...paper.Paragraph) {
		for _, p := range list {
			b.WriteString(p.Text + "\n")
		}
	}
	for _, x := range d.Blocks {
		if x.Text != nil {
			lines(*x.Text)
			continue
		}
		lines(x.Table.Above...)
		for _, r := range x.Table.Rows {
			for _, c := range r.Cells {
				b.WriteString(c.Text + "\n")
			}
		}
		lines(x.Table.Below...)
	}
	return b.String()
}

// sound fails where cells of a table overlap, reach out of it, or are out of order.
func sound(t *testing.T, name string, x *paper.Table) {
	t.Helper()
	taken := map[[2]int]bool{}
	for i, r := range x.Rows {
		last := -1
		for _, c := range r.Cells {
			if c.Columns < 1 || c.Rows < 1 || c.Column <= last || c.Column+c.Columns > x.Columns || i+c.Rows > len(x.Rows) {
				t.Errorf("%s: row %d: cell %+v of a table of %d × %d", name, i, c, len(x.Rows), x.Columns)
			}
			last = c.Column + c.Columns - 1
			for di := range c.Rows {
				for dj := range c.Columns {
					if at := [2]int{i + di, c.Column + dj}; taken[at] {
						t.Errorf("%s: row %d: cell %+v stands over another", name, i, c)
					} else {
						taken[at] = true
					}
				}
			}
		}
	}
}

// FuzzDocument: no bytes make the reader fail but by refusing, and what it reads is sound.
func FuzzDocument(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>文</w:t></w:r></w:p>`, "", "")
	f.Add(tbl(tr(tc(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, "甲"), tc("", "1")), tr(tc(`<w:gridSpan w:val="2"/><w:vMerge/>`, ""), tc("", "2"))), sampleStyles, sampleLists)
	f.Add(tbl("<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>"+tc(`<w:hMerge w:val="restart"/>`, "甲")+tc("<w:hMerge/>", "")+"</w:tr>"), "", "")
	f.Add(styled(`<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>`, r("甲")+`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`), sampleStyles, sampleLists)
	f.Fuzz(func(t *testing.T, body, styles, lists string) {
		d, err := Document(docOf(t, body, "styles", styles, "numbering", lists))
		if err != nil {
			if refused := (*paper.Refused)(nil); !errors.As(err, &refused) {
				t.Fatal(err)
			}
			return
		}
		for _, b := range d.Blocks {
			if (b.Text == nil) == (b.Table == nil) {
				t.Fatalf("%+v", b)
			}
			if b.Table != nil {
				sound(t, "fuzz", b.Table)
			}
		}
	})
}
