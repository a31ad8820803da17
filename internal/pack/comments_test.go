package pack

import (
	"bytes"
	"strings"
	"testing"
)

// TestStripComments: what an author noted goes, what the pack says stays, and so do its lines.
func TestStripComments(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"p/pack.toml", "# 张三\n[pack] # 草稿\nname = \"甲#乙\"\n", "\n[pack]\nname = \"甲#乙\"\n"},
		{"p/pack.toml", "t = \"甲{{/* 张三 */}}乙\"\n", "t = \"甲{{/**/}}乙\"\n"},
		{"p/pack.toml", "t = \"{{amount \\\"total\\\"}}{{/* 张三 */}}\" # 草稿\n", "t = \"{{amount \\\"total\\\"}}{{/**/}}\"\n"},
		{"p/pack.toml", "t = '{{amount \"total\"}}{{/* 张三 */}}'\n", "t = '{{amount \"total\"}}{{/**/}}'\n"},
		{"p/pack.toml", "t = \"\"\"\n{{- /* 张三\n李四 */ -}}\n甲\"\"\"\n", "t = \"\"\"\n{{- /*\n*/ -}}\n甲\"\"\"\n"},
		{"p/pack.toml", "t = \"{{/* 没有完 \"\n", "t = \"{{/* 没有完 \"\n"},
		{"p/pack.toml", "t = \"{{print \\\"a\\\\\\\"{{/* 字 */}}\\\"}}\"\n", "t = \"{{print \\\"a\\\\\\\"{{/* 字 */}}\\\"}}\"\n"},
		{"p/prose/a.tmpl", "# 标题\n{{/* 张三\r\n李四 */}}{{if .X}}甲{{end}}\n", "# 标题\n{{/*\n*/}}{{if .X}}甲{{end}}\n"},
		{"p/prose/a.tmpl", "{{print \"{{/* 字 */}}\"}}{{print `}}{{/* 字 */}}`}}{{/*张三*/}}", "{{print \"{{/* 字 */}}\"}}{{print `}}{{/* 字 */}}`}}{{/**/}}"},
		{"p/prose/a.tmpl", "{{print \"\\\"{{/* 字 */}}\"}}", "{{print \"\\\"{{/* 字 */}}\"}}"},
		{"p/prose/a.tmpl", "甲 /* 字 */ 乙 {{ 没有完", "甲 /* 字 */ 乙 {{ 没有完"},
	} {
		got := StripComments(c.name, []byte(c.raw))
		if string(got) != c.want {
			t.Errorf("%q became %q, want %q", c.raw, got, c.want)
		}
		if strings.Count(string(got), "\n") != strings.Count(c.raw, "\n") || !bytes.Equal(StripComments(c.name, got), got) {
			t.Errorf("%q: other lines, or another file when stripped twice", c.raw)
		}
	}
}
