package imports

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// mapUnit is what an office answered about a unit that exports call by name, or about a file that names none.
type mapUnit struct {
	source.Place
	Name source.String `toml:"name,required" zh:"名称"`
	Code source.String `toml:"code" zh:"单位代码" text:"code"`
}

type mapFile struct {
	source.Place
	Name  source.String `toml:"name,required" zh:"文件名"`
	Sheet source.String `toml:"sheet" zh:"工作表"`
	Unit  source.String `toml:"unit" zh:"单位代码" text:"code"`
}

// asked is what has to be answered about units, with what has been.
type asked struct {
	units []UnitName     // by the name that exports have
	files []UnitName     // by the name of the file
	near  map[string]int // scores of what is offered; 100 where somebody said it
}

var (
	unitCode  = regexp.MustCompile(`^[A-Za-z]{0,3}\d[0-9A-Za-z]*$`)
	fileUnit  = regexp.MustCompile(`^(\d{3,12})[\s_.－—-]*(\p{Han}[\p{Han}（）()]*)`)
	asideUnit = regexp.MustCompile(`[（(][^（）()]*[）)]$`)
)

// ofFile is the unit that the name of a file begins with: 418001某某局本级.xlsx.
func ofFile(name string) (UnitName, bool) {
	name = strings.TrimSuffix(path.Base(name), path.Ext(name))
	m := fileUnit.FindStringSubmatch(name)
	if m == nil {
		return UnitName{}, false
	}
	return UnitName{m[1], asideUnit.ReplaceAllString(m[2], "")}, true
}

// housing gives every row the code of its unit: of the name that it has, of the mapping file, of the name of its file.
type housing struct {
	*reader
	known   units
	answers map[string]string // by plain name: codes of mapping files
	files   map[string]string // by name of file
	told    map[string]bool
	noted   map[string]bool
	named   bool // some row says what unit it is of
}

func (r *reader) house() {
	h := &housing{reader: r, answers: map[string]string{}, files: map[string]string{}, told: map[string]bool{}, noted: map[string]bool{}}
	for _, m := range slices.Backward(r.Maps) { // the first holds
		for _, x := range m.units {
			if x.Code.V != "" {
				h.answers[plain(x.Name.V)] = x.Code.V
				h.known.learn([]UnitName{{x.Code.V, x.Name.V}})
			}
		}
		for _, x := range m.files {
			if x.Unit.V != "" {
				h.files[inFile(x.Name.V, x.Sheet.V)] = x.Unit.V
			}
		}
	}
	h.known.learn(r.units.list)
	for i := range r.out.Rows {
		if v, ok := r.out.Rows[i].Get("unit"); ok && unitCode.MatchString(v.Text) && v.Name != "" {
			h.known.learn([]UnitName{{v.Text, v.Name}})
		}
	}
	for _, f := range r.Files {
		if u, ok := ofFile(f.Name); ok {
			h.known.learn([]UnitName{u})
		}
	}
	h.named = slices.ContainsFunc(h.out.Rows, func(r Row) bool { _, ok := r.Get("unit"); return ok })
	for i := range r.out.Rows {
		h.row(&r.out.Rows[i])
	}
}

// row gives one row its code.
func (h *housing) row(r *Row) {
	i := slices.IndexFunc(r.Values, func(v Value) bool { return v.Key == "unit" })
	if i < 0 {
		h.unsaid(r)
		return
	}
	v := &r.Values[i]
	if unitCode.MatchString(v.Text) {
		if v.Name == "" {
			v.Name = h.known.name(v.Text)
		}
		return
	}
	name := v.Text
	code, full, score := h.code(name)
	h.ask(&h.out.asked.units, UnitName{code, name}, score)
	if code == "" {
		v.Text, v.Name = "", name // NewPlan demands it
		return
	}
	v.Text, v.Name = code, full
	if score < 100 {
		h.note(r.Sheet, fmt.Sprintf("%s当作 %s %s（%d 分）", diag.Quote(name), code, full, score))
	}
}

// code is the code of a unit that an export calls by name: as it was answered, as it is known, or of the only known unit whose
// name ends with it, or that it ends with.
func (h *housing) code(name string) (code, full string, score int) {
	if c := h.answers[plain(name)]; c != "" {
		if full = h.known.name(c); full == "" {
			full = name
		}
		return c, full, 100
	}
	if c := h.known.code(name); c != "" {
		return c, name, 100
	}
	if len([]rune(plain(name))) < 2 {
		return "", "", 0
	}
	for _, x := range h.known.list {
		if !strings.HasSuffix(plain(x.Name), plain(name)) && (len([]rune(x.Name)) < 2 || !strings.HasSuffix(plain(name), plain(x.Name))) {
			continue
		}
		if code != "" && code != x.Code {
			return "", "", 0
		}
		code, full = x.Code, x.Name
	}
	if code != "" {
		score = 85
	}
	return code, full, score
}

// name is the name of a code, the longest that is known.
func (u *units) name(code string) string {
	best := ""
	for _, x := range u.list {
		if x.Code == code && len(x.Name) > len(best) {
			best = x.Name
		}
	}
	return best
}

