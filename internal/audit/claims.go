package audit

import (
	"strconv"
	"strings"

	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/prose"
	"yusuan/internal/sentence"
)

// claims holds what a passage says against itself: no table is needed for it. What was held so is noted, whatever came of it.
func (in *Input) claims(t *told, r *check.Report) {
	faults, judged := t.read.Judge()
	for _, x := range judged {
		t.hold(x.Number, x.By)
	}
	for i := range faults {
		r.Add(t.claim(&faults[i]))
	}
	t.slips(r)
}

// faultWords are what a message says of a fault.
type faultWords struct {
	rule, message, hint string
}

// wordsOfFaults are by the kind of a fault.
func wordsOfFaults() map[sentence.FaultKind]faultWords {
	const year, words = "核对今年的数、上年的数和变动额", "增加对上升，减少对下降"
	return map[sentence.FaultKind]faultWords{
		sentence.WrongRate:      {"文表-003", "里的变动率不对", year},
		sentence.OppositeSigns:  {"文表-003", "里变动额与变动率的方向相反", words},
		sentence.WrongSign:      {"文表-003", "里的增减方向与今年数、上年数不符", "核对今年的数、上年的数和增减"},
		sentence.WrongChange:    {"文表-003", "里的变动额不等于今年数与上年数的差", year},
		sentence.OtherChange:    {"文表-003", "里同一个变动额前后不一", "核对两处，写成一样"},
		sentence.NotSame:        {"文表-003", "里说与上年持平，上年数却不同", "写明增加或减少多少，或改正上年数"},
		sentence.RateOfNothing:  {"文表-003", "里的变动率没有基数", "上年数是 0 的不写变动率，写明是新增的"},
		sentence.ListDiffers:    {"文表-005", "里各项之和不等于合计", "核对各项和合计；合计另含别的内容的，写明是什么"},
		sentence.ListExceeds:    {"文表-005", "里其中的数大于它所在的合计", "核对这两个数"},
		sentence.EachDiffers:    {"文表-005", "里收入、支出的总计与收支总计不同", "收入总计＝支出总计，核对三处"},
		sentence.ReasonDiffers:  {"文表-003", "里原因所说的数与变动额只差在一两个数字上", "多半有一处印错；确是不同的数不必改"},
		sentence.WrongShare:     {"文表-002", "里的占比不对", "核对部分、总数和占比"},
		sentence.ShareOfOther:   {"文表-002", "里几个占比推算出的总数不同", "占比＝部分÷总数，核对各个部分和占比"},
		sentence.NoDirection:    {"文表-003", "里有变动额，却没有选定增加还是减少", "写明增加或减少"},
		sentence.SaidAgain:      {"文表-003", "里同一名称的两个数只差在一两个数字上", "多半有一处印错；确是两回事的不必改"},
		sentence.ItemsDiffer:    {"单位-006", "里说的个数与下面所列的条数不同", "核对个数和所列各条；不单列预算的单位写明收支列入哪个单位"},
		sentence.WrongUnit:      {"格式-005", "里的金额单位写错", "核对单位：照同段其他的数，应是这个单位"},
		sentence.RateOfNoChange: {"文表-003", "里没有增减，变动率却不是0", "核对变动额和变动率"},
		sentence.FallsTooFar:    {"文表-003", "里下降的比例超过100%", "降到0也只下降100%，核对变动率"},
		sentence.SameYet:        {"文表-003", "里说与上年持平，又说有增减", "二者取一：持平的删去增减，有增减的写明多少"},
		sentence.SharesOff:      {"文表-002", "里各占比之和不是100%", "核对各个占比；没有列全的写明其余是什么"},
		sentence.FormulaDiffers: {"测算-004", "里的算式不成立", "核对算式里的各数和得数"},
		sentence.WrongYear:      {"年度-004", "里的年度不是应说的年度", "多半是沿用了往年的文字"},
	}
}

