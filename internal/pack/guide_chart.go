package pack

const guideCharts = `
## 图（chart）

图里的数和表、文字里的数一样，是数字（figure）或范围（query），所以图和表不会不同；标注按文内格式，舍入一次。

    [[chart]]
    id     = "支出构成"
    kind   = "ring"
    title  = "图1　{{.Year}}年支出构成"
    item   = [ { figure = "basic" }, { figure = "project" } ]

    [[chart]]
    id     = "功能"
    kind   = "rows"
    title  = "图2　支出按功能分类"
    sort   = "falling"                # 从大到小；不写就按写的先后
    others = "1%"                     # 不到 1% 的（两项以上）合并成“其他”
    item   = [ { query = "side=支出", each = "class" } ]

    [[chart]]
    id     = "比上年"
    kind   = "bars"
    title  = "图3　收支与上年比较"
    series = [ { label = "{{.LastYear}}年", last_year = true }, { label = "{{.Year}}年" } ]
    item   = [ { figure = "total" }, { figure = "three_public" } ]   # 要有上年数（prior = true）

    [[chart]]
    id     = "来龙去脉"
    kind   = "flow"
    title  = "钱从哪里来，到哪里去"
    others = "2%"
    source = [ { query = "side=收入", each = "fund" }, { query = "side=上年结转", label = "上年结转" } ]
    item   = [ { query = "kind=基本支出", each = "nature" }, { figure = "project", main = true } ]

    [[chart]]
    id     = "主要项目"
    kind   = "list"
    title  = "主要项目"
    sort   = "falling"
    most   = 5
    item   = [ { query = "kind=项目支出", each = "project", note = "{{.Brief}}。" } ]   # note 里的点号是项目，同 .Projects 的一项

放在哪里：[[part.block]] 写 ` + "`charts = [\"支出构成\", \"功能\"]`" + `，或者在 prose/*.tmpl 里单独一行 ` + "`@chart 支出构成`" + `。

### 图形（kind）

`

const guideChartRules = `
- 项（item）写 figure（数字名称）或 query（范围）；分项的数字（by）和写 each 的范围，每一分项一项。名称不写就用数字的中文名、分项的名称。
- 系列（series）写自己的范围，与项的范围同时成立；` + "`last_year = true`" + ` 是上年数，不知道上年数的项印“无上年数”，全不知道就没有这个系列。
- 标注（labels）：amount 金额，share 占比，both 两样；不写时 ring、pie、flow 是 both，其他是 amount。
- 合并小项：others 是占比，most 是最多几项，两样可以都写；合并的要两项以上，名称是“其他”（others_name）。为零的不合并。
- flow 的来源和去向各自合并小项，为零的不列；写了 main 的项用第一种颜色，其余用后面的。from、to 是印在两边上面的字，不写就没有，也不印合计。
- list 的横条是一项占全部的多少；有负数时是金额的长短。说明（note）里换行的分行印。
- 图题（title）在图下，` + "`title_at = \"above\"`" + ` 在图上；图和图题总在同一页。图高（height）不写用 [drawing] 的，再不写是 62mm；rows、list 需要多高就多高，flow 的标注排不下就高一些。
- 为零的项照样列出，没有图形，写了 ` + "`omit_zero = true`" + ` 的不列（图的数据表里有）；不是零的横条、竖条至少印成半磅；全部是零就不画，印一句话（empty_note）。
- 有负数的 ring、pie、flow，标注排不下的 ring、pie、bars、flow，两边不等的 flow，改印成 rows：负数向左（bars 里向下）。
- 颜色在 [drawing] 的 colors，写成 #1F3F6E；不写用自带的一组，明暗相间，黑白打印和色觉不同的人都分得清；一种颜色给要看的，其余是明暗相间的灰，更好。灰和黑在文件里是 DeviceGray。
- 每个数都印在图上；另有一句话给读屏软件，数据随文件附带（CSV、JSON），合并的小项也逐项在内。` + "`data = true`" + ` 在图后再印一张数据表。
- **一图读懂**：[[part]] 写 ` + "`optional = \"一图读懂\"`" + ` 的部分平时不印。部门在 department.toml 的 [department] 写 ` + "`show = [\"一图读懂\"]`" + `，或者模板的 [pack] 写 show，才印。
  [[part.block]] 的 ` + "`figures = [\"total\", \"basic\"]`" + ` 把几个数字用大字并排印出，有上年数的带增减；数字写 past 的，
  上年数不在 [prior.figures] 里填报，取近年收支（[[history]]）里上年的。
`
