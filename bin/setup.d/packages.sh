# Installs system packages. For each there is a test for what it brings, so that nothing is installed
# if the machine has it from elsewhere.

has_library() { [ -n "$(/sbin/ldconfig -p 2>/dev/null | grep -F "$1")" ]; }
has_compose() { command -v docker-compose >/dev/null || docker compose version >/dev/null 2>&1; }

# Finds the newest PostgreSQL (15 or later) that has PostGIS, and its folder of programs (PG_BIN).
PG_SHARE=/usr/share/postgresql
find_postgres() {
  local control
  for control in $(printf '%s\n' "$PG_SHARE"/*/extension/postgis.control | sort -rV); do
    # Without any there is the pattern itself.
    [ -f "$control" ] || continue
    PG_VERSION=$(basename "$(dirname "$(dirname "$control")")")
    PG_BIN=/usr/lib/postgresql/$PG_VERSION/bin
    [ "$PG_VERSION" -ge 15 ] && [ -x "$PG_BIN/initdb" ] && return 0
  done
  command -v pg_config >/dev/null || return 1
  PG_BIN=$(pg_config --bindir) PG_VERSION=$(pg_config --version | grep -oE '[0-9]+' | head -n 1)
  [ "$PG_VERSION" -ge 15 ] && [ -x "$PG_BIN/initdb" ] &&
    [ -f "$(pg_config --sharedir)/extension/postgis.control" ]
}

find_chromium() {
  CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
}

find_firefox() {
  FIREFOX=$(command -v firefox-esr || command -v firefox)
}

missing_packages() {
  find_postgres || echo postgresql-postgis
  command -v redis-server >/dev/null || echo redis-server
  find_chromium >/dev/null || echo chromium
  find_firefox >/dev/null || echo firefox-esr
  command -v msgcmp >/dev/null || echo gettext
  has_library libpango-1.0.so.0 || echo libpango-1.0-0
  has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
  has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
  has_library libseccomp.so.2 || echo libseccomp2
  [ -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || echo fonts-dejavu-core
  [ -s /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
  python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
  has_compose || echo docker-compose
}

need_packages() {
  local missing
  missing=$(missing_packages | xargs)
  if [ -n "$missing" ]; then
    install_packages $missing
    missing=$(missing_packages | xargs)
    [ -z "$missing" ] || fail "Still missing after the installation: $missing"
  fi
  find_postgres
  find_chromium
  find_firefox
  export PG_BIN CHROMIUM FIREFOX
}

install_packages() {
  local as_root=""
  is_root || as_root="sudo"
  if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && ! sudo -n true 2>/dev/null; }; then
    echo "System packages are missing, and only an administrator can install them. Run:" >&2
    fail "${as_root:+sudo }apt-get update && ${as_root:+sudo }apt-get install --no-install-recommends -y $*"
  fi
  say "Installing system packages: $*"
  $as_root bash "$ROOT/bin/setup.d/apt_install" "$@"
}
