# Sourced by each command of bin/: the parts of the set-up and their order.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd "$ROOT"
umask 022
# No step fails without a word.
set -E
trap 'printf "✗ Stopped at: %s\n" "$BASH_COMMAND" >&2' ERR
# A .env is for docker compose; what the local commands use is in var/local.env.
export DJANGO_SETTINGS_MODULE=geo_portal.settings PYTHONUNBUFFERED=1

for part in say packages environment local_env postgres redis services assets; do
  . "$ROOT/bin/setup.d/$part.sh"
done

# Packages, Python, Node, addresses of the private services, their data folders.
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
