package budget

import "yusuan/internal/source"

// Facts is what the author states: leaf amounts and people's words, each with its place. The structs are the schema
// of a department's folder; `zh` names a key in messages; rows of `leaves` have no line that adds up others; `of` is the list
// (lists.go) that the words of a key are of, `range` the bounds of a whole number, `text` what a text may be that is not one
// line of words, `names` what else a text names, `once` the keys that no two elements of a list have alike (once.go). fields.go
// makes a description of them that others read, kinds of fields in fieldkind.go, explanations in explained.go.
type Facts struct {
	Department Department       `toml:"department,required" zh:"部门"`
	Units      []Unit           `toml:"unit" zh:"单位" rows:"leaves"`
	Codes      []ExtraCode      `toml:"code" zh:"补充科目"`
	Basic      []BasicLine      `toml:"basic" zh:"基本支出" rows:"leaves"`
	ByFunction []FunctionMargin `toml:"basic_by_function" zh:"基本支出（按功能科目）" rows:"leaves"`
	ByEconomic []EconomicMargin `toml:"basic_by_economic" zh:"基本支出（按经济科目）" rows:"leaves"`
	Others     []OtherLine      `toml:"other" zh:"其他支出" rows:"leaves"`
	Projects   []Project        `toml:"project" zh:"项目" rows:"leaves"`
	Purchases  []Purchase       `toml:"procurement" zh:"政府采购" rows:"leaves" once:"unit,fund,class,project,economic,item,organization,reserved,amount"`
	Revenue    []Revenue        `toml:"revenue" zh:"收入" rows:"leaves"`
	Carry      []Carry          `toml:"carryover" zh:"结转结余" rows:"leaves" once:"unit,fund,in,out"`
	Prior      *Prior           `toml:"prior" zh:"上年数"`
	History    []History        `toml:"history" zh:"近年收支" once:"year"`
	Vehicles   []Vehicle        `toml:"vehicle" zh:"车辆" rows:"leaves" once:"unit,use"`
	Equipment  []Equipment      `toml:"equipment" zh:"大型设备" rows:"leaves" once:"unit,name"`
	Text       source.Fields    `toml:"text" zh:"文字说明"`
	Glossary   []Term           `toml:"glossary" zh:"名词" once:"term"`
	Forms      []Form           `toml:"form" zh:"绩效表"`
	Stated     []Stated         `toml:"stated" zh:"填报合计" once:"figure"`
	// A finished document to be checked.
	StatedTables []StatedTable `toml:"stated_table" zh:"成文的表"`
	StatedTexts  []StatedText  `toml:"stated_text" zh:"成文的文字"`
	Fonts        []FontFile    `toml:"font" zh:"字体"`

	// OfUnit says that these are one unit's facts, for its own document: ForUnit made them.
	OfUnit bool `toml:"-"`
}

// Department is the head of the document.
type Department struct {
	source.Place
	Year         source.Int      `toml:"year,required" zh:"年度" range:"1990..2099"`
	Code         source.String   `toml:"code,required" zh:"部门代码" text:"code"`
	Name         source.String   `toml:"name,required" zh:"部门全称"`
	ShortName    source.String   `toml:"short_name" zh:"部门简称"`
	Template     source.String   `toml:"template,required" zh:"模板" names:"template"`
	TemplateUnit source.String   `toml:"template_unit" zh:"单位预算模板" names:"template"` // of the units' own documents; the template when empty
	Date         source.Date     `toml:"date,required" zh:"公开日期"`
	AssetsAsOf   source.Date     `toml:"assets_as_of" zh:"资产统计日期"`
	Duties       []source.String `toml:"duties" zh:"主要职责" text:"long" once:""`
	Tasks        []source.String `toml:"tasks" zh:"主要任务" text:"long" once:""`
	Institutions source.String   `toml:"institutions" zh:"机构设置说明" text:"long"`
	Show         []source.String `toml:"show" zh:"加印的部分" once:"" names:"part"` // names of optional parts of the template
	// StripComments leaves the comments out of what the document carries along.
	StripComments source.Bool `toml:"strip_comments" zh:"不带注释"`
}

