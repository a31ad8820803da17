package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"yusuan/internal/archive"
	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/district"
)

// batchOptions are the flags of batch.
type batchOptions struct {
	out, shard, last    string
	editions, formats   string
	jobs                int
	count               int // of documents in the making at a time, once it is known
	force, merge, again bool
	verify              bool
}

func (a *app) batchCommand() *cobra.Command {
	var o batchOptions
	c := &cobra.Command{
		Use:   "batch 根目录 -o 输出目录",
		Short: "把一个目录下所有部门的文件一次做完",
		Long: "找出根目录下的全部部门，逐个核对并生成 PDF。一个部门有错误不影响其他部门。没有变动的部门跳过不做；中断以后再次运行会接着做。\n" +
			"--formats 写几种形式，每份文件就做几种，名字相同、结尾不同；一份文件的几种形式要么都做成，要么都不写。没有变动的形式不重做，缺的、改过的补做。\n" +
			formReaders + "\n" + ofdWords + "\n" +
			"没有变动，是数据、程序、模板、字体都和上次一样，上次的文件还在，大小和修改时间没有变；内容改了而两者没变的，用 --verify-outputs 才看得出。\n" +
			"完整做完一次，没有做成的和已经撤销的部门，上次生成的文件移到 旧文件/，不再和公开的文件放在一起；只移不删。\n" +
			"分份做（--shard）、合并（--merge）、中途停下的，不移也不列出旧文件：公开哪些以 校验.sha256 为准；或者在同一目录不分份再做一次，没有变动的不重做，旧文件移走。\n" +
			"输出目录里有 summary.xlsx（全区汇总表：各部门的状态和支出、按科目的合计和上年数、“三公”经费、项目、采购）、summary.json、district.csv（全区合计）、核对报告/（各部门的问题，文本和表格各一份）和 校验.sha256（登记表：公开的每份文件的校验值）。\n" +
			"完整做完或合并以后还有 board.html（进度表：各部门到了哪一步、有什么问题、全区合计，财政局自己看）和 index.html（公开目录：各部门的文件，可以随文件公开）。\n" +
			"根目录里的 district.toml（部门名单、人大批准日期）和部门目录里的 _review.toml（保密审查、审签、公开）写进进度表，不是预算数据，不影响文件；怎样写见 README.zh-CN.md。\n" +
			"--formats 里有 data 的，完整做完或合并以后还有 district-年度-data.zip：所有部门的开放数据合在一起，没有做成的列在里面的 departments.csv 里。\n" +
			"登记表自身的校验值会显示出来，请抄在纸上或存在别处：与文件放在一起的登记表，改文件的人也能改。",
		Example: "  yusuan batch data -o 公开文件\n  yusuan batch data -o 公开文件 --editions all    单位预算也做\n  yusuan batch data -o 公开文件 --formats pdf,html    网页也做\n  yusuan batch data -o out --shard 2/8    在八台机器中的第二台上\n  yusuan batch --merge out1 out2 -o out   合并各台机器的汇总",
		RunE: func(c *cobra.Command, args []string) error {
			if o.out == "" {
				return usage("要用 -o 给出输出目录")
			}
			if o.merge {
				for _, flag := range []string{"formats", "ofd-plain"} {
					if c.Flags().Changed(flag) {
						return usage("--%s 和 --merge 不能一起用：合并不做文件，各份用 --formats 做成什么就是什么", flag)
					}
				}
				return a.mergeBatch(args, &o)
			}
			if len(args) != 1 {
				return usage("要给一个根目录，例如：yusuan batch data -o 公开文件")
			}
			return a.batch(args[0], &o)
		},
	}
	f := c.Flags()
	f.StringVarP(&o.out, "output", "o", "", "`输出目录`")
	f.IntVarP(&o.jobs, "jobs", "j", 0, "同时做几个部门的`个数`，不写是处理器的核数")
	f.StringVar(&o.shard, "shard", "", "只做其中`一份`：2/8 是八份中的第二份")
	f.StringVar(&o.editions, "editions", string(batch.OfDepartment), "做哪些`文件`：department（部门预算，不写就是这个）、units（各单位的单位预算）、all（都做）")
	f.StringVar(&o.formats, "formats", string(build.PDF), "每份文件做成哪些`形式`，用逗号隔开："+formWords())
	f.StringVar(&o.last, "last", "", "上年批量的 `summary.json`，用来核对上年数")
	f.BoolVar(&o.force, "force", false, "没有变动的部门也重做")
	f.BoolVar(&o.verify, "verify-outputs", false, "逐个读出已有的文件，内容改过的重做；不写时只看大小和修改时间")
	f.BoolVar(&o.again, "resume", true, "接着上次做（默认就是这样）")
	f.BoolVar(&o.merge, "merge", false, "不生成文件，合并各份的汇总；后面写各份的输出目录")
	f.Lookup("resume").Hidden = true
	a.asDocuments(c)
	return c
}

