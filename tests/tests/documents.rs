//! The documents say what is: every test that they name exists and is run, every file that they name is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Folders with tests.
const FOLDERS: [&str; 6] = ["calculator", "contracts", "distribution", "scripts", "devnode", "tests"];
/// What makes a function a test; a property test has its attribute inside `proptest!`.
const ATTRIBUTES: [&str; 3] = ["#[test]", "#[tokio::test", "#[motsu::test]"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file of the suite, with its path from the root without `.rs`.
fn sources() -> Vec<(String, String)> {
    let root = root();
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && name != "node_modules" {
                folders.push(path);
            } else if let Some(stem) = path.strip_prefix(&root).unwrap().to_string_lossy().strip_suffix(".rs") {
                files.push((stem.to_owned(), read(&path)));
            }
        }
    }
    files
}

/// Whether `text` has a test called `name`: its function, with an attribute of a test among the lines right above, and
/// none that leaves it out.
fn has_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(at, line)| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        let is_function = line.strip_prefix("fn ").and_then(|rest| rest.strip_prefix(name));
        let above = || lines[..at].iter().rev().take_while(|above| above.starts_with("#[") || above.starts_with("//"));
        is_function.is_some_and(|rest| rest.starts_with(['(', '<']))
            && above().any(|above| ATTRIBUTES.iter().any(|attribute| above.starts_with(attribute)))
            && !above().any(|above| above.starts_with("#[ignore"))
    })
}

/// What stands in backquotes as `file::test`.
fn named_tests(text: &str) -> Vec<(&str, &str)> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter_map(|words| words.split_once("::"))
        .filter(|(file, test)| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            test.chars().all(plain) && file.chars().all(|c| plain(c) || c == '/' || c == '-')
        })
        .collect()
}

/// The tests that `document` names and nothing has.
fn missing(document: &str) -> Vec<String> {
    let (text, sources) = (read(&root().join(document)), sources());
    let is_there = |file: &str, test: &str| {
        let ends_so = |path: &str| path == file || path.ends_with(&format!("/{file}"));
        sources.iter().any(|(path, text)| ends_so(path) && has_test(text, test))
    };
    let named = named_tests(&text);
    assert!(!named.is_empty(), "{document} names no test");
    named.iter().filter(|(file, test)| !is_there(file, test)).map(|(file, test)| format!("{file}::{test}")).collect()
}

#[test]
fn every_property_names_tests_that_exist() {
    assert_eq!(missing("docs/properties.md"), Vec::<String>::new());
}

#[test]
fn the_specification_names_tests_that_exist() {
    assert_eq!(missing("docs/specification.md"), Vec::<String>::new());
}

#[test]
fn every_attack_names_tests_that_exist() {
    assert_eq!(missing("SECURITY.md"), Vec::<String>::new());
}

#[test]
fn the_diamonds_upgrade_names_tests_that_exist() {
    assert_eq!(missing("docs/diamond-upgrade.md"), Vec::<String>::new());
}

#[test]
fn every_permission_names_tests_that_exist() {
    assert_eq!(missing("PERMISSIONS.md"), Vec::<String>::new());
}

#[test]
fn every_property_has_a_number_of_its_own_and_at_least_one_test() {
    let text = read(&root().join("docs/properties.md"));
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((cells.next()?.parse::<u32>().ok()?, cells.nth(1)?))
    });
    let mut numbers = Vec::new();
    for (number, tests) in rows {
        assert!(!named_tests(tests).is_empty(), "property {number} names no test");
        numbers.push(number);
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=u32::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
}

/// The numbers in `code` that a word of an answer is taken by: `.u128(7)`.
fn words_taken(code: &str) -> BTreeSet<usize> {
    let calls = [".word(", ".u32(", ".u128(", ".address("];
    let after = calls.into_iter().flat_map(|call| code.split(call).skip(1));
    after.filter_map(|rest| rest.split_once(')')?.0.parse().ok()).collect()
}

/// Fields of the struct that `view` of the contract in `artifact` answers with.
fn fields(artifact: &str, view: &str) -> Vec<String> {
    let text = read(&root().join(format!("tests/solidity/artifacts/{artifact}.json")));
    let artifact: Value = serde_json::from_str(&text).unwrap();
    let abi = artifact["abi"].as_array().unwrap();
    let function = abi.iter().find(|item| item["name"] == view).unwrap();
    let fields = function["outputs"][0]["components"].as_array().unwrap();
    fields.iter().map(|field| format!("`{}`", field["name"].as_str().unwrap())).collect()
}

