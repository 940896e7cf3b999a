//! Numbers as text: significant digits, separators between thousands, intervals with matching decimals.

/// The text that stands for a missing number.
pub const NONE: &str = "–";

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// Lower end; NaN without an interval, as for a single trial.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A number with some significant digits and separated thousands: `0.0123`, `1.50`, `12,300`, `1.2e-9`.
pub fn significant(value: f64, digits: u32) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if needs_exponent(value) {
        return scientific(value, digits);
    }
    decimal(value, decimals_for(value, digits))
}

/// A number with some decimals and separated thousands. A negative number of decimals rounds to tens, hundreds …; the
/// result is never `-0`.
pub fn decimal(value: f64, decimals: i32) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let plain = match usize::try_from(decimals) {
        Ok(decimals) => format!("{:.decimals$}", value.abs()),
        Err(_) => {
            let unit = power_of_ten(-decimals);
            format!("{:.0}", (value.abs() / unit).round() * unit)
        }
    };
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut text = String::new();
    // A number that is rounded to 0 gets no sign.
    if value < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        text.push('-');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// A mean with its interval, `0.412 [0.402, 0.423]`. The number of decimals is such that half the interval's width has two
/// significant digits, and the largest of the three numbers three to six. Without an interval, the mean has three.
pub fn interval(interval: Interval) -> String {
    let Interval { mean, low, high } = interval;
    if !mean.is_finite() {
        return NONE.to_owned();
    }
    if !(low.is_finite() && high.is_finite()) {
        return significant(mean, 3);
    }
    let half = (high - low) / 2.0;
    let largest = mean.abs().max(low.abs()).max(high.abs());
    // The interval has no width except for rounding errors.
    if half <= largest * 1e-9 {
        let text = significant(mean, 3);
        return format!("{text} [{text}, {text}]");
    }
    if needs_exponent(largest) {
        return format!("{} [{}, {}]", scientific(mean, 3), scientific(low, 3), scientific(high, 3));
    }
    let decimals = decimals_for(half, 2).max(decimals_for(largest, 3).min(0)).min(decimals_for(largest, 6));
    format!("{} [{}, {}]", decimal(mean, decimals), decimal(low, decimals), decimal(high, decimals))
}

/// A difference with half the width of its interval, `+0.061 ±0.044`: shorter than [`interval`], for intervals whose middle is
/// the mean.
pub fn plus_minus(interval: Interval) -> String {
    let Interval { mean, low, high } = interval;
    let half = (high - low) / 2.0;
    let largest = mean.abs().max(half);
    let sign = if mean > 0.0 { "+" } else { "" };
    if !(mean.is_finite() && half.is_finite()) || needs_exponent(largest) {
        return format!("{sign}{} ±{}", significant(mean, 3), significant(half, 2));
    }
    let decimals = if half > largest * 1e-9 { decimals_for(half, 2) } else { decimals_for(largest, 3) };
    format!("{sign}{} ±{}", decimal(mean, decimals), decimal(half, decimals))
}

/// The text of numbers with typographic minus signs and powers of ten, for pages and charts; terminals and files keep `-`
/// and `e`.
pub fn typographic(text: &str) -> String {
    let (mut print, mut before, mut power) = (String::new(), ' ', false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let number = |letter: &char| letter.is_ascii_digit() || *letter == '-';
        if letter == 'e' && before.is_ascii_digit() && letters.peek().is_some_and(number) {
            print += " × 10";
            power = true;
        } else {
            power = power && number(&letter);
            match letter {
                letter if power => print.push(superscript(letter)),
                '-' => print.push('−'),
                letter => print.push(letter),
            }
        }
        before = letter;
    }
    print
}

/// A digit or a minus sign as superscript.
fn superscript(letter: char) -> char {
    match letter.to_digit(10) {
        Some(digit) => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit as usize],
        None => '⁻',
    }
}

/// Ten to an integer power.
pub fn power_of_ten(power: i32) -> f64 {
    // Parsed as a literal, so that 10⁻² is the number nearest to 0.01.
    format!("1e{power}").parse().unwrap_or(1.0)
}

/// A number for programs: the shortest text that is read back as the same number; empty if it is not finite.
pub fn exact(value: f64) -> String {
    if value.is_finite() { format!("{value}") } else { String::new() }
}

