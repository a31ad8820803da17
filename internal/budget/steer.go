package budget

// What a field is for that need not be printed.
const (
	ForMaking  = "says which document is made, and how"
	ForNaming  = "tells entries apart, or names another"
	ForSorting = "says under which code, word or year an entry stands"
	ForHolding = "is held against what is computed"
	ForAnother = "belongs to a finished document, which is read and not made"
)

// steering are the fields that have a purpose without being printed. Of every other one the author learns where no document
// has a place for it; a test wants each field of the schema to be here or to be printed by some pack.
var steering = map[string]string{
	"department.year": ForMaking, "department.code": ForMaking, "department.template": ForMaking, "department.template_unit": ForMaking, "department.show": ForMaking, "department.strip_comments": ForMaking,
	"font.role": ForMaking, "font.file": ForMaking, "code.undisclosed": ForMaking, "unit.headquarters": ForMaking, "unit.budget_within": ForNaming,
	"unit.code": ForNaming, "unit.name": ForNaming, "code.kind": ForNaming, "code.code": ForNaming, "project.name": ForNaming, "form.kind": ForNaming,
	"form.project": ForNaming, "form.unit": ForNaming, "form.goal.name": ForNaming, "form.indicator.goal": ForNaming, "vehicle.use": ForNaming, "equipment.name": ForNaming,
	"basic.unit": ForNaming, "basic_by_function.unit": ForNaming, "basic_by_economic.unit": ForNaming, "other.unit": ForNaming, "project.unit": ForNaming,
	"procurement.unit": ForNaming, "procurement.project": ForNaming, "carryover.unit": ForNaming, "vehicle.unit": ForNaming, "equipment.unit": ForNaming,
	"basic.function": ForSorting, "basic.economic": ForSorting, "basic_by_function.function": ForSorting, "basic_by_economic.economic": ForSorting,
	"project.function": ForSorting, "project.line.function": ForSorting, "other.kind": ForSorting, "other.function": ForSorting, "procurement.class": ForSorting, "form.goal.horizon": ForSorting, "form.indicator.horizon": ForSorting,
	"prior.year": ForSorting, "history.year": ForSorting,
	"revenue.unit": ForHolding, "revenue.source": ForHolding, "revenue.amount": ForHolding, "procurement.fund": ForHolding, "stated.figure": ForHolding, "stated.amount": ForHolding,
	"stated_table.id": ForAnother, "stated_table.heading": ForAnother, "stated_table.contents": ForAnother, "stated_table.unit": ForAnother,
	"stated_table.note": ForAnother, "stated_table.project": ForAnother, "stated_table.rows": ForAnother, "stated_table.without": ForAnother, "stated_text.section": ForAnother, "stated_text.text": ForAnother,
}

// Steers tells what a field is for that need not be printed, "" for one that is there to be printed. A field is named by the
// keys that lead to it: department.show, form.goal.horizon.
func Steers(field string) string { return steering[field] }
