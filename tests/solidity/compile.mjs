// Compiles contracts/*.sol to artifacts/<Name>.json with the compiler that package-lock.json pins.
//
//   node compile.mjs           writes the artifacts
//   node compile.mjs --check   writes nothing; exit code 1 if an artifact is missing, stale or left over
//
// The artifacts are committed, so that building and running the suite needs no Node.js.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const here = dirname(fileURLToPath(import.meta.url));
const sourceDir = join(here, "contracts");
const artifactDir = join(here, "artifacts");

const settings = {
  optimizer: { enabled: true, runs: 200 },
  // Opcodes that Arbitrum runs since ArbOS 20.
  evmVersion: "cancun",
  // Nothing but code in the bytecode: equal sources give equal bytes.
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
};

/** Compiles every source. Returns a map from artifact file name to its text; ends the process on an error. */
function compile() {
  const files = readdirSync(sourceDir).filter((file) => file.endsWith(".sol")).sort();
  const sources = Object.fromEntries(files.map((file) => [file, { content: readFileSync(join(sourceDir, file), "utf8") }]));
  const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
  const complaints = output.errors ?? [];
  if (complaints.length > 0) {
    complaints.forEach((complaint) => console.error(complaint.formattedMessage));
    process.exit(1);
  }
  const artifacts = new Map();
  for (const file of files) {
    for (const [name, contract] of Object.entries(output.contracts[file])) {
      const artifact = {
        abi: contract.abi,
        bytecode: `0x${contract.evm.bytecode.object}`,
        deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
        compiler: solc.version(),
        sourceHash: `sha256:${createHash("sha256").update(sources[file].content).digest("hex")}`,
      };
      artifacts.set(`${name}.json`, `${JSON.stringify(artifact, null, 2)}\n`);
    }
  }
  return artifacts;
}

/** The differences between what is committed and what the sources give, one line each. */
function differences(artifacts) {
  const found = new Set(readdirSync(artifactDir).filter((file) => file.endsWith(".json")));
  const wrong = [];
  for (const [file, text] of artifacts) {
    if (!found.delete(file)) wrong.push(`${file} is missing`);
    else if (readFileSync(join(artifactDir, file), "utf8") !== text) wrong.push(`${file} differs from its source`);
  }
  return wrong.concat([...found].map((file) => `${file} has no source`));
}

const artifacts = compile();
if (process.argv.includes("--check")) {
  const wrong = differences(artifacts);
  wrong.forEach((line) => console.error(`artifacts/${line}`));
  if (wrong.length > 0) {
    console.error("run `node compile.mjs` and commit the result");
    process.exit(1);
  }
  console.log(`${artifacts.size} artifacts are what ${solc.version()} makes of their sources`);
} else {
  for (const [file, text] of artifacts) writeFileSync(join(artifactDir, file), text);
  console.log(`wrote ${artifacts.size} artifacts with ${solc.version()}`);
}
