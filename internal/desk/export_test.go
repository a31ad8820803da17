package desk

import "yusuan/internal/budget"

func shared0() *budget.Lists { return budget.StandardLists() }
