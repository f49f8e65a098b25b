#!/usr/bin/env bash
# @foundry-rs/anvil 1.7.1 (npm): after a contract creation that failed, the state has an account at the address where
# nothing was created: an empty one, which a proof shows to be there.
#
# Expected: no account. A creation that fails leaves nothing at its address, and empty accounts are not part of the state
# (EIP-161): before and after, eth_getProof gives the nodes on the way to a place where no such account is.
# Seen: before, the last node is the leaf of another account; after, it is a leaf of this address with nonce 0, balance 0,
# no storage and no code. The state root is not that of a chain where the same transaction failed.
# Why it matters: bridges, light clients and whoever proves state compare roots and absence. A test against anvil passes
# with a state that no real chain comes to, from the first deployment that reverts on.
#
# Needs Node.js and npm on x86-64 Linux. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $node 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @foundry-rs/anvil@1.7.1 @ethereumjs/rlp@10.1.3 @ethereumjs/util@10.1.3 ethereum-cryptography@3.2.0
node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil --port 18599 --silent > anvil.log 2>&1 &
node=$!
cat > finding.js <<'JS'
import { RLP } from "@ethereumjs/rlp";
import { bytesToHex, createAddressFromString, generateAddress, bigIntToBytes, hexToBytes } from "@ethereumjs/util";
import { keccak256 } from "ethereum-cryptography/keccak.js";

const ask = async (method, ...params) => {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  const answer = await (await fetch("http://127.0.0.1:18599", { method: "POST", headers, body })).json();
  if (answer.error) throw new Error(answer.error.message);
  return answer.result;
};
for (;;) if (await ask("eth_chainId").catch(() => new Promise((later) => setTimeout(later, 100)))) break;

const [from] = await ask("eth_accounts");
const nonce = BigInt(await ask("eth_getTransactionCount", from, "latest"));
const created = generateAddress(createAddressFromString(from).bytes, nonce === 0n ? new Uint8Array() : bigIntToBytes(nonce));
const path = bytesToHex(keccak256(created)).slice(2);

const shown = async (when) => {
  const { accountProof } = await ask("eth_getProof", bytesToHex(created), [], "latest");
  const node = RLP.decode(hexToBytes(accountProof.at(-1)));
  const rest = node.length === 2 ? bytesToHex(node[0]).slice(2).replace(/^(3|20)/, "") : undefined;
  const there = rest !== undefined && path.endsWith(rest);
  const account = there ? RLP.decode(node[1]).slice(0, 2).map((field) => `0x${bytesToHex(field).slice(2) || "0"}`) : [];
  console.log(`${when}: ${there ? `an account, nonce and balance ${account.join(" ")}` : "no account"}`);
};
await ask("evm_mine");
await shown("before");
const hash = await ask("eth_sendTransaction", { from, data: "0xfe", gas: "0x186a0" });
const receipt = await ask("eth_getTransactionReceipt", hash);
console.log(`the creation: status ${receipt.status}`);
await shown("after");
process.exit(0);
JS
cat > expected <<'TEXT'
before: no account
the creation: status 0x0
after: an account, nonce and balance 0x0 0x0
TEXT
node finding.js | tee seen
diff expected seen
