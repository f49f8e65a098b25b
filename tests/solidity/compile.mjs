// Compiles the contracts of contracts/ to artifacts/<Name>.json with the compiler that package-lock.json pins, and what
// the project ships in Solidity (../../contracts/solidity) to artifacts/ there; libraries and interfaces have none. What
// an npm package brings compiled is copied.
//
//   node compile.mjs           writes the artifacts
//   node compile.mjs --check   writes nothing; exit code 1 if an artifact is missing, stale or left over
//
// The artifacts are committed, so that building and running the suite needs no Node.js.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const packages = join(here, "node_modules");
/** Sources are named by their path in the clone, and so are the folders of what becomes of them. */
const folders = new Map([
  ["tests/solidity/contracts/", "tests/solidity/artifacts/"],
  ["contracts/solidity/", "contracts/solidity/artifacts/"],
]);

const bridge = "@arbitrum/nitro-contracts/build/contracts/src/bridge";
/** Other people's contracts as their package has them compiled, by their name here. */
const brought = new Map([
  ["NitroBridge", `${bridge}/Bridge.sol/Bridge.json`],
  ["NitroInbox", `${bridge}/Inbox.sol/Inbox.json`],
]);

/** A payable fallback without `receive`: how the diamond's base is written. */
const ofTheBase = "3628";

/** What is compiled for the least gas that the compiler can get: what records on Base, and what our programs are held to. */
const forGas = [
  "contracts/solidity/SessionRecorder.sol",
  "contracts/solidity/SessionSource.sol",
  "contracts/solidity/UsageBuckets.sol",
  "tests/solidity/contracts/proofs/",
];

const settings = {
  optimizer: { enabled: true, runs: 200 },
  // Opcodes that Arbitrum runs since ArbOS 20.
  evmVersion: "cancun",
  // Nothing but code in the bytecode: equal sources give equal bytes.
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: {
    "*": {
      "": ["ast"],
      "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences"],
    },
  },
};

/** Every .sol file in a folder of the clone, as a map from path to source. */
function sourcesIn(folder) {
  const files = readdirSync(join(root, folder), { recursive: true }).filter((file) => file.endsWith(".sol")).sort();
  const source = (file) => ({ content: readFileSync(join(root, folder, file), "utf8") });
  return Object.fromEntries(files.map((file) => [folder + file, source(file)]));
}

/** What an npm package's file holds: imports that no source of the clone answers. */
function packaged(path) {
  const file = join(packages, path);
  return existsSync(file) ? { contents: readFileSync(file, "utf8") } : { error: `${path} is in no installed package` };
}

/** Names of the contracts that a source declares and that can be deployed: no libraries, interfaces, abstract ones. */
function deployable({ ast }) {
  const isOne = ({ nodeType, contractKind, abstract }) =>
    nodeType === "ContractDefinition" && contractKind === "contract" && !abstract;
  return ast.nodes.filter(isOne).map(({ name }) => name);
}

/**
 * Where in its code a contract has each of its immutables, by their names: the code that stands at an address is
 * `deployedBytecode` with their values, a word each, written there.
 */
function immutables(references, ast) {
  const variables = ast.nodes.flatMap(({ nodes = [] }) => nodes);
  const name = (id) => variables.find((variable) => variable.id === Number(id)).name;
  return Object.fromEntries(
    Object.entries(references).map(([id, places]) => [name(id), places.map(({ start }) => start)]),
  );
}

/** Compiles every source. Returns a map from an artifact's path to its text; ends the process on any complaint. */
function compile() {
  const sources = Object.entries(Object.assign({}, ...[...folders.keys()].map(sourcesIn)));
  const isForGas = ([path]) => forGas.some((place) => path.startsWith(place));
  const artifacts = compiled(sources.filter((source) => !isForGas(source)), settings);
  const optimizer = { enabled: true, runs: 1_000_000 };
  const measured = compiled(sources.filter(isForGas), { ...settings, optimizer, viaIR: true });
  for (const [file, text] of measured) artifacts.set(file, text);
  for (const [name, path] of brought) artifacts.set(`tests/solidity/artifacts/${name}.json`, copied(path));
  return artifacts;
}

/** The artifacts of some sources. */
function compiled(entries, settings) {
  const sources = Object.fromEntries(entries);
  const input = JSON.stringify({ language: "Solidity", sources, settings });
  const output = JSON.parse(solc.compile(input, { import: packaged }));
  const isOurs = ({ severity, errorCode, sourceLocation }) =>
    severity === "error" || (errorCode !== ofTheBase && sourceLocation?.file in sources);
  const complaints = (output.errors ?? []).filter(isOurs);
  if (complaints.length > 0) {
    complaints.forEach((complaint) => console.error(complaint.formattedMessage));
    process.exit(1);
  }
  const artifacts = new Map();
  for (const path of Object.keys(sources)) {
    const [, folder] = [...folders].find(([from]) => path.startsWith(from));
    for (const name of deployable(output.sources[path])) {
      const contract = output.contracts[path][name];
      const artifact = {
        abi: contract.abi,
        bytecode: `0x${contract.evm.bytecode.object}`,
        deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
        ...(folder.startsWith("contracts/") && {
          immutables: immutables(contract.evm.deployedBytecode.immutableReferences, output.sources[path].ast),
        }),
        compiler: solc.version(),
        sourceHash: `sha256:${createHash("sha256").update(sources[path].content).digest("hex")}`,
      };
      artifacts.set(`${folder}${name}.json`, `${JSON.stringify(artifact, null, 2)}\n`);
    }
  }
  return artifacts;
}

/** The artifact that a package has at `path`, and whose it is. */
function copied(path) {
  const read = (file) => JSON.parse(readFileSync(join(packages, file), "utf8"));
  const { abi, bytecode, deployedBytecode, sourceName } = read(path);
  const { name, version, license } = read(join(...path.split("/").slice(0, 2), "package.json"));
  const artifact = { abi, bytecode, deployedBytecode, source: `${name}@${version} ${sourceName}`, license };
  return `${JSON.stringify(artifact, null, 2)}\n`;
}

/** The differences between what is committed and what the sources give, one line each. */
function differences(artifacts) {
  const isOne = (file) => file.endsWith(".json");
  const inFolder = (folder) => readdirSync(join(root, folder)).filter(isOne).map((file) => folder + file);
  const found = new Set([...folders.values()].flatMap(inFolder));
  const wrong = [];
  for (const [file, text] of artifacts) {
    if (!found.delete(file)) wrong.push(`${file} is missing`);
    else if (readFileSync(join(root, file), "utf8") !== text) wrong.push(`${file} differs from its source`);
  }
  return wrong.concat([...found].map((file) => `${file} has no source`));
}

const artifacts = compile();
if (process.argv.includes("--check")) {
  const wrong = differences(artifacts);
  wrong.forEach((line) => console.error(line));
  if (wrong.length > 0) {
    console.error(`run \`node compile.mjs\` in ${relative(root, here)} and commit the result`);
    process.exit(1);
  }
  console.log(`${artifacts.size} artifacts are what ${solc.version()} makes of their sources`);
} else {
  for (const [file, text] of artifacts) writeFileSync(join(root, file), text);
  console.log(`wrote ${artifacts.size} artifacts with ${solc.version()}`);
}
