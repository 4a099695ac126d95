//! What this person likes on this device: theme, text size, and if a tap alone moves on.

use crate::browser::storage;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Prefs {
    pub theme: RwSignal<Theme>,
    pub text_size: RwSignal<TextSize>,
    /// "Ask me to press Continue": a tap on a tile chooses, and a button moves on.
    pub press_continue: RwSignal<bool>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Largest,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    pub fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

impl TextSize {
    pub const ALL: [TextSize; 3] = [TextSize::Normal, TextSize::Large, TextSize::Largest];

    pub fn code(self) -> &'static str {
        match self {
            TextSize::Normal => "normal",
            TextSize::Large => "large",
            TextSize::Largest => "largest",
        }
    }

    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|size| size.code() == code).unwrap_or_default()
    }
}

impl Prefs {
    pub(super) fn read() -> Self {
        Self {
            theme: RwSignal::new(Theme::from_code(&storage::theme())),
            text_size: RwSignal::new(TextSize::from_code(&storage::text_size())),
            press_continue: RwSignal::new(storage::press_continue()),
        }
    }

    pub fn set_theme(&self, theme: Theme) {
        self.theme.set(theme);
        storage::set_theme(theme.code());
    }

    pub fn set_text_size(&self, size: TextSize) {
        self.text_size.set(size);
        storage::set_text_size(size.code());
    }

    pub fn set_press_continue(&self, ask: bool) {
        self.press_continue.set(ask);
        storage::set_press_continue(ask);
    }
}
