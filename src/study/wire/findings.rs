//! Findings as plain numbers.

use chrono::NaiveDate;

use super::{Numbers, UNKNOWN, day_of, flag, place_of};
use crate::model::account::AccountId;
use crate::model::best_plan::{BestPlan, SamePayPlan};
use crate::model::bounds::Input;
use crate::model::certainty::{Holds, Quantiles, Side};
use crate::model::daily_price::DailyPrice;
use crate::model::gaming::{Game, Trick};
use crate::model::mini_charts::{Chart, Flip, SeriesPoint};
use crate::model::monte_carlo::{Chance, Duel, Measure, QUANTILES, Spread};
use crate::model::pay::{Event, EventKind, Origin};
use crate::model::payoff::{AgreementPrice, Headline, PlanOutcome, SellerOutcome, SharePoint, Split};
use crate::model::rate_solver::RateAnswer;
use crate::model::ruled_agreement::{Agreed, AskedRate};
use crate::model::ruled_curve::RuledCurve;
use crate::model::same_money::{NoTrade, Trade};
use crate::model::sensitivity::Bar;
use crate::model::two_way_map::Grid;
use crate::model::waterfall::{Difference, Step, Waterfall};
use crate::study::{Finding, GamedYear};

/// Why there may be no trade, by its number in a message.
const NO_TRADES: [NoTrade; 3] = [NoTrade::TooMuchAtZero, NoTrade::TooLittleAtMost, NoTrade::NoneDue];

