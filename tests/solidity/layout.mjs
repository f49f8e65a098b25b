// Compares what two versions of a facet keep in the Diamond's storage: the structs at their slots, member by member, and
// the facet's own state variables, of which a facet should have none.
//
//   node layout.mjs OLD.sol NEW.sol [--solc FOLDER]
//
// solc's own storage layout knows state variables only. A diamond's structs stand at slots that assembly names, so each
// struct that a function with assembly returns as a storage pointer is laid out in a contract made for it. Imports are
// looked for beside the files and in the `node_modules` above them, then here. `--solc` names another release of the npm
// package `solc` than this folder's, for sources that ask for one.
//
// Exit code 0: whatever the old version keeps is where the new one looks for it; what is added, renamed or no longer
// used is said. 1: something moved or has another type. 2: the files do not compile.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** Ends the process because the input is wrong. */
function refuse(why) {
  console.error(`error: ${why}`);
  process.exit(2);
}

/** The file that `path` means for sources in `folder`: a path, or in an npm package. */
function find(path, folder) {
  if (existsSync(path)) return path;
  for (let above = folder; ; above = dirname(above)) {
    const file = join(above, "node_modules", path);
    if (existsSync(file)) return file;
    if (above === dirname(above)) break;
  }
  const ours = join(here, "node_modules", path);
  return existsSync(ours) ? ours : undefined;
}

/** Compiles `sources` with `select` as the output; refuses what does not compile. */
function compile(solc, sources, folder, select) {
  const settings = { evmVersion: "cancun", outputSelection: { "*": select } };
  const read = (path) => {
    const file = find(path, folder);
    return file ? { contents: readFileSync(file, "utf8") } : { error: `no file and no installed package has ${path}` };
  };
  const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings }), { import: read }));
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) refuse(errors.map(({ formattedMessage }) => formattedMessage.trim()).join("\n"));
  return output;
}

/** Every node of a syntax tree. */
function* nodes(tree) {
  if (tree === null || typeof tree !== "object") return;
  if (tree.nodeType !== undefined) yield tree;
  for (const part of Object.values(tree)) yield* nodes(part);
}

/** The structs that functions with assembly return as storage pointers, each with the text that its slot is the hash of. */
function storages(output) {
  const all = Object.entries(output.sources).flatMap(([path, { ast }]) => [...nodes(ast)].map((node) => ({ node, path })));
  const byId = new Map(all.filter(({ node }) => node.id !== undefined).map((it) => [it.node.id, it]));
  const found = new Map();
  for (const { node } of all.filter(({ node }) => node.nodeType === "FunctionDefinition" && node.body)) {
    const inside = [...nodes(node.body)];
    const assembly = inside.filter(({ nodeType }) => nodeType === "InlineAssembly");
    if (assembly.length === 0) continue;
    const named = [
      ...inside.map(({ referencedDeclaration }) => referencedDeclaration),
      ...assembly.flatMap(({ externalReferences }) => externalReferences.map(({ declaration }) => declaration)),
    ];
    const constants = named.map((id) => byId.get(id)?.node).filter((it) => it?.constant && it.value);
    const texts = constants.flatMap(({ value }) => [...nodes(value)]).filter(({ nodeType }) => nodeType === "Literal");
    for (const { storageLocation, typeName } of node.returnParameters.parameters) {
      const struct = byId.get(typeName?.pathNode?.referencedDeclaration);
      if (storageLocation !== "storage" || struct?.node.nodeType !== "StructDefinition") continue;
      const slot = [...new Set(texts.map(({ value }) => value))].join(", ");
      found.set(struct.node.canonicalName, { path: struct.path, slot });
    }
  }
  return found;
}

/** What stands where in `type`, by position; members of structs, values of mappings and elements of arrays beneath it. */
function* positions(type, types, at, label, above = []) {
  const { members, base, value, numberOfBytes } = types[type];
  // A struct that holds itself through a mapping or an array is the same all the way down.
  if (above.includes(type)) return;
  for (const member of members ?? []) {
    const place = `${at}/${member.slot}.${member.offset}`;
    const name = label === "" ? member.label : `${label}.${member.label}`;
    yield { place, name, type: types[member.type].label };
    yield* positions(member.type, types, place, name, [...above, type]);
  }
  // An element that grows moves all behind it; a mapping's value may grow.
  if (base) yield { place: `${at}/[]`, name: `${label}[]`, type: `${types[base].label} of ${types[base].numberOfBytes} bytes` };
  if (base) yield* positions(base, types, `${at}/[]`, `${label}[]`, [...above, type]);
  if (value) yield* positions(value, types, `${at}/{}`, `${label}{}`, [...above, type]);
}

