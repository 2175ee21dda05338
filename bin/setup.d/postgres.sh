# The private PostgreSQL cluster. PostgreSQL refuses to run as root, so root runs it as the user
# "postgres". Anybody else runs it as themselves.

as_pg() {
  if is_root; then without_locks runuser -u postgres -- "$@"; else without_locks "$@"; fi
}

# The cluster is under var/ if the user of the server can reach it, else outside the checkout.
choose_pg_home() {
  if ! is_root || runuser -u postgres -- test -x "$ROOT/var"; then
    echo "$ROOT/var/postgres"
    return
  fi
  local name
  name=geo-portal-$(printf '%s' "$ROOT" | sha256sum | cut -c1-12)
  echo "▸ The user postgres cannot enter $ROOT: the database lies in /var/lib/$name." >&2
  echo "/var/lib/$name"
}

need_cluster() {
  [ ! -f "$PG_HOME/data/postmaster.pid" ] || [ -n "$(server_pid)" ] || forget_dead_server
  if [ -f "$PG_HOME/made" ]; then check_cluster; return; fi
  say "Creating a private PostgreSQL $PG_VERSION cluster in $PG_HOME."
  stop_postgres
  rm -rf "${PG_HOME:?}"
  mkdir -p "$PG_HOME"
  if is_root; then chown postgres "$PG_HOME"; fi
  make_cluster
  # This file is written last. If it is missing, the next set-up makes the cluster again.
  fingerprint_cluster >"$PG_HOME/made"
}

fingerprint_cluster() { printf '%s %s\n' "$PG_VERSION" "$PG_PASSWORD" | sha256sum; }

# Keeps the cluster if it fits this version of PostgreSQL and the password in var/local.env, and
# makes it again otherwise.
check_cluster() {
  [ "$(cat "$PG_HOME/made")" != "$(fingerprint_cluster)" ] || return 0
  [ "$(cat "$PG_HOME/data/PG_VERSION")" = "$PG_VERSION" ] ||
    say "The cluster was made by PostgreSQL $(cat "$PG_HOME/data/PG_VERSION"); demo data begins anew."
  rm "$PG_HOME/made"
  need_cluster
}

make_cluster() {
  (umask 077; printf '%s' "$PG_PASSWORD" >"$PG_HOME/password")
  if is_root; then chown postgres "$PG_HOME/password"; fi
  (cd "$PG_HOME" && as_pg "$PG_BIN/initdb" -D data -U portal --auth=scram-sha-256 --pwfile=password \
    --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=pl --no-instructions) >/dev/null
  rm "$PG_HOME/password"
  chmod 700 "$PG_HOME/data"
}

# Prints the pid of the running server, or nothing. The pid file may be older than a crash, and its
# number may now belong to another process.
server_pid() {
  local pid
  pid=$(head -n 1 "$PG_HOME/data/postmaster.pid" 2>/dev/null) || return 0
  if tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -xcF -- "$PG_HOME/data" >/dev/null; then echo "$pid"; fi
}

forget_dead_server() {
  say "PostgreSQL was killed; it recovers by itself."
  rm -f "$PG_HOME/data/postmaster.pid"
}

postgres_answers() { PGPASSWORD=$PG_PASSWORD psql_portal postgres -c 'select 1' >/dev/null 2>&1; }
psql_portal() {
  local database=$1
  shift
  PGPASSWORD=$PG_PASSWORD "$PG_BIN/psql" -X -q -h 127.0.0.1 -p "$PG_PORT" -U portal -d "$database" "$@"
}

start_postgres() {
  [ -z "$(server_pid)" ] || { postgres_answers && return; stop_postgres; }
  [ ! -f "$PG_HOME/data/postmaster.pid" ] || forget_dead_server
  local attempt
  for attempt in 1 2 3; do
    if port_is_taken "$PG_PORT"; then
      say "Port $PG_PORT is taken by another program; PostgreSQL takes a new one."
      PG_PORT=$(free_port)
      write_local_env
      load_local_env
    fi
    write_cluster_settings
    if (cd "$PG_HOME" && as_pg "$PG_BIN/pg_ctl" start -s -w -t 60 -D "$PG_HOME/data" -l "$PG_HOME/log") >/dev/null 2>&1
    then return; fi
    sleep 1
  done
  tail -n 5 "$PG_HOME/log" >&2 || true
  fail "PostgreSQL does not start; its log is $PG_HOME/log."
}

# Settings for a small machine, with the same durability as in production. The log names an error, but
# never the statement or the values, which are what people typed; docker-compose.yml says the same.
write_cluster_settings() {
  grep -q "^include 'portal.conf'" "$PG_HOME/data/postgresql.conf" ||
    echo "include 'portal.conf'" >>"$PG_HOME/data/postgresql.conf"
  cat >"$PG_HOME/data/portal.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $PG_PORT
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
wal_level = minimal
max_wal_senders = 0
synchronous_commit = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_statement = none
log_min_duration_statement = -1
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
CONF
  if is_root; then chown postgres "$PG_HOME/data/portal.conf"; fi
}

stop_postgres() {
  [ -n "$(server_pid)" ] || return 0
  (cd "$PG_HOME" && as_pg "$PG_BIN/pg_ctl" stop -s -w -m fast -D "$PG_HOME/data") >/dev/null 2>&1 || true
}

need_database() {
  [ -n "$(psql_portal postgres -Atc "select 1 from pg_database where datname = '$1'")" ] ||
    psql_portal postgres -c "create database \"$1\""
}
drop_database() {
  psql_portal postgres -c 'set client_min_messages = error' -c "drop database if exists \"$1\" with (force)"
}
