package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yusuan/internal/web"
)

// TestSharesAreNotWanderedInto: wandering about folders touches no machine of the network that nobody opened anything of: it would
// be sent who asks.
func TestSharesAreNotWanderedInto(t *testing.T) {
	for dir, want := range map[string]string{
		`\\host\share\338`: `\\host\share`, `//HOST/Share`: `\\host\share`, `\/host/share/x`: `\\host\share`, ` \\host\share `: `\\host\share`,
		`\\host`: `\\host`, `\\?\UNC\host\share\x`: "", `//./pipe/x`: "",
		`C:\data`: "", `/home/x`: "", `\x`: "", ``: "",
	} {
		if got := shareOf(dir); got != want {
			t.Errorf("%s is on %q, want %q", dir, got, want)
		}
	}
	known := &recents{file: filepath.Join(t.TempDir(), "recent.json"), now: time.Now}
	home := homeWorld(known)
	for _, dir := range []string{`\\host\share\338`, `//host/share`} {
		if _, err := home.Browse(dir); err == nil || !strings.Contains(err.Error(), "还没有打开过") {
			t.Errorf("%s was looked at: %v", dir, err)
		}
	}
	for _, dir := range []string{`\\?\UNC\host\share\x`, `//?/UNC/host/share`, `\??\UNC\host\share`, `//./C:/`} {
		for _, look := range []func(string) (*web.Place, error){home.Browse, home.Look} {
			if _, err := look(dir); err == nil || !strings.Contains(err.Error(), "不是完整的路径") {
				t.Errorf("%s was looked at: %v", dir, err)
			}
		}
	}
	if err := known.remember(`\\HOST\share\2026\338`, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := home.Browse(`\\host\share`); err == nil || strings.Contains(err.Error(), "还没有打开过") {
		t.Errorf("a share that is in use cannot be looked at: %v", err)
	}
}
