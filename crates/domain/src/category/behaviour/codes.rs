//! Code lists of behaviour near misses. `phase` is the part of a support plan that a strategy belongs to.

use crate::vocabulary::{CodeList, code};

pub static BEHAVIOUR_TYPE: CodeList = CodeList {
    name: "behaviour_type",
    codes: &[
        code("hitting_or_pushing", "Hitting or pushing"),
        code("throwing", "Throwing or breaking things"),
        code("self_harm", "Hurting themself"),
        code("leaving_unsafely", "Leaving when it is not safe"),
        code("shouting_or_threats", "Shouting or threats"),
        code("refusing_care", "Did not want care or medicine")
            .helped("This is the person's choice, not a fault."),
        code("sexual", "Sexual behaviour"),
        code("other", "Something else"),
    ],
};

pub static BEHAVIOUR_TRIGGER: CodeList = CodeList {
    name: "behaviour_trigger",
    codes: &[
        code("noise", "Noise"),
        code("crowding", "Too many people"),
        code("change_of_routine", "Change of routine"),
        code("unfamiliar_staff", "Staff they do not know"),
        code("waiting_hunger_thirst", "Waiting, hungry or thirsty"),
        code("pain", "Pain"),
        code("illness", "Infection, constipation or feeling ill"),
        code("toilet", "Needing the toilet"),
        code("tired", "Tired"),
        code("personal_care", "Personal care"),
        code("refused_request", "Being told no"),
        code("demand", "Being asked to do something"),
        code("transition", "Moving from one thing to another"),
        code("visitor_contact", "A visit or no visit"),
        code("bereavement", "Loss or a sad date"),
        code("other_persons_behaviour", "What someone else did"),
        code("sensory", "Light, touch or smell"),
        code("boredom", "Bored"),
        code("medication_change", "Change of medicine"),
        code("news_tv", "News or TV"),
        code("staff_tone", "How staff spoke"),
        code("agency_shift", "Agency shift"),
        code("other", "Something else"),
        code("unknown", "Not known"),
    ],
};

pub static EARLY_SIGN: CodeList = CodeList {
    name: "early_sign",
    codes: &[
        code("pacing", "Walking up and down"),
        code("louder_voice", "Louder voice"),
        code("quieter_voice", "Quieter voice"),
        code("repeated_questions", "Asking again and again"),
        code("clenched_hands", "Clenched hands"),
        code("flushed", "Red face"),
        code("stripping_rubbing", "Undressing or rubbing"),
        code("withdrawing", "Going quiet or away"),
        code("refusing", "Saying no"),
        code("staring", "Staring"),
        code("following", "Following"),
        code("crying", "Crying"),
        code("scripting", "Repeating set words"),
    ],
};

pub static STRATEGY: CodeList = CodeList {
    name: "strategy",
    codes: &[
        code("gave_space", "Gave space").with(&[("phase", "amber")]),
        code("changed_staff", "Changed staff").with(&[("phase", "amber")]),
        code("reduced_noise", "Made it quieter").with(&[("phase", "amber")]),
        code("preferred_activity", "A favourite activity").with(&[("phase", "green")]),
        code("validation", "Listened and said it matters").with(&[("phase", "amber")]),
        code("offered_choice", "Offered a choice").with(&[("phase", "green")]),
        code("food_drink", "Food or drink").with(&[("phase", "amber")]),
        code("pain_relief", "Pain relief offered").with(&[("phase", "amber")]),
        code("toilet_help", "Help to the toilet").with(&[("phase", "amber")]),
        code("walk_outside", "Walk or fresh air").with(&[("phase", "amber")]),
        code("sensory_item", "Sensory item").with(&[("phase", "green")]),
        code("music", "Music").with(&[("phase", "green")]),
        code("low_arousal", "Calm and low").with(&[("phase", "amber")]),
        code("called_help", "Called for help").with(&[("phase", "red")]),
        code("prn_protocol", "When-needed medicine as planned").with(&[("phase", "red")]),
        code("others_moved_away", "Moved others away").with(&[("phase", "red")]),
        code("other", "Something else"),
    ],
};

pub static BEHAVIOUR_OUTCOME: CodeList = CodeList {
    name: "behaviour_outcome",
    codes: &[
        code("settled_alone", "Settled alone"),
        code("settled_with_support", "Settled with support"),
        code("needed_prn", "Needed when-needed medicine"),
        code("needed_hands_on", "Needed holding or blocking"),
        code("police_called", "Police called"),
    ],
};

pub static RESTRICTIVE_TYPE: CodeList = CodeList {
    name: "restrictive_type",
    codes: &[
        code("physical", "Held or blocked"),
        code("mechanical", "Belt, strap or rail"),
        code("chemical", "Medicine to control"),
        code("seclusion", "Kept alone in a room"),
        code("long_term_segregation", "Kept apart for a long time"),
        code("environmental", "Locked door or blocked way"),
        code("surveillance", "Watched all the time"),
        code("psychological", "Rules, threats or blanket bans"),
    ],
};
