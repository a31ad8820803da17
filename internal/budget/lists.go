package budget

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"yusuan/internal/diag"
)

// List is the words that a field may have. The tag `of` of a field of Facts names one. It stands here alone: Read enforces
// it, messages and what is made of fields.go print it, queries of packs are held against it.
type List struct {
	Name  string   // what tags, packs and messages call it
	Words []string // as documents print them
	// Open says that other words will do as well, and those here are examples, until a pack closes the list.
	Open bool
	// Local says that a pack may put words of its own in the place of these.
	Local bool

	rule  string            // that another word breaks
	also  map[string]string // what people write for a word
	none  []string          // what people write where there is none
	never []string          // words of an open list that are a slip for sure
}

// ruleListed is broken by a word outside of a list that has no rule of its own.
const ruleListed = "填报-009"

// ListAmountUnits is the list of the units that amounts are typed in.
const ListAmountUnits = "金额单位"

// The lists that packs have a say in.
const (
	ListUnitKinds   = "单位性质"
	ListProcurement = "政府采购类别"
	ListPurchase    = "政府购买服务类别"
	ListOrganize    = "采购组织形式"
	ListVehicles    = "车辆用途"
	ListFirst       = "一级指标"
)

// word is a word of a list and, parted by blanks, what people write for it.
type word struct{ text, also string }

func list(name, rule string, words ...word) *List {
	l := &List{Name: name, rule: rule, also: map[string]string{}}
	for _, w := range words {
		l.Words = append(l.Words, w.text)
		for _, a := range strings.Fields(w.also) {
			l.also[plain(a)] = w.text
		}
	}
	return l
}

// standard are the lists of the program. Whoever changes one changes a copy: they are the same for all documents.
func standard() []*List { return standardLists() }

var standardLists = sync.OnceValue(makeStandard)

func makeStandard() []*List {
	goods := list(ListProcurement, "采购-001", word{"货物", "货物类 货物采购"}, word{"工程", "工程类 工程采购"}, word{"服务", "服务类 服务采购"})
	goods.Local, goods.none = true, []string{"无", "否", "没有", "不采购"}
	// 财综〔2014〕96号《政府购买服务管理办法（暂行）》第十四条; every place has a list of its own below these.
	services := list(ListPurchase, ruleListed, word{"基本公共服务", ""}, word{"社会管理性服务", ""}, word{"行业管理与协调性服务", ""}, word{"技术性服务", ""},
		word{"政府履职所需辅助性事项", ""}, word{"其他适宜由社会力量承担的服务事项", ""})
	services.Open, services.Local, services.none, services.never = true, true, []string{"无", "否", "没有", "不购买"}, goods.Words
	organize := list(ListOrganize, ruleListed, word{"集中采购", "集中"}, word{"政府集中采购", "政府集中"}, word{"部门集中采购", "部门集中"}, word{"分散采购", "分散"},
		word{"分散自行组织", "自行组织 分散自行采购 自行采购"}, word{"分散委托中介", "委托中介 分散委托代理"})
	organize.Local = true
	vehicles := list(ListVehicles, ruleListed, word{"主要负责人用车", ""}, word{"机要通信用车", ""}, word{"应急保障用车", ""}, word{"执法执勤用车", ""},
		word{"特种专业技术用车", ""}, word{"离退休干部服务用车", ""}, word{"其他用车", ""})
	vehicles.Open, vehicles.Local = true, true
	groups := list("项目类别", ruleListed)
	groups.Open, groups.Local = true, true
	first := list(ListFirst, ruleListed, word{"成本指标", "成本"}, word{"产出指标", "产出"}, word{"效益指标", "效益"}, word{"满意度指标", "满意度"})
	first.Open, first.Local = true, true
	reserved := list("预留对象", "采购-002", reserves()...)
	reserved.none = []string{"无", "否", "没有", "不预留"}
	return []*List{
		list(ListUnitKinds, ruleListed, unitKinds()...),
		list("资金性质", "资金-001", fundWords()...),
		list("经费性质", "科目-004", word{NaturePersonnel, "人员 人员支出 人员类"}, word{NaturePublic, "公用 日常公用 日常公用经费 公用支出 公用类"}),
		list("支出类别", "支出-001", otherKinds()...),
		list("补充科目的分类", "科目-002", word{"功能", "功能科目 功能分类 功能分类科目 支出功能 支出功能分类 支出功能分类科目"},
			word{"经济", "经济科目 经济分类 经济分类科目 支出经济 支出经济分类 支出经济分类科目 部门预算支出经济分类"}),
		list("期限", "绩效-009", word{"长期", "长期目标 长期指标 中长期 中长期目标"}, word{"年度", "年度目标 年度指标 当年 本年 本年度"}),
		list(ListAmountUnits, ruleListed, word{"元", "人民币元 单位:元"}, word{"万元", "人民币万元 单位:万元"}, word{"亿元", "人民币亿元 单位:亿元"}),
		goods, services, organize, vehicles, groups, first, reserved,
	}
}

