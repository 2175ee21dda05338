# Writes var/local.env: the ports, passwords and folders of this checkout, chosen once. A copied or
# moved checkout gets new ones, so that two checkouts never share a service.

random_word() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# Prints a port on which nobody listens, below the range that outgoing connections use.
free_port() {
  python3 - <<'PY'
import random, socket
while True:
    port = random.randrange(20000, 32000)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            continue
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    print(port)
    break
PY
}
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_local_env() {
  unset CHECKOUT PG_PORT REDIS_PORT
  [ ! -f var/local.env ] || . var/local.env
  [ "${CHECKOUT:-}" = "$ROOT" ] || new_local_env
  load_local_env
}

new_local_env() {
  [ -z "${CHECKOUT:-}" ] || forget_other_checkout
  CHECKOUT=$ROOT
  PG_PORT=$(free_port) REDIS_PORT=$(free_port) SMTP_PORT=$(free_port)
  PG_PASSWORD=${PG_PASSWORD:-$(random_word)} REDIS_PASSWORD=$(random_word)
  SECRET_KEY=${SECRET_KEY:-$(random_word)} CONSENT_HASH_KEY=${CONSENT_HASH_KEY:-$(random_word)}
  PG_HOME=$(choose_pg_home)
  write_local_env
}

# A database that was running while it was copied is damaged and is deleted; a stopped one is kept.
forget_other_checkout() {
  say "This checkout was copied or moved from $CHECKOUT: new ports."
  [ ! -f var/postgres/data/postmaster.pid ] || rm -rf var/postgres
}

write_local_env() {
  cat >var/local.env.new <<ENV
# Written by bin/setup for this checkout. To use it in a shell: set -a; . var/local.env
CHECKOUT='$CHECKOUT'
PG_HOME='$PG_HOME'
PG_PORT=$PG_PORT
PG_PASSWORD=$PG_PASSWORD
REDIS_PORT=$REDIS_PORT
REDIS_PASSWORD=$REDIS_PASSWORD
SECRET_KEY=$SECRET_KEY
CONSENT_HASH_KEY=$CONSENT_HASH_KEY
PORTAL_MODE=demo
DATABASE_URL=postgis://portal:$PG_PASSWORD@127.0.0.1:$PG_PORT/portal
REDIS_URL=redis://:$REDIS_PASSWORD@127.0.0.1:$REDIS_PORT/0
SMTP_HOST=127.0.0.1
SMTP_PORT=$SMTP_PORT
MAIL_SINK_DIR='$ROOT/var/mail'
PHOTO_DIR='$ROOT/var/photos'
STATIC_ROOT='$ROOT/var/static'
SITE_URL=http://127.0.0.1:\${PORT:-8000}
ENV
  chmod 600 var/local.env.new
  mv var/local.env.new var/local.env
}

load_local_env() { set -a; . var/local.env; set +a; }