// unsaid gives a row that names no unit that of its file.
func (h *housing) unsaid(r *Row) {
	if r.Kind == Unit || r.Kind == Indicator && r.Text("project") == "" {
		return
	}
	if u, ok := h.ofProject(r); ok {
		r.Values = append(r.Values, u)
		return
	}
	file, sheet := h.out.Sheets[r.Sheet].File, ""
	if slices.ContainsFunc(h.out.Sheets, func(s SheetReport) bool { return s.File == file && s.Sheet != h.out.Sheets[r.Sheet].Sheet }) {
		sheet = strings.TrimSpace(h.out.Sheets[r.Sheet].Sheet)
	}
	key := inFile(path.Base(file), sheet)
	code, score := h.ofWhole(file, key)
	if score < 0 {
		return // there is but one
	}
	if code == "" && r.Kind.Table() == "" {
		return // it is only held against others
	}
	h.ask(&h.out.asked.files, UnitName{code, key}, score)
	if code == "" {
		if !h.told[key] {
			h.told[key] = true
			h.diags.Add(diag.Diagnostic{Rule: ruleUnknown, Level: diag.Error, At: r.At, Message: "这张表没有写是哪个单位的", Hint: "在对照文件里这个文件的 [[file]] 一段写上 unit = \"单位代码\""})
		}
		return
	}
	if score < 100 {
		h.note(r.Sheet, fmt.Sprintf("表里没有写单位，照文件名当作 %s %s（%d 分）", code, h.known.name(code), score))
	}
	r.Values = append(r.Values, Value{Key: "unit", Text: code, Name: h.known.name(code), At: r.At})
}

// ofProject is the unit of an indicator: that of the only project of its name.
func (h *housing) ofProject(r *Row) (unit Value, found bool) {
	if r.Kind != Indicator {
		return unit, false
	}
	for i := range h.out.Rows {
		p := &h.out.Rows[i]
		u, ok := p.Get("unit")
		if p.Kind != Project || p.Text("name") != r.Text("project") || !ok || u.Text == "" {
			continue
		}
		if found && u.Text != unit.Text {
			return unit, false
		}
		unit, found = Value{Key: "unit", Text: u.Text, Name: u.Name, At: r.At}, true
	}
	return unit, found
}

// ofWhole is the unit of all of a file; the score is negative where nothing names any unit.
func (h *housing) ofWhole(file, key string) (code string, score int) {
	for _, k := range []string{key, path.Base(file)} {
		if c := h.files[k]; c != "" {
			return c, 100
		}
	}
	if u, ok := ofFile(file); ok {
		return u.Code, 90
	}
	base := plain(path.Base(file))
	for _, x := range append(slices.Clone(h.known.list), h.short()...) {
		if x.Code == "" || !strings.Contains(base, plain(x.Name)) && !strings.Contains(base, x.Code) {
			continue
		}
		if code != "" && code != x.Code {
			return "", 0
		}
		code, score = x.Code, 70
	}
	if code == "" && len(h.known.list) == 0 && len(h.answers) == 0 && !h.named {
		return "", -1
	}
	if len(h.Units) == 1 && code == "" {
		return h.Units[0].Code, 100
	}
	return code, score
}

// inFile is a file, or a sheet of it.
func inFile(name, sheet string) string {
	if sheet == "" {
		return name
	}
	return name + "\n" + sheet
}

// short are units by the names that mapping files or other sheets call them.
func (h *housing) short() []UnitName {
	var out []UnitName
	for _, x := range h.out.asked.units {
		if x.Code != "" {
			out = append(out, x)
		}
	}
	for _, m := range h.Maps {
		for _, x := range m.units {
			if x.Code.V != "" {
				out = append(out, UnitName{x.Code.V, x.Name.V})
			}
		}
	}
	return out
}

func (h *housing) note(sheet int, text string) {
	if key := fmt.Sprint(sheet, text); !h.noted[key] {
		h.noted[key] = true
		h.out.Sheets[sheet].Notes = append(h.out.Sheets[sheet].Notes, text)
	}
}

// ask puts a question into the mapping file, once.
func (h *housing) ask(list *[]UnitName, x UnitName, score int) {
	if h.out.asked.near == nil {
		h.out.asked.near = map[string]int{}
	}
	if !slices.ContainsFunc(*list, func(o UnitName) bool { return o.Name == x.Name }) {
		*list = append(*list, x)
		h.out.asked.near[x.Name] = score
	}
}

// open reports whether a question about units waits for its answer.
func (a *asked) open() bool {
	none := func(x UnitName) bool { return x.Code == "" }
	return slices.ContainsFunc(a.units, none) || slices.ContainsFunc(a.files, none)
}

// sure are the questions whose answers are no guesses.
func (a *asked) sure() asked {
	guess := func(x UnitName) bool { return a.near[x.Name] < sure }
	return asked{units: slices.DeleteFunc(slices.Clone(a.units), guess), files: slices.DeleteFunc(slices.Clone(a.files), guess), near: a.near}
}

// write puts the questions, and what is known, into a mapping file.
func (a *asked) write(s *strings.Builder, has func(list, name string) bool) {
	if len(a.units) > 0 {
		a.part(s, "unit", "code", "导出表里只有名称的单位，它们的代码", a.units, has)
	}
	if len(a.files) > 0 {
		a.part(s, "file", "unit", "表里没有写单位的文件，是哪个单位的", a.files, has)
	}
}

func (a *asked) part(s *strings.Builder, list, key, what string, of []UnitName, has func(list, name string) bool) {
	first := true
	for _, x := range of {
		if has(list, x.Name) {
			continue
		}
		if first {
			fmt.Fprintf(s, "\n# %s\n", what)
			first = false
		}
		before, remark := "", ""
		switch n := a.near[x.Name]; {
		case x.Code == "":
			remark = "   # 请填"
		case n < sure: // a guess is no answer until somebody says so
			before, remark = "# ", fmt.Sprintf("   # %d 分，请核对；%s", n, confirm)
		}
		name, sheet, _ := strings.Cut(x.Name, "\n")
		fmt.Fprintf(s, "[[%s]]\nname = %s\n", list, quoted(name))
		if sheet != "" {
			fmt.Fprintf(s, "sheet = %s\n", quoted(sheet))
		}
		fmt.Fprintf(s, "%s%s = %s%s\n", before, key, quoted(x.Code), remark)
	}
}