/// The finding as numbers.
pub fn finding_to(finding: &Finding) -> Vec<f64> {
    match finding {
        Finding::SamePay(agreement, best) => {
            let mut out = vec![0.0];
            let price =
                agreement.map(|AgreementPrice { rate, pay_change, company_change }| [rate, pay_change, company_change]);
            out.extend(price.unwrap_or([UNKNOWN; 3]));
            match *best {
                BestPlan::Present { share } => out.extend([share, UNKNOWN]),
                BestPlan::Other(SamePayPlan { new_business, renewal, floor, share, seller_change, company_change }) => {
                    out.extend([share, new_business, renewal, floor, seller_change, company_change]);
                }
            }
            out
        }
        Finding::Spread(spread) => {
            let mut out = vec![1.0, spread.runs as f64];
            let Spread { first_year_pay, first_year_renewal_pay, first_year_new_pay, .. } = **spread;
            let Spread { pay, revenue, company_value, .. } = **spread;
            for it in [first_year_pay, first_year_renewal_pay, first_year_new_pay, pay, revenue, company_value] {
                out.extend([it.mean, it.deviation, it.standard_error, it.at_expected_volume, flag(it.is_exact)]);
                out.extend(it.quantiles);
            }
            out
        }
        Finding::Chart(chart, gap) => {
            let input = place_of(&Input::ALL, &chart.input).unwrap_or(UNKNOWN);
            let mut out = vec![2.0, input, *gap, chart.points.len() as f64, chart.flips.len() as f64];
            out.extend(chart.points.iter().flat_map(|point| [point.at, point.figure.unwrap_or(UNKNOWN)]));
            out.extend(chart.flips.iter().flat_map(|flip| [flip.at, flag(flip.agrees)]));
            out
        }
        Finding::Holds(holds) => {
            let Holds { side, cases, contradictory, share, interval, gap, seller_share, company_share, decides } =
                *holds;
            let side = place_of(&Side::ALL, &side).unwrap_or(UNKNOWN);
            let mut out = vec![3.0, side, cases as f64, contradictory as f64, share, interval.0, interval.1];
            out.extend([gap, seller_share, company_share].iter().flat_map(|of| [of.low, of.middle, of.high]));
            let part = decides.map(|(input, part)| (place_of(&Input::ALL, &input).unwrap_or(UNKNOWN), part));
            out.extend(<[f64; 2]>::from(part.unwrap_or((UNKNOWN, UNKNOWN))));
            out
        }
        Finding::Outcome(place, outcome) => {
            let PlanOutcome { seller_share, company_share, accounts_after, company_value, gap, .. } = *outcome;
            let PlanOutcome { free_renewal_pay, first_year_pay, seller_value, daily, ref sellers, .. } = *outcome;
            let mut out = vec![4.0, *place as f64, seller_share, company_share, accounts_after, company_value, gap];
            out.extend([free_renewal_pay, first_year_pay, seller_value, daily.seller, daily.company]);
            out.push(sellers.len() as f64);
            out.extend(sellers.iter().flat_map(|seller| [seller.share, seller.company_share, seller.first_year_pay]));
            out
        }
        Finding::Trade(found) => match *found {
            Ok(Trade { new_business, renewal, share, seller_change, company_change }) => {
                vec![5.0, new_business, renewal, share, seller_change, company_change]
            }
            Err(NoTrade::Jump { rate }) => vec![6.0, rate],
            Err(why) => vec![7.0, place_of(&NO_TRADES, &why).unwrap_or(UNKNOWN)],
        },
        Finding::Duel(place, Duel { runs, seller, company }) => {
            let mut out = vec![8.0, *place as f64, *runs as f64];
            for it in [seller, company] {
                out.extend([it.better, it.equal, it.standard_error, it.difference, it.difference_error]);
            }
            out
        }
        Finding::Bars(bars) => bars_to(vec![9.0], bars),
        Finding::RuledBars(bars, moved) => bars_to(vec![16.0, *moved as f64], bars),
        Finding::Turn(input, turn) => {
            let (at, agrees) = turn.map_or((UNKNOWN, 0.0), |turn| (turn.at, flag(turn.agrees)));
            vec![10.0, place_of(&Input::ALL, input).unwrap_or(UNKNOWN), at, agrees]
        }
        Finding::Agreed(Agreed { answer, asked }) => {
            let mut out = vec![14.0];
            out.extend(match *answer {
                RateAnswer::At { rate, share } => [0.0, rate, share, 0.0],
                RateAnswer::EvenAtZero { share } => [1.0, 0.0, share, 0.0],
                RateAnswer::Jump { rate, from, to } => [2.0, rate, from, to],
                RateAnswer::Never { greatest_share, at_rate } => [3.0, at_rate, greatest_share, 0.0],
            });
            out.push(asked.len() as f64);
            out.extend(asked.iter().flat_map(|it| [it.rate, it.seller_share, it.company_share]));
            out
        }
        Finding::Curve(curve) => curve_to(curve),
        Finding::Gamed(year) => gamed_to(year),
        Finding::Fallen(way) => fallen_to(way),
        Finding::Map(grid) => {
            let mut out = vec![11.0];
            for values in [grid.xs(), grid.ys()] {
                out.push(values.len() as f64);
                out.extend(values);
            }
            out.push(grid.rows().len() as f64);
            out.extend(grid.rows().iter().flatten().map(|figure| figure.unwrap_or(UNKNOWN)));
            out
        }
    }
}