/// The power of ten of the first digit: 0 for 1 to 9.99, −1 for 0.1 to 0.999.
pub fn magnitude(value: f64) -> i32 {
    if value == 0.0 || !value.is_finite() {
        return 0;
    }
    // Read from the decimal form, because a logarithm may be rounded across a power of ten.
    let text = format!("{:e}", value.abs());
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

/// The number of decimals that shows some significant digits; negative for large numbers.
fn decimals_for(value: f64, digits: u32) -> i32 {
    digits as i32 - 1 - magnitude(value)
}

/// Whether a number is written with a power of ten.
fn needs_exponent(value: f64) -> bool {
    value != 0.0 && !(-4..15).contains(&magnitude(value))
}

fn scientific(value: f64, digits: u32) -> String {
    if value == 0.0 { "0".to_owned() } else { format!("{:.*e}", digits.saturating_sub(1) as usize, value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_the_requested_significant_digits() {
        for (value, text) in [
            (0.0, "0"),
            (0.012_345, "0.0123"),
            (1.5, "1.50"),
            (-0.5, "-0.500"),
            (123.45, "123"),
            (12_345.6, "12,300"),
            (1_234_567.0, "1,230,000"),
            (1.234e-9, "1.23e-9"),
            (f64::NAN, "–"),
            (f64::INFINITY, "–"),
        ] {
            assert_eq!(significant(value, 3), text);
        }
    }

    #[test]
    fn a_rounded_zero_has_no_sign() {
        assert_eq!(decimal(-0.001, 2), "0.00");
        assert_eq!(decimal(-0.006, 2), "-0.01");
    }

    #[test]
    fn half_an_interval_has_two_digits_and_its_mean_as_many_decimals() {
        let of = |mean: f64, half: f64| plus_minus(Interval { mean, low: mean - half, high: mean + half });
        assert_eq!(of(0.0612, 0.0438), "+0.061 ±0.044");
        assert_eq!(of(-0.5, 0.123), "-0.50 ±0.12");
        assert_eq!(of(2_943.0, 887.0), "+2,940 ±890");
        assert_eq!(of(0.25, 0.0), "+0.250 ±0.000");
        assert_eq!(of(1.5e-9, 2.5e-10), "+1.50e-9 ±2.5e-10");
        assert_eq!(plus_minus(Interval { mean: 0.25, low: f64::NAN, high: f64::NAN }), "+0.250 ±–");
    }

    #[test]
    fn intervals_have_matching_decimals() {
        let of = |mean, low, high| interval(Interval { mean, low, high });
        assert_eq!(of(0.412_34, 0.402_1, 0.422_6), "0.412 [0.402, 0.423]");
        assert_eq!(of(12_345.6, 12_111.9, 12_579.8), "12,350 [12,110, 12,580]");
        assert_eq!(of(587_737.0, 327_737.0, 847_737.0), "588,000 [328,000, 848,000]");
        assert_eq!(of(0.5, f64::NAN, f64::NAN), "0.500");
        assert_eq!(of(0.5, 0.5, 0.5), "0.500 [0.500, 0.500]");
        assert_eq!(of(0.0, 0.0, 0.0), "0 [0, 0]");
        assert_eq!(of(-0.01, -0.03, 0.01), "-0.010 [-0.030, 0.010]");
        assert_eq!(of(1e-9, 0.0, 2e-9), "1.00e-9 [0, 2.00e-9]");
        assert_eq!(of(f64::NAN, 0.0, 1.0), "–");
    }

    #[test]
    fn typographic_text_has_minus_signs_and_powers_of_ten() {
        assert_eq!(typographic("-1.23e-10 [-2e-9, 0]"), "−1.23 × 10⁻¹⁰ [−2 × 10⁻⁹, 0]");
        assert_eq!(typographic("-5 or more"), "−5 or more");
    }

    proptest! {
        #[test]
        fn any_number_gives_a_short_text(mean in any::<f64>(), low in any::<f64>(), high in any::<f64>()) {
            let text = interval(Interval { mean, low, high });
            prop_assert!(text.chars().count() < 90, "{}", text);
            prop_assert!(significant(mean, 3).chars().count() < 24);
        }

        #[test]
        fn exact_numbers_are_read_back_unchanged(value in proptest::num::f64::NORMAL) {
            prop_assert_eq!(exact(value).parse::<f64>().unwrap(), value);
        }
    }
}
