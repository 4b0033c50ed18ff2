//! The Method page, for sceptics: what is computed, from what, on whose word, and what is left out.

use yew::prelude::*;

use crate::model::bounds::Input;
use crate::model::workspace::Workspace;
use crate::text;
use crate::text::not_modelled::NOT_MODELLED;
use crate::ui::components::self_test::SelfTest;

const FORMULAS: [(&str, &str, &str); 23] = [
    (
        "Renewal against attention",
        "r(h) = r0 + (rc − r0)(1 − exp(−k h)),  k = −ln((rc − r1)/(rc − r0)) / h1",
        "h is attention in hours a year, h1 what an account gets today. The three judgements r0, r1 and rc are yours: a \
         decision calculus (Little 1970; Lodish 1971; Blattberg & Deighton 1996), not a forecast from a touch log, since \
         sellers call on the accounts that they expect to keep.",
    ),
    (
        "Renewal in an S",
        "r(x) = r0 + (rc − r0) x^g/(d + x^g),  x = h/h1,  d = (1 − f1)/f1,  g = −log2(d fh/(1 − fh)),  \
         f1 = (r1 − r0)/(rc − r0),  fh = (rh − r0)/(rc − r0)",
        "ADBUDG (Little 1970), if you choose it: rh is the chance with half of today's attention, a fourth judgement. Above \
         g = 1 the first hours bring less than the next. An account with its own chances keeps the part of the lift that half \
         does, (rh − r0)/(r1 − r0). Where hours go to where they save most, some of many like accounts get \
         x* = (d (g − 1))^(1/g) and the others nothing, and the chance is the mean of both.",
    ),
    (
        "Odds of loss",
        "r′ = r/(r + m (1 − r)),  m = own × competitor active × referred × won back",
        "Each factor is yours, is listed with the account, and is off at 1. Referred customers of a bank were some 18 % less \
         likely to leave (Schmitt, Skiera & Van den Bulte 2011). New accounts are of mixed origin: only the competitor counts.",
    ),
    (
        "Attention carried over",
        "E ← δ E + (1 − δ) h, each month",
        "Goodwill fades, so losses lag behind neglect. The carry-over default follows advertising (Leone 1995).",
    ),
    (
        "Wins against prospecting",
        "W(x) = M p (1 − exp(−x / (a M)))",
        "The first hour wins p/a accounts; no number of hours wins more than M p. Referred prospects are worked first.",
    ),
    (
        "A month of the projection",
        "attention → renewals that are due → referred prospects → cold prospects → cash",
        "Accounts are survival probabilities and each month's wins a cohort with an expected count: no luck is drawn. A \
         contract of L months renews with r^(L/12), at its renewal date or when its tenure completes a term.",
    ),
    (
        "How much is luck",
        "an account survives its n-th renewal if u < q₁ q₂ … qₙ; wins of a month are Poisson",
        "10,000 cases with the chances of the projection. Each account has one draw u a case, the same under every plan, so two \
         plans differ in what they do and not in luck. Hours are held at what is expected, so that luck does not feed back: in \
         truth a seller who loses accounts early has more time for the others, and hears of fewer prospects. For a large book \
         that is next to nothing, for a handful of accounts the band is a rough one. Without a quota the mean is that of the \
         projection, and the page says how near it came.",
    ),
    (
        "Who gets the attention",
        "hᵢ = R gᵢ / Σ sⱼ gⱼ",
        "All alike: g = 1. By value: g = V. New ones first: g = h₀/h∞ for T months after the sale, then \
         1 + (h₀/h∞ − 1) exp(−(τ − T)/s). Where it saves most: hours go to where the last of them keeps the most annual \
         value, hᵢ = max(0, ln(Aᵢkᵢ/λ)/kᵢ) with Aᵢ = Vᵢ (rc − r0). On S-curves a group of like accounts begins where its \
         best mean hour, p(x)/x at its highest, is worth λ, and is served whole when λ has fallen by another thousandth.",
    ),
    (
        "What else customers do",
        "V grows at a renewal by g (r − r0)/(rc − r0); p rises to p (1 + θ R/(R + R₅₀))",
        "Growth pays upsell commission. R counts accounts by how much of what attention can do is done for them. New \
         accounts may renew at r0 + fit (r1 − r0) as now. All of it is off until you set it.",
    ),
    (
        "A quota with an accelerator",
        "new business pays c (V + (m − 1) max(0, V − Q)) over each period",
        "Periods follow one another from the first month. The quota counts what is won, not what renews. Periods close on \
         expected volume, so luck around the quota is left out.",
    ),
    (
        "Rules beside the rates",
        "every expected event of every month is paid by the list of rules, in their order",
        "Tiers, bonuses, floors, caps, conditions, the retention multiplier, clawback, draws and pay on cash are paid by the \
         same evaluator as statements of real events. For both best splits 1,001 splits are tried, and jumps between two of \
         them are closed in on. At a boundary the higher tier applies, and at a cliff what is expected counts, so luck around \
         it is left out of the best splits; how much is luck pays each of 2,000 cases by all rules, whole accounts and all. The \
         verdict’s headline and the main chart are about all rules; what comes after it is about the rates alone, and says so.",
    ),
    (
        "Seller's value",
        "Σ pay(t) · (stay / (1 + d_seller))^(t/12)",
        "Pay is worth less the later it comes, and nothing once the seller has left.",
    ),
    (
        "Company's value",
        "Σ (margin − cost to serve − pay)(t) · (1 + d_company)^(−t/12), plus what the book is then worth",
        "After the horizon each account alive is worth its yearly margin less pay times βr/(1 − βr), at today's renewal \
         chance, so that attention after the horizon is not counted as free.",
    ),
    (
        "Best splits and the gap",
        "the highest point of each value over the share of time, searched over the whole range",
        "The gap is the company's value at its own best split less its value at the seller's.",
    ),
    (
        "The next hour",
        "the change of each value by one hour more, spread over months 1 to 12, at today's split",
        "With customers and prospecting are moved separately.",
    ),
    (
        "The same pay, another plan",
        "the two rates whose pay of months 1 to 12 is today's, each plan at the sellers' best response to it, with the \
         greatest company value",
        "Comparing plans without holding pay constant would only show a transfer, so the change of the sellers' own value \
         is told beside the company's.",
    ),
    (
        "A range in place of a number",
        "each of 400 cases draws every range evenly, low + u (high − low); holds = cases on the same side / cases",
        "The page shows the middle of a range. The verdict holds in a case if the seller's best share lies on the same side of          the company's; shares within one point agree. Cases that contradict themselves are drawn anew. What decides it has          the greatest correlation ratio, the part of the variance between tenths of its values (Kelley 1935; Sobol' 1993).          Ranges are drawn apart from one another, and 400 cases tell a share to about five points (Wilson 1927).",
    ),
    (
        "The line under a slider",
        "the gap over the slider's range, up to twice the gap of now",
        "The dashed mark is where the slider stands, the solid one where seller and company agree.",
    ),
    (
        "What the gap hangs on",
        "the gap with one number a fifth lower and a fifth higher, all others as they are",
        "Where the other numbers or its range forbid a fifth, half of it, and so on. Both agree at a value where who \
         would give customers more of the time changes, unless a best share jumps over the other there.",
    ),
    (
        "Why the answer changed",
        "the gap after each difference, less the gap before it",
        "Differences work together, so the order counts; it is always the same: the accounts and the month, the choices, then \
         the numbers in the order of this page. Numbers that contradict what was before wait until they fit.",
    ),
    (
        "Gaming",
        "pay over the year with the deal moved, split or discounted, less pay without",
        "Whole deals, signed where expected wins pass 1/2, 3/2, 5/2 and so on at the seller’s best split. Each may be held back or \
         called forward by up to three months, split in two, left, or discounted by 5 % to close and 30 % at most.",
    ),
    (
        "A statement",
        "each rule's month is rounded to cents once, half away from zero; its lines are cut so that they add up to it",
        "So months add up to years, and accounts to months, to the cent. Renewals are paid by contract year, \
         floor(months since the sale / 12) + 1, on what was due, V · L/12.",
    ),
    (
        "Paid for anyway",
        "Σ over months 1 to 12 of c · V · L/12 · (accounts due) · r0^(L/12)",
        "The part of renewal commission on renewals that would come without any attention.",
    ),
];

