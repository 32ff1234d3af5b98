#!/bin/sh
# Puts beside this file what opens the built site in a browser: node_modules/ and, for Python, packages/.
# Nothing is done if they are there. Needs npm and pip; Chromium and Java are the machine's own.
set -eu
cd "$(dirname "$0")"

if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci
  cp package-lock.json node_modules/.installed
fi
if ! cmp -s requirements.txt packages/.installed; then
  rm -rf packages
  python3 -m pip install --quiet --no-deps --require-hashes --only-binary :all: --target packages -r requirements.txt
  cp requirements.txt packages/.installed
fi
