//! One text file, as the rules look at it.

use std::{fs, path::Path};

pub struct Source {
    /// From the root of the repository, with forward slashes.
    pub name: String,
    pub text: String,
}

impl Source {
    /// `None` for a file that is no text.
    pub fn read(root: &Path, name: &str) -> Option<Source> {
        let text = fs::read_to_string(root.join(name)).ok()?;
        Some(Source { name: name.to_owned(), text })
    }

    pub fn is_rust(&self) -> bool {
        self.name.ends_with(".rs")
    }

    pub fn is_under(&self, folder: &str) -> bool {
        self.name.starts_with(&format!("{folder}/"))
    }

    pub fn is_test(&self) -> bool {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        self.name.split('/').any(|part| part == "tests") || file == "tests.rs"
    }

    /// Lines of code with their numbers: comments left out, and everything from the inline tests on.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let before_tests = lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]");
        before_tests.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    pub fn breach(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.name)
    }

    #[cfg(test)]
    pub fn of(name: &str, text: &str) -> Source {
        Source { name: name.to_owned(), text: text.to_owned() }
    }
}
