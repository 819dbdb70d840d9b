# One image for web, worker and every other command: `docker run IMAGE web`, `... worker`, `... backup FILE`.

FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir 'uv>=0.9'
WORKDIR /app
# The libraries change rarely: their layer is reused until the lock changes.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --extra model --no-install-project
COPY src src
RUN uv sync --frozen --no-dev --extra model --no-editable

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 999 --home-dir /app --shell /usr/sbin/nologin halopst \
    && install --directory --owner halopst --mode 0711 /app/var /app/var/media
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH HALOPST_VAR=/app/var PYTHONUNBUFFERED=1
WORKDIR /app
USER halopst
# Compressed once here instead of at every start. The key signs nothing: it only lets the settings load.
RUN DJANGO_SETTINGS_MODULE=halopst.config.settings HALOPST_SECRET_KEY=build python -c \
    'import django; django.setup(); from halopst.config.actions import collect_static_files as go; go()'
EXPOSE 8000
ENTRYPOINT ["halopst"]
CMD ["web", "--host", "0.0.0.0"]
