package imports

// role is what a column may be, by the name that mapping files give it.
type role string

// Roles of columns. Those of codes come in three: both in one cell, the code, the name.
const (
	roleDepartment   role = "部门"
	roleUnit         role = "单位"
	roleUnitCode     role = "单位代码"
	roleUnitName     role = "单位名称"
	roleUnitKind     role = "单位性质"
	roleFund         role = "资金性质"
	roleFunction     role = "功能科目"
	roleFunctionCode role = "功能科目编码"
	roleFunctionName role = "功能科目名称"
	roleFunction1    role = "功能类"
	roleFunction2    role = "功能款"
	roleFunction3    role = "功能项"
	roleEconomic     role = "经济科目"
	roleEconomicCode role = "经济科目编码"
	roleEconomicName role = "经济科目名称"
	roleEconomic1    role = "经济类"
	roleEconomic2    role = "经济款"
	roleGovernment   role = "政府经济科目"
	roleCode         role = "科目"
	roleCodeCode     role = "科目编码"
	roleCodeName     role = "科目名称"
	roleCode1        role = "类"
	roleCode2        role = "款"
	roleCode3        role = "项"
	roleProject      role = "项目名称"
	roleProjectCode  role = "项目编码"
	roleGroup        role = "项目类别"
	roleNature       role = "人员或公用"
	roleStart        role = "起始年度"
	roleEnd          role = "终止年度"
	roleYears        role = "起止年度"
	rolePurpose      role = "主要用途"
	roleUse          role = "支出方向"
	roleProcure      role = "政府采购类别"
	roleService      role = "购买服务类别"
	roleIsProcured   role = "是否政府采购"
	roleIsService    role = "是否购买服务"
	roleItem         role = "采购品目"
	roleItemCode     role = "采购品目编码"
	roleOrganize     role = "采购组织形式"
	roleReserved     role = "预留对象"
	roleHorizon      role = "期限"
	roleGoal         role = "目标名称"
	roleFirst        role = "一级指标"
	roleSecond       role = "二级指标"
	roleThird        role = "三级指标"
	roleDirection    role = "指标方向"
	roleTarget       role = "指标值"
	roleTargetLong   role = "长期指标值"
	roleMeasure      role = "计量单位"
	roleBeforeLast   role = "前年指标值"
	roleLast         role = "上年指标值"
	roleBasis        role = "指标值依据"
	roleVehicle      role = "车辆用途"
	roleCount        role = "数量"
	roleFleet        role = "各类车辆数"
	roleBought       role = "本年购置"
	roleSource       role = "收入来源"
	roleAmount       role = "金额"
	roleSum          role = "合计"
	rolePersonnel    role = "人员经费"
	rolePublic       role = "公用经费"
	roleBasic        role = "基本支出"
	roleProjects     role = "项目支出"
	roleCarried      role = "结转金额"
	roleOut          role = "年终结转"
	roleWhole        role = "项目总预算"
	roleSingle       role = "单项数"
	roleUnused       role = "不用"
	roleRemark       role = "备注"
)

// sort is what the cells of a role hold.
type sort uint8

const (
	sortText    sort = iota
	sortCode         // a code, a name, or both
	sortAmount       // money
	sortCount        // a whole number
	sortYear         // a year, or a day of it
	sortNothing      // what is not read
)

// trait is what there is to know of a role.
type trait struct {
	role role
	sort sort
	key  string // of the field that the cells are; "" where several columns make one, or none
	weak bool   // words of it stand in the rows below heads, too: they do not tell a head
}

var traits = []trait{
	{roleDepartment, sortNothing, "", false}, {roleUnit, sortCode, "unit", false}, {roleUnitCode, sortCode, "unit", false}, {roleUnitName, sortCode, "unit", false},
	{roleUnitKind, sortText, "kind", false}, {roleFund, sortText, "fund", false},
	{roleFunction, sortCode, "function", false}, {roleFunctionCode, sortCode, "function", false}, {roleFunctionName, sortCode, "function", false},
	{roleFunction1, sortCode, "function", true}, {roleFunction2, sortCode, "function", true}, {roleFunction3, sortCode, "function", true},
	{roleEconomic, sortCode, "economic", false}, {roleEconomicCode, sortCode, "economic", false}, {roleEconomicName, sortCode, "economic", false},
	{roleEconomic1, sortCode, "economic", true}, {roleEconomic2, sortCode, "economic", true}, {roleGovernment, sortNothing, "", false},
	{roleCode, sortCode, "", false}, {roleCodeCode, sortCode, "", false}, {roleCodeName, sortCode, "", false},
	{roleCode1, sortCode, "", true}, {roleCode2, sortCode, "", true}, {roleCode3, sortCode, "", true},
	{roleProject, sortText, "name", false}, {roleProjectCode, sortText, "code", false}, {roleGroup, sortText, "group", false}, {roleNature, sortText, "nature", false},
	{roleYears, sortYear, "start_year", false},
	{roleStart, sortYear, "start_year", false}, {roleEnd, sortYear, "end_year", false}, {rolePurpose, sortText, "purpose", false}, {roleUse, sortText, "use", false},
	{roleProcure, sortText, "procurement", false}, {roleService, sortText, "service_purchase", false},
	{roleIsProcured, sortText, isProcured, true}, {roleIsService, sortText, isService, true},
	{roleItem, sortText, "item", false}, {roleItemCode, sortText, "", false}, {roleOrganize, sortText, "organization", false}, {roleReserved, sortText, "reserved", false},
	{roleHorizon, sortText, "horizon", false}, {roleGoal, sortText, "goal", false}, {roleFirst, sortText, "first", false}, {roleSecond, sortText, "second", false},
	{roleThird, sortText, "third", false}, {roleDirection, sortText, "", false}, {roleTarget, sortText, "value", false}, {roleTargetLong, sortText, "", false}, {roleMeasure, sortText, "", false},
	{roleBeforeLast, sortText, "before_last", false}, {roleLast, sortText, "last", false}, {roleBasis, sortText, "basis", false},
	{roleVehicle, sortText, "use", false}, {roleCount, sortCount, "count", false}, {roleFleet, sortCount, "count", true}, {roleBought, sortCount, "bought", false},
	{roleSource, sortText, "source", false},
	{roleAmount, sortAmount, "amount", false}, {roleSum, sortAmount, "amount", true},
	{rolePersonnel, sortAmount, "personnel", true}, {rolePublic, sortAmount, "public", true}, {roleBasic, sortAmount, "basic", true},
	{roleProjects, sortAmount, "project", true}, {roleCarried, sortAmount, "carried", true}, {roleOut, sortAmount, "out", true},
	{roleWhole, sortAmount, "total_budget", false}, {roleSingle, sortAmount, "", true}, {roleUnused, sortNothing, "", true}, {roleRemark, sortNothing, "", true},
}

// traitOf is what there is to know of a role; nil for a word that is none.
func traitOf(r role) *trait {
	for i := range traits {
		if traits[i].role == r {
			return &traits[i]
		}
	}
	return nil
}

// roleNames are the names of all roles, for messages.
func roleNames() []string {
	var out []string
	for _, t := range traits {
		out = append(out, string(t.role))
	}
	return out
}
