# Icons and the bundler come from npm, packages from the locked requirements; the last stage holds neither
# compilers nor package managers and runs as an ordinary user.

FROM node:22-bookworm-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY static ./static
RUN npm run build

FROM python:3.12-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/ /requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r /requirements/uv.txt \
    && uv venv /venv \
    && VIRTUAL_ENV=/venv uv pip sync --no-cache --require-hashes /requirements/base.txt
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY . .
COPY --from=frontend /app/node_modules ./node_modules
COPY --from=frontend /app/static/build ./static/build
# Building needs settings, yet no secret and no database: the demo's defaults, in this stage only.
RUN export PORTAL_MODE=demo STATIC_ROOT=/static \
    && python manage.py compilemessages -v 0 --ignore node_modules \
    && python manage.py build_assets \
    && python manage.py collectstatic --no-input -v 0 \
    && rm -rf node_modules tests benchmarks

FROM python:3.12-slim-bookworm
# For PDFs: layout of text, subsets of fonts, a font with Polish letters.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
        libseccomp2 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home portal \
    && mkdir -p -m 700 /data/photos \
    && mkdir -m 755 /basemap \
    && chown -R portal /data /basemap
COPY --from=build /venv /venv
COPY --from=build /static /static
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=geo_portal.settings \
    PORTAL_MODE=production \
    STATIC_ROOT=/static \
    PHOTO_DIR=/data/photos \
    BASEMAP_DIR=/basemap \
    VAR_DIR=/data
USER portal
VOLUME /data /basemap
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# System checks first: a missing or default secret stops the start.
CMD ["sh", "-c", "python manage.py check --database default && exec uvicorn geo_portal.asgi:application --host 0.0.0.0 --port 8000 --workers ${WEB_WORKERS:-2} --loop uvloop --http web.protocol:BoundedProtocol --no-proxy-headers --no-access-log --no-server-header"]
