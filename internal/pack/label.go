package pack

import (
	"text/template/parse"
)

// mostVariants bounds how many texts a label may be told to print; of what has more, all is a hole.
const mostVariants = 64

// Variants are the texts that a template may print, one for each way through its conditions: pieces of literal text, between
// them what the data fill in. Who finds such a text on paper leads it back by them. A text without placeholders is its own.
func (s Snippet) Variants() [][]string {
	if s.variants == nil {
		return [][]string{{s.Literal}}
	}
	return s.variants
}

// variantsOf are those of a template, none of one that could not be read.
func variantsOf(t *parse.Tree) [][]string {
	if t == nil || t.Root == nil {
		return nil
	}
	return variants([][]string{{""}}, t.Root)
}

// variants goes on with texts so far through what a template says next.
func variants(so [][]string, list *parse.ListNode) [][]string {
	if list == nil {
		return so
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			so = extended(so, func(v []string) []string {
				v[len(v)-1] += string(n.Text)
				return v
			})
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 { // else it prints nothing
				so = extended(so, filled)
			}
		case *parse.IfNode:
			so = append(variants(so, n.List), variants(so, n.ElseList)...)
		case *parse.WithNode:
			so = append(variants(so, n.List), variants(so, n.ElseList)...)
		case *parse.CommentNode:
		default: // what repeats or stands elsewhere may print anything
			so = extended(so, filled)
		}
		if len(so) > mostVariants {
			return [][]string{{"", ""}}
		}
	}
	return so
}

// extended are texts with something behind them, made anew: the branches of a condition begin with the same.
func extended(so [][]string, more func([]string) []string) [][]string {
	out := make([][]string, len(so))
	for i, v := range so {
		out[i] = more(append([]string(nil), v...))
	}
	return out
}

func filled(v []string) []string {
	if len(v) > 1 && v[len(v)-1] == "" {
		return v
	}
	return append(v, "")
}
