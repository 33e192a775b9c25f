# `make` alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench faults screenshots translations package lock system-run system-test

SIZE ?= small
CUSTOMERS ?= 5000

help: ## What can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Make .venv, so that .venv/bin/harmony-desk is the command
	@scripts/setup.sh

run: setup system-run ## Prepare the demo and open the desk
	@.venv/bin/harmony-desk demo --customers $(CUSTOMERS)

test: setup system-test ## Run every test, and core and db again on the system's PostgreSQL
	@scripts/test.sh

lint: setup ## Check form and types
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy

bench: setup system-run ## Measure against limits of the same run (SIZE=small|demo|load)
	@.venv/bin/python -m tests.benchmarks --size $(SIZE)

faults: setup system-test ## Kills, cuts and attacks, the long ones too
	@.venv/bin/python -m pytest -m faults

screenshots: setup system-run ## Pictures of the window, in docs/screenshots
	@.venv/bin/harmony-desk screenshots docs/screenshots

translations: setup ## Collect the sentences of the code, then say which lack a good Dutch text
	@.venv/bin/python -m harmony_desk.core.translations update
	@.venv/bin/python -m harmony_desk.core.translations check

package: ## A program of its own in dist/, without Python around it
	@scripts/system-packages.sh package
	@scripts/setup.sh requirements-package.lock
	@.venv/bin/pyinstaller --noconfirm --log-level WARN build.spec
	@dist/harmony-desk/harmony-desk self-test

lock: setup ## Pin again after a change in pyproject.toml (needs uv)
	@for lock in requirements.lock:dev requirements-package.lock:dev,package; do \
	    uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	        $$(tr ',' '\n' <<<"$${lock#*:}" | sed 's/^/--extra /') pyproject.toml --output-file "$${lock%%:*}"; \
	done

system-run:
	@scripts/system-packages.sh run

system-test:
	@scripts/system-packages.sh test