// likelyWrong is the rule of what does not hold where the sentence may be meant otherwise.
const likelyWrong = "文表-012"

// claim is what is said of a fault.
func (t *told) claim(f *sentence.Fault) diag.Diagnostic {
	s := wordsOfFaults()[f.Kind]
	d := diag.Diagnostic{Rule: s.rule, Level: diag.Warning, At: t.span(f.At.Start, f.At.End),
		Message: diag.Quote(t.text.Section.V) + s.message, Stated: t.text.Text.V[f.At.Start:f.At.End], Hint: s.hint}
	switch {
	case f.Certain && f.Kind != sentence.WrongYear && f.Kind != sentence.FormulaDiffers:
		d.Level = diag.Error
	case strings.HasPrefix(d.Rule, "文表"):
		d.Rule = likelyWrong
	}
	switch f.Kind {
	case sentence.WrongRate, sentence.WrongShare:
		if f.Rate != "" {
			n := &t.read.Numbers[f.Number]
			d.Want, d.Diff = f.Rate+"%", prose.PointsApart(&n.Quantity, f.Rate)
		}
	case sentence.SharesOff:
		d.Stated, d.Want = "合计"+f.Rate+"%", "100%"
	case sentence.RateOfNoChange:
		d.Want = "0%"
	case sentence.FallsTooFar:
		d.Want = "不超过100%"
	case sentence.OppositeSigns:
		d.Want = "与变动额同一方向"
	case sentence.WrongSign:
		d.Want = "增加"
		if f.Want.Sign() < 0 {
			d.Want = "减少"
		}
	case sentence.ItemsDiffer:
		d.Want = "所列" + strconv.Itoa(f.Items) + "条"
	case sentence.WrongUnit:
		t.unit[f.Number] = true
		d.Stated, d.Want = t.printedAs(f.Number), t.read.Numbers[f.Number].Literal+t.otherUnit(f)
	case sentence.WrongYear:
		d.Want = strconv.Itoa(f.Year) + "年"
	default:
		t.numbers(&d, f)
	}
	t.beside(&d, f)
	return d
}

// otherUnit is the unit in which a number goes with the others of its passage.
func (t *told) otherUnit(f *sentence.Fault) string {
	n := &t.read.Numbers[f.Number]
	for _, u := range []money.Unit{money.Yuan, money.Wan} {
		if n.In(u).Equal(f.Want) {
			return u.String()
		}
	}
	return money.Yi.String()
}

// unitToldAt reports whether it was told that the unit of the number there is wrong.
func (t *told) unitToldAt(start int) bool {
	for i := range t.unit {
		if n := &t.read.Numbers[i]; n.Start <= start && start < n.End {
			return true
		}
	}
	return false
}

// numbers writes both numbers of a fault.
func (t *told) numbers(d *diag.Diagnostic, f *sentence.Fault) {
	if f.Got.Equal(f.Want) {
		return
	}
	n := f.Number
	if n < 0 {
		n = f.With[0]
	}
	if q := &t.read.Numbers[n]; q.Kind != prose.Amount {
		one := func(a money.Amount) string { return strings.TrimSuffix(a.In(money.Yuan, 2), ".00") + q.Measure }
		d.Stated, d.Want = one(f.Got), one(f.Want)
		return
	}
	d.Numbers(money.Difference(money.Wan, f.Got, f.Want))
}

// mostBeside is how many of the numbers that one does not go with a message shows.
const mostBeside = 3