// Unit is a budget unit (预算单位).
type Unit struct {
	source.Place
	Code source.String `toml:"code" zh:"单位代码" text:"code"`
	Name source.String `toml:"name,required" zh:"单位名称"`
	// FullName is the name in running text; the name when empty.
	FullName source.String `toml:"full_name" zh:"单位全称"`
	Kind     source.String `toml:"kind" zh:"单位性质" of:"单位性质"`
	// Within names the unit in whose budget this one's money stands (不单列预算); such a unit has no lines.
	Within source.String `toml:"budget_within" zh:"预算列入单位" text:"code" names:"unit"`
	Own    source.Bool   `toml:"headquarters" zh:"本级"`
	// What follows is for the unit's own document.
	Duties       []source.String     `toml:"duties" zh:"主要职责" text:"long" once:""`
	Institutions source.String       `toml:"institutions" zh:"机构设置说明" text:"long"`
	Text         source.Fields       `toml:"text" zh:"文字说明"`
	Prior        source.AmountFields `toml:"prior" zh:"上年数"`
}

// ExtraCode adds a classification code that the year's catalogue lacks, or names one anew.
type ExtraCode struct {
	source.Place
	Kind source.String `toml:"kind,required" zh:"分类" of:"补充科目的分类"` // 功能 or 经济
	Code source.String `toml:"code,required" zh:"科目编码" text:"code" names:"code"`
	Name source.String `toml:"name,required" zh:"科目名称"`
	// Undisclosed marks a stand-in for codes that nobody published: how the money under it was divided is not known.
	Undisclosed source.Bool `toml:"undisclosed" zh:"未公开"`
}

// BasicLine is one line of basic expenditure, function × economy.
type BasicLine struct {
	source.Place
	Unit     source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Fund     source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	Function source.String `toml:"function,required" zh:"功能科目" text:"code" names:"function"`
	Economic source.String `toml:"economic,required" zh:"经济科目" text:"code" names:"economic"`
	Amount   source.Amount `toml:"amount,required" zh:"金额"`
	Nature   source.String `toml:"nature" zh:"人员或公用" of:"经费性质"`
	Carried  source.Bool   `toml:"carried" zh:"上年结转安排"`
}

// FunctionMargin states basic expenditure of one functional item where the cross lines are not known.
type FunctionMargin struct {
	source.Place
	Unit      source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Fund      source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	Function  source.String `toml:"function,required" zh:"功能科目" text:"code" names:"function"`
	Personnel source.Amount `toml:"personnel" zh:"人员经费"`
	Public    source.Amount `toml:"public" zh:"公用经费"`
}

// EconomicMargin states basic expenditure of one economic group where the cross lines are not known.
type EconomicMargin struct {
	source.Place
	Unit      source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Fund      source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	Economic  source.String `toml:"economic,required" zh:"经济科目" text:"code" names:"economic"`
	Personnel source.Amount `toml:"personnel" zh:"人员经费"`
	Public    source.Amount `toml:"public" zh:"公用经费"`
	Amount    source.Amount `toml:"amount" zh:"金额"` // by economic class when neither is given
}

// Project is one project (项目支出). Its money is one line, or several under `line`.
type Project struct {
	source.Place
	Name     source.String `toml:"name,required" zh:"项目名称"`
	Unit     source.String `toml:"unit" zh:"项目单位" text:"code" names:"unit"`
	Fund     source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	Function source.String `toml:"function" zh:"功能科目" text:"code" names:"function"`
	Economic source.String `toml:"economic" zh:"经济科目" text:"code" names:"economic"`
	Amount   source.Amount `toml:"amount" zh:"本年预算"`
	Carried  source.Bool   `toml:"carried" zh:"上年结转安排"`
	Lines    []ProjectLine `toml:"line" zh:"资金明细" rows:"leaves" once:"fund,function,economic,procurement,service_purchase,carried,amount"`
	Total    source.Amount `toml:"total_budget" zh:"项目总预算"` // over all years; this year's when absent
	Group    source.String `toml:"group" zh:"项目类别" of:"项目类别"`
	Start    source.Int    `toml:"start_year" zh:"起始年度" range:"1949..2099"`
	End      source.Int    `toml:"end_year" zh:"终止年度" range:"1949..2099"`
	Procure  source.String `toml:"procurement" zh:"政府采购类别" of:"政府采购类别"`
	Purchase source.String `toml:"service_purchase" zh:"政府购买服务类别" of:"政府购买服务类别"`
	Purpose  source.String `toml:"purpose" zh:"主要用途" text:"long"`
	Goals    source.Bool   `toml:"goals" zh:"编报绩效目标"`
	Use      source.String `toml:"use" zh:"支出方向和用途" text:"long"` // short form for tables; the purpose when absent
}

