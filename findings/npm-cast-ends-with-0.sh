#!/usr/bin/env bash
# @foundry-rs/cast 1.7.1 (npm): the command ends with exit code 0 where the program that it starts ends with 1.
#
# Expected: the exit code of the program.
# Seen: a text that is no number, and a node that is not there, are errors on standard error and a success to the shell.
# Why it matters: scripts that deploy, fund or settle with `set -e`, and cron, go on after a transaction that was never
# sent. Call the program in the platform's package, or look at what is printed, at receipts most of all.
#
# Needs Node.js and npm on x86-64 Linux. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @foundry-rs/cast@1.7.1
code() { "$@" > /dev/null 2>&1 && echo 0 || echo $?; }
for cast in node_modules/.bin/cast node_modules/@foundry-rs/cast-linux-amd64/bin/cast; do
  echo "$(basename "$(dirname "$cast")"): to-wei 1: $(code $cast to-wei 1), to-wei one: $(code $cast to-wei one), no node: $(code $cast block-number --rpc-url http://127.0.0.1:1)"
done | tee seen
cat > expected <<'TEXT'
.bin: to-wei 1: 0, to-wei one: 0, no node: 0
bin: to-wei 1: 0, to-wei one: 1, no node: 1
TEXT
diff expected seen
