package renew

import (
	"fmt"
	"slices"
	"strings"

	"yusuan/internal/budget"
)

// Reference is what there is to fill in in a data folder, for the people who do: a table of fields for each table of facts,
// file by file as new folders have them. It is generated, so that it cannot say what is not so.
func Reference() []byte {
	var b strings.Builder
	b.WriteString(referenceHead)
	for _, k := range budget.FieldKinds() {
		fmt.Fprintf(&b, "| %s | %s |\n", k, cellText(k.Advice()))
	}
	tables := budget.Tables()
	for _, file := range filesOf(tables) {
		fmt.Fprintf(&b, "\n## %s\n", file)
		for i := range tables {
			if tables[i].File == file {
				referTo(&b, &tables[i])
			}
		}
	}
	return []byte(b.String())
}

const referenceHead = `# 数据目录里填什么

（本文由程序的填报项目表生成，不要手改；项目变了，运行 ` + "`UPDATE=1 go test ./internal/renew -run Reference`" + ` 重新生成。程序不读本文，放在哪里都不影响核对和生成。）

一个部门一年的数据放在一个目录里，例如 ` + "`data/2026/338`" + `，里面是几个 .toml 文件，用记事本就能改。下面按文件列出能填的全部项目；内容不多的，几个文件合成一个也可以，程序把它们合起来读。新建目录用 ` + "`yusuan new`" + `，建好的文件里写着同样的说明，只列所选模板用得着的；填好以后用 ` + "`yusuan check`" + ` 核对。

- 一行一项，写成 ` + "`字段 = 值`" + `；` + "`#`" + ` 后面是注释，不会印出来。
- ` + "`[project]`" + ` 这样一层方括号的，全部文件里只写一段；` + "`[[project]]`" + ` 两层方括号的，有几个写几段，后面的各行都属于这一段。一段一段太长的，也可以一行一段：` + "`basic = [ { function = \"2010301\", economic = \"30201\", amount = 5000 }, ]`" + `。
- “必填”写“是”的，写了这一段就要填。不必填的，没有就整行不写。
- 可填的词后面写着“等”的，是举例，当地另有名称的照当地的写；模板规定了自己的词的，以模板为准，填错了核对时会列出来。

## 怎么写值

| 种类 | 写法 |
|---|---|
`

// filesOf are the files that tables are typed in, in the order of the tables.
func filesOf(tables []budget.Table) []string {
	var out []string
	for _, t := range tables {
		if !slices.Contains(out, t.File) {
			out = append(out, t.File)
		}
	}
	return out
}

func referTo(b *strings.Builder, t *budget.Table) {
	if header := t.Header(); header != "" {
		fmt.Fprintf(b, "\n### `%s` %s\n", header, t.Label)
	}
	fmt.Fprintf(b, "\n%s。", t.What)
	if t.Required {
		b.WriteString("必须有，只写一段。")
	}
	if t.Own != budget.FieldNone {
		fmt.Fprintf(b, "%s。\n", t.Own.Advice())
		return
	}
	if len(t.Fields) == 0 {
		b.WriteString("\n")
		return
	}
	b.WriteString("\n\n| 字段 | 含义 | 填什么 | 必填 | 例 |\n|---|---|---|---|---|\n")
	for i := range t.Fields {
		f := &t.Fields[i]
		required := ""
		if f.Required {
			required = "是"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | `%s = %s` |\n", f.Key, cellText(f.Label), cellText(filledWith(f)), required, f.Key, cellText(f.Example))
	}
}

// filledWith says what a field holds: its kind, the words it takes, its bounds, and what is explained of it.
func filledWith(f *budget.Field) string {
	out := f.Kind.String()
	if f.Repeated {
		out = "几项" + out + "，放在方括号里，用英文逗号隔开"
	}
	if f.Kind == budget.FieldWhole {
		out += fmt.Sprintf("，%d 至 %d", f.Least, f.Most)
	}
	words, open := f.Words(budget.StandardLists())
	switch {
	case len(words) > 0 && open:
		out = "例如 " + strings.Join(words, "、") + " 等"
	case len(words) > 0:
		out = "只能填 " + strings.Join(words, "、")
	case f.List != "":
		out = "所用模板或当地的名称"
	}
	if f.What != "" {
		out += "。" + f.What
	}
	return out
}

// cellText is a text in a cell of a table of Markdown.
func cellText(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
