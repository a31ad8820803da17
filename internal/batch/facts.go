package batch

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/json"
	"io"
	"slices"
	"sync"

	"yusuan/internal/budget"
	"yusuan/internal/build"
	"yusuan/internal/money"
)

// Facts is what the district and next year's batch ask of a department.
type Facts struct {
	Units   []Unit   `json:"units,omitempty"`
	Parts   []Part   `json:"parts,omitempty"`   // expenditure, sorted
	Figures []Figure `json:"figures,omitempty"` // that next year compares with, by name
	Prior   []Figure `json:"prior,omitempty"`   // last year's, as this document prints them, by name

	// What follows, records of earlier versions have not.
	Pack        string       `json:"pack,omitempty"`
	PackVersion string       `json:"pack_version,omitempty"`
	Spending    *Spending    `json:"spending,omitempty"`
	LastTotal   *Yuan        `json:"last_total,omitempty"` // last year's Record.Total, nil where it is not known
	Roles       []Role       `json:"roles,omitempty"`      // the figures of DistrictRoles
	Projects    []Project    `json:"projects,omitempty"`   // in the order of the data
	Procurement []Procured   `json:"procurement,omitempty"`
	Performance *Performance `json:"performance,omitempty"`
}

// Unit is a budget unit of the department.
type Unit struct {
	Code string `json:"code,omitempty"`
	Name string `json:"name"`
}

// Part is expenditure of one fund, functional class and kind.
type Part struct {
	Fund   string `json:"fund"`
	Class  string `json:"class"` // code of three digits
	Name   string `json:"name"`  // of the class
	Kind   string `json:"kind"`
	Amount Yuan   `json:"amount"`
}

// Figure is a figure of the pack.
type Figure struct {
	Name   string `json:"name"`
	Role   string `json:"role,omitempty"`  // what it is, by which years with packs of other names are compared
	Title  string `json:"title,omitempty"` // for people; of last year's figures, which messages name
	Amount Yuan   `json:"amount"`
}

// takeBudget notes what district totals ask of a department; units are in their departments.
func (f *Facts) takeBudget(b *budget.Budget) {
	for i := range b.Facts.Units {
		f.Units = append(f.Units, Unit{b.Facts.Units[i].Code.V, b.Facts.Units[i].Name.V})
	}
	type key struct{ fund, class, kind string }
	sums := map[key]money.Amount{}
	for i := range b.Lines {
		if l := &b.Lines[i]; inTables(l) {
			k := key{l.Fund, l.Function[:min(3, len(l.Function))], l.Kind}
			sums[k] = sums[k].Add(l.Amount)
		}
	}
	for k, a := range sums {
		name, _ := b.Functional.Name(k.class)
		f.Parts = append(f.Parts, Part{k.fund, k.class, name, k.kind, Yuan{a}})
	}
	slices.SortFunc(f.Parts, comparePart)
}

// inTables reports whether a line is expenditure in the view of the functional tables.
func inTables(l *budget.Line) bool {
	return l.Side == budget.Expenditure && l.View&budget.ByFunction != 0
}

