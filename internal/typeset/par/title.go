package par

import (
	"strings"
	"sync"
)

// Where the lines of a title end, by GB/T 9704-2012 cl. 7.3.1: 词意完整，排列对称，长短适宜. Without a dictionary of the
// language the sense is guessed from blanks, marks, years and the common words of official titles. Prices are in em²: two
// lines that differ by 2·d em cost 2·d² more than two of the same length.
const (
	senseBlank  = -200 // at an em space
	senseMark   = 20   // after a mark, before an opening one
	senseYear   = 30   // before a number
	senseBody   = 50   // after the name of a body: 审批局|
	senseWords  = 80   // between two known words
	senseWord   = 105  // beside one
	senseOther  = 120
	senseWithin = 600 // within a known word, after 和, before 的
	senseAlone  = 400 // more, where one character would stand alone
	senseEdge   = 30  // more, where two would
)

const (
	senseBodies = "局厅委会院所校队处办部区市县省镇年"
	senseJoins  = "和与及"
	senseTails  = "度率性化费表" // end words of three: 满意|度
	senseFronts = "总本各全"   // and begin them: 总|预算
	senseKnown  = "部门 单位 预算 决算 收入 支出 收支 财政 拨款 一般 公共 政府 基金 国有 资本 经营 项目 基本 经费 三公 机关 " +
		"运行 采购 绩效 目标 情况 说明 公开 职责 机构 设置 主要 名词 解释 总体 专项 转移 支付 汇总 安排 年度 事业 人员 会议 " +
		"行政 审批 管理 服务 中心 委员 办公 人民 教育 科学 技术 文化 卫生 健康 社会 保障 资源 环境 建设 交通 运输 农业 农村 " +
		"水利 商务 应急 审计 市场 监督 统计 数据 信息 工作 发展 改革 公安 司法 民政 住房 城乡 街道 公务 接待 出国 用车 购置 培训 " +
		"对象 满意 指标 产出 效益 数量 质量 时效 成本 生态 影响 持续 长期 年初 编码 科目 名称 金额 合计 类别 用途 单价 依据 测算 " +
		"确定 预计 当年 实现 执行 经济 分类 上缴 附属 维护 上级 补助 上年 结转 结余 专户 资金 代码 总额 变动"
)

// priceSense adds to the costs of a title's breaks what they do to its sense, in hundredths of an em².
func priceSense(seg []atom) {
	for i := 1; i < len(seg); i++ {
		if seg[i].cost >= forbidden {
			continue
		}
		price := sense(seg, i)
		switch min(i, len(seg)-i) {
		case 1:
			price += senseAlone
		case 2:
			price += senseEdge
		}
		seg[i].cost += price * 100
	}
}

// sense prices the break before seg[i].
func sense(seg []atom, i int) int32 {
	l, r := &seg[i-1], &seg[i]
	switch {
	case l.class == ideoSpace:
		return senseBlank
	case strings.ContainsRune(senseJoins, l.r), r.r == '的', bracketed(seg, i):
		return senseWithin
	case l.class == space, l.class.fullMark(), r.class == opener, r.class == bracket:
		return senseMark
	case r.class == digit:
		return senseYear
	case l.class != han, r.class != han:
		return senseOther
	case known(l, r):
		return senseWithin
	case strings.ContainsRune(senseBodies, l.r):
		return senseBody
	}
	ends := i >= 2 && known(&seg[i-2], l) || l.r == '的'
	if ends && strings.ContainsRune(senseTails, r.r) && (i+1 == len(seg) || !known(r, &seg[i+1])) {
		return senseWithin
	}
	begins := i+1 < len(seg) && known(r, &seg[i+1])
	if begins && !ends && strings.ContainsRune(senseFronts, l.r) {
		return senseWithin
	}
	begins = begins || strings.ContainsRune(senseJoins, r.r)
	switch {
	case ends && begins:
		return senseWords
	case ends || begins:
		return senseWord
	}
	return senseOther
}

// bracketed reports whether the break before seg[i] parts a few characters in brackets: 部门（单|位）.
func bracketed(seg []atom, i int) bool {
	const few = 6
	for k := i - 1; k >= 0 && k >= i-few; k-- {
		switch seg[k].class {
		case closer:
			return false
		case opener, bracket:
			for k = i; k < len(seg) && k < i+few; k++ {
				if seg[k].class == closer {
					return true
				}
			}
			return false
		}
	}
	return false
}

// known reports whether two characters are one of the known words.
func known(a, b *atom) bool {
	return a.class == han && b.class == han && knownWords()[[2]rune{a.r, b.r}]
}

var knownWords = sync.OnceValue(func() map[[2]rune]bool {
	m := map[[2]rune]bool{}
	for _, w := range strings.Fields(senseKnown) {
		r := []rune(w)
		m[[2]rune{r[0], r[1]}] = true
	}
	return m
})
