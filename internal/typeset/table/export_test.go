package table

import (
	"yusuan/internal/diag"
	"yusuan/internal/doc"
)

// Check reports every row whose cells do not cover the columns exactly once, and every span that leaves its part
// of the table (head or body).
func Check(t *doc.Table) diag.List {
	var diags diag.List
	newGrid(t, new(Memory), &diags)
	return diags
}