// comparePart orders as the official tables do: by fund, class, basic before projects.
func comparePart(a, b Part) int {
	return cmp.Or(cmp.Compare(slices.Index(budget.Funds(), a.Fund), slices.Index(budget.Funds(), b.Fund)),
		cmp.Compare(a.Class, b.Class), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
}

// takeFigures notes this year's and last year's values of the figures that years are compared by.
func (f *Facts) takeFigures(w *build.Work) {
	for _, name := range w.Pack.FigureNames {
		x := w.Pack.Figures[name]
		if !x.FromFolder() {
			continue
		}
		f.Figures = append(f.Figures, Figure{Name: name, Role: string(x.Role), Amount: Yuan{w.Budget.Sum(x.Query)}})
		if a, ok := w.Prior.Amounts[name]; ok {
			f.Prior = append(f.Prior, Figure{name, string(x.Role), x.Title, Yuan{a}})
		}
	}
}

// packed is Facts at rest in memory: hundreds of thousands are kept for hours, and a few hundred bytes hold what takes thousands
// as structs. It is JSON, deflated after words that all departments have in common.
type packed []byte

const commonWords = `"functions":{"204":"公共安全支出","205":"教育支出","206":"科学技术支出","207":"文化旅游体育与传媒支出","211":"节能环保支出","212":"城乡社区支出","213":"农林水支出",` +
	`"224":"灾害防治及应急管理支出","229":"其他支出","201":"一般公共服务支出","20103":"政府办公厅（室）及相关机构事务","2010301":"行政运行","2010302":"一般行政管理事务","2010350":"事业运行",` +
	`"2010399":"其他政府办公厅（室）及相关机构事务支出","20136":"其他共产党事务支出","20199":"其他一般公共服务支出","2019999":"其他一般公共服务支出","208":"社会保障和就业支出","20805":"行政事业单位养老支出","2080501":"行政单位离退休","2080502":"事业单位离退休",` +
	`"2080505":"机关事业单位基本养老保险缴费支出","2080506":"机关事业单位职业年金缴费支出","210":"卫生健康支出","21011":"行政事业单位医疗","2101101":"行政单位医疗","2101102":"事业单位医疗","2101103":"公务员医疗补助",` +
	`"221":"住房保障支出","22102":"住房改革支出","2210201":"住房公积金","2210202":"提租补贴","2210203":"购房补贴"},"economics":{"301":"工资福利支出","30101":"基本工资","30102":"津贴补贴","30103":"奖金","30106":"伙食补助费","30107":"绩效工资",` +
	`"30108":"机关事业单位基本养老保险缴费","30109":"职业年金缴费","30110":"职工基本医疗保险缴费","30111":"公务员医疗补助缴费","30112":"其他社会保障缴费","30113":"住房公积金","30199":"其他工资福利支出","302":"商品和服务支出",` +
	`"30201":"办公费","30202":"印刷费","30205":"水费","30206":"电费","30207":"邮电费","30209":"物业管理费","30211":"差旅费","30212":"因公出国（境）费用","30213":"维修（护）费","30214":"租赁费","30215":"会议费","30216":"培训费","30217":"公务接待费",` +
	`"30226":"劳务费","30227":"委托业务费","30228":"工会经费","30229":"福利费","30231":"公务用车运行维护费","30239":"其他交通费用","30299":"其他商品和服务支出","303":"对个人和家庭的补助","30301":"离休费","30302":"退休费","30305":"生活补助","30399":"其他对个人和家庭的补助",` +
	`"310":"资本性支出","31002":"办公设备购置","31013":"公务用车购置"},"last_folder":true,"last_known":["all","funds","kinds","classes","groups","items","economic-classes","economic-groups"],"last_stated":[{"level":"funds","part":"一般公共预算","amount":"1"}]},"last_total":"` +
	`"roles":[{"role":"三公经费","amount":"0","last":"0"},{"role":"因公出国","amount":"0","last":"0"},{"role":"公务用车","amount":"0","last":"0"},{"role":"公务用车购置","amount":"0","last":"0"},{"role":"公务用车运行","amount":"0","last":"0"},` +
	`{"role":"公务接待","amount":"0","last":"0"},{"role":"机关运行经费","amount":"1"}],"projects":[{"unit":"001","name":"运行维护项目经费","amount":"1","goals":true},{"procurement":[{"class":"工程","amount":"1"},{"class":"服务","reserved":"中小企业","amount":"1"},` +
	`{"class":"货物","amount":"1"}],"performance":{"have":1,"due":1}},"spending":{"items":[{"fund":"一般公共预算","item":"2010301","kind":"基本支出","amount":"1","last":"1"},{"economy":[{"code":"","amount":"1"},{"code":"30101","amount":"1"},` +
	`{"units":[{"code":"001","name":"本级"}],"parts":[{"fund":"财政专户管理资金","class":"政府性基金预算","name":"国有资本经营预算` +
	`"},{"fund":"其他收入","class":"221","name":"住房保障支出","kind":"项目支出","amount":"208","name":"社会保障和就业支出","kind":"210","name":"卫生健康支出` +
	`"},{"fund":"一般公共预算","class":"201","name":"一般公共服务支出","kind":"基本支出","amount":"1.25"}],"prior":[{"name":"three_public","role":"三公经费","amount":"0"}` +
	`,{"name":"fiscal","role":"财政拨款总预算","title":"财政拨款收支总预算","amount":"0"},{"name":"general","role":"一般公共预算支出","title":"一般公共预算支出","amount":"0"},` +
	`{"name":"overseas","role":"因公出国","title":"因公出国（境）费","amount":"0"},{"name":"reception","role":"公务接待","title":"公务接待费","amount":"0"},` +
	`{"name":"three_public","role":"三公经费","title":"“三公”经费","amount":"0"},{"name":"total","role":"支出总预算","title":"部门支出总预算","amount":"0"},` +
	`{"name":"vehicle_purchase","role":"公务用车购置","title":"公务用车购置费","amount":"0"},{"name":"vehicle_running","role":"公务用车运行","title":"公务用车运行维护费","amount":"0"},` +
	`{"name":"vehicles","role":"公务用车","title":"公务用车购置及运行费","amount":"0"}],"figures":[{"name":"fiscal","role":"财政拨款总预算","amount":"0"},{"name":"general","role":"一般公共预算支出","amount":"0"},` +
	`{"name":"overseas","role":"因公出国","amount":"0"},{"name":"reception","role":"公务接待","amount":"0"},{"name":"three_public","role":"三公经费","amount":"0"},{"name":"total","role":"支出总预算","amount":"0"},` +
	`{"name":"vehicle_purchase","role":"公务用车购置","amount":"0"},{"name":"vehicle_running","role":"公务用车运行","amount":"0"},{"name":"vehicles","role":"公务用车","amount":"0"}],"prior":[`

// packers and unpackers are kept because a new one costs a megabyte, or some ten kilobytes.
var packers, unpackers sync.Pool

// pack packs what most questions are about apart from the rest, which the tables of the district alone ask for.
func (f *Facts) pack() (facts, more packed) {
	first := Facts{Units: f.Units, Parts: f.Parts, Figures: f.Figures, Prior: f.Prior}
	rest := *f
	rest.Units, rest.Parts, rest.Figures, rest.Prior = nil, nil, nil, nil
	return first.squeeze(), rest.squeeze()
}

func (f *Facts) squeeze() packed {
	raw := plainJSON(f)
	if string(raw) == "{}" {
		return nil
	}
	var buf bytes.Buffer
	z, ok := packers.Get().(*flate.Writer)
	if ok {
		z.Reset(&buf)
	} else {
		var err error
		if z, err = flate.NewWriterDict(&buf, flate.DefaultCompression, []byte(commonWords)); err != nil {
			panic("batch: " + err.Error()) // the level is a good one
		}
	}
	_, _ = z.Write(raw) // a Buffer takes all
	_ = z.Close()
	packers.Put(z)
	return bytes.Clone(buf.Bytes()) // without room to grow
}

// into adds what was packed.
func (p packed) into(f *Facts) {
	if p == nil {
		return
	}
	z, ok := unpackers.Get().(io.ReadCloser)
	var err error
	if ok {
		err = z.(flate.Resetter).Reset(bytes.NewReader(p), []byte(commonWords))
	} else {
		z = flate.NewReaderDict(bytes.NewReader(p), []byte(commonWords))
	}
	var b []byte
	if err == nil {
		b, err = io.ReadAll(z)
	}
	if err == nil {
		err = json.Unmarshal(b, f)
	}
	unpackers.Put(z)
	if err != nil {
		panic("batch: " + err.Error()) // pack made it
	}
}
