package build_test

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yusuan/internal/build"
	"yusuan/internal/compare"
	"yusuan/internal/doc"
	"yusuan/internal/schedule"
	"yusuan/internal/testdept"
)

// seen is a document as a look at it finds it, apart from how package compare goes through it.
type seen struct {
	w       *build.Work
	units   []string                       // texts that stand together, in reading order
	of      map[*doc.Text]int              // which of them a text is in
	inBlock map[doc.Block][]int            // the units in it
	before  map[doc.Block][]int            // of a table the units from its heading on
	marks   map[int32]int                  // which unit shows a number
	numbers map[string]map[string][]string // by table and key: what its numbers print, once each
}

func lookAt(w *build.Work) *seen {
	s := &seen{w: w, of: map[*doc.Text]int{}, inBlock: map[doc.Block][]int{}, before: map[doc.Block][]int{}, marks: map[int32]int{}, numbers: map[string]map[string][]string{}}
	for i := range w.Tree.Sections {
		heading, since := "", []int(nil)
		for _, b := range w.Tree.Sections[i].Blocks {
			from := len(s.units)
			switch b := b.(type) {
			case *doc.Heading:
				s.unit("", &b.Text)
				heading, since = b.Text.String, nil
			case *doc.Paragraph:
				parts := make([]*doc.Text, len(b.Spans))
				for k := range b.Spans {
					parts[k] = &b.Spans[k].Text
				}
				s.unit("", parts...)
			case *doc.Table:
				s.table(b)
			case *doc.Chart:
				s.chart(b)
			}
			for k := from; k < len(s.units); k++ {
				s.inBlock[b] = append(s.inBlock[b], k)
				since = append(since, k)
			}
			if t, ok := b.(*doc.Table); ok && t.Caption.String == heading {
				s.before[b] = since
			}
		}
	}
	return s
}

func (s *seen) unit(between string, parts ...*doc.Text) {
	said := make([]string, len(parts))
	for i, p := range parts {
		said[i] = p.String
		s.of[p] = len(s.units)
		for _, m := range doc.MarksOf(s.w.Tree.Marks, p.Marks) {
			s.marks[m.Of] = len(s.units)
		}
	}
	s.units = append(s.units, strings.Join(said, between))
}

func (s *seen) table(t *doc.Table) {
	for _, x := range []*doc.Text{t.Left, t.Right} {
		if x != nil {
			s.unit("", x)
		}
	}
	last := 0
	for _, c := range t.Columns {
		last = max(last, c.Side)
	}
	for _, rows := range [][]doc.Row{t.Head, t.Body} {
		for side := range last + 1 { // each is read for itself
			for i := range rows {
				s.row(t, &rows[i], side)
			}
		}
	}
	for i := range t.Notes {
		s.unit("", &t.Notes[i])
	}
	if t.Of == 0 {
		return
	}
	n := s.w.Numbers.Table(t.ID)
	all := map[string][]string{}
	n.Each(func(ref schedule.Ref) {
		if x := n.Printed(ref); x != "" {
			all[n.Key(ref)] = append(all[n.Key(ref)], x)
		}
	})
	s.numbers[t.Caption.String] = all
}

func (s *seen) row(t *doc.Table, r *doc.Row, side int) {
	column := 0
	for k := range r.Cells {
		c := &r.Cells[k]
		at := t.Columns[min(column, len(t.Columns)-1)].Side
		column += max(c.ColSpan, 1)
		if len(c.Text) == 0 || t.Of > 0 && c.Number || at != side {
			continue
		}
		parts := make([]*doc.Text, len(c.Text))
		for n := range c.Text {
			parts[n] = &c.Text[n]
		}
		s.unit("\n", parts...)
	}
}

func (s *seen) chart(c *doc.Chart) {
	for _, x := range []*doc.Text{&c.Title, &c.Unit, &c.From, &c.To} {
		s.unit("", x)
	}
	for i := range c.Series {
		s.unit("", &c.Series[i].Name)
	}
	for _, list := range [][]doc.ChartItem{c.Sources, c.Items} {
		for i := range list {
			s.unit("", &list[i].Label)
			for k := range list[i].Values {
				s.unit("", &doc.Text{String: list[i].Values[k].Text, Marks: list[i].Values[k].Marks})
			}
			s.unit("", &list[i].Note)
		}
	}
	for _, x := range []doc.Text{{String: c.Total.Label}, {String: c.Total.Text, Marks: c.Total.Marks}, {String: c.Total.Unit}} {
		s.unit("", &x)
	}
}

