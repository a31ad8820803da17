package renew

import (
	"bytes"
	"slices"
	"strings"

	"yusuan/internal/budget"
	"yusuan/internal/pack"
	"yusuan/internal/source"
)

// onlyUsed leaves out the texts that the pack prints nowhere: nobody is asked for what is of no use. Amounts are asked for
// anyway, since sums are made of them, their unit, and what has another purpose than being printed.
func onlyUsed(p *pack.Pack, f File) File {
	parsed, _ := source.Parse(f.Path, f.Data)
	if !strings.HasSuffix(f.Path, ".toml") || parsed == nil {
		return f
	}
	out := f.Data
	leaves := parsed.Leaves()
	for i := len(leaves) - 1; i >= 0; i-- {
		l := &leaves[i]
		field := strings.Join(l.Path, ".")
		if !l.Text || l.Inline || field == source.AmountUnit || budget.Steers(field) != "" || strings.HasSuffix(field, ".amount") || p.Prints(field) {
			continue
		}
		from := bytes.LastIndexByte(out[:l.Start], '\n') + 1
		to := len(out)
		if n := bytes.IndexByte(out[l.End:], '\n'); n >= 0 {
			to = l.End + n + 1
		}
		out = append(out[:from:from], out[to:]...)
	}
	return File{f.Path, out}
}

// usedLists leaves out of the lists of a form the fields that no form of the pack prints, and says of those that some forms do
// not print which do. A list that none prints is left out as a whole.
func usedLists(p *pack.Pack, text string) string {
	var out, block []string
	list, printed := "", true
	end := func() {
		if printed {
			out = append(out, block...)
		}
		list, block, printed = "", nil, true
	}
	for line := range strings.Lines(text) {
		if header, ok := strings.CutPrefix(line, "[[form."); ok {
			end()
			list, _, _ = strings.Cut(header, "]]")
			kinds := formsOf(p, list, "")
			if printed = len(kinds) > 0; len(kinds) < len(p.Forms) && strings.Contains(line, "#") {
				line = only(line, kinds)
			}
		} else if strings.HasPrefix(line, "```") {
			end()
		}
		key, _, value := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		kinds, all := formsOf(p, list, key), formsOf(p, list, "")
		switch {
		case list == "" || !value || budget.Steers("form."+list+"."+key) != "":
		case len(kinds) == 0:
			continue
		case len(kinds) < len(all):
			line = only(line, kinds)
		}
		block = append(block, line)
	}
	end()
	return strings.Join(out, "")
}

// only says at the end of a line which forms print what it is about.
func only(line string, kinds []string) string {
	return strings.TrimSuffix(line, "\n") + "；只有" + strings.Join(kinds, "、") + "印\n"
}

// formsOf are the forms of the pack that print a field of a list, or with no key any field of it.
func formsOf(p *pack.Pack, list, key string) (kinds []string) {
	for _, u := range p.Uses() {
		for _, f := range u.Fields() {
			of, k, _ := strings.Cut(strings.TrimPrefix(f, "form."), ".")
			of, _, _ = strings.Cut(of, "[")
			if u.Form != "" && of == list && (key == "" || k == key) && !slices.Contains(kinds, u.Form) {
				kinds = append(kinds, u.Form)
			}
		}
	}
	return kinds
}
