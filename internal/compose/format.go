package compose

import (
	"fmt"

	"yusuan/internal/money"
	"yusuan/internal/pack"
)

// written is a way to write amounts that a template asks for.
type written struct {
	unit   string
	places int
}

// format is how amounts are written after a unit and a number of decimals, as running text is written where nothing is said.
func (c *composer) format(as []any) (*money.Format, error) {
	switch len(as) {
	case 0:
		return &c.p.TextFormat, nil
	case 2:
	default:
		return nil, fmt.Errorf("后面写单位和小数位两样，例如 \"元\" 0")
	}
	name, ok := as[0].(string)
	unit, known := money.ParseUnit(pack.Unmark(name))
	if !ok || !known {
		return nil, fmt.Errorf("单位写 元、万元、亿元，不是“%v”", as[0])
	}
	places, err := whole("小数位", as[1])
	if err == nil && (places < 0 || places > pack.MostPlaces) {
		err = fmt.Errorf("小数位是 0 到 %d，不是 %d", pack.MostPlaces, places)
	}
	if err != nil {
		return nil, err
	}
	key := written{unit.String(), places}
	if c.formats == nil {
		c.formats = map[written]*money.Format{}
	}
	if c.formats[key] == nil {
		f := c.p.TextFormat
		f.Unit, f.Places, f.TrimWhole, f.TrimZeros = unit, places, false, false
		c.formats[key] = &f
	}
	return c.formats[key], nil
}

// wordAmountIn prints a figure with its unit otherwise than the rest of the text does.
func (c *composer) wordAmountIn(unit string, places, v any) (string, error) {
	f, err := c.format([]any{unit, places})
	if err != nil {
		return "", err
	}
	return c.word(f, v, f.Unit.String())
}
