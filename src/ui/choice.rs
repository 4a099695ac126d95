//! One possible answer of tiles, radios, checkboxes or a select.

/// An answer as it is stored and as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// One short sentence under the label.
    pub hint: Option<String>,
    /// Symbol in the sprite, without `i-`.
    pub icon: Option<String>,
    /// Two letters in a circle instead of an icon, for people.
    pub badge: Option<String>,
    /// Checkboxes only: takes all the others away ("None of these"), and stands last after "or".
    pub exclusive: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub fn icon(self, icon: impl Into<String>) -> Self {
        Self { icon: Some(icon.into()), ..self }
    }

    pub fn badge(self, badge: impl Into<String>) -> Self {
        Self { badge: Some(badge.into()), ..self }
    }

    pub fn exclusive(self) -> Self {
        Self { exclusive: true, ..self }
    }
}
