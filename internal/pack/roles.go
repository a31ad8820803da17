package pack

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// What a figure, a field of a form or a label is, its pack says with role = "…". Rules ask for roles, never for the names and
// words of a pack, so that a pack may call things as it likes.

// FigureRole is what a figure is.
type FigureRole string

// The roles of figures that rules and the tables of whole districts name. The others only lend their query to usual words
// (UsualWords).
const (
	FigureTotal           FigureRole = "支出总预算"
	FigureThreePublic     FigureRole = "三公经费"
	FigureOverseas        FigureRole = "因公出国"
	FigureVehicles        FigureRole = "公务用车"
	FigureVehiclePurchase FigureRole = "公务用车购置"
	FigureVehicleRunning  FigureRole = "公务用车运行"
	FigureReception       FigureRole = "公务接待"
	FigureOperating       FigureRole = "机关运行经费"
)

// LabelRole is what a label of a form is.
type LabelRole string

// The roles of labels.
const (
	LabelIncome     LabelRole = "收入构成"
	LabelOutgo      LabelRole = "支出构成"
	LabelBasic      LabelRole = "基本支出"
	LabelProject    LabelRole = "项目支出"
	LabelSum        LabelRole = "合计"
	LabelPart       LabelRole = "其中"
	LabelProjects   LabelRole = "项目支出情况"
	LabelWhole      LabelRole = "项目总预算"
	LabelNow        LabelRole = "项目当年预算"
	LabelSources    LabelRole = "项目资金来源"
	LabelDetails    LabelRole = "支出明细"
	LabelPurchases  LabelRole = "项目采购"
	LabelEstimation LabelRole = "测算依据"
)

// FieldRole is what a field of a form is.
type FieldRole string

// The roles of fields.
const (
	FieldBasis   FieldRole = "测算依据"
	FieldContent FieldRole = "本年内容"
)

// figureRole is a role of figures: what it is, the words that finished documents commonly use for it beside the title that
// the pack gives, and what those words ask where no figure of the pack has the role.
type figureRole struct {
	role  FigureRole
	text  string
	query string
	usual []string
}

func figureRoles() []figureRole {
	const general = "fund=一般公共预算"
	return []figureRole{
		{"收入总预算", "本年收入加上年结转结余", "side=收入,上年结转", []string{"部门收支总预算", "收支总预算", "部门预算收入", "部门收入预算"}},
		{FigureTotal, "本年支出加年终结转结余；占总预算的比重以它为分母", "side=支出,年终结转", []string{"部门预算支出", "部门支出预算"}},
		{"财政拨款总预算", "财政拨款的支出加年终结转结余", "side=支出,年终结转 fund=财政拨款", []string{"财政拨款收支总预算"}},
		{"基本支出", "各种资金的基本支出", "kind=基本支出", []string{"基本支出"}},
		{"项目支出", "各种资金的项目支出", "kind=项目支出", []string{"项目支出"}},
		{"一般公共预算项目支出", "一般公共预算的项目支出", general + " kind=项目支出", []string{"项目经费"}},
		{"人员经费", "一般公共预算的人员经费", general + " nature=人员经费", []string{"人员经费"}},
		{"公用经费", "一般公共预算的公用经费", general + " nature=公用经费", []string{"公用经费"}},
		{"一般公共预算支出", "一般公共预算的本年支出", general, []string{"一般公共预算财政拨款支出"}},
		{"一般公共预算收入", "一般公共预算的本年收入", "side=收入 " + general, []string{"一般公共预算财政拨款收入", "一般公共预算当年财政拨款"}},
		{"一般公共预算基本支出", "一般公共预算的基本支出", general + " kind=基本支出", []string{"一般公共预算基本支出"}},
		{"政府性基金预算支出", "政府性基金预算的本年支出", "fund=政府性基金预算", []string{"政府性基金预算支出"}},
		{"国有资本经营预算支出", "国有资本经营预算的本年支出", "fund=国有资本经营预算", []string{"国有资本经营预算支出"}},
		{FigureThreePublic, "“三公”经费的合计", general + " economic=30212,30217,30231,31013", []string{"“三公”经费"}},
		{FigureOverseas, "因公出国（境）费", general + " economic=30212", []string{"因公出国（境）费", "因公出国（境）经费"}},
		{FigureVehicles, "公务用车购置费与运行费之和", general + " economic=30231,31013", []string{"公务用车购置及运行维护费", "公务用车购置及运行费"}},
		{FigureVehiclePurchase, "公务用车购置费", general + " economic=31013", []string{"公务用车购置费"}},
		{FigureVehicleRunning, "公务用车运行维护费", general + " economic=30231", []string{"公务用车运行维护费"}},
		{FigureReception, "公务接待费", general + " economic=30217", []string{"公务接待费"}},
		{FigureOperating, "行政、参公单位的公用经费", general + " nature=公用经费 unitkind=行政,参公", []string{"机关运行经费"}},
	}
}

