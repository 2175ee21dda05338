# All commands that run at the same time in this checkout share PostgreSQL and Redis. Each holds a
# shared lock on var/services.lock (descriptor 9), and the last one to end stops both.

start_services() {
  lock_setup
  exec 9>>var/services.lock
  flock -s 9
  trap stop_services EXIT
  start_postgres
  start_redis
  unlock_setup
}

stop_services() {
  lock_setup
  if flock -n -x 9; then
    stop_redis
    stop_postgres
  fi
  exec 9>&-
  unlock_setup
}
