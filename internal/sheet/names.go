package sheet

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/classify"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// names are those of codes, as the workbook itself and the catalogue have them.
type names struct {
	functional, economic classify.Tree
	units                []unitName
}

type unitName struct{ code, name, full string }

// coded are the ways to write a code with its name.
var (
	codeFirst = regexp.MustCompile(`(?s)^\(?(\d{3,9})\)?[ \-—–_:·/|、.]*(.*)$`)
	codeLast  = regexp.MustCompile(`(?s)^(.*?)[ \-—–_:]*\(?(\d{3,9})\)?$`)
	codeParts = regexp.MustCompile(`^\d+(?:[ \-—–_:·/|、.]+\d+)+$`)
	digitRuns = regexp.MustCompile(`\d+`)
	anyCode   = regexp.MustCompile(`(?s)^([0-9A-Za-z]+)(?:[ \-—–_:·/|、.]+(.*))?$`)
)

// parted takes a code and a name apart, either of which may be missing.
func parted(text string) (code, name string) {
	s := tidy(fold(text))
	if codeParts.MatchString(s) {
		return joined(digitRuns.FindAllString(s, -1)), ""
	}
	if m := codeFirst.FindStringSubmatch(s); m != nil {
		return m[1], unbracketed(m[2])
	}
	if m := codeLast.FindStringSubmatch(s); m != nil {
		return m[2], tidy(m[1])
	}
	return "", s
}

// joined makes one code of those of 类, 款 and 项: each by itself, or each with those before.
func joined(parts []string) string {
	out := parts[0]
	for _, p := range parts[1:] {
		if strings.HasPrefix(p, out) && len(p) > len(out) {
			out = p
		} else {
			out += p
		}
	}
	return out
}

func unbracketed(s string) string {
	s = tidy(s)
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") && !strings.Contains(inner, "(") {
		return strings.TrimSuffix(inner, ")")
	}
	return s
}

// parseCode reads the code of a classification.
func (n *names) parseCode(kind budget.FieldKind, text string) (g given, ok bool, t *trouble) {
	tree := n.functional
	if kind == budget.FieldEconomic {
		tree = n.economic
	}
	code, name := parted(text)
	if code == "" {
		return codeNamed(kind, tree, name)
	}
	want, known := tree.Name(code)
	if name == "" || !known || classify.SameName(name, want) || strings.HasSuffix(name, fold(want)) {
		return textGiven(code), true, nil
	}
	t = &trouble{rule: ruleName, level: diag.Error, stated: text, want: code + " " + want, message: "编码与名称对不上：" + code + " 是" + diag.Quote(want) + "，不是" + diag.Quote(name),
		hint: "编码对的，名称改为" + diag.Quote(want)}
	if others := withName(tree, name); len(others) > 0 {
		t.hint += "；名称对的，编码是 " + strings.Join(others[:min(len(others), 5)], "、")
	}
	return g, false, t
}

// withName are the codes of the lowest level that have a name.
func withName(tree classify.Tree, name string) []string {
	lowest := 0
	var out []string
	for _, c := range tree.Codes() {
		level := tree.Level(c)
		if level < lowest {
			continue
		}
		if x, _ := tree.Name(c); classify.SameName(x, name) {
			if level > lowest {
				lowest, out = level, nil
			}
			out = append(out, c)
		}
	}
	return out
}

// codeNamed finds a code by its name alone, if no other has it.
func codeNamed(kind budget.FieldKind, tree classify.Tree, name string) (g given, ok bool, t *trouble) {
	switch found := withName(tree, name); len(found) {
	case 0:
		t = refuse("填编码，也可以从清单里选", "没有叫"+diag.Quote(cut(name, 20))+"的"+kind.String())
		t.rule = ruleName
		if near, ok := tree.Closest(name); ok {
			x, _ := tree.Name(near)
			t.hint = "是不是 " + near + " " + x
		}
		return g, false, t
	case 1:
		return textGiven(found[0]), true, nil
	default:
		t = refuse("填编码", "叫"+diag.Quote(cut(name, 20))+"的"+kind.String()+"不止一个："+strings.Join(found[:min(len(found), 6)], "、"))
		t.rule = ruleName
		return g, false, t
	}
}

// parseUnit reads the code of a unit.
func (n *names) parseUnit(c grid.Cell, text string) (g given, ok bool, t *trouble) {
	s := tidy(fold(text))
	code, name := n.unitParts(s)
	if i := slices.IndexFunc(n.units, func(u unitName) bool { return u.code != "" && u.code == code }); i >= 0 {
		u := n.units[i]
		if name == "" || classify.SameName(name, fold(u.name)) || u.full != "" && classify.SameName(name, fold(u.full)) {
			return textGiven(code), true, nil
		}
		return g, false, &trouble{rule: ruleName, level: diag.Error, stated: text, want: code + " " + u.name, message: "单位代码与名称对不上：" + code + " 是" + diag.Quote(u.name) + "，不是" + diag.Quote(name),
			hint: "两样留对的一样，或者改成一致"}
	}
	if zeros := n.withoutZeros(code); c.Kind == grid.Number && zeros != "" {
		return textGiven(zeros), true, &trouble{rule: ruleZeros, level: diag.Note, message: "单位代码开头的 0 丢了，按 " + zeros + " 读", stated: c.Text, want: zeros, hint: "把这一列的格式设为“文本”再填代码"}
	}
	var named []string
	for _, u := range n.units {
		if u.code != "" && (classify.SameName(s, fold(u.name)) || u.full != "" && classify.SameName(s, fold(u.full))) {
			named = append(named, u.code)
		}
	}
	switch {
	case len(named) == 1:
		return textGiven(named[0]), true, nil
	case len(named) > 1:
		return g, false, &trouble{rule: ruleName, level: diag.Error, message: "叫" + diag.Quote(s) + "的单位不止一个：" + strings.Join(named, "、"), hint: "填单位代码"}
	case code != "":
		return textGiven(code), true, nil // whoever checks tells that there is no such unit
	}
	return g, false, &trouble{rule: ruleName, level: diag.Error, message: "没有叫" + diag.Quote(cut(s, 20)) + "的单位", hint: "照工作表“单位”填代码或名称"}
}

// unitParts takes the code of a unit and a name apart. Codes of units may be any letters and digits.
func (n *names) unitParts(s string) (code, name string) {
	best := ""
	for _, u := range n.units {
		if rest, ok := strings.CutPrefix(s, u.code); ok && len(u.code) > len(best) && (rest == "" || !isCodeByte(rest[0]) || strings.Trim(u.code, "0123456789") == "" && rest[0] >= 0x80) {
			best = u.code
		}
	}
	if best != "" {
		return best, unbracketed(strings.TrimLeft(s[len(best):], " -—–_:·/|、."))
	}
	if m := anyCode.FindStringSubmatch(s); m != nil {
		return m[1], tidy(m[2])
	}
	if m := codeLast.FindStringSubmatch(s); m != nil && m[1] != "" {
		return m[2], tidy(m[1])
	}
	return "", s
}

func isCodeByte(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// withoutZeros is the one unit whose code is another but for zeros before it.
func (n *names) withoutZeros(code string) string {
	out := ""
	for _, u := range n.units {
		if u.code != code && code != "" && strings.TrimLeft(u.code, "0") == strings.TrimLeft(code, "0") {
			if out != "" {
				return ""
			}
			out = u.code
		}
	}
	return out
}
