# Cairn. `make` lists what there is to do; every target sets up what it needs.

PORT ?= 8000
CAIRN_DATA ?= data
PYTHON ?= python3
BIN := .venv/bin
NODE = $(BIN)/node
LOCK := .ci/requirements.txt
SOURCES := $(shell find pwa/client service_worker pwa/static/css pwa/translations -type f \
	-not -name '*.mo' -not -name keys.ts 2>/dev/null) pyproject.toml package-lock.json hatch_build.py pwa/shell/addresses.json

.DEFAULT_GOAL := list
.PHONY: list run test lint unit e2e bench soak docs format lock clean browser

list: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(BIN)/ready pwa/static/built/assets.json ## serve on http://localhost:8000 (PORT, CAIRN_DATA)
	PORT=$(PORT) CAIRN_DATA=$(CAIRN_DATA) $(BIN)/cairn serve

test: $(BIN)/ready $(NODE) pwa/static/built/assets.json browser ## run every test: Python, TypeScript, a real browser
	.ci/test

lint: $(BIN)/ready $(NODE) node_modules/.package-lock.json pwa/client/words/keys.ts ## ruff, mypy, tsc, Biome
	.ci/lint

unit: $(BIN)/ready $(NODE) pwa/static/built/assets.json ## the tests that need no browser
	.ci/unit $(ARGS)

e2e: $(BIN)/ready pwa/static/built/assets.json browser ## the journeys in a real browser (ARGS='-k win')
	.ci/e2e $(ARGS)

bench: $(BIN)/ready $(NODE) pwa/static/built/assets.json browser ## print what exists of the budgets, each beside its budget
	$(BIN)/python -m tests.bench

soak: $(BIN)/ready $(NODE) pwa/static/built/assets.json browser ## the histories of the merge and of phones, the server's deaths, a million rows
	.ci/soak

docs: $(BIN)/ready pwa/static/built/assets.json browser ## make the pictures of every screen
	$(BIN)/pytest e2e/pictures.py

format: $(BIN)/ready node_modules/.package-lock.json ## let ruff and Biome lay out the code
	$(BIN)/ruff format . && $(BIN)/ruff check --fix . ; $(NODE) node_modules/@biomejs/biome/bin/biome check --write --config-path=.ci pwa/client pwa/shell pwa/static/css service_worker tests e2e

lock: $(BIN)/ready ## resolve the packages anew, Python's and npm's
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --strip-extras --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--allow-unsafe --output-file $(LOCK) pyproject.toml
	rm -rf node_modules package-lock.json
	$(BIN)/python -c "import hatch_build as b; b.lock_packages(b.find_node())"

browser: $(BIN)/ready
	@$(BIN)/python -m e2e.browser

clean: ## remove everything that was made
	rm -rf .venv node_modules pwa/static/built artefacts dist build

$(BIN)/ready: $(LOCK) pyproject.toml
	.ci/setup $(PYTHON)
	touch $@

$(NODE): $(BIN)/ready
	ln -sf "$$($(BIN)/python hatch_build.py --node)" $@

node_modules/.package-lock.json: package-lock.json $(BIN)/ready
	$(BIN)/python -c "import hatch_build as b; b.install_packages(b.find_node())"

pwa/client/words/keys.ts: pwa/translations/en/LC_MESSAGES/messages.po $(NODE) node_modules/.package-lock.json
	$(NODE) pwa/client/build.ts --keys-only

pwa/static/built/assets.json: $(SOURCES) $(BIN)/ready
	$(BIN)/python hatch_build.py
