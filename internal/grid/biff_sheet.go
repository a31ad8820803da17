package grid

import "strconv"

// biffSheet reads the records of one sheet.
type biffSheet struct {
	*biff
	hidden map[int]bool // rows
	texts  *biffCell    // a formula whose result is the text of a later record
}

// biffCell is where a cell is and how it looks.
type biffCell struct {
	row, column int // from 1
	style       style
}

func (b *biff) readSheet(at int) error {
	s := &biffSheet{biff: b, hidden: map[int]bool{}}
	depth := 0
	for {
		id, data, next, err := b.record(at)
		if err != nil {
			return err
		}
		at = next
		switch {
		case id == recBOF:
			depth++
			continue
		case depth == 0:
			return errRecord // a sheet begins with a record that says so
		case id == recEOF:
			if depth--; depth == 0 {
				rows := b.sheet().Rows
				for i := range rows {
					rows[i].Hidden = s.hidden[rows[i].Number]
				}
				return nil
			}
		case depth > 1: // a chart within the sheet
			continue
		}
		c := cursor{b: data}
		if at, err = b.goOn(&c, at); err != nil {
			return err
		}
		if err := s.read(id, &c); err != nil {
			return err
		}
		if c.bad {
			return errRecord
		}
	}
}

// read reads one record.
func (s *biffSheet) read(id int, c *cursor) error {
	switch id {
	case recRow:
		s.readRow(c)
	case recColInfo:
		from, to, width := c.u16(), c.u16(), c.u16()
		c.skip(2)
		if c.u16()&1 != 0 || width == 0 {
			s.hide(from+1, to+1)
		}
	case recMergeCells:
		for n := c.u16(); n > 0 && !c.bad; n-- {
			top, bottom, left, right := c.u16(), c.u16(), c.u16(), c.u16()
			if c.bad {
				break
			}
			if err := s.merge(Merge{top + 1, left + 1, bottom + 1, right + 1}); err != nil {
				return err
			}
		}
	case recString:
		if at := s.texts; at != nil {
			s.texts = nil
			return s.text(*at, c.text(c.u16()), true)
		}
	default:
		return s.readCell(id, c)
	}
	return nil
}

// readCell reads a record of one cell or, of numbers in four bytes, of several.
func (s *biffSheet) readCell(id int, c *cursor) error {
	switch id {
	case recLabelSST:
		at := s.cell(c)
		n := c.u32()
		if c.bad || n >= len(s.shared) {
			return errShared
		}
		return s.text(at, s.shared[n], false)
	case recLabel, recRString:
		at := s.cell(c)
		return s.text(at, c.text(c.u16()), false)
	case recNumber:
		at := s.cell(c)
		text, ok := double(c.eight())
		return s.number(at, text, ok, false)
	case recRK:
		at := s.cell(c)
		text, ok := rk(c.u32())
		return s.number(at, text, ok, false)
	case recMulRK:
		row, column := c.u16(), c.u16()
		for ; len(c.b) > 2 && !c.bad; column++ {
			at := biffCell{row + 1, column + 1, s.styleAt(c.u16())}
			text, ok := rk(c.u32())
			if err := s.number(at, text, ok, false); err != nil {
				return err
			}
		}
	case recBoolErr:
		at := s.cell(c)
		value, isError := c.u8(), c.u8() == 1
		return s.truth(at, value, isError, false)
	case recFormula:
		return s.formula(c)
	}
	return nil
}

// readRow notes that a row is hidden, or as high as nothing.
func (s *biffSheet) readRow(c *cursor) {
	row := c.u16() + 1
	c.skip(4)
	height := c.u16() & 0x7FFF
	c.skip(4)
	if flags := c.u16(); flags&0x20 != 0 || height == 0 {
		s.hidden[row] = true
	}
}

// formula reads the result that is stored with a formula.
func (s *biffSheet) formula(c *cursor) error {
	at := s.cell(c)
	bits := c.eight()
	s.texts = nil
	if bits>>48 != 0xFFFF {
		text, ok := double(bits)
		return s.number(at, text, ok, true)
	}
	value := int(bits >> 16 & 0xFF)
	switch bits & 0xFF {
	case 0:
		s.texts = &at
		return nil
	case 1, 2:
		return s.truth(at, value, bits&0xFF == 2, true)
	}
	return s.text(at, "", true)
}

// cell reads the head of a record of a cell.
func (s *biffSheet) cell(c *cursor) biffCell {
	row, column := c.u16(), c.u16()
	return biffCell{row + 1, column + 1, s.styleAt(c.u16())}
}

func (s *biffSheet) styleAt(n int) style {
	if n < len(s.styles) {
		return s.styles[n]
	}
	return style{}
}

func (s *biffSheet) text(at biffCell, text string, formula bool) error {
	return s.put(at.row, false, Cell{Column: at.column, Kind: Text, Text: text, Format: at.style.code, Struck: at.style.struck, Formula: formula})
}

func (s *biffSheet) number(at biffCell, text string, ok, formula bool) error {
	c, isNumber := at.style.number(text, s.from1904)
	if !ok || !isNumber {
		c = Cell{Kind: Error, Text: "#NUM!", Format: at.style.code}
	}
	c.Column, c.Formula, c.Struck = at.column, formula, at.style.struck
	return s.put(at.row, false, c)
}

func (s *biffSheet) truth(at biffCell, value int, isError, formula bool) error {
	c := Cell{Column: at.column, Kind: Bool, Text: truthText(value != 0), Raw: strconv.Itoa(value), Format: at.style.code, Struck: at.style.struck, Formula: formula}
	if isError {
		c.Kind, c.Raw = Error, ""
		if c.Text = biffErrors[value]; c.Text == "" {
			c.Text = "#N/A"
		}
	}
	return s.put(at.row, false, c)
}

// biffErrors are the names of errors.
var biffErrors = map[int]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

// rk is a number in four bytes: a whole one of 30 bits, or the upper half of a number in eight; either may be meant in
// hundredths.
func rk(v int) (text string, ok bool) {
	if v&2 != 0 {
		text, ok = strconv.Itoa(int(int32(uint32(v))>>2)), true
	} else {
		text, ok = double(uint64(v&^3) << 32)
	}
	if ok && v&1 != 0 {
		text = hundredth(text)
	}
	return text, ok
}
