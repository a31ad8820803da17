package pack

import (
	"fmt"
	"reflect"
	"strings"
)

// Guide is the pack author's guide, in Markdown, made of the vocabulary itself.
func Guide() string {
	var b strings.Builder
	b.WriteString(guideIntroduction)
	b.WriteString("\n## 表的行来源（rows）\n\n")
	table(&b, rowEntries())
	b.WriteString("\n### 各种行可以印的栏（field）\n\n| 行来源 | 栏 |\n|---|---|\n")
	for _, r := range rowSources() {
		var fields []string
		for _, f := range fieldEntries(RowSource(r)) {
			fields = append(fields, "`"+f.Name+"` "+f.Text)
		}
		if fields == nil {
			fields = []string{"没有文字栏"}
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", r, strings.Join(fields, "；"))
	}
	b.WriteString("\n## 范围（query）\n\n几个条件用空格隔开，同时成立；同一条件的几个值用逗号隔开，有一个就行；`!=` 是排除。行的范围、列的范围、表的 filter 三者同时成立。\n\n")
	table(&b, keyEntries())
	b.WriteString("\n## 分项（by、each）\n\n")
	table(&b, dimensionEntries())
	b.WriteString("\n## 文字里的词\n\n写在 `{{ }}` 里，语法是 Go 的 text/template。数字写它的名称（[[figure]] 的 name），分项的数字写 名称.分项，例如 `item.2010301`。\n\n")
	table(&b, wordEntries())
	b.WriteString("\n### 点号能看到的\n\n")
	table(&b, DotEntries())
	b.WriteString("\n### 行首的记号（prose/*.tmpl）\n\n一行一段；不带记号的是正文。\n\n")
	table(&b, proseEntries())
	b.WriteString("\n## 全部键名\n\n加 * 的必须写。\n")
	keys(&b, reflect.TypeFor[manifest](), "", 3)
	b.WriteString("\n### forms/*.toml\n")
	keys(&b, reflect.TypeFor[formSpec](), "", 4)
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

// keys lists the keys of a struct's TOML, and below it those of the tables within.
func keys(b *strings.Builder, t reflect.Type, path string, depth int) {
	type inner struct {
		t    reflect.Type
		path string
		name string
	}
	var tables []inner
	var line []string
	for i := range t.NumField() {
		key, option, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
		if key == "" {
			continue
		}
		if option == "required" {
			option = "*"
		}
		name := t.Field(i).Tag.Get("zh")
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
		shown := "[" + p + "]"
		if list {
			shown = "[[" + p + "]]"
		}
		tables = append(tables, inner{elem, p + ".", shown + option + " " + name})
	}
	if line != nil {
		fmt.Fprintf(b, "\n%s\n", strings.Join(line, "；"))
	}
	for _, x := range tables {
		fmt.Fprintf(b, "\n%s %s\n", strings.Repeat("#", min(depth, 6)), x.name)
		keys(b, x.t, x.path, depth+1)
	}
}

const guideIntroduction = `# 模板怎么写

（本文由程序的词汇表生成，不要手改；词汇变了，运行 ` + "`UPDATE=1 go test ./internal/compose -run Guide`" + ` 重新生成。）

一个模板是一个文件夹，不用写程序：

| 文件 | 内容 |
|---|---|
| ` + "`pack.toml`" + ` | 模板代号、名称、版本、适用年度，文件分几部分，文中用到的数字，由部门填写的文字栏 |
| ` + "`tables.toml`" + ` | 预算表：标题、行来源、列、合计行 |
| ` + "`style.toml`" + ` | 纸张、字体样式、表格样式 |
| ` + "`glossary.toml`" + ` | 名词解释 |
| ` + "`prose/*.tmpl`" + ` | 封面、目录、说明等文字 |
| ` + "`forms/*.toml`" + ` | 绩效目标表，一个文件一种 |

各 .toml 文件合在一起读，怎么分文件都行。

**做一个新模板**：复制最接近的模板文件夹，或者新建一个文件夹，在 [pack] 里写 ` + "`inherits = \"被沿用的模板代号\"`" + `，只写要改的——
同一代号的表、同名的样式、数字、文字栏、名词、用语和 prose、forms 文件整个替换，新的加在后面；[[part]] 一写就全部替换。

**边改边看**：

    yusuan packs                                  列出程序自带的模板
    yusuan pack check 模板目录                    核对写法：不认识的键名、栏、条件、词，指出文件、行和可能的正确写法
    yusuan pack gallery 模板目录 -o 样张.pdf      用示例数据印出全部文字和表格
    yusuan build 数据目录 --template 模板目录     用这个模板做一个部门的文件

**单位预算**：部门在 department.toml 里写 ` + "`template_unit`" + `，` + "`yusuan build 数据目录 --edition unit:单位代码`" + ` 用同一份数据做单位的文件，
` + "`yusuan batch --editions all`" + ` 全部一起做。没有 ` + "`template_unit`" + ` 的用部门的模板；用 ` + "`{{.Edition}}`" + ` 的模板，部门、单位都合适。

**一张表**：

    [[table]]
    id      = "5"
    heading = "{{.Year}}年一般公共预算支出表"
    page    = "横表"
    rows    = "function"              # 行来源
    filter  = "fund=一般公共预算"     # 整张表的范围
    total   = "合计"                  # 合计行的名称；total_at = "last" 放在最后，total_span = true 合并文字格
    column  = [
      { head = "科目编码", column = [ # 列套列就是多级表头
        { head = "类", field = "code-class" },
        { head = "款", field = "code-group" },
        { head = "项", field = "code-item" },
      ] },
      { head = "科目名称", field = "name", share = 3 },
      { head = "合计" },              # 没有 field 的列是金额：行、列、表的范围同时成立的各笔之和
      { head = "基本支出", query = "kind=基本支出" },
      { head = "项目支出", query = "kind=项目支出" },
    ]

数不在模板里算：每个格子、每句话里的数都是范围，同一范围处处相同。
`
