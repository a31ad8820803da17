package budget

import (
	"reflect"

	"yusuan/internal/source"
)

// Size is about how many bytes the author filled in: what a document may cost grows with it. Each value counts for a few
// beside its text, each table for its header.
func (f *Facts) Size() int { return sizeOf(reflect.ValueOf(f).Elem()) }

func sizeOf(v reflect.Value) (n int) {
	const value, table = 4, 16
	switch x := v.Addr().Interface().(type) {
	case *source.String:
		return len(x.V) + value
	case *source.Int, *source.Bool, *source.Date, *source.Amount:
		return value
	case *source.Place:
		return table
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			n += sizeOf(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			n += sizeOf(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			n = sizeOf(v.Elem())
		}
	}
	return n
}
