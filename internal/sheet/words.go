package sheet

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
)

// Words tells findings to those who know the workbook alone. Rules speak of the files of a data folder: tables, keys, values with
// an equals sign. All of that has a name in the schema or in the pack, and so has its place in a workbook; what only files have
// is a closed list of phrases.
type Words struct {
	layout  *Layout
	sheets  map[string]string   // what a table is called here
	files   map[string]string   // the sheets of what is typed in a file by custom
	labels  map[string][]called // of keys
	slots   map[string]string   // labels of keys that the pack gives, in the order of its tables
	doubled map[string]bool     // keys that a label cannot do without
}

// called is what a key of a table is called.
type called struct{ table, label string }

// NewWords makes the words of a layout.
func NewWords(l *Layout) *Words {
	w := &Words{layout: l, sheets: map[string]string{}, files: map[string]string{}, labels: map[string][]called{}, slots: map[string]string{}, doubled: map[string]bool{}}
	tables := budget.Tables()
	w.name(tables)
	inFile := map[string][]string{}
	for i := range tables {
		t := &tables[i]
		if strings.HasSuffix(t.File, ".toml") && !strings.Contains(t.Name, ".") && t.Own != budget.FieldAmounts {
			inFile[t.File] = append(inFile[t.File], w.sheet(t.Name))
		}
		for j := range t.Fields {
			f := &t.Fields[j]
			w.labels[f.Key] = append(w.labels[f.Key], called{t.Name, f.Label})
		}
	}
	for file, sheets := range inFile {
		w.files[file] = strings.Join(sheets, "、")
	}
	for i := range l.Sheets {
		for j := range l.Sheets[i].Blocks {
			for _, x := range l.Sheets[i].Blocks[j].Items {
				if strings.HasSuffix(x.Label, "（"+x.Key+"）") {
					w.doubled[x.Key] = true
				}
				if w.slots[x.Key] == "" && w.labels[x.Key] == nil {
					w.slots[x.Key] = x.Label
				}
			}
		}
	}
	return w
}

// name gives tables their sheets.
func (w *Words) name(tables []budget.Table) {
	for i := range tables {
		w.sheets[tables[i].Name] = tables[i].Label
	}
	for i := range w.layout.Sheets {
		s := &w.layout.Sheets[i]
		for j := range s.Blocks {
			b := &s.Blocks[j]
			if s.Form == nil {
				w.sheets[b.Table.Name] = s.Name
			}
			for _, x := range b.Items {
				if s.Form == nil && x.Table != "" && !x.OfUnit {
					w.sheets[x.Table] = s.Name
				}
			}
		}
	}
	for _, t := range tables {
		if t.Own != budget.FieldNone && within(t.Name, "unit") { // stands among those of the department
			_, key, _ := cutLast(t.Name)
			if top := w.sheets[key]; top != "" {
				w.sheets[t.Name] = top
			}
		}
	}
}

// Tell puts what a finding says into the words of workbooks. What its author wrote stays as it is.
func (w *Words) Tell(d *diag.Diagnostic) {
	table := w.tableAt(d.At)
	beside := d.Message + d.Hint
	d.Message = w.text(d.Message, table, beside)
	d.Hint = w.text(d.Hint, table, beside)
	d.Notes = slices.Clone(d.Notes)
	for i := range d.Notes {
		d.Notes[i].Text = w.text(d.Notes[i].Text, table, beside)
	}
}

// tableAt is the table of the sheet that a place is on, "" where it is not known.
func (w *Words) tableAt(at diag.Range) string {
	c, _ := at.In.Cell()
	if s := w.layout.Sheet(c.Sheet); s != nil {
		return s.Blocks[0].Table.Name
	}
	return ""
}

// What findings say of files, in their order of trial: longer ones before those that they begin with.
var filePhrases = strings.NewReplacer(
	"；编辑器里查找“请核对”可以一处一处地看", "；用“查找”（Ctrl+F）找“请核对”可以一处一处地看",
	"在编辑器里找不到这个字的，删去整段文字重新输入", "在格子里找不到这个字的，清空这一格重新输入",
	"只写数字，如 4671.85 或 \"4,671.85\"，没有的写 0；单位在文件开头用 amount_unit 说明", "只填数字，按元填，如 46718500.00，没有的填 0",
	"只写数，不加千分撇和单位；单位由文件开头的 amount_unit 说明，不写是元", "只填数，按元填",
	"是的写 true，不是的写 false，不加引号；不写是 false", "填“是”或“否”；不填是“否”",
	"“是”（true）或“否”（false）", "“是”或“否”",
	"是万元的，文件开头写 amount_unit = \"万元\"，或换算成元", "填报表里都按元填，是万元的乘 10000",
	"核对各文件开头的 amount_unit 和上年数的单位", "核对本年和上年的数是不是都按元填的",
	"；要印出的金额加得起来，模板写 rounding = \"largest-remainder\"", "",
	"；不调整的，模板写 rounding = \"as-is\"", "",
	"：收入写 side=收入,上年结转，支出写 side=支出,年终结转", "；模板不由填报人改",
	"在 performance 文件夹里填一张整体支出绩效目标表", "在一张绩效表的工作表里填整体支出绩效目标表",
	"的文件（basic.toml）在不在数据目录里、是不是空的", "的工作表是不是空的",
	"在 assets.toml 这种用途的 ", "在这种用途的 ",
	"在 project 下面写上 ", "在同一行写上 ",
	"写在英文引号里，一行写完", "写在一格里，不换行", "写在英文引号里；不止一行的用 ''' 括起来，一段一行", "一段一行",
)

