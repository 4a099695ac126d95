//! Phones compare what they keep with what they were given. The harness knows whose store lost rows since everything was
//! pulled last: a difference without that is a false alarm.

use crate::{phone::digest_path, service::Ask, world::World};
use anyhow::Result;
use sync::digest::Finding;

impl World<'_> {
    /// Compares what is kept with what was given, when it is time. True: everything is pulled again.
    pub fn compare_kept(&mut self, phone: usize, tab: usize) -> Result<bool> {
        if !self.phones[phone].is_comparison_due(tab, self.now) {
            return Ok(false);
        }
        let query = self.phones[phone].tabs[tab].cursor.digest_query(&self.chance.id());
        let ask = Ask {
            post: false,
            path: digest_path(&query),
            device: Some(self.phones[phone].id.clone()),
            cookie: self.phones[phone].cookie(),
            encoding: None,
            body: Vec::new(),
        };
        let answer = self.exchange(phone, &ask)?;
        let person = self.phones[phone].staff().to_owned();
        let id = self.phones[phone].id.clone();
        let was_robbed = self.phones[phone].robbed.contains(&person);
        match self.phones[phone].take_digest(tab, &query.ask, answer, self.now) {
            Ok(finding) => {
                match finding {
                    Some(Finding::Differs) => self.tally.reached("kept_rows_missed"),
                    Some(Finding::Mended) => self.tally.reached("kept_rows_came_back"),
                    Some(Finding::StillDiffers | Finding::Agrees) | None => {}
                }
                if finding.and_then(Finding::code).is_some() && !was_robbed {
                    self.wrong.push(format!("F52: a false alarm of {person} on {id}: {finding:?}"));
                }
                Ok(finding == Some(Finding::Differs))
            }
            Err(unwritten) => {
                self.unwritten(phone, unwritten);
                Ok(false)
            }
        }
    }
}
