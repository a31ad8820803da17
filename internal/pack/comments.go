package pack

import (
	"bytes"
	"path"

	"yusuan/internal/source"
)

// StripComments returns a file of a pack without what its author noted beside it: comments of TOML, and of placeholders in
// its texts. Line breaks stay, and so do the empty marks of a placeholder's comment, which may trim blanks around them:
// the pack says what it said. What has been stripped stays as it is.
func StripComments(name string, raw []byte) []byte {
	if path.Ext(name) != ".toml" {
		return stripPlaceholders(raw, false)
	}
	raw = source.StripComments(name, raw)
	f, diags := source.Parse(name, raw)
	if diags.HasErrors() || !bytes.Equal(f.Source, raw) {
		return raw
	}
	var out []byte
	at := 0
	for _, s := range f.Stretches() {
		basic := s.Start > 0 && raw[s.Start-1] == '"' // in which quotation marks of placeholders are escaped
		out = append(append(out, raw[at:s.Start]...), stripPlaceholders(raw[s.Start:s.End], basic)...)
		at = s.End
	}
	return append(out, raw[at:]...)
}

// stripPlaceholders empties the comments between {{ and }}. It reads placeholders as text/template does: what stands in
// quotation marks is no comment.
func stripPlaceholders(s []byte, escaped bool) []byte {
	var out []byte
	for {
		open := bytes.Index(s, []byte("{{"))
		if open < 0 {
			return append(out, s...)
		}
		inside := open + 2
		if bytes.HasPrefix(s[inside:], []byte("- ")) || bytes.HasPrefix(s[inside:], []byte("-\n")) {
			inside += 2
		}
		if !bytes.HasPrefix(s[inside:], []byte("/*")) {
			end := inside + placeholderEnd(s[inside:], escaped)
			out, s = append(out, s[:end]...), s[end:]
			continue
		}
		end := bytes.Index(s[inside:], []byte("*/"))
		if end < 0 {
			return append(out, s...)
		}
		out = append(out, s[:inside+2]...)
		for range bytes.Count(s[inside:inside+end], []byte("\n")) {
			out = append(out, '\n')
		}
		s = s[inside+end:]
	}
}

// placeholderEnd is where the placeholder that s begins in ends, past its braces.
func placeholderEnd(s []byte, escaped bool) int {
	quote := byte(0)
	for i := 0; i < len(s); {
		c, n := s[i], 1
		if escaped && c == '\\' && i+1 < len(s) { // of TOML: what stands for one character
			c, n = s[i+1], 2
		}
		switch {
		case quote == 0 && bytes.HasPrefix(s[i:], []byte("}}")):
			return i + 2
		case quote == 0 && (c == '"' || c == '`' || c == '\''):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0 && quote != '`' && c == '\\': // of the placeholder
			if i += n; escaped && i < len(s) && s[i] == '\\' {
				n = 2
			} else {
				n = 1
			}
		}
		i += n
	}
	return len(s)
}
