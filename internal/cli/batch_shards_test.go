package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestShardsStartTogether: a shard that sweeps takes no folder from one that is just starting.
func TestShardsStartTogether(t *testing.T) {
	state := t.TempDir()
	var all sync.WaitGroup
	for shard := range 8 {
		all.Go(func() {
			tmp := filepath.Join(state, fmt.Sprintf("tmp-%d-of-8", shard))
			for range 200 {
				f, err := openFacts(tmp)
				if err != nil {
					t.Error(err)
					return
				}
				sweepOthers(state, tmp)
				if _, err := os.Stat(f.Name()); err != nil {
					t.Error(err)
				}
				_ = f.Close()
				_ = os.RemoveAll(tmp)
			}
		})
	}
	all.Wait()
}
