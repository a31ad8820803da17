package sheet

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"yusuan/data"
	"yusuan/internal/classify"
	"yusuan/internal/grid"
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
	"yusuan/templates"
)

// Most tests look at the workbooks of the same few departments. To write and open one takes longest of all they do, and the same
// files make the same bytes (TestSameBytes): each is made once.
var (
	packsByName, catalogues, workbooks, openedBooks, openedFiles sync.Map
)

// once is what made gives for a key the first time.
func once[V any](t *testing.T, of *sync.Map, key any, made func() (V, error)) V {
	t.Helper()
	get, _ := of.LoadOrStore(key, sync.OnceValues(made))
	v, err := get.(func() (V, error))()
	if err != nil {
		t.Fatal(key, err)
	}
	return v
}

func packNamed(t *testing.T, name string) *pack.Pack {
	t.Helper()
	return once(t, &packsByName, name, func() (*pack.Pack, error) {
		p, diags, err := schedule.LoadPack(templates.FS, name)
		if err == nil && diags.HasErrors() {
			err = fmt.Errorf("%v", diags.Sorted())
		}
		return p, err
	})
}

func catalogueOf(t *testing.T, year int) *classify.Catalogue {
	t.Helper()
	return once(t, &catalogues, year, func() (*classify.Catalogue, error) { return classify.Load(data.Catalogue(), year) })
}

// sameInput is a key that inputs share which say the same.
func sameInput(in Input) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%p %p %q %q %q %q", in.Pack, in.Catalogue, in.Templates, in.Program, in.Folder, in.Shown)
	for _, f := range in.Files {
		fmt.Fprintf(sum, "%q %q", f.Path, f.Source)
	}
	return fmt.Sprintf("%s %x", in.Folder, sum.Sum(nil))
}

func workbook(t *testing.T, in Input) []byte {
	t.Helper()
	return once(t, &workbooks, sameInput(in), func() ([]byte, error) { return Write(in) })
}

// book is the workbook of a folder as it is read, to be changed at will.
func book(t *testing.T, in Input) *grid.Book {
	t.Helper()
	return copied(once(t, &openedBooks, sameInput(in), func() (*grid.Book, error) { return grid.Read("a.xlsx", workbook(t, in)) }))
}

// written is the workbook of a folder as the library reads it, not to be changed.
func written(t *testing.T, in Input) *excelize.File {
	t.Helper()
	return once(t, &openedFiles, sameInput(in), func() (*excelize.File, error) {
		return excelize.OpenReader(bytes.NewReader(workbook(t, in)), excelize.Options{RawCellValue: true})
	})
}
