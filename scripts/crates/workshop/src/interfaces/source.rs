//! What a contract's Rust sources say of its ABI: the events and errors of their `sol!` blocks, and the documentation
//! of those, of structs, of public functions and of the contract.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mrc53_console::workspace::Workspace;
use syn::{Attribute, Expr, ExprLit, ImplItem, Lit, Meta};
use syn_solidity::{ItemError, ItemEvent, ItemStruct};

use super::sources::Sources;

/// What the sources of one contract declare and explain.
#[derive(Default)]
pub(super) struct Documented {
    /// The documentation of the contract.
    pub(super) contract: String,
    /// Of each public function, by its name in Rust.
    pub(super) functions: BTreeMap<String, String>,
    pub(super) events: Vec<ItemEvent>,
    pub(super) errors: BTreeMap<String, ItemError>,
    pub(super) structs: BTreeMap<String, ItemStruct>,
    /// Public constants that are a plain number, as written.
    pub(super) constants: BTreeMap<String, String>,
}

/// Reads the `sources` of a contract.
///
/// # Errors
/// Fails if one cannot be read, or is no Rust or Solidity.
pub(super) fn read(workspace: &Workspace, sources: &Sources) -> Result<Documented> {
    let folder = workspace.path(sources.own);
    let mut paths = rust_files(&folder)?;
    paths.extend(sources.shared.iter().map(|path| workspace.path(path)));
    let mut documented = Documented::default();
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let is_contract = path == folder.join("lib.rs");
        documented.add(&text, is_contract).with_context(|| path.display().to_string())?;
    }
    Ok(documented)
}

/// The sources directly in `folder`, in the order of their names; tests are in folders of their own.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    paths.sort();
    Ok(paths)
}

impl Documented {
    fn add(&mut self, text: &str, is_contract: bool) -> Result<()> {
        let file = syn::parse_file(text)?;
        if is_contract {
            self.contract = documentation(&file.attrs);
        }
        for item in file.items {
            match item {
                syn::Item::Macro(item) if item.mac.path.is_ident("sol") => self.declare(item.mac.parse_body()?)?,
                syn::Item::Impl(item) if item.attrs.iter().any(|attribute| attribute.path().is_ident("public")) => {
                    self.functions.extend(item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(function) => {
                            Some((function.sig.ident.to_string(), documentation(&function.attrs)))
                        }
                        _ => None,
                    }));
                }
                syn::Item::Const(item) => {
                    if let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = *item.expr {
                        self.constants.insert(item.ident.to_string(), number.to_string());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn declare(&mut self, file: syn_solidity::File) -> Result<()> {
        for item in file.items {
            match item {
                syn_solidity::Item::Event(event) => self.events.push(event),
                syn_solidity::Item::Error(error) => {
                    self.errors.insert(error.name.as_string(), error);
                }
                syn_solidity::Item::Struct(declared) => {
                    self.structs.insert(declared.name.as_string(), declared);
                }
                // How another contract is called: not part of this one's ABI.
                syn_solidity::Item::Contract(_) => {}
                other => bail!("a declaration that no interface of ours holds: {other:?}"),
            }
        }
        Ok(())
    }
}

/// The documentation among `attributes`, line by line, without the blank after `///`.
pub(super) fn documentation(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value()),
            _ => None,
        },
        _ => None,
    });
    lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r"
        //! `A`: does a thing.
        pub const NOTICE_DAYS: u32 = 7;
        sol! {
            /// Too late.
            #[derive(Debug)]
            error Late(uint32 day);
            /// Done.
            event Done(address indexed by);
            interface IOther { function f() external; }
        }
        #[public]
        impl A {
            /// Does it.
            pub fn do_it(&mut self) {}
        }
        impl A {
            /// Not public.
            fn helper(&self) {}
        }
    ";

    #[test]
    fn declarations_public_functions_constants_and_the_contract_are_found_with_their_words() {
        let mut documented = Documented::default();

        documented.add(SOURCE, true).unwrap();

        assert_eq!(documented.contract, "`A`: does a thing.");
        assert_eq!(documented.functions, BTreeMap::from([("do_it".to_owned(), "Does it.".to_owned())]));
        assert_eq!(documented.constants["NOTICE_DAYS"], "7");
        assert_eq!(documentation(&documented.errors["Late"].attrs), "Too late.");
        assert_eq!((documented.events.len(), documented.errors.len()), (1, 1));
    }
}
