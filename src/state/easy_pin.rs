//! PINs that anybody tries first: `111111`, `123456`, `121212`, `112233`, straight lines on the keys.

/// Lines, corners and shapes on the keys of a telephone, and one year twice.
const SHAPES: [&str; 12] = [
    "147258", "258147", "258369", "369258", "147369", "159357", "159753", "357159", "753159", "789456",
    "456123", "134679",
];

/// Of six digits.
pub fn is_easy(pin: &str) -> bool {
    let digits: Vec<u8> = pin.bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
    let different = digits.iter().collect::<std::collections::BTreeSet<_>>().len();
    let steps: Vec<u8> = digits.windows(2).map(|two| (two[1] + 10 - two[0]) % 10).collect();
    let even_steps = steps.windows(2).all(|two| two[0] == two[1]);
    let there_and_back = digits.iter().eq(digits.iter().rev());
    let again = digits.len() == 6 && digits[..3] == digits[3..];
    let pairs = digits.chunks(2).all(|two| two.first() == two.last());
    different < 3 || even_steps || there_and_back || again || pairs || SHAPES.contains(&pin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_refused() {
        for pin in [
            "111111", "123456", "654321", "890123", "246802", "121212", "112233", "123321", "123123",
            "100000", "159753", "789456", "000001",
        ] {
            assert!(is_easy(pin), "{pin}");
        }
        for pin in ["274951", "308174", "918273", "112358", "020817"] {
            assert!(!is_easy(pin), "{pin}");
        }
    }
}
