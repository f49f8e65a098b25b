//! The fields of the contracts' storage, read from their source and placed as the SDK places them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mrc53_console::workspace::Workspace;

/// Bytes of a slot.
const SLOT: usize = 32;

/// A field, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) slot: usize,
    /// Bytes of the slot before it, from the left; a field ends at byte 31 or where the one before it begins.
    pub(crate) offset: usize,
    pub(crate) bytes: usize,
    pub(crate) name: String,
    pub(crate) kind: String,
}

/// The storage of every contract, by name: of each struct with public functions.
pub(crate) fn contracts() -> BTreeMap<String, Vec<Field>> {
    let items: Vec<_> = sources().iter().flat_map(|path| items(path)).collect();
    let structs: BTreeMap<_, _> = items.iter().filter_map(storage).map(|item| (item.ident.to_string(), item)).collect();
    let contracts = items.iter().filter_map(called).filter_map(|name| structs.get_key_value(&name));
    contracts.map(|(name, item)| (name.clone(), place(item, &structs, 0).0)).collect()
}

/// The Rust files of the contracts, without their tests.
fn sources() -> Vec<PathBuf> {
    let root = Workspace::find().unwrap().root().to_owned();
    let mut folders: Vec<PathBuf> = ["calculator", "contracts", "distribution"].map(|folder| root.join(folder)).into();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") && !path.ends_with("contracts/testing") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

fn items(path: &Path) -> Vec<syn::Item> {
    syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap().items
}

/// The struct, if the item is one that is stored.
fn storage(item: &syn::Item) -> Option<&syn::ItemStruct> {
    match item {
        syn::Item::Struct(item) if has(&item.attrs, "storage") => Some(item),
        _ => None,
    }
}

/// The contract whose functions the item has, if they can be called.
fn called(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Impl(item) if has(&item.attrs, "public") => Some(written(&item.self_ty)),
        _ => None,
    }
}

fn has(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// The fields of a struct that begins at slot `root`, and how many slots it takes, by the rule of the SDK's `#[storage]`:
/// side by side from the right while they fit the slot, a struct in slots of its own.
fn place(item: &syn::ItemStruct, structs: &BTreeMap<String, &syn::ItemStruct>, root: usize) -> (Vec<Field>, usize) {
    let (mut slot, mut space) = (root, SLOT);
    let mut fields = Vec::new();
    for field in &item.fields {
        let (name, kind) = (field.ident.as_ref().unwrap().to_string(), written(&field.ty));
        if let Some(nested) = structs.get(&kind) {
            slot += usize::from(space < SLOT);
            let (inner, slots) = place(nested, structs, slot);
            fields.extend(inner.into_iter().map(|field| Field { name: format!("{name}.{}", field.name), ..field }));
            (slot, space) = (slot + slots, SLOT);
            continue;
        }
        let bytes = bytes_of(&kind);
        if space < bytes {
            (slot, space) = (slot + 1, SLOT);
        }
        space -= bytes;
        fields.push(Field { slot, offset: space, bytes, name, kind });
    }
    (fields, slot - root + usize::from(space < SLOT))
}

/// How many bytes of its slot a type of the SDK takes.
fn bytes_of(kind: &str) -> usize {
    let name = kind.split('<').next().unwrap_or(kind);
    let bits = |prefix: &str| name.strip_prefix(prefix).and_then(|bits| bits.parse::<usize>().ok());
    match name {
        "StorageAddress" => 20,
        "StorageBool" => 1,
        "StorageMap" => SLOT,
        _ => bits("StorageB").or_else(|| bits("StorageU")).map_or_else(|| panic!("{kind}"), |bits| bits / 8),
    }
}

/// A type as it is written, without the path before it.
fn written(kind: &syn::Type) -> String {
    let syn::Type::Path(path) = kind else { panic!("a field of storage has a named type") };
    let last = path.path.segments.last().unwrap();
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return last.ident.to_string() };
    let inner = arguments.args.iter().map(|argument| match argument {
        syn::GenericArgument::Type(kind) => written(kind),
        _ => panic!("{} has an argument that is no type", last.ident),
    });
    format!("{}<{}>", last.ident, inner.collect::<Vec<_>>().join(", "))
}
