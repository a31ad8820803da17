package docx

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"yusuan/internal/read/paper"
)

// TestHostile: what a document claims costs no more than what it holds, and what it holds is bounded.
func TestHostile(t *testing.T) {
	main := func(document string) []byte { return zipOf(t, "word/document.xml", document) }
	for name, x := range map[string]struct {
		raw  []byte
		want string
	}{
		"no body":                 {main(`<w:document xmlns:w="` + wordNS + `"/>`), "不完整"},
		"another root":            {main(`<html/>`), "不完整"},
		"no document":             {zipOf(t, "word/other.xml", ""), "不完整"},
		"no zip":                  {[]byte("PK\x03\x04"), "不完整"},
		"not closed":              {main(`<w:document xmlns:w="` + wordNS + `"><w:body><w:p>`), "不完整"},
		"entities":                {main(`<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + part("document", "<w:body>"+p(r("&b;"))+"</w:body>")[38:]), "不完整"},
		"another file":            {main(`<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>` + part("document", "<w:body>"+p(r("&a;"))+"</w:body>")[38:]), "不完整"},
		"deep":                    {docOf(t, strings.Repeat("<w:sdt>", maxDepth)+strings.Repeat("</w:sdt>", maxDepth)), "不完整"},
		"tables in tables":        {docOf(t, strings.Repeat("<w:tbl><w:tr><w:tc>", maxDepth)+strings.Repeat("</w:tc></w:tr></w:tbl>", maxDepth)), "不完整"},
		"one piece":               {docOf(t, `<w:p x="`+strings.Repeat("a", 2*onePiece)+`"/>`), "不完整"},
		"one text":                {docOf(t, p("<w:r>"+strings.Repeat("<w:t>"+strings.Repeat("长", 30_000)+"</w:t>", maxText/90_000+1)+"</w:r>")), "文字的字节"},
		"cells of a row":          {docOf(t, "<w:tbl><w:tr>"+strings.Repeat("<w:tc/>", maxColumns+1)+"</w:tr></w:tbl>"), "一行的单元格"},
		"columns of a row":        {docOf(t, tbl(tr(tc(`<w:gridSpan w:val="1000000000"/>`, "甲"), tc("", "乙")))), "表格的列"},
		"rows times columns":      {docOf(t, "<w:tbl><w:tr>"+strings.Repeat("<w:tc/>", maxColumns)+"</w:tr>"+strings.Repeat("<w:tr><w:tc/></w:tr>", maxPlaces/maxColumns)+"</w:tbl>"), "行乘列"},
		"paragraphs":              {docOf(t, strings.Repeat("<w:p><w:r><w:t>a</w:t></w:r></w:p>", maxBlocks+1)), "段落"},
		"unzipped":                {docOf(t, strings.Repeat(`<w:p x="`+strings.Repeat("a", 100_000)+`"/>`, maxUnzipped/100_000+1)), "解压"},
		"styles":                  {docOf(t, "", "styles", strings.Repeat(`<w:style/>`, maxStyles)+styleList(maxStyles+1)), "样式"},
		"lists":                   {docOf(t, "", "numbering", strings.Repeat(`<w:num/>`, maxStyles+1)), "编号"},
		"parts":                   {zipOf(t, names(maxParts+1)...), "压缩包里的文件"},
		"relations to themselves": {zipOf(t, "_rels/.rels", `<Relationships><Relationship Type="officeDocument" Target="_rels/.rels"/></Relationships>`), "不完整"},
		"a way out":               {zipOf(t, "_rels/.rels", `<Relationships><Relationship Type="officeDocument" Target="../../../../etc/passwd"/></Relationships>`), "不完整"},
	} {
		_, err := Document(x.raw)
		var refused *paper.Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.What, x.want) {
			t.Errorf("%s: %v; want %s", name, err, x.want)
		}
	}
	// What is odd and small is read.
	for name, x := range map[string][2]string{
		"a wide cell":            {tbl(tr(tc(`<w:gridSpan w:val="1000000000000000000000"/>`, "甲")), tr(tc("", "乙"), tc("", "丙"))), "table 2\n  0:甲{1x2}\n  0:乙 1:丙"},
		"a span of less":         {tbl(tr(tc(`<w:gridSpan w:val="-5"/>`, "甲"), tc(`<w:gridSpan w:val="x"/>`, "乙"))), "table 2\n  0:甲 1:乙"},
		"fields that only begin": {p(strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 1_000) + r("文")), "p 文"},
		"fields that only end":   {p(strings.Repeat(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`, 1_000) + r("文")), "p 文"},
		"an empty table":         {"<w:tbl/>" + p(r("文")), "p 文"},
		"rows without cells":     {tbl(tr(), tr()) + p(r("文")), "p 文"},
		"many merged rows":       {"<w:tbl>" + tr(tc(`<w:vMerge w:val="restart"/>`, "甲"), tc("", "1")) + strings.Repeat(tr(tc("<w:vMerge/>", ""), tc("", "2")), 3) + "</w:tbl>", "table 2\n  0:甲{4x1} 1:1\n  1:2\n  1:2\n  1:2"},
	} {
		d, err := Document(docOf(t, x[0]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.TrimSpace(told(d)); got != x[1] {
			t.Errorf("%s reads\n%s\nwant\n%s", name, got, x[1])
		}
	}
}

func styleList(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<w:style w:styleId="s%d"/>`, i)
	}
	return b.String()
}

func names(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprint("word/", i), "")
	}
	return out
}
