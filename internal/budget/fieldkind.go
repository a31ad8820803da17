package budget

import (
	"reflect"

	"yusuan/internal/source"
)

// FieldKind is what a field holds, as far as whoever asks for it must know: the cell of a workbook, the box of a form.
type FieldKind int

// The kinds of fields.
const (
	FieldNone   FieldKind = iota // a table, whose fields have kinds
	FieldText                    // one line of words
	FieldLong                    // paragraphs
	FieldPasted                  // rows or passages of a finished document, as they stand there
	FieldAmount                  // money, in the unit of the file
	FieldWhole                   // a number that counts
	FieldYear                    // four digits
	FieldYesNo
	FieldDate
	FieldListed     // a word of a list
	FieldCode       // of the department or a unit, as given to it
	FieldUnit       // the code of a unit that [[unit]] has
	FieldFunction   // a code of functional classification
	FieldEconomic   // a code of economic classification
	FieldClassified // a code of one of both, which the field beside it says
	FieldProject    // the name of a project that [[project]] has
	FieldGoal       // the name of a goal of the same form
	FieldTemplate   // a template
	FieldPart       // an optional part of the template
	FieldForm       // a kind of performance form of the template
	FieldFigure     // a number of the document, by its name or its place in a table
	FieldRole       // a role of type
	FieldFile       // a file of the folder
	FieldTexts      // a free table of texts, whose keys the pack gives
	FieldAmounts    // a free table of amounts, whose keys the pack gives
	fieldKinds
)

// FieldKinds are all kinds of fields and of free tables.
func FieldKinds() []FieldKind {
	var out []FieldKind
	for k := FieldNone + 1; k < fieldKinds; k++ {
		out = append(out, k)
	}
	return out
}

// String is what authors read of a kind.
func (k FieldKind) String() string { return kindWords[k].name }

// Advice is how authors write a value of the kind.
func (k FieldKind) Advice() string { return kindWords[k].advice }

// Codes reports whether values are digits that are no number: 0101 is not 101.
func (k FieldKind) Codes() bool {
	switch k {
	case FieldCode, FieldUnit, FieldFunction, FieldEconomic, FieldClassified:
		return true
	}
	return false
}

// Words reports whether values are text, which TOML has between quotation marks.
func (k FieldKind) Words() bool {
	switch k {
	case FieldNone, FieldAmount, FieldWhole, FieldYear, FieldYesNo, FieldDate, FieldTexts, FieldAmounts:
		return false
	}
	return true
}

// free reports whether the kind is that of a table whose keys the pack gives.
func (k FieldKind) free() bool { return k == FieldTexts || k == FieldAmounts }

var kindWords = [fieldKinds]struct{ name, advice string }{
	FieldNone:       {"表", "下面一行写一项"},
	FieldText:       {"文字", "写在英文引号里，一行写完"},
	FieldLong:       {"长文字", "写在英文引号里；不止一行的用 ''' 括起来，一段一行"},
	FieldPasted:     {"成文", "用 ''' 括起来，照印出的样子写，也可以从表格里粘贴"},
	FieldAmount:     {"金额", "只写数，不加千分撇和单位；单位由文件开头的 amount_unit 说明，不写是元"},
	FieldWhole:      {"整数", "只写数，不加引号"},
	FieldYear:       {"年度", "四位数字，不加引号"},
	FieldYesNo:      {"是否", "是的写 true，不是的写 false，不加引号；不写是 false"},
	FieldDate:       {"日期", "写成 2026-02-10，不加引号"},
	FieldListed:     {"选填", "写所列的一种，加英文引号"},
	FieldCode:       {"代码", "照编列的代码写，加英文引号，开头的 0 不省"},
	FieldUnit:       {"单位代码", "照 units.toml 的 code 写，加英文引号"},
	FieldFunction:   {"功能科目", "支出功能分类科目编码，加英文引号"},
	FieldEconomic:   {"经济科目", "部门预算支出经济分类科目编码，加英文引号"},
	FieldClassified: {"科目编码", "功能或经济科目的编码，加英文引号"},
	FieldProject:    {"项目名称", "照 projects.toml 的 name 写，加英文引号"},
	FieldGoal:       {"目标名称", "照同一张表 [[form.goal]] 的 name 写，加英文引号"},
	FieldTemplate:   {"模板代号", "运行 yusuan packs 列出全部，加英文引号"},
	FieldPart:       {"可加印的部分", "模板所列的名称，加英文引号"},
	FieldForm:       {"表样", "模板所列的绩效表名称，加英文引号"},
	FieldFigure:     {"数字的名称", "模板里数字的名称，或者 表号.行.列，加英文引号"},
	FieldRole:       {"字体名称", "运行 yusuan fonts 列出全部，加英文引号"},
	FieldFile:       {"文件", "写数据目录里的路径，加英文引号"},
	FieldTexts:      {"一组文字", "一行一项：键 = \"文字\"，有哪些键由模板定"},
	FieldAmounts:    {"一组金额", "一行一项：键 = 金额，有哪些键由模板定"},
}

// naming are the kinds of texts that name something, by the tag `names`.
func naming(what string) FieldKind {
	switch what {
	case "unit":
		return FieldUnit
	case "function":
		return FieldFunction
	case "economic":
		return FieldEconomic
	case "code":
		return FieldClassified
	case "project":
		return FieldProject
	case "goal":
		return FieldGoal
	case "template":
		return FieldTemplate
	case "part":
		return FieldPart
	case "form":
		return FieldForm
	case "figure":
		return FieldFigure
	case "role":
		return FieldRole
	case "file":
		return FieldFile
	}
	panic("budget: nothing is named by " + what)
}

// kindOf is the kind of a field by its type and its tags.
func kindOf(t reflect.Type, tag reflect.StructTag) FieldKind {
	switch t {
	case reflect.TypeFor[source.Amount]():
		return FieldAmount
	case reflect.TypeFor[source.Int]():
		return FieldWhole // or a year, by its bounds
	case reflect.TypeFor[source.Bool]():
		return FieldYesNo
	case reflect.TypeFor[source.Date]():
		return FieldDate
	case reflect.TypeFor[source.Fields]():
		return FieldTexts
	case reflect.TypeFor[source.AmountFields]():
		return FieldAmounts
	case reflect.TypeFor[source.String]():
		return kindOfText(tag)
	}
	if schema(t) == nil {
		panic("budget: no kind of field is " + t.String())
	}
	return FieldNone
}

func kindOfText(tag reflect.StructTag) FieldKind {
	switch text, names := tag.Get("text"), tag.Get("names"); {
	case tag.Get("of") != "":
		return FieldListed
	case names != "":
		return naming(names)
	case text == "code":
		return FieldCode
	case text == "long":
		return FieldLong
	case text == "pasted":
		return FieldPasted
	}
	return FieldText
}

// freeTable reports whether a type is a table whose keys the pack gives.
func freeTable(t reflect.Type) bool {
	return t == reflect.TypeFor[source.Fields]() || t == reflect.TypeFor[source.AmountFields]()
}