// The same of what is too short to be looked for in an author's words, too.
var shortPhrases = strings.NewReplacer(
	"注释随数据一起公开", "备注随数据一起公开", "不带注释（", "不带备注（", "注释里有", "备注里有",
	"填了两段", "填了两行", "一年只有一段，只印得出一段", "一年只有一行，只印得出一行", "重复填报的删去一段；确是两笔的，合成一段", "重复填报的删去一行；确是两笔的，合成一行",
	"先前一段在这里", "先前一行在这里", "是不是漏了一段", "是不是漏了一行", "本文件里有", "这里有",
	"这个文件里的", "这张工作表里的", "，加英文引号", "", "，不加引号", "",
)

// The shapes in which findings name what files have.
var (
	ofAmountUnit  = regexp.MustCompile(`核对文件开头的 amount_unit，填的是(\p{Han}+)就写 amount_unit = "\p{Han}+"`)
	inTemplate    = regexp.MustCompile(`；模板里写作 \{\{.*?\}\}`)
	anEntryOf     = regexp.MustCompile(`(删去这|只留)一段 ?\[\[([a-z_.]+)\]\]`)
	withEntryOf   = regexp.MustCompile(`用 ?\[\[([a-z_.]+)\]\] ?`)
	tableLabelled = regexp.MustCompile(`\[\[?([a-z_.]+)\]?\](?:（([^（）]*)）)? ?(的 ?)?`)
	keyLabelled   = regexp.MustCompile(`\b([a-z][a-z_]*)（(\p{Han}+)）`)
	keyBracketed  = regexp.MustCompile(`（([a-z][a-z_]*)((?:\.[^（）]+)?)）`)
	keySet        = regexp.MustCompile(`(就写|写[了明成上作]|写|补上|填写|填)? ?\b([a-z][a-z_]*) ?= ?(true|false|…|\[?"[^"]*"\]?|-?[0-9.]+)`)
	keyQuoted     = regexp.MustCompile(`“([a-z][a-z_]*)”`)
	keyBare       = regexp.MustCompile(`[A-Za-z0-9_.\-/]*[A-Za-z0-9_]`)
	fileNamed     = regexp.MustCompile(`[\p{Han}A-Za-z0-9_./\-]+\.toml`)
	allParts      = regexp.MustCompile(`，各行-?[\d,.]+(?:[＋－+-]+[\d,.]+){3,}＝(-?[\d,.]+)`)
	spaced        = regexp.MustCompile(`([\p{Han}”，；：、）]) +(“)|(”表?) +([\p{Han}“（])`)
)

// text is a text of a finding in the words of workbooks. beside is all that the finding says: keys that it names with their labels
// are called that.
func (w *Words) text(s, table, beside string) string {
	if s == "" {
		return s
	}
	s = ofAmountUnit.ReplaceAllString(s, "填报表里都按元填；填的是${1}的，换算成元")
	s = inTemplate.ReplaceAllString(filePhrases.Replace(s), "")
	s = replace(anEntryOf, s, func(m []string) string { return strings.TrimSuffix(m[1], "这") + w.sheet(m[2]) + "的一行" })
	s = replace(withEntryOf, s, func(m []string) string { return "在" + w.sheet(m[1]) })
	for _, m := range tableLabelled.FindAllStringSubmatch(s, 1) {
		table = m[1] // keys are of the table that is named before them
	}
	s = replace(tableLabelled, s, func(m []string) string {
		if w.sheets[m[1]] == "" {
			return m[0]
		}
		label := ""
		if m[2] != "" && !strings.Contains(w.sheet(m[1]), diag.Quote(m[2])) {
			label = "（" + m[2] + "）"
		}
		return w.sheet(m[1]) + label + strings.TrimSpace(m[3])
	})
	s = allParts.ReplaceAllString(s, "，各行之和 ${1}") // a cell has no room for them, and the document has them
	s = replace(fileNamed, s, w.file)
	s = outside(s, func(s string) string { return w.keys(s, table, beside) })
	s = replace(keyQuoted, s, func(m []string) string {
		if x := w.slots[m[1]]; x != "" {
			return diag.Quote(x)
		}
		return m[0]
	})
	for spaced.MatchString(s) {
		s = spaced.ReplaceAllString(s, "$1$2$3$4")
	}
	return s
}

