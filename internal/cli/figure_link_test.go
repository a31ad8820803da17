package cli

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestFigureByLink: what a browser shows of a number's place in a page is asked for as it is, and answered as its name is.
func TestFigureByLink(t *testing.T) {
	dir := department(t, clean)
	page := filepath.Join(t.TempDir(), "公开.html")
	if code, stdout, stderr := run("build", dir, "-o", page); code != exitGood {
		t.Fatal(stdout, stderr)
	}
	name := ""
	for _, id := range numbersOf(t, page) {
		if u, err := url.Parse("#" + id); err == nil && u.EscapedFragment() != id { // with a word of Chinese
			name = id
			break
		}
	}
	code, want, stderr := run("figure", dir, name)
	if code != exitGood {
		t.Fatal(name, stderr)
	}
	for _, link := range []string{"公开.html#" + name, "file:///D:/公开/%E5%85%AC%E5%BC%80.html#" + url.PathEscape(name), "https://www.example.gov.cn/a/公开.HTML#" + name} {
		if code, got, stderr := run("figure", dir, link); code != exitGood || got != want {
			t.Errorf("%s: code %d %s%s, want %s", link, code, got, stderr, want)
		}
	}
}

// numbersOf are the names of the numbers of a page.
func numbersOf(t *testing.T, page string) (out []string) {
	t.Helper()
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`data-figure="([^"]+)"`).FindAllSubmatch(raw, -1) {
		out = append(out, string(m[1]))
	}
	return out
}
