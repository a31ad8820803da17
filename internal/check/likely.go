package check

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
)

// Rules about what is likely a slip in a text. None can be sure, so all are hints that say why.

var (
	cited     = compiled(`《[^》]*》|〔[^〕]*〕|\([^)]*号\)|（[^）]*号）`)
	yearWord  = compiled(`(\d{4})\s*年`)
	reasonIs  = compiled(`^(?:主要)?原因(?:是|为|：|:)`)
	moreWords = compiled(`增加|增长|上升|新增|提高|调增|扩大`)
	lessWords = compiled(`减少|下降|降低|压减|压缩|调减|核减`)
	asLast    = compiled(`(?:与|和|同)(?:上年|去年|\d{4}年)(?:预算)?(?:持平|相同|一致)`)
	person    = compiled(`(?:联系人|填报人|经办人|填表人)(?:员)?[：:是为]?\s*(\p{Han}{2,4}?)(?:[，,。；;、\s（(]|电话|手机|$)`)
)

// blanked is a text with quoted titles and document numbers replaced by blanks of the same length.
func blanked(s string) string {
	return cited().ReplaceAllStringFunc(s, func(m string) string { return strings.Repeat(" ", len(m)) })
}

// holds reports whether s has one of the words; patterns are sought only where their words are.
func holds(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// likely looks at each text that somebody typed.
func likely(in *Input, r *Report) {
	for i := range in.texts {
		p := &in.texts[i]
		if p.slot {
			in.strayYears(p, r)
			in.reason(p, r)
			in.typedRate(p, r)
		} else if !in.Budget.Facts.Published() {
			in.typedAmounts(p, r)
		}
		if p.stated && p.holds("年") {
			in.strayYears(p, r)
		}
		in.lastYearsText(p, r)
		in.unchangedProject(p, r)
		in.nearlyProject(p, r)
		in.otherOffice(p, r)
		if !p.holds("联系人", "填报人", "经办人", "填表人") {
			continue
		}
		if m := person().FindStringSubmatchIndex(p.text.V); m != nil && !strings.ContainsAny(p.text.V[m[2]:m[3]], "见由按以详同无科室处") {
			r.Add(diag.Diagnostic{Rule: "隐私-003", Level: diag.Note, At: p.text.Span(m[2], m[3]), Message: p.label + "里像是有联系人的姓名", Stated: p.text.V[m[2]:m[3]],
				Hint: "公开文件写科室和办公电话，不写个人姓名"})
		}
	}
}

// strayYears: reasons speak of this year and the last.
func (in *Input) strayYears(p *passage, r *Report) {
	if !in.yearServed() || !p.holds("年") {
		return
	}
	year := in.Budget.Facts.Department.Year.V
	s := blanked(p.text.V)
	for _, m := range yearWord().FindAllStringSubmatchIndex(s, -1) {
		y, _ := strconv.Atoi(s[m[2]:m[3]])
		before, _ := utf8.DecodeLastRuneInString(s[:m[2]])
		after := strings.TrimLeft(strings.TrimPrefix(s[m[1]:], "度"), " ")
		asOf := strings.HasSuffix(strings.TrimRight(s[:m[2]], " "), "截至") || strings.HasSuffix(strings.TrimRight(s[:m[2]], " "), "前年")
		told := asOf || strings.HasPrefix(after, "起") || strings.HasPrefix(after, "以来") || strings.HasPrefix(after, "至") || strings.HasPrefix(after, "—") || strings.HasPrefix(after, "-")
		if y == year || y == year-1 || told || unicode.IsDigit(before) || strings.ContainsRune("至—-－~", before) || compared().MatchString(s[:m[1]]+"预算") {
			continue
		}
		r.Add(diag.Diagnostic{Rule: "年度-005", Level: diag.Note, At: p.text.Span(m[2], m[1]), Message: fmt.Sprintf("%s里说到%d年，既不是本年也不是上年", p.label, y),
			Hint: "核对年份；确说的是那一年的不必改"})
	}
}

// reason: a reason does not begin with the words that the program prints before it, and does not speak of the other
// direction alone.
func (in *Input) reason(p *passage, r *Report) {
	if m := reasonIs().FindStringIndex(p.text.V); m != nil {
		r.Add(diag.Diagnostic{Rule: "用语-005", Level: diag.Warning, At: p.text.Span(m[0], m[1]), Message: p.label + "以“" + p.text.V[m[0]:m[1]] + "”开头，程序在前面已经印了这几个字",
			Hint: "删去这几个字，直接写原因"})
	}
	slot := in.Pack.Slot(p.key)
	if slot == nil || slot.Changed == "" {
		return
	}
	name := slot.Changed
	if _, part, ok := strings.Cut(p.key, "."); ok {
		name += "." + part
	}
	before, known := in.Prior.Amounts[name]
	f := in.Pack.Figure(name)
	if !known || f == nil {
		return
	}
	way := in.Budget.Sum(f.Query).Cmp(before)
	if way == 0 {
		return
	}
	more, less := moreWords().FindStringIndex(p.text.V), lessWords().FindStringIndex(p.text.V)
	var m []int
	if p.holds("持平", "相同", "一致") {
		m = asLast().FindStringIndex(p.text.V)
	}
	switch {
	case way > 0 && more == nil && less != nil:
		m = less
	case way < 0 && less == nil && more != nil:
		m = more
	}
	if m == nil {
		return
	}
	r.Add(diag.Diagnostic{Rule: "文字-004", Level: diag.Note, At: p.text.Span(m[0], m[1]), Message: diag.Quote(f.Title) + "比上年" + money.ToldChange(in.Budget.Sum(f.Query), before) + "，说明里只说“" + p.text.V[m[0]:m[1]] + "”",
		Hint: "核对原因与增减是否相符；相符的不必改"})
}

// unchangedProject: an amount that a project's text says to be as last year is this year's.
func (in *Input) unchangedProject(p *passage, r *Report) {
	if p.project == nil || !p.project.Priced() || !p.holds("持平", "相同", "一致") {
		return
	}
	now := in.Budget.Sum(in.Budget.OfProject(p.project))
	for _, x := range prose.Sentences(p.text.V, false) {
		s := p.text.V[x.Start:x.End]
		if !holds(s, "持平", "相同", "一致") || !asLast().MatchString(prose.Squeeze(s)) {
			continue
		}
		list := prose.Sums(prose.Quantities(s))
		if len(list) == 0 || slices.ContainsFunc(list, func(q prose.Quantity) bool { return prose.SameAmount(&q, now) }) {
			continue
		}
		q := &list[0]
		d := diag.Diagnostic{Rule: "文表-007", Level: diag.Note, At: p.text.Span(x.Start+q.Start, x.Start+q.End), Message: "文字说与上年持平，所写的金额与项目" + in.Budget.ProjectTitle(p.project) + "的本年预算不同",
			Notes: []diag.Related{{Text: "项目在这里", At: p.project.At}}, Hint: "核对项目的金额和文字里的金额"}
		d.Numbers(money.Difference(money.Wan, q.Value, now))
		r.Add(d)
	}
}

// nearlyProject: a name that differs from a project's in a letter or two.
func (in *Input) nearlyProject(p *passage, r *Report) {
	near := in.nearNames(p.text.V)
	for _, i := range slices.Sorted(maps.Keys(near)) {
		name := in.Budget.Facts.Projects[i].Name
		start, found := near[i].Start, p.text.V[near[i].Start:near[i].End]
		r.Fold("名称-004"+found, diag.Diagnostic{Rule: "名称-004", Level: diag.Note, At: p.text.Span(start, start+len(found)), Message: p.label + "里的“" + found + "”像是项目" + diag.Quote(name.V),
			Stated: found, Want: name.V, Notes: []diag.Related{{Text: "项目在这里", At: name.At}}, Hint: "同一项目处处用同一名称；说的是别的事的不必改"})
	}
}

// projectName is a name as texts are searched for what is nearly the same.
type projectName struct {
	name    string
	letters []rune
	has     letters
}

// mostAlike is of how many things alike one is compared with the others. Of more nothing can be told: the names of hundreds of
// projects that begin and end alike differ by a letter as it is.
const mostAlike = 200

// fewestLetters is how many letters a name has at least in which one that is otherwise tells something.
const fewestLetters = 5

// nameProjects makes the names of the projects ready to be searched for.
func (in *Input) nameProjects() {
	var plain, squeezed []string
	in.alike = map[string][]int{}
	seen := map[string]bool{}
	for i := range in.Budget.Facts.Projects {
		name := in.Budget.Facts.Projects[i].Name.V
		x := projectName{name, []rune(name), lettersOf(name)}
		in.names, plain, squeezed = append(in.names, x), append(plain, name), append(squeezed, prose.Squeeze(name))
		if n := len(x.letters); n >= fewestLetters && !seen[name] { // or another unit's project of the same name stands before it
			k := string(x.letters[:2]) + string(x.letters[n-1:])
			in.alike[k] = append(in.alike[k], i)
		}
		seen[name] = true
	}
	in.nameSet, in.spaced = newNameSet(plain), newNameSet(squeezed)
	in.lasts = map[string][]rune{}
	in.longest = map[string]int{}
	for _, k := range slices.Sorted(maps.Keys(in.alike)) {
		list := in.alike[k]
		if len(list) > mostAlike {
			delete(in.alike, k)
			continue
		}
		first := firstLetters(k)
		last, _ := utf8.DecodeLastRuneInString(k)
		in.lasts[first] = append(in.lasts[first], last)
		n, _ := letterAt(k, 0)
		in.begin[n/64] |= 1 << (n % 64)
		for _, i := range list {
			in.longest[first] = max(in.longest[first], len(in.names[i].letters))
		}
	}
}

// nearNames finds stretches of a text that begin and end as the names of projects do and are a letter or two shorter or
// otherwise, the first of each name. Where a name stands, there is nothing to find.
func (in *Input) nearNames(text string) map[int]prose.Sentence {
	var out map[int]prose.Sentence
	for at := range text {
		if n, _ := letterAt(text, at); in.begin[n/64]&(1<<(n%64)) == 0 {
			continue
		}
		first := firstLetters(text[at:])
		lasts := in.lasts[first]
		if lasts == nil || in.nameSet.stands(text[at:]) {
			continue
		}
		n, most := 0, in.longest[first]+1
		var has letters
		for k, r := range text[at:] {
			if n++; n > most {
				break
			}
			end := at + k + utf8.RuneLen(r)
			if n < fewestLetters-1 || !slices.Contains(lasts, r) {
				continue
			}
			found := text[at:end]
			has = lettersOf(found)
			for _, i := range in.alike[first+string(r)] {
				if _, twice := out[i]; !twice && in.names[i].near(found, n, &has) {
					if out == nil {
						out = map[int]prose.Sentence{}
					}
					out[i] = prose.Sentence{Start: at, End: end}
				}
			}
		}
	}
	return out
}

// near reports whether a stretch of so many letters is nearly the name.
func (x *projectName) near(found string, n int, has *letters) bool {
	most := max(1, len(x.letters)/5)
	if n < len(x.letters)-1 || n > len(x.letters)+1 || x.has.unlike(has) > 2*most {
		return false
	}
	if strings.ReplaceAll(found, "的", "") == x.name {
		return false // 系统的升级 is no other name of 系统升级
	}
	d := diag.Distance(found, x.name)
	return d > 0 && d <= most
}

var (
	regionEnd    = compiled(`^.*[省市区县旗州盟]`)
	officeBehind = compiled(`^\p{Han}{1,10}?(?:局|委员会|厅)`)
)

// otherOffice: an office of the same place that is not this department's.
func (in *Input) otherOffice(p *passage, r *Report) {
	d := &in.Budget.Facts.Department
	if !p.slot && p.label != "主要用途" && p.label != "支出方向和用途" {
		return
	}
	region := regionEnd().FindString(d.Name.V)
	if region == "" || region == d.Name.V || !p.holds(region) {
		return
	}
	s := in.withoutOwn(blanked(p.text.V))
	if m := officeOf(region, s); m != nil {
		r.Add(diag.Diagnostic{Rule: "名称-005", Level: diag.Note, At: p.text.Span(m[0], m[1]), Message: p.label + "里有别的部门的名称", Stated: s[m[0]:m[1]],
			Hint: "是照抄了别的部门的文字吗？确说到它的不必改"})
	}
}

// ownNames are the names of the department and its units.
func (in *Input) ownNames() nameSet {
	d := &in.Budget.Facts.Department
	own := []string{d.Name.V, d.ShortName.V}
	for i := range in.Budget.Facts.Units {
		own = append(own, in.Budget.Facts.Units[i].Name.V, in.Budget.Facts.Units[i].FullName.V)
	}
	return newNameSet(own)
}

// withoutOwn is a text with blanks in the place of the department's own names.
func (in *Input) withoutOwn(s string) string {
	b, done := []byte(s), 0
	for at := range s {
		if at < done {
			continue
		}
		in.offices.at(s[at:], func(_, length int) { done = max(done, at+length) })
		for i := at; i < done; i++ {
			b[i] = ' '
		}
	}
	return string(b)
}

// officeOf finds the first office of a region in s.
func officeOf(region, s string) []int {
	for from := 0; ; {
		i := strings.Index(s[from:], region)
		if i < 0 {
			return nil
		}
		from += i
		if m := officeBehind().FindStringIndex(s[from+len(region):]); m != nil {
			return []int{from, from + len(region) + m[1]}
		}
		_, n := utf8.DecodeRuneInString(s[from:])
		from += n
	}
}

// typedRate: percentages and amounts in reasons. What the program prints anyway gets its placeholder suggested by
// typedFigure; here are those that come near to one and are not it.
func (in *Input) typedRate(p *passage, r *Report) {
	for i := range p.numbers {
		q := &p.numbers[i]
		switch {
		case q.Kind == prose.Percentage:
			in.typedShare(p, q, r)
		case q.Kind == prose.Amount && q.Rate == "" && q.Unit != money.Yuan:
			in.nearlyFigure(p, q, fewestDigits, r)
		}
	}
}

// typedShare holds a percentage against those that the program computes: first for one that it is, then for one that it
// nearly is.
func (in *Input) typedShare(p *passage, q *prose.Quantity, r *Report) {
	rates := in.rates()
	for _, hold := range []func(*computedRate, *passage, *prose.Quantity) (diag.Diagnostic, bool){(*computedRate).isTyped, (*computedRate).isNearlyTyped} {
		for i := range rates {
			if d, ok := hold(&rates[i], p, q); ok {
				r.Add(d)
				return
			}
		}
	}
}

// computedRate is a percentage that the program computes.
type computedRate struct {
	word    string // of templates that prints it
	percent string // as it prints, with its sign
	size    money.Amount
	what    string
}

// rates are the changes of the pack's figures since last year and their shares in the total.
func (in *Input) rates() (out []computedRate) {
	add := func(word, percent, what string) {
		if size, err := money.Parse(strings.TrimPrefix(percent, "-"), money.Yuan); err == nil {
			out = append(out, computedRate{word, percent, size, what})
		}
	}
	total := in.Pack.RoleFigure(pack.FigureTotal)
	for _, name := range in.Pack.FigureNames {
		f := in.Pack.Figures[name]
		if f.By != "" {
			continue
		}
		now := in.Budget.Sum(f.Query)
		if before, ok := in.Prior.Amounts[name]; ok {
			if ch := money.Compare(now, before, 2); ch.HasRate {
				add(changedWord(name, "Rate"), ch.Rate, diag.Quote(f.Title)+"的变动率")
			}
		}
		if total == nil || f == total || now.IsZero() {
			continue
		}
		if share, ok := money.Share(now, in.Budget.Sum(total.Query), 2); ok && share != "100.00" {
			add(`{{share "`+name+`" "`+total.Name+`"}}`, share, diag.Quote(f.Title)+"占总预算的比重")
		}
	}
	return out
}

// isTyped tells of a percentage that the program prints anyway.
func (x *computedRate) isTyped(p *passage, q *prose.Quantity) (d diag.Diagnostic, ok bool) {
	if !q.Value.Equal(x.size) {
		return d, false
	}
	return diag.Diagnostic{Rule: "文表-006", Level: diag.Note, At: p.place(q), Message: "手写的“" + p.text.V[q.Start:q.End] + "”就是程序算的" + x.what,
		Hint: "碰巧相同的不必改；说的就是它，删去这个数，由程序印出；模板里写作 " + x.word}, true
}

// isNearlyTyped tells of a percentage that comes near to what the program prints and is not it.
func (x *computedRate) isNearlyTyped(p *passage, q *prose.Quantity) (d diag.Diagnostic, ok bool) {
	size := strings.TrimPrefix(x.percent, "-")
	if q.Places < 1 || q.Value.Equal(x.size) || !alike(q.Literal, size) {
		return d, false
	}
	typed := p.text.V[q.Start:q.End]
	return diag.Diagnostic{Rule: "文表-008", Level: diag.Note, At: p.place(q), Message: "手写的“" + typed + "”与" + x.what + "相近而不同",
		Stated: typed, Want: x.percent + "%", Diff: prose.PointsApart(q, size), Hint: "抄错了的，删去由程序印出；说的是别的数的不必改"}, true
}

// alike reports whether two numbers have the same digits with two neighbours swapped.
func alike(a, b string) bool {
	if len(a) != len(b) || len(a) < 4 || a == b {
		return false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	j := i + 1
	if j < len(a) && a[j] == '.' {
		j++
	}
	return j < len(a) && a[i] == b[j] && a[j] == b[i] && a[j+1:] == b[j+1:]
}
