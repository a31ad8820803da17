package character

import (
	"strings"
	"unicode/utf8"
)

// names are the usual names of characters that show nothing, or less than they are.
var names = map[rune]string{
	'\t': "制表符", '\n': "换行", '\v': "软回车", '\f': "换页", '\r': "回车", ' ': "空格", 0x85: "换行", 0xA0: "不换行空格", 0xAD: "软连字符",
	0x61C: "文字方向控制符", 0x200B: "零宽空格", 0x200C: "零宽不连字", 0x200D: "零宽连字", 0x200E: "文字方向控制符", 0x200F: "文字方向控制符",
	0x2028: "行分隔符", 0x2029: "段分隔符", 0x202A: "文字方向控制符", 0x202B: "文字方向控制符", 0x202C: "文字方向控制符",
	0x202D: "文字方向控制符", 0x202E: "文字方向控制符", 0x2060: "词连接符", 0x2066: "文字方向控制符", 0x2067: "文字方向控制符",
	0x2068: "文字方向控制符", 0x2069: "文字方向控制符", 0x202F: "窄不换行空格", 0x3000: "全角空格", 0xFEFF: "字节顺序标记", 0xFFFC: "对象占位符",
	0xFFFD: "损坏的字符", 0x2800: "盲文空格", 0x2003: "一字宽的空格", 0x2002: "半字宽的空格", 0x2009: "窄空格", 0x200A: "极窄空格", 0x2007: "数字宽的空格",
	0xF06C: "符号字体的项目符号", 0xF0B7: "符号字体的项目符号", 0xF0A7: "符号字体的项目符号", 0xF0D8: "符号字体的项目符号",
	0xF0FC: "符号字体的项目符号", 0xF075: "符号字体的项目符号", 0xF06E: "符号字体的项目符号", 0xF0B2: "符号字体的项目符号",
}

// Each of these lists has pairs of characters: the first is typed, the second is meant.
const (
	// radicals are of the blocks CJK Radicals Supplement and CJK Strokes, which have no compatibility mappings; the second
	// is the property Equivalent_Unified_Ideograph of Unicode where it is in the Basic Multilingual Plane, as what one can
	// type is.
	radicals = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺰纟" +
		"⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾" +
		"⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟" + "\u31CF乀\u31D0一\u31D1丨\u31D2丿\u31D3丿\u31D4丶\u31D6乛\u31DA亅\u31DF乚\u31E0乙"
	// formerly are characters that had private numbers before GB 18030-2022 (appendix D of its edition of 2005).
	formerly = "\uE78D\uFE10\uE78E\uFE12\uE78F\uFE11\uE790\uFE13\uE791\uFE14\uE792\uFE15\uE793\uFE16\uE794\uFE17\uE795\uFE18\uE796\uFE19" +
		"\uE81E\u9FB4\uE826\u9FB5\uE82B\u9FB6\uE82C\u9FB7\uE832\u9FB8\uE843\u9FB9\uE854\u9FBA\uE864\u9FBB" +
		"\uE816\U00020087\uE817\U00020089\uE818\U000200CC\uE831\U000215D7\uE83B\U0002298F\uE855\U000241FE"
	// marks are small, half-width and vertical forms of punctuation.
	marks = "﹐，﹑、﹒．﹔；﹕：﹖？﹗！﹙（﹚）﹝〔﹞〕｡。､、｢「｣」\uFE10，\uFE11、\uFE12。\uFE13：\uFE14；\uFE15！\uFE16？︵（︶）︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』"
	// kana are letters of Japanese and of the Chinese phonetic alphabet that look like Han characters.
	kana = "ー一ㄧ一ニ二ハ八ロ口カ力エ工ト卜タ夕チ千ヒ匕ノ丿ㄚ丫ㄇ冂ㄒ丅ㄖ日ㄐ丩ㄈ匚ㄨ乂"
	// cyrillic and greek are letters that look like Latin ones.
	cyrillic = "АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSаaеeоoрpсcуyхxіiјjѕs"
	greek    = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοo"
	// dots part the names of persons whose names have several words (GB/T 15834-2011 cl. 4.14).
	dots = "•·‧·・·∙·⋅·･·"
	// zeros are mistaken for 〇 among Chinese figures (GB/T 15835-2011 cl. 3.3.1).
	zeros = "○◯〇０0OoОО"
)

// paired is the second of the pair whose first is r, 0 for none.
func paired(pairs string, r rune) rune {
	if !strings.ContainsRune(pairs, r) {
		return 0 // as almost always, and faster than pair by pair
	}
	for pairs != "" {
		a, n := utf8.DecodeRuneInString(pairs)
		b, m := utf8.DecodeRuneInString(pairs[n:])
		if a == r {
			return b
		}
		pairs = pairs[n+m:]
	}
	return 0
}
