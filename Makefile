# `make help` lists what there is. Needs Rust (rustup), Python 3.11 or newer, and make.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
STAGE ?= test
CARGO_TARGET := $(or $(CARGO_TARGET_DIR),target)

# The Python tools, each version and hash fixed; made again when the list changes.
VENV := .tools/venv
TOOLS := $(VENV)/.ready-$(shell cksum < infra/requirements.txt | tr ' ' '-')
# cargo-lambda, sam and zig are found before any other of that name.
WITH_TOOLS := PATH="$(CURDIR)/$(VENV)/bin:$$PATH" SAM_CLI_TELEMETRY=0

TEMPLATES := template.yaml infra/roles.yaml infra/alarms.yaml

.PHONY: help run test check build deploy clean audit public-url fmt-check house template-lint deny clippy doc

help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(TOOLS) ## the whole service on this machine, with a demo booking site; DATA=dir keeps the data
	@echo "building (the first time takes some minutes)"
	cargo build --locked --workspace --bins
	@$(WITH_TOOLS) $(CARGO_TARGET)/debug/bellhop-local --functions cargo-lambda $(if $(DATA),--data "$(DATA)")

test: $(TOOLS) ## every test, the browser ones included
	@infra/check/browser.sh
	cargo build --locked --workspace --bins
	@$(WITH_TOOLS) cargo test --locked --workspace --no-fail-fast 2>&1 | $(PYTHON) infra/check/count_tests.py

check: fmt-check house template-lint deny clippy doc ## format, lints, documentation, dependency and house rules, template

build: $(TOOLS) ## the functions as they are deployed (arm64), into .aws-sam
	@if command -v rustup > /dev/null; then rustup target add aarch64-unknown-linux-gnu; fi
	@$(WITH_TOOLS) sam build

deploy: public-url build ## to AWS: make deploy STAGE=test PUBLIC_URL=https://pay.example
	@$(WITH_TOOLS) sam deploy --stack-name "bellhop-$(STAGE)" \
		--parameter-overrides "Stage=$(STAGE)" "PublicUrl=$(PUBLIC_URL)" $(if $(ALARM_TOPIC),"AlarmTopicArn=$(ALARM_TOPIC)")

clean: ## removes what was built and the tools, not the data
	rm -rf "$(CARGO_TARGET)" .aws-sam .tools

audit: $(TOOLS) ## known vulnerabilities in the dependencies; fetches the advisory database, so it needs the network
	@$(WITH_TOOLS) cargo deny --locked check advisories

# ---- Parts of the above ----------------------------------------------------------------------------

# Asked first, not after the build.
public-url:
	@if [ -z "$(PUBLIC_URL)" ]; then echo "say where the service is reached: make deploy PUBLIC_URL=https://pay.example" >&2; exit 2; fi

fmt-check:
	cargo fmt --all -- --check

house:
	@$(PYTHON) infra/check/dependencies.py
	@$(PYTHON) infra/check/house.py
	@$(PYTHON) infra/check/sizes.py

template-lint: $(TOOLS)
	@$(WITH_TOOLS) cfn-lint $(TEMPLATES)
	@$(WITH_TOOLS) sam validate --lint

# Advisories are in `audit`: their database is not on any package registry.
deny: $(TOOLS)
	@$(WITH_TOOLS) cargo deny --locked check bans licenses sources

clippy:
	cargo clippy --locked --workspace --all-targets -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

$(TOOLS): infra/requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: set PYTHON=..." >&2; exit 2; }
	@echo "installing the Python tools into $(VENV) (about a minute)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r infra/requirements.txt
	@touch $@