/// The finding that `numbers` say; `None` if they say none.
pub fn finding_from(numbers: &[f64]) -> Option<Finding> {
    let mut from = Numbers(numbers.iter());
    match from.next()? as u32 {
        0 => {
            let (rate, pay_change, company_change) = (from.known()?, from.next()?, from.next()?);
            let agreement = rate.map(|rate| AgreementPrice { rate, pay_change, company_change });
            let share = from.next()?;
            let best = match from.known()? {
                None => BestPlan::Present { share },
                Some(new_business) => BestPlan::Other(SamePayPlan {
                    new_business,
                    renewal: from.next()?,
                    floor: from.next()?,
                    share,
                    seller_change: from.next()?,
                    company_change: from.next()?,
                }),
            };
            Some(Finding::SamePay(agreement, best))
        }
        1 => {
            let runs = from.next()? as usize;
            let mut measure = || {
                let mut next = || from.next();
                let (mean, deviation, standard_error, at_expected_volume) = (next()?, next()?, next()?, next()?);
                let is_exact = next()? == 1.0;
                let mut quantiles = [0.0; QUANTILES.len()];
                for quantile in &mut quantiles {
                    *quantile = next()?;
                }
                Some(Measure { mean, deviation, standard_error, quantiles, at_expected_volume, is_exact })
            };
            Some(Finding::Spread(Box::new(Spread {
                runs,
                first_year_pay: measure()?,
                first_year_renewal_pay: measure()?,
                first_year_new_pay: measure()?,
                pay: measure()?,
                revenue: measure()?,
                company_value: measure()?,
            })))
        }
        2 => {
            let (input, gap) = (from.one_of(&Input::ALL)?, from.next()?);
            let (points, flips) = (from.count()?, from.count()?);
            let mut point = || Some(SeriesPoint { at: from.next()?, figure: from.known()? });
            let points = (0..points).map(|_| point()).collect::<Option<Vec<SeriesPoint>>>()?;
            let mut flip = || Some(Flip { at: from.next()?, agrees: from.is_set()? });
            let flips = (0..flips).map(|_| flip()).collect::<Option<Vec<Flip>>>()?;
            Some(Finding::Chart(Chart { input, points, flips }, gap))
        }
        3 => Some(Finding::Holds(read_holds(&mut from)?)),
        4 => read_outcome(&mut from),
        5 => {
            let mut next = || from.next();
            let (new_business, renewal, share) = (next()?, next()?, next()?);
            let (seller_change, company_change) = (next()?, next()?);
            Some(Finding::Trade(Ok(Trade { new_business, renewal, share, seller_change, company_change })))
        }
        6 => Some(Finding::Trade(Err(NoTrade::Jump { rate: from.next()? }))),
        7 => Some(Finding::Trade(Err(from.one_of(&NO_TRADES)?))),
        8 => {
            let (place, runs) = (from.next()? as usize, from.next()? as usize);
            let mut chance = || {
                let (better, equal, standard_error) = (from.next()?, from.next()?, from.next()?);
                let (difference, difference_error) = (from.next()?, from.next()?);
                Some(Chance { better, equal, standard_error, difference, difference_error })
            };
            Some(Finding::Duel(place, Duel { runs, seller: chance()?, company: chance()? }))
        }
        9 => read_bars(&mut from).map(Finding::Bars),
        16 => {
            let moved = from.next()? as usize;
            read_bars(&mut from).map(|bars| Finding::RuledBars(bars, moved))
        }
        10 => {
            let (input, at, agrees) = (from.one_of(&Input::ALL)?, from.known()?, from.is_set()?);
            Some(Finding::Turn(input, at.map(|at| Flip { at, agrees })))
        }
        11 => read_grid(&mut from).map(Finding::Map),
        12 => read_gamed(&mut from).map(Finding::Gamed),
        13 => read_fallen(&mut from).map(Finding::Fallen),
        14 => {
            let (kind, rate, share, other) = (from.next()?, from.next()?, from.next()?, from.next()?);
            let answer = match kind as u32 {
                0 => RateAnswer::At { rate, share },
                1 => RateAnswer::EvenAtZero { share },
                2 => RateAnswer::Jump { rate, from: share, to: other },
                3 => RateAnswer::Never { greatest_share: share, at_rate: rate },
                _ => return None,
            };
            let count = from.count()?;
            let mut rate =
                || Some(AskedRate { rate: from.next()?, seller_share: from.next()?, company_share: from.next()? });
            let asked = (0..count).map(|_| rate()).collect::<Option<Vec<AskedRate>>>()?;
            Some(Finding::Agreed(Agreed { answer, asked }))
        }
        15 => read_curve(&mut from).map(|curve| Finding::Curve(Box::new(curve))),
        _ => None,
    }
}

fn bars_to(mut out: Vec<f64>, bars: &[Bar]) -> Vec<f64> {
    out.push(bars.len() as f64);
    for Bar { input, low, high } in bars {
        out.extend([place_of(&Input::ALL, input).unwrap_or(UNKNOWN), low.0, low.1, high.0, high.1]);
    }
    out
}

fn read_bars(from: &mut Numbers) -> Option<Vec<Bar>> {
    let count = from.count()?;
    let mut bar = || {
        let input = from.one_of(&Input::ALL)?;
        let (low, high) = ((from.next()?, from.next()?), (from.next()?, from.next()?));
        Some(Bar { input, low, high })
    };
    (0..count).map(|_| bar()).collect()
}

