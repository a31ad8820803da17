package check_test

import (
	"testing"

	"yusuan/data"
	"yusuan/internal/audit"
	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/classify"
	"yusuan/internal/compose"
	"yusuan/internal/money"
	"yusuan/internal/schedule"
	"yusuan/internal/source"
	"yusuan/templates"
)

// FuzzTexts: whatever people type into texts, names and tables, no rule panics or goes on for ever.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{
		"部门收支总预算100.00万元，比2025年预算增加10.00万元，上升11.11%，其中：项目支出40万元，占40%；与上年持平。",
		" | 合计 | 100.00 | 60.00 | 40.00\n201 | 一般公共服务支出 | 1 | 2 | x\n",
		"63元/㎡/月×16000㎡，共1,209.6万元，按1084万元安排预算", "堤防维护费50万元、堤防维修费", "主要原因是（“增加（减少）XX万元”，截至2026年12月31日",
		"下属1个二级单位：\n1. 甲\n（二）乙", "联系人：王某，13812345678", "％，。、；：《》〔〕", "\xff\x00", "2023年至2025年",
	} {
		f.Add(s)
	}
	p, diags, err := schedule.LoadPack(templates.FS, "wuhan")
	if err != nil || diags.HasErrors() {
		f.Fatal(err)
	}
	cat, err := classify.Load(data.Catalogue(), 2026)
	if err != nil {
		f.Fatal(err)
	}
	text := func(s string) source.String { return source.String{V: s} }
	amount := func(yuan int64) source.Amount {
		return source.Amount{Amount: money.FromFen(yuan * 100), Set: true}
	}
	f.Fuzz(func(t *testing.T, s string) {
		facts := func() *budget.Facts {
			return &budget.Facts{
				Department: budget.Department{Year: source.Int{V: 2026, Set: true}, Code: text("415"), Name: text("澜川市水务局"), ShortName: text("水务局")},
				Units:      []budget.Unit{{Code: text("415001"), Name: text("水务局本级"), Kind: text("行政")}},
				Prior:      &budget.Prior{Year: source.Int{V: 2025, Set: true}, Figures: source.AmountFields{{Key: text("total"), Value: amount(900000)}}},
			}
		}
		own := facts()
		own.Basic = []budget.BasicLine{{Function: text("2010301"), Economic: text("30101"), Amount: amount(600000)}}
		own.Projects = []budget.Project{{Name: text("堤防维护"), Function: text("2010399"), Amount: amount(400000), Purpose: text(s)}, {Name: text(s), Function: text("2010399"), Amount: amount(1)}}
		own.Text = source.Fields{{Key: text("reason_total"), Value: text(s)}, {Key: text(s), Value: text(s)}}
		own.Forms = []budget.Form{{Kind: text("项目绩效-通用"), Project: text("堤防维护"), Fields: source.Fields{{Key: text("basis"), Value: text(s)}}}}
		other := facts()
		other.StatedTexts = []budget.StatedText{{Section: text("一、政府采购"), Text: text(s)}, {Section: text(s), Text: text(s)}}
		other.StatedTables = []budget.StatedTable{{ID: text("3"), Rows: text(s)}, {ID: text("1"), Rows: text(s)}, {ID: text("12"), Project: text(s), Rows: text(s)}, {ID: text("11"), Rows: text(s)}}
		for _, x := range []*budget.Facts{own, other} {
			b, _ := budget.New(x, cat)
			r := check.NewReport(p)
			prior := schedule.Prior{Year: 2025, Amounts: map[string]money.Amount{"total": money.FromFen(900000_00)}}
			check.Run(&check.Input{Pack: p, Budget: b, Prior: prior, Numbers: compose.NumbersOf(p, b, prior)}, r)
			audit.Run(&audit.Input{Pack: p, Budget: b}, r)
			r.List()
		}
	})
}
