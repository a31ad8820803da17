package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// compare runs the yardstick, if it is there, and prints how many of its documents one of ours costs.
func compare(dir string, warm time.Duration) error {
	if _, err := os.Stat(dir); err != nil {
		fmt.Println("no yardstick in", dir)
		return nil
	}
	c := exec.Command("go", "run", "./cmd/yardstick")
	c.Dir = dir
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("yardstick: %w", err)
	}
	line := regexp.MustCompile(`shell \+ finish.*cpu +([0-9.]+) ms`)
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		m := line.FindStringSubmatch(s.Text())
		if m == nil {
			continue
		}
		theirs, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			return err
		}
		fmt.Printf("yardstick (no layout)                  cpu %7.2f ms  we make %.2f documents in the time of one, at least 1: %s\n", theirs, theirs/ms(warm), met(theirs >= ms(warm)))
		return nil
	}
	return fmt.Errorf("the yardstick printed no line that is known:\n%s", out)
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
	return nil
}

// met says whether a target is met.
func met(ok bool) string {
	if ok {
		return "met"
	}
	return "NOT MET"
}
