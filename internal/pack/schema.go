package pack

import "yusuan/internal/source"

// The tags `range` and `most` bound what may be written (bounds.go).

// manifest is a pack's TOML as written: all of its *.toml but those in forms/, merged. Load turns it into a Pack.
type manifest struct {
	Pack    packHead     `toml:"pack,required" zh:"模板"`
	Formats formats      `toml:"format" zh:"数字格式"`
	Papers  []paper      `toml:"page" zh:"版面" most:"50"`
	Styles  []textStyle  `toml:"style" zh:"字体样式" most:"200"`
	Parts   []partSpec   `toml:"part" zh:"部分" most:"200"`
	Figures []figureSpec `toml:"figure" zh:"数字" most:"2000"`
	Slots   []slotSpec   `toml:"text" zh:"文字栏" most:"2000"`
	Rules   []ruleSpec   `toml:"rule" zh:"核对规则" most:"500"`
	Tables  []tableSpec  `toml:"table" zh:"表" most:"200"`
	Terms   []termSpec   `toml:"term" zh:"名词" most:"2000"`
	Charts  []chartSpec  `toml:"chart" zh:"图" most:"200"`
	Print   printing     `toml:"print" zh:"印刷"`
	Grid    gridStyle    `toml:"grid" zh:"表格样式"`
	Drawing drawingStyle `toml:"drawing" zh:"图样式"`
	Titles  titleWords   `toml:"titles" zh:"标题断行"`
	Lists   []listSpec   `toml:"list" zh:"可填的词" most:"50"`
	Kinds   []kindSpec   `toml:"unit_kind" zh:"单位的称呼" most:"20"`
	// Phrases are words that a pack which inherits this one may want to change: {{phrase "名称"}}.
	Phrases source.Fields `toml:"phrase" zh:"用语" most:"2000"`
	Patches []patchSpec   `toml:"patch" zh:"改动" most:"2000"`
	Forms   []formSpec    `toml:"-"` // a file each
}

type packHead struct {
	source.Place
	ID       source.String   `toml:"id,required" zh:"模板代号"`
	Name     source.String   `toml:"name,required" zh:"模板名称"`
	Version  source.String   `toml:"version,required" zh:"版本"`
	Inherits source.String   `toml:"inherits" zh:"沿用的模板" note:"沿用时 title 等可以不写"`           // a pack beside this one, whose parts this one overrides
	Years    []source.Int    `toml:"years,required" zh:"适用年度" range:"1990..2099" most:"2"` // first and last
	Kind     source.String   `toml:"kind" zh:"文件种类"`
	Title    source.String   `toml:"title" zh:"文件标题"` // of the pack it inherits when empty; one of the two has it
	Subject  source.String   `toml:"subject" zh:"主题"`
	Keywords source.String   `toml:"keywords" zh:"关键词"`
	FileName source.String   `toml:"file_name" zh:"文件名" note:"批量生成时的文件名，用 / 分目录（名称里的 / 不分），不写用文件标题"` // of a batch, below its output folder; the title when empty
	Purchase []source.String `toml:"procurement_classes" zh:"政府采购类别" most:"100" note:"也是它们的先后"`
	Show     []source.String `toml:"show" zh:"加印的可选部分" most:"100"`
	Strip    source.Bool     `toml:"strip_comments" zh:"不带注释" note:"生成的文件所带的部门数据和自己的模板里没有注释"`
}

// listSpec closes a list of the words that departments fill in.
type listSpec struct {
	source.Place
	Name  source.String   `toml:"name,required" zh:"清单" one:"list"`
	Words []source.String `toml:"words,required" zh:"可填的词" most:"2000" note:"部门填别的就是错误"`
}

// formats says how numbers are printed: in tables unless a table or column says otherwise, and in running text.
type formats struct {
	Table format `toml:"table" zh:"表内"`
	Text  format `toml:"text" zh:"文内"`
	// Rounding says what becomes of the difference that rounding makes between a sum and its parts (尾差): as-is, the
	// default, prints each number rounded for itself; largest-remainder makes printed parts add up.
	Rounding source.String `toml:"rounding" zh:"尾差处理"`
	Adjusted source.String `toml:"rounding_note" zh:"尾差说明"` // below tables with numbers that largest-remainder changed
}

