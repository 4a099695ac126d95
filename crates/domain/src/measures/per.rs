//! What rates are divided by, and which near misses go with it. Source: docs/decisions/044.

use super::{Scope, index::Filter};

/// The one category whose near misses go with this denominator; none where those of every category do. A dose is
/// given or missed as a medicine: a fall is not one in so many doses.
pub fn category_per(denominator: &str) -> Option<&'static str> {
    (denominator == "administrations").then_some("medication")
}

/// Some of what is chosen can be counted for a rate per 1000 of this.
fn goes_with(denominator: &str, chosen: Option<&str>) -> bool {
    category_per(denominator).zip(chosen).is_none_or(|(only, chosen)| only == chosen)
}

impl<'a> Scope<'a> {
    /// What is counted for a rate per 1000 of this; none where the category chosen here does not go with it.
    pub fn per(self, denominator: &str) -> Option<Scope<'a>> {
        let only = category_per(denominator);
        goes_with(denominator, self.category).then(|| Scope { category: self.category.or(only), ..self })
    }
}

impl Filter {
    /// What is counted for a rate per 1000 of this; none where the category chosen here does not go with it.
    pub fn per(&self, denominator: &str) -> Option<Filter> {
        let category = || self.category.clone().or(category_per(denominator).map(str::to_owned));
        goes_with(denominator, self.category.as_deref())
            .then(|| Filter { category: category(), ..self.clone() })
    }
}
