# Every task of the project. `make help` prints this list from the comments
# that begin with two signs.

GO ?= go
TOOL = $(GO) tool -modfile=tools/go.mod
FUZZTIME ?= 20s

.DEFAULT_GOAL := test
.PHONY: test check unit dev run build fuzz bench bench-growth soak screenshots help

test: check ## all checks and all tests (what a bare `make` does); installs what the tests need
	scripts/test-deps
	scripts/with-postgres scripts/test-all

check: ## gofmt, vet, staticcheck, layers, sizes, lints, links in documents, known vulnerabilities
	@scripts/check-format
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	$(GO) test -count=1 -v . | scripts/only-findings
	@scripts/check-vulnerabilities

unit: ## the tests of every package on SQLite alone; needs nothing but Go
	$(GO) test -shuffle=on -skip '$(shell scripts/test-all --apart)' ./...

dev: ## the sample community, templates and styles read from disk at each request; /_dev/gallery, /_dev/clock
	$(GO) run ./cmd/waypost serve --demo --dev

run: ## the sample community as a visitor sees it, on http://localhost:8080
	$(GO) run ./cmd/waypost serve --demo

build: ## bin/waypost: one stripped file, no C compiler needed
	CGO_ENABLED=0 $(GO) build -tags release -trimpath -ldflags='-s -w' -o bin/waypost ./cmd/waypost

fuzz: ## every fuzz test for FUZZTIME each (20s)
	scripts/fuzz $(FUZZTIME)

bench: ## speed and size as ratios in one run, within 20 minutes; installs what it needs
	scripts/test-deps
	scripts/with-postgres $(GO) run ./bench

bench-growth: ## the same questions at a thousand and thirty thousand stories; GROWTH=-million adds a million
	scripts/test-deps
	scripts/with-postgres $(GO) run ./bench -growth $(GROWTH)

soak: ## hours of harm, as root: power cuts, failing disks, slow clients, a hundred kills
	$(GO) run ./bench -soak

screenshots: ## the pictures of the documents, taken by the browser tests
	scripts/test-deps
	WAYPOST_SCREENSHOTS='$(CURDIR)/docs/pictures' $(GO) test -count=1 -run '^TestBrowserPictures' ./app

help: ## this list
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
