package par

import (
	"strings"

	"yusuan/internal/typeset/linebreak"
)

// Where the lines of a title end, by GB/T 9704-2012 cl. 7.3.1: 词意完整，排列对称，长短适宜. Without a dictionary of the
// language the sense is guessed from a few common words of official titles. Prices are in squares of an em on the scale of
// even lines: two lines that differ by 2·d em cost 2·d² more than two equal ones.
const (
	senseBlank   = 0   // at a blank, after a mark, before a bracket
	senseYear    = 20  // before a year
	senseBody    = 40  // after the name of a body: 局|
	senseWords   = 70  // between two known words
	senseWord    = 100 // beside one known word
	senseUnknown = 130
	senseWithin  = 600 // within a known word, after 和, before 的
	senseEdge    = 200 // more, where less than three characters would stand alone
)

const (
	senseBodies = "局厅委会院所校队处办部区市县省镇年度"
	senseKnown  = "部门 单位 预算 决算 收入 支出 收支 财政 拨款 一般 公共 政府 基金 国有 资本 经营 项目 基本 经费 三公 机关 " +
		"运行 采购 绩效 目标 情况 说明 公开 职责 机构 设置 主要 名词 解释 总体 专项 转移 支付 汇总 安排 年度 机关 事业 人员 " +
		"行政 审批 管理 服务 中心 委员 办公 人民 教育 科学 技术 文化 卫生 健康 社会 保障 资源 环境 建设 交通 运输 农业 农村 " +
		"水利 商务 应急 审计 市场 监督 统计 数据 信息 工作 发展 改革 公安 司法 民政 住房 城乡 街道 公务 接待 出国 用车 购置"
)

// priceSense prices the breaks of a title.
func priceSense(seg []atom, items []linebreak.Item) {
	total := 0
	for i := range seg {
		if !weightless.has(seg[i].class) && seg[i].class != blank {
			total++
		}
	}
	seen, l, ll := 0, rune(0), rune(0)
	blanks := false
	for i := range seg {
		a := &seg[i]
		if weightless.has(a.class) {
			continue
		}
		if a.class == blank {
			blanks = true
			continue
		}
		if items[i].Penalty < linebreak.Never {
			sense := int64(senseBlank)
			if !blanks {
				sense = senseOf(ll, l, a, followingRune(seg[i+1:]))
			}
			if seen < 3 || total-seen < 3 {
				sense += senseEdge
			}
			items[i].Penalty = items[i].Penalty*linebreak.RoomEm2/10 + sense*linebreak.RoomEm2
		}
		ll, l, blanks = l, a.r, false
		seen++
	}
}

// senseOf prices the break in ll l|a r.
func senseOf(ll, l rune, a *atom, r rune) int64 {
	lc := classOf(l)
	switch {
	case fullMarks.has(lc) || a.class == opener || a.class == bracket:
		return senseBlank
	case known(l, a.r), l == '和' || l == '与' || l == '及', a.r == '的':
		return senseWithin
	case a.class == digit:
		return senseYear
	}
	before, next := known(ll, l), known(a.r, r) || a.r == '和' || a.r == '与' || a.r == '及'
	switch {
	case strings.ContainsRune(senseBodies, l) && !known(l, a.r):
		return senseBody
	case before && next:
		return senseWords
	case before || next || l == '的':
		return senseWord
	}
	return senseUnknown
}

// known says whether two characters are one of the known words.
func known(a, b rune) bool {
	return a > 0x2000 && b > 0x2000 && strings.Contains(senseKnown, string([]rune{a, b}))
}

func followingRune(seg []atom) rune {
	for i := range seg {
		if !weightless.has(seg[i].class) {
			return seg[i].r
		}
	}
	return 0
}