fn curve_to(of: &RuledCurve) -> Vec<f64> {
    let mut out = vec![15.0, of.gap];
    for split in [&of.today, &of.seller_best, &of.company_best] {
        out.extend([split.share, split.seller_value, split.company_value]);
    }
    out.push(of.curve.len() as f64);
    out.extend(of.curve.iter().flat_map(|point| [point.share, point.seller_value, point.company_value]));
    out
}

fn read_curve(from: &mut Numbers) -> Option<RuledCurve> {
    let gap = from.next()?;
    let mut split = || {
        let (share, seller_value, company_value) = (from.next()?, from.next()?, from.next()?);
        Some(Split { share, seller_value, company_value, rival_share: None })
    };
    let (today, seller_best, company_best) = (split()?, split()?, split()?);
    let count = from.count()?;
    let mut point =
        || Some(SharePoint { share: from.next()?, seller_value: from.next()?, company_value: from.next()? });
    let curve = (0..count).map(|_| point()).collect::<Option<Vec<SharePoint>>>()?;
    Some(RuledCurve { curve, today, seller_best, company_best, gap })
}

fn read_outcome(from: &mut Numbers) -> Option<Finding> {
    let place = from.next()? as usize;
    let (seller_share, company_share, accounts_after) = (from.next()?, from.next()?, from.next()?);
    let (company_value, gap, free_renewal_pay) = (from.next()?, from.next()?, from.next()?);
    let (first_year_pay, seller_value) = (from.next()?, from.next()?);
    let daily = DailyPrice { seller: from.next()?, company: from.next()? };
    let count = from.count()?;
    let mut seller =
        || Some(SellerOutcome { share: from.next()?, company_share: from.next()?, first_year_pay: from.next()? });
    let sellers = (0..count).map(|_| seller()).collect::<Option<Vec<SellerOutcome>>>()?;
    let outcome = PlanOutcome {
        seller_share,
        company_share,
        accounts_after,
        company_value,
        gap,
        free_renewal_pay,
        first_year_pay,
        seller_value,
        daily,
        sellers,
    };
    Some(Finding::Outcome(place, outcome))
}

fn fallen_to(way: &Waterfall) -> Vec<f64> {
    let verdict = |it: &Headline| [it.seller_share, it.company_share, it.gap];
    let place = |input: &Input| place_of(&Input::ALL, input).unwrap_or(UNKNOWN);
    let mut out = vec![13.0, way.steps.len() as f64];
    out.extend(verdict(&way.from));
    for step in &way.steps {
        out.extend(verdict(&step.verdict));
        match &step.difference {
            Difference::Book => out.push(0.0),
            Difference::Choices => out.push(1.0),
            Difference::Number { input, from, to } => out.extend([2.0, place(input), *from, *to]),
            Difference::Together(inputs) => {
                out.extend([3.0, inputs.len() as f64]);
                out.extend(inputs.iter().map(place));
            }
        }
    }
    out
}

fn read_fallen(from: &mut Numbers) -> Option<Waterfall> {
    let verdict = |from: &mut Numbers| {
        Some(Headline { seller_share: from.next()?, company_share: from.next()?, gap: from.next()? })
    };
    let (count, begin) = (from.count()?, verdict(from)?);
    let mut step = || {
        let verdict = verdict(from)?;
        let difference = match from.next()? as u32 {
            0 => Difference::Book,
            1 => Difference::Choices,
            2 => Difference::Number { input: from.one_of(&Input::ALL)?, from: from.next()?, to: from.next()? },
            3 => {
                let count = from.count()?;
                let inputs = (0..count).map(|_| from.one_of(&Input::ALL)).collect::<Option<Vec<Input>>>()?;
                Difference::Together(inputs)
            }
            _ => return None,
        };
        Some(Step { difference, verdict })
    };
    let steps = (0..count).map(|_| step()).collect::<Option<Vec<Step>>>()?;
    Some(Waterfall { from: begin, steps })
}

