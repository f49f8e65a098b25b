#!/usr/bin/env bash
# viem 2.57.0: parseUnits rounds what is below the last decimal half up; ethers 6.17.0 throws at the same text.
#
# Expected: the same answer of both, or an error of both.
# Seen: half a wei of viem's is a wei, and 0.9999999999999999999 is a whole token; less than half is dropped. ethers says
# that there are too many decimals.
# Why it matters: a page and a keeper that take the same amount from the same person differ by a wei, and the rounded one
# may be above the balance or the allowance that it was cut from: the transaction then fails. Count the decimals of the
# text first.
#
# Needs Node.js and npm. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact viem@2.57.0 ethers@6.17.0
cat > finding.js <<'JS'
import * as ethers from "ethers";
import * as viem from "viem";

const answer = (parse, text) => {
  try {
    return String(parse(text, 18));
  } catch (error) {
    return error.shortMessage;
  }
};
for (const text of ["1.5", "0.00000000000000000049", "0.0000000000000000005", "0.9999999999999999999"]) {
  console.log(`${text}: viem ${answer(viem.parseUnits, text)}, ethers ${answer(ethers.parseUnits, text)}`);
}
JS
cat > expected <<'TEXT'
1.5: viem 1500000000000000000, ethers 1500000000000000000
0.00000000000000000049: viem 0, ethers too many decimals for format
0.0000000000000000005: viem 1, ethers too many decimals for format
0.9999999999999999999: viem 1000000000000000000, ethers too many decimals for format
TEXT
node finding.js | tee seen
diff expected seen
