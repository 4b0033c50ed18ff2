//! How long something lasts, from subjects of whom some are still watched: Kaplan & Meier (1958).
//!
//! Each subject is watched from its own beginning until its event or until watching ends. The estimate holds if ending to
//! watch says nothing about the event, as when everybody is watched until today. Subjects whose watching ends at a time
//! are still at risk at that time, so an event there counts them.
//!
//! Time is in whatever unit the observations are, such as days or months since a sale.

use std::fmt;

/// One subject.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// From its beginning until the event or the end of watching; 0 or more.
    pub time: f64,
    /// Whether the event happened then; otherwise watching ended first.
    pub ended: bool,
}

/// Observations that have no estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BadObservations {
    /// There is nobody to learn from.
    Nobody,
    /// A time is negative, infinite or none.
    NotATime {
        /// Which observation, from 1.
        observation: usize,
        /// The time.
        time: f64,
    },
    /// A mean up to a time that is none.
    NotAHorizon {
        /// The time.
        until: f64,
    },
    /// Nobody was watched for so long, so the curve is not known up to there.
    NotWatched {
        /// The time asked for.
        until: f64,
        /// The longest that anybody was watched.
        longest: f64,
    },
}

impl fmt::Display for BadObservations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadObservations::Nobody => write!(f, "There is nothing to learn from: add at least one account."),
            BadObservations::NotATime { observation, time } => {
                write!(f, "Observation {observation} lasts {time}: enter a time of 0 or more.")
            }
            BadObservations::NotAHorizon { until } => {
                write!(f, "A mean up to {until} cannot be told: enter a time of 0 or more.")
            }
            BadObservations::NotWatched { until, longest } => write!(
                f,
                "Nobody was watched for longer than {longest}, so a mean up to {until} is not known: ask for {longest} or \
                 less."
            ),
        }
    }
}

impl std::error::Error for BadObservations {}

/// The curve from the time of an event until the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// When events happened.
    pub time: f64,
    /// How many subjects were watched until then or longer.
    pub at_risk: usize,
    /// How many events happened then.
    pub events: usize,
    /// S(t), the part that lasts longer than this: product of `1 - events / at_risk` up to here, 0 to 1.
    pub survival: f64,
    /// Greenwood's standard error of S(t): `S sqrt(sum of events / (at_risk (at_risk - events)))`; 0 where S is 0.
    pub standard_error: f64,
    /// The sum under the root.
    hazard_variance: f64,
}

/// An estimate with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// The mean, in the unit of the observations.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// The 97.5 % quantile of the standard normal distribution: for intervals that hold in 95 of 100 cases.
pub const NORMAL_95: f64 = 1.959_963_984_540_054;

/// S is taken to have reached a half when it is off by no more than products of fractions round.
const ROUNDING: f64 = 1e-12;

/// A Kaplan–Meier curve.
///
/// ```
/// use holdfast::model::survival_estimate::{Observation, SurvivalEstimate};
/// let accounts = [(2.0, true), (3.0, false), (4.0, true), (9.0, false)];
/// let accounts = accounts.map(|(time, ended)| Observation { time, ended });
/// let curve = SurvivalEstimate::new(&accounts).unwrap();
/// assert_eq!(curve.survival(2.0), 0.75);
/// // Of the two that are still watched at 4, one ends: 0.75 / 2.
/// assert_eq!([curve.survival(3.9), curve.survival(4.0)], [0.75, 0.375]);
/// assert_eq!(curve.median(), Some(4.0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SurvivalEstimate {
    steps: Vec<Step>,
    subjects: usize,
    longest: f64,
}

impl SurvivalEstimate {
    /// The curve of `observations`, in any order.
    ///
    /// # Errors
    /// [`BadObservations`] if there are none, or a time is negative or no finite number.
    pub fn new(observations: &[Observation]) -> Result<SurvivalEstimate, BadObservations> {
        if observations.is_empty() {
            return Err(BadObservations::Nobody);
        }
        for (index, Observation { time, .. }) in observations.iter().enumerate() {
            if !(time.is_finite() && *time >= 0.0) {
                return Err(BadObservations::NotATime { observation: index + 1, time: *time });
            }
        }
        let mut sorted = observations.to_vec();
        sorted.sort_by(|one, other| one.time.total_cmp(&other.time));
        let (mut survival, mut hazard_variance) = (1.0, 0.0);
        let mut steps = Vec::new();
        let mut before = 0;
        for now in sorted.chunk_by(|one, other| one.time == other.time) {
            let at_risk = sorted.len() - before;
            let events = now.iter().filter(|observation| observation.ended).count();
            before += now.len();
            let Some(Observation { time, .. }) = now.first() else { continue };
            if events == 0 {
                continue;
            }
            let left = (at_risk - events) as f64;
            survival *= left / at_risk as f64;
            if left > 0.0 {
                hazard_variance += events as f64 / (at_risk as f64 * left);
            }
            let standard_error = survival * libm::sqrt(hazard_variance);
            steps.push(Step { time: *time, at_risk, events, survival, standard_error, hazard_variance });
        }
        let longest = sorted.last().map_or(0.0, |observation| observation.time);
        Ok(SurvivalEstimate { steps, subjects: sorted.len(), longest })
    }