/// Deals are sales by prospecting, paid for when they are signed, numbered in order.
fn gamed_to(year: &GamedYear) -> Vec<f64> {
    let mut out = vec![12.0, year.deals.len() as f64];
    for deal in &year.deals {
        out.extend([day_of(Some(deal.on)), deal.revenue, deal.margin, f64::from(deal.term)]);
    }
    out.push(year.games.len() as f64);
    for Game { events, trick, before, after } in &year.games {
        out.extend([*before, *after, events.len() as f64]);
        out.extend(events.iter().map(|place| *place as f64));
        out.extend(match *trick {
            Trick::Hold { until } => [0.0, day_of(Some(until)), 0.0, 0.0],
            Trick::Wait { until } => [1.0, day_of(Some(until)), 0.0, 0.0],
            Trick::Stop { revenue } => [2.0, revenue, 0.0, 0.0],
            Trick::Split { first, second, second_on } => [3.0, day_of(Some(second_on)), first, second],
            Trick::Discount { part, on, up_to } => [4.0, day_of(Some(on)), part, up_to],
        });
    }
    out
}

fn read_gamed(from: &mut Numbers) -> Option<GamedYear> {
    let count = from.count()?;
    let mut deal = |place: usize| {
        let on = day(from.next()?)?;
        let (revenue, margin, term) = (from.next()?, from.next()?, from.next()? as u32);
        let origin = Origin::Account(AccountId(place as u32));
        let (kind, collected_on) = (EventKind::Won, Some(on));
        Some(Event { on, kind, origin, count: 1.0, revenue, margin, collected_on, age: 0, term })
    };
    let deals = (0..count).map(&mut deal).collect::<Option<Vec<Event>>>()?;
    let count = from.count()?;
    let mut game = || {
        let (before, after, places) = (from.next()?, from.next()?, from.count()?);
        let place = |from: &mut Numbers| Some(from.next()? as usize).filter(|place| *place < deals.len());
        let events = (0..places).map(|_| place(from)).collect::<Option<Vec<usize>>>()?;
        let (kind, one, two, three) = (from.next()? as u32, from.next()?, from.next()?, from.next()?);
        let trick = match kind {
            0 => Trick::Hold { until: day(one)? },
            1 => Trick::Wait { until: day(one)? },
            2 => Trick::Stop { revenue: one },
            3 => Trick::Split { first: two, second: three, second_on: day(one)? },
            4 => Trick::Discount { part: two, on: day(one)?, up_to: three },
            _ => return None,
        };
        Some(Game { events, trick, before, after })
    };
    let games = (0..count).map(|_| game()).collect::<Option<Vec<Game>>>()?;
    Some(GamedYear { deals, games })
}

fn day(number: f64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number as i32)
}

fn read_grid(from: &mut Numbers) -> Option<Grid> {
    let mut values = || {
        let count = from.count()?;
        (0..count).map(|_| from.next()).collect::<Option<Vec<f64>>>()
    };
    let mut grid = Grid::new(values()?, values()?);
    for _ in 0..from.count()? {
        let row = grid.xs().iter().map(|_| from.known()).collect::<Option<Vec<Option<f64>>>>()?;
        grid.push_row(row);
    }
    Some(grid)
}

fn read_holds(from: &mut Numbers) -> Option<Holds> {
    let side = from.one_of(&Side::ALL)?;
    let (cases, contradictory) = (from.next()? as usize, from.next()? as usize);
    let (share, interval) = (from.next()?, (from.next()?, from.next()?));
    let quantiles =
        |from: &mut Numbers| Some(Quantiles { low: from.next()?, middle: from.next()?, high: from.next()? });
    let (gap, seller_share, company_share) = (quantiles(from)?, quantiles(from)?, quantiles(from)?);
    let (place, part) = (from.known()?, from.next()?);
    let decides = match place {
        Some(place) => Some((*Input::ALL.get(place as usize)?, part)),
        None => None,
    };
    Some(Holds { side, cases, contradictory, share, interval, gap, seller_share, company_share, decides })
}
