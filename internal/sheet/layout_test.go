package sheet

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
	"yusuan/templates"
)

func packs(t *testing.T) []*pack.Pack {
	t.Helper()
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []*pack.Pack
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		out = append(out, packNamed(t, e.Name()))
	}
	if len(out) < 3 {
		t.Fatalf("%d packs only", len(out))
	}
	return out
}

// cells are the fields that have a cell, by their names, and how many.
func cells(l *Layout) map[string]int {
	out := map[string]int{}
	for _, s := range l.Sheets {
		of := "" // a form has its own of each field
		if s.Form != nil {
			of = s.Form.Kind + " "
		}
		for _, b := range s.Blocks {
			for _, c := range b.Columns {
				if c.Role == RoleField {
					out[of+c.Field.Name]++
				}
			}
			for _, x := range b.Items {
				out[of+x.Table+"."+x.Key]++
			}
		}
	}
	return out
}

// Every field of the schema has exactly one cell in the layout that reading goes by, but for those of finished documents, of
// fonts, and the unit of a file: amounts are 元. A field that is added to the schema is in the workbook, too.
func TestEveryFieldHasACell(t *testing.T) {
	for _, p := range packs(t) {
		has := cells(New(p, Everything))
		for _, table := range budget.Tables() {
			for _, f := range table.Fields {
				want := 1
				if table.Name == "" || Exempt(table.Name) {
					want = 0
				}
				ways := []string{f.Name}
				if within(table.Name, "form") {
					ways = nil
					for kind := range p.Forms {
						ways = append(ways, kind+" "+f.Name)
					}
				}
				for _, w := range ways {
					if has[w] != want {
						t.Errorf("%s: %s has %d cells, want %d", p.ID, w, has[w], want)
					}
				}
			}
		}
		for _, s := range p.Slots {
			for _, table := range []string{"text.", "unit.text."} {
				if has[table+s.Key] != 1 {
					t.Errorf("%s: text %s has no row", p.ID, table+s.Key)
				}
			}
		}
		for name, f := range p.Figures {
			for _, table := range []string{"prior.figures.", "unit.prior."} {
				if (has[table+name] == 1) != f.Prior {
					t.Errorf("%s: last year's figure %s has %d rows", p.ID, table+name, has[table+name])
				}
			}
		}
		for kind, f := range p.Forms {
			for _, x := range f.Fields {
				if has[kind+" form.fields."+x.Key] != 1 {
					t.Errorf("%s: %s of %s has no row", p.ID, x.Key, kind)
				}
			}
		}
	}
}

// A sheet, a head, the label of an item: each name means one thing where it is looked for, and is found as it is written.
func TestNamesAreFound(t *testing.T) {
	for _, p := range packs(t) {
		l := New(p, Everything)
		names := map[string]bool{}
		for i := range l.Sheets {
			s := &l.Sheets[i]
			if s.Form == nil {
				if names[s.Name] || l.Sheet(s.Name) != s {
					t.Errorf("%s: two sheets are called %s", p.ID, s.Name)
				}
				names[s.Name] = true
			}
			if n := len([]rune(s.Name)); n == 0 || n > 28 || strings.ContainsAny(s.Name, `[]:*?/\'`) {
				t.Errorf("%s: no sheet can be called %q", p.ID, s.Name)
			}
			for j := range s.Blocks {
				b := &s.Blocks[j]
				for k, c := range b.Columns {
					if b.Column(c.Head) != k || b.Column(" "+strings.TrimSuffix(c.Head, yuan)+"*") != k {
						t.Errorf("%s: %s: head %s is found at %d, not %d", p.ID, s.Name, c.Head, b.Column(c.Head), k)
					}
				}
				for k := range b.Items {
					x := &b.Items[k]
					label, part := x.Label, ""
					if x.Family != "" {
						part = "2010301"
						label += familyMark + part
					}
					if got, p2 := b.Item(label, x.OfUnit); got != x || p2 != part {
						t.Errorf("%s: %s: %s finds another item", p.ID, s.Name, label)
					}
				}
			}
		}
	}
}