type format struct {
	source.Place
	Unit   source.String `toml:"unit" zh:"单位" one:"unit"`
	Places source.Int    `toml:"places" zh:"小数位" range:"0..6"`
	Group  source.Bool   `toml:"group" zh:"千分撇"`
	Zero   *zeroText     `toml:"zero_text" zh:"零的写法"`
	Blank  source.Bool   `toml:"blank_zero" zh:"零留空"`
	Zeros  source.String `toml:"zeros" zh:"小数末尾的零" one:"zeros" note:"28.00、28 而 28.50、28.5"` // keep 28.00, whole 28 but 28.50, trim 28.5
}

type zeroText struct {
	Text source.String `toml:"text" zh:"写法"`
}

type paper struct {
	source.Place
	Name   source.String `toml:"name,required" zh:"版面名称"`
	Width  source.String `toml:"width,required" zh:"纸宽" range:"50mm..2000mm"`
	Height source.String `toml:"height,required" zh:"纸高" range:"50mm..2000mm"`
	Top    source.String `toml:"top,required" zh:"上边距" range:"0mm..500mm"`
	Bottom source.String `toml:"bottom,required" zh:"下边距" range:"0mm..500mm"`
	Left   source.String `toml:"left,required" zh:"左边距" range:"0mm..500mm"`
	Right  source.String `toml:"right,required" zh:"右边距" range:"0mm..500mm"`
	Base   source.String `toml:"base" zh:"基准样式" note:"版心按它的行距算，上下各让出半个行距"`
	Turned source.Bool   `toml:"turned" zh:"横表竖放" note:"印在竖放的纸上，表头朝左"`              // wide matter turned on an upright sheet
	Wide   source.String `toml:"wide" zh:"宽表版面" note:"表缩到最小字号仍放不下时改用的版面；不写就把竖页横过来"` // of a table that is too wide for this page
	Fill   source.Bool   `toml:"fill" zh:"排满" note:"末页只有几行的收回，页脚不空两行以上；见“排满页面”"`
	Number *numberStyle  `toml:"number" zh:"页码"`
}

// printing is how the document is meant to be printed and bound.
type printing struct {
	Mirrored  source.Bool `toml:"mirrored" zh:"两面印" note:"双数页的左右边距对换，left 总是订口；页码从 1 起的部分另起单数页"`
	RightHand source.Bool `toml:"right_hand" zh:"各部分另起单数页" note:"目录也是；前面空着的一面不印页码"`
}

type numberStyle struct {
	Style  source.String `toml:"style,required" zh:"样式"`
	Before source.String `toml:"before" zh:"前"`
	After  source.String `toml:"after" zh:"后"`
	Drop   source.String `toml:"drop,required" zh:"下移" range:"0mm..100mm" note:"一字线（没有的是数字）的上缘在版心下多远"`
	Place  source.String `toml:"place,required" zh:"位置" one:"place" note:"外侧、居中"`
}

type textStyle struct {
	source.Place
	Name        source.String `toml:"name,required" zh:"样式名称"`
	Family      source.String `toml:"family,required" zh:"字体"`
	Size        source.String `toml:"size,required" zh:"字号" range:"4pt..500mm"`
	Leading     source.String `toml:"leading,required" zh:"行距" range:"4pt..500mm"`
	FirstIndent source.Int    `toml:"first_indent" zh:"首行缩进" range:"-20000..20000" note:"字宽的千分之几"` // thousandths of the size
	Indent      source.Int    `toml:"indent" zh:"左缩进" range:"0..50000"`
	RightIndent source.Int    `toml:"right_indent" zh:"右缩进" range:"0..50000"`
	Align       source.String `toml:"align" zh:"对齐" one:"align"`
	Before      source.String `toml:"before" zh:"段前" range:"0mm..500mm"`
	After       source.String `toml:"after" zh:"段后" range:"0mm..500mm"`
	KeepNext    source.Bool   `toml:"keep_next" zh:"与下段同页"`
	Tracking    source.Int    `toml:"tracking" zh:"字距" range:"-500..5000" note:"字宽的千分之几"`
	Balance     source.Bool   `toml:"balance" zh:"标题排列" note:"多行标题按词断开，排得匀称"`
}

