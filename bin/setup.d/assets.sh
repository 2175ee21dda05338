# Builds what is not committed: translations, the icon sprite and static files.

need_assets() {
  local print
  print=$(list_asset_sources | fingerprint requirements/dev.txt package.json package-lock.json -)
  stamped var/stamps/assets "$print" && [ -f "$STATIC_ROOT/staticfiles.json" ] && return
  say "Building translations, icons, scripts and styles."
  python manage.py compilemessages -v 0 --ignore .venv --ignore node_modules --ignore var
  python manage.py build_assets
  with_node npm --silent run build
  python manage.py collectstatic --no-input -v 0
  stamp var/stamps/assets "$print"
}

list_asset_sources() {
  find . \( -name .venv -o -name node_modules -o -name var -o -name .git -o -name build \) -prune -o \
    -type f \( -path '*/static/*' -o -path './fixtures/*' -o -name '*.html' -o -name '*.py' -o -name '*.po' \) \
    -printf '%p %s %T@\n' | sort
}
