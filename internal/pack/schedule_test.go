package pack_test

import (
	"yusuan/internal/pack"
	"yusuan/internal/schedule"
)

func init() { pack.SetSources(schedule.Sources()) }
