package cli

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/archive"
	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/ofdread"
	"yusuan/internal/verify"
)

// verifyOptions are the flags of verify.
type verifyOptions struct {
	picture, register string
	patient           bool
}

func (a *app) verifyCommand() *cobra.Command {
	var o verifyOptions
	c := &cobra.Command{
		Use:   "verify 文件.pdf|文件.ofd...",
		Short: "用 PDF、OFD 里所带的数据重排，核验文件没有改动",
		Long: "取 PDF 或 OFD 里所带的数据、模板和科目重新排版，与文件逐字节比较。一致的一行报告；由较早或较新的版本生成的，文字和数全部一致也算相符；不一致的说明哪一页、哪些文字不同，\n" +
			"原因在数据、字体、模板还是程序版本。用 --font 生成的文件，核验时也要用同样的 --font。\n\n" +
			"核验能证明：页面由文件里所带的数据和模板得出，印出的数没有在生成以后被改。\n" +
			"核验不能证明：文件是谁做的，数据是不是当初填报的那一份——会用本程序的人，都能拿改过的数据另做一份自相一致的文件；\n" +
			"模板是文件自己带的，与程序自带的不同时会列出不同之处，写死在模板文字里的数不是由数据算出的。\n" +
			"要证明文件就是当时公开的那一份，用批量生成时的登记表：--register 校验.sha256。登记表要与文件分开保存，\n" +
			"并与当时抄下的它自身的 SHA-256 核对，否则改文件的人也能改登记表。网页等别的形式里没有带数据，只能这样核对。\n" +
			"OFD 生成以后又加了电子签名、签章的，说明加了几个，其余没有改动就算相符；签名本身真不真，本程序不验。",
		Example: "  yusuan verify 公开/*.pdf\n  yusuan verify 338.pdf --picture 差异\n  yusuan verify 338.pdf --register 校验.sha256",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("要给至少一个 PDF 或 OFD 文件，例如：yusuan verify 338.pdf")
			}
			return a.verifyAll(args, &o)
		},
	}
	c.Flags().StringVar(&o.picture, "picture", "", "把有差异的页画成图片，放在这个`目录`：红色只在文件里有，蓝色只在重排后有")
	c.Flags().StringVar(&o.register, "register", "", "再按这个登记表`文件`核对，是不是当时公开的那一份")
	c.Flags().BoolVar(&o.patient, "patient", false, "不限时间和内存：文件可信、只是很大或机器很慢时用")
	return c
}

func (a *app) verifyAll(files []string, o *verifyOptions) error {
	s, err := a.shared()
	if err != nil {
		return err
	}
	register, err := a.readRegister(o.register)
	if err != nil {
		return err
	}
	code := exitGood
	for i, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return usage("读不出 %s：%w", file, err)
		}
		one, isForm := a.verifyForm(file, raw, register != nil)
		if refused := notDocument(file, raw); refused != nil {
			say(a.out, "%v\n", refused)
			one, isForm = exitUsage, true
		}
		if !isForm {
			if one, err = a.verifyOne(s, file, raw, o); err != nil {
				return err
			}
		}
		if one == exitStopped {
			// The work cannot be taken back from the goroutine that does it; the process ends with it.
			if left := len(files) - i - 1; left > 0 {
				say(a.out, "后面 %d 个文件没有核验，请去掉这个文件再核验\n", left)
			}
			return &exitError{code: exitUsage}
		}
		code = max(code, one)
		if register != nil && !a.showRegistered(file, raw, register) {
			code = max(code, exitData)
		}
	}
	if code != exitGood {
		return &exitError{code: code}
	}
	return nil
}

// verifyForm says what can be told of a document in another form than a PDF: it has no data inside, and the register alone
// knows it.
func (a *app) verifyForm(file string, raw []byte, register bool) (code int, isForm bool) {
	form, err := build.FormOf(file)
	if err != nil || form.Archived() || bytes.HasPrefix(raw, []byte("%PDF")) || ofdread.Is(raw) {
		return 0, false
	}
	if made, ok := madeOf(raw); !register && (!ok || made != form) {
		say(a.out, "%s：不是本程序生成的%s，或者在别的程序里存过、改过；核验与它一起做的 PDF\n", filepath.ToSlash(file), form.Title())
		return exitUsage, true
	}
	if register {
		say(a.out, "%s：%s里没有带数据，不能重排，只按登记表核对\n", filepath.ToSlash(file), form.Title())
		return exitGood, true
	}
	say(a.out, "%s：%s里没有带数据，不能重排；核验与它一起做的 PDF，或者用 --register %s 看它是不是当时公开的那一份\n", filepath.ToSlash(file), form.Title(), registerName)
	return exitUsage, true
}

// exitStopped is what verifyOne returns when it gave up. It is no exit code.
const exitStopped = -1