// unitKinds are the kinds of units: 行政 and 参公 have 机关运行经费; then institutions, as their reform sorted them, and others.
func unitKinds() []word {
	kinds := []word{
		{"行政", "行政单位 行政机关 行政机构 机关 机关单位 党政机关 国家机关 政府机关"},
		{"参公", "参公单位 参公事业单位 参公管理 参公管理单位 参公管理事业单位 参公管理的事业单位 参照公务员管理 参照公务员管理单位 参照公务员管理事业单位 " +
			"参照公务员管理的事业单位 参照公务员法管理 参照公务员法管理单位 参照公务员法管理事业单位 参照公务员法管理的单位 参照公务员法管理的事业单位 事业单位(参公)"},
	}
	for i, n := range []string{"一", "二", "三"} {
		also := strings.NewReplacer("N", n, "#", string(rune('1'+i)), "@", string(rune('Ⅰ'+i)), "*", strings.Repeat("I", i+1)).Replace(
			"公益N类事业单位 公益N类单位 公益N类事业 事业公益N类 N类公益 N类公益事业单位 事业单位(公益N类) 公益性N类 公益#类 公益@类 公益*类")
		kinds = append(kinds, word{"公益" + n + "类", also})
	}
	return append(kinds,
		word{"生产经营类", "生产经营 经营类 经营类事业单位 生产经营类事业单位 从事生产经营活动 从事生产经营活动事业单位 从事生产经营活动的事业单位"},
		word{"经费自理", "自收自支 自收自支单位 自收自支事业单位 经费自理单位 经费自理事业单位"},
		word{"其他事业", "其他事业单位 未分类 暂未分类 未分类事业单位 暂未分类事业单位"},
		word{"企业", "企业单位 国有企业 国企"}, word{"社会团体", "社团 社会组织"}, word{"其他", "其他单位"})
}

// otherKinds are the kinds of expenditure that are neither basic nor projects.
func otherKinds() []word {
	return []word{{"单位预留机动经费", "机动经费 预留机动经费"}, {"事业单位经营支出", "经营支出"}, {"上缴上级支出", "上缴上级"},
		{"对附属单位补助支出", "对附属单位补助 附属单位补助 补助附属单位支出"}}
}

// reserves are for whom procurement may be reserved (财库〔2020〕46号: 小微企业 are counted among 中小企业).
func reserves() []word {
	return []word{{"中小企业", "面向中小企业"}, {"小微企业", "小型和微型企业 小型微型企业 小微 面向小微企业"}}
}

func texts(words []word) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.text)
	}
	return out
}

