# The private Redis: broker, limits, nudges. It stores nothing on disk, because nothing is lost if its
# content is.

# There is a time limit, because another program that took the port may never answer.
redis() { REDISCLI_AUTH=$REDIS_PASSWORD timeout 5 redis-cli --no-auth-warning -p "$REDIS_PORT" "$@" 2>/dev/null; }

# Tests that our Redis answers, and not another one that took the port.
redis_answers() { redis config get dir | grep -qxF "$ROOT/var/redis"; }

start_redis() {
  redis_answers && return
  if port_is_taken "$REDIS_PORT"; then
    say "Port $REDIS_PORT is taken by another program; Redis takes a new one."
    REDIS_PORT=$(free_port)
    write_local_env
    load_local_env
  fi
  mkdir -p var/redis
  write_redis_settings
  without_locks redis-server "$ROOT/var/redis/redis.conf" >/dev/null
  local attempt
  for attempt in $(seq 50); do redis_answers && return; sleep 0.1; done
  fail "Redis does not start; its log is $ROOT/var/redis/log."
}

write_redis_settings() {
  (umask 077; cat >var/redis/redis.conf) <<CONF
bind 127.0.0.1
port $REDIS_PORT
requirepass $REDIS_PASSWORD
daemonize yes
dir "$ROOT/var/redis"
logfile "$ROOT/var/redis/log"
save ""
appendonly no
databases 64
maxmemory 256mb
maxmemory-policy noeviction
CONF
}

stop_redis() { ! redis_answers || redis shutdown nosave || true; }