// beside points to the numbers that one does not go with, with the calculation where there is one.
func (t *told) beside(d *diag.Diagnostic, f *sentence.Fault) {
	if f.Kind == sentence.ListDiffers {
		d.Notes = append(d.Notes, diag.Related{Text: t.addition(f), At: t.at(f.With[0])})
		for _, i := range f.Also {
			d.Notes = append(d.Notes, diag.Related{Text: "也可能是这个数印错：" + t.printedAs(i), At: t.at(i)})
		}
		return
	}
	for k, i := range f.With {
		if k == mostBeside {
			d.Notes = append(d.Notes, diag.Related{Text: "还有" + strconv.Itoa(len(f.With)-k) + "个", At: t.at(i)})
			break
		}
		if i != f.Number {
			d.Notes = append(d.Notes, diag.Related{Text: roleWord(t.read.Numbers[i].Role) + " " + t.printedAs(i), At: t.at(i)})
		}
	}
}

// addition is the sum of a list as it was reckoned.
func (t *told) addition(f *sentence.Fault) string {
	if t.read.Numbers[f.Number].Kind != prose.Amount {
		return "与它相加、相比的数从这里起，共" + strconv.Itoa(len(f.With)) + "个"
	}
	var words []string
	for _, i := range f.With {
		words = append(words, t.read.Numbers[i].Literal)
	}
	if t.whole(f) {
		return strings.Join(words, "＋") + "＝" + money.ToldNumber(f.Want)
	}
	if len(words) == 1 {
		return "合计 " + words[0]
	}
	return words[0] + "－（" + strings.Join(words[1:], "＋") + "）＝" + money.ToldNumber(f.Want)
}

// whole reports whether what is thought to be wrong is the total of its list.
func (t *told) whole(f *sentence.Fault) bool {
	for i := range t.read.Lists {
		if l := &t.read.Lists[i]; l.Whole == f.Number && len(l.Parts) == len(f.With) && l.Parts[0] == f.With[0] {
			return true
		}
	}
	return false
}

func roleWord(r sentence.Role) string {
	switch r {
	case sentence.Last:
		return "上年数"
	case sentence.Change:
		return "变动额"
	case sentence.Rate:
		return "变动率"
	case sentence.Share:
		return "占比"
	case sentence.Count:
		return "个数"
	}
	return "本年数"
}

// slips tells what is wrong with words alone.
func (t *told) slips(r *check.Report) {
	for i := range t.read.Slips {
		x := &t.read.Slips[i]
		if x.Kind == sentence.UnitOther && t.unitToldAt(x.Start) {
			continue
		}
		d := diag.Diagnostic{At: t.span(x.Start, x.End), Stated: t.text.Text.V[x.Start:x.End], Want: x.Want}
		say := func(rule string, level diag.Level, message, hint string) {
			d.Rule, d.Level, d.Message, d.Hint = rule, level, diag.Quote(t.text.Section.V)+message, hint
		}
		switch x.Kind {
		case sentence.UnitMissing:
			say("格式-006", diag.Warning, "里的金额没有写全单位", "补上单位")
		case sentence.UnitOther:
			say("格式-006", diag.Warning, "里只有这个金额的单位是元，别的都是万元", "核对单位；确是元的不必改")
		case sentence.UnitTwice:
			say("格式-005", diag.Error, "里的单位写了两次", "删去多出的")
		case sentence.CutOff:
			say("格式-005", diag.Error, "里的数不全，或多出了标点", "核对这个数，千分撇在每三位上")
		case sentence.Minus:
			say("文表-003", diag.Error, "里增减的词后面又写了负号", "增加、减少后面写正数")
		case sentence.NoSuchDate:
			say("日期-004", diag.Error, "里的日期是没有的", "核对月、日")
		case sentence.EitherWay, sentence.NoName:
			say("用语-001", diag.Warning, "里有没改完的套话", "写明实际情况，或删去")
			d.Message += "“" + d.Stated + "”"
			d.Stated = ""
		case sentence.MarkTwice:
			say("用语-006", diag.Note, "里标点重复", "删去一个")
		case sentence.Unpaired:
			say("用语-006", diag.Note, "里的引号、括号不成对", "补上另一半，或删去")
		default:
			panic("audit: no words for the slip " + x.Kind)
		}
		r.Add(d)
	}
}
