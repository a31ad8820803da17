package leaves

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/audit"
	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/pack"
	"yusuan/internal/prose"
	"yusuan/internal/schedule"
)

// A performance form on paper is rows of labels and values, a row of the pack's form is too. Rows of both are put beside each other
// in their order, as many as fit; what then stands where the pack has a field is the field.

// formRow is a row of the pack's form, with the label beside it and of the lists what it repeats.
type formRow struct {
	each, horizon string
	again         bool // it may come again: a head, an element of a list
	cells         []formCell
	labelled      bool            // the first cell is the label beside
	heads         map[string]bool // the words of the form: a row of nothing else is no element
}

// formCell is a cell: words of the pack, or what is filled in.
type formCell struct {
	words  string // bare, "" for what is filled in
	field  string
	item   string // of the element of a list
	own    string // of the form's project
	past   string // what of the years before, of how many ago: 2 fiscal
	filled bool
}

// heardForm is a form that was read.
type heardForm struct {
	kind, project string
	values        []string // of its project, that it prints: which of several of one name it is
	at            diag.Range
	fields        []keyed
	lists         map[string][]map[string]told // goals, indicators, details, items
	rest          remainder
}

var (
	fieldOf   = regexp.MustCompile(`field "([^"]+)"`)
	itemOf    = regexp.MustCompile(`\.Item\.([A-Za-z]+)`)
	pastOf    = regexp.MustCompile(`past ([0-9] "[a-z_]+)"`)
	projectOf = regexp.MustCompile(`\.Project\.([A-Za-z]+)`)
)

// rowsOf are the rows of a form in their order.
func rowsOf(p *pack.Form) []formRow {
	out := formRows(p.Items, "", "")
	heads := map[string]bool{}
	for i := range out {
		for _, c := range out[i].cells {
			heads[c.words] = true
		}
	}
	for i := range out {
		out[i].heads = heads
	}
	return out
}

func formRows(items []pack.Item, label string, horizon string) (out []formRow) {
	for i := range items {
		it := &items[i]
		beside := label
		if s := it.Label.Literal; s != "" {
			beside = s
		}
		h := horizon
		if it.Horizon != "" {
			h = it.Horizon
		}
		if len(it.Cells) > 0 {
			r := formRow{each: it.Each, horizon: h, again: it.Each != "" || it.Head}
			if beside != "" {
				r.labelled, r.cells = true, append(r.cells, formCell{words: schedule.Bare(beside)})
			}
			words := 0
			for _, c := range it.Cells {
				r.cells = append(r.cells, cellOf(c.Text))
				words += boolInt(!r.cells[len(r.cells)-1].filled)
			}
			r.again = r.again || words > 1 // labels with a value each may stand in rows of their own
			out = append(out, r)
		}
		out = append(out, formRows(it.Items, beside, h)...)
	}
	return out
}

func cellOf(s pack.Snippet) formCell {
	if s.Name == "" {
		return formCell{words: schedule.Bare(s.Literal), filled: s.Literal == ""}
	}
	c := formCell{filled: true}
	first := func(re *regexp.Regexp) string {
		if m := re.FindStringSubmatch(s.Source); m != nil {
			return m[1]
		}
		return ""
	}
	c.field, c.item, c.own, c.past = first(fieldOf), first(itemOf), first(projectOf), strings.Replace(first(pastOf), "\"", "", 1)
	return c
}

// fits is how well a row on paper goes with one of the form, 0 for not at all, and which cell of the form its first one is.
func (r *formRow) fits(cells []string) (score, from int) {
	try := func(from int) int {
		if from+len(cells) > len(r.cells) {
			return 0
		}
		n := 1
		for k, s := range cells {
			c := &r.cells[from+k]
			switch {
			case c.filled:
			case c.words != schedule.Bare(s):
				return 0
			default:
				n += 3
			}
		}
		return n
	}
	if r.each != "" && !slices.ContainsFunc(cells, func(s string) bool { return s != "" && !r.heads[schedule.Bare(s)] }) {
		return 0, 0
	}
	if n := try(0); n > 0 && len(cells) == len(r.cells) {
		return n, 0
	}
	if r.each != "" && !r.labelled && len(cells) == len(r.cells)+1 && r.heads[schedule.Bare(cells[0])] { // under a label over the whole width
		cells = cells[1:]
		return try(0), -1
	}
	if r.labelled && len(cells) == len(r.cells)-1 {
		if n := try(1); n > 0 {
			return n, 1
		}
	}
	if r.each == "" && len(cells) >= 2 { // a label with its value alone
		for from := range r.cells {
			if n := try(from); n > 3 && !r.cells[from].filled {
				return n, from
			}
		}
	}
	return 0, 0
}

