package pack

import "yusuan/internal/source"

// chartSpec is a drawing of figures. Its numbers are those of figures and queries, as in tables and prose.
type chartSpec struct {
	source.Place
	ID        source.String     `toml:"id,required" zh:"图的名称"`
	Kind      source.String     `toml:"kind,required" zh:"图形" one:"chart"`
	Title     source.String     `toml:"title,required" zh:"图题"`
	TitleAt   source.String     `toml:"title_at" zh:"图题位置" one:"title" note:"不写是图下"`
	Unit      source.String     `toml:"unit" zh:"单位" one:"unit"`
	Labels    source.String     `toml:"labels" zh:"标注" one:"labels" note:"金额、占比、两样"`
	Sort      source.String     `toml:"sort" zh:"排序" one:"sort" note:"写的先后、从大到小"`
	Others    source.String     `toml:"others" zh:"合并小项" note:"3%：占比更小的合并"`
	Most      source.Int        `toml:"most" zh:"最多几项" range:"0..1000" note:"更小的合并"`
	OtherName source.String     `toml:"others_name" zh:"合并项名称" note:"不写是“其他”"`
	OmitZero  source.Bool       `toml:"omit_zero" zh:"为零省略" note:"为零的项不印"`
	Height    source.String     `toml:"height" zh:"图高" range:"10mm..1000mm"`
	Data      source.Bool       `toml:"data" zh:"附数据表"`
	EmptyNote source.String     `toml:"empty_note" zh:"全零时的说明"`
	Filter    source.String     `toml:"filter" zh:"范围"`
	Items     []chartItemSpec   `toml:"item,required" zh:"项" most:"1000"`
	Sources   []chartItemSpec   `toml:"source" zh:"来源" most:"1000" note:"flow 的左边；item 是右边"`
	From      source.String     `toml:"from" zh:"来源的名称" note:"flow 左上角的字"`
	To        source.String     `toml:"to" zh:"去向的名称" note:"flow 右上角的字"`
	Series    []chartSeriesSpec `toml:"series" zh:"系列" most:"20"`
}

// chartItemSpec is one item, or one for each part: of a figure that has parts, or of a query by a dimension.
type chartItemSpec struct {
	source.Place
	Label  source.String `toml:"label" zh:"项目"` // the figure's title or the part's name when empty
	Figure source.String `toml:"figure" zh:"数字名称"`
	Query  source.String `toml:"query" zh:"范围"`
	Each   source.String `toml:"each" zh:"逐项"`
	Main   source.Bool   `toml:"main" zh:"要看的" note:"flow 里用第一种颜色；都不写的，最大的去向用"`
	Note   source.String `toml:"note" zh:"说明" note:"list 里印在名称下面；each = \"project\" 的点号是项目"`
}

// chartSeriesSpec is one bar of each item.
type chartSeriesSpec struct {
	source.Place
	Label    source.String `toml:"label,required" zh:"名称"`
	Query    source.String `toml:"query" zh:"范围"`
	LastYear source.Bool   `toml:"last_year" zh:"上年数"`
	Color    source.String `toml:"color" zh:"颜色"`
}

// drawingStyle is the look of all charts of the pack, and of its figures in large type.
type drawingStyle struct {
	Body    source.String   `toml:"body" zh:"标注样式"`
	Heading source.String   `toml:"heading" zh:"图题样式"`
	Number  source.String   `toml:"number" zh:"大字样式"`
	Name    source.String   `toml:"name" zh:"项目样式" note:"list 的项目，不写用标注样式"`
	Height  source.String   `toml:"height" zh:"图高" range:"10mm..1000mm"`
	Colors  []source.String `toml:"colors" zh:"颜色" most:"100"`
}
