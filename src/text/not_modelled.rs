//! What the model leaves out, for whoever relies on it.

/// What is not modelled, a sentence or two each.
pub const NOT_MODELLED: [&str; 7] = [
    "Attention may not cause renewals: one instrumented study (QME 2016) found that contact with sellers raised churn.",
    "Competitors pull or do not; they do not react to what you do. Markets do not grow or shrink.",
    "All selling hours are alike: no skill, no travel, no learning.",
    "No timing games within a year, such as holding a deal back.",
    "The seller is paid to follow the money and minds no risk.",
    "If customers renew almost as well uncalled (try 80 % instead of 60 %), a seller on 10 % new and 2 % renewal gives \
     them no hours at all: the answer is only as good as that judgement.",
    "No law: whether a plan may be changed this way is not asked.",
];
