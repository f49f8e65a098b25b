//! What lies between runs at random.

/// Of a hundred runs the fifth, the middle one and the ninety-fifth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quantiles {
    /// 5 % of the values are at most that.
    pub five: u128,
    /// Half of the values are at most that.
    pub half: u128,
    /// 95 % of the values are at most that.
    pub ninety_five: u128,
}

/// The quantiles of `values`: of n in order the one numbered ⌈n·q⌉, so that each is a value that came up.
#[must_use]
pub fn quantiles(mut values: Vec<u128>) -> Quantiles {
    values.sort_unstable();
    let at = |hundredths: usize| {
        let number = (values.len() * hundredths).div_ceil(100).max(1);
        values.get(number - 1).copied().unwrap_or_default()
    };
    Quantiles { five: at(5), half: at(50), ninety_five: at(95) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_came_up() {
        let of = |values: &[u128]| quantiles(values.to_vec());
        assert_eq!(of(&(1..=100).rev().collect::<Vec<_>>()), Quantiles { five: 5, half: 50, ninety_five: 95 });
        assert_eq!(of(&[7]), Quantiles { five: 7, half: 7, ninety_five: 7 });
        assert_eq!(of(&[3, 1, 2]), Quantiles { five: 1, half: 2, ninety_five: 3 });
        assert_eq!(of(&[]), Quantiles::default());
    }
}
