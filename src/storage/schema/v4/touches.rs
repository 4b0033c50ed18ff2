//! The touches of one account as a short text: for each a letter and the days since the one before, in digits and small
//! letters; the first counts from 2000-01-01. `C7bdV2` is a call and, two days later, a visit. Notes are kept apart.

use chrono::{Days, NaiveDate};

use crate::model::touch::{Touch, TouchKind};

const BASE: u32 = 36;

/// The day from which days are counted.
pub fn epoch() -> NaiveDate {
    NaiveDate::default() + Days::new(10_957)
}

/// That many days after [`epoch`]; `None` beyond the calendar.
pub fn day(days: i64) -> Option<NaiveDate> {
    epoch().checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

const fn letter(kind: TouchKind) -> char {
    match kind {
        TouchKind::Visit => 'V',
        TouchKind::Call => 'C',
        TouchKind::Article => 'A',
        TouchKind::Review => 'R',
        TouchKind::Gift => 'G',
        TouchKind::Help => 'H',
    }
}

/// The touches without their notes.
pub fn write(touches: &[Touch]) -> String {
    let mut text = String::new();
    let mut before = epoch();
    for touch in touches {
        text.push(letter(touch.kind));
        let days = (touch.on - before).num_days();
        if days < 0 {
            text.push('-');
        }
        push_number(&mut text, days.unsigned_abs());
        before = touch.on;
    }
    text
}

fn push_number(text: &mut String, mut number: u64) {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % u64::from(BASE)) as u32, BASE).unwrap_or('0'));
        number /= u64::from(BASE);
        if number == 0 {
            break;
        }
    }
    text.extend(digits.into_iter().rev());
}

/// The touches, without notes, that [`write`] wrote; `None` if the text is none of these.
pub fn read(text: &str) -> Option<Vec<Touch>> {
    let mut touches: Vec<Touch> = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(first) = rest.next() {
        let kind = TouchKind::ALL.into_iter().find(|kind| letter(*kind) == first)?;
        let is_before = rest.next_if_eq(&'-').is_some();
        let mut days: Option<i64> = None;
        while let Some(digit) = rest.peek().filter(|it| !it.is_ascii_uppercase()).and_then(|it| it.to_digit(BASE)) {
            rest.next();
            days = Some(days.unwrap_or(0).checked_mul(i64::from(BASE))?.checked_add(i64::from(digit))?);
        }
        let days = if is_before { -days? } else { days? };
        let (before, is_first) = touches.last().map_or_else(|| (epoch(), true), |touch| (touch.on, false));
        if days < 0 && !is_first {
            return None;
        }
        let on = before.checked_add_signed(chrono::TimeDelta::try_days(days)?)?;
        touches.push(Touch { on, kind, note: String::new() });
    }
    Some(touches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touches_are_short_and_come_back() {
        let touch = |day: &str, kind| Touch { on: day.parse().unwrap(), kind, note: String::new() };
        let touches = [
            touch("1999-12-31", TouchKind::Gift),
            touch("2026-11-24", TouchKind::Call),
            touch("2026-11-24", TouchKind::Visit),
            touch("2026-12-30", TouchKind::Help),
        ];
        let text = write(&touches);
        assert_eq!(text, "G-1C7kxV0H10");
        assert_eq!(read(&text).unwrap(), touches);
        assert_eq!(read(""), Some(Vec::new()));
    }

    #[test]
    fn what_was_never_written_is_refused() {
        for text in ["X1", "C", "1", "C1C-1", "CC1", "c1", "C1 V1", "Czzzzzzzzzzzzzz", "C99999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
