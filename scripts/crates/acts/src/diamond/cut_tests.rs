//! The cut, held to the loupe that it is computed from, random and real.

use alloy::dyn_abi::JsonAbiExt;
use alloy::primitives::Bytes;
use proptest::collection::{btree_map, btree_set};
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::safe::bundle::Bundle;
use crate::safe::call::text;

const DIAMOND: Address = Address::with_last_byte(0xd);
const NEW: Address = Address::with_last_byte(0xf);

fn selector(number: u8) -> Selector {
    Selector::from([number, 0, 0, 1])
}

fn facet(number: u8) -> Address {
    Address::with_last_byte(number)
}

fn selectors(numbers: impl IntoIterator<Item = u8>) -> BTreeSet<Selector> {
    numbers.into_iter().map(selector).collect()
}

/// Functions 1 and 2 at facet 1, 3 at facet 2, 4 at the diamond itself.
fn loupe() -> Loupe {
    let at = |number, functions: &[u8]| (facet(number), functions.iter().copied().map(selector).collect());
    Loupe::new([at(1, &[1, 2]), at(2, &[3]), (DIAMOND, vec![selector(4)])]).unwrap()
}

fn wish(functions: &[u8], replaced: &[u8], dropped: &[u8]) -> Wish {
    Wish {
        facet: NEW,
        selectors: selectors(functions.iter().copied()),
        replaced: replaced.iter().copied().map(facet).collect(),
        dropped: selectors(dropped.iter().copied()),
    }
}

fn planned(functions: &[u8], replaced: &[u8], dropped: &[u8]) -> Result<Cut, NoCut> {
    plan(&loupe(), DIAMOND, &selectors([9]), &wish(functions, replaced, dropped))
}

#[test]
fn a_new_function_is_added_a_replaced_facets_moves_and_the_rest_of_it_goes() {
    let cut = planned(&[1, 5], &[1], &[2]).unwrap();

    assert_eq!(cut.gained, selectors([5]));
    assert_eq!(cut.moved, [(selector(1), facet(1))].into());
    assert_eq!(cut.lost, [(selector(2), facet(1))].into());
}

#[test]
fn no_function_is_lost_unless_it_is_named() {
    assert_eq!(planned(&[1], &[1], &[]), Err(NoCut::Lost([(selector(2), facet(1))].into())));
    assert_eq!(planned(&[1], &[1, 2], &[2]), Err(NoCut::Lost([(selector(3), facet(2))].into())));
}

#[test]
fn only_what_would_be_lost_can_be_dropped() {
    assert_eq!(planned(&[1], &[1], &[2, 3]), Err(NoCut::NotLost(selectors([3]))));
    assert_eq!(planned(&[1, 2], &[1], &[1]), Err(NoCut::NotLost(selectors([1]))));
}

#[test]
fn a_function_is_not_taken_from_a_facet_that_stays() {
    assert_eq!(planned(&[1, 2, 3], &[1], &[]), Err(NoCut::Collision([(selector(3), facet(2))].into())));
}

#[test]
fn what_the_diamond_answers_itself_stays_out_of_facets() {
    assert_eq!(planned(&[5, 9], &[], &[]), Err(NoCut::Immutable(selectors([9]))));
    assert_eq!(planned(&[4, 5], &[], &[]), Err(NoCut::Immutable(selectors([4]))));
    let replaced = Wish { replaced: [DIAMOND].into(), ..wish(&[5], &[], &[4]) };
    assert_eq!(plan(&loupe(), DIAMOND, &BTreeSet::new(), &replaced), Err(NoCut::Immutable(selectors([4]))));
}

#[test]
fn a_facet_at_which_nothing_stands_cannot_be_replaced() {
    assert_eq!(planned(&[1], &[7], &[]), Err(NoCut::UnknownFacets([facet(7)].into())));
}

#[test]
fn a_facet_that_stands_there_already_has_nothing_to_do() {
    let wish = Wish { facet: facet(1), ..wish(&[1, 2], &[], &[]) };
    assert_eq!(plan(&loupe(), DIAMOND, &BTreeSet::new(), &wish), Err(NoCut::Nothing));
}