// verifyOne verifies a file and says what came of it. The code is that with which the program would end.
func (a *app) verifyOne(s *build.Shared, file string, raw []byte, o *verifyOptions) (code int, err error) {
	r, why, refused := verified(s, raw, o.patient)
	if why != "" {
		say(a.out, "%s：没有核验完，%s；这样大小的公开文件用不了这么多。文件可信、只是机器很慢的话，加 --patient 再核验\n", filepath.ToSlash(file), why)
		return exitStopped, nil
	}
	if refused != nil {
		say(a.out, "%s：读不出，%s\n", filepath.ToSlash(file), verify.Unreadable(refused))
		return exitUsage, nil
	}
	a.showReport(file, r)
	if !madePDF(raw) && !ofdread.Is(raw) {
		say(a.out, "  不是本程序做的，没有数据可以核验；核对印出的数用 yusuan check %s\n", typed(filepath.ToSlash(file)))
	}
	if o.picture != "" {
		if err := a.drawDifferences(file, r, o.picture); err != nil {
			return exitMachine, err
		}
	}
	if !r.Good() || posing(r) {
		return exitData, nil
	}
	return exitGood, nil
}

// verified verifies a file; why says why that was given up, refused why the file cannot be read.
func verified(s *build.Shared, raw []byte, patient bool) (r *verify.Report, why string, refused error) {
	work := func() { r, refused = verify.File(s, raw) }
	if patient {
		work()
	} else if why = allowanceFor(len(raw)).run(work); why != "" {
		return nil, why, nil // what the work may still set is nobody's
	}
	return r, "", refused
}

// posing reports whether a pack inside gives itself out for one of the program's.
func posing(r *verify.Report) bool {
	for i := range r.Packs {
		if r.Packs[i].Posing() {
			return true
		}
	}
	return false
}

// readRegister reads the register and shows its own sum, which is to be held against the one that was kept.
func (a *app) readRegister(file string) (batch.Register, error) {
	if file == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, usage("读不出登记表 %s：%w", file, err)
	}
	r, line := batch.ReadRegister(raw)
	if line > 0 {
		return nil, usage("%s 第 %d 行不是“校验值  文件名”，要的是批量生成时写的 %s", file, line, registerName)
	}
	if len(r) == 0 {
		return nil, usage("登记表 %s 里没有文件", file)
	}
	say(a.out, "登记表 %s（%d 份文件）自身的 SHA-256 是\n  %s\n先与当时抄下的核对，不同就不能用\n", filepath.ToSlash(file), len(r), archive.Sum(raw))
	return r, nil
}

// showRegistered says whether a file is one of the register.
func (a *app) showRegistered(file string, raw []byte, r batch.Register) bool {
	same, other := r.Find(archive.Sum(raw), path.Base(filepath.ToSlash(file)))
	switch {
	case same != nil:
		say(a.out, "  登记：就是登记的“%s”\n", same.Name)
	case other != nil:
		say(a.out, "  登记：不是登记的那一份，登记的“%s”是另外的校验值\n", other.Name)
	default:
		say(a.out, "  登记：登记表里没有这个文件\n")
	}
	return same != nil
}

// How much of a difference is shown: what helps to find it, not all of it.
const (
	shownPages    = 10
	shownTexts    = 5
	shownFindings = 20
)

// signedWords tell of signatures and of what this program does not know of them.
func signedWords(r *verify.Report) string {
	words := fmt.Sprintf("生成之后加了 %d 个签名或签章；签名本身有没有效，本程序不验，要用签章软件验", r.Signed)
	if len(r.Covered) > 0 {
		words += "；签章盖住了" + strings.Join(r.Covered, "、")
	}
	return words
}

func (a *app) showReport(file string, r *verify.Report) {
	m := &r.Manifest
	if r.Identical() {
		note := ""
		if posing(r) {
			note = "，但所带的模板不是程序自带的那一份"
		}
		say(a.out, "%s：一致（%d 页，%s）%s\n", filepath.ToSlash(file), m.Pages, m.Program, note)
		a.showPacks(r)
		return
	}
	if r.Good() && !r.Earlier && !r.Later { // a signature came
		say(a.out, "%s：一致（%d 页，%s），%s\n  签名以外的每个文件都与数据给出的逐字节相同\n", filepath.ToSlash(file), m.Pages, m.Program, signedWords(r))
		a.showPacks(r)
		return
	}
	if r.Earlier || r.Later {
		age := "早"
		if r.Later {
			age = "新"
		}
		say(a.out, "%s：由较%s的版本（%s）生成，文字和数全部一致（%d 页）\n", filepath.ToSlash(file), age, m.Program, m.Pages)
		if len(r.Pages) > 0 {
			say(a.out, "  这个版本排得略有不同，%s；看样子用 --picture\n", pagesOf(r.Pages))
		}
		if r.Signed > 0 {
			say(a.out, "  %s\n", signedWords(r))
		}
		a.showPacks(r)
		return
	}
	say(a.out, "%s：不一致\n", filepath.ToSlash(file))
	for i, f := range r.Findings {
		if i == shownFindings {
			say(a.out, "  ……共 %d 处\n", len(r.Findings))
			break
		}
		say(a.out, "  %s：%s\n", f.Cause, f.Text)
	}
	a.showPacks(r)
	for i := range r.Pages {
		if i == shownPages {
			say(a.out, "  ……共 %d 页不同\n", len(r.Pages))
			break
		}
		say(a.out, "  第 %d 页：%s\n", r.Pages[i].Page, describePage(&r.Pages[i]))
	}
}

