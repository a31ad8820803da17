// Command release packs the program for each system: an archive with the program, the guide for its users with what that links
// to, and the licence texts of every font and library inside. The same commit gives the same bytes.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/cli"
)

// systems are those that the program is packed for.
var systems = []string{"windows/amd64", "windows/arm64", "linux/amd64", "linux/arm64", "linux/loong64", "darwin/arm64", "darwin/amd64"}

// sums is the list of the archives' SHA-256, in the form of sha256sum.
const sums = "SHA256SUMS"

func main() {
	out := flag.String("o", "build/release", "folder for the archives")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: release [-o FOLDER] [OS/ARCH...]   from the project's folder; all systems when none is given")
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := release(".", *out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release writes the archives for the systems, all when none is given, and the list of their sums.
func release(root, out string, targets []string) error {
	if len(targets) == 0 {
		targets = systems
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	at := committed(root)
	var list strings.Builder
	for _, target := range targets {
		name, raw, err := pack(root, target, at)
		if err != nil {
			return fmt.Errorf("%s: %w", target, err)
		}
		if err := os.WriteFile(filepath.Join(out, name), raw, 0o666); err != nil {
			return err
		}
		fmt.Printf("%s  %d bytes\n", name, len(raw))
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(raw), name)
	}
	return os.WriteFile(filepath.Join(out, sums), []byte(list.String()), 0o666)
}

// pack makes the archive for one system.
func pack(root, target string, at time.Time) (name string, raw []byte, err error) {
	goos, arch, ok := strings.Cut(target, "/")
	if !ok {
		return "", nil, fmt.Errorf("a system is OS/ARCH")
	}
	program, err := compile(root, goos, arch)
	if err != nil {
		return "", nil, err
	}
	files := []file{program}
	for _, more := range []func() ([]file, error){
		func() ([]file, error) { return guide(root) },
		func() ([]file, error) { return licences(root, goos, arch) },
	} {
		list, err := more()
		if err != nil {
			return "", nil, err
		}
		files = append(files, list...)
	}
	folder := fmt.Sprintf("yusuan-%s-%s-%s", cli.Version, goos, arch)
	for i := range files {
		files[i].name = path.Join(folder, files[i].name)
	}
	if goos == "windows" {
		raw, err = zipped(files, at)
		return folder + ".zip", raw, err
	}
	raw, err = tarred(files, at)
	return folder + ".tar.gz", raw, err
}

// compile makes the program for a system, with the revision of the commit inside.
func compile(root, goos, arch string) (file, error) {
	dir, err := os.MkdirTemp("", "yusuan-release-")
	if err != nil {
		return file{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	name := "yusuan"
	if goos == "windows" {
		name += ".exe"
	}
	made := filepath.Join(dir, name)
	c := forSystem(root, goos, arch, "build", "-trimpath", "-buildvcs=auto", "-ldflags", "-s -w -buildid=", "-o", made, "./cmd/yusuan")
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return file{}, fmt.Errorf("go build: %w", err)
	}
	raw, err := os.ReadFile(made)
	return file{name, raw, true}, err
}

// forSystem is a run of the Go command for a system, without C, whose libraries would have to be there.
func forSystem(root, goos, arch string, args ...string) *exec.Cmd {
	c := exec.Command("go", args...)
	c.Dir = root
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+arch)
	return c
}

// committed is when the commit was made: the time of all files, so that none depends on when they were packed. Without git it
// is the first time that a zip file can tell.
func committed(root string) time.Time {
	c := exec.Command("git", "log", "-1", "--format=%ct")
	c.Dir = root
	out, err := c.Output()
	seconds, notANumber := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	if err != nil || notANumber != nil {
		return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Unix(seconds, 0).UTC()
}
