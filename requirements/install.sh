# Builds .venv from a lock and keeps it up to date: sh requirements/install.sh site|dev
set -eu
cd "$(dirname "$0")/.."
lock=$1

# A name on PATH can be a stub of a version manager or lack venv, so each is tried.
is_usable() {
    "$1" -c 'import ensurepip, sqlite3, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for python in python3.14 python3.13 python3.12 python3.11 python3; do
        if is_usable "$python"; then
            echo "$python"
            return
        fi
    done
    echo "KZ-Africa needs Python 3.11 or newer with its venv module, and found none on PATH." >&2
    echo "On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
    return 1
}

# Names the content of a lock; an environment built from the same content is left alone.
stamp_of() {
    echo ".venv/.$1-$(cksum < "requirements/$1.txt" | tr ' ' '-')"
}

if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
    python=$(find_python)
    echo "Building .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv
fi

# The environment for tests holds everything the site needs.
if [ -e "$(stamp_of "$lock")" ] || [ -e "$(stamp_of dev)" ]; then
    exit 0
fi

echo "Installing requirements/$lock.txt, about a minute ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$lock.txt"
rm -f .venv/.site-* .venv/.dev-*
touch "$(stamp_of "$lock")"
