# Two commands set a fresh machine up: `make run` and `make test`. The rest is for daily work.
# Everything lives in .venv and var; nothing but python3 and make has to be there before.

.DEFAULT_GOAL := run
.PHONY: run test check format messages bench package chromium rivals

BIN := .venv/bin
UV := $(BIN)/uv
READY := .venv/.ready

run: $(READY)
	@exec $(BIN)/halopst run $(ARGS)

test: $(READY) chromium
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n 3 --dist loadfile $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djangofmt --check --quiet src
	$(BIN)/mypy src tools
	$(BIN)/lint-imports
	$(BIN)/halopst manage makemigrations --check --dry-run

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djangofmt src

messages: $(READY)
	$(BIN)/python -m tools.catalogue

bench: $(READY) rivals
	$(BIN)/python -m bench $(ARGS)

package: $(READY)
	@sh tools/package

$(READY): uv.lock pyproject.toml
	@sh tools/environment
	@touch $@

chromium:
	@sh tools/chromium

rivals: $(READY)
	@sh tools/rivals
