//! What goes into a word comes out of it, wherever its neighbours stand.

use mrc53_maths::U256;

use crate::words::{edges, mask, words, Word};

/// Calls `each` with every combination of one of `choices` for each field.
fn every_combination(choices: &[Vec<U256>], mut each: impl FnMut(&[U256])) {
    let mut at = vec![0; choices.len()];
    loop {
        let values: Vec<U256> = at.iter().zip(choices).map(|(at, choice)| choice[*at]).collect();
        each(&values);
        let Some(field) = at.iter().zip(choices).position(|(at, choice)| at + 1 < choice.len()) else { return };
        at[field] += 1;
        at[..field].fill(0);
    }
}

/// Fields of at most 16 bits take every value, each with all others at each of their ends.
fn every_value_of_narrow_fields(word: &Word, mut each: impl FnMut(&[U256])) {
    let ends: Vec<Vec<U256>> = word.fields.iter().map(|field| vec![field.least, field.most]).collect();
    for (index, field) in word.fields.iter().enumerate().filter(|(_, field)| field.most < U256::from(1 << 16)) {
        let all = field.least.to::<u32>()..=field.most.to::<u32>();
        let mut choices = ends.clone();
        choices[index] = all.map(U256::from).collect();
        every_combination(&choices, &mut each);
    }
}

#[test]
fn every_combination_of_edge_values_comes_back_as_it_went_in() {
    for word in words() {
        let choices: Vec<Vec<U256>> = word.fields.iter().map(edges).collect();
        every_combination(&choices, |values| {
            assert_eq!((word.unpack)((word.pack)(values)), values, "{}", word.name);
        });
    }
}

#[test]
fn every_value_of_every_field_of_up_to_16_bits_comes_back_as_it_went_in() {
    for word in words() {
        every_value_of_narrow_fields(&word, |values| {
            assert_eq!((word.unpack)((word.pack)(values)), values, "{}", word.name);
        });
    }
}

#[test]
fn every_field_has_bits_of_its_own_side_by_side_as_many_as_its_range_takes() {
    for word in words() {
        let mut taken = U256::ZERO;
        for (index, field) in word.fields.iter().enumerate() {
            let mask = mask(&word, index);
            let all_of_range = (U256::from(1) << field.most.bit_len()) - U256::from(1);
            assert_eq!(mask >> mask.trailing_zeros(), all_of_range, "{}.{}", word.name, field.name);
            assert_eq!(mask & taken, U256::ZERO, "{}.{}", word.name, field.name);
            taken |= mask;
        }
    }
}

#[test]
fn a_word_holds_each_value_at_its_place_and_nothing_else() {
    for word in words() {
        let places: Vec<usize> = (0..word.fields.len()).map(|field| mask(&word, field).trailing_zeros()).collect();
        let choices: Vec<Vec<U256>> = word.fields.iter().map(edges).collect();
        every_combination(&choices, |values| {
            let sum = values.iter().zip(&places).fold(U256::ZERO, |sum, (value, place)| sum | *value << *place);
            assert_eq!(U256::from_be_bytes((word.pack)(values)), sum, "{}", word.name);
        });
    }
}
