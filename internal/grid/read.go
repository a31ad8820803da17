package grid

import (
	"bytes"
	"encoding/xml"
	"errors"
	"regexp"
	"strings"
)

// What to do with a file that is none of ours.
const (
	saveAsXLSX = "请在 Excel 或 WPS 里打开它，另存为“Excel 工作簿 (.xlsx)”再用"
	giveTable  = "请换成存有表格的文件：.xlsx、.xls，或者 HTML、CSV、制表符分隔的文本"
)

// Read reads a file. What it is, its content says, whatever its name ends in; the name serves where the content says nothing.
func Read(name string, raw []byte) (*Book, error) {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	switch {
	case strings.HasPrefix(name, "~$"):
		return nil, &Refused{What: "这是 Excel 或 WPS 打开文件时留下的临时文件，里面没有表格", Remedy: "请用去掉名字前面“~$”的那个文件"}
	case len(raw) == 0:
		return nil, &Refused{What: "这是空文件，一个字节也没有", Remedy: "请重新导出或复制"}
	case len(raw) > maxFile:
		return nil, tooMuch("文件的字节", maxFile)
	case starts(raw, "PK\x03\x04", "PK\x05\x06"):
		return readZip(raw)
	case starts(raw, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return readCFB(name, raw)
	}
	if refused := foreign(raw); refused != nil {
		return nil, refused
	}
	text, ok := decoded(raw, saidEncoding(raw))
	if !ok {
		return nil, unknown(name)
	}
	return readDecoded(text)
}

// unknown refuses what shows nothing of what it is, with the word for what its name says.
func unknown(name string) *Refused {
	kinds := map[string]string{"et": "WPS 表格文件（.et）", "ett": "WPS 表格模板（.ett）", "wps": "WPS 文字文档（.wps）", "dps": "WPS 演示文稿（.dps）", "ods": "OpenDocument 表格（.ods）",
		"numbers": "苹果的 Numbers 文件", "xls": "电子表格", "xlsx": "电子表格", "csv": "电子表格"}
	if kind := kinds[strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])]; kind != "" {
		return &Refused{What: "按名字这是" + kind + "，但里面的内容认不出来", Remedy: saveAsXLSX + "；打不开就重新导出"}
	}
	return &Refused{What: "认不出这是什么文件：既不是电子表格，也不是文字", Remedy: giveTable}
}

func starts(raw []byte, with ...string) bool {
	for _, w := range with {
		if bytes.HasPrefix(raw, []byte(w)) {
			return true
		}
	}
	return false
}

