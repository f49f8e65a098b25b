// What layout.mjs says of two versions of a facet: nothing moved, and everything that could.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** Runs the script on two files; its exit code and what it said. */
function run(...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(here, "layout.mjs"), ...words], { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

/** A facet with `members` in its storage at the hash of `slot`; a user holds `nested`. */
const facet = (members, { slot = "a.storage", nested = "uint128 amount; uint64 since;", state = "" } = {}) => `
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
contract Facet {
    struct User { ${nested} }
    struct Kept { ${members} }
    bytes32 constant SLOT = keccak256("${slot}");
    ${state}
    function _kept() internal pure returns (Kept storage kept) {
        bytes32 slot = SLOT;
        assembly { kept.slot := slot }
    }
}`;

const MEMBERS = "address owner; uint64 count; mapping(address => User) users; User[] list;";

/** The same for two versions given as text. */
function compared(old, fresh) {
  const folder = mkdtempSync(join(tmpdir(), "layout-"));
  try {
    const files = [old, fresh].map((text, index) => join(folder, `${index}.sol`));
    writeFileSync(files[0], old);
    writeFileSync(files[1], fresh);
    return run(...files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the facet with the hook keeps everything where the facet without it does, and adds two storages", () => {
  const [old, fresh] = ["SessionFacet", "SessionFacetWithHook"].map((name) => join(here, `contracts/diamond/${name}.sol`));

  const { status, said } = run(old, fresh);

  assert.equal(status, 0, said);
  assert.match(said, /ComputeRewardsHook\.HookStorage: new, at the hash of "diamond\.standard\.compute\.rewards\.hook\.storage"/);
  assert.match(said, /BlockRewardsPaid\.PaidStorage: new, at the hash of "diamond\.standard\.block\.rewards\.paid\.storage"/);
  assert.match(said, /nothing moved/);
});

test("the same version differs in nothing", () => {
  const { status, said } = compared(facet(MEMBERS), facet(MEMBERS));

  assert.equal(status, 0, said);
  assert.equal(said.split("\n").filter((line) => line.startsWith("  ")).length, 0, said);
});

test("a member behind the others and one in a mapping's value move nothing", () => {
  for (const [fresh, added] of [
    [facet(`${MEMBERS} uint256 more;`), "more"],
    [facet("address owner; uint64 count; mapping(address => User) users;", { nested: "uint128 amount; uint64 since; bool more;" }), "users{}.more"],
  ]) {
    const old = added === "more" ? facet(MEMBERS) : facet("address owner; uint64 count; mapping(address => User) users;");
    const { status, said } = compared(old, fresh);

    assert.equal(status, 0, said);
    assert.ok(said.includes(`${added} (`) && said.includes("is added"), said);
  }
});

test("another name in the same place is said and is no move", () => {
  const { status, said } = compared(facet(MEMBERS), facet(MEMBERS.replace("count", "number")));

  assert.equal(status, 0, said);
  assert.match(said, /count is called number/);
});

test("whatever moves, changes its type or goes is found", () => {
  const nested = (text) => facet(MEMBERS, { nested: text });
  for (const [what, fresh] of [
    ["inserted before the others", facet(`uint256 first; ${MEMBERS}`)],
    ["inserted into a free part of a slot", facet(MEMBERS.replace("uint64 count", "bool on; uint64 count"))],
    ["swapped", facet(MEMBERS.replace("address owner; uint64 count;", "uint64 count; address owner;"))],
    ["another width", facet(MEMBERS.replace("uint64 count", "uint96 count"))],
    ["another key", facet(MEMBERS.replace("address => User", "bytes32 => User"))],
    ["gone", facet(MEMBERS.replace(" User[] list;", ""))],
    ["another width in a mapping's value", nested("uint96 amount; uint64 since;")],
    ["elements of an array that grow", nested("uint128 amount; uint64 since; uint256 more;")],
    ["another slot", facet(MEMBERS, { slot: "b.storage" })],
  ]) {
    const { status, said } = compared(facet(MEMBERS), fresh);

    assert.equal(status, 1, `${what}: ${said}`);
    assert.match(said, /MOVED/, what);
  }
});

test("a storage under another name is compared by its slot", () => {
  const renamed = (text) => text.replaceAll("Kept", "Held");

  assert.equal(compared(facet(MEMBERS), renamed(facet(MEMBERS))).status, 0);
  assert.equal(compared(facet(MEMBERS), renamed(facet(`uint256 first; ${MEMBERS}`))).status, 1);
});

test("a state variable of the facet itself that moves is found", () => {
  const old = facet(MEMBERS, { state: "uint256 one;" });

  assert.equal(compared(old, facet(MEMBERS, { state: "uint256 one; uint256 two;" })).status, 0);
  assert.equal(compared(old, facet(MEMBERS, { state: "address zero; uint256 one;" })).status, 1);
});

test("what does not compile or is not there is refused in words", () => {
  assert.deepEqual(compared("contract {", facet(MEMBERS)).status, 2);
  const missing = run("nowhere.sol", "nowhere.sol");
  assert.equal(missing.status, 2);
  assert.match(missing.said, /nowhere\.sol: no such file/);
  assert.match(run().said, /usage: node layout\.mjs OLD\.sol NEW\.sol/);
  const ours = join(here, "contracts/diamond/SessionFacet.sol");
  const other = run(ours, ours, "--solc", "nowhere");
  assert.equal(other.status, 2);
  assert.match(other.said, /nowhere: no npm package/);
  assert.equal(run(ours, ours, "--solc", join(here, "node_modules/solc")).status, 0);
});