#[test]
fn the_words_that_the_recorder_reads_are_where_the_diamond_has_them() {
    let document = read(&root().join("docs/diamond-upgrade.md"));
    let source = read(&root().join("contracts/interfaces/src/source.rs"));
    let (_, session) = source.split_once("\npub fn session(").unwrap();
    let (session, bid) = session.split_once("\npub fn provider(").unwrap();
    let most = |name: &str| -> usize {
        let (_, after) = source.split_once(&format!("const {name}: usize = ")).unwrap();
        after.split_once(';').unwrap().0.parse().unwrap()
    };
    // A struct with a field of no fixed size comes behind its offset.
    let session_fields = [vec!["offset".to_owned()], fields("SessionFacet", "getSession")].concat();
    for (view, words, code, fields) in [
        ("getSession", most("SESSION_WORDS"), session, session_fields),
        ("getBid", most("BID_WORDS"), bid, fields("MarketFacet", "getBid")),
    ] {
        let start = format!("| `{view}` | ");
        let rows = document.lines().filter_map(|line| line.strip_prefix(&start)?.strip_suffix(" |"));
        let rows: Vec<Vec<&str>> = rows.map(|row| row.split(" | ").collect()).collect();

        assert_eq!(rows.len(), words, "{view}");
        for (number, row) in rows.iter().enumerate() {
            assert_eq!(row[0], number.to_string(), "{view}");
            assert!(
                row[1].starts_with(&fields[number]),
                "word {number} of {view} is {}, not {}",
                fields[number],
                row[1]
            );
        }
        let taken = (0..words).filter(|number| rows[*number][2] != "unread").collect();
        assert_eq!(words_taken(code), taken, "{view}");
    }
}

/// The paths from the root that `document` names: where it links to, words with a slash in code and in commands, and
/// names of files in code.
fn named_paths(document: &str) -> BTreeSet<&str> {
    let links = document.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    let (commands, prose): (Vec<&str>, Vec<&str>) = document.lines().partition(|line| line.starts_with("    "));
    let is_file = |word: &&str| [".rs", ".md", ".json", ".toml", ".txt"].iter().any(|end| word.ends_with(end));
    let code = prose.into_iter().flat_map(|line| line.split('`').skip(1).step_by(2)).flat_map(str::split_whitespace);
    let code = code.filter(|word| word.contains('/') || is_file(word));
    let commands = commands.into_iter().flat_map(str::split_whitespace).filter(|word| word.contains('/'));
    let is_plain = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    links.chain(code).chain(commands).filter(is_plain).collect()
}

/// The paths that `document` names and the clone does not have.
fn absent(document: &str) -> Vec<String> {
    let text = read(&root().join(document));
    let named = named_paths(&text);
    assert!(!named.is_empty(), "{document} names no path");
    named.into_iter().filter(|path| !root().join(path).exists()).map(str::to_owned).collect()
}

#[test]
fn the_map_for_a_first_change_names_files_that_exist() {
    assert_eq!(absent("CONTRIBUTING.md"), Vec::<String>::new());
}

#[test]
fn the_readme_names_files_that_exist() {
    assert_eq!(absent("README.md"), Vec::<String>::new());
}

#[test]
fn paths_are_found_in_links_and_in_code_and_nowhere_else() {
    let text = "see [it](docs/it.md#here) and `tests/one.rs`, `two.toml` and/or `no_std` `a::b`\n    cargo run -p x --manifest-path y/Cargo.toml key.json https://host/z\n";

    assert_eq!(
        named_paths(text).into_iter().collect::<Vec<_>>(),
        ["docs/it.md", "tests/one.rs", "two.toml", "y/Cargo.toml"]
    );
}

#[test]
fn a_test_that_nothing_has_is_noticed() {
    assert!(has_test("#[test]\nfn it_holds() {", "it_holds"));
    assert!(!has_test("fn it_holds() {", "it_holds"));
    assert!(!has_test("#[test]\n#[ignore]\nfn it_holds() {", "it_holds"));
    assert!(!has_test("#[test]\nfn it_holds_too() {", "it_holds"));
}
