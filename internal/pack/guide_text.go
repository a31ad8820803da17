package pack

// SmallestPack is the pack that the guide begins with: one table, and all that a pack must have. A test makes it.
const SmallestPack = `# 纸张和页边距；字体有仿宋、黑体、楷体、小标宋、宋体、宋体加粗；表格各处的样式和线
page  = [ { name = "竖页", width = "210mm", height = "297mm", top = "37mm", bottom = "35mm", left = "28mm", right = "26mm" } ]
style = [ { name = "正文", family = "宋体", size = "小四", leading = "18pt" } ]
grid  = { body = "正文", head = "正文", note = "正文", heading = "正文", rule = "0.5pt", frame = "0.75pt", pad_x = "3pt" }

[pack]
id      = "mini"                # 与文件夹同名
name    = "最小的模板"
version = "1"
years   = [2025, 2027]          # 适用的首年、末年
title   = "{{.Name}}{{.Year}}年预算"

[[table]]
id      = "1"
heading = "{{.Year}}年支出表"
page    = "竖页"
rows    = "function"            # 有数的功能科目各一行
total   = "合计"
column  = [
  { head = "科目编码", field = "code" },
  { head = "科目名称", field = "name", share = 3, indent = true },
  { head = "支出", column = [   # 列套列就是多级表头
    { head = "合计" },          # 没有 field 的列是金额：行的范围里各笔之和
    { head = "项目支出", query = "kind=项目支出" },
  ] },
]

[[part]]                        # 文件由各部分依次组成
page  = "竖页"
block = [ { tables = ["1"] } ]
`

const guideTutorial = `# 模板怎么写

（本文由程序的词汇表生成，不要手改；词汇变了，运行 ` + "`UPDATE=1 go test ./internal/compose -run Guide`" + ` 重新生成。）

模板是一个文件夹，不用写程序。数不在模板里算：每个格子、每句话里的数都是一个范围里各笔之和，同一范围处处相同。

## 先做一个最小的

建一个文件夹 mini，里面一个三十行的文件 pack.toml：

`

const guideTutorialEnd = `
然后：

    yusuan pack check mini                    核对写法：指出文件、行、列和可能的正确写法
    yusuan pack gallery mini -o 样张.pdf      用示例数据印出全部文字、表格和绩效表
    yusuan new data/2026/900 --template mini  建一个部门的数据目录，写明填什么
    yusuan build data/2026/338 --template ./mini

加一段文字：在 mini/prose/note.tmpl 里写一行 ` + "`{{.Name}}{{.Year}}年支出{{amount \"total\"}}。`" + `，在 pack.toml 里写出这个数字，再放进一个部分：

    [[figure]]
    name  = "total"
    title = "支出合计"
    query = "side=支出,年终结转"
    role  = "支出总预算"    # 它是什么：核对占比的规则凭它找（见“角色”）

    [[part]]
    page  = "竖页"
    block = [ { prose = "note" } ]

各 .toml 文件合在一起读，怎么分文件都行；习惯上 pack.toml 写部分、数字和文字栏，tables.toml 写表，style.toml 写版面和字体，
glossary.toml 写名词，prose/*.tmpl 是文字，forms/*.toml 是绩效目标表（一个文件一种）。完整的例子是程序自带的模板（yusuan packs 列出）。
`

