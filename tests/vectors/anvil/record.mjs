// Records proofs.json beside it, anvil's answers to what the devnode is held to: `node tests/vectors/anvil/record.mjs ANVIL`,
// with the anvil of npm's `@foundry-rs/anvil` 1.7.1.
//
// No slot is cleared, and no creation fails: anvil keeps leaves of zero, and of accounts with nothing, which no chain does.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';

/** Stores the second word of its calldata at the slot that the first one names, and logs the slot. */
const STORE = '6020355f35555f3560205fa1';
const DEPLOYMENT = `0x60${(STORE.length / 2).toString(16).padStart(2, '0')}8060095f395ff3${STORE}`;
/** Two slots whose hashed keys share nine digits. */
const NEIGHBOURS = [247_476n, 515_151n];
const SLOTS = 40n;

const anvil = spawn(process.argv[2], ['--port', '0', '--chain-id', '412346', '--timestamp', '1740096000'], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  let url;
  for await (const line of createInterface({ input: anvil.stdout })) {
    url = /Listening on ([\d.:]+)/.exec(line)?.[1];
    if (url) break;
  }
  anvil.stdout.resume();
  const ask = async (method, params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = await fetch(`http://${url}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { result, error } = await answer.json();
    assert(!error, `${method}: ${error?.message}`);
    return result;
  };
  const word = (number) => number.toString(16).padStart(64, '0');
  const [from] = await ask('eth_accounts', []);
  const transactions = [];
  const send = async (fields) => {
    const hash = await ask('eth_sendTransaction', [{ from, gas: '0x186a0', ...fields }]);
    let receipt;
    while (!receipt) receipt = await ask('eth_getTransactionReceipt', [hash]);
    const { transactionsRoot, receiptsRoot, logsBloom, gasUsed } = await ask('eth_getBlockByHash', [receipt.blockHash, false]);
    const raw = await ask('eth_getRawTransactionByHash', [hash]);
    transactions.push({ raw, transactionsRoot, receiptsRoot, logsBloom, gasUsed });
    return receipt;
  };
  const { contractAddress: contract } = await send({ data: DEPLOYMENT });
  const store = (slot, value, kind = {}) => send({ to: contract, data: `0x${word(slot)}${word(value)}`, ...kind });
  for (let slot = 0n; slot < SLOTS / 2n; slot += 1n) await store(slot, slot ** 9n + 1n);
  const past = await ask('eth_blockNumber', []);
  await store(NEIGHBOURS[0], 1n);
  await store(NEIGHBOURS[1], 2n, { gasPrice: '0x77359400' });
  await store(1n, 7n, { gasPrice: '0x77359400', accessList: [] });
  for (let slot = SLOTS / 2n; slot < SLOTS; slot += 1n) await store(slot, 2n ** 200n + slot);
  await send({ to: '0x6666666666666666666666666666666666666666', value: '0x1' });
  await send({ to: contract, gas: '0x5300' });
  const slots = [0n, 1n, ...NEIGHBOURS, SLOTS - 1n, SLOTS, 2n ** 256n - 1n].map((slot) => `0x${word(slot)}`);
  const proofs = [];
  const absent = '0x7777777777777777777777777777777777777777';
  for (const block of [past, await ask('eth_blockNumber', [])]) {
    for (const [address, keys] of [[contract, slots], [from, []], [absent, []]]) {
      proofs.push({ block, proof: await ask('eth_getProof', [address, keys, block]) });
    }
  }
  const { stateRoot } = await ask('eth_getBlockByNumber', ['latest', false]);
  const dump = JSON.parse(gunzipSync(Buffer.from((await ask('anvil_dumpState', [])).slice(2), 'hex')));
  const what = `Answers of ${await ask('web3_clientVersion', [])} to what record.mjs sent it`;
  const recorded = { what, from, contract, transactions, past, proofs, stateRoot, accounts: dump.accounts };
  writeFileSync(new URL('proofs.json', import.meta.url), `${JSON.stringify(recorded, null, 1)}\n`);
} finally {
  anvil.kill();
  await once(anvil, 'exit');
}
