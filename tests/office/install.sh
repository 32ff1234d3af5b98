#!/bin/sh
# Puts beside this file what reads Word files there: packages/, for Python.
# Nothing is done if it is there. Needs pip; LibreOffice and its bridge to Python are the machine's own.
set -eu
cd "$(dirname "$0")"

if ! cmp -s requirements.txt packages/.installed; then
  rm -rf packages
  python3 -m pip install --quiet --no-deps --require-hashes --only-binary :all: --target packages -r requirements.txt
  cp requirements.txt packages/.installed
fi
