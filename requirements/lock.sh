# Writes requirements/*.txt from *.in, with checksums and for every Python and platform at once: make lock
set -eu
cd "$(dirname "$0")/.."

resolve() {
    name=$1
    shift
    .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
        "$@" "requirements/$name.in" --output-file "requirements/$name.txt"
}

# The others hold to the versions of the site, so that one environment can serve and test it.
resolve site
resolve production --constraint requirements/site.txt
resolve dev --constraint requirements/production.txt
