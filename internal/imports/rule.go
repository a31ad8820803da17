package imports

// Rules that reading an export may break; check/rule_import.go describes them.
const (
	ruleMapWord  = "表格-020" // a word of the mapping file that is none
	ruleFundWord = "表格-021" // a fund that is none, or several
	ruleNoTable  = "表格-022" // a sheet without a head that is known
	ruleUnit     = "表格-023" // no unit of money, or two, also one of them in the mapping file
	ruleFund     = "表格-024" // money of which the fund is not known
	ruleNumber   = "表格-025" // no amount where one is due
	ruleFen      = "表格-026" // more decimals than 分
	ruleSum      = "表格-027" // a sum that is not the sum of its parts
	ruleCode     = "表格-028" // code and name that disagree, or a name that several codes have
	ruleMissing  = "表格-029" // a row without what it must say
	ruleColumn   = "表格-030" // a column of amounts that is not known and not empty
	ruleHidden   = "表格-031" // hidden sheets, rows or columns
	ruleRecount  = "表格-032" // sums without a result in the file
	ruleColumns  = "表格-034" // two columns of amounts of which either may be meant
	ruleYear     = "表格-041" // a title of another year
	ruleChoice   = "表格-043" // a yes of which the kind is not said
	ruleZeros    = "表格-033" // codes that lost their leading zeros
)
