package testofd

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"
)

//go:embed elements.tsv
var elements string

// element is a type of the table.
type element struct {
	attrs []typed
	model *regexp.Regexp    // over the names of the children, each with a blank behind
	kids  map[string]string // their types by their names
	text  string            // the type of its text, "" when it holds none
}

type typed struct {
	name, kind string
	optional   bool
}

var childName = regexp.MustCompile(`([A-Za-z]+)(?::([A-Za-z]+(?:\.[A-Za-z]*)?))?`)

// table reads the table of elements.
func table() map[string]*element {
	out := map[string]*element{}
	content, bases, own := map[string]string{}, map[string]string{}, map[string][]typed{}
	for line := range strings.Lines(elements) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 || out[f[0]] != nil {
			panic("elements.tsv: not four columns, or twice: " + line)
		}
		e := &element{kids: map[string]string{}}
		for _, a := range strings.Fields(f[2]) {
			name, kind, _ := strings.Cut(a, ":")
			bare := strings.TrimSuffix(name, "?")
			own[f[0]] = append(own[f[0]], typed{bare, kind, bare != name})
		}
		out[f[0]], bases[f[0]], content[f[0]] = e, f[1], f[3]
	}
	for name, e := range out {
		model := ""
		for at := name; at != ""; at = bases[at] { // what it extends comes first
			e.attrs = append(e.attrs, own[at]...)
			model = content[at] + model
		}
		if text, ok := strings.CutPrefix(model, "="); ok {
			e.text, model = text, ""
		}
		for _, m := range childName.FindAllStringSubmatch(model, -1) {
			e.kids[m[1]] = cmp.Or(m[2], m[1])
		}
		model = childName.ReplaceAllString(model, "(?:$1;)")
		e.model = regexp.MustCompile("^" + strings.ReplaceAll(model, " ", "") + "$")
	}
	return out
}

// walk holds an element and all in it against the table.
func (c *checker) walk(at place, n *node, kind string) {
	e := c.table[kind]
	if e == nil {
		c.leaf(at, n, kind)
		return
	}
	at.offset = n.offset
	if kind == "PageEntry" {
		at.page, _ = n.get("ID")
	}
	c.attributes(at, n, e)
	if e.text != "" {
		c.value(at, n.name, n.text, e.text)
	} else if strings.TrimSpace(n.text) != "" {
		c.say(Element, at.entry, n.offset, "%s holds the text %.20q", n.name, n.text)
	}
	names := ""
	for _, k := range n.kids {
		names += k.name + ";"
	}
	if !e.model.MatchString(names) {
		c.say(Element, at.entry, n.offset, "%s holds %s", n.name, names)
	}
	c.before(at, n, kind)
	for _, k := range n.kids {
		if next, ok := e.kids[k.name]; ok {
			c.walk(at, k, next)
		}
	}
	c.after(at, n, kind)
}

// leaf is an element that is nothing but a value.
func (c *checker) leaf(at place, n *node, kind string) {
	at.offset = n.offset
	if base, _, _ := strings.Cut(kind, "."); c.simple[base] == nil {
		c.say(Element, at.entry, n.offset, "%s is nothing that this program writes", n.name)
		return
	}
	if len(n.kids) > 0 || len(n.attrs) > 0 {
		c.say(Element, at.entry, n.offset, "%s holds more than a value", n.name)
	}
	c.value(at, n.name, n.text, kind)
}

func (c *checker) attributes(at place, n *node, e *element) {
	for _, a := range e.attrs {
		v, ok := n.get(a.name)
		switch {
		case ok:
			c.value(at, n.name+"/"+a.name, v, a.kind)
			if a.kind == "id" {
				c.newID(at, n.name, v)
			}
		case !a.optional:
			c.say(Attribute, at.entry, n.offset, "%s has no %s", n.name, a.name)
		}
	}
	for _, a := range n.attrs {
		if a.prefix == "" && !slices.ContainsFunc(e.attrs, func(t typed) bool { return t.name == a.name }) {
			c.say(Attribute, at.entry, n.offset, "%s has %s", n.name, a.name)
		}
	}
}

// value holds a value against its type, and follows those that lead elsewhere.
func (c *checker) value(at place, what, v, kind string) {
	if list, ok := strings.CutPrefix(kind, "="); ok {
		if !slices.Contains(strings.Split(list, "|"), v) {
			c.say(Value, at.entry, at.offset, "%s is %q, none of %s", what, v, list)
		}
		return
	}
	base, of, _ := strings.Cut(kind, ".")
	if !c.simple[base].MatchString(v) {
		c.say(Value, at.entry, at.offset, "%s is %.40q, no %s", what, v, base)
		return
	}
	switch base {
	case "ref":
		c.refs = append(c.refs, reference{at, what, v, of})
	case "loc":
		c.follow(at, what, v, of)
	case "res":
		at.folder = c.resFolder
		c.follow(at, what, v, "")
	}
}
