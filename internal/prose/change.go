package prose

import "regexp"

// What sentences say of last year's budget; of what was spent (执行数, 决算) the stated figures know nothing.
var (
	Comparison = regexp.MustCompile(`(?:比|较)\s*(?:\d{4}\s*年(?:度)?|上年(?:度)?|去年)(?:部门)?(?:预算)?(?:数)?\s*(增加|增长|上升|减少|下降|降低)?`)
	AsLast     = regexp.MustCompile(`(?:与|和|同)\s*(?:\d{4}\s*年(?:度)?|上年(?:度)?|去年)(?:部门)?(?:预算)?(?:数)?(?:相比)?\s*(?:持平|相同|一致|无变化|没有变化|没有增减)`)
	upward     = regexp.MustCompile(`(?:增加|增长|上升)\s*$`)
	downward   = regexp.MustCompile(`(?:减少|下降|降低)\s*$`)
)

// Direction is what the words right before a quantity say: 1 more, -1 less, 0 nothing.
func Direction(before string) int {
	switch {
	case upward.MatchString(before):
		return 1
	case downward.MatchString(before):
		return -1
	}
	return 0
}
