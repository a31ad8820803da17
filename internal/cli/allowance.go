package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// allowance is what verifying one file may take. What a file of a stranger holds is read within bounds that grow with its
// size, but the data and the template in it are worked on like any others, and that may take longer than anybody waits.
type allowance struct {
	cpu    time.Duration
	memory uint64
	every  time.Duration // between two looks
}

// allowanceFor is the allowance of a file of so many bytes: ten seconds and half a gigabyte up to five megabytes, then in
// proportion.
func allowanceFor(size int) allowance {
	const full = 5 << 20
	parts := uint64(max(size, full)) / (full / 64) // in 64ths
	return allowance{cpu: time.Duration(parts) * 9500 * time.Millisecond / 64, memory: parts * (440 << 20) / 64, every: 20 * time.Millisecond}
}

// run does the work, or returns why it was given up. Work that was given up goes on until the process ends.
func (a allowance) run(work func()) (why string) {
	before := debug.SetMemoryLimit(int64(a.memory) * 7 / 8) // the collector works harder before anything is given up
	defer debug.SetMemoryLimit(before)
	start := cpuTime()
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		work()
	}()
	look := time.NewTicker(a.every)
	defer look.Stop()
	for {
		select {
		case fault := <-done:
			if fault != nil {
				panic(fault) // where the caller's deferred functions see it
			}
			return ""
		case <-look.C:
		}
		if cpuTime()-start > a.cpu {
			return fmt.Sprintf("已用了 %d 秒", int64(a.cpu.Round(time.Second)/time.Second))
		}
		if memoryTaken() > a.memory {
			runtime.GC()
			if debug.FreeOSMemory(); memoryTaken() > a.memory {
				return fmt.Sprintf("已占了 %d MB 内存", a.memory>>20)
			}
		}
	}
}

// memoryTaken is how many bytes the process has of the system.
func memoryTaken() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
