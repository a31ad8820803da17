package check

import "yusuan/internal/diag"

// documentRules describe what reading a finished document finds, before anything of it is checked (build.Finished). No data folder
// breaks them: what is typed was read by whoever typed it.
func documentRules() []Rule {
	w := diag.Warning
	const reading = "直接读成文文件的写法"
	return []Rule{
		{"成文-010", w, "文件全部读到", "文件的每一页、每一张表都读得出来；扫描的图片、没有文字编码的页、被挡住的行读不到，没有核对", reading, "第5页是扫描的图片"},
		{"成文-011", w, "读出的与看见的一样", "读出的文字就是印出的文字：没有另压在图片上的文字层，没有靠间隙猜出的列，没有断在页外的列", reading, "一页是扫描后识别的文字"},
		{"成文-012", w, "有数的列在模板里", "表里有内容的列，模板的表里也有；没有的不核对", reading, "收入总表多印一列“其中：专项”"},
		{"成文-013", w, "表读得确切", "表头、单位、各行的格子认得确切；拿不准的地方列出来，请照原文件看", reading, "同一行里编码占了两格"},
		{"成文-014", w, "上年的文件里有上年数", "用 --with 给的上年文件里，读得到本年文字所比较的数", reading, "给的是另一个部门的文件"},
		{"成文-015", w, "模板的表都在文件里", "模板里的每一张表，在文件里认得出来；认不出的没有核对", reading, "文件里没有政府性基金预算支出表"},
		{"成文-016", w, "有那一年的科目目录", "核对用的是那一年的科目目录；没有更早的目录时，用以后最近的一年", reading, "2017年的文件"},
		{"成文-020", diag.Note, "每个数有别的数可比", "表里的每个数是别的数之和、是别的合计的一项，或者别的表也印；没有的不能核对", reading, "机关运行经费只印在一张表里"},
		{"成文-021", w, "上年数与上年公开的表相同", "用 --with 给了上年文件的，表里“上年预算数”一列的每个数＝上年的表里同一个数", reading, "上年预算数一列错了一行"},
		{"成文-017", diag.Note, "文字成句", "核对的是句子；图里的标签和数不是句子，没有核对", reading, "一图读懂里的数"},
	}
}