// Priced reports whether all money of the project is filled in: before that no sum of it is to be held against anything.
func (p *Project) Priced() bool {
	for i := range p.Lines {
		if a := &p.Lines[i].Amount; a.Open || !a.Set {
			return false
		}
	}
	return !p.Amount.Open && (p.Amount.Set || len(p.Lines) > 0)
}

// ProjectLine is one line of a project's money.
type ProjectLine struct {
	source.Place
	Fund     source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	Function source.String `toml:"function" zh:"功能科目" text:"code" names:"function"`
	Economic source.String `toml:"economic" zh:"经济科目" text:"code" names:"economic"`
	Procure  source.String `toml:"procurement" zh:"政府采购类别" of:"政府采购类别"`
	Purchase source.String `toml:"service_purchase" zh:"政府购买服务类别" of:"政府购买服务类别"`
	Amount   source.Amount `toml:"amount,required" zh:"金额"`
	Carried  source.Bool   `toml:"carried" zh:"上年结转安排"`
}

// OtherLine is expenditure that is neither basic nor a project: 单位预留机动经费, 上缴上级支出 and the like.
type OtherLine struct {
	source.Place
	Kind     source.String `toml:"kind,required" zh:"支出类别" of:"支出类别"`
	Unit     source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Fund     source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	Function source.String `toml:"function,required" zh:"功能科目" text:"code" names:"function"`
	Economic source.String `toml:"economic" zh:"经济科目" text:"code" names:"economic"`
	Amount   source.Amount `toml:"amount,required" zh:"金额"`
}

// Purchase is one line of the procurement budget: what is bought of a project's money, or of other money. All of it is part
// of the expenditure stated elsewhere.
type Purchase struct {
	source.Place
	Unit         source.String `toml:"unit" zh:"单位" text:"code" names:"unit"` // that of the project when absent
	Fund         source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	Class        source.String `toml:"class,required" zh:"政府采购类别" of:"政府采购类别"`
	Project      source.String `toml:"project" zh:"专项名称" names:"project"`
	Economic     source.String `toml:"economic" zh:"经济科目" text:"code" names:"economic"`
	Item         source.String `toml:"item" zh:"采购物品名称"`
	Organization source.String `toml:"organization" zh:"采购组织形式" of:"采购组织形式"`
	Reserved     source.String `toml:"reserved" zh:"预留对象" of:"预留对象"` // 中小企业 or 小微企业
	Amount       source.Amount `toml:"amount,required" zh:"金额"`
}

// Revenue states one source of revenue. Revenue from the treasury is computed; stating it is an assertion.
type Revenue struct {
	source.Place
	Unit   source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Source source.String `toml:"source,required" zh:"收入来源" of:"资金性质"`
	Amount source.Amount `toml:"amount,required" zh:"金额"`
}

// Carry states what a unit carries over from last year and into next year.
type Carry struct {
	source.Place
	Unit source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Fund source.String `toml:"fund" zh:"资金性质" of:"资金性质"`
	In   source.Amount `toml:"in" zh:"上年结转结余"`
	Out  source.Amount `toml:"out" zh:"年终结转结余"`
}

// Prior holds last year's figures by the names that the template gives them; last year's folder replaces it.
type Prior struct {
	source.Place
	Year    source.Int          `toml:"year,required" zh:"年度" range:"1990..2099"`
	Figures source.AmountFields `toml:"figures" zh:"上年数"`
}

// History is revenue and expenditure of an earlier year.
type History struct {
	source.Place
	Year    source.Int    `toml:"year,required" zh:"年度" range:"1990..2099"`
	Basic   source.Amount `toml:"basic,required" zh:"基本支出"`
	Project source.Amount `toml:"project,required" zh:"项目支出"`
	Fiscal  source.Amount `toml:"fiscal" zh:"财政拨款"` // all of it when absent
}

// Vehicle counts cars of one use.
type Vehicle struct {
	source.Place
	Unit   source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Use    source.String `toml:"use,required" zh:"车辆用途" of:"车辆用途"`
	Count  source.Int    `toml:"count,required" zh:"数量" range:"0..100000"`
	Bought source.Int    `toml:"bought" zh:"本年购置数量" range:"0..100000"`
}

