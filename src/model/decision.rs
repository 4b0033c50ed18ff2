//! Why a number or a plan is what it is: notes on inputs and decisions, each with its day, its author and what stood there.

use std::fmt;
use std::rc::Rc;

use chrono::NaiveDate;

use super::bounds::Input;

/// The most decisions that are logged by hand.
pub const MOST_DECISIONS: usize = 1_000;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;
/// The longest name of an author, in characters.
pub const LONGEST_AUTHOR: usize = 80;

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The plan as a whole.
    Plan,
    /// One number.
    Number(Input),
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The day.
    pub on: NaiveDate,
    /// Its place among those of the day, from 1: given by [`Decisions::with`], and the same for what two tabs log at once.
    pub nth: u32,
    /// What it is about.
    pub about: About,
    /// What stood there on that day, in words: the number, or the plan in short.
    pub stated: String,
    /// Why, in the author's words.
    pub why: String,
    /// Who; may be empty.
    pub who: String,
}

/// Why a decision is not logged; the sentence says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLogged {
    /// It has no reason.
    NoReason,
    /// The reason is too long.
    LongReason {
        /// How long it is, in characters.
        characters: usize,
    },
    /// The name of the author is too long.
    LongAuthor {
        /// How long it is, in characters.
        characters: usize,
    },
    /// The very same is in the log.
    Known,
    /// There are as many as there can be.
    Full,
}

impl fmt::Display for NotLogged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotLogged::NoReason => write!(f, "Write down why: that is what will be asked next year."),
            NotLogged::LongReason { characters } => {
                write!(f, "The reason has {characters} characters: shorten it to {LONGEST_REASON}.")
            }
            NotLogged::LongAuthor { characters } => {
                write!(f, "The name has {characters} characters: shorten it to {LONGEST_AUTHOR}.")
            }
            NotLogged::Known => write!(f, "Just this is in the log already."),
            NotLogged::Full => {
                write!(f, "The log has {MOST_DECISIONS} entries, the most that it can hold: remove one first.")
            }
        }
    }
}

impl std::error::Error for NotLogged {}

/// The log: decisions in the order of their days, each once. There may be more than [`MOST_DECISIONS`] where several tabs or
/// files came together: none is thrown away, but no other is logged.
///
/// A shared list, since the workspace that it is part of is copied at every move of a slider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions(Rc<Vec<Decision>>);

impl FromIterator<Decision> for Decisions {
    fn from_iter<I: IntoIterator<Item = Decision>>(decisions: I) -> Decisions {
        let mut list: Vec<Decision> = decisions.into_iter().collect();
        list.sort();
        list.dedup();
        Decisions(Rc::new(list))
    }
}

impl Decisions {
    /// The decisions, the earliest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Decision> + Clone {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The latest of them about this.
    pub fn latest(&self, about: About) -> Option<&Decision> {
        self.iter().rfind(|decision| decision.about == about)
    }

    /// These and one more, the last of its day. Blanks around what was written are left out.
    ///
    /// # Errors
    /// [`NotLogged`].
    pub fn with(&self, decision: Decision) -> Result<Decisions, NotLogged> {
        let (why, who) = (decision.why.trim().to_owned(), decision.who.trim().to_owned());
        let (reason, author) = (why.chars().count(), who.chars().count());
        let of_day = self.iter().filter(|it| it.on == decision.on);
        let nth = of_day.map(|it| it.nth).max().unwrap_or(0).saturating_add(1);
        let decision = Decision { nth, why, who, ..decision };
        if reason == 0 {
            return Err(NotLogged::NoReason);
        }
        if reason > LONGEST_REASON {
            return Err(NotLogged::LongReason { characters: reason });
        }
        if author > LONGEST_AUTHOR {
            return Err(NotLogged::LongAuthor { characters: author });
        }
        if self.iter().any(|known| Decision { nth, ..known.clone() } == decision) {
            return Err(NotLogged::Known);
        }
        if self.len() >= MOST_DECISIONS {
            return Err(NotLogged::Full);
        }
        Ok(self.iter().cloned().chain([decision]).collect())
    }

