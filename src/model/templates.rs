//! Plans that are really paid somewhere, to start from: each with where it comes from and what that is worth.
//!
//! Rates are parts of annual value, the only basis of a [`Plan`]. Where a source pays on gross profit, the rate is the
//! source's times the gross margin of the book, `c = g mu`; what else a source has that a plan of flat rates cannot say is
//! named in [`Template::beyond`].

use super::bounds::{Grade, Input};
use super::pay::PlanPeriod;
use super::plan::{Plan, QuotaRule, RenewalSchedule};
use super::quantity::CommissionRate;

/// A plan to start from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Template {
    /// Who is paid like this.
    pub name: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What that is worth.
    pub grade: Grade,
    /// What the source has beyond flat rates, as a sentence; empty if nothing.
    pub beyond: &'static str,
    rates: Rates,
}

/// The rates of a template.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rates {
    new_business: f64,
    /// From contract year 2 on.
    renewal: f64,
    referral: f64,
    upsell: f64,
    /// What the rate on new business is multiplied by beyond the quota.
    accelerator: f64,
    /// Whether the rates are parts of gross profit.
    of_margin: bool,
}

/// A template of two rates; upsell is paid like new business.
const fn of(name: &'static str, new_business: f64, renewal: f64, grade: Grade, source: &'static str) -> Template {
    let rates =
        Rates { new_business, renewal, referral: 0.0, upsell: new_business, accelerator: 1.0, of_margin: false };
    Template { name, source, grade, beyond: "", rates }
}

/// The templates, software first.
pub const TEMPLATES: [Template; 14] = [
    Template {
        rates: Rates {
            new_business: 0.10,
            renewal: 0.02,
            referral: 0.02,
            upsell: 0.08,
            accelerator: 1.0,
            of_margin: false,
        },
        ..of(
            "Software, seller",
            0.10,
            0.02,
            Grade::NamedSurvey,
            "Medians of private software companies: 8 to 9% of the first year's value for new business, here 10%; 2% for a \
             renewal, 8% for upsell (Pacific Crest 2016). The 2% for a referral is a usual extra",
        )
    },
    of(
        "Software, account manager",
        0.10,
        0.08,
        Grade::Convention,
        "The seller's rates with a renewal paid nearly like a sale, as where one person sells and looks after",
    ),
    Template {
        rates: Rates { accelerator: 1.5, ..of("", 0.10, 0.0, Grade::Practitioner, "").rates },
        beyond: "Often the multiplier rises again at 125% and 150% of the quota.",
        ..of(
            "Software, hunter with an accelerator",
            0.10,
            0.0,
            Grade::Practitioner,
            "10% up to the quota and one and a half times as much beyond it, nothing for renewals, as vendors of commission \
             software describe it",
        )
    },
    of(
        "Enterprise software, nothing on renewals",
        0.10,
        0.0,
        Grade::Filing,
        "Companies whose annual reports say that commissions on renewals are not commensurate with those on the first \
         contract, or are not paid at all (10-K filings of 2019)",
    ),
    of(
        "Renewals desk",
        0.0,
        0.03,
        Grade::Convention,
        "A team that only renews: nothing for new business, a few percent of what renews",
    ),
    Template {
        beyond: "The whole renewal commission ends when the member changes to another agent.",
        ..of(
            "Medicare Advantage agent",
            1.0,
            0.50,
            Grade::Law,
            "Compensation for a renewal is at most 50% of that for the first year (42 CFR 422.2274). The first year's \
             commission counts as 100 here, so let annual value be that commission",
        )
    },
    Template {
        beyond: "Renewal pay ended after contract year 10; here year 10 stands for all later ones.",
        ..of(
            "Life insurance, New York before 1998",
            0.55,
            0.05,
            Grade::Law,
            "At most 55% of the first premium and 5% of the next nine (New York Insurance Law, section 4228, as it was)",
        )
    },
    Template {
        beyond: "All of it is taken back if the policy ends within the first year, 60% within the second.",
        ..of(
            "Life insurance, Australia",
            0.60,
            0.20,
            Grade::Law,
            "At most 60% of the first premium and 20% of each later one, since 2020 (ASIC Corporations (Life Insurance \
             Commissions) Instrument 2017/510)",
        )
    },
    of(
        "Property and casualty broker",
        0.12,
        0.12,
        Grade::Practitioner,
        "The same part of every premium, new or renewed; agencies name 10 to 15%",
    ),
    Template {
        rates: Rates { of_margin: true, ..of("", 0.20, 0.20, Grade::Practitioner, "").rates },
        ..of(
            "Staffing",
            0.20,
            0.20,
            Grade::Practitioner,
            "20% of the gross profit of every hour that is billed, whoever opened the account and however long ago",
        )
    },
    of(
        "Radio and other media",
        0.15,
        0.15,
        Grade::Practitioner,
        "15% of what is billed, for the first campaign as for the next",
    ),
    Template {
        rates: Rates { of_margin: true, ..of("", 0.25, 0.25, Grade::Practitioner, "").rates },
        ..of(
            "Distribution",
            0.25,
            0.25,
            Grade::Practitioner,
            "20 to 30% of the gross profit of each order, first and repeated alike",
        )
    },
    of(
        "Manufacturers' representative to distributors",
        0.07,
        0.07,
        Grade::NamedSurvey,
        "7% on average of every order from the territory, 5 to 9% (Manufacturers' Agents National Association, 402 members)",
    ),
    of(
        "Manufacturers' representative to end users",
        0.11,
        0.11,
        Grade::NamedSurvey,
        "11% on average of every order from the territory, 7 to 14% (Manufacturers' Agents National Association, 402 members)",
    ),
];