// untold are the texts of the new document that no effect shows: they must be those of the old one.
func (s *seen) untold(t *testing.T, r *compare.Result) (out []string, moved bool) {
	t.Helper()
	told := make([]bool, len(s.units))
	tell := func(spots []compare.Spot) {
		for _, x := range spots {
			if x.Text != nil {
				if k, ok := s.of[x.Text]; ok {
					told[k] = true
				} else {
					t.Errorf("a spot is no text of the tree: %q", x.Text.String)
				}
			} else if k, ok := s.marks[x.Of]; ok {
				told[k] = true
			}
		}
	}
	for _, x := range r.Sentences {
		if now := joinPieces(x.Pieces, compare.New); now != "" && x.Place != "文件标题" && x.Place != "目录" && x.Place != "续表" {
			tell(x.Spots)
		}
	}
	for _, x := range r.Cells {
		if x.HasNew && x.Where != compare.InTable {
			tell(x.Spots)
		}
	}
	for _, x := range r.Rows {
		moved = moved || x.Change == compare.Moved
		if x.Change == compare.Added {
			tell(x.Spots)
		}
	}
	for _, x := range r.Parts {
		moved = moved || x.Change == compare.Moved
		if x.Change == compare.Added {
			tell(x.Spots)
			s.beside(x.Spots, told)
		}
	}
	for k, x := range s.units {
		if !told[k] && x != "" {
			out = append(out, x)
		}
	}
	return out, moved
}

// beside tells the units that stand in one block with what came, and the heading that a table says again.
func (s *seen) beside(spots []compare.Spot, told []bool) {
	for _, x := range spots {
		k, ok := s.of[x.Text]
		if x.Text == nil {
			k, ok = s.marks[x.Of]
		}
		if !ok {
			continue
		}
		for is, list := range s.inBlock {
			if !slices.Contains(list, k) {
				continue
			}
			for _, n := range list {
				told[n] = true
			}
			for _, n := range s.before[is] {
				told[n] = true
			}
		}
	}
}

func joinPieces(list []compare.Piece, with compare.Kept) (s string) {
	for _, p := range list {
		if p.Kind == compare.Same || p.Kind == with {
			s += p.Text
		}
	}
	return s
}

// header begins an entry; one with a point in its name is within that before it.
var header = regexp.MustCompile(`(?m)^\[\[?[a-z_.]+\]\]?$`)

// entriesOf parts a file into its entries, each with what is within it.
func entriesOf(raw string) (out []string) {
	at := 0
	for _, x := range header.FindAllStringIndex(raw, -1) {
		if !strings.Contains(raw[x[0]:x[1]], ".") && x[0] > at {
			out = append(out, raw[at:x[0]])
			at = x[0]
		}
	}
	return append(out, raw[at:])
}

type dice struct{ state uint64 }

func (d *dice) below(n int) int {
	d.state = d.state*6364136223846793005 + 1442695040888963407
	return int((d.state >> 33) % uint64(n))
}

var (
	anAmount = regexp.MustCompile(`(?m)^(amount|in|personnel|public|total|general|basic|total_budget) = (\d+)\.(\d+)$`)
	aText    = regexp.MustCompile(`(?m)^((?:purpose|basis|reason\w*|content|text|value|year_goal|third|activity) = ")([^"]+)"$`)
	aName    = regexp.MustCompile(`(?m)^\[\[project\]\]\nname = "([^"]+)"`)
)

