package imports

import (
	"strings"
	"testing"
)

// TestChoices: money that an export says yes of is told where neither it nor the folder says of what kind it is.
func TestChoices(t *testing.T) {
	const kept = `-- projects.toml
[[project]]
name     = "窗口运维"
unit     = "418001"
function = "2010302"
economic = "30227"
amount   = 100
service_purchase = "技术性服务"
`
	for name, c := range map[string]struct{ rows, folder, want string }{
		"service":          {"unit=418001 name=窗口运维 function=2010302 economic=30227 amount=100 is_service=是", freshFolder, "有 1 行写着“是”，合计 100.00元，哪一类没有写，政府购买服务类别没有带入"},
		"its kind is said": {"unit=418001 name=窗口运维 function=2010302 economic=30227 amount=100 is_service=是 service_purchase=技术性服务", freshFolder, ""},
		"the folder does":  {"unit=418001 name=窗口运维 function=2010302 economic=30227 amount=100 is_service=是", kept, ""},
		"procured":         {"unit=418001 name=窗口运维 function=2010302 economic=30227 amount=100 is_procured=有\nunit=418001 name=另一个 function=2010302 economic=30227 amount=7 is_procured=是", freshFolder, "有 2 行写着“有”、“是”，合计 107.00元"},
		"listed":           {"unit=418001 name=窗口运维 function=2010302 economic=30227 amount=100 is_procured=是\n# 采购 政府采购\nunit=418001 project=窗口运维 class=货物 item=电脑 amount=50", freshFolder, ""},
		"of no project":    {"unit=418001 name=窗口运维 function=2010302 economic=30227 amount=1\n# 基本 基本支出\nunit=418001 function=2010301 economic=30201 amount=30 is_procured=是", freshFolder, "合计 30.00元"},
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t, c.folder)
			f.Fresh = c.folder == freshFolder
			p, diags, err := NewPlan(export(t, "# 项目 项目\n"+c.rows), f)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, d := range diags.Sorted() {
				if d.Rule == ruleChoice {
					told = append(told, d.Message)
				}
			}
			if c.want == "" && told != nil || c.want != "" && (len(told) != 1 || !strings.Contains(told[0], c.want)) {
				t.Errorf("told %q, want %q", told, c.want)
			}
			if text := after(t, f, p); strings.Contains(text, "要不要填") != (c.want != "" && name != "of no project") {
				t.Errorf("the mark beside the project:\n%s", text)
			}
		})
	}
}
