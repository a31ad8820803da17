//go:build linux

// Command scale runs a batch of many departments as a process of its own, watches its memory, and projects what it
// measured on a country's documents. It needs Linux, whose /proc tells the resident size:
//
//	go run ./internal/bench/scale -n 10000 -csv build/scale.csv
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// country is how many departments and units publish a budget.
const country = 200_000

func main() {
	var o options
	flag.IntVar(&o.n, "n", 10_000, "departments")
	flag.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "workers")
	flag.IntVar(&o.machines, "machines", 50, "machines of the sharded job that is projected")
	flag.StringVar(&o.csv, "csv", "", "file for all samples")
	flag.StringVar(&o.dir, "dir", "", "folder for data and documents, kept; without it they are removed")
	flag.Parse()
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type options struct {
	n, jobs, machines int
	csv, dir          string
}

func (o *options) run() error {
	dir := o.dir
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "scale"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	data, out, program := filepath.Join(dir, "data"), filepath.Join(dir, "out"), filepath.Join(dir, "yusuan")
	for _, args := range [][]string{
		{"run", "./internal/bench/district", strconv.Itoa(o.n), data},
		{"build", "-trimpath", "-o", program, "./cmd/yusuan"},
	} {
		if msg, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("go %v: %w\n%s", args, err, msg)
		}
	}
	batch := func() *exec.Cmd {
		return exec.Command(program, "batch", data, "-o", out, "--jobs", strconv.Itoa(o.jobs))
	}
	first, err := watch(batch(), filepath.Join(out, ".yusuan", "manifest.jsonl"))
	if err != nil {
		return err
	}
	if o.csv != "" {
		if err := writeCSV(o.csv, first.samples); err != nil {
			return err
		}
	}
	size, err := sizeOf(out)
	if err != nil {
		return err
	}
	again, err := watch(batch(), os.DevNull)
	if err != nil {
		return err
	}
	o.print(first, again, size)
	return nil
}

// watched is a process that ran.
type watched struct {
	samples    []sample
	wall, cpu  time.Duration
	peak       int64 // bytes
	anon, file int64 // KiB, the largest seen
}

// sample is what the process held at a moment, in KiB.
type sample struct {
	at              time.Duration
	documents       int
	rss, anon, file int64
}

// watch runs the process and looks at it five times a second.
func watch(c *exec.Cmd, manifest string) (*watched, error) {
	c.Stderr = os.Stderr
	w := &watched{}
	start := time.Now()
	if err := c.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error)
	go func() { ended <- c.Wait() }()
	lines := lineCounter{name: manifest}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			w.wall = time.Since(start)
			w.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
			if r, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
				w.peak = int64(r.Maxrss) << 10
			}
			return w, err
		case <-tick.C:
			if s, ok := look(c.Process.Pid); ok {
				s.at, s.documents = time.Since(start), lines.count()
				w.samples = append(w.samples, s)
				w.anon, w.file = max(w.anon, s.anon), max(w.file, s.file)
			}
		}
	}
}

func writeCSV(name string, samples []sample) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	rows := [][]string{{"seconds", "documents", "resident_kib", "anonymous_kib", "file_kib"}}
	for _, s := range samples {
		rows = append(rows, []string{fmt.Sprintf("%.1f", s.at.Seconds()), strconv.Itoa(s.documents), fmt.Sprint(s.rss), fmt.Sprint(s.anon), fmt.Sprint(s.file)})
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return f.Close()
}

func sizeOf(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}