#[test]
fn a_cut_is_encoded_as_the_live_diamond_takes_it() {
    let cut = planned(&[1, 5], &[1], &[2]).unwrap();
    let call = call(DIAMOND, &cut.forward()).unwrap();

    assert_eq!(call.function.selector(), [0xe5, 0x7e, 0x69, 0xc6]);
    let entry = |facet: Address, action, number| format!(r#"["{facet}","{action}",["{}"]]"#, selector(number));
    let words = [entry(facet(1), 2, 2), entry(NEW, 1, 1), entry(NEW, 0, 5)].join(",");
    assert_eq!(text(&call.values[0]), format!("[{words}]"));
}

#[test]
fn the_file_says_in_words_what_its_bytes_do() {
    let cut = planned(&[1, 5], &[1], &[2]).unwrap();
    let call = call(DIAMOND, &cut.forward()).unwrap();
    let bundle = Bundle::new("cut", "why", 1, NEW, &[call]).unwrap();
    let file: Value = serde_json::from_str(&bundle.text().unwrap()).unwrap();
    let transaction = &file["transactions"][0];

    let mut method = transaction["contractMethod"].clone();
    method["type"] = "function".into();
    method["stateMutability"] = "nonpayable".into();
    method["outputs"] = Value::Array(Vec::new());
    let function: Function = serde_json::from_value(method).unwrap();
    let data: Bytes = transaction["data"].as_str().unwrap().parse().unwrap();
    let values = function.abi_decode_input(&data[4..]).unwrap();

    assert_eq!(data[..4], function.selector()[..]);
    assert_eq!(transaction["contractInputsValues"]["facets_"], text(&values[0]));
}

/// Replaces every facet of the real Diamond by one with all its functions but one, which is dropped.
#[test]
fn each_facet_of_the_real_diamond_can_be_replaced_and_brought_back() {
    let recorded: Value = serde_json::from_str(include_str!("../../../../../tests/vectors/diamond.json")).unwrap();
    let facets = recorded["loupe"].as_array().unwrap().iter().map(|facet| {
        let selectors = facet["selectors"].as_array().unwrap().iter();
        let selectors = selectors.map(|function| function["selector"].as_str().unwrap().parse().unwrap()).collect();
        (facet["address"].as_str().unwrap().parse().unwrap(), selectors)
    });
    let loupe = Loupe::new(facets).unwrap();
    for (facet, mut functions) in loupe.by_facet() {
        let dropped = functions.pop_last().unwrap();
        let wish =
            Wish { facet: NEW, selectors: functions.clone(), replaced: [facet].into(), dropped: [dropped].into() };
        let cut = plan(&loupe, DIAMOND, &BTreeSet::new(), &wish).unwrap();

        let after = loupe.apply(&cut.forward()).unwrap();
        assert_eq!(after.selectors_of(NEW), functions);
        assert_eq!(after.len(), loupe.len() - 1);
        assert_eq!(after.apply(&cut.inverse()).unwrap(), loupe);
    }
}

prop_compose! {
    /// Twelve functions at four facets, one of which is the new one, and any wish that can be granted.
    fn granted()(
        at in btree_map(0_u8..12, prop::sample::select(vec![facet(1), facet(2), facet(3), NEW]), 1..12),
        mut functions in btree_set(0_u8..16, 1..16),
        replaced in btree_set(prop::sample::select(vec![facet(1), facet(2), facet(3), NEW]), 0..4),
    ) -> (Loupe, Wish) {
        let loupe = Loupe::new(at.iter().map(|(number, facet)| (*facet, vec![selector(*number)]))).unwrap();
        let replaced: BTreeSet<Address> =
            replaced.into_iter().filter(|facet| !loupe.selectors_of(*facet).is_empty()).collect();
        functions.retain(|number| at.get(number).is_none_or(|facet| *facet == NEW || replaced.contains(facet)));
        let functions = selectors(functions);
        let standing = replaced.iter().flat_map(|facet| loupe.selectors_of(*facet));
        let dropped = standing.filter(|selector| !functions.contains(selector)).collect();
        (loupe, Wish { facet: NEW, selectors: functions, replaced, dropped })
    }
}

proptest! {
    #[test]
    fn after_the_cut_the_facet_has_its_functions_and_all_others_stand_where_they_stood((loupe, wish) in granted()) {
        match plan(&loupe, DIAMOND, &BTreeSet::new(), &wish) {
            Ok(cut) => {
                let after = loupe.apply(&cut.forward()).unwrap();
                for number in 0..16 {
                    let function = selector(number);
                    let expected = if wish.selectors.contains(&function) {
                        Some(NEW)
                    } else {
                        loupe.facet_of(function).filter(|facet| !wish.replaced.contains(facet))
                    };
                    prop_assert_eq!(after.facet_of(function), expected);
                }
            }
            Err(none) => {
                prop_assert_eq!(none, NoCut::Nothing);
                prop_assert!(wish.selectors.iter().all(|function| loupe.facet_of(*function) == Some(NEW)));
                prop_assert!(wish.dropped.is_empty());
            }
        }
    }

    #[test]
    fn the_inverse_brings_the_loupe_back((loupe, wish) in granted()) {
        if let Ok(cut) = plan(&loupe, DIAMOND, &BTreeSet::new(), &wish) {
            let after = loupe.apply(&cut.forward()).unwrap();
            prop_assert_eq!(after.apply(&cut.inverse()).unwrap(), loupe);
        }
    }
}