/// The page.
pub fn method_page(workspace: &Workspace) -> Html {
    let row = |input: Input| {
        let (bounds, wording) = (input.bounds(), input.wording());
        html! {
            <tr key={input.key()}>
                <th scope="row">{ bounds.label }</th>
                <td class="figure">{ text::input::shown(input, workspace.get(input)) }</td>
                <td class="figure">{ text::input::shown(input, bounds.default) }</td>
                <td>{ wording.source }</td>
                <td>{ wording.grade.words() }</td>
            </tr>
        }
    };
    html! {
        <main id="main" class="method" tabindex="-1">
            <section class="card prose" aria-labelledby="method-heading">
                <h1 id="method-heading">{ "Method" }</h1>
                <p>{ "A seller has so many selling hours. An hour with a customer keeps revenue; an hour of prospecting wins \
                      it. The plan decides which hour pays the seller, margins and lifetimes decide which pays the company. \
                      Both best splits are found, with the money between them and the renewal commission at which they \
                      meet. The same figures come from the command “evaluate” for a saved file." }</p>
                <p>{ "The default case is the sample book: 40 accounts of $12,000, won over the last twelve months, under \
                      10% on new business and 2% on renewals. The seller's best is 33% of selling time, the company's 52%; \
                      the gap is about $103,000 over five years; at 11.5% both agree." }</p>
                <h2>{ "Formulas" }</h2>
                <dl class="formulas">
                    { for FORMULAS.iter().map(|(name, formula, words)| html! {
                        <div><dt>{ *name }</dt><dd><code>{ *formula }</code><p>{ *words }</p></dd></div>
                    }) }
                </dl>
                <h2>{ "What this does not model" }</h2>
                <ul>{ for NOT_MODELLED.iter().map(|text| html! { <li>{ *text }</li> }) }</ul>
                <h2>{ "Published cases" }</h2>
                <SelfTest />
                <h2>{ "Assumptions and their sources" }</h2>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Assumptions and their sources">
                    <table class="ledger">
                        <thead>
                            <tr>
                                <th scope="col">{ "Assumption" }</th>
                                <th scope="col" class="figure">{ "In use" }</th>
                                <th scope="col" class="figure">{ "Default" }</th>
                                <th scope="col">{ "Source of the default" }</th>
                                <th scope="col">{ "Grade" }</th>
                            </tr>
                        </thead>
                        <tbody>{ for Input::ALL.map(row) }</tbody>
                    </table>
                </div>
            </section>
        </main>
    }
}
