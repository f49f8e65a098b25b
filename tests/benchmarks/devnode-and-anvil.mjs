// How many transactions a second the devnode takes, beside anvil: run by hand, `node tests/benchmarks/devnode-and-anvil.mjs`.
//
// Both start fresh and take the same requests from the same client: a counter is deployed, then `eth_sendTransaction`
// calls it, one request after the other over one HTTP connection, each of them a block of its own. A round is over when
// all of it is mined: anvil answers before. There are several rounds, for a node that slows down as its chain grows. The
// two take turns, and each turn has new processes.
//
// The devnode is the one that this clone has compiled (`./mrc53 --version` compiles it); anvil is installed from npm at
// the release below, into a folder that is removed at the end.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ANVIL = '1.7.1';
const TURNS = 3;
const ROUNDS = 3;
const TRANSACTIONS = 1_500;
const POLLING_MS = 5;

/** Adds 1 to slot 0, logs it and returns it. */
const COUNTER = '5f54600101805f555f5260205fa060205ff3';
/** Init code that returns the counter's: PUSH1 length, DUP1, PUSH1 9, PUSH0, CODECOPY, PUSH0, RETURN. */
const DEPLOYMENT = `0x60${(COUNTER.length / 2).toString(16)}8060095f395ff3${COUNTER}`;

/** A node on a free port: its process, and its URL once it says that it listens. */
async function start(program, words, listening) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.on('error', (error) => { throw error; });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = listening.exec(line);
    if (address) {
      child.stdout.resume();
      return { child, url: `http://${address[1]}` };
    }
  }
  throw new Error(`${program} ended before it listened`);
}

/** Asks over one connection that stays open. */
function client(url) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set();
  const ask = (method, params) => new Promise((resolve, reject) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const request = http.request(url, { agent, method: 'POST', headers }, (response) => {
      sockets.add(response.socket);
      let text = '';
      response.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => {
        const { result, error } = JSON.parse(text);
        if (error) reject(new Error(`${method}: ${error.message}`)); else resolve(result);
      });
    });
    request.on('error', reject);
    request.end(body);
  });
  return { ask, connections: () => sockets.size, end: () => agent.destroy() };
}

/** Transactions a second in each round of one fresh node. */
async function turn(node) {
  const { child, url } = await node();
  const { ask, connections, end } = client(url);
  try {
    const [from] = await ask('eth_accounts', []);
    const deployed = await ask('eth_sendTransaction', [{ from, data: DEPLOYMENT, gas: '0x30d40' }]);
    const receipt = () => ask('eth_getTransactionReceipt', [deployed]);
    while (!await receipt()) await setTimeout(POLLING_MS);
    const { contractAddress: to } = await receipt();
    const rates = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now();
      for (let sent = 0; sent < TRANSACTIONS; sent += 1) {
        await ask('eth_sendTransaction', [{ from, to, gas: '0x186a0' }]);
      }
      const mined = async () => Number(await ask('eth_getTransactionCount', [from, 'latest'])) - 1;
      while (await mined() < (round + 1) * TRANSACTIONS) await setTimeout(POLLING_MS);
      rates.push(TRANSACTIONS * 1_000 / (performance.now() - started));
    }
    const count = BigInt(await ask('eth_getStorageAt', [to, '0x0', 'latest']));
    assert.equal(count, BigInt(ROUNDS * TRANSACTIONS), 'every transaction counted');
    assert.equal(connections(), 1, 'one connection');
    return rates;
  } finally {
    end();
    child.kill();
    await once(child, 'exit');
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const folder = mkdtempSync(join(tmpdir(), 'mrc53-anvil-'));
try {
  const npm = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `@foundry-rs/anvil@${ANVIL}`];
  execFileSync('npm', npm, { stdio: ['ignore', 'ignore', 'inherit'] });
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const anvil = join(folder, `node_modules/@foundry-rs/anvil-${platform}/bin/anvil`);
  const devnode = fileURLToPath(new URL('../../scripts/target/debug/mrc53', import.meta.url));
  const nodes = {
    devnode: () => start(devnode, ['devnode', '--port', '0'], /http:\/\/([\d.:]+)/),
    anvil: () => start(anvil, ['--port', '0'], /Listening on ([\d.:]+)/),
  };
  const rates = { devnode: [], anvil: [] };
  for (let number = 1; number <= TURNS; number += 1) {
    for (const [name, node] of Object.entries(nodes)) {
      rates[name].push(await turn(node));
      console.error(`turn ${number} of ${TURNS}, ${name}: ${rates[name].at(-1).map(Math.round).join(', ')} transactions a second`);
    }
  }
  console.log('| transactions | devnode, a second | anvil, a second | ratio |\n|---|---|---|---|');
  for (let round = 0; round < ROUNDS; round += 1) {
    const [ours, theirs] = ['devnode', 'anvil'].map((name) => median(rates[name].map((turns) => turns[round])));
    const numbers = `${round * TRANSACTIONS + 1} to ${(round + 1) * TRANSACTIONS}`;
    console.log(`| ${numbers} | ${Math.round(ours)} | ${Math.round(theirs)} | ${(ours / theirs).toFixed(1)} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