func (a *app) batch(root string, o *batchOptions) error {
	if err := isFolder(root, "部门数据的根目录，例如 data"); err != nil {
		return err
	}
	ctx, release := signal.NotifyContext(context.Background(), os.Interrupt, terminate)
	defer release()
	go func() {
		<-ctx.Done()
		release() // a second Ctrl-C ends the program at once
	}()
	a.limit, o.count = batch.LimitMemory, o.workers()
	var p *progress
	_, err := a.makeBatch(ctx, rootNamed(root), o, follower{
		begin: func(total int) { p = newProgress(a.err, total) },
		done:  func(records []batch.Record) { p.done(records) },
		end:   func() { p.end() },
	})
	return err
}

// follower is told how far a batch is.
type follower struct {
	begin func(departments int)
	done  func([]batch.Record) // of one department
	end   func()
}

// batchMade is what came of a batch.
type batchMade struct {
	summary     *batch.Summary
	interrupted bool
	stopped     error                // the disk takes no more
	districts   []*district.District // of a whole run that came to its end
}

// makeBatch makes the documents of all departments below a root. The error chooses the exit code; one without words says that
// what is wrong has been told. The result is nil where nothing was begun.
func (a *app) makeBatch(ctx context.Context, root batchRoot, o *batchOptions, follow follower) (*batchMade, error) {
	shard, suffix, err := o.shardOf()
	if err != nil {
		return nil, err
	}
	b, last, err := a.prepareBatch(root, o)
	if err != nil {
		return nil, err
	}
	b.Departments = shard.Take(b.All)
	out, done, err := openOut(o.out, suffix, b.Departments)
	if err != nil {
		return nil, machine("输出目录 %s 不能用：%w", o.out, err)
	}
	defer out.close()
	if out.limit = a.limit; o.force || !o.again {
		b.Known = done
	} else {
		b.Done, b.Known = done, done
	}
	b.Machine, b.Shelf = out.machine(root, a.strip, a.plain), out.shelf
	records, stopped := a.runBatch(ctx, b, follow)
	m := &batchMade{interrupted: ctx.Err() != nil}
	s := &batch.Summary{Program: b.Shared.Program, Root: root.shown, Shard: o.shard, Editions: b.Editions, Departments: records}
	if m.summary = s; len(b.Forms) > 1 || b.Forms[0] != build.PDF { // as earlier versions had it
		s.Forms = b.Forms
	}
	s.Count()
	if o.shard == "" && !m.interrupted && stopped == nil {
		s.District(root.texts, last, o.last, b.Workers)
		stopped = out.retire(b, s)
	}
	end := &ending{root: root, last: last, made: []string{o.out}, stopped: stopped, interrupted: m.interrupted, workers: b.Workers}
	if err = a.finishBatch(s, out, end); end.stopped == nil && !m.interrupted && s.Shard == "" {
		m.districts = end.districts
	}
	m.stopped = end.stopped
	return m, err
}

