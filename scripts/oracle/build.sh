#!/bin/sh
# Builds the oracle, Flux's own code behind a pipe, into .cache/oracle, unless it is there and newer than its sources.
#
# scripts/oracle/build.sh               builds it, and prints its path; prints nothing where there is no Go, but fails in CI
# scripts/oracle/build.sh --merge-keys  also writes imports/merge-keys.json anew
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
made="$root/.cache/oracle/oracle"

if ! command -v go >/dev/null; then
  if [ -n "${CI:-}" ]; then
    echo "oracle: there is no Go, and CI needs it" >&2
    exit 1
  fi
  echo "oracle: skipped: no Go" >&2
  exit 0
fi
if [ ! -x "$made" ] || [ -n "$(find "$here" \( -name '*.go' -o -name 'go.*' \) -newer "$made")" ]; then
  mkdir -p "$(dirname "$made")"
  (cd "$here" && go build -buildvcs=false -o "$made" .)
fi
if [ "${1:-}" = --merge-keys ]; then
  "$made" merge-keys | (cd "$root" && npx biome format --stdin-file-path=merge-keys.json) > "$root/imports/merge-keys.json"
fi
echo "$made"