// change makes one random change of a department's files and says which.
func change(d *dice, files map[string][]byte) string {
	names := slices.Sorted(maps.Keys(files))
	name := names[d.below(len(names))]
	raw := string(files[name])
	put := func(what, s string) string {
		files[name] = []byte(s)
		return what + " in " + name
	}
	at := func(re *regexp.Regexp) []int {
		all := re.FindAllStringSubmatchIndex(raw, -1)
		if len(all) == 0 {
			return nil
		}
		return all[d.below(len(all))]
	}
	list := entriesOf(raw)
	k := d.below(len(list))
	single := strings.HasPrefix(list[k], "[") && !strings.HasPrefix(list[k], "[[")
	switch d.below(7) {
	case 0, 1:
		if m := at(anAmount); m != nil {
			return put("amount", raw[:m[4]]+fmt.Sprint(d.below(9_000_000)+1)+"."+fmt.Sprintf("%02d", d.below(100))+raw[m[7]:])
		}
	case 2:
		if m := at(aText); m != nil {
			words := []string{"新增三项任务，压减2.5%。", raw[m[4]:m[5]] + "另加1,200元", "改"}
			return put("text", raw[:m[4]]+words[d.below(3)]+raw[m[5]:])
		}
	case 3:
		if len(list) > 1 && !single {
			return put("remove "+strings.SplitN(list[k], "\n", 2)[0], strings.Join(slices.Delete(list, k, k+1), ""))
		}
	case 4:
		if !single {
			more := regexp.MustCompile(`(?m)^(name|third|function|fund|term) = "([^"]*)"$`).ReplaceAllString(list[k], `$1 = "$2"`)
			if strings.HasPrefix(more, "[[project]]") {
				more = strings.Replace(more, `name = "`, `name = "另一个`, 1)
			}
			return put("add "+strings.SplitN(more, "\n", 2)[0], strings.Join(slices.Insert(list, d.below(len(list))+0, more), ""))
		}
	case 5:
		if n := d.below(len(list)); n != k {
			list[n], list[k] = list[k], list[n]
			return put("swap", strings.Join(list, ""))
		}
	case 6:
		all := aName.FindAllStringSubmatch(string(files["projects.toml"]), -1)
		if len(all) > 0 {
			was := all[d.below(len(all))][1]
			for n, raw := range files {
				files[n] = []byte(strings.ReplaceAll(string(raw), `"`+was+`"`, `"`+was+`（二期）"`))
			}
			return "rename " + was
		}
	}
	return ""
}

func departmentOf(t *testing.T, s *build.Shared, code, template string, files map[string][]byte) *build.Work {
	t.Helper()
	m, dir := fstest.MapFS{}, path.Join("2026", code)
	for name, raw := range files {
		m[path.Join(dir, name)] = &fstest.MapFile{Data: raw}
	}
	w, err := s.Check(build.Input{Data: m, Dir: dir, Template: template})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestRandomChanges: what differs between departments before and after random changes is what is told, no more and no less, and
// has causes.
func TestRandomChanges(t *testing.T) {
	s, d := shared(t), &dice{18}
	kinds := map[string]int{}
	packs := s.PackNames()
	before := map[uint64]*build.Work{}
	for n := range 200 {
		seed, template := uint64(n%40), testdept.Template
		if seed%2 == 1 {
			template = packs[seed/2%uint64(len(packs))]
		}
		files := testdept.Files(seed)
		if seed%4 == 0 { // with charts
			files["department.toml"] = append(files["department.toml"], "show = [\"一图读懂\"]\n"...)
		}
		if before[seed] == nil {
			before[seed] = departmentOf(t, s, testdept.Code(seed), template, files)
		}
		old := before[seed]
		var did []string
		for range 1 + d.below(3) {
			if x := change(d, files); x != "" {
				did = append(did, x)
				kinds[strings.Fields(x)[0]]++
			}
		}
		new := departmentOf(t, s, testdept.Code(seed), template, files)
		if old.Tree == nil || new.Tree == nil {
			continue
		}
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			heldAgainst(t, old, new)
			if t.Failed() {
				t.Log("seed", seed, template, did)
			}
		})
	}
	for _, k := range []string{"amount", "text", "remove", "add", "swap", "rename"} {
		if kinds[k] < 10 {
			t.Errorf("only %d changes were %s", kinds[k], k)
		}
	}
}

// heldAgainst holds the comparison of two documents against a look at both.
func heldAgainst(t *testing.T, old, new *build.Work) {
	t.Helper()
	r, back := compare.Compare(old.Side("旧"), new.Side("新")), compare.Compare(new.Side("新"), old.Side("旧"))
	if len(r.Cells) != len(back.Cells) || len(r.Sentences) != len(back.Sentences) || len(r.Parts) != len(back.Parts) || len(r.Rows) != len(back.Rows) || len(r.Causes) != len(back.Causes) {
		t.Errorf("there: %d causes, %d cells, %d sentences, %d rows, %d parts; back: %d, %d, %d, %d, %d", len(r.Causes), len(r.Cells), len(r.Sentences), len(r.Rows), len(r.Parts),
			len(back.Causes), len(back.Cells), len(back.Sentences), len(back.Rows), len(back.Parts))
	}
	was, is := lookAt(old), lookAt(new)
	a, movedBack := was.untold(t, back)
	b, moved := is.untold(t, r)
	if moved || movedBack {
		slices.Sort(a)
		slices.Sort(b)
	}
	if !slices.Equal(a, b) {
		x, y := difference(a, b)
		t.Errorf("not told: gone %q, came %q (moved: %v)", x, y, moved)
	}
	if r.Old.Pack == r.New.Pack {
		heldNumbers(t, r, was, is)
	} else {
		heldTogether(t, r, was, is)
	}
	wellFormed(t, r)
}

