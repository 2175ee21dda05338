# Builds what is not committed: translations, the icon sprite and static files. Each step is repeated
# only if what it reads has changed; compressing the static files takes half a minute.

need_assets() {
  build_translations
  build_sprite_and_scripts
  collect_static
}

build_translations() {
  local print
  print=$(list_files '*.po' | fingerprint requirements/dev.txt -)
  stamped var/stamps/translations "$print" && return
  say "Building translations."
  python manage.py compilemessages -v 0 --ignore .venv --ignore node_modules --ignore var
  stamp var/stamps/translations "$print"
}

# Code, templates and reference data name the icons.
build_sprite_and_scripts() {
  local print
  print=$(list_files '*/static/*' 'static/*' 'fixtures/*' '*.html' '*.py' | grep -v '^./static/build/' |
    fingerprint requirements/dev.txt package.json package-lock.json -)
  stamped var/stamps/built "$print" && [ -f static/build/icons.svg ] && return
  say "Building icons, scripts and styles."
  python manage.py build_assets
  with_node npm --silent run build
  stamp var/stamps/built "$print"
}

# By content, so that a build with the same result is not collected again.
collect_static() {
  local print
  print=$(list_files '*/static/*' 'static/*' | cut -d' ' -f1 | sort | xargs -d '\n' cat |
    fingerprint requirements/dev.txt geo_portal/settings/data.py geo_portal/settings/apps.py -)
  stamped var/stamps/static "$print" && [ -f "$STATIC_ROOT/staticfiles.json" ] && return
  say "Collecting static files."
  python manage.py collectstatic --no-input -v 0
  stamp var/stamps/static "$print"
}

# Files of the checkout, static/build among them, whose path fits a pattern, with size and time.
list_files() {
  local pattern tests=()
  for pattern; do tests+=(-o -path "./$pattern"); done
  find . \( -name .venv -o -name node_modules -o -name var -o -name .git \) -prune -o \
    -type f \( "${tests[@]:1}" \) -printf '%p %s %T@\n' | sort
}
