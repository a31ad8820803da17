package docx

import (
	"strings"

	"yusuan/internal/read/around"
	"yusuan/internal/read/paper"
	"yusuan/internal/typeset/unit"
)

// pageBreak parts a paragraph for certain, as "\n" may do.
const (
	pageBreak     = "\f"
	pageBreakRune = '\f'
)

// paragraph is a paragraph that is being read.
type paragraph struct {
	look   look
	text   strings.Builder
	bold   bool // all letters so far
	size   int  // of the largest letter
	after  []paper.Block
	hidden bool // some of it
}

// paragraph reads w:p. One that stands within another ends that; what comes behind is one more.
func (r *reader) paragraph() error {
	if err := r.endParagraph(); err != nil {
		return err
	}
	run := r.run
	r.run = none
	p := r.begin(r.styles.paragraph(none))
	r.p = p
	err := r.t.inside(func(e *element) error {
		if e.name != "w:pPr" {
			return r.content(e)
		}
		own, err := lookOf(r.t, none)
		p.look = r.styles.paragraph(own)
		return err
	}, nil)
	if err == nil {
		err = r.endParagraph()
	}
	r.run = run
	return err
}

// begin begins a paragraph, or goes on with one whose end is deleted.
func (r *reader) begin(l look) *paragraph {
	if b := r.flow.begun; b != nil {
		r.flow.begun = nil
		b.look = l
		return b
	}
	return &paragraph{look: l, bold: true}
}

// endParagraph ends the paragraph that is open, if one is.
func (r *reader) endParagraph() error {
	p := r.p
	if p == nil {
		return nil
	}
	r.p = nil
	if p.look.dropped {
		r.flow.begun = p
		return nil
	}
	return r.emit(p)
}

// emit puts a paragraph into the flow: one block, or several where breaks within it part texts.
func (r *reader) emit(p *paragraph) error {
	text := p.text.String()
	if blank := strings.TrimSpace(text) == ""; !blank || !p.hidden {
		number := r.number(p.look) // an empty paragraph is counted, too
		if !blank {
			text = number + strings.TrimLeft(text, " \t\u3000")
		}
	}
	level := p.look.level
	if level > levels {
		level = 0
	}
	for _, s := range pieces(text) {
		if r.blocks++; r.blocks > maxBlocks {
			return tooMuch("段落", maxBlocks)
		}
		r.flow.blocks = append(r.flow.blocks, paper.Block{Text: &paper.Paragraph{
			Text: s, Level: level, Centred: p.look.align == "center", Bold: p.bold, Size: unit.Length(p.size) * unit.Pt / 2,
		}})
	}
	r.flow.blocks = append(r.flow.blocks, p.after...)
	return nil
}

// pieces parts a text at its breaks.
func pieces(text string) (out []string) {
	for page := range strings.SplitSeq(text, pageBreak) {
		out = append(out, around.Lines(page)...)
	}
	return out
}

// say adds text to the paragraph that is open, if it is shown.
func (r *reader) say(s string) error {
	if s == "" {
		return nil
	}
	if r.text += len(s); r.text > maxText {
		return tooMuch("全部文字的字节", maxText)
	}
	blank := strings.TrimSpace(s) == ""
	switch {
	case !r.shown():
		if !blank {
			r.unseen++
		}
		return nil
	case r.run.vanish == yes:
		if !blank {
			if r.seen.hidden++; len(r.hiddenText) < 200 {
				r.hiddenText += s
			}
			if r.p != nil {
				r.p.hidden = true
			}
		}
		return nil
	}
	if r.p == nil {
		r.p = r.begin(r.styles.paragraph(none))
	}
	r.p.text.WriteString(s)
	if !blank {
		r.p.bold = r.p.bold && r.run.bold == yes
		r.p.size = max(r.p.size, r.run.size)
	}
	return nil
}
