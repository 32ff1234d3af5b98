#!/bin/sh
# Runs moto, a server that speaks the protocol of S3 and keeps what it is sent in memory:
#   sh tests/publish/moto.sh PORT
# It listens on this machine only, until it is killed. Needs Python (3.10 or later) and its pip; the first run puts
# moto into target/moto/.
# Exit status: 3 there is no server.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# Other versions of the packages have a folder of their own.
home=$here/../../target/moto/$(cksum < "$here/requirements.txt" | cut -d ' ' -f 1)

# In a folder that gets its name when all is in it.
install() {
  new=$home.$$
  mkdir -p "$new" &&
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$new" -r "$here/requirements.txt" &&
    mv "$new" "$home"
}

[ -d "$home" ] || install >&2 || exit 3
PYTHONPATH=$home exec python3 -m moto.server -H 127.0.0.1 -p "$1"
