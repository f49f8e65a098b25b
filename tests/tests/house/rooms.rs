//! Which module of a crate names which other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::tokens::{tokens, without_tests};

type Words = Vec<String>;
/// By module, as `a/b`, the root as `lib`: the modules that it names.
pub(super) type Modules = BTreeMap<String, BTreeSet<String>>;

/// The modules below `source`, a crate's `src`.
pub(super) fn modules(source: &Path) -> Modules {
    let mut texts = BTreeMap::new();
    collect(source, &mut Vec::new(), &mut texts);
    linked(texts)
}

fn collect(folder: &Path, inside: &mut Words, texts: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            inside.push(name);
            collect(&path, inside, texts);
            inside.pop();
        } else if path.extension().is_some_and(|it| it == "rs") && !name.ends_with("tests") {
            let is_root = inside.is_empty() && matches!(name.as_str(), "lib" | "main");
            let own = (!is_root && name != "mod").then_some(name);
            let module: Words = inside.iter().cloned().chain(own).collect();
            texts.insert(named(&module), std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// `texts` by module, linked.
pub(super) fn linked(texts: impl IntoIterator<Item = (String, String)>) -> Modules {
    let texts: BTreeMap<String, String> = texts.into_iter().collect();
    let all: BTreeSet<String> = texts.keys().cloned().collect();
    texts.iter().map(|(module, text)| (module.clone(), names(module, text, &all))).collect()
}

fn named(module: &[String]) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("/") }
}

/// The modules among `all` that `text`, the module `own`, names. Its children by `mod` are not named yet.
fn names(own: &str, text: &str, all: &BTreeSet<String>) -> BTreeSet<String> {
    let place: Words = if own == "lib" { Vec::new() } else { own.split('/').map(str::to_owned).collect() };
    let tokens = without_tests(&tokens(text));
    let (imported, written) = paths(&tokens);
    let mut aliases: BTreeMap<String, Words> = BTreeMap::new();
    let mut reached = Vec::new();
    for (path, alias) in imported {
        if let Some(path) = absolute(&place, &path, &aliases, all) {
            aliases.insert(alias, path.clone());
            reached.push(path);
        }
    }
    reached.extend(written.iter().filter_map(|path| absolute(&place, path, &aliases, all)));
    let modules = reached.iter().map(|path| module_of(path, all));
    modules.filter(|module| module != own).collect()
}

/// `path`, seen from the crate's root; none if it leads elsewhere.
fn absolute(place: &Words, path: &Words, aliases: &BTreeMap<String, Words>, all: &BTreeSet<String>) -> Option<Words> {
    let mut base = place.clone();
    let mut rest = path.as_slice();
    let mut is_inside = false;
    while let Some((first, behind)) = rest.split_first() {
        match first.as_str() {
            "crate" => base.clear(),
            "super" => drop(base.pop()),
            "self" => {}
            _ => break,
        }
        (rest, is_inside) = (behind, true);
    }
    if !is_inside {
        let first = rest.first()?;
        let child: Words = place.iter().cloned().chain([first.clone()]).collect();
        match aliases.get(first) {
            Some(known) => (base, rest) = (known.clone(), &rest[1..]),
            None if all.contains(&named(&child)) => {}
            None => return None,
        }
    }
    Some(base.into_iter().chain(rest.iter().cloned()).collect())
}

/// The longest beginning of `path` that is a module.
fn module_of(path: &[String], all: &BTreeSet<String>) -> String {
    let lengths = (1..=path.len()).rev();
    lengths.map(|length| named(&path[..length])).find(|name| all.contains(name)).unwrap_or_else(|| named(&[]))
}

/// What is imported, each with its name here, and the paths of two words and more that are written elsewhere.
fn paths(tokens: &[String]) -> (Vec<(Words, String)>, Vec<Words>) {
    let (mut imported, mut written) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at] == "use" {
            let end = tokens[at..].iter().position(|token| token == ";").map_or(tokens.len(), |length| at + length);
            tree(&tokens[at + 1..end], &Vec::new(), &mut imported);
            at = end;
        } else {
            let mut path = vec![tokens[at].clone()];
            while tokens.get(at + 1).is_some_and(|token| token == "::") && tokens.get(at + 2).is_some_and(is_word) {
                path.push(tokens[at + 2].clone());
                at += 2;
            }
            if path.len() > 1 && is_word(&path[0]) {
                written.push(path);
            }
        }
        at += 1;
    }
    (imported, written)
}

fn is_word(token: &String) -> bool {
    token.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// The leaves of an import below `prefix`.
fn tree(tokens: &[String], prefix: &Words, leaves: &mut Vec<(Words, String)>) {
    let mut path = prefix.clone();
    let mut alias = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "::" => {}
            "{" => {
                let mut depth = 0;
                let inside = &tokens[at + 1..tokens.len() - 1];
                let branches = inside.split(|token| {
                    depth += i32::from(token == "{") - i32::from(token == "}");
                    depth == 0 && token == ","
                });
                branches.filter(|branch| !branch.is_empty()).for_each(|branch| tree(branch, &path, leaves));
                return;
            }
            "as" => alias = tokens.get(at + 1).cloned(),
            "self" if !path.is_empty() => {}
            _ if alias.is_none() => path.push(token.clone()),
            _ => {}
        }
    }
    if let Some(last) = path.last().cloned() {
        leaves.push((path, alias.unwrap_or(last)));
    }
}

/// One circle among `modules`, if there is any, as `a → b → a`.
pub(super) fn circle(modules: &Modules) -> Option<String> {
    let mut done = BTreeSet::new();
    modules.keys().find_map(|module| walk(module, modules, &mut Vec::new(), &mut done))
}

fn walk(module: &str, modules: &Modules, way: &mut Words, done: &mut BTreeSet<String>) -> Option<String> {
    if let Some(start) = way.iter().position(|known| known == module) {
        return Some([&way[start..], &[module.to_owned()]].concat().join(" → "));
    }
    if !done.contains(module) {
        way.push(module.to_owned());
        for next in modules.get(module).into_iter().flatten() {
            let found = walk(next, modules, way, done);
            if found.is_some() {
                return found;
            }
        }
        way.pop();
        done.insert(module.to_owned());
    }
    None
}
