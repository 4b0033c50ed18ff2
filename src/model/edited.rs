//! Which parts of an account were changed by hand, so that a later file leaves them alone.

use super::account::Account;
use super::clash::AccountPart;

/// Parts of an account that were edited in the book, and not only taken from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EditedParts {
    bits: u16,
}

impl EditedParts {
    /// The parts that count, the first as the lowest bit: those that a file would replace. Names tell which account a row
    /// is about, and tags and notes are added to.
    pub const ALL: [AccountPart; 9] = [
        AccountPart::Seller,
        AccountPart::AnnualValue,
        AccountPart::Margin,
        AccountPart::CostToServe,
        AccountPart::Term,
        AccountPart::Standing,
        AccountPart::Origin,
        AccountPart::LossOdds,
        AccountPart::Judgement,
    ];

    /// The parts of these bits; `None` if one is not of [`EditedParts::ALL`].
    pub const fn new(bits: u16) -> Option<EditedParts> {
        if bits >> EditedParts::ALL.len() == 0 { Some(EditedParts { bits }) } else { None }
    }

    /// A bit for each part.
    pub const fn bits(self) -> u16 {
        self.bits
    }

    /// Each part, in the order of [`EditedParts::ALL`].
    pub fn parts(self) -> impl Iterator<Item = AccountPart> {
        EditedParts::ALL
            .into_iter()
            .enumerate()
            .filter(move |(place, _)| self.bits >> place & 1 == 1)
            .map(|(_, part)| part)
    }

    /// With this part, if it counts.
    #[must_use]
    pub fn with(self, part: AccountPart) -> EditedParts {
        let bit = EditedParts::ALL.iter().position(|it| *it == part).map_or(0, |place| 1 << place);
        EditedParts { bits: self.bits | bit }
    }

    /// Without this part.
    #[must_use]
    pub fn without(self, part: AccountPart) -> EditedParts {
        EditedParts { bits: self.bits & !EditedParts::default().with(part).bits }
    }

    /// What is edited here once a change from `old` to `new` that was made elsewhere is made here too.
    #[must_use]
    pub const fn merged(self, old: EditedParts, new: EditedParts) -> EditedParts {
        let changed = old.bits ^ new.bits;
        EditedParts { bits: self.bits & !changed | new.bits & changed }
    }
}

impl Account {
    /// Marks what differs from `before` as edited, beside what was edited already.
    pub fn mark_edited(&mut self, before: &Account) {
        let differs = |part: &AccountPart| !self.has_same(*part, before);
        self.edited = EditedParts::ALL.into_iter().filter(differs).fold(before.edited, EditedParts::with);
    }

    /// Whether a part is the same in both; what does not count in [`EditedParts`] always is.
    pub fn has_same(&self, part: AccountPart, other: &Account) -> bool {
        match part {
            AccountPart::Seller => self.seller == other.seller,
            AccountPart::AnnualValue => self.annual_value == other.annual_value,
            AccountPart::Margin => self.margin == other.margin,
            AccountPart::CostToServe => self.cost_to_serve == other.cost_to_serve,
            AccountPart::Term => self.term == other.term,
            AccountPart::Standing => self.standing == other.standing,
            AccountPart::Origin => self.origin == other.origin,
            AccountPart::LossOdds => self.loss_odds == other.loss_odds,
            AccountPart::Judgement => self.judgement == other.judgement,
            AccountPart::Presence | AccountPart::Name | AccountPart::Tags | AccountPart::Notes => true,
        }
    }

    /// Takes a part that counts in [`EditedParts`] from another account.
    pub fn take(&mut self, part: AccountPart, from: &Account) {
        match part {
            AccountPart::Seller => self.seller.clone_from(&from.seller),
            AccountPart::AnnualValue => self.annual_value = from.annual_value,
            AccountPart::Margin => self.margin = from.margin,
            AccountPart::CostToServe => self.cost_to_serve = from.cost_to_serve,
            AccountPart::Term => self.term = from.term,
            AccountPart::Standing => self.standing.clone_from(&from.standing),
            AccountPart::Origin => self.origin = from.origin,
            AccountPart::LossOdds => self.loss_odds = from.loss_odds,
            AccountPart::Judgement => self.judgement = from.judgement,
            AccountPart::Presence | AccountPart::Name | AccountPart::Tags | AccountPart::Notes => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::AccountId;
    use crate::model::quantity::{Margin, Money};

    #[test]
    fn what_differs_is_edited_and_stays_so() {
        let before = Account::new(AccountId(1), "A", Money::from_cents(100));
        let mut after = before.clone();
        after.notes = "Only a note".to_owned();
        after.mark_edited(&before);
        assert_eq!(after.edited, EditedParts::default());
        after.margin = Margin::constant(0.5);
        after.seller = "Ada".to_owned();
        after.mark_edited(&before);
        assert_eq!(after.edited.parts().collect::<Vec<_>>(), [AccountPart::Seller, AccountPart::Margin]);
        let mut back = before.clone();
        back.mark_edited(&after);
        assert_eq!(back.edited, after.edited, "that it is as it was does not mean that nobody chose it");
    }

    #[test]
    fn bits_are_parts_and_nothing_else() {
        for (place, part) in EditedParts::ALL.into_iter().enumerate() {
            let one = EditedParts::default().with(part);
            assert_eq!((one.bits(), one.parts().collect::<Vec<_>>()), (1 << place, vec![part]));
            assert_eq!(EditedParts::new(one.bits()), Some(one));
            assert_eq!(one.without(part), EditedParts::default());
        }
        assert_eq!(EditedParts::default().with(AccountPart::Notes), EditedParts::default());
        assert_eq!((EditedParts::new(512), EditedParts::new(u16::MAX)), (None, None));
    }

    #[test]
    fn edits_of_two_sides_come_together_and_an_undone_one_goes() {
        let parts = |all: &[AccountPart]| all.iter().fold(EditedParts::default(), |parts, part| parts.with(*part));
        let (seller, term) = (parts(&[AccountPart::Seller]), parts(&[AccountPart::Term]));
        let both = parts(&[AccountPart::Seller, AccountPart::Term]);
        assert_eq!(term.merged(EditedParts::default(), seller), both);
        assert_eq!(both.merged(seller, EditedParts::default()), term);
    }
}
