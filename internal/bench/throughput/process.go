package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// yardstick is the program to compare with; the zero value when there is none.
type yardstick struct{ program, dir string }

// newYardstick compiles the program of a folder, if it is there.
func newYardstick(dir string) (y yardstick, err error) {
	if _, err := os.Stat(dir); err != nil {
		fmt.Println("no yardstick in", dir)
		return y, nil
	}
	tmp, err := os.MkdirTemp("", "yardstick")
	if err != nil {
		return y, err
	}
	y = yardstick{filepath.Join(tmp, "yardstick"), dir}
	c := exec.Command("go", "build", "-o", y.program, "./cmd/yardstick")
	c.Dir = dir
	if msg, err := c.CombinedOutput(); err != nil {
		y.remove()
		return y, fmt.Errorf("yardstick: %w\n%s", err, msg)
	}
	return y, nil
}

func (y yardstick) remove() {
	if y.program != "" {
		_ = os.RemoveAll(filepath.Dir(y.program)) // it lies in a folder for what is temporary
	}
}

// measure runs the program and returns the CPU time of its document, 0 when there is no program.
func (y yardstick) measure() (time.Duration, error) {
	if y.program == "" {
		return 0, nil
	}
	c := exec.Command(y.program)
	c.Dir = y.dir
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return 0, fmt.Errorf("yardstick: %w", err)
	}
	m := regexp.MustCompile(`shell \+ finish.*cpu +([0-9.]+) ms`).FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("the yardstick printed no line that is known:\n%s", out)
	}
	v, err := strconv.ParseFloat(string(m[1]), 64)
	return time.Duration(v * float64(time.Millisecond)), err
}

// processes measures whole processes: a cold build, and the memory of batches.
func processes(rounds int, warm time.Duration) error {
	tmp, err := os.MkdirTemp("", "throughput")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	program := filepath.Join(tmp, "yusuan")
	if msg, err := exec.Command("go", "build", "-trimpath", "-o", program, "./cmd/yusuan").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, msg)
	}
	var cold time.Duration
	for range rounds + 2 {
		c := exec.Command(program, "build", sample, "-o", filepath.Join(tmp, "a.pdf"))
		if err := c.Run(); err != nil {
			return err
		}
		if d := c.ProcessState.UserTime() + c.ProcessState.SystemTime(); cold == 0 || d < cold {
			cold = d
		}
	}
	fmt.Printf("cold build                             cpu %7.2f ms  %.2f warm documents, at most 4: %s\n", ms(cold), ms(cold)/ms(warm), met(cold <= 4*warm))
	const departments = 400
	data, out := filepath.Join(tmp, "data"), filepath.Join(tmp, "out")
	if msg, err := exec.Command("go", "run", "./internal/bench/district", strconv.Itoa(departments), data).CombinedOutput(); err != nil {
		return fmt.Errorf("district: %w\n%s", err, msg)
	}
	for _, jobs := range []int{1, 2, 4} {
		c := exec.Command(program, "batch", data, "-o", out, "--force", "--jobs", strconv.Itoa(jobs))
		start := time.Now()
		if err := c.Run(); err != nil {
			return err
		}
		took := time.Since(start)
		used := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
		peak := peakMemory(c.ProcessState)
		fmt.Printf("batch of %d, %d workers  %6.1f a second, cpu %6.2f ms each, peak %d MiB, at most %d: %s\n", departments, jobs,
			departments/took.Seconds(), ms(used)/departments, peak>>20, 64+16*jobs, met(peak <= int64(64+16*jobs)<<20))
	}
	c := exec.Command(program, "batch", data, "-o", out)
	start := time.Now()
	if err := c.Run(); err != nil {
		return err
	}
	took := time.Since(start)
	fmt.Printf("the same %d again, nothing changed     %.2f s, less than 1: %s\n", departments, took.Seconds(), met(took < time.Second))
	return inAllForms(program, data, out, departments)
}

// met says whether a target is met.
func met(ok bool) string {
	if ok {
		return "met"
	}
	return "NOT MET"
}
