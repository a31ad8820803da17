package batch

import (
	"context"
	"testing"
)

// TestLookMakesNothing: a look finds what a run finds and leaves no file, report or line.
func TestLookMakesNothing(t *testing.T) {
	data := district(3)
	departments := find(t, data)
	disk := newDisk()
	b := &Batch{Shared: sharedOnce(), Departments: departments, Editions: OfNone, Workers: 2, Machine: disk.machine(data)}
	told := 0
	records, err := b.Run(context.Background(), func([]Record) { told++ })
	if err != nil || told != len(departments) || len(records) != len(departments) {
		t.Fatal(told, len(records), err)
	}
	for i := range records {
		if r := &records[i]; r.Status != Checked || r.Output != "" || r.Name == "" || !r.Sound() {
			t.Errorf("%+v", r)
		}
	}
	if len(disk.files) > 0 || disk.manifest.Len() > 0 {
		t.Errorf("a look left %d files and %d bytes of a manifest", len(disk.files), disk.manifest.Len())
	}
}
