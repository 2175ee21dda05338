# Each command of bin/ sources this file. It loads the parts of the set-up and gives their order.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd "$ROOT"
umask 022
# A step that fails is named.
set -E
trap 'printf "✗ Stopped at: %s\n" "$BASH_COMMAND" >&2' ERR
# The local commands use var/local.env. A file .env is only for docker compose.
export DJANGO_SETTINGS_MODULE=geo_portal.settings PYTHONUNBUFFERED=1
# Where this is set, each process compiles our own code anew.
unset PYTHONDONTWRITEBYTECODE

for part in say packages environment local_env postgres redis services assets; do
  . "$ROOT/bin/setup.d/$part.sh"
done

# Prepares system packages, Python, Node, the addresses of the private services and the database
# cluster.
prepare_checkout() {
  mkdir -p var/stamps
  lock_setup
  need_packages
  need_python_environment
  need_node_packages
  need_local_env
  need_cluster
  unlock_setup
  export PATH="$ROOT/.venv/bin:$PATH"
}