// foreign refuses what is known and no spreadsheet; nil for all else.
func foreign(raw []byte) *Refused {
	other := func(what string) *Refused {
		return &Refused{What: "这是" + what + "，不是电子表格", Remedy: giveTable}
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\uFEFF")), " \t\r\n")
	switch {
	case starts(trimmed, "%PDF-"):
		return other(" PDF 文件")
	case starts(raw, "\x89PNG", "\xFF\xD8\xFF", "GIF8", "II*\x00", "MM\x00*"), starts(raw, "BM") && len(raw) > 14 && bytes.IndexByte(raw[6:10], 0) == 0,
		starts(raw, "RIFF") && len(raw) > 12 && string(raw[8:12]) == "WEBP", len(raw) > 12 && string(raw[4:8]) == "ftyp":
		return &Refused{What: "这是图片或影像，里面没有可读的数字", Remedy: "请向出表的人要电子表格；截图和扫描件里的数不能自动带入"}
	case starts(raw, "Rar!\x1A\x07", "7z\xBC\xAF\x27\x1C", "\x1F\x8B", "BZh", "\xFD7zXZ\x00"):
		return &Refused{What: "这是压缩包，不是电子表格", Remedy: "请解压，用里面的表格文件"}
	case starts(trimmed, `{\rtf`):
		return other(" RTF 文字文档")
	case starts(raw, "MZ", "\x7FELF"):
		return other("程序")
	case starts(raw, "\x09\x00\x04\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00", "\x09\x08\x08\x00", "\x09\x08\x06\x00"):
		return oldWorkbook("Excel 2 到 95")
	case starts(trimmed, "MIME-Version:", "From: <Saved by", "From: \"Saved by"):
		return &Refused{What: "这是单个文件网页（.mht）", Remedy: saveAsXLSX}
	}
	return nil
}

// said finds the encoding that a file names in its first lines.
var said = regexp.MustCompile(`(?i)(?:<\?xml[^>]*\sencoding\s*=|<meta[^>]*charset\s*=)\s*["']?\s*([a-z0-9_:-]+)`)

func saidEncoding(raw []byte) string {
	if m := said.FindSubmatch(raw[:min(len(raw), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// readDecoded reads what is text.
func readDecoded(text []byte) (*Book, error) {
	trimmed := bytes.TrimSpace(text)
	if len(trimmed) == 0 {
		return nil, &Refused{What: "这份文件里只有空白", Remedy: "请重新导出或复制"}
	}
	if trimmed[0] == '<' {
		return readMarkup(trimmed)
	}
	sep := separator(text)
	if sep == 0 {
		return nil, &Refused{What: "这是没有分栏的文字，不是表格", Remedy: giveTable}
	}
	return readText(text, sep)
}

// Roots of XML that people take for spreadsheets.
var roots = map[string]*Refused{
	"wordDocument": {What: "这是 Word 文档（XML 格式），不是电子表格", Remedy: giveTable},
	"package":      {What: "这是 Word 或 Excel 的单个 XML 文件（Flat OPC）", Remedy: "请用原来的程序打开，另存为 .xlsx 再用；是文档就换成表格"},
	"document":     {What: "这是 OpenDocument 的单个 XML 文件", Remedy: saveAsXLSX},
	"uof":          {What: "这是标文通（UOF）文件", Remedy: saveAsXLSX},
}

// spreadsheetNS is the name space of SpreadsheetML 2003.
const spreadsheetNS = "urn:schemas-microsoft-com:office:spreadsheet"

// readMarkup tells SpreadsheetML from HTML and other XML by the first element.
func readMarkup(text []byte) (*Book, error) {
	head := bytes.ToLower(text[:min(len(text), 64<<10)])
	if root, ok := rootOf(text); ok && bytes.HasPrefix(head, []byte("<?xml")) || ok && root.Name.Local == "Workbook" {
		if root.Name.Local == "Workbook" && root.Name.Space == spreadsheetNS {
			return readSpreadsheetML(text)
		}
		if refused := roots[root.Name.Local]; refused != nil {
			return nil, refused
		}
		if refused := roots[strings.ToLower(root.Name.Local)]; refused != nil {
			return nil, refused
		}
	}
	switch {
	case bytes.Contains(head, []byte("<frameset")) && !bytes.Contains(head, []byte("<table")):
		return nil, &Refused{What: "这是网页的外框，表格在旁边文件夹的别的文件里", Remedy: saveAsXLSX}
	case bytes.Contains(head, []byte("<html")), bytes.Contains(head, []byte("<table")), bytes.Contains(head, []byte("<!doctype html")):
		return readHTML(text)
	}
	return nil, &Refused{What: "这是 XML 数据文件，不是电子表格", Remedy: giveTable}
}

// rootOf is the first element of XML.
func rootOf(text []byte) (xml.StartElement, bool) {
	left := maxPieces
	t := newWideTokens(bytes.NewReader(text), &left)
	for range 100 { // what may stand before it: declarations and remarks
		tok, err := t.d.Token()
		if err != nil {
			break
		}
		if e, ok := tok.(xml.StartElement); ok {
			return e, true
		}
	}
	return xml.StartElement{}, false
}

// readZip tells what a zip is by what is in it.
func readZip(raw []byte) (*Book, error) {
	parts, err := partsOf(raw)
	if refused := (*Refused)(nil); errors.As(err, &refused) {
		return nil, refused
	}
	if err != nil {
		return nil, &Refused{What: "这份文件像是 .xlsx 或压缩包，但不完整或已损坏", Remedy: "请重新导出或复制；在 Excel 或 WPS 里能打开的话，另存为 .xlsx 再用", Cause: err}
	}
	has := func(name string) bool { return parts[name] != nil }
	for _, f := range parts {
		if f.Flags&1 != 0 {
			return nil, &Refused{What: "这是加了密码的压缩包", Remedy: "请解压，用里面的表格文件"}
		}
	}
	main := mainPart(parts)
	switch {
	case has("mimetype"):
		return nil, &Refused{What: "这是 OpenDocument 文件（表格是 .ods，文字是 .odt）", Remedy: saveAsXLSX}
	case strings.HasSuffix(main, ".bin"):
		return nil, &Refused{What: "这是 Excel 二进制工作簿（.xlsb）", Remedy: saveAsXLSX}
	case strings.HasPrefix(main, "word/"), has("word/document.xml"):
		return nil, &Refused{What: "这是 Word 文档（.docx），不是电子表格", Remedy: giveTable}
	case strings.HasPrefix(main, "ppt/"):
		return nil, &Refused{What: "这是演示文稿（.pptx），不是电子表格", Remedy: giveTable}
	case has("ofd.xml"):
		return nil, &Refused{What: "这是版式文件（.ofd），不是电子表格", Remedy: giveTable}
	case has("index/document.iwa"), has("index.zip"):
		return nil, &Refused{What: "这是苹果的 Numbers 或 Pages 文件", Remedy: "请在原来的程序里导出为 Excel（.xlsx）再用"}
	case main == "":
		return nil, &Refused{What: "这是压缩包，不是电子表格", Remedy: "请解压，用里面的表格文件"}
	}
	return readXLSX(parts, main)
}
