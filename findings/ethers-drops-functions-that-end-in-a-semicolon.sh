#!/usr/bin/env bash
# ethers 6.17.0: Interface leaves out a function whose line ends in a semicolon, as lines of Solidity do, without an error.
#
# Expected: the function, or an error from the constructor.
# Seen: the constructor succeeds with the functions of the other lines; a warning goes to the console. Only the first call
# of the function that is missing fails: "unknown function". viem 2.57.0 refuses the same lines at once.
# Why it matters: an interface copied from a Solidity file works for most of its functions, and whoever filters events by
# it hears nothing of those that were left out. Give ethers the compiler's JSON.
#
# Needs Node.js and npm. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact viem@2.57.0 ethers@6.17.0
cat > finding.js <<'JS'
import { Interface } from "ethers";
import { parseAbi } from "viem";

const lines = [
  "function settle(address subnet, uint32 maxDays);",
  "event Settled(address indexed subnet, uint32 fromDay, uint32 toDay);",
  "function claim(address subnet)",
];
const names = (fragments) => fragments.map(({ name }) => name).join(" ");
const ethers = new Interface(lines);
console.log(`ethers: ${names(ethers.fragments)}`);
try {
  ethers.encodeFunctionData("settle", ["0x" + "11".repeat(20), 1]);
} catch (error) {
  console.log(`ethers, settle: ${error.shortMessage}`);
}
try {
  console.log(`viem: ${names(parseAbi(lines))}`);
} catch (error) {
  console.log(`viem: ${error.shortMessage}`);
}
JS
cat > expected <<'TEXT'
[Warning] Invalid Fragment "function settle(address subnet, uint32 maxDays);": unexpected token ";" at position 47
[Warning] Invalid Fragment "event Settled(address indexed subnet, uint32 fromDay, uint32 toDay);": unexpected token ";" at position 67
ethers: claim
ethers, settle: unknown function
viem: Unknown signature.
TEXT
node finding.js | tee seen
diff expected seen
