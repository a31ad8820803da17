package pack

import (
	"fmt"
	"reflect"
	"strings"
)

// Guide is the pack author's guide, in Markdown, with the row sources there are: a small pack, how things are done, and the vocabulary itself.
func Guide(sources []RowSource) string {
	var b strings.Builder
	b.WriteString(guideTutorial + indented(SmallestPack) + guideTutorialEnd + guideHow)
	b.WriteString("\n# 全部写法\n\n## 表的行来源（rows）\n\n")
	table(&b, rowEntries(sources))
	b.WriteString("\n### 各种行可以印的栏（field）\n\n| 行来源 | 栏 |\n|---|---|\n")
	for _, r := range sources {
		var fields []string
		for _, f := range r.Fields() {
			fields = append(fields, "`"+f.Name+"` "+f.Text)
		}
		if fields == nil {
			fields = []string{"没有文字栏"}
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", r.Word().Name, strings.Join(fields, "；"))
	}
	b.WriteString("\n## 范围（query）\n\n" + guideQuery)
	table(&b, keyEntries())
	b.WriteString("\n## 分项（by、each）\n\n")
	table(&b, dimensionEntries())
	b.WriteString(guideCharts)
	table(&b, chartEntries())
	b.WriteString(guideChartRules)
	b.WriteString("\n## 文字里的词\n\n" + guideWords)
	table(&b, wordEntries())
	b.WriteString("\n### 点号能看到的\n\n")
	table(&b, DotEntries())
	b.WriteString("\n### 行首的记号（prose/*.tmpl）\n\n一行一段；不带记号的是正文。部门填写的文字不会当作记号。\n\n")
	table(&b, proseEntries())
	b.WriteString("\n### 绩效表里重复的行（each）\n\n")
	table(&b, eachEntries())
	b.WriteString("\n## 角色（role）\n\n" + guideRoles + "### 数字（[[figure]]）\n\n")
	table(&b, figureRoleEntries())
	b.WriteString("\n### 绩效表的栏目（[[field]]）\n\n")
	table(&b, fieldRoles())
	b.WriteString("\n### 绩效表的标签（[[item]] 和 cell）\n\n")
	table(&b, labelRoleEntries())
	b.WriteString("\n## 全部键名\n\n加 * 的必须写；括号里是可以写的值。\n")
	keys(&b, reflect.TypeFor[manifest](), "", 3, map[reflect.Type]string{})
	b.WriteString("\n### forms/*.toml\n")
	keys(&b, reflect.TypeFor[formSpec](), "", 4, map[reflect.Type]string{})
	return b.String()
}

// indented is a text as Markdown shows code.
func indented(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if line != "\n" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}

func table(b *strings.Builder, entries []Entry) {
	b.WriteString("| 写法 | 意思 | 例子 |\n|---|---|---|\n")
	for _, e := range entries {
		example := ""
		if e.Example != "" {
			example = "`" + strings.ReplaceAll(e.Example, "|", "\\|") + "`"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", e.Name, e.Text, example)
	}
}

// told is what the tags of a field say beside its name: the words it may have, and what they mean.
func told(tag reflect.StructTag) string {
	var parts []string
	if set := tag.Get("one"); set != "" {
		parts = append(parts, strings.Join(choices(set), "、"))
	}
	if from, to, ok := strings.Cut(tag.Get("range"), ".."); ok {
		bounds := from + " 到 " + to
		if note := tag.Get("note"); note != "" {
			bounds += "；" + note
		}
		parts = append(parts, bounds)
	} else if note := tag.Get("note"); note != "" {
		parts = append(parts, note)
	}
	if parts == nil {
		return ""
	}
	return "（" + strings.Join(parts, "：") + "）"
}

// keys lists the keys of a struct's TOML, and below it those of the tables within. What has the keys of a table shown before
// says so.
func keys(b *strings.Builder, t reflect.Type, path string, depth int, shown map[reflect.Type]string) {
	type inner struct {
		t    reflect.Type
		path string
		name string
	}
	var tables []inner
	var line []string
	for i := range t.NumField() {
		key, option, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
		if key == "" || key == "-" {
			continue
		}
		if option == "required" {
			option = "*"
		}
		name := t.Field(i).Tag.Get("zh")
		name += told(t.Field(i).Tag)
		elem, list := t.Field(i).Type, false
		for elem.Kind() == reflect.Pointer || elem.Kind() == reflect.Slice {
			list = list || elem.Kind() == reflect.Slice
			elem = elem.Elem()
		}
		if elem.PkgPath() != reflect.TypeFor[manifest]().PkgPath() || elem == t {
			line = append(line, "`"+key+"`"+option+" "+name)
			continue
		}
		p := path + key
		head := "[" + p + "]"
		if list {
			head = "[[" + p + "]]"
		}
		tables = append(tables, inner{elem, p + ".", head + option + " " + name})
	}
	if line != nil {
		fmt.Fprintf(b, "\n%s\n", strings.Join(line, "；"))
	}
	for _, x := range tables {
		fmt.Fprintf(b, "\n%s %s\n", strings.Repeat("#", min(depth, 6)), x.name)
		if first := shown[x.t]; first != "" {
			fmt.Fprintf(b, "\n同 %s。\n", first)
			continue
		}
		first, _, _ := strings.Cut(x.name, " ")
		shown[x.t] = strings.TrimSuffix(first, "*")
		keys(b, x.t, x.path, depth+1, shown)
	}
}
