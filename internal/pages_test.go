package internal_test

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pageLink is a link of a page of ours to something that stands beside it.
var pageLink = regexp.MustCompile(`\]\(([^)#:]+)\)`)

// TestPagesLeadSomewhere: what the pages for people link to is there.
func TestPagesLeadSomewhere(t *testing.T) {
	links := 0
	err := filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (strings.HasPrefix(e.Name(), ".") && e.Name() != ".." || e.Name() == "build" && filepath.Dir(name) == "..") {
			return fs.SkipDir
		}
		if filepath.Ext(name) != ".md" {
			return nil
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, m := range pageLink.FindAllStringSubmatch(string(raw), -1) {
			links++
			to, err := url.PathUnescape(m[1])
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(to))); err != nil {
				t.Errorf("%s leads to %s, which is not there", name, to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if links < 15 {
		t.Errorf("%d links found", links)
	}
}

// TestFirstPageIsShort: the first page is read at one sitting.
func TestFirstPageIsShort(t *testing.T) {
	raw, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(raw), "\n"); n > 150 {
		t.Errorf("README.md has %d lines", n)
	}
}
