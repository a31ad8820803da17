package pack

import (
	"sync"

	"yusuan/internal/budget"
)

// What templates see, and which fields of the facts it is made of. A test of compose holds these lists to the structs that
// templates are handed.

// view is a field of something that templates see.
type view struct {
	made []string // of these fields of the facts
	kind string   // what it is, "" for a text or a number
	list bool     // several of them
}

// made is a text or a number made of some fields of the facts.
func made(fields ...string) view { return view{made: fields} }

// aims are the indicators that are told of a project elsewhere than in its form.
const aims = "form.indicator[" + budget.HorizonYear + "]."

// views are the fields of the things of a kind, by name; nil for a kind that has none. They are the same at every call.
func views(kind string) map[string]view { return allViews()[kind] }

var allViews = sync.OnceValue(func() map[string]map[string]view {
	return map[string]map[string]view{
		"whole": {
			"Edition": {}, "Year": made("department.year"), "LastYear": made("department.year"), "BeforeLastYear": made("department.year"), "Number": {},
			"Name": made("department.name"), "ShortName": made("department.short_name", "department.name"), "Code": made("department.code"),
			"Date": made("department.date"), "GoalsStated": made("project.goals"), "AssetsStated": made("department.assets_as_of"),
			"AssetsAsOf": made("department.assets_as_of"), "Institutions": made("department.institutions"),
			"Duties": {kind: "duty", list: true}, "Tasks": {kind: "task", list: true},
			"Units": {kind: "unit", list: true}, "Listed": {kind: "unit", list: true}, "Subordinates": {made: []string{"unit.headquarters"}, kind: "unit", list: true},
			"Projects": {kind: "project", list: true}, "Project": {kind: "project"}, "Item": {kind: "item"},
			"Vehicles": {kind: "vehicle", list: true}, "VehicleCount": made("vehicle.count"), "VehicleBought": made("vehicle.bought"),
			"Equipment": {kind: "equipment", list: true}, "EquipmentCount": made("equipment.count"), "EquipmentBought": made("equipment.bought"),
		},
		"duty": {"N": {}, "Text": made("department.duties")},
		"task": {"N": {}, "Text": made("department.tasks")},
		"unit": {"N": {}, "Last": {}, "Name": made("unit.name", "unit.full_name"), "Code": made("unit.code"), "Kind": made("unit.kind"),
			"Within": made("unit.budget_within", "unit.name")},
		"units":     {"N": {}, "Name": made("unit.kind"), "Short": made("unit.kind"), "Count": made("unit.kind"), "Last": {}},
		"vehicle":   {"Name": made("vehicle.use"), "Count": made("vehicle.count"), "Bought": made("vehicle.bought")},
		"equipment": {"Name": made("equipment.name"), "Count": made("equipment.count"), "Bought": made("equipment.bought")},
		"project":   projectViews(),
		"aim":       {"First": made(aims + "first"), "Second": made(aims + "second"), "Third": made(aims + "third"), "Value": made(aims + "value")},
		// by says what of; the parts are told by it
		"part":   {"N": {}, "Code": {}, "Name": {}, "Path": {list: true}, "Value": {kind: "amount"}, "Amount": {}},
		"change": {"Known": {}, "Same": {}, "Year": {}, "Direction": {}, "Verb": {}, "Amount": {}, "Last": {}, "Base": {}, "Rate": {}, "HasRate": {}, "Reason": {}}, // changed says what of
	}
})

func projectViews() map[string]view {
	amounts := []string{"project.amount", "project.line.amount"}
	return map[string]view{
		"N": {}, "Name": made("project.name"), "Unit": made("project.unit", "unit.name"), "Type": made("project.procurement", "project.line.procurement", "procurement.project", "project.service_purchase", "project.line.service_purchase"),
		"Brief": made("project.purpose"), "Use": made("project.use", "project.purpose"), "Value": {made: amounts, kind: "amount"}, "Amount": made(amounts...),
		"TotalBudget": {made: append([]string{"project.total_budget"}, amounts...), kind: "amount"}, "Start": made("project.start_year"), "End": made("project.end_year"),
		"Goals": made("project.goals"), "Aims": {kind: "aim", list: true},
	}
}

// itemViews are the fields of the rows that a form repeats over, by list; projects are as elsewhere.
func itemViews(each, horizon string) map[string]view {
	list, keys := "", map[string]string{}
	switch each {
	case "projects":
		return views("project")
	case "goals":
		list, keys = "goal", map[string]string{"Name": "name", "Text": "text"}
	case "indicators":
		list, keys = "indicator", map[string]string{"Goal": "goal", "First": "first", "Second": "second", "Third": "third", "Value": "value",
			"BeforeLast": "before_last", "Last": "last", "Basis": "basis"}
	case "details":
		list, keys = "detail", map[string]string{"Activity": "activity", "Content": "content", "Economic": "economic", "Amount": "amount", "Basis": "basis", "Note": "note"}
	case "items":
		list, keys = "item", map[string]string{"Name": "name", "Quantity": "quantity", "Amount": "amount"}
	}
	if horizon != "" && (each == "goals" || each == "indicators") {
		list += "[" + horizon + "]"
	}
	out := map[string]view{}
	for name, key := range keys {
		out[name] = made("form." + list + "." + key)
	}
	return out
}

// kinds are all things that templates see more of than a text or a number.
func kinds() []string {
	return []string{"whole", "duty", "task", "unit", "units", "vehicle", "equipment", "project", "aim", "part", "change"}
}

// ViewFields are the names of the fields of the things of a kind, or of the rows that a form repeats over.
func ViewFields(kind string) []string {
	if v := views(kind); v != nil {
		return sortedKeys(v)
	}
	return sortedKeys(itemViews(kind, ""))
}
