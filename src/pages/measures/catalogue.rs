//! Every measure: its address, its name, what it means, how it is drawn, and what can be chosen about it.

use super::{
    look::Look,
    picture::Picture,
    pictures::{
        actions_by_strength, before_after, cases_between, days_between, factors, hours, incidents, late_now,
        luck, nameless, near_misses, places, places_of_categories, rate, reporters, risk_groups,
        steps_in_time, subtypes, triggers,
    },
};
use crate::text::measures::NOT_YET;

#[derive(Debug)]
pub struct Measure {
    pub code: &'static str,
    pub title: &'static str,
    pub definition: &'static str,
    pub draw: fn(&Look) -> Picture,
    pub asks: &'static [Ask],
    /// Stands on the page of all measures.
    pub front: bool,
}

/// What can be chosen on the page of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    Grain,
    Chart,
    Baseline,
    Target,
    Per,
    Event,
}

const THROUGH: &[Ask] = &[Ask::Grain, Ask::Chart, Ask::Baseline];
const HARM: &[Ask] = &[Ask::Grain, Ask::Chart, Ask::Baseline, Ask::Target];
const LIMITS: &str = " The chart goes back up to 26 weeks or 24 months from the last of the chosen dates, and leaves out \
     a week or month that is not over. Fewer than 12 points have a run chart: the middle is the median. From the 12th \
     point on the first 12 give a mean and limits (mean plus and minus 2.66 times the average step from point to \
     point), and every point is judged on them. They are the first 12 with records at this site and in this category, \
     from when every chosen site counts, and they stay the same when you choose another time. With fewer than 2 in a \
     week or month, as a mean, nothing is said about a change: the days between show more.";

pub fn find(code: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.code == code)
}