// titleWords tells where the lines of titles may end. What a pack writes is added to the words, and stands in place of
// the characters, that it inherits.
type titleWords struct {
	Words  []source.String `toml:"words" zh:"常用词" most:"1000" note:"两个字的词，以空格分开，加在程序自带的之外；不在其中断行，宜在两词之间断行"`
	Terms  []source.String `toml:"terms" zh:"专用语" most:"1000" note:"多于两个字的词，以空格分开，加在程序自带的之外；不在其中断行"`
	Bodies source.String   `toml:"bodies" zh:"机构名末字" note:"其后宜断行"`
	Joins  source.String   `toml:"joins" zh:"连词" note:"其后不断行"`
	Tails  source.String   `toml:"tails" zh:"词尾字" note:"接在常用词之后成三字词，如满意度"`
	Fronts source.String   `toml:"fronts" zh:"词头字" note:"接在常用词之前成三字词，如总预算"`
}

// gridStyle is the look of all tables and forms of the pack.
type gridStyle struct {
	Body      source.String `toml:"body" zh:"表身样式"`
	Head      source.String `toml:"head" zh:"表头样式"`
	Note      source.String `toml:"note" zh:"表注样式"`
	Heading   source.String `toml:"heading" zh:"表题样式"`
	Number    source.String `toml:"number" zh:"表号样式"`
	Rule      source.String `toml:"rule" zh:"内线" range:"0pt..10pt" note:"0pt 不画；细于 0.5pt 的按 0.5pt 印"`
	Frame     source.String `toml:"frame" zh:"外框" range:"0pt..10pt" note:"同内线"`
	PadX      source.String `toml:"pad_x" zh:"左右边距" range:"0pt..50pt"`
	PadY      source.String `toml:"pad_y" zh:"上下边距" range:"0pt..50pt"`
	MinRow    source.String `toml:"min_row" zh:"最小行高" range:"0mm..200mm"`
	MinSize   source.String `toml:"min_size" zh:"最小字号" range:"3pt..100pt" note:"表太宽时可以缩到"`
	Total     source.String `toml:"total" zh:"合计行的字体" note:"不写同表身；合计行是表的 total 和写了 total 的行"`
	Continued source.String `toml:"continued" zh:"续表" note:"点号有 .Number 表题里的表号、.Title 表题、.Line 表号行"`
}

type partSpec struct {
	source.Place
	Page     source.String `toml:"page,required" zh:"版面"`
	Title    source.String `toml:"title" zh:"标题"`
	Contents source.String `toml:"contents" zh:"目录名" note:"不写用标题"` // the title when empty
	Style    source.String `toml:"style" zh:"标题样式"`
	Numbered source.Bool   `toml:"numbered" zh:"印页码"`
	Restart  source.Bool   `toml:"restart" zh:"页码重起" note:"从 1 起"`
	Optional source.String `toml:"optional" zh:"可选部分" note:"名称；模板或部门的 show 写了它才印"`
	Blocks   []blockSpec   `toml:"block" zh:"内容" most:"200"`
}

// blockSpec is exactly one of its fields.
type blockSpec struct {
	source.Place
	Prose    source.String   `toml:"prose" zh:"文字模板"`
	Contents []source.String `toml:"contents" zh:"目录样式" most:"10" note:"各级的样式"`
	Tables   []source.String `toml:"tables" zh:"表" most:"200"`
	Glossary source.String   `toml:"glossary" zh:"名词解释样式"`
	Forms    source.String   `toml:"forms" zh:"绩效表" one:"scope"`                                    // "department" or "project"
	Number   source.String   `toml:"number" zh:"条目编号" note:"名词前的编号，点号有 .N"`                         // of glossary entries; the dot has N
	Chosen   source.String   `toml:"chosen" zh:"选列的名词" note:"文字栏的名称：部门填了的，名词解释只列它写的名词，照它的先后，以顿号分开"` // of the glossary
	Charts   []source.String `toml:"charts" zh:"图" most:"200"`
	Figures  []source.String `toml:"figures" zh:"大字数字" most:"50"`
}

type figureSpec struct {
	source.Place
	Name  source.String `toml:"name,required" zh:"数字名称"`
	Title source.String `toml:"title,required" zh:"中文名"`
	Query source.String `toml:"query,required" zh:"范围"`
	Prior source.Bool   `toml:"prior" zh:"有上年数"`
	Base  source.String `toml:"base" zh:"比较的基数" note:"不写是预算数；写别的（执行数）的，上年数只由部门填报，不从上年的数据目录算出"` // of last year
	By    source.String `toml:"by" zh:"分项"`                                                    // a dimension: one figure for each part, named NAME.PART
	Last  source.String `toml:"prior_query" zh:"上年的范围" note:"上年的口径与本年不同的：从上年的数据目录取上年数时用它；不写同 query"`
	Past  source.String `toml:"past" zh:"近年收支" one:"past" note:"上年数不在 [prior.figures] 里填报的，取近年收支（[[history]]）里上年的这一个"`
	Role  source.String `toml:"role" zh:"角色" note:"它是什么，规则凭它找；见“角色”"`
}

