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

	"yusuan/internal/testdept"
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
		fmt.Printf("yardstick (no layout)                  cpu %7.2f ms  we make %.2f documents in the time of one\n", theirs, theirs/ms(warm))
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
	fmt.Printf("cold build                             cpu %7.2f ms  %.2f warm documents\n", ms(cold), ms(cold)/ms(warm))
	const departments = 120
	for i := range departments {
		dir, files := testdept.Member(i)
		for name, text := range files {
			file := filepath.Join(tmp, "data", dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				return err
			}
			if err := os.WriteFile(file, text, 0o666); err != nil {
				return err
			}
		}
	}
	for _, jobs := range []int{1, 2, 4} {
		c := exec.Command(program, "batch", filepath.Join(tmp, "data"), "-o", filepath.Join(tmp, "out"), "--force", "--jobs", strconv.Itoa(jobs))
		start := time.Now()
		if err := c.Run(); err != nil {
			return err
		}
		took := time.Since(start)
		used := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
		peak := peakMemory(c.ProcessState)
		fmt.Printf("batch of %d, %d workers  %6.1f a second, cpu %6.2f ms each, peak %d MiB of %d allowed\n", departments, jobs,
			departments/took.Seconds(), ms(used)/departments, peak>>20, 64+16*jobs)
	}
	return nil
}
