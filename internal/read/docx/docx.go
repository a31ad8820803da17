// Package docx reads Word documents into paragraphs and tables as people see them: .docx in both forms of the standard, and the
// single XML files of Word 2003 and later that budget systems name .doc. Tracked changes are read as accepted; what is hidden,
// covered or in pictures is no text, and is told. Files come from strangers: every step is bounded (bounds.go).
//
// Cells hold the paragraphs of their author, parted by "\n". A table within a table follows it as a table of its own; where the
// outer one does nothing but frame it, there is no outer one.
package docx

import (
	"errors"
	"fmt"
	"strings"

	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
)

// Document reads a .docx.
func Document(raw []byte) (*paper.Document, error) {
	return document(func() (*parts, error) { return zipped(raw) })
}

// XML reads a document that is one XML file, in UTF-8.
func XML(text []byte) (*paper.Document, error) {
	return document(func() (*parts, error) { return single(text) })
}

// errFields says that a field begins and does not end, so that all behind it would be taken for the field's code.
var errFields = errors.New("docx: a field that does not end")

func document(open func() (*parts, error)) (*paper.Document, error) {
	d, err := read(open, false)
	if errors.Is(err, errFields) {
		d, err = read(open, true)
	}
	if err != nil {
		return nil, refusal(err)
	}
	return d, nil
}

// read reads a document; plain says that codes of fields are read as texts.
func read(open func() (*parts, error), plain bool) (*paper.Document, error) {
	p, err := open()
	if err != nil {
		return nil, err
	}
	defer p.close()
	r := &reader{parts: p, plain: plain, flow: &flow{}}
	for _, step := range []func() error{r.readStyles, r.readNumbering, r.body, r.footnotes} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &paper.Document{Format: paper.Word, Blocks: around.Gather(r.flow.blocks), Gaps: r.gaps()}, nil
}

// reader reads one document.
type reader struct {
	parts  *parts
	t      *tokens // of the part that is being read
	styles styles
	lists  numbering
	plain  bool

	flow   *flow      // where paragraphs and tables go
	p      *paragraph // that is open, nil between paragraphs
	run    look       // of the letters that are being read
	fields []bool     // open fields, the innermost last: whether their result has begun
	unseen int        // letters in codes of fields

	notes             []noted // footnotes in the order in which they are called
	called            map[noted]bool
	large             bool // the drawing that is open is larger than a stamp
	inObject          bool
	text              int // bytes of all texts
	blocks            int
	cells, places     int
	seen              sights
	hiddenText, under string // the first of what is hidden or covered
}

// noted is a footnote or an endnote by its id.
type noted struct{ kind, id string }

// sights counts what is seen and not read.
type sights struct {
	hidden, covered, hiddenRows, pictures, charts, objects, chunks, symbols int
}

// flow is a sequence of blocks: the body, a cell, a text box, a footnote.
type flow struct {
	blocks []paper.Block
	begun  *paragraph // whose end is deleted: the next goes on with it
}

// body reads the document's part.
func (r *reader) body() (err error) {
	if r.parts.main == "" {
		r.t, err = r.parts.beside("body")
	} else {
		r.t, err = r.parts.open(r.parts.main)
		if err == nil {
			found := false
			err = r.t.find(func(e *element) (bool, error) {
				found = e.name == "w:body"
				return found, nil
			})
			if err == nil && !found {
				err = errBody
			}
		}
	}
	if err != nil {
		return err
	}
	return r.story(r.flow)
}

// story reads what is open into a flow, as a text by itself.
func (r *reader) story(into *flow) error {
	flow, p, run, fields, unseen := r.flow, r.p, r.run, r.fields, r.unseen
	r.flow, r.p, r.run, r.fields, r.unseen = into, nil, none, nil, 0
	err := r.t.inside(r.content, nil)
	if err == nil {
		err = r.closed()
	}
	r.flow, r.p, r.run, r.fields, r.unseen = flow, p, run, fields, unseen
	return err
}

// closed ends a story: a paragraph without its element, one that would have gone on.
func (r *reader) closed() error {
	if err := r.settle(); err != nil {
		return err
	}
	if len(r.fields) > 0 && r.unseen > 0 {
		return errFields
	}
	return nil
}

// settle ends the paragraph that is open and one that would have gone on.
func (r *reader) settle() error {
	if err := r.endParagraph(); err != nil {
		return err
	}
	b := r.flow.begun
	if b == nil {
		return nil
	}
	r.flow.begun = nil
	return r.emit(b)
}

// footnotes reads the footnotes that are called, behind all else.
func (r *reader) footnotes() error {
	for _, kind := range []string{"footnotes", "endnotes"} {
		if r.parts.main == "" || len(r.notes) == 0 {
			return nil
		}
		t, err := r.parts.beside(kind)
		if errors.Is(err, errPart) {
			continue
		}
		if err != nil {
			return err
		}
		r.t = t
		found := map[string]*flow{}
		err = t.inside(func(e *element) error {
			id := e.get("id")
			if !r.called[noted{kind, id}] || found[id] != nil {
				return nil
			}
			found[id] = &flow{}
			return r.story(found[id])
		}, nil)
		if err != nil {
			return err
		}
		for _, n := range r.notes {
			if f := found[n.id]; n.kind == kind && f != nil {
				r.flow.blocks = append(r.flow.blocks, f.blocks...)
			}
		}
	}
	return nil
}

// gaps are what was seen and not read.
func (r *reader) gaps() (out []paper.Gap) {
	tell := func(n int, doubtful bool, remedy, what string, args ...any) {
		if n > 0 {
			out = append(out, paper.Gap{What: fmt.Sprintf(what, args...), Remedy: remedy, Doubtful: doubtful})
		}
	}
	s := &r.seen
	tell(s.chunks, false, "请在 Word 里打开它，另存为 .docx 再用", "文档里嵌入了 %d 份别的文件，里面的文字和表没有读", s.chunks)
	tell(s.objects, false, "表要核对的话，请换成 Word 里的表格", "文档里嵌入了 %d 个对象（如 Excel 工作表），里面的数没有读", s.objects)
	tell(s.pictures, false, "图里有表或数的话，请换成文字和表格", "文档里有 %d 张图片，图里的文字和数没有读", s.pictures)
	tell(s.charts, false, "图上的数请对照表格自己看", "文档里有 %d 张图表，图上的数没有读", s.charts)
	tell(s.hidden, false, "要核对的话，请在 Word 里取消隐藏，再存一次", "文档里有隐藏的文字，印出来看不见，没有读：“%s”", brief(r.hiddenText))
	tell(s.hiddenRows, false, "要核对的话，请在 Word 里取消隐藏，再存一次", "表格里有 %d 行是隐藏的，没有读", s.hiddenRows)
	tell(s.covered, false, "要核对的话，请在 Word 里拆开合并的单元格看一看", "合并的单元格下面盖住了文字，印出来看不见，没有读：“%s”", brief(r.under))
	tell(s.symbols, true, "请看看这些地方", "有 %d 个特殊符号认不出来，读成了空白", s.symbols)
	return out
}

// brief is the beginning of a text.
func brief(s string) string {
	const most = 20
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "……"
	}
	return s
}