// keys puts labels for keys.
func (w *Words) keys(s, table, beside string) string {
	s = shortPhrases.Replace(s)
	s = replace(keySet, s, func(m []string) string { return w.set(m, table, beside) })
	s = replace(keyLabelled, s, func(m []string) string {
		if w.labels[m[1]] == nil {
			return m[0]
		}
		return diag.Quote(m[2])
	})
	s = replace(keyBracketed, s, func(m []string) string {
		if !w.known(m[1]) || w.doubled[m[1]] {
			return m[0]
		}
		return ""
	})
	return replace(keyBare, s, func(m []string) string {
		if !w.fieldOrText(m[0]) {
			return m[0]
		}
		return diag.Quote(w.label(m[0], table, beside))
	})
}

// outside changes what stands outside of quotation marks: names and words of the author stand within.
func outside(s string, change func(string) string) string {
	var b strings.Builder
	for s != "" {
		open := strings.Index(s, "“")
		if open < 0 {
			break
		}
		end := strings.Index(s[open:], "”")
		if end < 0 {
			break
		}
		end += open + len("”")
		b.WriteString(change(s[:open]) + s[open:end])
		s = s[end:]
	}
	b.WriteString(change(s))
	return b.String()
}

func replace(re *regexp.Regexp, s string, with func(m []string) string) string {
	return re.ReplaceAllStringFunc(s, func(found string) string { return with(re.FindStringSubmatch(found)) })
}

// sheet is what the sheet of a table is called in a sentence; lists of a form stand on its sheet.
func (w *Words) sheet(table string) string {
	name := w.sheets[table]
	switch {
	case name == "":
		return diag.Quote(table)
	case within(table, formTable) && table != formTable:
		return w.sheets[formTable] + "的" + diag.Quote(name)
	case strings.HasSuffix(name, "表"):
		return diag.Quote(name)
	}
	return diag.Quote(name) + "表"
}

func (w *Words) file(m []string) string {
	name := m[0][strings.LastIndexByte(m[0], '/')+1:]
	for file, sheets := range w.files {
		if strings.HasSuffix(name, file) && (name == file || strings.HasSuffix(m[0], "/"+file)) {
			return sheets
		}
	}
	for file, sheets := range w.files { // 国有资产填assets.toml, without a blank
		if before, ok := strings.CutSuffix(name, file); ok && strings.Trim(before, "abcdefghijklmnopqrstuvwxyz0123456789_-.") == before {
			return before + sheets
		}
	}
	return "填报表"
}

func (w *Words) known(key string) bool {
	return w.labels[key] != nil || w.slots[key] != "" || w.figure(key)
}

func (w *Words) figure(key string) bool { return slices.Contains(w.layout.Pack.FigureNames, key) }

// fieldOrText reports whether a word is a key that an author fills in. Names of numbers are typed as they are.
func (w *Words) fieldOrText(word string) bool {
	return w.labels[word] != nil || w.slots[word] != "" && !w.figure(word)
}

// label is what a key is called: as the finding calls it, as its table does, as most do.
func (w *Words) label(key, table, beside string) string {
	if x := w.slots[key]; x != "" {
		return x
	}
	all := w.labels[key]
	for _, x := range all {
		if strings.Contains(beside, x.label+"（"+key+"）") || strings.Contains(beside, diag.Quote(x.label)+"（"+key+"）") || strings.Contains(beside, key+"（"+x.label+"）") {
			return x.label
		}
	}
	for _, x := range all {
		if x.table == table {
			return x.label
		}
	}
	count := map[string]int{}
	for _, x := range all {
		count[x.label]++
	}
	return slices.MaxFunc(all, func(a, b called) int { return count[a.label] - count[b.label] }).label
}

// set is how a value is filled in.
func (w *Words) set(m []string, table, beside string) string {
	if !w.known(m[2]) {
		return m[0]
	}
	label := diag.Quote(w.label(m[2], table, beside))
	value := strings.Trim(m[3], `[]"`)
	switch {
	case value == "…":
		return "填上" + label
	case value == "true":
		value = Yes
	case value == "false":
		value = No
	}
	if strings.Contains(m[3], `"`) || value == Yes || value == No {
		value = diag.Quote(value)
	}
	verb := "填"
	if m[1] == "写了" {
		verb = "填了"
	}
	return label + verb + value
}