    /// The times of events in rising order; none if every subject is still watched.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many subjects there are.
    pub const fn subjects(&self) -> usize {
        self.subjects
    }

    /// The longest that anybody was watched. The curve says nothing beyond it, unless S is 0 there.
    pub const fn longest(&self) -> f64 {
        self.longest
    }

    /// The last step that has begun at `time`.
    fn at(&self, time: f64) -> Option<&Step> {
        let begun = self.steps.partition_point(|step| step.time <= time);
        begun.checked_sub(1).and_then(|place| self.steps.get(place))
    }

    /// S(t), the part that lasts longer than `time`: 1 before the first event, and that of the last event ever after.
    pub fn survival(&self, time: f64) -> f64 {
        self.at(time).map_or(1.0, |step| step.survival)
    }

    /// Greenwood's standard error of S at `time`; 0 before the first event.
    pub fn standard_error(&self, time: f64) -> f64 {
        self.at(time).map_or(0.0, |step| step.standard_error)
    }

    /// Between what S at `time` lies, by the error of `ln(-ln S)` (Kalbfleisch & Prentice 1980), which keeps both ends
    /// between 0 and 1: `S^exp(±z sqrt(variance) / ln S)` with `z` standard errors, such as [`NORMAL_95`]. `None` where S
    /// is 1 or 0, which tells nothing of its error.
    pub fn interval(&self, time: f64, z: f64) -> Option<(f64, f64)> {
        self.at(time).and_then(|step| step.interval(z))
    }

    /// The first time at which no more than half are left; `None` if more than half last longer than anybody was watched.
    pub fn median(&self) -> Option<f64> {
        self.first_at_or_below_half(|step| Some(step.survival))
    }

    /// Between what the median lies: the first times at which the lower and the upper end of [`Self::interval`] are no
    /// more than a half (Brookmeyer & Crowley 1982). An end that is never reached is `None`.
    pub fn median_interval(&self, z: f64) -> (Option<f64>, Option<f64>) {
        let end = |of: fn((f64, f64)) -> f64| {
            self.first_at_or_below_half(|step| if step.survival > 0.0 { step.interval(z).map(of) } else { Some(0.0) })
        };
        // Where S has fallen to 0 no error is known: the lower end is there at the latest, the upper is not known.
        let upper = end(|(_, high)| high).filter(|time| self.survival(*time) > 0.0);
        (end(|(low, _)| low), upper)
    }

    fn first_at_or_below_half(&self, of: impl Fn(&Step) -> Option<f64>) -> Option<f64> {
        let reached = |step: &&Step| of(step).is_some_and(|part| part <= 0.5 + ROUNDING);
        self.steps.iter().find(reached).map(|step| step.time)
    }

    /// The mean time up to `until`, those who last longer counted as `until`: the area under S. Its variance is
    /// `sum over events of area(t, until)^2 events / (at_risk (at_risk - events))`, with `area(t, until)` what is under S
    /// from an event on (Klein & Moeschberger 2003, 4.5; without their optional factor `n / (n - 1)`).
    ///
    /// # Errors
    /// [`BadObservations`] if `until` is no time, or later than anybody was watched while some are left.
    pub fn restricted_mean(&self, until: f64) -> Result<RestrictedMean, BadObservations> {
        if !(until.is_finite() && until >= 0.0) {
            return Err(BadObservations::NotAHorizon { until });
        }
        if until > self.longest && self.survival(self.longest) > 0.0 {
            return Err(BadObservations::NotWatched { until, longest: self.longest });
        }
        // From the last event back, in parts of `until`, so that long times do not overflow when squared.
        let (mut area, mut variance, mut end) = (0.0, 0.0, until);
        for step in self.steps.iter().rev().filter(|step| step.time < until) {
            area += step.survival * ((end - step.time) / until);
            end = step.time;
            let left = (step.at_risk - step.events) as f64;
            if left > 0.0 {
                variance += area * area * step.events as f64 / (step.at_risk as f64 * left);
            }
        }
        let mean = if until > 0.0 { (area + end / until) * until } else { 0.0 };
        Ok(RestrictedMean { mean, standard_error: until * libm::sqrt(variance) })
    }
}

