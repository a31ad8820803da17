package check

// folder is a department that fills in every field of the schema that a pack may print, in the ways that they are filled
// in: two units, one with margins; projects with lines and without.
const folder = `
basic = [
  { unit = "900001", fund = "一般公共预算", function = "2010101", economic = "30101", amount = 1000000.01, carried = true },
  { unit = "900001", function = "2010199", economic = "30299", amount = 20000, nature = "人员经费" },
  { unit = "900001", function = "2010101", economic = "30217", amount = 30000 },
]
basic_by_function = [ { unit = "900002", fund = "一般公共预算", function = "2010150", personnel = 400000, public = 70000 } ]
basic_by_economic = [
  { unit = "900002", fund = "一般公共预算", economic = "30101", amount = 300000 },
  { unit = "900002", fund = "一般公共预算", economic = "30102", personnel = 100000, public = 0, amount = 100000 },
  { unit = "900002", fund = "一般公共预算", economic = "30217", personnel = 0, public = 70000 },
]

[department]
year         = %[1]d
code         = "900"
name         = "沐阳县统计局"
short_name   = "县统计局"
template     = "x"
date         = %[1]d-02-01
assets_as_of = %[2]d-12-31
duties       = ["做好普查。"]
tasks        = ["完成普查。"]
institutions = "设三个科。"

[[unit]]
code         = "900001"
name         = "统计局本级"
full_name    = "沐阳县统计局机关"
kind         = "行政"
headquarters = true
duties       = ["本级的职责。"]
institutions = "本级设两个科。"

[[unit]]
code         = "900002"
name         = "普查中心"
kind         = "公益一类"
duties       = ["中心的职责。"]
institutions = "中心设一个科。"

[[unit]]
name          = "资料室"
kind          = "公益一类"
budget_within = "900001"

[[code]]
kind = "功能"
code = "2010199"
name = "补充的项"

[[code]]
kind = "经济"
code = "30299"
name = "补充的款"

[[other]]
kind     = "单位预留机动经费"
unit     = "900001"
fund     = "一般公共预算"
function = "2010101"
economic = "30217"
amount   = 50000

[[project]]
name             = "普查"
unit             = "900001"
fund             = "一般公共预算"
function         = "2010102"
economic         = "30217"
amount           = 600000
carried          = true
total_budget     = 900000
group            = "本级支出项目"
start_year       = %[2]d
end_year         = %[1]d
procurement      = "服务"
service_purchase = "公共服务"
purpose          = "用于普查。"
goals            = true
use              = "普查"

[[project]]
name             = "抽样"
unit             = "900002"
fund             = "一般公共预算"
function         = "2010102"
economic         = "30217"
total_budget     = 900000
procurement      = "服务"
service_purchase = "公共服务"
goals            = true
purpose          = "用于抽样。"
line = [
  { fund = "一般公共预算", function = "2010102", economic = "30217", procurement = "货物", amount = 70000, carried = true },
  { amount = 80000, service_purchase = "评估服务" },
]

[[project]]
name        = "编印"
unit        = "900001"
fund        = "一般公共预算"
function    = "2010102"
economic    = "30217"
procurement = "服务"
carried     = true
goals       = true
line = [ { fund = "政府性基金预算", function = "2120803", economic = "30212", procurement = "货物", amount = 5000, carried = false } ]

[[project]]
name     = "登记"
unit     = "900002"
fund     = "一般公共预算"
function = "2010102"
purpose  = "用于登记。"
amount   = 50000

[[procurement]]
project = "登记"
class   = "货物"
amount  = 20000

[[procurement]]
unit         = "900001"
fund         = "一般公共预算"
class        = "服务"
project      = "公用经费"
economic     = "30217"
item         = "印刷服务"
organization = "集中采购"
reserved     = "小微企业"
amount       = 9000

[[carryover]]
unit = "900001"
fund = "一般公共预算"
in   = 700000
out  = 60000

[[revenue]]
unit   = "900001"
source = "一般公共预算"
amount = 1060000.01

[prior]
year = %[2]d

[[history]]
year    = %[2]d
basic   = 1000000
project = 500000
fiscal  = 1400000

[[history]]
year    = %[3]d
basic   = 900000
project = 400000
fiscal  = 1200000

[[history]]
year    = %[4]d
basic   = 800000
project = 300000

[[vehicle]]
unit   = "900001"
use    = "机要通信用车"
count  = 2
bought = 1

[[equipment]]
unit   = "900001"
name   = "服务器"
count  = 3
bought = 1

[[glossary]]
term = "抽样"
text = "抽取一部分。"

[[stated]]
figure = "total"
amount = 1
`

// formText is a form with all that any form may have.
const formText = `
[[form.goal]]
horizon = "长期"
name    = "长期目标"
text    = "长期做好。"
[[form.goal]]
horizon = "年度"
name    = "年度目标"
text    = "当年做好。"
[[form.indicator]]
horizon     = "长期"
goal        = "长期目标"
first       = "产出指标"
second      = "数量指标"
third       = "调查户数"
value       = "10"
before_last = "8"
last        = "9"
basis       = "方案"
[[form.indicator]]
horizon     = "年度"
goal        = "年度目标"
first       = "产出指标"
second      = "数量指标"
third       = "当年户数"
value       = "20"
before_last = "18"
last        = "19"
basis       = "当年方案"
[[form.detail]]
activity = "入户"
content  = "入户登记"
economic = "30226"
amount   = 300000
basis    = "人数"
note     = "备注"
[[form.item]]
name     = "表格"
quantity = "一批"
amount   = 8000
`
