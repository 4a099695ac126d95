//! What happens to one request and its answer on the way.

use crate::{
    chance::Chance,
    service::{Answer, Ask},
    world::World,
};
use anyhow::Result;
use sync::{receipt::Failure, wire::CONTENT_TYPE};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    Fine,
    DropRequest,
    DropReply,
    /// The request arrives long after the phone has given up.
    Delay,
    Duplicate,
    DuplicateAtOnce,
    Truncate,
    CorruptReply,
    CorruptRequest,
    Portal,
    Empty,
    WrongNonce,
    StaleReply,
    Status(u16),
    KillBefore,
    KillAfter,
}

impl Weather {
    pub fn draw(chance: &mut Chance) -> Weather {
        let status = chance.pick(&[400, 401, 403, 408, 413, 413, 429, 500, 502, 503, 504]).copied();
        chance
            .weighted(&[
                (Weather::Fine, 60),
                (Weather::DropRequest, 3),
                (Weather::DropReply, 5),
                (Weather::Delay, 3),
                (Weather::Duplicate, 3),
                (Weather::DuplicateAtOnce, 3),
                (Weather::Truncate, 2),
                (Weather::CorruptReply, 3),
                (Weather::CorruptRequest, 2),
                (Weather::Portal, 2),
                (Weather::Empty, 1),
                (Weather::WrongNonce, 2),
                (Weather::StaleReply, 3),
                (Weather::Status(status.unwrap_or(500)), 5),
                (Weather::KillBefore, 1),
                (Weather::KillAfter, 1),
            ])
            .unwrap_or(Weather::Fine)
    }

    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Weather::Fine => return None,
            Weather::DropRequest => "request_dropped",
            Weather::DropReply => "reply_dropped_after_commit",
            Weather::Delay => "request_delayed",
            Weather::Duplicate => "request_repeated",
            Weather::DuplicateAtOnce => "request_repeated_at_once",
            Weather::Truncate => "reply_truncated",
            Weather::CorruptReply => "reply_corrupted",
            Weather::CorruptRequest => "request_corrupted",
            Weather::Portal => "html_instead_of_reply",
            Weather::Empty => "empty_reply",
            Weather::WrongNonce => "wrong_nonce",
            Weather::StaleReply => "stale_reply",
            Weather::Status(413) => "status_413",
            Weather::Status(429) => "status_429",
            Weather::Status(401 | 403) => "status_401_403",
            Weather::Status(500..) => "status_5xx",
            Weather::Status(_) => "status_4xx",
            Weather::KillBefore => "server_killed_before_commit",
            Weather::KillAfter => "server_killed_after_commit",
        })
    }
}

impl World<'_> {
    /// One request of a phone, and what it gets back.
    pub fn exchange(&mut self, phone: usize, ask: &Ask) -> Result<Result<Answer, Failure>> {
        let weather = if self.calm { Weather::Fine } else { Weather::draw(&mut self.chance) };
        if let Some(name) = weather.name() {
            self.tally.fault(name);
        }
        self.is_stale = weather == Weather::StaleReply;
        if self.is_stopped_by_firewall(ask) {
            return Ok(Ok(Answer::plain(403, "text/html", "<html>Blocked by the firewall</html>")));
        }
        let answer = match weather {
            Weather::DropRequest => return Ok(Err(Failure::Offline)),
            Weather::Delay => {
                self.late.push(ask.clone());
                return Ok(Err(Failure::Timeout));
            }
            Weather::KillBefore => {
                self.service.die_in(ask)?;
                return Ok(Err(Failure::Offline));
            }
            Weather::Status(status) => {
                let mut answer = Answer::plain(status, "text/plain", "not now");
                if status == 429 || status == 503 {
                    answer.retry_after = Some(self.chance.between(1, 900).to_string());
                }
                return Ok(Ok(answer));
            }
            Weather::Portal => {
                return Ok(Ok(Answer::plain(200, "text/html", "<html>Welcome to our Wi-Fi</html>")));
            }
            Weather::Empty => return Ok(Ok(Answer::plain(204, CONTENT_TYPE, ""))),
            Weather::StaleReply => match self.stale.get(&(phone, ask.post)) {
                Some(answer) => return Ok(Ok(answer.clone())),
                None => self.service.ask(ask)?,
            },
            Weather::CorruptRequest => {
                let mut ask = ask.clone();
                match last_signature(&ask.body).filter(|_| self.chance.happens(30)) {
                    Some(place) => ask.body[place] = if ask.body[place] == b'A' { b'B' } else { b'A' },
                    None => self.corrupt(&mut ask.body),
                }
                self.service.ask(&ask)?
            }
            Weather::Duplicate => {
                for _ in 0..self.chance.between(1, 4) {
                    self.service.ask(ask)?;
                }
                self.service.ask(ask)?
            }
            Weather::DuplicateAtOnce => {
                let asks = vec![ask.clone(); usize::try_from(self.chance.between(2, 6)).unwrap_or(2)];
                let mut answers = self.service.ask_together(&asks)?;
                let last = answers.pop();
                last.unwrap_or_else(|| Answer::plain(500, "text/plain", ""))
            }
            _ => self.service.ask(ask)?,
        };
        self.look(false)?;
        self.must_not_leak(phone, &answer);
        if weather == Weather::KillAfter {
            self.service.die()?;
            return Ok(Err(Failure::Offline));
        }
        if weather == Weather::DropReply {
            return Ok(Err(Failure::Timeout));
        }
        let mut seen = answer;
        if self.chance.happens(20) {
            self.stale.insert((phone, ask.post), seen.clone());
        }
        match weather {
            Weather::Truncate => {
                let end = self.chance.below(seen.body.len());
                seen.body.truncate(end);
            }
            Weather::CorruptReply => self.corrupt(&mut seen.body),
            Weather::WrongNonce => {
                let text = String::from_utf8_lossy(&seen.body).replace("\"nonce\":\"", "\"nonce\":\"x");
                seen.body = text.into_bytes();
            }
            _ => {}
        }
        Ok(Ok(seen))
    }

    /// Something between the phones and the server dislikes the words of one report, and stops every batch with it.
    fn is_stopped_by_firewall(&mut self, ask: &Ask) -> bool {
        let disliked = self.disliked.as_ref().filter(|_| !self.calm && ask.post && ask.path == "/v1/push");
        let is_in = disliked.is_some_and(|id| String::from_utf8_lossy(&ask.body).contains(id.as_str()));
        if is_in {
            self.tally.reached("blocked_by_firewall");
        }
        is_in
    }

    /// Requests that were on their way arrive at last; nobody waits for their answers.
    pub fn late_requests_arrive(&mut self, all: bool) -> Result<()> {
        while !self.late.is_empty() && (all || self.chance.happens(40)) {
            let place = self.chance.below(self.late.len());
            let ask = self.late.swap_remove(place);
            self.service.ask(&ask)?;
        }
        self.look(false)
    }

    fn corrupt(&mut self, body: &mut [u8]) {
        let place = self.chance.below(body.len());
        let letter = u8::try_from(self.chance.between(0x20, 0x7e)).unwrap_or(b'x');
        if let Some(byte) = body.get_mut(place) {
            *byte = letter;
        }
    }
}

/// Where the last signature of a push begins: with another letter there its event is proven by nothing.
fn last_signature(body: &[u8]) -> Option<usize> {
    const BEFORE: &[u8] = b"\"sig\":\"";
    let at = body.windows(BEFORE.len()).rposition(|part| part == BEFORE)?;
    Some(at + BEFORE.len()).filter(|place| *place < body.len())
}
