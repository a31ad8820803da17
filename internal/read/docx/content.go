package docx

import (
	"strconv"
	"strings"
)

// content reads an element of the body, of a cell, a paragraph or a run: one switch for all, since controls, links, tags and
// changes stand on every level. What is not named here is passed through to what is in it, so that no text is lost.
func (r *reader) content(e *element) error {
	switch e.name {
	case "w:p":
		return r.paragraph()
	case "w:tbl":
		return r.table()
	case "w:r":
		return r.runOf()
	case "w:t", "m:t", "a:t":
		return r.letters(e)
	case "mc:AlternateContent":
		return r.alternate(r.content)
	case "w:txbxContent", "a:p": // a:p: in drawings that are no text boxes
		return r.box()
	case "w:footnote", "w:endnote": // of Word 2003, where it is called
		return r.box()
	case "aml:annotation":
		if r.gone(e) {
			return nil
		}
	case "w:altChunk", "w:subDoc":
		r.seen.chunks++
		return nil
	case "w:object":
		return r.object()
	}
	if skipped[e.name] {
		return nil
	}
	if done, err := r.mark(e); done || err != nil {
		return err
	}
	return r.t.inside(r.content, nil)
}

// skipped are elements that hold no text that people see, or say how it looks; w:pPr, w:rPr are read where they belong.
var skipped = map[string]bool{
	"w:del": true, "w:moveFrom": true, "w:delText": true, "w:instrText": true, "w:delInstrText": true,
	"w:pPr": true, "w:rPr": true, "w:tblPr": true, "w:tblPrEx": true, "w:trPr": true, "w:tcPr": true, "w:tblGrid": true, "w:sectPr": true,
	"w:sdtPr": true, "w:sdtEndPr": true, "w:smartTagPr": true, "w:customXmlPr": true, "w:rubyPr": true, "w:rt": true,
	"w:binData": true, "w:fldData": true, "w:comment": true, "w:annotationRef": true, "w:footnoteRef": true, "w:endnoteRef": true, "w:docPr": true,
	"w:ffData": true, "m:rPr": true, "m:oMathParaPr": true,
}

// gone reports whether an annotation of Word 2003 marks what is no text any more, or never was.
func (r *reader) gone(e *element) bool {
	kind := e.get("type")
	return kind == "Word.Deletion" || kind == "Word.Comment"
}

// mark reads an element that stands for itself within a run.
func (r *reader) mark(e *element) (done bool, err error) {
	switch e.name {
	case "w:tab", "w:ptab":
		return true, r.say("\t")
	case "w:br":
		if e.get("type") == "page" || e.get("type") == "column" {
			return true, r.say(pageBreak)
		}
		return true, r.say("\n")
	case "w:cr":
		return true, r.say("\n")
	case "w:noBreakHyphen":
		return true, r.say("-")
	case "w:softHyphen":
		return true, nil
	case "w:sym":
		return true, r.symbol(e)
	case "w:fldChar":
		r.field(e.get("fldCharType"))
		return true, r.t.inside(nil, nil)
	case "w:footnoteReference":
		r.call("footnotes", e)
		return true, nil
	case "w:endnoteReference":
		r.call("endnotes", e)
		return true, nil
	case "wp:extent":
		r.large = large(e.get("cx"), 1_800_000) && large(e.get("cy"), 700_000) // 5 by 2 cm
	case "wp:inline", "wp:anchor":
		r.large = false
	case "pic:pic":
		if r.large {
			r.seen.pictures++
		}
	case "v:imagedata":
		if !r.inObject {
			r.seen.pictures++
		}
	case "v:textpath":
		if s := e.get("string"); s != "" {
			return true, r.letter(s)
		}
	case "c:chart", "dgm:relIds":
		r.seen.charts++
	}
	return false, nil
}

func large(measure string, least int) bool {
	n, err := strconv.Atoi(measure)
	return err == nil && n >= least
}

// object is another program's: what is seen of it is a picture.
func (r *reader) object() error {
	within := r.inObject
	r.inObject = true
	if !within {
		r.seen.objects++
	}
	err := r.t.inside(r.content, nil)
	r.inObject = within
	return err
}

