#!/bin/sh
# Runs a Python script with the readers of requirements.txt:
#   sh tests/office/python.sh SCRIPT ARGUMENT...
# Needs Python (3.10 or later) and its pip; the first run puts the readers into target/office/.
# Exit status: 3 there is no Python or pip.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# Other versions of the packages have a folder of their own.
home=$here/../../target/office/$(cksum < "$here/requirements.txt" | cut -d ' ' -f 1)

# In a folder that gets its name when all is in it.
install() {
  new=$home.$$
  mkdir -p "$new" &&
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: --target "$new" -r "$here/requirements.txt" &&
    { mv -T "$new" "$home" 2>/dev/null || rm -r "$new"; }
}

[ -d "$home" ] || install >&2 || exit 3
export PYTHONPATH="$home"
exec python3 "$@"