/// In the order in which they stand on the page; what is needed first is drawn first.
pub static MEASURES: &[Measure] = &[
    Measure {
        code: "near_misses",
        title: "Near misses through time",
        definition: "Hazards and near misses by the date on which they happened. Distress or behaviour counts once \
             the shift lead has confirmed it.",
        draw: near_misses,
        asks: THROUGH,
        front: true,
    },
    Measure {
        code: "before_after",
        title: "Before and after",
        definition: "The chosen dates beside the same number of days before them. The p value comes from an exact \
             test of two counts: it says how often chance alone would give a difference this large or larger.",
        draw: before_after,
        asks: &[],
        front: true,
    },
    Measure {
        code: "incidents",
        title: "Incidents with harm through time",
        definition: "Records of the kind incident: something reached a person and did harm, by the date on which it \
             happened. Fewer is better, as long as people report as much as before.",
        draw: incidents,
        asks: HARM,
        front: true,
    },
    Measure {
        code: "late",
        title: "Steps and actions late now",
        definition: "Every step and action that is past its due time now, by London days since it was due. Audits and \
             oversight are not in it: they stand under All sites. The chosen dates do not matter here. Fewer is better.",
        draw: late_now,
        asks: &[],
        front: true,
    },
    Measure {
        code: "subtypes",
        title: "What nearly happens most",
        definition: "Near misses by type, most frequent first. The line adds the shares up.",
        draw: subtypes,
        asks: &[],
        front: true,
    },
    Measure {
        code: "hours",
        title: "When it nearly happens",
        definition: "Near misses by weekday and hour of the London clock at which they happened. Where no time was \
             written, the time of the report counts.",
        draw: hours,
        asks: &[],
        front: true,
    },
    Measure {
        code: "places_of_categories",
        title: "Where, and what kind",
        definition: "Near misses by place and category.",
        draw: places_of_categories,
        asks: &[],
        front: true,
    },
    Measure {
        code: "factors",
        title: "Why it happens: causes found",
        definition: "Causes that the risk review and the lead wrote down, of the decisions in force. A record with \
             several causes counts for each.",
        draw: factors,
        asks: &[],
        front: true,
    },
    Measure {
        code: "steps",
        title: "Steps done in time",
        definition: "Steps that were done on the chosen dates, once for each round of a record. In time means: not \
             overdue when it was done. \"First action planned\" is done when the first action is planned, or when it \
             is decided that none is needed: it does not say that the action is done. \"Check if it worked\" is due a \
             number of days after the actions were finished, to the minute: later on the same day is late. Actions \
             done in time: of the actions whose date is one of the chosen dates and has passed, or that are done, \
             those that were done by it. Half within is the median; 9 of 10 within is the 90th percentile.",
        draw: steps_in_time,
        asks: &[],
        front: true,
    },
    Measure {
        code: "actions",
        title: "Actions by strength",
        definition: "Actions that were planned on the chosen dates. Stronger: changes the place, the equipment or the \
             steps. In between: checklists, fewer distractions, more staff. Weaker: reminders, training, new rules.",
        draw: actions_by_strength,
        asks: &[],
        front: true,
    },
    Measure {
        code: "rate",
        title: "Near misses per 1,000",
        definition: "Near misses of each month divided by the bed days, care hours or doses of that month, times \
             1,000. The limits are the mean plus and minus 3 times the square root of the mean divided by the size of \
             the month (a u chart). A month without its number has no rate. Per 1,000 doses only near misses with \
             medicines are counted.",
        draw: rate,
        asks: &[Ask::Per],
        front: true,
    },
    Measure {
        code: "days_between",
        title: "Days between rare events",
        definition: "Days from one event to the next (a t chart). Two on one day are hours apart, as part of a day. \
             For what is rare this says more than a count of each month. Always the last two years, as far \
             as there are records. The usual gap and the limits: each gap is raised to the power of 1 / 3.6, these are \
             averaged as in an XmR chart, and the result is turned back into days. It is not the median.",
        draw: days_between,
        asks: &[Ask::Event],
        front: false,
    },
    Measure {
        code: "cases_between",
        title: "Near misses between rare events",
        definition: "Near misses that happened between one event and the next (a g chart). Always \
             the last two years, as far as there are records. The middle is the median.",
        draw: cases_between,
        asks: &[Ask::Event],
        front: false,
    },
    Measure {
        code: "places",
        title: "Where it nearly happens",
        definition: "Near misses by place, most frequent first.",
        draw: places,
        asks: &[],
        front: false,
    },
    Measure {
        code: "triggers",
        title: "What comes before distress",
        definition: "Triggers of records about distress or behaviour, of any kind. A record with several triggers \
             counts for each.",
        draw: triggers,
        asks: &[],
        front: false,
    },
    Measure {
        code: "risk_groups",
        title: "Kinds of medicine",
        definition: "Records about medicines that carry more risk than others, of any kind.",
        draw: risk_groups,
        asks: &[],
        front: false,
    },
    Measure {
        code: "reporters",
        title: "People who reported, through time",
        definition: "Different members of staff whose name stands on a report, in each week or month.",
        draw: reporters,
        asks: THROUGH,
        front: false,
    },
    Measure {
        code: "nameless",
        title: "Reports without a name, through time",
        definition: "Reports that were made without a name. Many may mean that people are afraid.",
        draw: nameless,
        asks: THROUGH,
        front: false,
    },
    Measure {
        code: "luck",
        title: "Caught only by luck, through time",
        definition: "Near misses that nothing caught but chance. The next one may not be caught.",
        draw: luck,
        asks: THROUGH,
        front: false,
    },
];

impl Measure {
    /// The chosen dates change what it shows.
    pub fn has_dates(&self) -> bool {
        !matches!(self.code, "late" | "days_between" | "cases_between")
    }

    /// As it is drawn of what was chosen. Of days that have not come there is nothing to draw.
    pub fn picture(&self, look: &Look) -> Picture {
        match look.is_future() && self.has_dates() {
            true => Picture {
                sentence: NOT_YET.to_owned(),
                shown: look.shown(look.filter.from, look.filter.to),
                ..Picture::default()
            },
            false => (self.draw)(look),
        }
    }

    /// What it means, with how its limits come about.
    pub fn meaning(&self) -> String {
        let limits = if self.asks.contains(&Ask::Chart) { LIMITS } else { "" };
        format!("{}{limits}", self.definition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_an_address_of_its_own() {
        for (index, measure) in MEASURES.iter().enumerate() {
            assert!(!["records", "numbers"].contains(&measure.code));
            assert!(MEASURES[..index].iter().all(|other| other.code != measure.code), "{}", measure.code);
        }
    }

    #[test]
    fn no_target_for_a_number_without_a_better_side() {
        let with_target = MEASURES.iter().filter(|measure| measure.asks.contains(&Ask::Target));
        assert_eq!(with_target.map(|measure| measure.code).collect::<Vec<_>>(), ["incidents"]);
    }
}