// alternate reads the first of several ways of saying the same that says anything.
func (r *reader) alternate(content func(e *element) error) error {
	said := false
	return r.t.inside(func(e *element) error {
		if said || e.name != "mc:Choice" && e.name != "mc:Fallback" {
			return nil
		}
		before, seen := r.text, r.seen
		err := r.t.inside(content, nil)
		said = r.text > before || r.seen != seen
		return err
	}, nil)
}

// box reads a text box where it is anchored: its paragraphs follow the one that is open.
func (r *reader) box() error {
	if r.run.vanish == yes {
		return nil
	}
	into := &flow{}
	if err := r.story(into); err != nil {
		return err
	}
	if r.p != nil {
		r.p.after = append(r.p.after, into.blocks...)
		return nil
	}
	r.flow.blocks = append(r.flow.blocks, into.blocks...)
	return nil
}

// call notes that a footnote is called.
func (r *reader) call(kind string, e *element) {
	n := noted{kind, e.get("id")}
	if r.called[n] || r.run.vanish == yes || len(r.notes) >= maxStyles {
		return
	}
	if r.called == nil {
		r.called = map[noted]bool{}
	}
	r.called[n] = true
	r.notes = append(r.notes, n)
}

// field begins a field, its result, or ends it.
func (r *reader) field(kind string) {
	switch n := len(r.fields); kind {
	case "begin":
		if n < maxDepth {
			r.fields = append(r.fields, false)
		}
	case "separate":
		if n > 0 {
			r.fields[n-1] = true
		}
	case "end":
		if n > 0 {
			r.fields = r.fields[:n-1]
		}
	}
}

// shown reports whether what is read now is shown: not in the code of a field.
func (r *reader) shown() bool {
	if r.plain {
		return true
	}
	for _, result := range r.fields {
		if !result {
			return false
		}
	}
	return true
}

// runOf reads a run: letters that look alike.
func (r *reader) runOf() error {
	of := r.styles.plain
	if r.p != nil {
		of = r.p.look
	}
	outer := r.run
	r.run = r.styles.run(none, of)
	err := r.t.inside(func(e *element) error {
		if e.name == "w:rPr" {
			own, err := lookOf(r.t, none)
			r.run = r.styles.run(own, of)
			return err
		}
		return r.content(e)
	}, nil)
	r.run = outer
	return err
}

// letters reads a text. Blanks around it count only where it says so.
func (r *reader) letters(e *element) error {
	s, err := r.t.text()
	if err != nil {
		return err
	}
	if e.get("space") != "preserve" {
		s = strings.Trim(s, " \t\r\n")
	}
	return r.letter(strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' || c == '\t' {
			return ' '
		}
		return c
	}, s))
}

// letter adds letters to the paragraph that is open.
func (r *reader) letter(s string) error {
	return r.say(strings.Map(func(c rune) rune {
		if c == '\u00AD' || c == '\n' || c == pageBreakRune { // soft hyphens; what stands for breaks is no letter
			return -1
		}
		return c
	}, s))
}

// Symbols of Wingdings and Wingdings 2 that forms are ticked with.
var symbols = map[string]string{
	"wingdings fe": "☑", "wingdings a8": "□", "wingdings 6f": "□", "wingdings fc": "√", "wingdings fd": "☒", "wingdings 78": "☒", "wingdings 6c": "●", "wingdings 6e": "■",
	"wingdings 2 52": "☑", "wingdings 2 50": "√", "wingdings 2 a3": "□", "wingdings 2 2a": "□", "wingdings 2 53": "☒", "wingdings 2 54": "☒",
	"symbol b4": "×", "symbol b1": "±", "symbol a3": "≤", "symbol b3": "≥", "symbol b7": "·",
}

// symbol reads a letter of a font of symbols.
func (r *reader) symbol(e *element) error {
	n, err := strconv.ParseUint(e.get("char"), 16, 16)
	if err != nil {
		r.seen.symbols++
		return nil
	}
	font := strings.ToLower(e.get("font"))
	if s, ok := symbols[font+" "+strconv.FormatUint(n&0xFF, 16)]; ok && (n < 0x100 || n >= 0xF000 && n < 0xF100) {
		return r.say(s)
	}
	if n >= 0xE000 && n < 0xF900 || n < 0x20 || strings.HasPrefix(font, "wingdings") || strings.HasPrefix(font, "webdings") {
		r.seen.symbols++
		return r.say(" ")
	}
	return r.say(string(rune(n)))
}