// difference is what is in one list alone.
func difference(a, b []string) (x, y []string) {
	n := map[string]int{}
	for _, s := range a {
		n[s]++
	}
	for _, s := range b {
		n[s]--
	}
	for _, s := range slices.Sorted(maps.Keys(n)) {
		for ; n[s] > 0; n[s]-- {
			x = append(x, s)
		}
		for ; n[s] < 0; n[s]++ {
			y = append(y, s)
		}
	}
	return x, y
}

// heldNumbers: the numbers of the tables of the pack that differ are those that are told, by key; where rows are called
// otherwise, what is printed with what is told becomes what is printed now.
func heldNumbers(t *testing.T, r *compare.Result, was, is *seen) {
	t.Helper()
	altered := map[string]bool{}
	for _, x := range r.Rows {
		altered[x.Part] = altered[x.Part] || x.Change == compare.Altered
	}
	for _, s := range []*seen{was, is} { // the keys of twins are counted
		for part, all := range s.numbers {
			for key := range all {
				altered[part] = altered[part] || strings.Contains(key, "#")
			}
		}
	}
	told, gone, came := map[string]string{}, map[string][]string{}, map[string][]string{}
	for _, c := range r.Cells {
		if c.Where != compare.InTable {
			continue
		}
		if c.Old == c.New {
			t.Errorf("%s: told and the same: %s", c.Name, c.Old)
		}
		if _, twice := told[c.Name]; twice && !altered[c.Part] {
			t.Errorf("%s is told twice", c.Name)
		}
		told[c.Name] = c.Old + "→" + c.New
		gone[c.Part], came[c.Part] = append(gone[c.Part], c.Old), append(came[c.Part], c.New)
	}
	for _, part := range slices.Sorted(maps.Keys(joinedKeys(was.numbers, is.numbers))) {
		x, y := was.numbers[part], is.numbers[part]
		var all, now []string
		for _, key := range slices.Sorted(maps.Keys(joinedKeys(x, y))) {
			o, n := strings.Join(x[key], ""), strings.Join(y[key], "")
			all, now = append(all, o), append(now, n)
			if want := o + "→" + n; o != n && !altered[part] && told[key] != want {
				t.Errorf("%s: %s, told %q", key, want, told[key])
			}
			if o == n && !altered[part] && told[key] != "" {
				t.Errorf("%s is %s and told as %s", key, o, told[key])
			}
		}
		left, right := difference(append(all, came[part]...), append(now, gone[part]...))
		left = slices.DeleteFunc(left, func(s string) bool { return s == "" })
		right = slices.DeleteFunc(right, func(s string) bool { return s == "" })
		if len(left)+len(right) > 0 {
			t.Errorf("%s: printed %q, told %q", part, right, left)
		}
	}
}

// heldTogether is heldNumbers for documents of two packs: of all tables together, what is printed with what is told becomes what
// is printed now.
func heldTogether(t *testing.T, r *compare.Result, was, is *seen) {
	t.Helper()
	all := func(s *seen) (out []string) {
		for _, table := range s.numbers {
			for _, list := range table {
				out = append(out, list...)
			}
		}
		return out
	}
	x, y := all(was), all(is)
	for _, c := range r.Cells {
		if c.Where == compare.InTable {
			x, y = append(x, c.New), append(y, c.Old)
		}
	}
	gone, came := difference(slices.DeleteFunc(x, empty), slices.DeleteFunc(y, empty))
	if len(gone)+len(came) > 0 {
		t.Errorf("not told: gone %q, came %q", gone, came)
	}
}

func empty(s string) bool { return s == "" }

func joinedKeys[V any](a, b map[string]V) map[string]V {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]V{}
	}
	maps.Copy(out, b)
	return out
}

// parted is where a number goes on behind the end of a piece.
var parted = regexp.MustCompile(`\d\|(?:\d|[,.]\d|%)|\d[,.]\|\d`)

