//! What stands behind each default, and the question in plain words.
use super::{Grade, Input, Wording};

/// The wording of `input`.
pub(super) const fn wording(input: Input) -> Wording {
    match input {
        Input::RenewalCommission => Wording {
            source: "Median of software companies, Pacific Crest survey 2016",
            grade: Grade::NamedSurvey,
            question: "What does the seller get of a renewed year, from the second contract year on?",
        },
        Input::NewBusinessCommission => Wording {
            source: "A round number above the median of software companies, 8 to 9 % (Pacific Crest survey 2016)",
            grade: Grade::NamedSurvey,
            question: "What does the seller get of a new customer's first year?",
        },
        Input::ReferralCommission => Wording {
            source: "A usual extra; set your own",
            grade: Grade::Convention,
            question: "What is paid on top of new business when a customer referred the new one?",
        },
        Input::ShareToday => Wording {
            source: "Four hours a year for each of 40 accounts",
            grade: Grade::Judgement,
            question: "Of the selling time, what share goes to existing customers today?",
        },
        Input::HoursPerYear => Wording {
            source: "35 % of 1,800 hours; sellers met or phoned customers in 41 % of the week (CSO Insights 2011)",
            grade: Grade::NamedSurvey,
            question: "How many hours a year does one seller really sell, to customers and prospects together?",
        },
        Input::RenewUnattended => Wording {
            source: "Ask whoever knows the accounts",
            grade: Grade::Judgement,
            question: "Of 100 accounts like these, how many renew if nobody calls all year?",
        },
        Input::RenewToday => Wording {
            source: "Ask whoever knows the accounts",
            grade: Grade::Judgement,
            question: "Of 100 accounts like these, how many renew with the attention they get now?",
        },
        Input::RenewSaturated => Wording {
            source: "Ask whoever knows the accounts",
            grade: Grade::Judgement,
            question: "Of 100 accounts like these, how many renew with all the attention they could use?",
        },
        Input::RenewHalf => Wording {
            source: "Ask whoever knows the accounts",
            grade: Grade::Judgement,
            question: "Of 100 accounts like these, how many renew with half of the attention they get now?",
        },
        Input::Stay => Wording {
            source: "Sales turnover of up to 27 % a year is reported in Harvard Business Review 2017",
            grade: Grade::Practitioner,
            question: "How likely is it that the seller still owns the account a year from now?",
        },
        Input::OddsNew => Wording {
            source: "1 in 14, quoted as Drucker's; no primary source found. A rival figure is 5 to 20 %",
            grade: Grade::Folklore,
            question: "Of 100 prospects pursued, how many buy?",
        },
        Input::OddsReferred => Wording {
            source: "2.45 times the average, Implisit 2014, nearly 500 firms",
            grade: Grade::NamedSurvey,
            question: "Of 100 prospects whom a customer sent, how many buy?",
        },
        Input::HoursPerPursuit => Wording {
            source: "Count your own: it varies more than any other number here",
            grade: Grade::Judgement,
            question: "How many hours does a seller spend on one prospect, won or lost?",
        },
        Input::Leads => Wording {
            source: "Count your own",
            grade: Grade::Judgement,
            question: "How many new prospects can one seller find in a year?",
        },
        Input::Referrals => Wording {
            source: "Count your own",
            grade: Grade::Judgement,
            question: "How many prospects does one customer send in a year?",
        },
        Input::CarryOver => Wording {
            source: "Advertising carries over for 6 to 9 months, Leone 1995",
            grade: Grade::Study,
            question: "How much of the goodwill of this month's attention is still there next month?",
        },
        Input::DiscountCompany => Wording {
            source: "A usual cost of capital",
            grade: Grade::Convention,
            question: "By how much is money a year from now worth less to the company?",
        },
        Input::DiscountSeller => Wording {
            source: "Set equal to the company's, so that only the chance of leaving divides them",
            grade: Grade::Convention,
            question: "By how much is pay a year from now worth less to the seller?",
        },
        Input::ProspectingCost => Wording {
            source: "Travel, lists and tools beyond the seller's pay",
            grade: Grade::Convention,
            question: "What does an hour of prospecting cost the company, beyond pay?",
        },
        Input::Horizon => Wording {
            source: "Five years, then what the book is worth",
            grade: Grade::Convention,
            question: "How many months are followed before the rest is summed in one figure?",
        },
        Input::RenewalYear1 => Wording {
            source: "Only contracts shorter than a year renew in it; usually nothing is paid",
            grade: Grade::Convention,
            question: "What does the seller get of a year renewed in contract year 1?",
        },
        Input::RenewalYear3 => Wording {
            source: "As in contract year 2, unless the plan says otherwise",
            grade: Grade::Convention,
            question: "What does the seller get of a year renewed in contract year 3?",
        },
        Input::RenewalYear4 => Wording {
            source: "As in contract year 2, unless the plan says otherwise",
            grade: Grade::Convention,
            question: "What does the seller get of a year renewed in contract year 4?",
        },
        Input::RenewalYear5 => Wording {
            source: "As in contract year 2, unless the plan says otherwise",
            grade: Grade::Convention,
            question: "What does the seller get of a year renewed in contract year 5 and later?",
        },
        Input::UpsellCommission => Wording {
            source: "Often a little below new business; set your own",
            grade: Grade::Convention,
            question: "What does the seller get of the increase when a customer pays more than before?",
        },
        Input::Quota => Wording {
            source: "Set your own",
            grade: Grade::Judgement,
            question: "How much annual value must be won in a quota period before the accelerator counts?",
        },
        Input::Accelerator => Wording {
            source: "1 means none; below 1 it slows down, 0 is a cap",
            grade: Grade::Convention,
            question: "By what is the new-business commission multiplied beyond the quota?",
        },
        Input::UpsellGrowth => Wording {
            source: "Count your own; none until you do",
            grade: Grade::Judgement,
            question: "By how much more does an account renew if it gets all the attention it could use?",
        },
        Input::CompetitorPull => Wording {
            source: "1 means no competitor; ask whoever lost accounts to one",
            grade: Grade::Judgement,
            question: "By how much does an active competitor raise every account's odds of leaving?",
        },
        Input::ReferredOdds => Wording {
            source: "1 means like others; referred bank customers were some 18 % less likely to leave in Schmitt, Skiera and \
                     Van den Bulte 2011",
            grade: Grade::Judgement,
            question: "By how much does having been sent by a customer change an account's odds of leaving?",
        },
        Input::WonBackOdds => Wording {
            source: "1 means like others; ask whoever won accounts back",
            grade: Grade::Judgement,
            question: "By how much does having left once change an account's odds of leaving?",
        },
        Input::NewAccountFit => Wording {
            source: "Pushed sales renewed worse in Kim, Sudhir, Uetake and Canales 2019",
            grade: Grade::Study,
            question: "How much of what attention does for the book's renewals does it do for newly won accounts?",
        },
        Input::ReferenceLift => Wording {
            source: "None until you count your own",
            grade: Grade::Judgement,
            question: "By how much would very many well-kept customers raise the odds with new prospects?",
        },
        Input::ReferencesForHalf => Wording {
            source: "Set your own",
            grade: Grade::Judgement,
            question: "How many well-kept customers bring half of that lift?",
        },
        Input::HoneymoonMonths => Wording {
            source: "Measure your own from logged touches",
            grade: Grade::Judgement,
            question: "For how many months after the sale does an account get the most attention?",
        },
        Input::HoneymoonFade => Wording {
            source: "Measure your own from logged touches",
            grade: Grade::Judgement,
            question: "Over how many months does the attention fall by two thirds of what is left to fall?",
        },
        Input::HoneymoonRatio => Wording {
            source: "Measure your own from logged touches",
            grade: Grade::Judgement,
            question: "How many times the attention of an old account does a new one get?",
        },
    }
}