type slotSpec struct {
	source.Place
	Key      source.String `toml:"key,required" zh:"名称"`
	Title    source.String `toml:"title,required" zh:"中文名"`
	Required source.Bool   `toml:"required" zh:"必填"`
	// Changed names a figure: the text is demanded when that figure differs from last year's.
	Changed source.String `toml:"when_changed" zh:"变动时必填" note:"这个数字与上年不同就要填"`
	By      source.String `toml:"by" zh:"分项"` // a dimension: one text for each part, with the key KEY.PART
}

// ruleSpec sets a rule of check for the documents of the pack: its level, or off with the reason why.
type ruleSpec struct {
	source.Place
	ID    source.String `toml:"id,required" zh:"规则号"`
	Level source.String `toml:"level" zh:"级别" one:"level"` // 错误, 警告 or 提示
	Off   source.Bool   `toml:"off" zh:"不核对"`
	Why   source.String `toml:"why,required" zh:"理由"`
}

type termSpec struct {
	source.Place
	Term source.String `toml:"term,required" zh:"名词"`
	Text source.String `toml:"text,required" zh:"解释"`
	// Words are what the document must say for the term to be printed; the term itself when empty.
	Words  []source.String `toml:"words" zh:"出现的词" most:"50" note:"文件里有这些词才印，不写是名词自己"`
	Always source.Bool     `toml:"always" zh:"总是列出"`
}

type tableSpec struct {
	source.Place
	ID        source.String   `toml:"id,required" zh:"表号"`
	Heading   source.String   `toml:"heading,required" zh:"表题"`
	Also      []source.String `toml:"also" zh:"别的表题" most:"50" note:"别处、别年这张表的题目；读成文的文件时凭它认表"`
	Contents  source.String   `toml:"contents" zh:"目录名" note:"不写就不进目录"`
	Page      source.String   `toml:"page,required" zh:"版面"`
	Unit      source.String   `toml:"unit" zh:"单位" one:"unit"`
	Places    source.Int      `toml:"places" zh:"小数位" range:"0..6" note:"不写同 [format.table]"`
	Zeros     source.String   `toml:"zeros" zh:"小数末尾的零" one:"zeros" note:"同上"`
	Left      source.String   `toml:"left" zh:"左上"`
	LeftAgain source.String   `toml:"left_again" zh:"续表左上" note:"不写同 left；写空的就不印"` // above further parts
	Continued source.String   `toml:"continued" zh:"续表" note:"不写用 [grid] 的"`
	Rows      source.String   `toml:"rows,required" zh:"行来源"`
	Filter    source.String   `toml:"filter" zh:"范围"`
	Total     source.String   `toml:"total" zh:"合计行"`
	TotalAt   source.String   `toml:"total_at" zh:"合计行位置" one:"total"`                         // first or last
	TotalSpan source.Bool     `toml:"total_span" zh:"合计格合并" note:"合计的名称占满文字列"`                 // its name spans all columns of text
	EmptyRows source.Int      `toml:"empty_rows" zh:"空表行数" range:"0..1000"`                    // blank rows of a table that holds nothing
	MinRows   source.Int      `toml:"min_rows" zh:"最少行数" range:"0..1000" note:"balance：用空行补足"` // balance: blank rows make up the number
	Number    source.String   `toml:"number" zh:"表号行" note:"表题上面的一行"`                          // a line above the heading
	Follow    source.Bool     `toml:"follow" zh:"接排" note:"接在上一张表后面，不另起页"`                     // on the page of the table before
	Share     source.Bool     `toml:"share_page" zh:"合页" note:"整张放得下就接排，放不下另起页"`               // likewise, but whole or not at all
	Levels    []levelSpec     `toml:"level" zh:"层次" most:"10"`                                 // rows = "nested"
	Labels    source.Fields   `toml:"labels" zh:"取值的写法" most:"200" note:"nested：印成另外的字"`       // how a value is printed, for fields of nested rows
	Group     source.String   `toml:"group" zh:"项目类别" note:"project：没有写类别的项目用"`                // projects: title of the row above a unit's projects
	EmptyNote source.String   `toml:"empty_note" zh:"空表说明"`
	Notes     []source.String `toml:"notes" zh:"表注" most:"50"`
	Columns   []columnSpec    `toml:"column" zh:"列" most:"100"`
	List      []rowSpec       `toml:"row" zh:"行" most:"1000"`      // rows = "list"
	Income    []rowSpec       `toml:"income" zh:"左侧行" most:"1000"` // rows = "balance"
	Outgo     []rowSpec       `toml:"outgo" zh:"右侧行" most:"1000"`
	Use       []rowSpec       `toml:"use" zh:"第三侧行" most:"1000"`
	Foot      []footSpec      `toml:"foot" zh:"合计行" most:"50"`
	Blank     source.Bool     `toml:"blank_zero" zh:"零留空"`
	Style     source.String   `toml:"style" zh:"样式" note:"不写用 [grid] 的 body"`
	Tight     source.String   `toml:"tight" zh:"紧排样式" note:"用 style 一面放不下、用它放得下的改用"`
	MinRow    source.String   `toml:"min_row" zh:"最小行高" range:"0mm..200mm"` // of the body, where the pack's [grid] does not suit
}

