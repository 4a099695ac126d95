//! Actions to start from after distress that could have got worse. They change what surrounds the person.

use crate::category::learning::{Template, template};

pub static TEMPLATES: &[Template] = &[
    template(
        &["noise", "crowding", "sensory", "news_tv"],
        "stronger",
        "preventive",
        "Give the person a quiet place of their own at this time of day",
    ),
    template(&["noise", "crowding"], "intermediate", "preventive", "Serve meals in two smaller groups"),
    template(
        &["change_of_routine", "transition", "demand"],
        "intermediate",
        "preventive",
        "Show what comes next with pictures, and say it five minutes before",
    ),
    template(
        &["unfamiliar_staff", "agency_shift", "staff_tone"],
        "stronger",
        "preventive",
        "Plan the rota so that somebody the person knows is on each shift",
    ),
    template(
        &["unfamiliar_staff", "agency_shift"],
        "intermediate",
        "preventive",
        "Put a one-page profile of the person at the front of the plan for new staff",
    ),
    template(
        &["waiting_hunger_thirst", "boredom"],
        "stronger",
        "preventive",
        "Move food, drink or a favourite activity to before the time when it gets hard",
    ),
    template(
        &["pain", "illness", "toilet", "medication_change", "tired"],
        "intermediate",
        "corrective",
        "Ask the GP or nurse to look for pain, illness or a side effect, and write what they find in the plan",
    ),
    template(
        &["personal_care", "refusing_care"],
        "intermediate",
        "preventive",
        "Change when and how personal care is offered, and let the person choose who helps",
    ),
    template(
        &["refused_request", "demand"],
        "intermediate",
        "preventive",
        "Agree with the person two things they can choose from when the answer is no",
    ),
    template(
        &["visitor_contact", "bereavement"],
        "intermediate",
        "preventive",
        "Plan visits and sad dates with the family, with a known member of staff beside the person after",
    ),
    template(
        &["other_persons_behaviour", "hitting_or_pushing", "throwing"],
        "stronger",
        "preventive",
        "Change where the people sit or sleep so that they do not meet at this time",
    ),
    template(
        &["leaving_unsafely"],
        "stronger",
        "preventive",
        "Plan a walk outside each day at the time when the person wants to leave",
    ),
    template(
        &["self_harm"],
        "intermediate",
        "corrective",
        "Ask the specialist team for a review and write the new plan with the person",
    ),
    template(
        &[],
        "intermediate",
        "corrective",
        "Add this trigger and what helped to the support plan, with the person",
    ),
    template(&[], "intermediate", "preventive", "Offer what helped this time at the first early sign"),
    template(&[], "weaker", "preventive", "Talk it through in the next supervision and team meeting"),
    template(&[], "weaker", "immediate", "Tell each shift at handover what the trigger is"),
];
