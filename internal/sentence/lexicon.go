package sentence

import (
	"strings"
	"unicode/utf8"
)

// class is what a word or a mark does in a sentence.
type class int

const (
	plain    class = iota // part of a name
	number                // one of the passage
	level                 // what numbers an item: （一）, 1.
	comma                 // ，
	pause                 // 、
	half                  // ；
	colon                 // ：
	full                  // 。 ！ ？
	line                  // a line break
	opening               // brackets and quotes
	closing               //
	than                  // 比 较 与 同 和, where a year follows
	lastYear              // 上年
	up                    // 增加
	down                  // 减少
	either                // 增加（减少）
	flat                  // 持平
	upTo                  // 增加到
	downTo                // 减少到
	share                 // 占
	among                 // 其中
	holds                 // 包括, 分别为
	total                 // 合计
	reason                // 主要原因是
	use                   // 主要用于
	net                   // 增减相抵后
	price                 // 单价, 人均
	bound                 // 以上, 不超过
	roughly               // 约
	budget                // 预算数
	spent                 // 执行数
	settled               // 决算数
	compared              // 相比
	all                   // 均
	besides               // 此外
	carried               // 结转: 上年结转 is a name
	from                  // 由
	points                // 个百分点
	title                 // 《 opens what is quoted as it stands
	untitle               //
)

// entry is a word with its class.
type entry struct {
	word  string
	class class
}

