# Two commands matter: `make run` serves Bailey, `make test` proves it. `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export PATH := $(CURDIR)/.tools/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)

.PHONY: help tools tools-run tools-test build quick dev run demo watch test lint fmt docs e2e screens bench

help: ## List what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

tools: ## Install what building needs and is missing
	@scripts/tools build

tools-run:
	@scripts/tools run

tools-test: ## Install what testing needs and is missing
	@scripts/tools test

build: tools ## Build the program that is released: target/release/bailey
	cargo xtask build

quick: tools-run
	cargo xtask build --quick

run: quick ## Build quickly, and serve Bailey on an embedded SQLite file under data/
	target/quick/bailey serve

demo: quick ## The same with a lively workspace of made-up people, under data/demo
	@scripts/demo

watch: ## Rebuild and reload on every change
	@scripts/tools watch
	cargo xtask workers public
	BAILEY_SITE_ROOT=target/site LEPTOS_BIN_TARGET_TRIPLE=$$(rustc --print host-tuple) cargo leptos watch --split

test: tools-test ## Run every check and every test
	@scripts/test

lint: ## Formatting, lints and the rules of the layers
	@scripts/lint

fmt: ## Format the code
	cargo fmt

docs: ## Write the references that derive from the code
	BAILEY_BLESS=1 cargo test -q -p policy --test reference
	scripts/setting-tests --write
	BAILEY_BLESS=1 cargo test -q -p server --lib is_current

dev: tools-test
	cargo xtask build --dev

e2e: $(if $(BAILEY_E2E_URL),tools-test,dev) ## Run the journeys in Chromium: all, or SPEC=sign_in; HEADED=1 shows them
	@scripts/e2e journeys

screens: dev ## Take every screen in light, dark and at 360 px into screens/, and those of the README
	@scripts/e2e screens

bench: tools-test ## Measure speed, memory and weight
	@scripts/bench