// pagesOf names the pages that differ, the first ones of many.
func pagesOf(list []verify.PageDiff) string {
	var numbers []string
	for i := range list[:min(len(list), shownPages)] {
		numbers = append(numbers, strconv.Itoa(list[i].Page))
	}
	text := "第 " + strings.Join(numbers, "、") + " 页"
	if len(list) > shownPages {
		text += fmt.Sprintf("等 %d 页", len(list))
	}
	return text
}

// showPacks says which packs inside are not the program's own, and where they differ.
func (a *app) showPacks(r *verify.Report) {
	for i := range r.Packs {
		d := &r.Packs[i]
		switch {
		case d.Own == "" && len(d.Files) == 0:
			say(a.out, "  模板：“%s”是文件自己带的，程序没有这个模板，写在它文字里的数无从核对\n", d.ID)
			continue
		case d.Posing():
			say(a.out, "  模板：文件所带的“%s”与程序自带的同一版（%s）不同，写在它文字里的数可能不是由数据算出的：\n", d.ID, d.Version)
		default:
			say(a.out, "  模板：文件所带的“%s”是 %s 版，程序自带的是 %s 版，不同之处：\n", d.ID, d.Version, d.Own)
		}
		for k, f := range d.Files {
			if k == shownTexts {
				say(a.out, "    ……共 %d 个文件不同\n", len(d.Files))
				break
			}
			say(a.out, "    %s\n", describeFile(&f))
		}
	}
}

func describeFile(d *verify.FileDiff) string {
	switch {
	case d.Ends && d.Only == verify.Both:
		return d.Path + "：只有末尾的换行、空行不同"
	case d.Ends && d.Only == verify.OnlyInside:
		return fmt.Sprintf("%s 第 %d 行：文件里多出%s，程序自带的前面就完了", d.Path, d.Line, quoteTexts([]string{d.Inside}))
	case d.Ends:
		return fmt.Sprintf("%s 第 %d 行：文件里前面就完了，程序自带的还有%s", d.Path, d.Line, quoteTexts([]string{d.Own}))
	case d.Only == verify.OnlyInside:
		return d.Path + "：程序自带的没有这个文件"
	case d.Only == verify.OnlyOwn:
		return d.Path + "：文件里没有，程序自带的有"
	}
	return fmt.Sprintf("%s 第 %d 行：文件里是%s，程序自带的是%s", d.Path, d.Line, quoteTexts([]string{d.Inside}), quoteTexts([]string{d.Own}))
}

func describePage(d *verify.PageDiff) string {
	switch {
	case d.OnlyInFile:
		return "重排后没有这一页"
	case d.OnlyAnew:
		return "文件里没有这一页"
	}
	var parts []string
	if len(d.Written) > 0 {
		parts = append(parts, "文件中是"+quoteTexts(d.Written))
	}
	if len(d.Anew) > 0 {
		parts = append(parts, "重排得"+quoteTexts(d.Anew))
	}
	if len(d.Foreign) > 0 {
		parts = append(parts, "有本程序不写的内容（"+strings.Join(d.Foreign, " ")+"）")
	}
	if d.OtherFont {
		parts = append(parts, "内嵌字体画的字与重排的不同，看到的字可能与文字不符")
	}
	if len(parts) == 0 {
		return "文字相同，位置或线条不同"
	}
	return strings.Join(parts, "；")
}

func quoteTexts(list []string) string {
	var b strings.Builder
	for i, s := range list {
		if i == shownTexts {
			fmt.Fprintf(&b, "等 %d 处", len(list))
			break
		}
		if r := []rune(s); len(r) > 40 {
			s = string(r[:40]) + "…"
		}
		b.WriteString("“" + s + "”")
	}
	return b.String()
}

// drawingDPI is fine enough to see a moved decimal point.
const drawingDPI = 100

func (a *app) drawDifferences(file string, r *verify.Report, dir string) error {
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	for i := range r.Pages {
		var b bytes.Buffer
		if err := r.Picture(&r.Pages[i], drawingDPI, &b); err != nil {
			return machine("画不出第 %d 页：%w", r.Pages[i].Page, err)
		}
		name := filepath.Join(dir, fmt.Sprintf("%s-p%03d.png", base, r.Pages[i].Page))
		if err := writeWhole(name, b.Bytes()); err != nil {
			return machine("写不了 %s：%w", name, err)
		}
	}
	return nil
}