// align puts rows on paper beside those of a form: for each the row of the form, -1 for none. It is the best way that keeps both
// orders.
func align(rows [][]string, form []formRow) (at []int, score int) {
	best := make([][]int, len(rows)+1)
	for j := range best {
		best[j] = make([]int, len(form)+1)
	}
	gain := func(j, i int) int {
		n, _ := form[i].fits(rows[j])
		if n == 0 {
			return 0
		}
		next := i + 1
		if form[i].again {
			next = i
		}
		return n + best[j+1][next]
	}
	for j := len(rows) - 1; j >= 0; j-- {
		best[j][len(form)] = 0
		for i := len(form) - 1; i >= 0; i-- {
			best[j][i] = max(best[j][i+1], best[j+1][i], gain(j, i))
		}
	}
	at = make([]int, len(rows))
	i := 0
	for j := range rows {
		at[j] = -1
		for i < len(form) {
			if g := gain(j, i); g > 0 && g == best[j][i] {
				at[j] = i
				if !form[i].again {
					i++
				}
				break
			}
			if best[j][i] == best[j+1][i] {
				break // this row fits nothing
			}
			i++
		}
	}
	return at, best[0][0]
}

// forms reads the stated tables that are forms of the pack. Those that are nothing go to what is left.
func (f *finder) forms() (out []heardForm) {
	for i := range f.facts.StatedTables {
		s := &f.facts.StatedTables[i]
		if f.spec(s) != nil {
			continue
		}
		rows := audit.Rows(s)
		for k := range rows {
			for j := range rows[k] {
				rows[k][j] = strings.TrimSpace(strings.ReplaceAll(rows[k][j], `\n`, "\n"))
			}
		}
		rows, numbers := once(rows)
		var best *pack.Form
		most := 0
		for _, kind := range sortedKinds(f.Pack) {
			p := f.Pack.Forms[kind]
			if (p.Scope == pack.ScopeProject) != (s.Project.V != "") {
				continue
			}
			if _, score := align(rows, rowsOf(p)); score > most {
				best, most = p, score
			}
		}
		if best == nil || most < 2*len(rows) {
			f.heard.rest = append(f.heard.rest, unreadTable(s, rows))
			continue
		}
		out = append(out, f.form(s, best, rows, numbers))
	}
	return out
}

// once leaves out rows that the next page prints again, and those whose cells all stand in the next row.
func once(rows [][]string) (out [][]string, at []int) {
	for j, r := range rows {
		numbers := slices.ContainsFunc(r, func(s string) bool { return len(prose.Quantities(s)) > 0 })
		again := !numbers && slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, r) })
		within := len(r) > 2 && j+1 < len(rows) && len(rows[j+1]) > len(r)
		for _, c := range r[min(1, len(r)):] {
			within = within && slices.Contains(rows[j+1], c)
		}
		if !again && !within {
			out, at = append(out, r), append(at, j)
		}
	}
	return out, at
}