impl Template {
    /// The plan for a book of this gross margin; one below 0 counts as 0. The base stays that of `present`, and so does its
    /// quota, whose multiplier is the template's. It has no further rules.
    ///
    /// # Example
    /// ```
    /// use holdfast::model::plan::Plan;
    /// use holdfast::model::templates::TEMPLATES;
    ///
    /// let staffing = TEMPLATES.iter().find(|it| it.name == "Staffing").unwrap();
    /// // 20 % of a gross profit of 30 % of the value.
    /// assert!((staffing.plan(&Plan::default(), 0.30).new_business.get() - 0.06).abs() < 1e-15);
    /// ```
    pub fn plan(&self, present: &Plan, margin: f64) -> Plan {
        let factor = if self.rates.of_margin { margin.clamp(0.0, 1.0) } else { 1.0 };
        // A part of a part of one is a part of one.
        let rate = |part: f64| CommissionRate::new(part * factor).unwrap_or(CommissionRate::constant(0.0));
        let target = if present.quota.target > 0.0 { present.quota.target } else { Input::Quota.bounds().default };
        Plan {
            new_business: rate(self.rates.new_business),
            renewal: RenewalSchedule::level(rate(self.rates.renewal)),
            referral: rate(self.rates.referral),
            upsell: rate(self.rates.upsell),
            quota: QuotaRule {
                target,
                period: if self.rates.accelerator == 1.0 { present.quota.period } else { PlanPeriod::Year },
                multiplier: self.rates.accelerator,
            },
            base: present.base,
            rules: Vec::new(),
        }
    }

    /// Whether its rates are parts of gross profit.
    pub const fn is_of_margin(&self) -> bool {
        self.rates.of_margin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_a_plan_with_a_source() {
        let present = Plan::default();
        let mut names: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TEMPLATES.len());
        for template in &TEMPLATES {
            assert!(template.source.len() > 30 && !template.source.ends_with('.'), "{}", template.name);
            assert!(template.beyond.is_empty() || template.beyond.ends_with('.'), "{}", template.name);
            for margin in [-1.0, 0.0, 0.7, 1.0] {
                let plan = template.plan(&present, margin);
                assert!(plan.renewal.is_level() && plan.quota.target > 0.0, "{}", template.name);
            }
        }
        assert_eq!(TEMPLATES[0].plan(&present, 0.7), present, "the plan that everything opens with");
    }

    #[test]
    fn only_rates_of_gross_profit_follow_the_margin() {
        let present = Plan::default();
        for template in &TEMPLATES {
            let (low, high) = (template.plan(&present, 0.2), template.plan(&present, 0.8));
            assert_eq!(low != high, template.is_of_margin(), "{}", template.name);
        }
        let life = TEMPLATES.iter().find(|it| it.name.contains("New York")).unwrap().plan(&present, 0.7);
        assert_eq!(
            [life.new_business.get(), life.renewal.of_year(2).get(), life.renewal.of_year(1).get()],
            [0.55, 0.05, 0.0]
        );
        let without_quota = Plan { quota: QuotaRule { target: 0.0, ..QuotaRule::default() }, ..present };
        assert!(TEMPLATES[2].plan(&without_quota, 0.7).quota.target > 0.0);
    }
}
