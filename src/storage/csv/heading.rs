//! Which words in a heading stand for which field.

use super::mapping::Field;

/// What is compared of a heading: its letters and digits in lower case. `Annual_Value *`, `annualValue` and
/// `Annual value` are one; so is `Annual value (EUR)`: what is in brackets is a unit.
pub(super) fn key(heading: &str) -> String {
    let bare = heading.split(['(', '[']).next().filter(|start| !start.trim().is_empty()).unwrap_or(heading);
    bare.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The headings of each field, as keys, the surest first.
const WORDS: [(Field, &[&str]); 21] = [
    (
        Field::Name,
        &[
            "account",
            "accountname",
            "company",
            "companyname",
            "customer",
            "customername",
            "client",
            "clientname",
            "organization",
            "organisation",
            "organizationname",
            "organisationname",
            "dealorganization",
            "name",
            "kunde",
            "kundenname",
            "firma",
            "firmenname",
            "unternehmen",
            "entreprise",
            "société",
            "empresa",
            "cliente",
            "cuenta",
            "azienda",
        ],
    ),
    (
        Field::Seller,
        &[
            "seller",
            "owner",
            "accountowner",
            "companyowner",
            "accountmanager",
            "salesrep",
            "salesperson",
            "accountexecutive",
            "rep",
            "ownername",
            "organizationowner",
            "organisationowner",
            "dealowner",
            "recordowner",
            "verantwortlich",
            "verkäufer",
            "propriétaire",
            "propietario",
            "vendedor",
        ],
    ),
    (
        Field::AnnualValue,
        &[
            "annualvalue",
            "annualcontractvalue",
            "acv",
            "arr",
            "annualrecurringrevenue",
            "yearlyvalue",
            "annualspend",
            "annualfee",
            "contractvalue",
            "dealvalue",
            "amount",
            "value",
            "revenue",
            "jahreswert",
        ],
    ),
    (
        Field::Currency,
        &[
            "currency",
            "annualvaluecurrency",
            "dealcurrencyofvalue",
            "amountcurrency",
            "currencycode",
            "währung",
            "devise",
            "moneda",
        ],
    ),
    (Field::Margin, &["margin", "grossmargin", "marginpercent", "grossmarginpercent", "gm", "marge", "margen"]),
    (Field::CostToServe, &["costtoserve", "servicecost", "annualcosttoserve", "costofservice"]),
    (
        Field::Term,
        &[
            "term",
            "termmonths",
            "terminmonths",
            "contractterm",
            "contracttermmonths",
            "contractlength",
            "termyears",
            "contracttermyears",
            "laufzeit",
        ],
    ),
    (
        Field::Since,
        &[
            "since",
            "customersince",
            "clientsince",
            "startdate",
            "contractstart",
            "contractstartdate",
            "wontime",
            "wondate",
            "dealwontime",
            "becameacustomerdate",
            "closedate",
            "createdate",
            "createdtime",
            "createddate",
            "kundeseit",
        ],
    ),
    (
        Field::RenewsOn,
        &[
            "renewson",
            "nextrenewal",
            "renewaldate",
            "nextrenewaldate",
            "renewal",
            "contractend",
            "contractenddate",
            "enddate",
            "expirydate",
            "expirationdate",
            "verlängerung",
        ],
    ),
    (
        Field::Standing,
        &[
            "status",
            "standing",
            "accountstatus",
            "customerstatus",
            "dealstatus",
            "lifecyclestage",
            "accounttype",
            "type",
        ],
    ),
    (Field::Origin, &["origin", "source", "leadsource", "accountsource", "quelle"]),
    (Field::SentBy, &["sentby", "referredby", "referrer", "referringaccount", "empfohlenvon"]),
    (Field::Tags, &["tags", "tag", "labels", "label"]),
    (
        Field::LostOn,
        &["loston", "lostdate", "losttime", "deallosttime", "churndate", "churnedon", "cancelledon", "canceledon"],
    ),
    (
        Field::LostReason,
        &["lostreason", "deallostreason", "reasonlost", "churnreason", "lossreason", "closedlostreason"],
    ),
    (Field::LossOdds, &["oddsofloss"]),
    (Field::RenewsUnattended, &["renewsunattended"]),
    (Field::RenewsToday, &["renewstoday"]),
    (Field::RenewsSaturated, &["renewssaturated"]),
    (Field::Notes, &["notes"]),
    (Field::RecordId, &["recordid", "id", "accountid", "companyid", "organizationid", "customerid", "crmid"]),
];

/// What a customer itself earns, in CRM exports: never taken for what it pays us without asking.
const THEIR_REVENUE: [&str; 5] =
    ["annualrevenue", "companyannualrevenue", "companyrevenue", "jahresumsatz", "accountannualrevenue"];

/// The field that a heading names, and how sure that is: 0 is the surest word for the field.
pub(super) fn field_of(heading: &str) -> Option<(Field, usize)> {
    let key = key(heading);
    WORDS.iter().find_map(|(field, words)| words.iter().position(|word| *word == key).map(|rank| (*field, rank)))
}

/// Whether the column holds the customer's own revenue.
pub(super) fn is_their_revenue(heading: &str) -> bool {
    THEIR_REVENUE.contains(&key(heading).as_str())
}

/// Whether the heading names accounts.
pub(super) fn is_name(heading: &str) -> bool {
    field_of(heading).is_some_and(|(field, _)| field == Field::Name)
}

/// Whether a number under that heading counts years.
pub(super) fn counts_years(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    heading.contains("year") || heading.contains("jahr")
}

/// Whether a number under that heading is a percentage.
pub(super) fn counts_percent(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    heading.contains('%') || heading.contains("percent")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn case_marks_units_and_joints_do_not_matter() {
        for heading in ["Annual value", "ANNUAL VALUE *", "annual_value", "AnnualValue", "Annual value (EUR)"] {
            assert_eq!(field_of(heading).map(|(field, _)| field), Some(Field::AnnualValue), "{heading}");
        }
        assert_eq!(field_of("Deal - Value").map(|(field, _)| field), Some(Field::AnnualValue));
        assert_eq!(field_of("Account Owner").map(|(field, _)| field), Some(Field::Seller));
        assert_eq!(field_of("Annual Revenue"), None);
        assert!(is_their_revenue("Annual Revenue*"));
        assert_eq!(field_of("(EUR)"), None);
        assert_eq!(field_of(""), None);
    }

    #[test]
    fn no_word_stands_for_two_fields() {
        let words: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        assert!(words.iter().all(|word| key(word) == *word), "words are written as keys");
    }
}