const guideHow = `
## 常做的事

**沿用另一个模板**：在 [pack] 里写 ` + "`inherits = \"模板代号\"`" + `（程序自带的，或旁边的文件夹），只写要改的。同一代号的表、同名的样式、版面、数字、
文字栏、名词、用语、规则和 prose、forms 文件整个替换，新的加在后面；[[part]] 一写就全部替换。下一年的模板多半就是“沿用今年的，改两处”。

**占位**：标题、表题、目录名、左上角的字、表头、行的标签、空表说明、表注、文件名和绩效表的格子里都可以写 ` + "`{{ }}`" + `。印出来是空的表注就没有。

**range、with 里面的点号**是其中的一项；整份文件的写 ` + "`$.Year`" + `。重复的句式写成 ` + "`{{define \"变动\"}}…{{end}}`" + `，用的地方写
` + "`{{template \"变动\" (changed \"total\" \"reason_total\")}}`" + `；define 里的点号和 $ 都是传进去的那一项。

**与上年比较**：数字写 ` + "`prior = true`" + `，上年数就从上年的数据目录算出，或由部门填在 [prior.figures]。文字里用 changed。表里的列写
` + "`prior = \"数字名称\"`" + `，印这个数字的上年数；加 ` + "`show = \"change\"`" + ` 印本年减上年，` + "`show = \"rate\"`" + ` 印增减百分比（不带 %）。按功能科目的表要按 item 分项的
数字，按经济科目的表要按 economic-group 分项的，一行的表要不分项的；上年有、今年没有的科目也有一行。

**页码**：drop 是一字线（没有的是数字）的上缘到版心下边的距离，GB/T 9704 是 7 mm。各版面的下边距减 drop 要相等，右边距（竖放的宽表是下边距）要
相等，页码才在每一面的同一处；宽表写 ` + "`turned = true`" + `，页码就在竖页的位置。没有写 wide 的竖页，宽表由程序竖放。

**两面印**：` + "`[print]`" + ` 里写 ` + "`mirrored = true`" + `，双数页的左右边距对换，left 在每一面都是订口；写 ` + "`right_hand = true`" + `，目录和各部分都从单数页起。都不写，
每一面的边距一样。

**分项的数字和文字栏**：写 ` + "`by = \"item\"`" + ` 的一个定义就是每项一个，名称是 名称.编码，例如 ` + "`{{text (print \"use.\" .Code)}}`" + `。

**按科目印收入**：收入没有科目，` + "`side=收入`" + ` 的列在按科目的表里没有数。问这笔钱安排的支出：` + "`fund=事业收入 carried=否`" + `，上年结转是 ` + "`carried=是`" + `。

**政府采购**有两种填法：项目或资金明细上写类别的，那笔钱全部是采购；清单（[[procurement]]）写项目的一部分，或项目以外的。两种合成一本政府采购预算，
问 ` + "`side=政府采购`" + `；写了 procurement、item、organization、reserved 条件的，不写 side 就是问它。这些钱已经在支出里。

**同名的项目**：项目名称在一个单位里不重复，几个单位可以有同名的。` + "`project=名称`" + ` 问的是各单位叫这个名称的项目之和；只问一个的，写
` + "`project=单位代码/名称`" + `，按 project 分项时也这样称呼它们。印出来的都只是名称。

**用一份数据做几种文件**：` + "`--template`" + ` 指定别的模板时，部门自己的模板认得而这个模板用不着的文字栏、上年数和绩效表不算错。单位预算用
department.toml 里的 ` + "`template_unit`" + `，` + "`yusuan build 数据目录 --edition unit:单位代码`" + `；同一个模板两种都做的，称谓写 ` + "`{{.Edition}}`" + `。

**部门只能填哪几种**：单位性质、资金性质等各地相同的，由程序定；各地不同的（车辆用途、采购组织形式、政府购买服务类别、项目类别、一级指标）写
[[list]]，name 是清单，words 是可填的词；政府采购类别写在 [pack] 的 ` + "`procurement_classes`" + `；绩效表里打勾的栏目写 ` + "`options`" + `，格子里比较的词都要在其中。
没有车辆用途清单而用 ` + "`{{vehicles \"…\"}}`" + ` 点名的，点到的就是全部用途。部门填别的就是错误，报错和 yusuan new 建立的文件里都列出可填的词。

**样式**：正文、一级标题（##）、二级标题（###）、名词（名词解释的词条）、表内标题（绩效表的标题）这几个名称由程序点用，用到就要定义；表写了
number（表题上面的表号行），[grid] 也要写 number。长度写 28mm、10.5pt 或字号（三号、小四……）；缩进是字宽的千分之几，2000 是两个字。

**尾差**：金额只在印出时舍入一次，分项之和与合计可以差几个末位，默认照印，差在哪几张表、哪几句由提示列出（规则 尾差-001、尾差-003）。在 [format] 里写 ` + "`rounding = \"largest-remainder\"`" + `，
各笔明细就按最大余额法取整，表里和文字里的数都是取整后的明细之和，行、列、表与表、文字处处加得起来，总计仍照四舍五入；一个科目分在几个
单位时，它的数可能与自己的四舍五入差一两个末位。这时占比和增减按印出的数算；上年数照上年的文件，不调整。与四舍五入不同的数核对时逐个
列出（规则 尾差-002），有这样的数的表下面印 ` + "`rounding_note`" + `。

**给机器读的表**：文件里附带各表的 CSV 和 JSON（` + "`yusuan extract`" + ` 取出，在 tables 目录），金额是没有舍入的元。一个数的识别名是 表号/行/列：行由编码、
单位代码、项目或行名连成，列是各级表头照模板的写法连成（{{.LastYear}}年预算数），所以改表号、表头、行名就是换了数的名称，与往年的对不上。

**放不下的表**先按半磅缩小，最小到 [grid] 的 ` + "`min_size`" + `（不写是六号），再不行连同表题改到版面的 ` + "`wide`" + ` 上，仍放不下才报错；列写了 width 就
不随内容变宽。绩效表里长清单的表头行写 ` + "`head = true`" + `，断到下一页时重印。

**读屏**：用读屏软件的人一次听一个数，和它一起听到的是这一列的各级表头和这一行的名称。收支对照的表各侧只念自己的名称；编码不念，没有名称
的行才念。绩效表里有数的行，写着名称的那一格要在数的前面，写 ` + "`label = true`" + `（居中）或 ` + "`names = true`" + `（样子不变）；没有的，核对时报
模板-028。上级的行（类、款、项目类别）是自己的一行，不和下级的数一起念。

**核对规则**：[[rule]] 可以把一条规则改为错误、警告或提示，或者 ` + "`off = true`" + ` 不核对，要写明理由；规则号见[规则](../internal/check/规则.md)，或运行 ` + "`yusuan explain`" + `。
`

const guideQuery = "几个条件用空格隔开，同时成立；同一条件的几个值用逗号隔开，有一个就行；`!=` 是排除；什么也不写是全部支出。表的 filter、行的范围、" +
	"列的范围三者同时成立。\n\n"

const guideRoles = "数字、栏目、标签叫什么由模板定；核对规则不认名称，只认模板用 `role` 写明的角色：它是什么。一个角色只给一个数字、一张表样的一个栏目；" +
	"标签的角色可以写在几个标签上（各组的合计）。没有写的角色，靠它的规则就不核对，或者只找成文里通用的字；`yusuan pack check` 逐个列出（模板-030）。" +
	"沿用的模板里写了的不必再写。\n\n"

const guideWords = "写在 `{{ }}` 里，语法是 Go 的 text/template。数字写它的名称（[[figure]] 的 name），分项的数字写 名称.分项，例如 `item.2010301`。" +
	"text/template 自带的只能用 and、or、not、eq、ne、lt、le、gt、ge、len、index、slice、print、println、printf。" +
	"执行的步数、印出和拼成的文字有限额，随部门填报的多少增加，自带的模板只用其百分之一；range 没有止境、互相调用的 template 到限额就停下（模板-011）。\n\n"