// prepareBatch reads what a batch needs before its output folder is touched; last are the records of last year's.
func (a *app) prepareBatch(root batchRoot, o *batchOptions) (b *batch.Batch, last []batch.Record, err error) {
	b = &batch.Batch{Editions: batch.Editions(o.editions), Verify: o.verify, Program: exactProgram(), Workers: o.count}
	if !slices.Contains([]batch.Editions{batch.OfDepartment, batch.OfUnits, batch.OfAll}, b.Editions) {
		return nil, nil, usage("--editions 应为 department、units 或 all，不是“%s”", o.editions)
	}
	if b.Forms, err = formsOf(o.formats); err != nil {
		return nil, nil, err
	}
	if err = a.plainOf(b.Forms, "--formats 里加上 ofd"); err != nil {
		return nil, nil, err
	}
	if b.All, err = root.departments(); err != nil {
		return nil, nil, err
	}
	if last, err = readLast(o.last); err != nil {
		return nil, nil, err
	}
	if b.Shared, err = a.shared(); err != nil {
		return nil, nil, err
	}
	if b.Root, err = markOf(root.dir); err != nil {
		return nil, nil, err
	}
	b.Fingerprint, err = a.fingerprint(b.Shared)
	return b, last, err
}

// runBatch makes the documents until they are done, the disk takes no more, or ctx ends.
func (a *app) runBatch(ctx context.Context, b *batch.Batch, follow follower) (records []batch.Record, stopped error) {
	follow.begin(len(b.Departments))
	made, told := 0, 0
	room := roomOf(b) + batch.FormRoom(len(b.Forms), len(b.Departments))
	a.limit(b.Workers, 0, len(b.Done), room)
	records, stopped = b.Run(ctx, func(records []batch.Record) {
		if made += len(records); made >= told+1000 {
			told = made
			a.limit(b.Workers, made, len(b.Done), room)
		}
		follow.done(records)
	})
	follow.end()
	return records, stopped
}

// ending is what a run ends with.
type ending struct {
	root        batchRoot
	last        []batch.Record // of last year's batch
	made        []string       // folders that have the documents
	stopped     error          // the disk takes no more
	interrupted bool
	workers     int
	districts   []*district.District // what finishing makes of the summary
}

// finishBatch shows and writes the summary and chooses the exit code.
func (a *app) finishBatch(s *batch.Summary, out *outFolder, e *ending) error {
	showSummary(a.out, s)
	a.limit(e.workers, len(s.Departments), len(out.known), batch.DistrictRoom(e.workers, len(s.Departments)))
	districts := a.districts(s, e.root, e.last)
	e.districts = districts
	showDistrict(a.out, districts[0], time.Now())
	write := func(what func() error) {
		if err := what(); err != nil && e.stopped == nil {
			e.stopped = err
		}
	}
	if e.stopped == nil && !e.interrupted && s.Shard == "" {
		write(func() error { return a.writeDistrict(out, s, e.made) })
	}
	write(func() error { return a.writeSummary(out, s, districts) })
	write(func() error { return a.writeRegister(out, s) })
	if e.stopped == nil && !e.interrupted && s.Shard == "" {
		write(func() error { return a.writePages(out, s, districts) })
	} else {
		a.tellOldPages(out)
	}
	c := s.Counts
	switch {
	case e.stopped != nil:
		return machine("写不了输出目录，已经停下：%w。已做好的文件都是完整的；腾出空间或接好磁盘后再次运行，会接着做", e.stopped)
	case e.interrupted:
		return machine("已按要求停下；再次运行会接着做")
	case c[batch.Refused]+c[batch.Crashed]+c[batch.NotDone] > 0:
		return &exitError{code: exitMachine}
	case c[batch.BadData] > 0 || s.HasErrors() || hasProblems(districts):
		return &exitError{code: exitData}
	}
	return nil
}

// markOf stands for a root wherever it is named from, without telling where it lies.
func markOf(root string) (string, error) {
	real, err := filepath.EvalSymlinks(root)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return "", machine("%w", err)
	}
	const length = 16
	return archive.Sum([]byte(filepath.ToSlash(real)))[:length], nil
}

