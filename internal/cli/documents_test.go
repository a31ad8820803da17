package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/internal/build"
	"yusuan/internal/doc"
	"yusuan/internal/pdf"
	"yusuan/internal/pdfium"
)

// publishing is a department with something in most of its tables.
var publishing = strings.Replace(clean, "name = \"某区档案馆\"\nkind", "name = \"某区档案馆本级\"\nkind", 1) + `
[[project]]
name = "库房改造"
group = "本级支出项目"
function = "2012601"
amount = 500000
purpose = "主要用于库房改造。"
`

// printed lays out what a department's document prints, as change leaves it, as a PDF without any data inside.
func printed(t *testing.T, dir string, change func(*doc.Document)) []byte {
	t.Helper()
	if !pdfium.Supported {
		t.Skip("PDF is not read on this machine")
	}
	s, err := (&app{}).shared()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Dir(filepath.Dir(dir))
	w, err := s.Check(build.Input{Data: os.DirFS(root), Dir: filepath.ToSlash(filepath.Join(filepath.Base(filepath.Dir(dir)), filepath.Base(dir)))})
	if err != nil || w.Tree == nil {
		t.Fatal(err, w.Diags)
	}
	change(w.Tree)
	raw, err := pdf.Write(w.Typeset(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// misprint prints another number than the data give: the first of a table that is so.
func misprint(t *testing.T, table, number, other string) func(*doc.Document) {
	return func(d *doc.Document) {
		t.Helper()
		for _, s := range d.Sections {
			for _, b := range s.Blocks {
				x, ok := b.(*doc.Table)
				if !ok || x.ID != table {
					continue
				}
				for _, r := range x.Body {
					for i := range r.Cells {
						if text := r.Cells[i].Text; len(text) == 1 && text[0].String == number {
							text[0].String = other
							return
						}
					}
				}
			}
		}
		t.Fatalf("table %s prints no %s", table, number)
	}
}

func asPrinted(*doc.Document) {}

// wordDocument is a document of Word with headings and tables as a web page has them: rows of cells, a line between.
func wordDocument(t *testing.T, blocks ...any) []byte {
	t.Helper()
	var body strings.Builder
	text := func(s string) string {
		var b bytes.Buffer
		_ = xml.EscapeText(&b, []byte(s)) // a buffer takes all
		return `<w:p><w:r><w:t xml:space="preserve">` + b.String() + `</w:t></w:r></w:p>`
	}
	for _, x := range blocks {
		switch x := x.(type) {
		case string:
			body.WriteString(text(x))
		case [][]string:
			body.WriteString("<w:tbl><w:tblGrid>" + strings.Repeat("<w:gridCol/>", len(x[0])) + "</w:tblGrid>")
			for _, row := range x {
				body.WriteString("<w:tr>")
				for _, cell := range row {
					body.WriteString("<w:tc>" + text(cell) + "</w:tc>")
				}
				body.WriteString("</w:tr>")
			}
			body.WriteString("</w:tbl>")
		}
	}
	const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<?xml version="1.0" encoding="UTF-8"?><w:document ` + space + `><w:body>` + body.String() + `</w:body></w:document>`,
	} {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// faulty is a small document with one wrong sum.
func faulty() []any {
	return []any{
		"某区档案馆2026年部门预算", "第二部分 2026年部门预算表",
		"表3　部门支出总表", "单位：万元",
		[][]string{{"科目编码", "科目名称", "合计", "基本支出", "项目支出"}, {"", "合计", "150.00", "100.00", "50.00"}, {"201", "一般公共服务支出", "150.00", "100.00", "50.00"},
			{"20126", "档案事务", "150.00", "100.00", "50.00"}, {"2012601", "行政运行", "100.00", "100.00", ""}, {"2012699", "其他档案事务支出", "51.00", "", "50.00"}},
	}
}

// TestCheckPrintedPDF: a PDF is checked by what is printed, whatever it was made by: a misprint is told by page, table, row and
// column, in words, in JSON and in the list; the last line says what was checked.
func TestCheckPrintedPDF(t *testing.T) {
	root := t.TempDir()
	dir := department(t, publishing)
	good, bad := filepath.Join(root, "好.pdf"), filepath.Join(root, "错.pdf")
	write(t, good, string(printed(t, dir, asPrinted)))
	write(t, bad, string(printed(t, dir, misprint(t, "3", "50.00", "50.10"))))
	code, stdout, stderr := run("check", good)
	says(t, "as printed", code, exitGood, stderr, "按公开文件核对："+filepath.ToSlash(good)+"（PDF，", "模板“武汉市区级部门预算公开”（wuhan", "认得11张表中的11张")
	says(t, "as printed", code, exitGood, stdout, "核对了模板11张表里的11张")
	if strings.Contains(stderr, "带着数据") {
		t.Errorf("it is told to carry data:\n%s", stderr)
	}
	list := filepath.Join(root, "清单.xlsx")
	code, stdout, stderr = run("check", bad, "--xlsx", list)
	says(t, "misprinted", code, exitData, stdout+stderr, "第6页 表3 第1行“合计” “项目支出”列: 错误", "50.10", "\n1 个错误\n")
	rows := sheetRows(t, list, "问题清单")
	if len(rows) < 2 || !strings.Contains(strings.Join(rows[1], "|"), "|表3|") || !strings.Contains(strings.Join(rows[0], "|"), "页|表或节|表中的行|表中的列") {
		t.Errorf("the list has %q", rows)
	}
	code, stdout, _ = run("check", bad, "--format", "json")
	var told struct {
		Errors      int
		Diagnostics []struct {
			ID string
			At struct {
				Page        int
				Table       string
				ColumnTitle string `json:"column_title"`
			}
		}
		Documents []paperForPrograms
	}
	if err := json.Unmarshal([]byte(stdout), &told); err != nil || code != exitData {
		t.Fatal(code, err, stdout)
	}
	if at := told.Diagnostics[0].At; told.Errors == 0 || at.Page == 0 || at.Table == "" || told.Diagnostics[0].ID == "" {
		t.Errorf("JSON has %+v", told)
	}
	if len(told.Documents) != 1 || told.Documents[0].Found != 11 || told.Documents[0].Errors != told.Errors || told.Documents[0].Department != "某区档案馆" || told.Documents[0].Year != 2026 {
		t.Errorf("JSON says of the document %+v", told.Documents)
	}
}

// TestCheckOwnPDF: a PDF of ours with its data inside is checked by what is printed, and verifying is named.
func TestCheckOwnPDF(t *testing.T) {
	if !pdfium.Supported {
		t.Skip("PDF is not read on this machine")
	}
	file := filepath.Join(t.TempDir(), "公开.pdf")
	good(t, "build", department(t, publishing), "-o", file)
	code, stdout, stderr := run("check", file)
	says(t, "ours", code, exitGood, stderr, "按公开文件核对：", "yusuan verify "+filepath.ToSlash(file))
	says(t, "ours", code, exitGood, stdout, "核对了模板11张表里的11张")
}

// TestCheckFormsOfDocuments: the other forms of our documents are finished documents, too.
func TestCheckFormsOfDocuments(t *testing.T) {
	root := t.TempDir()
	dir := department(t, publishing)
	for name, format := range map[string]string{"公开.html": "网页", "公开-正文.html": "网页", "公开.xlsx": "电子表格"} {
		file := filepath.Join(root, name)
		good(t, "build", dir, "-o", file)
		code, stdout, stderr := run("check", file)
		says(t, name, code, exitGood, stdout+stderr, "（"+format+"）", "（wuhan，", "核对了模板11张表里的11张")
		raw, err := os.ReadFile(file)
		if err != nil || format != "网页" {
			continue
		}
		write(t, file, strings.Replace(string(raw), ">50.00<", ">50.10<", 1))
		if code, stdout, _ := run("check", file); code != exitData || !strings.Contains(stdout, "50.10") {
			t.Errorf("%s with a misprint: exit %d\n%s", name, code, stdout)
		}
	}
}

// TestCheckWord: what check says of a small faulty document of Word, word for word.
func TestCheckWord(t *testing.T) {
	file := filepath.Join(t.TempDir(), "某局.docx")
	write(t, file, string(wordDocument(t, faulty()...)))
	code, stdout, stderr := run("check", file, "--template", "wuhan")
	if code != exitData {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	golden := "../../testdata/published/check-word.txt"
	if os.Getenv("UPDATE") != "" {
		write(t, golden, stdout)
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if stdout != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("check says\n%s\nwant\n%s", stdout, want)
	}
	marked := filepath.Join(t.TempDir(), "批注.docx")
	code, _, stderr = run("check", file, "--template", "wuhan", "--marked", marked)
	says(t, "marked", code, exitData, stderr, "只有 PDF 能加批注，这是Word 文档；另写了问题清单")
	if rows := sheetRows(t, listBeside(marked), "问题清单"); len(rows) < 2 {
		t.Errorf("the list has %q", rows)
	}
}

// TestCheckFolderOfDocuments: all of a folder are told of, those that cannot be read with the reason, hostile ones among them; one
// stops no other. The exit code says the worst.
func TestCheckFolderOfDocuments(t *testing.T) {
	root := t.TempDir()
	put := func(name string, raw []byte) { write(t, filepath.Join(root, name), string(raw)) }
	put("甲/错.docx", wordDocument(t, faulty()...))
	put("乙.html", []byte("<!doctype html><html><p>通知</p></html>"))
	put("坏.docx", []byte("PK\x03\x04 nothing"))
	put("坏.pdf", []byte("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>"))
	put("老.doc", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...))
	put("图.png", []byte("\x89PNG"))
	put("2026/338/department.toml", []byte(clean))
	code, stdout, stderr := run("check", root, "--template", "wuhan")
	says(t, "folder", code, exitData, stdout, "5 份文件：核对了 1 份，其中 1 份有错误；4 份没有核对", "没有核对的：", "乙.html：里面没有读到表", "坏.docx：", "老.doc：", "是数据目录，没有核对；单独核对：yusuan check",
		"另有 1 个文件不是文档", "\n表3 第5行")
	if pdfium.Supported {
		says(t, "folder", code, exitData, stdout, "坏.pdf：")
	}
	if n := strings.Count(stderr, "没有核对："); n != 4 {
		t.Errorf("%d documents are told as they come:\n%s", n, stderr)
	}
	if strings.Index(stdout, "── ") < strings.Index(stdout, "没有核对的：") {
		t.Errorf("the summary does not come first:\n%s", stdout)
	}
	if err := os.RemoveAll(filepath.Join(root, "甲")); err != nil {
		t.Fatal(err)
	}
	if code, stdout, _ := run("check", root, "--template", "wuhan"); code != exitUsage || !strings.Contains(stdout, "4 份文件：核对了 0 份") {
		t.Errorf("where nothing can be read: exit %d\n%s", code, stdout)
	}
	list := filepath.Join(t.TempDir(), "清单.xlsx")
	run("check", root, "--template", "wuhan", "--xlsx", list)
	if rows := sheetRows(t, list, "问题清单"); len(rows) != 5 || !strings.Contains(fmt.Sprint(rows), "整份没有核对") {
		t.Errorf("the list has %q", rows)
	}
}

// TestCheckRefusesExports: what budget systems export is no finished document, and the command for it is named; options that
// nothing asks for are refused.
func TestCheckRefusesExports(t *testing.T) {
	files := []string{"a/部门预算数据导出_418_20251208.xlsx", "b/418003青岚区社区培训学校.xlsx", "c/局机关基本支出.xls", "c/服务中心基本支出.xls", "c/项目和采购.xlsx"}
	for _, file := range files {
		file = "../../testdata/exports/" + file
		if code, _, stderr := run("check", file); code != exitUsage || !strings.Contains(stderr, "像是预算系统导出的明细表") || !strings.Contains(stderr, "yusuan import") {
			t.Errorf("%s: exit %d %s", file, code, stderr)
		}
	}
	word := filepath.Join(t.TempDir(), "某局.docx")
	write(t, word, string(wordDocument(t, faulty()...)))
	dir := department(t, clean)
	for _, c := range []struct{ args, says string }{
		{"check " + dir + " --with " + word, "--with 用于核对公开文件"},
		{"check " + dir + " --coverage", "--coverage 用于核对公开文件"},
		{"check " + word + " --edition department", "--edition 用于数据目录"},
		{"check " + word + " " + word + " --with " + word, "--with 只能与一份公开文件一起用"},
		{"check " + word + " --template nowhere", "没有模板“nowhere”"},
		{"check " + word + " --marked " + word, "--marked 不能写在公开文件自己上面"},
		{"check " + word + " --marked " + word + " " + dir, "--marked 一次标一份文件"},
		{"read " + word, "要用 --into 给出写到哪个目录"},
		{"read " + word + " --into " + dir, "里已有文件，不能覆盖"},
		{"read " + dir + " --into x", "是目录；要给的是一份公开文件"},
	} {
		if code, _, stderr := run(strings.Fields(c.args)...); code != exitUsage || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: exit %d %s", c.args, code, stderr)
		}
	}
}

// TestReadThenCheck: what read writes of a document has the faults that check finds in the document, at their lines.
func TestReadThenCheck(t *testing.T) {
	root := t.TempDir()
	word := filepath.Join(root, "某局.docx")
	write(t, word, string(wordDocument(t, faulty()...)))
	into := filepath.Join(root, "读出")
	code, stdout, stderr := run("read", word, "--into", into, "--template", "wuhan")
	says(t, "read", code, exitGood, stdout+stderr, "已写 ", "tables.toml", "没有读懂的", "yusuan check "+filepath.ToSlash(into))
	found := func(args ...string) (out []string) {
		t.Helper()
		_, stdout, _ := run(append([]string{"check", "--format", "json"}, args...)...)
		var told struct {
			Diagnostics []struct{ Rule, Level, Stated, Want string }
		}
		if err := json.Unmarshal([]byte(stdout), &told); err != nil {
			t.Fatal(err, stdout)
		}
		for _, d := range told.Diagnostics {
			if d.Level == "error" && !strings.HasPrefix(d.Rule, "填报-") {
				out = append(out, fmt.Sprint(d))
			}
		}
		return out
	}
	if a, b := found(word, "--template", "wuhan"), found(into); len(a) == 0 || fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("of the document %q, of what was read %q", a, b)
	}
}

// TestReadFactsThenBuild: the data that a document is derived to make its tables again, and the next year of it.
func TestReadFactsThenBuild(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "公开.pdf")
	write(t, file, string(printed(t, department(t, publishing), asPrinted)))
	into := filepath.Join(root, "2026", "900")
	code, stdout, stderr := run("read", file, "--facts", "--into", into)
	says(t, "read --facts", code, exitGood, stdout+stderr, "basic.toml", "全部一致", "yusuan build "+filepath.ToSlash(into))
	again := filepath.Join(root, "再做.xlsx")
	if code, _, stderr := run("build", into, "-o", again); code != exitGood {
		t.Fatalf("build: exit %d\n%s", code, stderr)
	}
	next := filepath.Join(root, "2027", "900")
	code, stdout, stderr = run("new", next, "--from", file)
	says(t, "new --from a printed PDF", code, exitGood, stdout+stderr, "倒推", "个金额要填")
	carrying := filepath.Join(root, "带数据.pdf")
	good(t, "build", department(t, publishing), "-o", carrying)
	other := filepath.Join(root, "别处", "2027", "900")
	code, stdout, stderr = run("new", other, "--from", carrying)
	says(t, "new --from a PDF with its data", code, exitGood, stdout+stderr, "数据取自 "+filepath.ToSlash(carrying)+" 里面", "个金额要填")
	if raw, err := os.ReadFile(filepath.Join(other, "department.toml")); err != nil || !strings.Contains(string(raw), "2027") || !strings.Contains(string(raw), "库房改造") {
		t.Errorf("%v\n%s", err, raw)
	}
}

// sheetRows are the rows of a sheet.
func sheetRows(t *testing.T, name, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