// fundWords are the funds, with what people write for them: as revenue too.
func fundWords() []word {
	own := map[string]string{
		FundGeneral: "一般公共预算财政拨款收入", "政府性基金预算": "政府性基金 政府性基金收入", "国有资本经营预算": "国有资本经营",
		"财政专户管理资金": "财政专户 财政专户资金", "事业单位经营收入": "经营收入", "上级补助收入": "上级补助", "附属单位上缴收入": "附属单位上缴 附属单位缴款",
	}
	var out []word
	for _, f := range Funds() {
		out = append(out, word{f, strings.Join([]string{own[f], f + "收入", f + "拨款", f + "拨款收入", f + "财政拨款", f + "财政拨款收入", f + "资金"}, " ")})
	}
	return out
}

// plain is a word as lists compare it: without blanks, brackets and colons in half width, and 其他 for 其它, which mean the same.
func plain(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '（' || r == '）' || r == '：' || r == '它' || unicode.IsSpace(r) }) {
		return s // as almost every word is
	}
	return halfWidth.Replace(strings.Join(strings.Fields(s), ""))
}

var halfWidth = strings.NewReplacer("（", "(", "）", ")", "：", ":", "\u3000", "", "其它", "其他")

// mean is the word of the list that s is meant for, "" where it says that there is none. ok is false where s means none of
// the words.
func (l *List) mean(s string) (word string, ok bool) {
	key := plain(s)
	for _, w := range l.Words {
		if plain(w) == key {
			return w, true
		}
	}
	switch {
	case slices.Contains(l.none, key):
		return "", true
	case l.Open:
		return s, !diag.IsAnswer(key) && !slices.Contains(l.never, key)
	}
	word, ok = l.also[key]
	return word, ok
}

// outside reports a word that is not of the list.
func (l *List) outside(s string, at diag.Range) diag.Diagnostic {
	d := diag.NotListed(l.rule, at, l.Name, s, l.Words)
	if l.Open {
		d.Hint = strings.TrimPrefix(diag.NotListed(l.rule, at, l.Name, s, nil).Hint+"；写它的名称", "；")
		if len(l.Words) > 0 {
			d.Hint += "，可填：" + strings.Join(l.Words, "、") + "，或当地所用的名称"
		}
	}
	return d
}

// Lists are all lists as one kind of document has them: those of the program, with the words of its pack.
type Lists struct {
	byName map[string]*List
	forms  map[string]map[string]*List // of the fields of performance forms, by the kind of the form
}

// StandardLists are the lists of the program.
func StandardLists() *Lists {
	l := &Lists{byName: map[string]*List{}, forms: map[string]map[string]*List{}}
	for _, x := range standard() {
		l.byName[x.Name] = x
	}
	return l
}

// LocalLists names the lists that a pack may put its own words in.
func LocalLists() []string {
	var out []string
	for _, x := range standard() {
		if x.Local {
			out = append(out, x.Name)
		}
	}
	return out
}

// Of is the list of a name. Asking for one that is not there is a slip in the program.
func (l *Lists) Of(name string) *List {
	if x := l.byName[name]; x != nil {
		return x
	}
	panic("budget: no list " + name)
}

// Close gives a list the words of a pack, which alone will do. What people write for a word of the program is understood as
// before.
func (l *Lists) Close(name string, words []string) {
	x := *l.Of(name)
	x.Words, x.Open = words, false
	also := map[string]string{}
	for key, w := range x.also {
		if slices.Contains(words, w) {
			also[key] = w
		}
	}
	x.also = also
	l.byName[name] = &x
}

// Field gives a field of a kind of performance form its words.
func (l *Lists) Field(form, key, title string, words []string) {
	if l.forms[form] == nil {
		l.forms[form] = map[string]*List{}
	}
	l.forms[form][key] = &List{Name: title, Words: words, rule: ruleListed}
}

// Mean is the word of the list that s is meant for, "" where s says that there is none. ok is false where it means none of the
// words.
func (l *List) Mean(s string) (word string, ok bool) { return l.mean(s) }
