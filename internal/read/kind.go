package read

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"

	"yusuan/internal/grid"
	"yusuan/internal/read/paper"
)

// kind is a way to read a file.
type kind int

const (
	isPDF kind = iota + 1
	isDocx
	isWordXML
	isBook
	isWeb
)

// most is the most bytes that a file has.
const most = 128 << 20

// What to do with what is not read.
const (
	asDocx = "请在 Word 或 WPS 里打开它，另存为“Word 文档 (.docx)”再用"
	asXLSX = "请在 Excel 或 WPS 里打开它，另存为“Excel 工作簿 (.xlsx)”再用"
	asPDF  = "请在原来的程序里打开它，导出为 PDF，或另存为 .docx、.xlsx 再用"
)

// Kind tells what a file is without reading it.
func Kind(name string, raw []byte) (paper.Format, *Refused) {
	k, refused := kindOf(name, raw)
	return map[kind]paper.Format{isPDF: paper.PDF, isDocx: paper.Word, isWordXML: paper.Word, isBook: paper.Workbook, isWeb: paper.Web}[k], refused
}

func kindOf(name string, raw []byte) (kind, *Refused) {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	switch {
	case strings.HasPrefix(name, "~$"):
		return refuse("这是 Office 或 WPS 打开文件时留下的临时文件，里面没有内容", "请用去掉名字前面“~$”的那个文件")
	case len(raw) == 0:
		return refuse("这是空文件，一个字节也没有", "请重新导出或复制")
	case len(raw) > most:
		return refuse("这份文件超过 128 MB，太大了", "请只留下要核对的部分，另存一份再用")
	case bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")) && !starts(raw, "PK"):
		return isPDF, nil
	case starts(raw, "PK\x03\x04", "PK\x05\x06"):
		return ofZip(raw)
	case starts(raw, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return ofCompound(name, raw)
	}
	if r := foreign(raw); r != nil {
		return 0, r
	}
	text, ok := grid.Decoded(raw)
	if !ok {
		return unknown(name)
	}
	return ofText(bytes.TrimSpace(text))
}

func refuse(what, remedy string) (kind, *Refused) { return 0, &Refused{What: what, Remedy: remedy} }

func starts(raw []byte, with ...string) bool {
	return slices.ContainsFunc(with, func(w string) bool { return bytes.HasPrefix(raw, []byte(w)) })
}

// foreign refuses what is known by its first bytes; nil for all else.
func foreign(raw []byte) *Refused {
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\uFEFF")), " \t\r\n")
	switch {
	case starts(raw, "\x89PNG", "\xFF\xD8\xFF", "GIF8", "II*\x00", "MM\x00*"), starts(raw, "BM") && len(raw) > 14 && bytes.IndexByte(raw[6:10], 0) == 0,
		starts(raw, "RIFF") && len(raw) > 12 && string(raw[8:12]) == "WEBP", len(raw) > 12 && string(raw[4:8]) == "ftyp":
		return &Refused{What: "这是图片或影像，里面没有文字", Remedy: "请向做文件的人要 PDF、.docx 或 .xlsx；截图和扫描件里的字读不了"}
	case starts(raw, "Rar!\x1A\x07", "7z\xBC\xAF\x27\x1C", "\x1F\x8B", "BZh", "\xFD7zXZ\x00"):
		return archive()
	case starts(trimmed, `{\rtf`):
		return &Refused{What: "这是 RTF 文档，读不了（名字叫 .doc 的，里面也可能是 RTF）", Remedy: asDocx}
	case starts(raw, "MZ", "\x7FELF"):
		return &Refused{What: "这是程序，不是文档", Remedy: "请换成 PDF、.docx、.xlsx 或网页"}
	case starts(raw, "\x09\x00\x04\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00", "\x09\x08\x08\x00", "\x09\x08\x06\x00"):
		return &Refused{What: "这是 Excel 2 到 95 的旧工作簿，格式太旧，读不了", Remedy: asXLSX}
	case starts(trimmed, "MIME-Version:", "From: <Saved by", "From: \"Saved by"):
		return &Refused{What: "这是单个文件网页（.mht），读不了", Remedy: asPDF}
	}
	return nil
}

func archive() *Refused {
	return &Refused{What: "这是压缩包", Remedy: "请解压，用里面的 PDF、.docx 或 .xlsx"}
}

// unknown refuses what shows nothing of what it is, with the word for what its name says.
func unknown(name string) (kind, *Refused) {
	ending := strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	switch ending {
	case "doc", "docx", "wps", "wpt", "dot":
		return refuse("按名字这是文字文档（."+ending+"），但里面的内容认不出来", asDocx+"；打不开就重新要一份")
	case "xls", "xlsx", "et", "ett", "csv":
		return refuse("按名字这是电子表格（."+ending+"），但里面的内容认不出来", asXLSX+"；打不开就重新要一份")
	case "pdf":
		return refuse("按名字这是 PDF，但里面的内容不是", "请重新下载或复制；打不开就重新要一份")
	}
	return refuse("认不出这是什么文件", "请换成 PDF、.docx、.xlsx 或网页")
}

// ofZip tells what a zip is by what is in it.
func ofZip(raw []byte) (kind, *Refused) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return 0, &Refused{What: "这份文件像是 .docx、.xlsx 或压缩包，但不完整或已损坏", Remedy: "请重新导出或复制；在 Word、Excel 或 WPS 里能打开的话，另存一份再用", Cause: err}
	}
	names := map[string]bool{}
	locked := false
	for _, f := range z.File {
		names[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = true
		locked = locked || f.Flags&1 != 0
	}
	within := func(folder string) bool {
		for n := range names {
			if strings.HasPrefix(n, folder) && strings.HasSuffix(n, ".xml") {
				return true
			}
		}
		return false
	}
	switch {
	case locked:
		return refuse("这是加了密码的压缩包", "请解压，用里面的 PDF、.docx 或 .xlsx")
	case names["mimetype"]:
		return refuse("这是 OpenDocument 文件（文字是 .odt，表格是 .ods），读不了", "请在 LibreOffice、Word 或 WPS 里打开它，文字另存为 .docx，表格另存为 .xlsx 再用")
	case names["ofd.xml"]:
		return refuse("这是版式文件（.ofd），读不了", "本程序做的，核对用同一份文件的 PDF，核验用 yusuan verify，取出数据用 yusuan extract（窗口里用首页的“核验”）；别人做的，请在 OFD 阅读器里打开它，导出为 PDF 再用")
	case names["xl/workbook.bin"]:
		return refuse("这是 Excel 二进制工作簿（.xlsb），读不了", asXLSX)
	case names["index/document.iwa"], names["index.zip"]:
		return refuse("这是苹果的 Pages 或 Numbers 文件，读不了", "请在原来的程序里导出为 PDF、Word 或 Excel 再用")
	case names["word/document.xml"]:
		return isDocx, nil
	case names["xl/workbook.xml"]:
		return isBook, nil
	case within("ppt/"):
		return refuse("这是演示文稿（.pptx），读不了", asPDF)
	case within("word/"):
		return isDocx, nil
	case within("xl/"):
		return isBook, nil
	}
	return 0, archive()
}

