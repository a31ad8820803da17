package docx

import "testing"

// TestTexts: what of a paragraph is its text, in every way in which Word writes letters.
func TestTexts(t *testing.T) {
	drawn := func(inner string) string {
		return "<w:r><w:drawing><wp:inline>" + inner + "</wp:inline></w:drawing></w:r>"
	}
	box := func(text string) string { return "<w:txbxContent>" + p(r(text)) + "</w:txbxContent>" }
	for name, x := range map[string][2]string{
		"runs":              {p(r("一般公共") + r("服务支出") + r("82,096,") + r("797.42")), "p 一般公共服务支出82,096,797.42"},
		"blanks":            {p(`<w:r><w:t xml:space="preserve">甲 </w:t><w:t> 乙 </w:t><w:tab/><w:t>丙</w:t></w:r>`), "p 甲 乙\t丙"},
		"hyphens":           {p("<w:r><w:t>因公</w:t><w:softHyphen/><w:t>出\u00AD国</w:t><w:noBreakHyphen/><w:t>境</w:t></w:r>"), "p 因公出国-境"},
		"a break in a line": {p(r("某局") + "<w:r><w:br/></w:r>" + r("2026年部门预算")), "p 某局2026年部门预算"},
		"a break of texts":  {p(r("一、主要职能") + "<w:r><w:br/></w:r>" + r("本局负责甲。") + "<w:r><w:cr/></w:r>" + r("本局负责乙。")), "p 一、主要职能\np 本局负责甲。\np 本局负责乙。"},
		"a page break":      {p(r("前") + `<w:r><w:br w:type="page"/></w:r>` + r("后")), "p 前\np 后"},
		"a unit by a break": {p(r("某局收支总表")+"<w:r><w:br/></w:r>"+r("单位：元")) + tbl(tr(tc("", "甲"), tc("", "乙"))), "above 某局收支总表\nabove 单位：元\ntable 2\n  0:甲 1:乙"},
		"links, tags, controls": {`<w:sdt><w:sdtPr><w:t>不是</w:t></w:sdtPr><w:sdtContent>` + p(`<w:hyperlink>`+r("链")+`</w:hyperlink><w:smartTag>`+r("签")+`</w:smartTag><w:customXml>`+r("标")+`</w:customXml><w:sdt><w:sdtContent>`+r("控")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`,
			"p 链签标控"},
		"changes": {p(`<w:ins>`+r("新")+`<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins><w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del><w:moveFrom>`+r("走")+`</w:moveFrom><w:moveTo>`+r("来")+`</w:moveTo>`) +
			styled(`<w:jc w:val="left"/><w:pPrChange><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>`, r("改")), "p 新来\np 改"},
		"a deleted end":       {styled(`<w:rPr><w:del/></w:rPr>`, r("上半句，")) + p(r("下半句。")) + styled(`<w:rPr><w:del/></w:rPr>`, "<w:del>"+r("没了")+"</w:del>"), "p 上半句，下半句。"},
		"an end that is last": {styled(`<w:rPr><w:del/></w:rPr>`, r("还在")), "p 还在"},
		"a field":             {p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("12") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + r("页") + `<w:fldSimple w:instr="DATE">` + r("今天") + `</w:fldSimple>`), "p 12页今天"},
		"a field over paragraphs": {p(`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>`+r("一、职能")+"<w:r><w:tab/></w:r>"+r("3")) + p(r("二、表")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`) + p(r("正文")),
			"p 一、职能\t3\np 二、表\np 正文"},
		"a field that does not end": {p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`+r("正文")) + p(r("也是")), "p 正文\np 也是"},
		"hidden": {p(r("看得见") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>" + `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>也见</w:t></w:r>`),
			"p 看得见也见\ngap 文档里有隐藏的文字，印出来看不见，没有读：“看不见”"},
		"a text box, once":            {p(r("文") + "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>" + box("框里") + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box("框里") + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + r("字")), "p 文字\np 框里"},
		"only the fallback has words": {p("<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box("后备") + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"), "p 后备"},
		"formula":                     {p("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"), "p a=b"},
		"symbols":                     {p(`<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t><w:sym w:font="Wingdings" w:char="F001"/></w:r>`), "p ☑是□否\ngap 有 1 个特殊符号认不出来，读成了空白"},
		"ruby":                        {p("<w:r><w:ruby><w:rt>" + r("jú") + "</w:rt><w:rubyBase>" + r("局") + "</w:rubyBase></w:ruby></w:r>"), "p 局"},
		"pictures":                    {p(r("图") + drawn(`<wp:extent cx="4000000" cy="3000000"/><wp:docPr descr="说明文字"/><pic:pic/>`) + drawn(`<wp:extent cx="400000" cy="300000"/><pic:pic/>`) + drawn("<c:chart/>")), "p 图\ngap 文档里有 1 张图片，图里的文字和数没有读\ngap 文档里有 1 张图表，图上的数没有读"},
		"other files":                 {p(r("文")) + "<w:altChunk/>" + p("<w:r><w:object><v:imagedata/></w:object></w:r>"), "p 文\ngap 文档里嵌入了 1 份别的文件，里面的文字和表没有读\ngap 文档里嵌入了 1 个对象（如 Excel 工作表），里面的数没有读"},
		"no paragraph around":         {r("直接") + p(r("段")) + p(r("外")+p(r("内"))+r("后")), "p 直接\np 段\np 外\np 内\np 后"},
	} {
		expect(t, name, docOf(t, x[0]), x[1])
	}
}

// TestFootnotes: what is called is read behind all else, once; what nobody calls is not, and no number is left in the text.
func TestFootnotes(t *testing.T) {
	expect(t, "footnotes", docOf(t, p(r("收入100")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+r("元")+`<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="1"/></w:r>`)+p(r("末段")),
		"footnotes", `<w:footnote w:id="0">`+p(r("线"))+`</w:footnote><w:footnote w:id="2">`+p(r("不含结转。"))+`</w:footnote>`,
		"endnotes", `<w:endnote w:id="1">`+p(r("尾注。"))+`</w:endnote>`), "p 收入100元\np 末段\np 不含结转。\np 尾注。")
}

const sampleStyles = `<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
	<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
	<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
	<w:style w:type="paragraph" w:styleId="own"><w:name w:val="公文标题"/><w:basedOn w:val="1"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
	<w:style w:type="paragraph" w:styleId="lvl"><w:name w:val="层"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
	<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style><w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>
	<w:style w:type="character" w:styleId="hid"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="fat"><w:rPr><w:b/></w:rPr></w:style>
	<w:style w:type="paragraph" w:styleId="num"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`

// TestStyles: headings by outline levels and by the names of styles, through what styles are based on; how paragraphs are set.
func TestStyles(t *testing.T) {
	raw := docOf(t, styled(`<w:pStyle w:val="1"/>`, r("一"))+styled(`<w:pStyle w:val="own"/>`, r("二"))+styled(`<w:pStyle w:val="lvl"/>`, r("三"))+
		styled(`<w:outlineLvl w:val="0"/><w:jc w:val="center"/>`, r("四"))+styled(`<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>`, r("五"))+styled(`<w:pStyle w:val="x"/>`, r("六"))+
		p(`<w:r><w:rPr><w:rStyle w:val="hid"/></w:rPr><w:t>藏</w:t></w:r>`+r("七")), "styles", sampleStyles)
	expect(t, "styles", raw, "p1 一\np1c 二\np3 三\np1c 四\np 五\np 六\np 七\ngap 文档里有隐藏的文字，印出来看不见，没有读：“藏”")
	d, err := Document(docOf(t, styled(`<w:pStyle w:val="1"/>`, r("粗"))+p(`<w:r><w:rPr><w:rStyle w:val="fat"/><w:sz w:val="44"/></w:rPr><w:t>粗</w:t></w:r>`)+p(`<w:r><w:rPr><w:b/></w:rPr><w:t>半</w:t></w:r>`+r("半")), "styles", sampleStyles))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		bold bool
		size int
	}{{true, 16000}, {true, 22000}, {false, 10500}} {
		if x := d.Blocks[i].Text; x.Bold != want.bold || int(x.Size) != want.size {
			t.Errorf("%s is bold %v, %s pt; want %+v", x.Text, x.Bold, x.Size, want)
		}
	}
}

const sampleLists = `<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
	<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
	<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl></w:abstractNum>
	<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`

// TestNumbering: numbers that lists give are in the text, as sections depend on them.
func TestNumbering(t *testing.T) {
	in := func(list, depth, text string) string {
		return styled(`<w:numPr><w:ilvl w:val="`+depth+`"/><w:numId w:val="`+list+`"/></w:numPr>`, r(text))
	}
	expect(t, "lists", docOf(t, in("1", "0", "职能")+in("1", "1", "机构")+in("1", "2", "编制")+in("1", "1", "人员")+styled(`<w:pStyle w:val="num"/>`, r("样式"))+in("1", "0", "表")+in("1", "1", "收入")+in("1", "3", "点")+
		in("0", "0", "无")+in("9", "0", "没有的表")+styled(`<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>`, "<w:del>"+r("删")+"</w:del>")+in("1", "0", "后")+in("2", "0", "另起")+in("2", "0", "接着"),
		"styles", sampleStyles, "numbering", sampleLists), `
		p 一、职能
		p （一）机构
		p 1.1.1 编制
		p （二）人员
		p （三）样式
		p 二、表
		p （一）收入
		p 点
		p 无
		p 没有的表
		p 三、后
		p 一、另起
		p 二、接着`)
	for n, want := range map[int]string{1: "一", 10: "十", 12: "十二", 20: "二十", 103: "一百零三", 110: "一百一十", 1010: "一千零一十", 10000: "一万", 20305: "二万零三百零五"} {
		if got := counted(n, "chineseCounting"); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
	for format, want := range map[string]string{"decimalEnclosedCircleChinese": "④", "upperRoman": "IV", "lowerLetter": "d", "ideographTraditional": "丁", "decimalFullWidth": "４", "chineseLegalSimplified": "肆", "decimalZero": "04", "ideographDigital": "四"} {
		if got := counted(4, format); got != want {
			t.Errorf("4 as %s is %s, want %s", format, got, want)
		}
	}
}

// TestTables: cells over columns and rows in every way of writing them, tables in tables, rows that are gone.
func TestTables(t *testing.T) {
	const restart, goOn = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	for name, x := range map[string][2]string{
		"merged": {tbl(tr(tc(`<w:gridSpan w:val="3"/>`, "科目编码"), tc(restart, "名称"), tc(restart, "合计")), tr(tc("", "类"), tc("", "款"), tc("", "项"), tc(goOn, ""), tc(`<w:vMerge w:val="continue"/>`, "")), tr(tc("", "201"), tc("", "03"), tc("", "01"), tc("", "行政"), tc("", "12.00"))), `
			table 5
			  0:科目编码{1x3} 3:名称{2x1} 4:合计{2x1}
			  0:类 1:款 2:项
			  0:201 1:03 2:01 3:行政 4:12.00`},
		"merged anew":                {tbl(tr(tc(restart, "甲"), tc("", "1")), tr(tc(goOn, ""), tc("", "2")), tr(tc(restart, "乙"), tc("", "3")), tr(tc(goOn, ""), tc("", "4"))), "table 2\n  0:甲{2x1} 1:1\n  1:2\n  0:乙{2x1} 1:3\n  1:4"},
		"goes on with nothing":       {tbl(tr(tc(goOn, "甲"), tc("", "1")), tr(tc("", "乙"), tc("", "2")), tr(tc(goOn, "丙"), tc(goOn, "3"))), "table 2\n  0:甲 1:1\n  0:乙 1:2\n  0:丙 1:3"},
		"goes on with another width": {tbl(tr(tc(restart, "甲"), tc("", "1"), tc("", "2")), tr(tc(`<w:gridSpan w:val="2"/>`+goOn, "乙"), tc("", "3"))), "table 3\n  0:甲 1:1 2:2\n  0:乙{1x2} 2:3"},
		"covered words":              {tbl(tr(tc(restart, "甲"), tc("", "1")), tr(tc(goOn, "盖住"), tc("", "2"))), "table 2\n  0:甲{2x1} 1:1\n  1:2\ngap 合并的单元格下面盖住了文字，印出来看不见，没有读：“盖住”"},
		"across":                     {tbl(tr(tc(`<w:hMerge w:val="restart"/>`, "收入"), tc(`<w:hMerge w:val="continue"/>`, ""), tc("", "支出")), tr(tc("", "甲"), tc("", "1"), tc("", "2"))), "table 3\n  0:收入{1x2} 2:支出\n  0:甲 1:1 2:2"},
		"before and after":           {tbl(tr(tc("", "甲"), tc("", "乙"), tc("", "丙")), "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/><w:gridAfter w:val=\"1\"/></w:trPr>"+tc("", "中")+"</w:tr>"), "table 3\n  0:甲 1:乙 2:丙\n  1:中"},
		"rows that are gone": {tbl(tr(tc(restart, "甲"), tc("", "1")), "<w:tr><w:trPr><w:del/></w:trPr>"+tc(goOn, "")+tc("", "9")+"</w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>"+tc("", "藏")+"</w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>"+tc(goOn, "")+tc("", "2")+"</w:tr>"),
			"table 2\n  0:甲{2x1} 1:1\n  1:2\ngap 表格里有 1 行是隐藏的，没有读"},
		"a table that is gone":   {p(r("文")) + tbl("<w:tr><w:trPr><w:del/></w:trPr>"+tc("", "9")+"</w:tr>"), "p 文"},
		"controls and changes":   {tbl("<w:sdt><w:sdtPr/><w:sdtContent>"+tr("<w:sdt><w:sdtContent>"+tc("", "甲")+"</w:sdtContent></w:sdt>", tc("<w:cellDel/>", "删"), tc("", "乙"))+"</w:sdtContent></w:sdt>", "<w:customXml>"+tr(tc("", "1"), tc("", "2"))+"</w:customXml>"), "table 2\n  0:甲 1:乙\n  0:1 1:2"},
		"several paragraphs":     {tbl(tr("<w:tc>"+p(r("基本"))+p("")+p(r("支出"))+"</w:tc>", tc("", "1"))), "table 2\n  0:基本/支出 1:1"},
		"a head that repeats":    {tbl("<w:tr><w:trPr><w:tblHeader/></w:trPr>"+tc("", "项目")+tc("", "数")+"</w:tr>", tr(tc("", "甲"), tc("", "1")), "<w:tr><w:trPr><w:tblHeader/></w:trPr>"+tc("", "乙")+tc("", "2")+"</w:tr>"), "table 2 repeats 1\n  0:项目 1:数\n  0:甲 1:1\n  0:乙 1:2"},
		"a table in a table":     {tbl(tr("<w:tc>"+p(r("左"))+tbl(tr(tc("", "内"), tc("", "1")))+p("")+"</w:tc>", tc("", "右"))), "table 2\n  0:左 1:右\ntable 2\n  0:内 1:1"},
		"a frame around a table": {tbl(tr("<w:tc>" + p(r("收支总表")) + p(r("单位：元")) + tbl(tr(tc("", "内"), tc("", "1"))) + p(r("注：略。")) + "</w:tc>")), "above 收支总表\nabove 单位：元\ntable 2\n  0:内 1:1\nbelow 注：略。"},
		"a frame around text":    {tbl(tr("<w:tc>" + p(r("框中一段。")) + p(r("框中二段。")) + "</w:tc>")), "p 框中一段。\np 框中二段。"},
		"lines around": {p(r("公开02表")) + styled(`<w:jc w:val="center"/>`, r("部门收入总表")) + p(r("编制部门：某局")+"<w:r><w:tab/></w:r>"+r("金额单位：万元")) + tbl(tr(tc("", "甲"), tc("", "1"))) + p(r("注：本表不含结转。")) + p(r("2. 数据四舍五入。")) + p(r("后面的正文。")), `
			above 公开02表
			abovec 部门收入总表
			above 编制部门：某局	金额单位：万元
			table 2
			  0:甲 1:1
			below 注：本表不含结转。
			below 2. 数据四舍五入。
			p 后面的正文。`},
		"lines within": {tbl(tr(tc(`<w:gridSpan w:val="2"/>`, "部门收入总表")), tr(tc("", "部门：某局"), tc("", "单位：元")), tr(tc("", "项目"), tc("", "数")), tr(tc("", "甲"), tc("", "1")), tr(tc(`<w:gridSpan w:val="2"/>`, "注：略"))), `
			abovec 部门收入总表
			above 部门：某局
			above 单位：元
			table 2
			  0:项目 1:数
			  0:甲 1:1
			belowc 注：略`},
	} {
		expect(t, name, docOf(t, x[0]), x[1])
	}
}

// TestBordersThatLookLikeOne: rows whose cells were moved by a hair stand in the same columns.
func TestBordersThatLookLikeOne(t *testing.T) {
	grid := func(widths ...string) string {
		s := ""
		for _, w := range widths {
			s += `<w:gridCol w:w="` + w + `"/>`
		}
		return "<w:tbl><w:tblGrid>" + s + "</w:tblGrid>"
	}
	two := `<w:gridSpan w:val="2"/>`
	expect(t, "moved by a hair", docOf(t, grid("2000", "12", "1000", "900")+tr(tc("", "项目"), tc(two, "合计"), tc("", "基本"))+tr(tc(two, "甲"), tc("", "3"), tc("", "4"))+"</w:tbl>"), "table 3\n  0:项目 1:合计 2:基本\n  0:甲 1:3 2:4")
	expect(t, "a cell as thin as a hair", docOf(t, grid("2000", "12", "1000")+tr(tc("", "甲"), tc("", "乙"), tc("", "丙"))+"</w:tbl>"), "table 3\n  0:甲 1:乙 2:丙")
	expect(t, "columns that nobody uses", docOf(t, grid("2000", "500", "1000")+tr(tc(two, "甲"), tc("", "1"))+tr(tc(two, "乙"), tc("", "2"))+"</w:tbl>"), "table 2\n  0:甲 1:1\n  0:乙 1:2")
}
