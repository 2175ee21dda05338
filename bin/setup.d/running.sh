# What only bin/run does: supervise the processes, print the addresses, and stop everything.

begin_anew() {
  say "Beginning anew: database, photos and letters are removed."
  drop_database portal
  rm -rf "$PHOTO_DIR" "$MAIL_SINK_DIR"
  redis -n 0 flushdb >/dev/null
}

need_smtp_port() {
  port_is_taken "$SMTP_PORT" || return 0
  SMTP_PORT=$(free_port)
  write_local_env
  load_local_env
}

# honcho runs in the background, so that a signal reaches this shell at once. If this shell is killed,
# the kernel ends honcho, and honcho ends its processes.
supervise() {
  setpriv --pdeathsig TERM -- honcho -e /dev/null -d "$ROOT" -f deploy/Procfile start 7>&- 9>&- &
  supervisor=$!
  asked=no
  trap 'asked=yes; kill -TERM "$supervisor" 2>/dev/null || true' INT TERM HUP
  until_ready & wait $! && announce
  local code=0
  while kill -0 "$supervisor" 2>/dev/null; do wait "$supervisor" && code=0 || code=$?; done
  # The exit code of honcho is 130 or 143 if it was itself asked to stop.
  case $asked-$code in
  yes-* | no-130 | no-143) say "Stopped. The data stays for the next bin/run." ;;
  *) fail "A process ended by itself (code $code); its last words are above." ;;
  esac
  exit 0
}

until_ready() {
  exec python - "$SITE_URL/readyz" "$supervisor" <<'PY'
import os, sys, time, urllib.request

address, supervisor = sys.argv[1], int(sys.argv[2])
while True:
    try:
        os.kill(supervisor, 0)
    except ProcessLookupError:
        sys.exit(1)
    try:
        urllib.request.urlopen(address, timeout=5)
        break
    except OSError:
        time.sleep(0.3)
PY
}

announce() {
  cat <<TEXT

  The portal runs.           Ctrl-C stops it.

  Portal                     $SITE_URL/
  Staff panel                $SITE_URL/panel/
  API                        $SITE_URL/api/docs/
  Outgoing letters           $SITE_URL/lokalnie/listy/   (SMTP $SMTP_HOST:$SMTP_PORT, kept in var/mail)

  Demo log-ins, password demo-lodz-2026:
    mieszkanka  operator  jednostka  jednostka2  jednostka3  gis  gis2  redaktorka  redaktorka2  administrator

TEXT
}