// labelRole is a role of labels: what it is, in forms of which scope, and the words that finished documents commonly have for
// it: those are known whatever the pack says.
type labelRole struct {
	role  LabelRole
	scope string
	text  string
	usual []string
}

// The scopes of forms: of the department as a whole, or of each project.
const ScopeWhole, ScopeProject = "部门", "项目"

func labelRoles() []labelRole {
	return []labelRole{
		{LabelIncome, ScopeWhole, "一组行：收入由什么构成", []string{"收入构成"}},
		{LabelOutgo, ScopeWhole, "一组行：支出由什么构成", []string{"支出构成"}},
		{LabelBasic, ScopeWhole, "一行：基本支出", []string{"基本支出"}},
		{LabelProject, ScopeWhole, "一行：项目支出", []string{"项目支出"}},
		{LabelProjects, ScopeWhole, "一组行：部门的各个项目", []string{"项目支出情况", "项目支出"}},
		{LabelSum, "", "一行：同一组各行之和", []string{"合计"}},
		{LabelWhole, ScopeProject, "一行：项目的多年总预算", []string{"项目总预算"}},
		{LabelNow, ScopeProject, "一行：项目的本年预算", []string{"项目当年预算"}},
		{LabelSources, ScopeProject, "一组行：本年预算的各种资金来源", []string{"资金来源", "项目当年资金来源", "项目资金来源"}},
		{LabelPart, ScopeProject, "一行：是上面一行的一部分，不再相加；印出的字以“其中”开头的也是", nil},
		{LabelDetails, ScopeProject, "一组行：本年预算的明细", []string{"支出明细"}},
		{LabelPurchases, ScopeProject, "一组行：本年的采购", []string{"项目采购"}},
		{LabelEstimation, ScopeProject, "一行：测算依据的文字", []string{"测算依据", "测算依据及说明"}},
	}
}

// fieldRoles are the roles of fields.
func fieldRoles() []Entry {
	return []Entry{
		{string(FieldBasis), "测算依据：文字里各项之和应等于项目的本年预算", `{ key = "basis", title = "测算依据及说明", role = "测算依据" }`},
		{string(FieldContent), "本年的钱用来做什么：文字里的年度应是本年", `{ key = "content", title = "项目主要内容", role = "本年内容" }`},
	}
}

func figureRoleEntries() []Entry {
	var out []Entry
	for _, x := range figureRoles() {
		out = append(out, Entry{string(x.role), x.text, x.query})
	}
	return out
}

func labelRoleEntries() []Entry {
	var out []Entry
	for _, x := range labelRoles() {
		out = append(out, Entry{Name: string(x.role), Text: x.text})
	}
	return out
}

// UsualWord is a word that texts commonly have for a number, and what number that is.
type UsualWord struct{ Word, Query string }

// UsualWords are the words that explanations commonly have for figures. A word asks what the figure of its role asks; known
// reports whether a query is answered, and where it is not the word means what it usually means.
func (p *Pack) UsualWords(known func(query string) bool) []UsualWord {
	var out []UsualWord
	for _, x := range figureRoles() {
		query := x.query
		if f := p.RoleFigure(x.role); f != nil && known(f.Query.String()) {
			query = f.Query.String()
		}
		for _, w := range x.usual {
			out = append(out, UsualWord{w, query})
		}
	}
	return out
}

// RoleQuery is what a role asks: the query of the pack's figure, or where no figure has the role what it usually asks.
func (p *Pack) RoleQuery(role FigureRole) budget.Query {
	if f := p.RoleFigure(role); f != nil {
		return f.Query
	}
	all := figureRoles()
	q, err := budget.ParseQuery(all[slices.IndexFunc(all, func(x figureRole) bool { return x.role == role })].query)
	if err != nil {
		panic("pack: " + err.Error()) // ours
	}
	return q
}

// RoleFigure is the figure of a role, nil where the pack has none.
func (p *Pack) RoleFigure(role FigureRole) *Figure { return p.roles[role] }

// LabelRoles are the roles of labels.
func LabelRoles() []LabelRole {
	var out []LabelRole
	for _, x := range labelRoles() {
		out = append(out, x.role)
	}
	return out
}

// LabelWords are the words that a label of a role may have in a finished document: those of the pack's forms, then the usual.
func (p *Pack) LabelWords(role LabelRole) []string {
	all := labelRoles()
	return slices.Concat(p.labels[role], all[slices.IndexFunc(all, func(x labelRole) bool { return x.role == role })].usual)
}

// RoleField is the key of the form's field of a role, "" where it has none.
func (f *Form) RoleField(role FieldRole) string {
	i := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Role == role })
	if i < 0 {
		return ""
	}
	return f.Fields[i].Key
}

// MissingFigureRoles are those of the roles that no figure has; none of a pack without figures.
func (p *Pack) MissingFigureRoles(asked ...FigureRole) []FigureRole {
	if len(p.Figures) == 0 {
		return nil
	}
	return slices.DeleteFunc(asked, func(r FigureRole) bool { return p.roles[r] != nil })
}

