package check

import (
	"regexp"
	"sync"
)

// compiled is a pattern that is compiled when it is first needed: most documents give no occasion for most of them, and all
// of them together take a tenth of the time of a check.
func compiled(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
