# Verbs of the project. `make` alone lists them.

GO      ?= go
OUT     := build
SAMPLE  := data/2026/338

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the verbs
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: sample
sample: ## make the sample department's PDF: build/338.pdf
	$(GO) run ./cmd/yusuan build $(SAMPLE) -o $(OUT)/338.pdf

.PHONY: build
build: ## compile the program for this machine: build/yusuan
	$(GO) build -trimpath -o $(OUT)/ ./cmd/yusuan

.PHONY: release
release: ## pack the program with its guide and all licences for Windows, Linux and macOS: build/release/
	$(GO) run ./internal/release -o $(OUT)/release

.PHONY: test
test: ## run all tests
	$(GO) test ./...

.PHONY: e2e
e2e: ## the program's pages in a real Chromium, typed into and clicked on; pictures of the steps go to $SCREENSHOTS
	$(GO) test -count=1 -v ./internal/e2e

.PHONY: bench-web
bench-web: ## from a key to the pages that it changes, in a real Chromium, and what is held after long editing; many minutes
	BENCH_WEB=1 $(GO) test -count=1 -timeout 60m -v -run TestSpeed ./internal/e2e

.PHONY: race
race: ## run all tests with the race detector
	$(GO) test -race -timeout 60m ./...

.PHONY: check
check: ## what a change must pass: .ci/run
	bash .ci/run

.PHONY: golden
golden: ## write the golden files and the generated pages anew; look at the difference before you commit it
	@for f in $$(grep -rlE '"UPDATE"|golden\(t, ' --include='*_test.go' . | sort); do \
	  names=$$(sed -n 's/^func \(Test[A-Za-z0-9_]*\)(.*/\1/p' $$f | paste -sd'|' -); \
	  UPDATE=1 $(GO) test -count=1 -run "^($$names)\$$" $$(dirname $$f) || exit 1; \
	done
	@git diff --stat

.PHONY: fuzz
fuzz: ## fuzz everything that reads files or sets text, 20 s each
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime 20s $$p || exit 1; \
	  done; \
	done

.PHONY: bench
bench: ## measure loading, layout and writing, batches, a cold build against plain fpdf, and whether cost grows with the data alone
	$(GO) test -run '^$$' -bench . -benchmem ./internal/...
	$(GO) run ./internal/bench/throughput
	$(GO) run ./internal/bench/cold
	$(GO) run ./internal/bench/linear

.PHONY: scale
scale: ## a batch of 10,000 departments: memory over time, rate, projection; needs Linux and 5 GB
	$(GO) run ./internal/bench/scale -n 10000 -csv $(OUT)/scale.csv

.PHONY: evenness
evenness: ## how evenly justified lines are set: as they are, by other ways, and by typst where it is installed
	$(GO) run ./internal/bench/evenness $(SAMPLE) $(wildcard testdata/departments/*/*)

.PHONY: look
look: ## what an editor would mark on the pages of all departments, and contact sheets of them: build/look
	$(GO) run ./internal/bench/look -o $(OUT)/look $(wildcard data/20*/* testdata/departments/*/*)

.PHONY: truth
truth: ## how many wrong numbers would be noticed in the documents of our packs, or in DOCS="a.pdf b.docx"; ARGS="-every 5 -list"
	$(GO) run ./internal/bench/truth $(ARGS) $(DOCS)

.PHONY: preview
preview: ## draw the sample's pages: build/preview/p001.png and on
	$(GO) run ./cmd/yusuan preview $(SAMPLE) -o $(OUT)/preview

.PHONY: conformance
conformance: ## hold the sample's PDF against veraPDF (PDF/A-3a, PDF/UA-1), what ofdrw draws of its OFD against that; needs Java, Maven, poppler
	@mkdir -p $(OUT)/conformance && $(GO) run ./cmd/yusuan build $(SAMPLE) -o $(OUT)/conformance/sample.pdf >/dev/null
	bash .ci/conformance $(OUT)/conformance/sample.pdf
	bash .ci/ofd/install && $(GO) test -count=1 ./internal/ofd ./internal/build -run 'OFDDrawn|SmallDrawn|FaultsOfReaders'

.PHONY: thorough
thorough: ## what is too long for every change: all departments and packs against veraPDF, the race detector, fuzzing
	@rm -rf $(OUT)/thorough && mkdir -p $(OUT)/thorough && $(GO) build -o $(OUT)/ ./cmd/yusuan
	@for d in $(wildcard data/20*/* testdata/departments/*/*); do \
	  name=$$(basename $$(dirname $$d))-$$(basename $$d); \
	  $(OUT)/yusuan build $$d -o $(OUT)/thorough/$$name.pdf >/dev/null 2>$(OUT)/thorough/$$name.log || { cat $(OUT)/thorough/$$name.log; exit 1; }; \
	done
	@for p in $$($(OUT)/yusuan packs | cut -f1); do $(OUT)/yusuan pack gallery $$p -o $(OUT)/thorough/pack-$$p.pdf >/dev/null || exit 1; done
	bash .ci/conformance $(OUT)/thorough/*.pdf
	bash .ci/ofd/install && $(GO) test -timeout 60m -v ./internal/build -run OFDDrawn -ofd
	$(GO) test ./internal/sheet -run ManyDepartments -departments 200
	$(GO) test ./internal/tablebook -run Recalculated -everything
	bash -c 'source .ci/tools && install_tools && $(GO) test ./internal/build -run "Frictionless|Axe" -packages -pages'
	$(MAKE) --no-print-directory race
	$(MAKE) --no-print-directory fuzz

.PHONY: fmt
fmt: ## format the code
	gofmt -w .

.PHONY: clean
clean: ## remove what the verbs made
	rm -rf $(OUT)