// Nobody is asked for what the pack prints nowhere, but what a folder says is shown.
func TestOnlyWhatIsOfUse(t *testing.T) {
	none := func(string, string, string) bool { return false }
	for _, p := range packs(t) {
		few, all := cells(New(p, none)), cells(New(p, Everything))
		for _, must := range []string{"basic.amount", "basic.function", "project.name", "unit.code", "department.year", "carryover.in", "stated.amount"} {
			if few[must] != 1 {
				t.Errorf("%s: nothing asks for %s", p.ID, must)
			}
		}
		for name := range all {
			f := field(name)
			if few[name] == 0 && f != nil && (f.Required && p.Prints(name) || f.Kind != budget.FieldPart && p.Prints(name)) {
				t.Errorf("%s: prints %s and does not ask for it", p.ID, name)
			}
		}
		if len(few) >= len(all) {
			t.Errorf("%s: asks for everything", p.ID)
		}
		one := New(p, func(_, table, key string) bool { return table == "project" && key == "start_year" })
		if cells(one)["project.start_year"] != 1 {
			t.Errorf("%s: what a folder says has no column", p.ID)
		}
	}
}

// A form asks for what its kind prints, other kinds of the pack may print what they like. What is said anyway stands last, with a
// word that it is not printed, and its head is found with that word.
func TestFormsAskForWhatTheyPrint(t *testing.T) {
	none := func(string, string, string) bool { return false }
	absent := 0
	for _, p := range packs(t) {
		for _, l := range []*Layout{New(p, none), New(p, Everything)} {
			for _, s := range l.Sheets {
				for _, b := range s.Blocks {
					last := false
					for _, c := range b.Columns {
						if c.Role != RoleField {
							continue
						}
						if last && !c.Unprinted {
							t.Errorf("%s: in %s %s stands behind what is not printed", p.ID, s.Name, c.Head)
						}
						last = c.Unprinted
						if k := b.Column(c.shown()); k < 0 || b.Columns[k].Field != c.Field {
							t.Errorf("%s: the head %s is not found", p.ID, c.shown())
						}
						if s.Form == nil || c.Field.Steers() != "" || c.Field.Required {
							continue
						}
						prints := slices.ContainsFunc(p.Uses(), func(u *pack.Use) bool {
							return u.Form == s.Form.Kind && slices.ContainsFunc(u.Fields(), func(f string) bool { return bare(f) == c.Field.Name })
						})
						if prints == c.Unprinted {
							t.Errorf("%s: the form %s prints %s: %t, the column says otherwise", p.ID, s.Form.Kind, c.Field.Name, prints)
						}
						absent += rank(!prints)
					}
				}
			}
		}
		for name := range cells(New(p, none)) {
			if kind, f, ok := strings.Cut(name, " "); ok && field(f) != nil && field(f).Steers() == "" && !field(f).Required && !slices.ContainsFunc(p.Uses(), func(u *pack.Use) bool {
				return u.Form == kind && slices.ContainsFunc(u.Fields(), func(x string) bool { return bare(x) == f })
			}) {
				t.Errorf("%s: the form %s asks for %s, which it does not print", p.ID, kind, f)
			}
		}
	}
	if absent == 0 {
		t.Error("every form prints everything: nothing was tried")
	}
}

// bare is a use without the kind of its entry.
func bare(use string) string {
	before, rest, ok := strings.Cut(use, "[")
	if !ok {
		return use
	}
	_, after, _ := strings.Cut(rest, "]")
	return before + after
}

func field(name string) *budget.Field {
	for _, f := range budget.Fields() {
		if f.Name == name {
			return &f
		}
	}
	return nil
}

// What officers read is about sheets and rows: no word of the files, which they never see.
func TestWordsAreAboutTheWorkbook(t *testing.T) {
	files := regexp.MustCompile(`\[|\.toml|true|false|有哪些键|的键|amount|英文|一段[^一]|一段$|TOML|yusuan new|每笔一项`)
	for name := range ownWords {
		if budget.FindTable(name) == nil && field(name) == nil {
			t.Errorf("own words of %s, which the schema has not", name)
		}
	}
	for _, p := range packs(t) {
		for _, s := range New(p, Everything).Sheets {
			told := map[string]string{s.Name: s.What}
			for _, b := range s.Blocks {
				told[b.Label] = b.What
				for _, c := range b.Columns {
					if c.Field != nil {
						told[c.Field.Name] = c.Field.What
					}
				}
				for i := range b.Items {
					told[b.Items[i].Table+"."+b.Items[i].Key] = b.Items[i].told()
				}
			}
			for name, what := range told {
				if m := files.FindString(what); m != "" && !strings.Contains(what, "一段一行") {
					t.Errorf("%s: %s: %s says %q", p.ID, s.Name, name, what)
				}
			}
		}
	}
}