// wellFormed: every effect has a cause and a place, and no number is parted.
func wellFormed(t *testing.T, r *compare.Result) {
	t.Helper()
	counts := make([]compare.Count, len(r.Causes))
	check := func(what string, causes []int, spots []compare.Spot, add func(*compare.Count)) {
		if len(causes) == 0 && len(r.Causes) > 0 {
			t.Errorf("%s has no cause", what)
		}
		if len(spots) == 0 && !strings.HasPrefix(what, "文件标题") { // which is printed on no page
			t.Errorf("%s has no place", what)
		}
		for i, n := range causes {
			if n < 1 || n > len(counts) || i > 0 && causes[i-1] >= n {
				t.Fatalf("%s has causes %v of %d", what, causes, len(counts))
			}
			add(&counts[n-1])
		}
	}
	for _, x := range r.Cells {
		check(x.Name, x.Causes, x.Spots, func(c *compare.Count) { c.Cells++ })
	}
	for _, x := range r.Sentences {
		check(fmt.Sprint(x.Part, x.Place, x.Pieces), x.Causes, x.Spots, func(c *compare.Count) { c.Sentences++ })
		for i := 1; i < len(x.Pieces); i++ {
			a, b := x.Pieces[i-1], x.Pieces[i]
			if a.Kind == b.Kind || a.Kind == compare.Same && b.Kind == compare.Same {
				t.Errorf("pieces in a row are alike: %v", x.Pieces)
			}
			if (a.Kind == compare.Same || b.Kind == compare.Same) && parted.MatchString(a.Text+"|"+b.Text) {
				t.Errorf("a number is parted: %v", x.Pieces)
			}
		}
		if joinPieces(x.Pieces, compare.New) == joinPieces(x.Pieces, compare.Gone) {
			t.Errorf("told and the same: %v", x.Pieces)
		}
	}
	for _, x := range r.Rows {
		check(x.Part+x.Name, x.Causes, x.Spots, func(c *compare.Count) { c.Rows++ })
	}
	for _, x := range r.Parts {
		check(x.Title, x.Causes, x.Spots, func(c *compare.Count) { c.Parts++ })
	}
	for i, c := range r.Causes {
		if c.Effects != counts[i] {
			t.Errorf("%s: %+v, counted %+v", c.Title, c.Effects, counts[i])
		}
	}
	if len(r.Causes) == 0 && !r.Same() && r.Old.PackSum == r.New.PackSum {
		t.Errorf("nothing is stated otherwise and something is told: %d cells, %d sentences, %d rows, %d parts", len(r.Cells), len(r.Sentences), len(r.Rows), len(r.Parts))
	}
}

// TestStrangers: departments that have nothing to do with each other, and two years of one, are told apart by the same rules.
func TestStrangers(t *testing.T) {
	s := shared(t)
	packs := s.PackNames()
	for n := range 24 {
		a, b := uint64(n), uint64(n+7)
		template := packs[n%len(packs)]
		old := departmentOf(t, s, testdept.Code(a), template, testdept.Files(a))
		new := departmentOf(t, s, testdept.Code(b), template, testdept.Files(b))
		if old.Tree == nil || new.Tree == nil {
			continue
		}
		t.Run(fmt.Sprint(n, template), func(t *testing.T) { heldAgainst(t, old, new) })
	}
	for i, a := range packs {
		for k, b := range packs[i+1:] {
			seed := uint64(i*len(packs) + k)
			old, new := departmentOf(t, s, testdept.Code(seed), a, testdept.Files(seed)), departmentOf(t, s, testdept.Code(seed), b, testdept.Files(seed))
			if old.Tree != nil && new.Tree != nil {
				t.Run(a+" "+b, func(t *testing.T) { heldAgainst(t, old, new) })
			}
		}
	}
	t.Run("units", func(t *testing.T) {
		const seed = 27 // has several
		of := func(edition string) *build.Work {
			m, dir := generated(seed)
			w, err := s.Check(build.Input{Data: m, Dir: dir, Edition: edition})
			if err != nil || w.Tree == nil {
				t.Fatal(edition, err, w.Diags.Sorted())
			}
			return w
		}
		units := of("").UnitEditions()
		for i := 1; i < len(units); i++ {
			heldAgainst(t, of(units[i-1]), of(units[i]))
		}
	})
	t.Run("years", func(t *testing.T) {
		old := work(t, "data/2025/338")
		heldAgainst(t, old, sampleWork(t))
	})
}
