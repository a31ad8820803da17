package e2e_test

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
	"testing"
	"time"

	"yusuan/internal/testdept"
)

// served is a program that serves a folder.
type served struct {
	t       *testing.T
	address string // good for one use
	command *exec.Cmd
	home    string // of the user, who is new to the program
	ended   chan error
	said    talk
}

// talk is what a program says, while it says it.
type talk struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *talk) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *talk) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// link is the address that the program prints.
var link = regexp.MustCompile(`http://127\.0\.0\.1:\d+/\S+`)

// serve runs `yusuan open` for a user who never ran it, and ends it with the test.
func serve(t *testing.T, args ...string) *served {
	t.Helper()
	needsBrowser(t)
	return serveAs(t, t.TempDir(), args...)
}

// serveAs does so for the user whose home it is.
func serveAs(t *testing.T, home string, args ...string) *served {
	t.Helper()
	s := &served{t: t, home: home, ended: make(chan error, 1)}
	s.command = exec.Command(shared.program, append(append([]string{"open"}, args...), "--no-browser")...)
	s.command.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"),
		"XDG_CACHE_HOME="+filepath.Join(home, "cache"), "XDG_DATA_HOME="+filepath.Join(home, "share"), "USER=出纳")
	s.command.Dir = home
	out, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.command.Stderr = &s.said
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	found := make(chan string, 1)
	go s.read(out, found)
	select {
	case s.address = <-found:
		if s.address == "" {
			t.Fatalf("yusuan open ends without an address: %s", s.said.String())
		}
	case <-time.After(patience):
		t.Fatalf("yusuan open prints no address: %s", s.said.String())
	}
	return s
}

// read hands on the address and keeps the rest.
func (s *served) read(out io.Reader, found chan<- string) {
	told := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		s.said.Write(append(lines.Bytes(), '\n'))
		if a := link.FindString(lines.Text()); a != "" && !told {
			told = true
			found <- a
		}
	}
	s.ended <- s.command.Wait()
	if !told {
		found <- ""
	}
}

// stop ends the program as Ctrl+C does and waits for it.
func (s *served) stop() {
	s.t.Helper()
	if s.command.ProcessState != nil {
		return
	}
	if runtime.GOOS == "windows" {
		s.command.Process.Kill()
	} else {
		s.command.Process.Signal(os.Interrupt)
	}
	select {
	case err := <-s.ended:
		if err != nil {
			s.t.Errorf("yusuan open ends with %v: %s", err, s.said.String())
		}
	case <-time.After(patience):
		s.command.Process.Kill()
		s.t.Errorf("yusuan open does not end: %s", s.said.String())
	}
}

// write writes files into a folder.
func write(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, raw := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// sample is a copy of the sample department, below a root as data folders are.
func sample(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "2026", "338")
	if err := os.CopyFS(dir, os.DirFS("../../data/2026/338")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// department is a department that does not exist, consistent and without errors.
func department(t *testing.T, seed uint64) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "2026", testdept.Code(seed))
	write(t, dir, testdept.Files(seed))
	return dir
}

// read is the text of a file.
func read(t *testing.T, elem ...string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// move gives a file or folder another name.
func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// remove deletes a file.
func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}
