package imports

import (
	"regexp"
	"slices"
	"strings"

	"yusuan/internal/character"
	"yusuan/internal/classify"
)

// codes are the codes of one classification, by their names too.
type codes struct {
	tree   *classify.Tree
	all    *classify.Catalogue
	is     bool // functional
	byName map[string][]string
}

func newCodes(tree *classify.Tree, all *classify.Catalogue, functional bool) codes {
	c := codes{tree, all, functional, map[string][]string{}}
	for _, code := range tree.Codes() {
		n, _ := tree.Name(code)
		n = plain(n)
		c.byName[n] = append(c.byName[n], code)
	}
	return c
}

// named are the codes that have a name.
func (c *codes) named(plainName string) []string { return c.byName[plainName] }

// name is the name of a code, "" where it is not known.
func (c *codes) name(code string) string {
	if c.tree == nil {
		return ""
	}
	n, _ := c.tree.Name(code)
	return n
}

// agree reports whether a name is one that a code has or had.
func (c *codes) agree(code, name string) bool {
	known := c.name(code)
	if known == "" || name == "" || classify.SameName(known, name) {
		return true
	}
	return slices.ContainsFunc(c.all.NamesOf(c.is, code), func(s classify.Since) bool { return classify.SameName(s.Name, name) })
}

var (
	codeFirst = regexp.MustCompile(`^[\[(（【]?(\d[\d.]*)[\])）】]?\s*[-_—–:：|、.]*\s*(.*)$`)
	codeLast  = regexp.MustCompile(`^(.*\D)\s*[(（【\[]\s*(\d+)\s*[)）】\]]$`)
)

// both parts a text into code and name: 2010301 行政运行, 2010301-行政运行, 行政运行（2010301）, each alone. Of a path
// 201-…/20103-…/2010301-行政运行 it is the last piece.
func both(text string) (code, name string) {
	s := strings.TrimSpace(character.Fold(text))
	if i := strings.LastIndexAny(s, `/\>`); i >= 0 && i+1 < len(s) && s[:1] >= "0" && s[:1] <= "9" {
		s = strings.TrimSpace(s[i+1:])
	}
	if m := codeLast.FindStringSubmatch(s); m != nil {
		return m[2], strings.TrimSpace(m[1])
	}
	if m := codeFirst.FindStringSubmatch(s); m != nil {
		code = strings.TrimSuffix(m[1], ".0")
		if strings.ContainsRune(code, '.') {
			code = strings.ReplaceAll(code, ".", "")
		}
		return code, strings.TrimSpace(m[2])
	}
	return "", s
}

// pieces puts together a code of columns 类, 款, 项, each of which may repeat those before it. A missing piece is that of the row
// above, as far as the pieces to its left are, too.
func pieces(parts [3]string, above string) string {
	code := ""
	if parts[0] == "" && (parts[1] != "" || parts[2] != "") && len(above) >= 3 {
		code = above[:3]
	}
	for i, p := range parts {
		p, _ = both(p)
		width := 3 + 2*i
		switch {
		case p == "" && i == 1 && parts[2] != "" && len(above) >= 5 && strings.HasPrefix(above, code):
			code = above[:5]
		case p == "":
		case i == 0, len(p) >= width && strings.HasPrefix(p, code):
			code = p
		case len(p) == 1:
			code += "0" + p
		default:
			code += p
		}
	}
	return code
}

// units are the units that names and codes of exports may mean.
type units struct {
	list []UnitName
}

func (u *units) learn(list []UnitName) {
	for _, x := range list {
		if x.Code == "" && x.Name == "" {
			continue
		}
		if !slices.ContainsFunc(u.list, func(o UnitName) bool { return o.Code == x.Code && plain(o.Name) == plain(x.Name) }) {
			u.list = append(u.list, x)
		}
	}
}

// code is the code of a unit that is known by its name alone, "" where none or several have it.
func (u *units) code(name string) string {
	found := ""
	for _, x := range u.list {
		if plain(x.Name) == plain(name) && x.Code != "" && x.Code != found {
			if found != "" {
				return ""
			}
			found = x.Code
		}
	}
	return found
}

// padded is a code with the leading zeros that it lost as a number: the known code that it is then, or else one as long as all
// known codes that begin with 0.
func (u *units) padded(code string) (string, bool) {
	found, width := "", 0
	for _, x := range u.list {
		switch {
		case x.Code == "":
		case x.Code == code:
			return code, false
		case len(x.Code) > len(code) && strings.TrimLeft(x.Code, "0") == strings.TrimLeft(code, "0"):
			found = x.Code
		case x.Code[0] == '0' && (width == 0 || width == len(x.Code)):
			width = len(x.Code)
		case x.Code[0] == '0':
			width = -1
		}
	}
	switch {
	case found != "":
		return found, true
	case code != "" && len(code) == width-1 && strings.Trim(code, "0123456789") == "":
		return "0" + code, true
	}
	return code, false
}
