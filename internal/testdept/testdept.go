// Package testdept makes departments that do not exist, for tests: consistent in every figure and sentence, and between
// them all that real ones have (several units, all funds, carry-over, zero bases, decreases, amounts at the edge of
// rounding). One seed, one department.
package testdept

import (
	"fmt"
	"strings"
)

// Year is the budget year of all departments.
const Year = 2026

// Template is the pack that they use.
const Template = "wuhan"

// Code is the department's code, which also names its folder.
func Code(seed uint64) string { return fmt.Sprintf("%03d", 100+seed%900) }

// Files returns a department's folder: file names without the folder, and their TOML. The same seed gives the same
// bytes.
func Files(seed uint64) map[string][]byte {
	g := &dept{random: random{seed}, code: Code(seed), spent: map[purse]int64{}, carried: map[purse]int64{}}
	g.makeUnits()
	g.makeBasic()
	g.makeProjects()
	g.makeCarry()
	files := map[string]string{
		"department.toml": g.department(),
		"units.toml":      g.unitsFile(),
		"basic.toml":      g.basicFile(),
		"projects.toml":   g.projectsFile(),
		"revenue.toml":    g.revenueFile(),
		"prior.toml":      g.priorFile(),
		"text.toml":       g.textFile(),
		"assets.toml":     g.assetsFile(),
	}
	out := map[string][]byte{}
	for name, text := range files {
		if text != "" {
			out[name] = []byte(text)
		}
	}
	out["performance/overall.toml"] = []byte(g.overallFile())
	for i := range g.projects {
		out[fmt.Sprintf("performance/%d.toml", i+1)] = []byte(g.formFile(&g.projects[i]))
	}
	return out
}

// random is splitmix64: small, and the same on every machine.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1.
func (r *random) below(n int) int { return int(r.next() % uint64(n)) }

// maybe is true n times of 10.
func (r *random) maybe(n int) bool { return r.below(10) < n }

func pick[T any](r *random, list []T) T { return list[r.below(len(list))] }

// amount is a number of 分: whole 元 mostly, sometimes with 分, sometimes exactly between two printed values.
func (r *random) amount(maxWan int) int64 {
	whole := int64(1+r.below(maxWan)) * 100_0000
	switch r.below(5) {
	case 0:
		return whole + int64(r.below(100))*100_00 + 50_00 // half of 0.01 万元
	case 1:
		return whole + int64(r.below(100_0000))
	case 2:
		return whole + int64(r.below(100))*100_00 + 49_99
	}
	return whole + int64(r.below(10000))*100
}

// purse is the money of one unit from one fund.
type purse struct{ unit, fund string }

type unit struct {
	code, name, kind, within string
	margins                  bool // basic expenditure as two lists of totals
}

type basicLine struct {
	unit               *unit
	function, economic string
	nature             string // "" for the usual one
	fen                int64
	carried            bool // paid from what was carried over, which the pack has no place to say
}

type projectLine struct {
	fund, function, economic string
	fen                      int64
	carried                  bool
}

type project struct {
	name, unit, procure, purchase, purpose string
	total                                  int64 // over all years, 0 when only this one
	lines                                  []projectLine
}

func (p *project) sum() (fen int64) {
	for _, l := range p.lines {
		fen += l.fen
	}
	return fen
}

// dept is a department in the making. Amounts are in 分.
type dept struct {
	random
	code     string
	units    []unit
	basic    []basicLine
	projects []project
	carry    []carry
	spent    map[purse]int64
	carried  map[purse]int64

	unchanged []string // figures that are as they were last year
}

type carry struct {
	purse
	in, out int64
}

func (g *dept) name() string {
	places := []string{"槐安区", "澜川市", "沐阳县", "清溪镇", "柳浦区"}
	bureaus := []string{"档案局", "水务局", "园林和林业局", "文化和旅游局", "民政局", "统计局", "商务局", "司法局"}
	n := int(g.code[0]-'0')*100 + int(g.code[1]-'0')*10 + int(g.code[2]-'0')
	return places[n%len(places)] + bureaus[n/len(places)%len(bureaus)]
}

func (g *dept) listed() []*unit {
	var out []*unit
	for i := range g.units {
		if g.units[i].within == "" {
			out = append(out, &g.units[i])
		}
	}
	return out
}

