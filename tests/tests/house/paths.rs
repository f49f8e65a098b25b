//! The paths in a piece of Rust: of its `use` trees, and every `a::b` of its code, also in what macros are given.

use quote::ToTokens;
use syn::buffer::{Cursor, TokenBuffer};

/// A path as it is written, and the name that a `use` gives it: `*` for all names there, none outside of `use`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    pub(crate) name: Option<String>,
}

/// All paths of `code`; those of a single name only in `use`, since that is where such a name comes from.
pub(crate) fn paths(code: &impl ToTokens) -> Vec<Path> {
    let buffer = TokenBuffer::new2(code.to_token_stream());
    let mut found = Vec::new();
    collect(buffer.begin(), &mut found);
    found
}

fn collect(mut cursor: Cursor<'_>, found: &mut Vec<Path>) {
    let mut is_outside = false;
    while let Some((_, mut next)) = cursor.token_tree() {
        let follows_colons = std::mem::take(&mut is_outside);
        if let Some((ident, rest)) = cursor.ident() {
            if ident == "use" {
                next = tree(rest, &[], found);
            } else if ident == "pub" {
                // `pub(in crate::here)` says who may see it, not what it needs.
                next = rest.any_group().map_or(rest, |(_, _, _, rest)| rest);
            } else {
                let (segments, rest) = segments(cursor);
                next = rest;
                // `::a::b` and `<T as A>::b::c` begin elsewhere.
                if segments.len() > 1 && !follows_colons {
                    found.push(Path { segments, name: None });
                }
            }
        } else if let Some((inside, _, _, _)) = cursor.any_group() {
            collect(inside, found);
        } else if let Some(rest) = colons(cursor) {
            next = rest;
            is_outside = true;
        }
        cursor = next;
    }
}

/// The names that come next, with `::` between them, and what follows.
fn segments(mut cursor: Cursor<'_>) -> (Vec<String>, Cursor<'_>) {
    let mut segments = Vec::new();
    while let Some((ident, rest)) = cursor.ident() {
        segments.push(ident.to_string());
        cursor = rest;
        match colons(rest) {
            Some(after) if after.ident().is_some() => cursor = after,
            _ => break,
        }
    }
    (segments, cursor)
}

fn colons(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    let (first, rest) = cursor.punct()?;
    let (second, rest) = rest.punct()?;
    (first.as_char() == ':' && second.as_char() == ':').then_some(rest)
}

/// Reads a tree of a `use`, below the names `above`, to its end.
fn tree<'a>(cursor: Cursor<'a>, above: &[String], found: &mut Vec<Path>) -> Cursor<'a> {
    let (below, mut cursor) = segments(cursor);
    let mut segments = [above, &below].concat();
    cursor = colons(cursor).unwrap_or(cursor);
    if let Some((mut inside, _, _, rest)) = cursor.any_group() {
        while !inside.eof() {
            inside = tree(inside, &segments, found);
            // The comma.
            inside = inside.token_tree().map_or(inside, |(_, rest)| rest);
        }
        return rest;
    }
    if let Some((_, rest)) = cursor.punct().filter(|(star, _)| star.as_char() == '*') {
        found.push(Path { segments, name: Some("*".to_owned()) });
        return rest;
    }
    if segments.len() > 1 {
        segments.pop_if(|last| last == "self");
    }
    let mut name = segments.last().cloned();
    if let Some((_, rest)) = cursor.ident().filter(|(word, _)| word == "as") {
        name = rest.ident().map(|(new, _)| new.to_string());
        cursor = rest.token_tree().map_or(rest, |(_, rest)| rest);
    }
    found.push(Path { segments, name });
    cursor
}
