package grid

import (
	"errors"
	"io"
)

// BIFF8 as [MS-XLS] has it: records of an id, a length and so many bytes, first of the workbook, then of each sheet. No library
// of Go reads what offices have: one stops at half of their files, the other loses every formula without a word.

// Records that are read; all others do not concern cells.
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDateMode   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recColInfo    = 0x007D
	recBoundSheet = 0x0085
	recMulRK      = 0x00BD
	recRString    = 0x00D6
	recXF         = 0x00E0
	recFont       = 0x0031
	recMergeCells = 0x00E5
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recRK         = 0x027E
	recFormat     = 0x041E
	recBOF        = 0x0809
)

// biff8 is the version in the first record.
const biff8 = 0x0600

var errRecord = errors.New("grid: a record that does not end")

// boundSheet is a sheet as the workbook names it.
type boundSheet struct {
	at     int // where in the stream it begins
	name   string
	hidden bool
	cells  bool // no chart, no macro
}

// biff is a workbook that is being read.
type biff struct {
	builder
	stream   []byte
	left     int // bytes of records that may still be walked: every byte belongs to one sheet
	from1904 bool
	shared   []string
	formats  styles
	styles   []style
	sheets   []boundSheet
}

// record is the record that begins at a place of the stream, and where the next one does.
func (b *biff) record(at int) (id int, data []byte, next int, err error) {
	if at < 0 || at+4 > len(b.stream) {
		return 0, nil, 0, io.ErrUnexpectedEOF
	}
	c := cursor{b: b.stream[at:]}
	id, n := c.u16(), c.u16()
	if n > len(c.b) {
		return 0, nil, 0, errRecord
	}
	if b.left -= 4 + n; b.left < 0 {
		return 0, nil, 0, errRecord
	}
	return id, c.b[:n], at + 4 + n, nil
}

func readBIFF(stream []byte) (*Book, error) {
	b := &biff{stream: stream, left: len(stream) + len(stream)/2}
	b.book.Format = XLS
	b.formats.formats = map[int]string{}
	err := b.globals()
	for i := 0; err == nil && i < len(b.sheets); i++ {
		s := b.sheets[i]
		if !s.cells {
			b.book.Others = append(b.book.Others, s.name)
			continue
		}
		if err = b.begin(s.name, s.hidden); err == nil {
			err = b.readSheet(s.at)
		}
		if err == nil {
			err = b.end()
		}
	}
	if err != nil {
		return nil, refusal(XLS, err)
	}
	return &b.book, nil
}

// globals reads what the workbook says for all of its sheets.
func (b *biff) globals() error {
	id, data, at, err := b.record(0)
	if err != nil {
		return err
	}
	c := cursor{b: data}
	if version := c.u16(); id&0xFF != 0x09 || version != biff8 {
		return oldWorkbook("Excel 95 以前")
	}
	for {
		id, data, next, err := b.record(at)
		if err != nil {
			return err
		}
		c := cursor{b: data}
		if next, err = b.goOn(&c, next); err != nil {
			return err
		}
		switch id {
		case recEOF:
			b.styles = b.formats.resolve()
			if len(b.sheets) == 0 {
				return errPart
			}
			return nil
		case recSST:
			err = b.readShared(&c)
		default:
			err = b.global(id, &c)
		}
		if err != nil {
			return err
		}
		if c.bad {
			return errRecord
		}
		at = next
	}
}

// global reads one record of the workbook.
func (b *biff) global(id int, c *cursor) error {
	switch id {
	case recFilePass:
		return &Refused{What: "这份 .xls 工作簿加了密码（打开密码，或保护了工作簿），读不了", Remedy: "请在 Excel 或 WPS 里打开，取消密码和工作簿保护，另存为 .xlsx 再用"}
	case recDateMode:
		b.from1904 = c.u16() == 1
	case recFormat:
		n := c.u16()
		if b.formats.formats[n] = c.text(c.u16()); len(b.formats.formats) > maxStyles {
			return tooMuch("单元格格式", maxStyles)
		}
	case recFont:
		c.skip(2)
		if b.formats.struck = append(b.formats.struck, c.u16()&8 != 0); len(b.formats.struck) > maxStyles {
			return tooMuch("字体", maxStyles)
		}
	case recXF:
		font := c.u16()
		if font > 4 { // no font has the number 4
			font--
		}
		if b.formats.cells = append(b.formats.cells, cellStyle{c.u16(), font}); len(b.formats.cells) > maxStyles {
			return tooMuch("单元格格式", maxStyles)
		}
	case recBoundSheet:
		s := boundSheet{at: c.u32(), hidden: c.u8()&3 != 0, cells: c.u8() == 0}
		s.name = c.text(c.u8())
		if b.sheets = append(b.sheets, s); len(b.sheets) > maxSheets {
			return tooMuch("工作表", maxSheets)
		}
	}
	return nil
}

// goOn joins the records that go on with one, from at on, and says where the next one is. A long text takes several.
func (b *biff) goOn(c *cursor, at int) (next int, err error) {
	for at+4 <= len(b.stream) && int(b.stream[at])|int(b.stream[at+1])<<8 == recContinue {
		_, data, after, err := b.record(at)
		if err != nil {
			return 0, err
		}
		c.more, at = append(c.more, data), after
	}
	return at, nil
}

// readShared reads the texts that cells share.
func (b *biff) readShared(c *cursor) error {
	c.skip(4)
	bytes := 0
	for n := c.u32(); n > 0 && !c.bad && !c.done(); n-- {
		text := c.text(c.u16())
		b.shared = append(b.shared, text)
		if bytes += len(text); bytes > maxText {
			return tooMuch("全部文字的字节", maxText)
		}
		if len(b.shared) > maxCells {
			return tooMuch("不同的文字", maxCells)
		}
	}
	return nil
}
