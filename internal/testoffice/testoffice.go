// Package testoffice has LibreOffice open workbooks and save them again, for tests, which skip where it is not installed.
package testoffice

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// Saved is what LibreOffice makes of workbooks, recalculated where they have no results: as xlsx or xls. It is started once
// for all of them, which takes longest.
func Saved(t testing.TB, kind string, books map[string][]byte) map[string][]byte {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice here")
	}
	filter := map[string]string{"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls"}[kind]
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", filter, "--outdir", filepath.Join(dir, "out")}
	names := slices.Sorted(maps.Keys(books))
	for i, name := range names {
		in := filepath.Join(dir, strconv.Itoa(i)+".xlsx")
		if err := os.WriteFile(in, books[name], 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, in)
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made := map[string][]byte{}
	for i, name := range names {
		if made[name], err = os.ReadFile(filepath.Join(dir, "out", strconv.Itoa(i)+"."+kind)); err != nil {
			t.Fatal(err)
		}
	}
	return made
}
