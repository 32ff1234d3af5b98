#!/bin/sh
# Runs moto, a server that speaks the protocol of S3 and keeps what it is sent in memory:
#   sh tests/publish/moto.sh PORT [FOLDER]
# It listens on this machine only, until it is killed. With a folder, what it says is encrypted, and the certificate
# of the authority that vouches for it is put there, as authority.pem. Needs Python (3.10 or later) and its pip; the
# first run puts moto into target/moto/.
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
export PYTHONPATH="$home"
if [ $# -gt 1 ]; then
  python3 "$here/certificates.py" "$2" || exit 3
  exec python3 -m moto.server -H 127.0.0.1 -p "$1" --ssl --ssl-cert "$2/server.pem" --ssl-key "$2/server.key"
fi
exec python3 -m moto.server -H 127.0.0.1 -p "$1"