// shardOf reads --shard; suffix tells the files of the shard from those of others in one output folder.
func (o *batchOptions) shardOf() (s batch.Shard, suffix string, err error) {
	if o.shard == "" {
		return s, "", nil
	}
	if s, err = batch.ParseShard(o.shard); err != nil {
		return s, "", usage("--shard 应写成 2/8（八份中的第二份），不是“%s”", o.shard)
	}
	return s, fmt.Sprintf("-%d-of-%d", s.Index, s.Of), nil
}

// workers is the number of documents in the making at a time.
func (o *batchOptions) workers() int {
	n := o.jobs
	if n < 1 {
		n = runtime.GOMAXPROCS(0)
	} else if n < runtime.GOMAXPROCS(0) {
		runtime.GOMAXPROCS(n)
	}
	batch.LimitMemory(n, 0, 0, 0)
	return n
}

// readLast reads last year's summary.
func readLast(name string) ([]batch.Record, error) {
	if name == "" {
		return nil, nil
	}
	s, err := readSummary(name)
	if err != nil {
		return nil, err
	}
	return s.Departments, nil
}

func readSummary(name string) (*batch.Summary, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, usage("读不出汇总 %s：%w", name, err)
	}
	defer f.Close()
	s, err := batch.ReadSummary(bufio.NewReader(f), nil)
	if err != nil {
		return nil, usage("%s 不是批量汇总，或者没有写完；要的是上一次输出目录里的 summary.json", name)
	}
	return s, nil
}

func (a *app) mergeBatch(dirs []string, o *batchOptions) error {
	workers := o.workers()
	a.limit = batch.LimitMemory
	parts, err := readSummaries(dirs, workers)
	if err != nil {
		return err
	}
	s, err := batch.Merge(parts)
	var missing *batch.MissingShard
	switch {
	case errors.As(err, &missing):
		return usage("缺少第 %d 份（共 %d 份）的汇总，等它做完再合并", missing.Index, missing.Of)
	case err != nil:
		return usage("这些汇总不是同一批的各份：%w", err)
	}
	last, err := readLast(o.last)
	if err != nil {
		return err
	}
	batch.LimitMemory(workers, 2*len(s.Departments), 0, 0) // each is read and put in order
	root := rootNamed(s.Root)
	texts := root.texts
	if _, err := os.Stat(s.Root); err != nil {
		texts = nil
		say(a.err, "读不到数据目录 %s，没有查找部门之间照抄的文字\n", s.Root)
	}
	s.District(texts, last, o.last, workers)
	out, _, err := openOut(o.out, "", nil)
	if err != nil {
		return machine("输出目录 %s 不能用：%w", o.out, err)
	}
	defer out.close()
	out.limit = a.limit
	return a.finishBatch(s, out, &ending{root: root, last: last, made: dirs, workers: workers})
}

// readSummaries reads the summaries of shards from their output folders.
func readSummaries(dirs []string, workers int) ([]*batch.Summary, error) {
	if len(dirs) == 0 {
		return nil, usage("要给出各份的输出目录，例如：yusuan batch --merge out1 out2 -o out")
	}
	var parts []*batch.Summary
	var room int64
	for _, dir := range dirs {
		names, err := filepath.Glob(filepath.Join(dir, "summary-*-of-*.json"))
		if err != nil || len(names) == 0 {
			return nil, usage("%s 里没有分份的汇总 summary-*-of-*.json", dir)
		}
		for _, name := range names {
			if info, err := os.Stat(name); err == nil {
				const packs = 4 // at rest a record takes less than a quarter of its text
				room += info.Size() / packs
				batch.LimitMemory(workers, 0, 0, room)
			}
			s, err := readSummary(name)
			if err != nil {
				return nil, err
			}
			parts = append(parts, s)
		}
	}
	return parts, nil
}

// seconds prints a duration for people.
func seconds(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1f 秒", d.Seconds())
	}
	return strings.NewReplacer("h", " 时 ", "m", " 分 ", "s", " 秒").Replace(d.Round(time.Second).String())
}
