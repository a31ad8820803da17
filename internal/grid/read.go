package grid

import (
	"bytes"
	"errors"
	"strings"
)

// What to do with a file that is none of ours.
const (
	saveAsXLSX = "请在 Excel 或 WPS 里打开它，另存为“Excel 工作簿 (.xlsx)”再用"
	giveTable  = "请换成存有表格的文件：.xlsx、.xls，或者 HTML、CSV、制表符分隔的文本"
)

// Read reads a file, whatever its name ends in; the name is for what is said of it only.
func Read(name string, raw []byte) (*Book, error) {
	switch {
	case len(raw) == 0:
		return nil, &Refused{What: "这是空文件，一个字节也没有", Remedy: "请重新导出或复制"}
	case len(raw) > maxFile:
		return nil, tooMuch("文件的字节", maxFile)
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("PK\x05\x06")):
		return readZip(raw)
	}
	return nil, &Refused{What: "认不出这是什么文件", Remedy: giveTable}
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
	case strings.HasPrefix(main, "word/"):
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
