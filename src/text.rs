//! String helpers that add few bytes to the script.

/// Concatenates the parts. The standard library's `concat` also handles separators and is five times as large.
pub fn join(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// A number in decimal. `to_string` would add the formatting machinery, almost 1 KB of the script.
pub fn decimal(number: u32) -> String {
    let mut text = match number / 10 {
        0 => String::new(),
        tens => decimal(tens),
    };
    // A digit: the remainder is below 10.
    #[allow(clippy::cast_possible_truncation)]
    text.push(char::from(b'0' + (number % 10) as u8));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 9, 10, 1234, u32::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