// ofCompound tells what a file of Office before 2007 is by its streams.
func ofCompound(name string, raw []byte) (kind, *Refused) {
	streams, err := grid.Streams(raw)
	if err != nil {
		return 0, &Refused{What: "这是旧版 Office 或 WPS 的文件，不完整或已损坏", Remedy: "请在原来的程序里打开它，另存为 .docx 或 .xlsx 再用；打不开就重新要一份", Cause: err}
	}
	has := func(s string) bool { return slices.Contains(streams, s) }
	switch {
	case has("EncryptedPackage"):
		return refuse("这份文件加了打开密码，不输密码读不了", "请在 Word、Excel 或 WPS 里输密码打开，取消密码（文件－信息－保护），另存一份再用")
	case has("WordDocument"):
		if strings.HasSuffix(strings.ToLower(name), ".wps") {
			return refuse("这是 WPS 文字文档（.wps），读不了", asDocx)
		}
		return refuse("这是 Word 97－2003 文档（.doc），读不了", asDocx)
	case has("Workbook"), has("Book"):
		return isBook, nil // that of .et, too
	case has("PowerPoint Document"):
		return refuse("这是演示文稿（.ppt），读不了", asPDF)
	}
	switch ending := strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]); ending {
	case "et", "ett":
		return refuse("这是 WPS 表格文件（."+ending+"），读不了", asXLSX)
	case "wps", "wpt":
		return refuse("这是 WPS 文字文档（."+ending+"），读不了", asDocx)
	}
	return refuse("这是旧版 Office 或 WPS 的文件，里面既没有 Word 文档也没有 Excel 工作簿", asPDF)
}

// ofText tells what text is.
func ofText(text []byte) (kind, *Refused) {
	if len(text) == 0 {
		return refuse("这份文件里只有空白", "请重新导出或复制")
	}
	if text[0] != '<' {
		if grid.Divided(text) {
			return isBook, nil
		}
		return refuse("这是没有分栏的文字，里面没有表格", "请换成 PDF、.docx、.xlsx 或网页")
	}
	head := bytes.ToLower(text[:min(len(text), 64<<10)])
	space, root := grid.Root(text)
	switch {
	case root == "package" && strings.HasSuffix(space, "/xmlPackage") && bytes.Contains(head, []byte("wordprocessingml")),
		root == "wordDocument" && strings.HasSuffix(space, "/wordml"):
		return isWordXML, nil
	case root == "Workbook" && strings.HasPrefix(space, "urn:schemas-microsoft-com:office"):
		return isBook, nil
	case strings.ToLower(root) == "uof":
		return refuse("这是标文通（UOF）文件，读不了", asPDF)
	case root == "document" && strings.Contains(space, "opendocument"):
		return refuse("这是 OpenDocument 的单个 XML 文件，读不了", asPDF)
	case bytes.Contains(head, []byte("<frameset")) && !bytes.Contains(head, []byte("<table")):
		return refuse("这是网页的外框，内容在旁边文件夹的别的文件里", asPDF)
	case slices.ContainsFunc([]string{"<html", "<table", "<!doctype html", "<body", "<p>", "<p ", "<div", "<h1", "<h2"}, func(s string) bool { return bytes.Contains(head, []byte(s)) }):
		return isWeb, nil
	}
	return refuse("这是 XML 数据文件，不是文档", "请换成 PDF、.docx、.xlsx 或网页")
}
