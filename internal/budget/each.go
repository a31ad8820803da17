package budget

import (
	"reflect"

	"yusuan/internal/source"
)

// EachText visits all texts that the author filled in, in the order of the schema.
func (f *Facts) EachText(visit func(source.String)) { eachText(reflect.ValueOf(f).Elem(), visit) }

func eachText(v reflect.Value, visit func(source.String)) {
	switch x := v.Addr().Interface().(type) {
	case *source.String:
		if x.V != "" && !x.At.IsZero() {
			visit(*x)
		}
		return
	case *source.Int, *source.Bool, *source.Date, *source.Amount, *source.Place:
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachText(v.Field(i), visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), visit)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), visit)
		}
	}
}
