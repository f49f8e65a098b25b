//! The modules of a crate: which there are, and which one a path leads to.
//!
//! A folder's `mod.rs` is a module of its own. A name that a module only passes on belongs to the module that defines
//! it. What only tests see is left out.

use std::collections::BTreeMap;
use std::path::Path as File;

use syn::{Attribute, Item};

use crate::circles::Needs;
use crate::paths::{Path, paths};

/// A module, known by its place among all of its crate.
#[derive(Debug, Default)]
struct Module {
    name: String,
    above: usize,
    below: BTreeMap<String, usize>,
    paths: Vec<Path>,
}

/// All modules of a crate; the first is its root.
#[derive(Debug, Default)]
pub(crate) struct Modules(Vec<Module>);

/// Where a path leads.
#[derive(Debug, Clone, Copy)]
enum End {
    Module(usize),
    /// Something that this module defines.
    Within(usize),
}

impl End {
    const fn module(self) -> usize {
        match self {
            Self::Module(module) | Self::Within(module) => module,
        }
    }
}

impl Modules {
    /// Reads the crate whose root is the file `root`.
    pub(crate) fn read(root: &File) -> Self {
        let mut modules = Self(vec![Module { name: "crate".to_owned(), ..Module::default() }]);
        modules.file(0, root, root.parent().unwrap());
        modules
    }

    /// Which module needs which, and the first path that says so.
    pub(crate) fn needs(&self) -> Needs {
        let mut needs = Needs::new();
        for (at, module) in self.0.iter().enumerate() {
            let needed = needs.entry(module.name.clone()).or_default();
            for path in &module.paths {
                if let Some(end) = self.follow(at, &path.segments, 0).map(End::module).filter(|end| *end != at) {
                    needed.entry(self.0[end].name.clone()).or_insert_with(|| path.segments.join("::"));
                }
            }
        }
        needs
    }

    /// Reads a module's file; those below it are in `folder`.
    fn file(&mut self, at: usize, file: &File, folder: &File) {
        let text = std::fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.items(at, parsed.items, folder);
    }

    fn items(&mut self, at: usize, items: Vec<Item>, folder: &File) {
        for item in items.into_iter().filter(|item| !attributes(item).iter().any(is_for_tests)) {
            let Item::Mod(item) = item else {
                self.0[at].paths.extend(paths(&item));
                continue;
            };
            let (word, below) = (item.ident.to_string(), self.0.len());
            let name = format!("{}::{word}", self.0[at].name);
            self.0.push(Module { name, above: at, ..Module::default() });
            let folder = folder.join(&word);
            self.0[at].below.insert(word, below);
            if let Some((_, items)) = item.content {
                self.items(below, items, &folder);
            } else {
                let files = [folder.with_extension("rs"), folder.join("mod.rs")];
                let file = files.iter().find(|file| file.exists());
                self.file(below, file.unwrap_or_else(|| panic!("none of {files:?} is there")), &folder);
            }
        }
    }

    /// Where `path` leads from the module `at`: nowhere if out of the crate. `passed` names were passed on before.
    fn follow(&self, at: usize, path: &[String], passed: usize) -> Option<End> {
        let (first, rest) = path.split_first()?;
        let mut end = match first.as_str() {
            "crate" => End::Module(0),
            "self" => End::Module(at),
            "super" => End::Module(self.0[at].above),
            name => self.named(at, name, passed)?,
        };
        for name in rest {
            let End::Module(here) = end else { break };
            end = match name.as_str() {
                "super" => End::Module(self.0[here].above),
                name => self.named(here, name, passed).unwrap_or(End::Within(here)),
            };
        }
        Some(end)
    }

    /// What `name` is in the module `at`: a module below it, or a name of a `use`.
    fn named(&self, at: usize, name: &str, passed: usize) -> Option<End> {
        // `use jiff;` names itself.
        const MOST_PASSED: usize = 16;
        let module = &self.0[at];
        let given = || module.paths.iter().find(|path| path.name.as_deref() == Some(name));
        match module.below.get(name) {
            Some(below) => Some(End::Module(*below)),
            None if passed < MOST_PASSED => self.follow(at, &given()?.segments, passed + 1),
            None => None,
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
}