    /// These without one.
    pub fn without(&self, decision: &Decision) -> Decisions {
        Decisions(Rc::new(self.iter().filter(|it| *it != decision).cloned().collect()))
    }

    /// These and those of `others` that are not among them.
    pub fn with_missing_of(&self, others: &Decisions) -> Decisions {
        self.iter().chain(others.iter()).cloned().collect()
    }

    /// These with what was logged and removed between `before` and `after`. Nothing of it can contradict what is here.
    pub(super) fn merged(&self, before: &Decisions, after: &Decisions) -> Decisions {
        if before == after {
            return self.clone();
        }
        let stays = |decision: &&Decision| !before.0.contains(decision) || after.0.contains(decision);
        let added = after.iter().filter(|decision| !before.0.contains(decision));
        self.iter().filter(stays).chain(added).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(day: &str, why: &str) -> Decision {
        Decision {
            on: day.parse().unwrap(),
            nth: 0,
            about: About::Number(Input::RenewalCommission),
            stated: "2%".to_owned(),
            why: why.to_owned(),
            who: " Ada ".to_owned(),
        }
    }

    fn whys(decisions: &Decisions) -> Vec<&str> {
        decisions.iter().map(|it| it.why.as_str()).collect()
    }

    #[test]
    fn decisions_are_kept_by_their_days_and_blanks_are_not() {
        let one = Decisions::default().with(decision("2026-11-02", " as last year ")).unwrap();
        let two = one.with(decision("2026-11-01", "a guess")).unwrap();
        assert_eq!(whys(&two), ["a guess", "as last year"]);
        let latest = two.latest(About::Number(Input::RenewalCommission)).unwrap();
        assert_eq!((latest.why.as_str(), latest.who.as_str()), ("as last year", "Ada"));
        assert_eq!(two.latest(About::Plan), None);
        let three = two.with(decision("2026-11-02", "a second thought")).unwrap();
        assert_eq!(whys(&three), ["a guess", "as last year", "a second thought"], "not by their letters");
        assert_eq!(two.without(latest), Decisions::default().with(decision("2026-11-01", "a guess")).unwrap());
    }

    #[test]
    fn what_cannot_be_logged_says_what_to_do() {
        let some = Decisions::default().with(decision("2026-11-02", "x")).unwrap();
        assert_eq!(some.with(decision("2026-11-02", " \n ")), Err(NotLogged::NoReason));
        assert_eq!(some.with(decision("2026-11-02", " x")), Err(NotLogged::Known));
        let long = NotLogged::LongReason { characters: 501 };
        assert_eq!(some.with(decision("2026-11-02", &"ü".repeat(501))), Err(long));
        assert_eq!(long.to_string(), "The reason has 501 characters: shorten it to 500.");
        let who = Decision { who: "n".repeat(81), ..decision("2026-11-02", "y") };
        assert_eq!(some.with(who), Err(NotLogged::LongAuthor { characters: 81 }));
        let full: Decisions = (0..1_000).map(|number| decision("2026-11-02", &number.to_string())).collect();
        assert_eq!(full.with(decision("2026-11-02", "one more")), Err(NotLogged::Full));
    }

    #[test]
    fn both_sides_of_a_merge_keep_what_they_logged() {
        let of = |whys: &[&str]| whys.iter().map(|why| decision("2026-11-02", why)).collect::<Decisions>();
        let (base, ours, theirs) = (of(&["a", "b"]), of(&["a", "b", "ours"]), of(&["b", "theirs"]));
        assert_eq!(whys(&ours.merged(&base, &theirs)), ["b", "ours", "theirs"]);
        assert_eq!(whys(&theirs.merged(&base, &ours)), ["b", "ours", "theirs"]);
        assert_eq!(ours.merged(&base, &base), ours);
    }
}
