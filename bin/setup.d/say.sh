# Messages, stamps, and the lock that prevents two set-ups of one checkout at the same time.

say() { printf '\033[1m▸\033[0m %s\n' "$*"; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

# A stamp holds the fingerprint of the sources of a step. It is written last, so that a step that was
# interrupted has no stamp and is repeated.
fingerprint() { cat "$@" <(printf '%s' "$ROOT") | sha256sum | cut -c1-64; }
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
stamp() { printf '%s' "$2" >"$1.new" && mv "$1.new" "$1"; }

lock_setup() {
  exec 8>var/setup.lock
  flock -w 3 8 || { say "Another command prepares this checkout; waiting for it."; flock 8; }
}
unlock_setup() { exec 8>&-; }

# Descriptors 6 to 9 are the locks of our commands. A server that inherited one would hold it as long
# as it runs, also after its command was killed.
without_locks() { "$@" 6>&- 7>&- 8>&- 9>&-; }

is_root() { [ "$(id -u)" = 0 ]; }
