//! What pages ask of the screen and of paper.

use super::App;
use crate::browser::{print, screen};

impl App {
    /// There is room to show the facts of a record beside the questions of a step.
    pub fn has_two_columns(&self) -> bool {
        screen::has_two_columns()
    }

    /// Prints the page that is open.
    pub fn print(&self) {
        print::page();
    }
}
