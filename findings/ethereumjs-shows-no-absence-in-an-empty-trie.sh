#!/usr/bin/env bash
# @ethereumjs/mpt 10.1.3: that a slot is absent can be proven of a trie with one slot, not of an empty one: the library
# refuses the proof that it made itself.
#
# Expected: null, the answer for an absent slot, of an empty trie too: its root is the well-known hash of RLP nothing.
# Seen: createMerkleProof gives no nodes for an empty trie; verifyMPTWithMerkleProof throws "Invalid proof provided" at
# them, and "Invalid node" at the one node 0x80, whose hash the root is.
# Why it matters: a contract that was deployed and not used yet has an empty storage trie. Who shows that a subnet has no
# stake or a day no sessions meets it on the first day, after tests that all had something stored.
#
# Needs Node.js and npm. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @ethereumjs/mpt@10.1.3 @ethereumjs/util@10.1.3
cat > finding.js <<'JS'
import { createMPT, createMerkleProof, verifyMPTWithMerkleProof } from "@ethereumjs/mpt";
import { bytesToHex, hexToBytes, KECCAK256_RLP } from "@ethereumjs/util";

const slot = (number) => Uint8Array.of(...new Uint8Array(31), number);
const empty = await createMPT({ useKeyHashing: true });
const used = await createMPT({ useKeyHashing: true });
await used.put(slot(1), Uint8Array.of(7));
console.log(`the empty trie has its root: ${bytesToHex(empty.root()) === bytesToHex(KECCAK256_RLP)}`);

const absent = async (name, trie, proof) => {
  const answer = await verifyMPTWithMerkleProof(trie, trie.root(), slot(2), proof).catch((error) => error.message);
  console.log(`${name}, ${proof.length} nodes: ${answer}`);
};
await absent("one slot", used, await createMerkleProof(used, slot(2)));
await absent("empty", empty, await createMerkleProof(empty, slot(2)));
await absent("empty", empty, [hexToBytes("0x80")]);
JS
cat > expected <<'TEXT'
the empty trie has its root: true
one slot, 1 nodes: null
empty, 0 nodes: Invalid proof provided
empty, 1 nodes: Invalid node
TEXT
node finding.js | tee seen
diff expected seen