/** Everything that the facet in `file` keeps: for each storage its slot's text and its positions. */
function layout(solc, file) {
  if (!existsSync(file)) refuse(`${file}: no such file`);
  const folder = dirname(file);
  const sources = { [file]: { content: readFileSync(file, "utf8") } };
  const output = compile(solc, sources, folder, { "": ["ast"], "*": ["storageLayout"] });
  const kept = new Map();
  for (const { storageLayout } of Object.values(output.contracts[file] ?? {})) {
    const { storage, types } = storageLayout;
    const rows = storage.flatMap(({ label, slot, offset, type }) => {
      const place = `/${slot}.${offset}`;
      return [{ place, name: label, type: types[type].label }, ...positions(type, types, place, label)];
    });
    if (rows.length > 0) kept.set("state variables", { slot: "", rows });
  }
  const found = [...storages(output)];
  if (found.length === 0) return kept;
  const imports = found.map(([name, { path }], index) => `import {${name.split(".")[0]} as Home${index}} from "${path}";`);
  const probes = found.map(([name], index) => `${[`Home${index}`, ...name.split(".").slice(1)].join(".")} internal it${index};`);
  const probe = `${imports.join("\n")}\ncontract Probe {\n${probes.join("\n")}\n}`;
  const laid = compile(solc, { [join(folder, "Probe.sol")]: { content: probe } }, folder, { Probe: ["storageLayout"] });
  const { storage, types } = laid.contracts[join(folder, "Probe.sol")].Probe.storageLayout;
  found.forEach(([name, { slot }], index) => {
    kept.set(name, { slot, rows: [...positions(storage[index].type, types, "", "")] });
  });
  return kept;
}

/** What differs: lines that are wrong, and lines to know. */
function compare(old, fresh) {
  const wrong = [];
  const notes = [];
  const at = (slot) => [...fresh].find(([, it]) => slot !== "" && it.slot === slot);
  for (const [name, { slot, rows }] of old) {
    const [nowNamed, now] = at(slot) ?? [name, fresh.get(name)];
    if (nowNamed !== name) notes.push(`${name} is called ${nowNamed}`);
    if (!now) {
      notes.push(`${name}: no longer used`);
      continue;
    }
    if (now.slot !== slot) wrong.push(`${name}: its slot was the hash of "${slot}", is that of "${now.slot}"`);
    const places = new Map(now.rows.map((row) => [row.place, row]));
    for (const row of rows) {
      const there = places.get(row.place);
      places.delete(row.place);
      const [, where] = row.place.match(/([^/]*)$/);
      if (!there) wrong.push(`${name}: ${row.name} (${row.type}, at ${where}) is gone`);
      else if (there.type !== row.type) {
        wrong.push(`${name}: at ${where} stood ${row.name} (${row.type}), stands ${there.name} (${there.type})`);
      } else if (there.name !== row.name) notes.push(`${name}: ${row.name} is called ${there.name}`);
    }
    for (const row of places.values()) notes.push(`${name}: ${row.name} (${row.type}) is added`);
  }
  const had = [...old.values()].map(({ slot }) => slot);
  for (const [name, { slot }] of fresh) {
    if (!old.has(name) && !had.includes(slot)) notes.push(`${name}: new${slot === "" ? "" : `, at the hash of "${slot}"`}`);
  }
  return { wrong, notes };
}

const words = process.argv.slice(2);
const flag = words.indexOf("--solc");
const [, other] = flag < 0 ? [] : words.splice(flag, 2);
if (words.length !== 2 || (flag >= 0 && !other)) refuse("usage: node layout.mjs OLD.sol NEW.sol [--solc FOLDER]");
if (other && !existsSync(join(resolve(other), "package.json"))) refuse(`${other}: no npm package`);
const solc = createRequire(import.meta.url)(other ? resolve(other) : "solc");
const [old, fresh] = words.map((file) => layout(solc, resolve(file)));
const { wrong, notes } = compare(old, fresh);
const members = [...old.values()].reduce((sum, { rows }) => sum + rows.length, 0);
console.log(`${solc.version()}: ${old.size} storages with ${members} places`);
notes.forEach((line) => console.log(`  ${line}`));
wrong.forEach((line) => console.log(`  MOVED ${line}`));
console.log(wrong.length === 0 ? "nothing moved" : `${wrong.length} moved`);
process.exit(wrong.length === 0 ? 0 : 1);
