# PostgreSQL and Redis are shared by the commands that run at one time in this checkout: each
# holds var/services.lock shared (descriptor 9), and the last one to leave stops them.

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