func (g *dept) makeUnits() {
	own := g.code + "001"
	g.units = []unit{{code: own, name: g.name() + "本级", kind: "行政", margins: g.maybe(3)}}
	kinds := []string{"参公", "公益一类", "公益二类"}
	for i, n := range []string{"执法大队", "服务中心", "培训学校", "信息中心"}[:g.below(5)] {
		g.units = append(g.units, unit{code: fmt.Sprintf("%s%03d", g.code, i+2), name: g.name() + n, kind: pick(&g.random, kinds), margins: g.maybe(2)})
	}
	if g.maybe(4) {
		g.units = append(g.units, unit{name: g.name() + "咨询站", kind: "公益一类", within: own})
	}
}

// fundGeneral is the fund that lines without one belong to.
const fundGeneral = "一般公共预算"

func (g *dept) spend(unit, fund string, fen int64, carried bool) {
	p := purse{unit, fund}
	g.spent[p] += fen
	if carried {
		g.carried[p] += fen
	}
}

func (g *dept) makeBasic() {
	for _, u := range g.listed() {
		running, medical := "2010301", "2101101"
		if strings.HasPrefix(u.kind, "公益") {
			running, medical = "2010350", "2101102"
		}
		pay := []basicLine{
			{function: running, economic: "30101"}, {function: running, economic: "30102"}, {function: running, economic: "30103"},
			{function: "2080505", economic: "30108"}, {function: medical, economic: "30110"}, {function: "2210201", economic: "30113"},
			{function: running, economic: "30226", nature: "人员经费"}, {function: "2080501", economic: "30302"},
			{function: running, economic: "30201"}, {function: running, economic: "30206"}, {function: running, economic: "30211"},
			{function: running, economic: "30228"}, {function: running, economic: "30299"}, {function: running, economic: "31002"},
			{function: running, economic: "30212"}, {function: running, economic: "30217"}, {function: running, economic: "30231"},
		}
		for i, l := range pay {
			if i > 1 && g.maybe(2) {
				continue
			}
			max := 400
			if l.economic > "302" {
				max = 30
			}
			l.unit, l.fen, l.carried = u, g.amount(max), !u.margins && g.maybe(1)
			g.basic = append(g.basic, l)
			g.spend(u.code, fundGeneral, l.fen, l.carried)
		}
	}
}

var purposes = []struct{ name, purpose, procure, purchase string }{
	{"窗口综合服务外包", "主要用于办事窗口的人员服务外包", "服务", "公共服务"},
	{"档案库房改造", "主要用于库房防潮、消防和密集架的改造", "工程", ""},
	{"业务系统升级", "主要用于业务系统的升级和安全测评", "服务", "技术性服务"},
	{"专用设备更新", "主要用于更新已到使用年限的专用设备", "货物", ""},
	{"基层工作经费", "主要用于补助基层站点开展工作", "", ""},
	{"宣传教育活动", "主要用于宣传品制作和教育活动的组织", "服务", ""},
	{"堤岸绿化养护", "主要用于堤岸绿化的日常养护", "服务", "公共服务"},
}

func (g *dept) makeProjects() {
	listed := g.listed()
	for i := range purposes[:g.below(len(purposes)+1)] {
		x := purposes[i]
		p := project{name: x.name, purpose: x.purpose, procure: x.procure, purchase: x.purchase, unit: pick(&g.random, listed).code}
		for range 1 + g.below(3) {
			p.lines = append(p.lines, g.projectLine())
		}
		if g.maybe(3) {
			p.total = p.sum() + g.amount(500)
		}
		for _, l := range p.lines {
			g.spend(p.unit, l.fund, l.fen, l.carried)
		}
		g.projects = append(g.projects, p)
	}
}

func (g *dept) projectLine() projectLine {
	l := projectLine{fund: fundGeneral, function: pick(&g.random, []string{"2010399", "2019999", "2070199", "2120399"}), fen: g.amount(600), carried: g.maybe(2)}
	switch g.below(12) {
	case 0:
		l.fund, l.function = "政府性基金预算", "2120803"
	case 1:
		l.fund, l.function = "国有资本经营预算", "2239999"
	case 2:
		l.fund = "财政专户管理资金"
	case 3:
		l.fund = pick(&g.random, []string{"事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"})
	case 4:
		l.economic = pick(&g.random, []string{"30217", "30231", "30212", "31013", "30227"})
	}
	return l
}

func (g *dept) makeCarry() {
	for _, u := range g.listed() {
		for _, fund := range append([]string{fundGeneral}, otherFunds...) {
			p := purse{u.code, fund}
			in := g.carried[p]
			var out int64
			if g.spent[p] > 0 && g.maybe(2) {
				out = g.amount(20)
				in += out
			}
			if in > 0 {
				g.carry = append(g.carry, carry{p, in, out})
			}
		}
	}
}

var otherFunds = []string{"政府性基金预算", "国有资本经营预算", "财政专户管理资金", "事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"}