// columnSpec is a column, or a group of columns under one head.
type columnSpec struct {
	source.Place
	Head    source.String   `toml:"head,required" zh:"表头"`
	Also    []source.String `toml:"also" zh:"别的表头" most:"50" note:"别处、别年这一列的表头；读成文的文件时凭它认列"`
	Field   source.String   `toml:"field" zh:"栏"` // code, name, unit … of the row; empty for an amount
	Query   source.String   `toml:"query" zh:"范围"`
	Prior   source.String   `toml:"prior" zh:"上年数字"`                                 // a figure with last year's amounts: the column prints those
	Show    source.String   `toml:"show" zh:"印什么" one:"show" note:"上年数、本年减上年、增减百分比"` // of a column with prior: last, change or rate
	Align   source.String   `toml:"align" zh:"对齐" one:"align"`
	Indent  source.Bool     `toml:"indent" zh:"按级缩进" note:"名称按级缩进"`
	Side    source.String   `toml:"side" zh:"侧" one:"side" note:"balance 的列"` // balance: income, outgo or use; the halves are income and outgo when empty
	Min     source.String   `toml:"min" zh:"最小宽" range:"0mm..2000mm" note:"内容窄也不小于"`
	Width   source.String   `toml:"width" zh:"宽" range:"0mm..2000mm" note:"不多不少"`
	Share   source.Int      `toml:"share" zh:"伸展" range:"0..100" note:"余下的宽按份数分"`
	Blank   source.Bool     `toml:"blank_zero" zh:"零留空"`
	Unit    source.String   `toml:"unit" zh:"单位" one:"unit"`
	Places  source.Int      `toml:"places" zh:"小数位" range:"0..6" note:"不写同表"`
	Columns []columnSpec    `toml:"column" zh:"列" most:"100"`
}

// rowSpec is a row with a label and a sum of its own.
type rowSpec struct {
	source.Place
	Label  source.String   `toml:"label" zh:"项目"`
	Also   []source.String `toml:"also" zh:"别的项目名" most:"50" note:"别处、别年这一行的名称；读成文的文件时凭它认行"`
	Query  source.String   `toml:"query" zh:"范围" note:"不写就不印数"`
	Indent source.Int      `toml:"indent" zh:"缩进" range:"0..100" note:"几个字"`
	// Align sets the label otherwise than the column does.
	Align source.String `toml:"align" zh:"对齐" one:"align"`
	// Blank prints nothing for zero in this row.
	Blank source.Bool `toml:"blank_zero" zh:"零留空"`
	// Optional leaves the row out where its sum is zero.
	Optional source.Bool `toml:"optional" zh:"为零省略"`
	// Each is a dimension: one row for each part of the query, whose label sees the part as the dot.
	Each source.String `toml:"each" zh:"逐项" note:"每一分项一行，标签里的点号是这一项"`
	// Total sets the row as rows that sum all are set.
	Total source.Bool `toml:"total" zh:"合计行" note:"用 [grid] 的 total 印"`
	// Group is the label of a run of rows, for a column with the field group.
	Group source.String `toml:"group" zh:"组"`
}

// levelSpec is one level of nested rows: the fields that its rows print.
type levelSpec struct {
	source.Place
	Fields []source.String `toml:"fields,required" zh:"栏" most:"20"`
	Once   []source.String `toml:"once" zh:"相同的不重复" most:"20" note:"fields 里的栏：与同一上级的前一行相同就留空，前面的栏不同，后面的也印"`
}

