package grid

import (
	"errors"
	"io"

	"github.com/richardlehane/mscfb"
)

// sectors gives the file to mscfb. It fills up the last sector, which some programs write short, and bounds what is read while
// the folder of streams is read, since its memory grows with the square of how deep folders nest.
type sectors struct {
	raw  []byte
	left int // bytes of whole sectors that may still be read; -1 for any number
}

// maxFolder is 1,024 streams; a workbook has some, and five to ten more for each object within it.
const maxFolder = 1_024 * 128

var errFolder = errors.New("grid: too many streams in a compound file")

func (s *sectors) ReadAt(p []byte, off int64) (int, error) {
	const sector = 4096
	if off < 0 || off >= int64(len(s.raw)) || off+int64(len(p)) > int64(len(s.raw)+sector) {
		return 0, io.ErrUnexpectedEOF
	}
	if s.left >= 0 && len(p) > 4 {
		if s.left -= len(p); s.left < 0 {
			return 0, errFolder
		}
	}
	clear(p[copy(p, s.raw[off:]):])
	return len(p), nil
}

// streamsOf are the streams of a compound file by their names; of two of one name, the first holds.
func streamsOf(raw []byte) (map[string]*mscfb.File, error) {
	s := &sectors{raw: raw, left: maxFolder}
	d, err := mscfb.New(s)
	if err != nil {
		return nil, err
	}
	s.left = -1
	streams := map[string]*mscfb.File{}
	for _, f := range d.File {
		if len(f.Path) == 0 && streams[f.Name] == nil {
			streams[f.Name] = f
		}
	}
	return streams, nil
}

// readCFB tells what a compound file is by its streams.
func readCFB(name string, raw []byte) (*Book, error) {
	streams, err := streamsOf(raw)
	if err != nil {
		return nil, broken(XLS, err)
	}
	switch {
	case streams["EncryptedPackage"] != nil:
		return nil, &Refused{What: "这份工作簿加了打开密码，不输密码读不了", Remedy: "请在 Excel 或 WPS 里输密码打开，取消密码（文件－加密），另存为 .xlsx 再用"}
	case streams["Workbook"] != nil:
		stream, err := contentsOf(streams["Workbook"], len(raw))
		if err != nil {
			return nil, broken(XLS, err)
		}
		return readBIFF(stream)
	case streams["Book"] != nil:
		return nil, oldWorkbook("Excel 5.0 或 95")
	case streams["WordDocument"] != nil:
		return nil, &Refused{What: "这是 Word 文档（.doc），不是电子表格", Remedy: giveTable}
	case streams["PowerPoint Document"] != nil:
		return nil, &Refused{What: "这是演示文稿（.ppt），不是电子表格", Remedy: giveTable}
	}
	if refused := unknown(name); refused.Remedy != giveTable {
		return nil, refused
	}
	return nil, &Refused{What: "这是旧版 Office 或 WPS 的文件，里面没有 Excel 97－2003 的工作簿", Remedy: saveAsXLSX}
}

// oldWorkbook refuses a workbook of a program before Excel 97.
func oldWorkbook(program string) *Refused {
	return &Refused{What: "这是 " + program + " 的旧工作簿，格式太旧，读不了", Remedy: saveAsXLSX}
}

// contentsOf reads a stream, in pieces: mscfb takes time with the square of what one call asks for.
func contentsOf(f *mscfb.File, most int) ([]byte, error) {
	if f.Size > int64(most) {
		return nil, io.ErrUnexpectedEOF
	}
	out := make([]byte, 0, f.Size)
	piece := make([]byte, 32<<10)
	for {
		n, err := f.Read(piece)
		out = append(out, piece[:n]...)
		if err == io.EOF || int64(len(out)) >= f.Size {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, io.ErrUnexpectedEOF
		}
	}
}
