//! People, roles, places, equipment and medicines that events point to. People have a local identifier only.

use super::{
    Build,
    parts::{concept, identifier, system, words},
};
use domain::{category::medication, event::Author, record::Record, time::Instant, vocabulary as v};
use serde_json::{Value, json};

impl Build<'_> {
    /// One person; a group for several; the people of the site for nobody in particular.
    pub(super) fn subject(&mut self, record: &Record) -> Value {
        let people: Vec<_> = record.facts.people().collect();
        match people.as_slice() {
            [] => {
                let name = format!("People supported at {}", self.site_name(&record.site));
                let body = || json!({"type": "person", "actual": true, "name": name});
                self.add("Group", &format!("people-{}", record.site), body)
            }
            [person] => self.patient(person),
            several => {
                let members: Vec<Value> =
                    several.iter().map(|person| json!({"entity": self.patient(person)})).collect();
                let body = || json!({"type": "person", "actual": true, "member": members});
                let id = format!("people-{}", self.name(&record.id));
                self.add("Group", &id, body)
            }
        }
    }

    pub(super) fn patient(&mut self, code: &str) -> Value {
        let pack = self.pack;
        let (stand_in, shown) = (pack.stand_in(code), pack.person(code));
        self.add("Patient", stand_in, || json!({"identifier": [identifier("person", shown)]}))
    }

    /// The role in which somebody acted; null where nobody may be known.
    pub(super) fn role(&mut self, author: &Author, site: &str, at: Instant) -> Value {
        let roles = self.pack.roles(author, site, at);
        let who = self.pack.staff(author);
        let Some(first) = roles.first() else { return Value::Null };
        let id = match &who {
            Some(who) => format!("staff-{who}-{site}"),
            None => format!("role-{first}-{site}"),
        };
        let codes: Vec<Value> = match who {
            Some(_) => roles.iter().map(|role| concept(&v::ROLE, Some(role))).collect(),
            None => vec![concept(&v::ROLE, Some(first))],
        };
        let practitioner =
            who.map(|who| json!({"type": "Practitioner", "identifier": identifier("staff", &who)}));
        let location = self.site(site);
        self.add(
            "PractitionerRole",
            &id,
            || json!({"practitioner": practitioner, "code": codes, "location": [location]}),
        )
    }

    /// The holder of a role at a site, whoever it is.
    pub(super) fn holder(&mut self, role: &str, site: &str) -> Value {
        let location = self.site(site);
        self.add(
            "PractitionerRole",
            &format!("role-{role}-{site}"),
            || json!({"code": [concept(&v::ROLE, Some(role))], "location": [location]}),
        )
    }

    pub(super) fn site(&mut self, site: &str) -> Value {
        let name = self.site_name(site);
        self.add("Location", &format!("site-{site}"), || {
            json!({"identifier": [identifier("site", site)], "status": "active", "name": name, "mode": "instance"})
        })
    }

    /// The place of a record, inside its site; the site where the pack may not say the place.
    pub(super) fn place(&mut self, record: &Record) -> Value {
        let site = self.site(&record.site);
        let Some(code) = self.pack.listed("location", record) else { return site };
        let known = self.pack.register.directory().places.get(code);
        let name = known.map_or(code, |place| place.name.as_str());
        self.add("Location", &format!("place-{}-{code}", record.site), || {
            json!({"identifier": [identifier("place", code)], "status": "active", "name": name,
                "mode": "instance", "partOf": site})
        })
    }

    /// The medicine or the equipment that an event is about.
    pub(super) fn suspect(&mut self, record: &Record) -> Option<Value> {
        if let Some(asset) = self.pack.listed("asset", record) {
            let known = self.pack.register.directory().assets.get(asset);
            let name = known.map_or(asset, |asset| asset.name.as_str());
            return Some(self.add("Device", &format!("asset-{asset}"), || {
                json!({"identifier": [identifier("asset", asset)],
                    "deviceName": [{"name": name, "type": "user-friendly-name"}]})
            }));
        }
        let facts = &record.facts;
        let medicine = facts.code("medicine").filter(|_| self.pack.selection.identified);
        let group = facts.code("risk_group");
        if medicine.is_none() && group.is_none() {
            return None;
        }
        let coding = group.map(|group| {
            json!({"system": system("risk_group"), "code": group, "display": medication::RISK_GROUP.label(group)})
        });
        let text = medicine.or(group.map(|group| medication::RISK_GROUP.label(group)));
        let id = format!("medicine-{}", self.name(&record.id));
        Some(self.add("Medication", &id, || json!({"code": {"coding": [coding], "text": text}})))
    }

    pub(super) fn body(&mut self, body: &str) -> Value {
        self.add("Organization", &format!("body-{body}"), || {
            json!({"identifier": [identifier("body", body)], "name": v::BODY.label(body),
                "type": [words("Must be told, where a decision says so")]})
        })
    }

    fn site_name(&self, site: &str) -> String {
        let known = self.pack.register.directory().sites.get(site);
        known.map(|site| site.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(site).to_owned()
    }
}
