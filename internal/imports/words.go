package imports

import (
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// Words are the words that heads, titles and rows of exports are known by.
type Words struct {
	roles   map[string][]meaning // by the plain text of a head
	shorten shorten
	funds   map[string][]fundMeaning

	roleWords, fundWords []string        // their words, in order
	groups               map[string]bool // heads that name several funds and none

	sums, sumEndings, carriedOver []string
	blanks, notes                 []string
	personnel, public             []string
	goods                         map[string]string // class of procurement by the letter of an item's code
	year, long                    []string
	horizon                       string
	directions                    map[string]string
	silent                        []string
	titles                        map[Kind][]string

	strong     []string // known words that tell a head though rows have them, too
	fundEnds   []string // what names of funds may end with
	whole      []string // where a project is due: the whole department
	no         []string // of columns of yes and no
	thisYear   []string // before a word of a head: this year's
	department []string // labels of lines around tables, and what stands behind them
	project    []string
	unit       []string
	goal       []string
	spans      []string // of horizons, within the labels of goals and of columns
}

// meaning is what a word of a head means.
type meaning struct {
	role   role
	within []string // one of these stands above; none for anywhere
	why    string   // of a column that is not used
}

type fundMeaning struct {
	fund   string
	within []string
}

type shorten struct{ where, drop []string }

// wordsFile is the file as it is written.
type wordsFile struct {
	Roles []struct {
		source.Place
		Name   source.String   `toml:"name,required" zh:"列的用处"`
		Within []source.String `toml:"within" zh:"上级列头"`
		Words  []source.String `toml:"words,required" zh:"列头"`
		Why    source.String   `toml:"why" zh:"不用的原因"`
	} `toml:"role" zh:"列"`
	Shorten struct {
		Where []source.String `toml:"where" zh:"哪些列头"`
		Drop  []source.String `toml:"drop" zh:"去掉的字"`
	} `toml:"shorten" zh:"简化"`
	Funds []struct {
		source.Place
		Fund   source.String   `toml:"name,required" zh:"资金性质"`
		Within []source.String `toml:"within" zh:"上级列头"`
		Words  []source.String `toml:"words,required" zh:"叫法"`
	} `toml:"fund" zh:"资金"`
	Groups struct {
		Groups  []source.String `toml:"groups" zh:"几种资金"`
		Endings []source.String `toml:"endings" zh:"资金名称的末尾"`
	} `toml:"funds" zh:"资金"`
	Sums struct {
		Words   []source.String `toml:"words" zh:"合计行"`
		Endings []source.String `toml:"endings" zh:"合计行的末尾"`
		Carried []source.String `toml:"carried" zh:"承转页"`
	} `toml:"sums" zh:"合计行"`
	Blanks struct {
		Words []source.String `toml:"words" zh:"等于没填"`
	} `toml:"blanks" zh:"没填"`
	Notes struct {
		Beginnings []source.String `toml:"beginnings" zh:"注的开头"`
	} `toml:"notes" zh:"表下的注"`
	Natures struct {
		Personnel []source.String `toml:"personnel" zh:"人员经费"`
		Public    []source.String `toml:"public" zh:"公用经费"`
	} `toml:"natures" zh:"基本支出的类别"`
	Goods []struct {
		source.Place
		Letter source.String `toml:"letter,required" zh:"字母"`
		Class  source.String `toml:"class,required" zh:"类别"`
	} `toml:"goods" zh:"采购品目"`
	Labels struct {
		Department []source.String `toml:"department" zh:"部门"`
		Project    []source.String `toml:"project" zh:"项目"`
		Unit       []source.String `toml:"unit" zh:"单位"`
		Goal       []source.String `toml:"goal" zh:"绩效目标"`
	} `toml:"labels" zh:"表上方的字"`
	Whole struct {
		Words []source.String `toml:"words" zh:"部门整体"`
	} `toml:"whole" zh:"部门整体"`
	No struct {
		Words []source.String `toml:"words" zh:"不是"`
	} `toml:"no" zh:"不是"`
	Heads struct {
		Strong   []source.String `toml:"strong" zh:"只在列头里的"`
		ThisYear []source.String `toml:"this_year" zh:"本年"`
	} `toml:"heads" zh:"列头"`
	Horizons struct {
		Year    []source.String `toml:"year" zh:"年度"`
		Long    []source.String `toml:"long" zh:"长期"`
		Within  []source.String `toml:"within" zh:"含有即长期的"`
		Default source.String   `toml:"default" zh:"没有写的"`
	} `toml:"horizons" zh:"期限"`
	Directions struct {
		From   []source.String `toml:"from" zh:"写法"`
		To     []source.String `toml:"to" zh:"符号"`
		Silent []source.String `toml:"silent" zh:"不印的"`
	} `toml:"directions" zh:"指标方向"`
	Kinds []struct {
		source.Place
		Name   source.String   `toml:"name,required" zh:"表的种类"`
		Titles []source.String `toml:"titles,required" zh:"标题"`
	} `toml:"kind" zh:"表"`
}

// ParseWords reads the list of words.
func ParseWords(path string, raw []byte) (*Words, diag.List) {
	f, diags := source.Parse(path, raw)
	var x wordsFile
	diags.Append(source.Options{AsWritten: true}.Decode([]*source.File{f}, &x))
	w := &Words{roles: map[string][]meaning{}, funds: map[string][]fundMeaning{}, groups: map[string]bool{}, goods: map[string]string{},
		directions: map[string]string{}, titles: map[Kind][]string{}}
	w.fill(&x, &diags)
	for _, name := range budget.Funds() {
		w.fund(plain(name), fundMeaning{fund: name})
		for _, end := range w.fundEnds {
			w.fund(plain(name+end), fundMeaning{fund: name})
		}
	}
	w.roleWords, w.fundWords = sortedKeys(w.roles), sortedKeys(w.funds)
	return w, diags
}

func (w *Words) fund(word string, m fundMeaning) { w.funds[word] = append(w.funds[word], m) }

func (w *Words) fill(x *wordsFile, diags *diag.List) {
	w.shorten = shorten{plains(x.Shorten.Where), plains(x.Shorten.Drop)}
	for _, r := range x.Roles {
		if traitOf(role(r.Name.V)) == nil {
			diags.Add(diag.NotListed(ruleMapWord, r.Name.At, "列的用处", r.Name.V, roleNames()))
		}
		for _, word := range plains(r.Words) {
			w.roles[word] = append(w.roles[word], meaning{role(r.Name.V), plains(r.Within), r.Why.V})
		}
	}
	for _, r := range x.Funds {
		if !slices.Contains(budget.Funds(), r.Fund.V) {
			diags.Add(diag.NotListed(ruleMapWord, r.Fund.At, "资金性质", r.Fund.V, budget.Funds()))
		}
		for _, word := range plains(r.Words) {
			w.fund(word, fundMeaning{r.Fund.V, plains(r.Within)})
		}
	}
	for _, g := range plains(x.Groups.Groups) {
		w.groups[g] = true
	}
	w.sums, w.sumEndings, w.carriedOver = plains(x.Sums.Words), plains(x.Sums.Endings), plains(x.Sums.Carried)
	w.blanks, w.notes = plains(x.Blanks.Words), plains(x.Notes.Beginnings)
	w.personnel, w.public = plains(x.Natures.Personnel), plains(x.Natures.Public)
	for _, g := range x.Goods {
		w.goods[g.Letter.V] = g.Class.V
	}
	w.year, w.long, w.horizon = plains(x.Horizons.Year), plains(x.Horizons.Long), x.Horizons.Default.V
	from, to := plains(x.Directions.From), plains(x.Directions.To)
	for i := range min(len(from), len(to)) {
		w.directions[from[i]] = to[i]
	}
	if len(from) != len(to) && len(from) > 0 {
		diags.Errorf(ruleMapWord, x.Directions.From[0].At, "指标方向的写法有 %d 个，符号有 %d 个，应一样多", len(from), len(to))
	}
	w.silent = plains(x.Directions.Silent)
	w.around(x)
	for _, k := range x.Kinds {
		if !isKind(Kind(k.Name.V)) {
			diags.Add(diag.NotListed(ruleMapWord, k.Name.At, "表的种类", k.Name.V, kindNames()))
		}
		w.titles[Kind(k.Name.V)] = plains(k.Titles)
	}
}

// around takes the words that stand around tables and before others.
func (w *Words) around(x *wordsFile) {
	w.strong, w.thisYear, w.fundEnds = plains(x.Heads.Strong), plains(x.Heads.ThisYear), plains(x.Groups.Endings)
	w.whole, w.no, w.spans = plains(x.Whole.Words), plains(x.No.Words), plains(x.Horizons.Within)
	w.department, w.project, w.unit, w.goal = plains(x.Labels.Department), plains(x.Labels.Project), plains(x.Labels.Unit), plains(x.Labels.Goal)
}

func plains(list []source.String) []string {
	var out []string
	for _, s := range list {
		out = append(out, plain(s.V))
	}
	return out
}

func isKind(k Kind) bool { return slices.Contains(kindNames(), string(k)) }

func kindNames() []string {
	var out []string
	for _, k := range kinds {
		out = append(out, string(k.kind))
	}
	return out
}

// short is a head without the words that all heads of classifications share.
func (w *Words) short(text string) string {
	if !containsAny(text, w.shorten.where) {
		return text
	}
	for _, d := range w.shorten.drop {
		text = strings.ReplaceAll(text, d, "")
	}
	return text
}

func containsAny(s string, list []string) bool {
	return slices.ContainsFunc(list, func(x string) bool { return strings.Contains(s, x) })
}

// meant is what a head means below those above it.
func (w *Words) meant(text string, above []string) (meaning, bool) {
	for _, t := range []string{text, w.short(text)} {
		var plainly *meaning
		for i, m := range w.roles[t] {
			switch {
			case len(m.within) == 0:
				plainly = &w.roles[t][i]
			case slices.ContainsFunc(above, func(a string) bool { return containsAny(a, m.within) }):
				return m, true
			}
		}
		if plainly != nil {
			return *plainly, true
		}
	}
	return meaning{}, false
}

// fundOf is the fund that a head names below those above it.
func (w *Words) fundOf(text string, above []string) string {
	for _, m := range w.funds[text] {
		if len(m.within) == 0 || slices.ContainsFunc(above, func(a string) bool { return containsAny(a, m.within) }) {
			return m.fund
		}
	}
	return ""
}

// known reports whether a text is a word of a head, and whether rows below heads have such words, too.
func (w *Words) known(text string) (known, weak bool) {
	for _, t := range []string{text, w.short(text)} {
		if list := w.roles[t]; len(list) > 0 {
			return true, traitOf(list[0].role).weak
		}
	}
	if len(w.funds[text]) > 0 || w.groups[text] {
		return true, true
	}
	return false, false
}

// isSum reports whether a plain text says that its row adds up others.
func (w *Words) isSum(s string) bool {
	s = strings.Trim(unnumbered(s), ":()")
	if slices.Contains(w.sums, s) || slices.Contains(w.carriedOver, s) {
		return true
	}
	if first, _, ok := strings.Cut(s, ":"); ok && slices.Contains(w.sums, first) { // 小计:某某中心
		return true
	}
	return slices.ContainsFunc(w.sumEndings, func(e string) bool { return strings.HasSuffix(s, e) || strings.HasSuffix(s, e+"数") })
}

// isBlank reports whether a plain text says that there is nothing.
func (w *Words) isBlank(s string) bool { return s == "" || slices.Contains(w.blanks, s) }

// isNote reports whether a plain text is a note below a table.
func (w *Words) isNote(s string) bool {
	return slices.ContainsFunc(w.notes, func(n string) bool { return strings.HasPrefix(s, n) })
}
