package compose

import "yusuan/internal/pack"

// Guide is the pack author's guide.
func Guide() string { return pack.Guide(dotEntries()) }

// dotEntries tell what templates see as the dot; a test holds them in step with view.
func dotEntries() []pack.Entry {
	return []pack.Entry{
		{Name: "Edition", Text: "文件是谁的：部门预算里是“部门”，单位预算里是“单位”", Example: `{{.Name}}{{.Year}}年{{.Edition}}预算`},
		{Name: "Name", Text: "部门全称；单位预算里是单位全称"}, {Name: "ShortName", Text: "部门简称"}, {Name: "Code", Text: "部门代码"},
		{Name: "Year", Text: "年度"}, {Name: "LastYear", Text: "上年"}, {Name: "BeforeLastYear", Text: "前年"},
		{Name: "Date", Text: "公开日期", Example: `{{date .Date "年月"}}`}, {Name: "AssetsAsOf", Text: "资产统计日期，可以没有", Example: `{{with .AssetsAsOf}}{{date . "年月日"}}{{end}}`},
		{Name: "Institutions", Text: "机构设置说明"}, {Name: "Duties", Text: "主要职责，每条有 .N .Text"}, {Name: "Tasks", Text: "主要任务，每条有 .N .Text"},
		{Name: "Units", Text: "全部单位，每个有 .N .Name .Code .Kind .Within .Last", Example: `{{range .Units}}{{.Name}}{{end}}`},
		{Name: "Listed", Text: "单列预算的单位"}, {Name: "Subordinates", Text: "本级以外的单位"},
		{Name: "Projects", Text: "项目，每个有 .N .Name .Unit .Type .Brief .Use .Value .Amount .TotalBudget .Start .End"},
		{Name: "Vehicles", Text: "车辆，每种有 .Name .Count .Bought"}, {Name: "VehicleCount", Text: "车辆总数"}, {Name: "VehicleBought", Text: "本年购置车辆数"},
		{Name: "Equipment", Text: "大型设备，每种有 .Name .Count .Bought"}, {Name: "EquipmentCount", Text: "设备总数"}, {Name: "EquipmentBought", Text: "本年购置设备数"},
		{Name: "Number", Text: "绩效表：本表的序号"}, {Name: "Project", Text: "绩效表：本表的项目"}, {Name: "Item", Text: "绩效表：重复行里的一项"},
	}
}