impl Step {
    fn interval(&self, z: f64) -> Option<(f64, f64)> {
        if self.survival <= 0.0 || self.survival >= 1.0 {
            return None;
        }
        let error = libm::sqrt(self.hazard_variance) / -libm::log(self.survival);
        let end = |z: f64| libm::pow(self.survival, libm::exp(z * error));
        Some((end(z.abs()), end(-z.abs())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(events: &[f64], watched: &[f64]) -> SurvivalEstimate {
        let of = |times: &[f64], ended| times.iter().map(|time| Observation { time: *time, ended }).collect::<Vec<_>>();
        SurvivalEstimate::new(&[of(events, true), of(watched, false)].concat()).unwrap()
    }

    #[test]
    fn remission_under_6_mp_has_the_intervals_of_the_textbook() {
        // Kleinbaum & Klein, Survival Analysis, computer appendix: Stata's `sts list` for the 6-MP group.
        let published = [
            (6.0, 0.6197, 0.9516),
            (7.0, 0.5631, 0.9228),
            (10.0, 0.5032, 0.8894),
            (13.0, 0.4316, 0.8491),
            (16.0, 0.3675, 0.8049),
            (22.0, 0.2678, 0.7468),
            (23.0, 0.1881, 0.6801),
        ];
        let remission = curve(
            &[6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0],
            &[6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0],
        );
        for (time, low, high) in published {
            let (got_low, got_high) = remission.interval(time, NORMAL_95).unwrap();
            assert!((got_low - low).abs() <= 5e-5 && (got_high - high).abs() <= 5e-5, "{time}: {got_low} {got_high}");
        }
        // By that table the lower end first falls to a half at 13, and the upper end never does.
        assert_eq!(remission.median_interval(NORMAL_95), (Some(13.0), None));
    }

    #[test]
    fn a_mean_and_its_error_by_hand() {
        // S is 2/3 from 1 and 0 from 3, at which the last of the two left ends; one was watched until 2.
        let three = curve(&[1.0, 3.0], &[2.0]);
        let mean = three.restricted_mean(3.0).unwrap();
        assert!((mean.mean - (1.0 + 2.0 * 2.0 / 3.0)).abs() < 1e-12, "{mean:?}");
        // Area from 1 on: 4/3; (4/3)^2 x 1 / (3 x 2) = 8/27. The last event leaves no area.
        assert!((mean.standard_error - libm::sqrt(8.0 / 27.0)).abs() < 1e-12, "{mean:?}");
        // Nobody is left, so later times add nothing.
        assert!((three.restricted_mean(30.0).unwrap().mean - mean.mean).abs() < 1e-12);
        assert!((three.restricted_mean(30.0).unwrap().standard_error - mean.standard_error).abs() < 1e-12);
        // Without anybody ending, up to a half of the first event.
        let early = three.restricted_mean(0.5).unwrap();
        assert_eq!([early.mean, early.standard_error], [0.5, 0.0]);
        assert_eq!(three.restricted_mean(0.0).unwrap().mean, 0.0);
    }

    #[test]
    fn edges_have_an_answer_or_a_sentence() {
        assert_eq!(SurvivalEstimate::new(&[]), Err(BadObservations::Nobody));
        for time in [-1.0, f64::NAN, f64::INFINITY] {
            let refused = SurvivalEstimate::new(&[Observation { time, ended: true }]).unwrap_err();
            assert!(refused.to_string().contains("Observation 1 lasts"), "{refused}");
        }
        let open = curve(&[], &[4.0, 5.0]);
        assert_eq!((open.survival(5.0), open.median(), open.steps().len()), (1.0, None, 0));
        assert_eq!(open.restricted_mean(5.0).unwrap(), RestrictedMean { mean: 5.0, standard_error: 0.0 });
        let beyond = open.restricted_mean(6.0).unwrap_err();
        assert!(beyond.to_string().starts_with("Nobody was watched for longer than 5"), "{beyond}");
        assert!(open.restricted_mean(f64::NAN).is_err() && open.restricted_mean(-1.0).is_err());
        let one = curve(&[2.0], &[]);
        assert_eq!((one.survival(1.9), one.survival(2.0), one.standard_error(2.0)), (1.0, 0.0, 0.0));
        assert_eq!((one.median(), one.interval(2.0, NORMAL_95)), (Some(2.0), None));
        assert_eq!(one.median_interval(NORMAL_95), (Some(2.0), None));
        // One who ends as another's watching does is counted with the other still at risk.
        assert_eq!(curve(&[1.0], &[1.0]).survival(1.0), 0.5);
        let long = curve(&[1e300, 1e308], &[1e308]);
        let mean = long.restricted_mean(1e308).unwrap();
        assert!(mean.mean.is_finite() && mean.standard_error.is_finite() && mean.standard_error > 0.0, "{mean:?}");
    }
}