// PrintsForms reports whether documents have the forms of a scope.
func (p *Pack) PrintsForms(scope string) bool {
	return slices.ContainsFunc(p.Parts, func(x Part) bool {
		return slices.ContainsFunc(x.Blocks, func(b Block) bool { return b.Forms == scope })
	})
}

// FormsOf are the kinds of the pack's forms of a scope, sorted.
func (p *Pack) FormsOf(scope string) []string {
	return slices.DeleteFunc(sortedKeys(p.Forms), func(k string) bool { return p.Forms[k].Scope != scope })
}

// MissingLabelRoles are the roles of labels that forms of the scope may have and none has.
func (p *Pack) MissingLabelRoles(scope string) []LabelRole {
	var out []LabelRole
	for _, x := range labelRoles() {
		has := slices.ContainsFunc(p.FormsOf(scope), func(k string) bool { return p.Forms[k].labels[x.role] != nil })
		if (x.scope == scope || x.scope == "") && !has {
			out = append(out, x.role)
		}
	}
	return out
}

// MissingFieldRoles are the roles of fields that forms of the scope may have and none has.
func (p *Pack) MissingFieldRoles(scope string) []FieldRole {
	if scope != ScopeProject {
		return nil
	}
	var out []FieldRole
	for _, e := range fieldRoles() {
		role := FieldRole(e.Name)
		if !slices.ContainsFunc(p.FormsOf(scope), func(k string) bool { return p.Forms[k].RoleField(role) != "" }) {
			out = append(out, role)
		}
	}
	return out
}

// figureRole takes over what a figure is.
func (c *compiler) figureRole(s *figureSpec, f *Figure) {
	role := FigureRole(s.Role.V)
	switch {
	case role == "" || !c.oneOf(s.Role, "数字的角色", choices("figure-role")):
	case f.By != "":
		c.diags.Errorf("模板-005", s.Role.At, "角色是一个数字的，“%s”分成几项（by），不能写 role", f.Name)
	case c.p.roles[role] != nil:
		c.twice(s.Role, "数字“"+c.p.roles[role].Name+"”", c.p.roles[role].At)
	default:
		c.p.roles[role], f.Role = f, role
	}
}

func (c *compiler) twice(s source.String, holder string, at diag.Range) {
	c.diags.Add(diag.Diagnostic{Rule: "模板-007", Level: diag.Error, At: s.At, Message: "角色“" + s.V + "”已经是" + holder + "的",
		Hint: "一个角色只写在一处", Notes: []diag.Related{{Text: "先前的在这里", At: at}}})
}

// fieldRole takes over what a field of a form is.
func (c *compiler) fieldRole(s *fieldSpec, before []fieldSpec) FieldRole {
	if s.Role.V == "" || !c.oneOf(s.Role, "栏目的角色", choices("field-role")) {
		return ""
	}
	for i := range before {
		if before[i].Role.V == s.Role.V {
			c.twice(s.Role, "栏目“"+before[i].Key.V+"”", before[i].Role.At)
			return ""
		}
	}
	return FieldRole(s.Role.V)
}

// labelRole takes over what a label of a form is. Several labels may have one role: 合计 of each group.
func (c *compiler) labelRole(s source.String, label Snippet) {
	role := LabelRole(s.V)
	if s.V == "" || !c.oneOf(s, "标签的角色", choices("label-role")) {
		return
	}
	text := strings.TrimSpace(label.Literal)
	switch scope := labelRoles()[slices.IndexFunc(labelRoles(), func(x labelRole) bool { return x.role == role })].scope; {
	case text == "":
		c.diags.Errorf("模板-005", s.At, "role 写在印固定文字的标签或格上，这里没有固定的文字")
	case scope != "" && c.within.Scope != scope && slices.Contains(choices("scope"), c.within.Scope): // else said already
		c.diags.Errorf("模板-005", s.At, "角色“%s”是%s的表样里的，这张表样的 scope 是“%s”", s.V, scope, c.within.Scope)
	case !slices.Contains(c.within.labels[role], text):
		c.within.labels[role] = append(c.within.labels[role], text)
	}
}

// labels collects the words of the forms' labels, when it is known which forms the pack has.
func (c *compiler) labels() {
	for _, kind := range sortedKeys(c.p.Forms) {
		for role, words := range c.p.Forms[kind].labels {
			for _, w := range words {
				if !slices.Contains(c.p.labels[role], w) {
					c.p.labels[role] = append(c.p.labels[role], w)
				}
			}
		}
	}
}

// inheritRoles keeps what the figures of base are: one that over defines anew stays what it was where nothing else is said,
// and a role that over gives to another figure is no longer base's.
func inheritRoles(base, over []figureSpec) {
	for i := range base {
		b := &base[i]
		if b.Role.V == "" {
			continue
		}
		given := slices.ContainsFunc(over, func(x figureSpec) bool { return x.Role.V == b.Role.V })
		for j := range over {
			if x := &over[j]; !given && x.Name.V == b.Name.V && x.Role.V == "" {
				x.Role = b.Role
			}
		}
		if given {
			b.Role = source.String{}
		}
	}
}
