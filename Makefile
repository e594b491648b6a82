# `make demo` and `make test` do all the set-up they need, from a fresh clone, in a virtual environment of their own.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPORA ?= ../shared
GRAPH ?= graph
TYPESCRIPT := 5.9.3
MODEL ?= kg/extraction/tagger/shipped
# Training frees and takes large blocks of memory all the time; to keep them halves the time it takes.
TRAINING := GLIBC_TUNABLES=glibc.malloc.mmap_threshold=8589934592:glibc.malloc.trim_threshold=8589934592

.PHONY: train demo test lint types check script-check picture benchmark benchmark-pages benchmark-building benchmark-workers crash-test benchmark-serving fuzz-serving wheel-check demo-check lock pages clean help

help:  ## Show these targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/run.stamp  ## Build the sample graph into exports/ and say what is in it
	$(BIN)/python tools/demo.py

test: $(VENV)/dev.stamp  ## Run the tests
	OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses=2 --dist=worksteal

lint: $(VENV)/dev.stamp  ## Style, and the direction data flows in
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/dev.stamp  ## Check types
	$(BIN)/mypy

check: lint types test  ## All of the above

demo-check: $(VENV)/dev.stamp  ## Fail when exports/ is not what `make demo` makes
	$(BIN)/python tools/demo.py --check

wheel-check: $(VENV)/dev.stamp  ## Install the wheel in an empty environment and build a graph with it
	PYTHON=$(BIN)/python sh tools/check_wheel.sh

picture: $(VENV)/dev.stamp  ## Take the pictures of exports/ anew (needs Chromium)
	$(BIN)/python tools/picture.py exports/graph.html exports/overview.png
	$(BIN)/python tools/picture.py 'exports/graph.html#view=graph&all=1' exports/graph.png
	$(BIN)/python tools/picture.py \
		'exports/graph.html#view=graph&node=disease/rib-fracture&group=targetsDisease:by:Method' exports/question.png
	$(BIN)/python tools/picture.py \
		'exports/graph.html#view=compare&compare=method/orf-net,method/orf-netv2,method/oxnet' exports/comparison.png

pages: $(VENV)/dev.stamp  ## Write the generated pages anew: the ontology's terms, and docs/reference/
	$(BIN)/python tools/ontology_page.py
	$(BIN)/python tools/reference.py

benchmark: $(VENV)/dev.stamp  ## Time the commands against their bars
	$(BIN)/python tools/benchmark.py
	$(BIN)/python tools/benchmark_extraction.py $(CORPORA)/text/medical-imaging.jsonl

benchmark-building: $(VENV)/dev.stamp  ## Time building many papers, and one more: PAPERS=file ANNOTATIONS=file
	$(BIN)/python tools/benchmark_building.py $(PAPERS) $(ANNOTATIONS) --engine

benchmark-workers: $(VENV)/dev.stamp  ## Time reading by two processes beside bare busy ones
	OMP_NUM_THREADS=1 $(BIN)/python tools/benchmark_workers.py $(CORPORA)/text/medical-imaging.jsonl

crash-test: $(VENV)/dev.stamp  ## Kill a build at 50 moments, and processes that read
	CRASHES=50 $(BIN)/pytest tests/test_updates.py -k killed
	DEATHS=5 TEXTS=1000 $(BIN)/pytest tests/test_workers.py -k die

benchmark-serving: $(VENV)/dev.stamp  ## Throw 10,000 requests at the server, and time it beside oxigraph serve
	$(BIN)/python -m benchmarks.endurance $(GRAPH)
	$(BIN)/python -m benchmarks.serving $(GRAPH)

fuzz-serving: $(VENV)/fuzz.stamp  ## Send strange requests to the server: 20,000 of ours, 20 minutes of schemathesis'
	KG_FUZZ_EXAMPLES=20000 $(BIN)/pytest tests/serving/test_fuzz.py
	$(BIN)/python tools/fuzz_serving.py --seconds 600

benchmark-pages: $(VENV)/dev.stamp  ## Measure the explorer in a browser beside pyvis and force-graph
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.pages

script-check:  ## Check the types of the pages' scripts with TypeScript (from the npm registry)
	npm exec --yes --package=typescript@$(TYPESCRIPT) -- tsc --project kg/exporters/explorer/web/jsconfig.json
	npm exec --yes --package=typescript@$(TYPESCRIPT) -- tsc --project kg/exporters/review/web/jsconfig.json
	npm exec --yes --package=typescript@$(TYPESCRIPT) -- tsc --project kg/serving/pages/jsconfig.json

train: $(VENV)/train.stamp  ## Make the learned model anew from the folder CORPORA (more than an hour on two cores)
	$(TRAINING) $(BIN)/kg train $(CORPORA) -o $(MODEL)

lock: $(VENV)/dev.stamp  ## Pin the newest allowed versions
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --upgrade --extra dev -c requirements.lock \
		pyproject.toml -o requirements-dev.lock

clean:  ## Remove what was made, the virtual environment too
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

$(VENV)/fuzz.stamp: $(VENV)/dev.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check -c requirements-dev.lock -e ".[fuzz]"
	touch $@

$(VENV)/train.stamp: $(VENV)/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[train]"
	touch $@