// footSpec is a row of both sides of a balance table.
type footSpec struct {
	source.Place
	Left  rowSpec `toml:"income" zh:"左侧"`
	Right rowSpec `toml:"outgo" zh:"右侧"`
	Third rowSpec `toml:"use" zh:"第三侧"`
	// Wide lets the right side's label span all columns right of the left side but the last.
	Wide source.Bool `toml:"wide" zh:"跨第三侧" note:"右侧的标签占满到最后一列"`
}

// formSpec is one file of forms/: a grid of labels and fields.
type formSpec struct {
	Kind     source.String   `toml:"kind,required" zh:"表样"`
	Scope    source.String   `toml:"scope,required" zh:"范围" one:"scope"` // 部门 or 项目
	Heading  source.String   `toml:"heading,required" zh:"表题"`
	Title    source.String   `toml:"title" zh:"表内标题"`
	Contents source.String   `toml:"contents" zh:"目录名"`
	Page     source.String   `toml:"page,required" zh:"版面"`
	Left     source.String   `toml:"left" zh:"左上"`
	Again    source.String   `toml:"left_again" zh:"续表左上" note:"不写同 left；写空的就不印"` // above further parts
	Right    source.String   `toml:"right" zh:"右上"`
	Style    source.String   `toml:"style" zh:"样式"`
	Widths   []source.Int    `toml:"widths,required" zh:"列宽" range:"1..1000" most:"100" note:"各列的份数"` // relative
	Fields   []fieldSpec     `toml:"field" zh:"栏目" most:"500"`
	Items    []formItem      `toml:"item,required" zh:"行" most:"1000"`
	Notes    []source.String `toml:"notes" zh:"表注" most:"50"`
}

// fieldSpec declares a key of [form.fields].
type fieldSpec struct {
	source.Place
	Key      source.String `toml:"key,required" zh:"名称"`
	Title    source.String `toml:"title,required" zh:"中文名"`
	Required source.Bool   `toml:"required" zh:"必填"`
	// Options are all that may be filled in: of a field with boxes, what ticks them.
	Options []source.String `toml:"options" zh:"可填的词" most:"500" note:"打勾的栏目要写"`
	Role    source.String   `toml:"role" zh:"角色" one:"field-role"`
}

// formItem is a row, or a group of rows beside a label that spans them all.
type formItem struct {
	source.Place
	Label    source.String `toml:"label" zh:"标签"`
	Span     source.Int    `toml:"span" zh:"列数" range:"0..100" note:"标签占几列"`
	Vertical source.Bool   `toml:"vertical" zh:"竖排"`
	Items    []formItem    `toml:"item" zh:"行" most:"1000" note:"标签右边的各行"`
	Cells    []formCell    `toml:"cell" zh:"格" most:"100"`
	Each     source.String `toml:"each" zh:"重复" one:"each"`
	Horizon  source.String `toml:"horizon" zh:"期限" note:"长期、年度"`
	Split    source.Bool   `toml:"split" zh:"可跨页"`
	KeepNext source.Bool   `toml:"keep_next" zh:"与下行同页"`
	Head     source.Bool   `toml:"head" zh:"续表重复的表头" note:"管到清单末尾或下一个表头"` // of the list or the rows below, up to the next head
	Optional source.Bool   `toml:"optional" zh:"空则省略"`
	Role     source.String `toml:"role" zh:"角色" note:"标签是什么；见“角色”"`
}

type formCell struct {
	source.Place
	Text   source.String `toml:"text" zh:"内容"`
	Label  source.Bool   `toml:"label" zh:"标签" note:"居中，读屏时作表头"`
	Names  source.Bool   `toml:"names" zh:"行名" note:"读屏时念在本行的数前面，样子不变"`
	Span   source.Int    `toml:"span" zh:"列数" range:"0..100"`
	Rows   source.Int    `toml:"rows" zh:"行数" range:"0..1000"`
	Align  source.String `toml:"align" zh:"对齐" one:"align"`
	Prose  source.Bool   `toml:"prose" zh:"成段文字" note:"两端对齐，首行缩进"`
	Merge  source.Bool   `toml:"merge" zh:"同值合并" note:"与上一行相同就合并"`
	Number source.Bool   `toml:"number" zh:"数字"`
	Role   source.String `toml:"role" zh:"角色" note:"标签或行名是什么；见“角色”"`
}
