//! Actions to start from after a hazard. Stronger ones take the danger away, weaker ones warn of it.

use crate::category::learning::{Template, template};

pub static TEMPLATES: &[Template] = &[
    template(
        &["hoist", "stand_aid", "sling", "bath_lift", "profiling_bed", "bed_rails", "wheelchair_walking_aid"],
        "stronger",
        "immediate",
        "Take it out of use, tag it, and bring another one that is safe",
    ),
    template(
        &["hoist", "stand_aid", "bath_lift", "passenger_lift"],
        "stronger",
        "corrective",
        "Have it repaired and examined by a competent person before it is used again",
    ),
    template(
        &["sling", "mattress", "bed_rails", "wheelchair_walking_aid", "furniture", "family_equipment"],
        "stronger",
        "corrective",
        "Replace it with the right size and type for the person",
    ),
    template(
        &["sling", "hoist", "stand_aid"],
        "intermediate",
        "preventive",
        "Put a check before use on a card at the equipment, signed each day",
    ),
    template(
        &["slip_trip_surface", "stairs", "outdoor_ice"],
        "stronger",
        "corrective",
        "Repair or replace the floor, step or path",
    ),
    template(
        &["slip_trip_surface", "outdoor_ice"],
        "intermediate",
        "preventive",
        "Clean or grit at a fixed time when fewest people walk there",
    ),
    template(
        &["clutter_cable", "electrical", "unsafe_electrics"],
        "stronger",
        "corrective",
        "Fit a socket or a place to store it, so that nothing lies in the way",
    ),
    template(
        &["lighting"],
        "stronger",
        "corrective",
        "Replace the lights and fit a sensor that turns them on",
    ),
    template(
        &["hot_water", "hot_surface"],
        "stronger",
        "corrective",
        "Fit a valve or cover that keeps it at a safe temperature",
    ),
    template(
        &["hot_water", "legionella", "drinking_water"],
        "intermediate",
        "preventive",
        "Measure and flush each tap on a fixed day and write the result",
    ),
    template(
        &["window_restrictor", "balcony_height"],
        "stronger",
        "corrective",
        "Fit a restrictor that needs a tool to open",
    ),
    template(
        &["door_lock_gate", "security_visitor", "key_safe"],
        "stronger",
        "corrective",
        "Repair the lock and fit a closer or an alarm",
    ),
    template(
        &["fire_safety", "smoking_emollient_oxygen", "oxygen_storage"],
        "stronger",
        "corrective",
        "Have the fire door, alarm or exit repaired and tested",
    ),
    template(
        &["call_bell_telecare", "it_outage"],
        "stronger",
        "corrective",
        "Repair or replace it, and keep a charged spare that works",
    ),
    template(
        &["coshh", "sharps", "clinical_waste"],
        "stronger",
        "preventive",
        "Fit a lockable cupboard or bin where the work is done",
    ),
    template(
        &["kitchen_food"],
        "intermediate",
        "preventive",
        "Put the allergy and texture card at the place where the plate is filled",
    ),
    template(
        &["temperature", "no_heating_food", "mould", "gas_co"],
        "stronger",
        "corrective",
        "Have the heating, air or gas put right by a registered engineer",
    ),
    template(&["vehicle"], "stronger", "corrective", "Take the vehicle off the road until it is repaired"),
    template(
        &["lone_working", "aggressive_visitor", "call_times", "small_space_moving"],
        "intermediate",
        "preventive",
        "Plan two staff for this visit, or more time, until it is safe with one",
    ),
    template(&[], "stronger", "corrective", "Take away the thing that makes the danger"),
    template(&[], "intermediate", "preventive", "Add it to the planned checks, with a date and a name"),
    template(
        &[],
        "intermediate",
        "corrective",
        "Agree with the contractor by when repairs are done, and what to do until then",
    ),
    template(&[], "weaker", "immediate", "Put up a barrier and a sign until it is repaired"),
    template(&[], "weaker", "preventive", "Remind the team at handover how to report a fault"),
];