func sortedKinds(p *pack.Pack) []string {
	var out []string
	for k := range p.Forms {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func unreadTable(s *budget.StatedTable, rows [][]string) remainder {
	r := remainder{section: s.Name() + "（没有读懂的表）"}
	for _, row := range rows {
		r.lines = append(r.lines, told{text: strings.ReplaceAll(strings.Join(row, " | "), "\n", " "), at: s.At})
	}
	return r
}

// form reads a form.
func (f *finder) form(s *budget.StatedTable, p *pack.Form, rows [][]string, numbers []int) heardForm {
	out := heardForm{kind: p.Kind, project: f.projectCalled(s.Project.V), at: s.At, lists: map[string][]map[string]told{}, rest: remainder{section: s.Name()}}
	spec := rowsOf(p)
	at, _ := align(rows, spec)
	places := audit.RowPlaces(s)
	for j, i := range at {
		if i < 0 {
			out.rest.lines = append(out.rest.lines, told{text: strings.ReplaceAll(strings.Join(rows[j], " | "), "\n", " ")})
			continue
		}
		_, from := spec[i].fits(rows[j])
		says := map[string]told{}
		for k, text := range rows[j] {
			if from+k < 0 {
				continue
			}
			c := &spec[i].cells[from+k]
			x := told{text: text, at: places[numbers[j]]}
			switch {
			case c.item != "":
				says[c.item] = x
			case c.field != "":
				out.set(p, c.field, x)
			case c.past != "":
				f.ofProject("", c.past, x)
			case c.own != "" && out.project != "":
				if f.ofProject(out.project, c.own, x); c.own == "Value" {
					out.values = append(out.values, text)
				}
			}
		}
		switch each := spec[i].each; {
		case each == "projects":
			for key, x := range says {
				f.ofProject(f.projectCalled(says["Name"].text), key, x)
			}
		case each != "" && len(says) > 0:
			says["Horizon"] = told{text: horizonOf(spec[i].horizon, says["Name"].text)}
			out.lists[each] = append(out.lists[each], says)
		}
	}
	return out
}

// horizonOf is the horizon of a list that has both, by the name of the goal.
func horizonOf(of, name string) string {
	switch {
	case of != "":
		return of
	case strings.HasPrefix(name, "长期"), strings.HasPrefix(name, "中长期"):
		return "长期"
	}
	return budget.HorizonYear
}

// set notes a field: of boxes the one that is ticked.
func (h *heardForm) set(p *pack.Form, name string, x told) {
	i := slices.IndexFunc(p.Fields, func(f pack.Field) bool { return f.Key == name })
	if i < 0 || x.text == "" || slices.ContainsFunc(h.fields, func(k keyed) bool { return k.key == name }) {
		return
	}
	if options := p.Fields[i].Options; options != nil && !slices.Contains(options, x.text) {
		ticked := prose.Squeeze(x.text)
		k := slices.IndexFunc(options, func(o string) bool {
			o = prose.Squeeze(o)
			return strings.Contains(ticked, o+"☑") || strings.Contains(ticked, "☑"+o)
		})
		if k < 0 {
			return
		}
		x.text = options[k]
	}
	h.fields = append(h.fields, keyed{name, x})
}

// projectCalled is the project that the tables print under a name.
func (f *finder) projectCalled(name string) string {
	for _, p := range f.projectNames() {
		if squeeze(p) == squeeze(name) {
			return p
		}
	}
	return name
}

func (f *finder) projectNames() (out []string) {
	for _, v := range f.model.each(f.model.project) {
		out = append(out, f.bareProject(f.model.name(f.model.project, v)))
	}
	return out
}

// spec is the table of the pack that a stated one is, nil for none.
func (f *finder) spec(s *budget.StatedTable) *pack.Table {
	if f.specs == nil {
		f.specs = audit.Specs(f.Pack, f.facts)
	}
	for i := range f.facts.StatedTables {
		if &f.facts.StatedTables[i] == s {
			return f.specs[i]
		}
	}
	return nil
}

// codeCalled is a code by itself or by its name, "" for none.
func (f *finder) codeCalled(key, name string) string {
	tree := f.budget.Economic
	if key != "economic" {
		tree = f.budget.Functional
	}
	bare := schedule.Bare(name)
	for _, code := range tree.Codes() {
		n, _ := tree.Name(code)
		if len(tree.Children(code)) == 0 && (bare == code || bare == schedule.Bare(n) || bare == code+schedule.Bare(n)) {
			return code
		}
	}
	return ""
}

// ofProject notes what a form says of a project.
func (f *finder) ofProject(name, field string, x told) {
	if f.says[name] == nil {
		f.says[name] = map[string]told{}
	}
	if _, twice := f.says[name][field]; !twice && x.text != "" {
		f.says[name][field] = x
	}
}