// words are what the grammar knows. Words that only contain one of them stand here as plain.
var words = [...]entry{
	{"比", than}, {"较", than}, {"与", than}, {"同", than}, {"和", than}, {"跟", than},
	{"上年度", lastYear}, {"上一年度", lastYear}, {"上一年", lastYear}, {"上年", lastYear}, {"去年", lastYear}, {"上年初", lastYear},
	{"增加", up}, {"增长", up}, {"上升", up}, {"提高", up}, {"调增", up}, {"新增", up}, {"增列", up}, {"追加", up}, {"多于", up}, {"大于", up}, {"高于", up}, {"增幅", up}, {"增多", up}, {"同比增长", up}, {"上浮", up},
	{"减少", down}, {"下降", down}, {"降低", down}, {"压缩", down}, {"压减", down}, {"调减", down}, {"核减", down}, {"缩减", down}, {"少于", down}, {"小于", down}, {"低于", down}, {"降幅", down}, {"减幅", down}, {"削减", down}, {"下调", down}, {"回落", down},
	{"增加（减少）", either}, {"增加(减少)", either}, {"增长（减少）", either}, {"增长(减少)", either}, {"增长（下降）", either}, {"增长(下降)", either}, {"上升（下降）", either}, {"上升(下降)", either},
	{"减少（增加）", either}, {"减少(增加)", either}, {"下降（上升）", either}, {"下降（增长）", either}, {"增加/减少", either}, {"增长/下降", either}, {"增加（下降）", either}, {"大于/小于", either}, {"大于（小于）", either}, {"高于/低于", either}, {"增（减）", either}, {"提高（降低）", either}, {"增加或减少", either}, {"上升/下降", either}, {"大于或小于", either},
	{"持平", flat}, {"相同", flat}, {"一致", flat}, {"无变化", flat}, {"没有变化", flat}, {"无增减", flat}, {"没有增减", flat}, {"保持不变", flat}, {"相等", flat}, {"无增减变化", flat}, {"没有增减变化", flat}, {"未发生变化", flat}, {"无变动", flat},
	{"增加到", upTo}, {"增加至", upTo}, {"增至", upTo}, {"增长到", upTo}, {"增长至", upTo}, {"上升到", upTo}, {"上升至", upTo}, {"提高到", upTo}, {"提高至", upTo}, {"调增至", upTo}, {"增加为", upTo},
	{"减少到", downTo}, {"减少至", downTo}, {"减至", downTo}, {"降至", downTo}, {"下降到", downTo}, {"下降至", downTo}, {"降低到", downTo}, {"降低至", downTo}, {"调减至", downTo}, {"压减到", downTo}, {"压减至", downTo}, {"压缩到", downTo}, {"压缩至", downTo}, {"减少为", downTo},
	{"占", share}, {"占比", share}, {"占用", plain}, {"占有", plain}, {"占地", plain},
	{"其中", among}, {"包括", holds}, {"具体为", holds}, {"分别为", holds}, {"分别是", holds}, {"分别用于", holds}, {"具体是", holds}, {"构成为", holds},
	{"主要内容如下", holds}, {"具体情况如下", holds}, {"具体安排如下", holds}, {"情况如下", holds}, {"具体如下", holds}, {"安排如下", holds}, {"内容如下", holds}, {"如下", holds}, {"具体安排为", holds}, {"具体安排是", holds}, {"具体包括", holds}, {"主要包括", holds},
	{"合计", total}, {"共计", total}, {"总计", total}, {"合共", total}, {"小计", total}, {"共", total}, {"公共", plain}, {"共同", plain}, {"中共", plain}, {"共产", plain}, {"共享", plain}, {"共建", plain}, {"共有", total}, {"共和", plain}, {"共青", plain},
	{"主要原因是", reason}, {"主要原因为", reason}, {"主要原因", reason}, {"原因是", reason}, {"原因为", reason}, {"主要是由于", reason}, {"主要是因为", reason}, {"主要是", reason}, {"原因主要是", reason}, {"由于", reason}, {"主要因", reason}, {"增加原因", reason}, {"减少原因", reason}, {"变动原因", reason}, {"增长原因", reason}, {"下降原因", reason}, {"变化原因", reason}, {"原因", reason},
	{"主要用于", use}, {"用于", use},
	{"增减相抵后", net}, {"增减相抵", net}, {"相抵后", net}, {"两项合计", net}, {"两者相抵", net}, {"增减因素相抵", net},
	{"单价", price}, {"人均", price}, {"单位价值", price}, {"每人", price}, {"标准", price},
	{"不超过", bound}, {"不少于", bound}, {"不低于", bound}, {"不高于", bound}, {"至少", bound}, {"超过", bound}, {"不足", bound}, {"最高", bound}, {"最低", bound}, {"限额", bound}, {"起点", bound}, {"以外", plain},
	{"约", roughly}, {"近", roughly}, {"余", roughly}, {"左右", roughly}, {"大约", roughly}, {"结余", carried}, {"其余", plain}, {"节约", plain}, {"公约", plain}, {"最近", plain}, {"附近", plain}, {"约束", plain}, {"剩余", plain}, {"近年", plain}, {"近几年", plain}, {"合约", plain}, {"余额", plain}, {"将近", roughly}, {"基本持平", plain},
	{"预算执行数", spent}, {"执行数", spent}, {"执行", spent}, {"预计执行数", spent}, {"实际支出数", spent}, {"实际支出", spent}, {"完成数", spent}, {"实际数", spent},
	{"决算数", settled}, {"决算", settled}, {"预算数", budget}, {"预算", budget},
	{"相比", compared}, {"相比较", compared}, {"比较", compared}, {"同比", compared},
	{"均", all}, {"人均标准", price}, {"平均", plain}, {"此外", besides}, {"结转", carried}, {"由", from}, {"从", from}, {"从事", plain}, {"由来", plain}, {"自由", plain}, {"理由", plain},
	{"个百分点", points}, {"百分点", points},
	{"比重", plain}, {"比例", plain}, {"合同", plain}, {"同步", plain}, {"同时", plain}, {"同志", plain}, {"与会", plain}, {"参与", plain}, {"均衡", plain}, {"评比", plain},
	{"，", comma}, {",", comma}, {"、", pause}, {"；", half}, {";", half}, {"：", colon}, {":", colon}, {"。", full}, {"！", full}, {"？", full}, {"\n", line},
	{"（", opening}, {"(", opening}, {"“", opening}, {"）", closing}, {")", closing}, {"”", closing}, {"《", title}, {"〔", title}, {"》", untitle}, {"〕", untitle}, {"【", opening}, {"】", closing},
}

// lexicon finds words by their first character, the longest first.
type lexicon map[rune][]entry

func newLexicon() lexicon {
	x := make(lexicon, len(words))
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w.word)
		at := len(x[r])
		for at > 0 && len(x[r][at-1].word) < len(w.word) {
			at--
		}
		list := append(x[r], entry{})
		copy(list[at+1:], list[at:])
		list[at] = w
		x[r] = list
	}
	return x
}

// at is the longest word at the beginning of s.
func (x lexicon) at(s string) (entry, bool) {
	r, _ := utf8.DecodeRuneInString(s)
	for _, w := range x[r] {
		if strings.HasPrefix(s, w.word) {
			return w, true
		}
	}
	return entry{}, false
}