// Equipment counts large equipment.
type Equipment struct {
	source.Place
	Unit   source.String `toml:"unit" zh:"单位" text:"code" names:"unit"`
	Name   source.String `toml:"name,required" zh:"名称"`
	Count  source.Int    `toml:"count,required" zh:"数量" range:"0..100000"`
	Bought source.Int    `toml:"bought" zh:"本年购置数量" range:"0..100000"`
}

// Term adds to the glossary, or replaces the template's explanation of the same term.
type Term struct {
	source.Place
	Term source.String `toml:"term,required" zh:"名词"`
	Text source.String `toml:"text,required" zh:"解释" text:"long"`
}

// Stated asserts that a figure of the template has this value.
type Stated struct {
	source.Place
	Figure source.String `toml:"figure,required" zh:"数字名称" names:"figure"`
	Amount source.Amount `toml:"amount,required" zh:"金额"`
}

// FontFile puts a font of the department's own in front of the one that a role of type has, in this document alone.
type FontFile struct {
	source.Place
	Role source.String `toml:"role,required" zh:"字体" names:"role"`
	File source.String `toml:"file,required" zh:"字体文件" names:"file"` // below the department's folder
}

// Form is the content of a performance form (绩效目标表).
type Form struct {
	source.Place
	Kind        source.String `toml:"kind,required" zh:"表样" names:"form"`
	Project     source.String `toml:"project" zh:"项目名称" names:"project"`
	Unit        source.String `toml:"unit" zh:"项目单位" text:"code" names:"unit"` // where several units have a project of that name
	Fields      source.Fields `toml:"fields" zh:"栏目"`
	Goals       []Goal        `toml:"goal" zh:"绩效目标" once:"horizon,name"`
	Indicators  []Indicator   `toml:"indicator" zh:"绩效指标" rows:"leaves" once:"horizon,goal,first,second,third"`
	Details     []Detail      `toml:"detail" zh:"支出明细测算" rows:"leaves" once:"activity,content,economic,basis,note,amount"`
	Procurement []Item        `toml:"item" zh:"项目采购" rows:"leaves" once:"name,quantity,amount"`
}

// HorizonYear is the horizon of goals and indicators of the budget's own year.
const HorizonYear = "年度"

// Goal is one performance goal.
type Goal struct {
	source.Place
	Horizon source.String `toml:"horizon,required" zh:"期限" of:"期限"` // 长期 or 年度
	Name    source.String `toml:"name,required" zh:"目标名称"`
	Text    source.String `toml:"text,required" zh:"目标说明" text:"long"`
}

// Indicator is one performance indicator at the third level.
type Indicator struct {
	source.Place
	Horizon    source.String `toml:"horizon,required" zh:"期限" of:"期限"`
	Goal       source.String `toml:"goal" zh:"目标名称" names:"goal"`
	First      source.String `toml:"first" zh:"一级指标" of:"一级指标"`
	Second     source.String `toml:"second" zh:"二级指标"`
	Third      source.String `toml:"third,required" zh:"三级指标"`
	Value      source.String `toml:"value" zh:"指标值"`
	BeforeLast source.String `toml:"before_last" zh:"前年指标值"`
	Last       source.String `toml:"last" zh:"上年指标值"`
	Basis      source.String `toml:"basis" zh:"指标值确定依据" text:"long"`
}

// Detail is one line of a project's estimate.
type Detail struct {
	source.Place
	Activity source.String `toml:"activity" zh:"项目活动"`
	Content  source.String `toml:"content" zh:"活动内容表述" text:"long"`
	Economic source.String `toml:"economic" zh:"支出经济分类" text:"code" names:"economic"`
	Amount   source.Amount `toml:"amount" zh:"金额"`
	Basis    source.String `toml:"basis" zh:"测算依据及说明" text:"long"`
	Note     source.String `toml:"note" zh:"备注" text:"long"`
}

// Item is one line of what a project procures.
type Item struct {
	source.Place
	Name     source.String `toml:"name,required" zh:"品名"`
	Quantity source.String `toml:"quantity" zh:"数量"`
	Amount   source.Amount `toml:"amount" zh:"金额"`
}
