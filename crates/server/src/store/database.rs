//! The few verbs in which every table file speaks to a database. `sqlite` and `postgres` answer them; no other file
//! knows a dialect. One SQL text serves both: values are named `$1`, `$2`, and are texts, whole numbers or bytes.

use super::{Row, StoreError, Tenant, Value};
use std::{fmt, pin::Pin};

/// What a method of a trait object answers later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Called with the provider of which there is news, or with nothing when it may be any.
pub type Heard = Box<dyn Fn(Option<&str>) + Send + Sync>;

/// Rows that are added at a time: as many as one statement of SQLite takes.
pub const ROWS_TOGETHER: usize = 100;

/// A table into which many rows go at once. The provider is its first column, and not named here.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
}

/// On whose behalf a database is asked.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// Rows of this provider and of nobody else.
    Provider(&'a Tenant),
    /// The one row, of whichever provider, that belongs to this secret or this id.
    Key(&'a [u8]),
    /// Which providers there are, and what belongs to none.
    Server,
}

/// An open database.
pub trait Database: fmt::Debug + Send + Sync {
    /// Asks one question.
    fn rows<'a>(
        &'a self,
        scope: Scope<'a>,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Later<'a, Vec<Row>>;

    /// Several questions that all see the same moment.
    fn snapshot<'a>(&'a self, tenant: &'a Tenant) -> Later<'a, Box<dyn Connection>>;

    /// Begins changes; nobody else changes rows of this scope until they are over.
    fn begin<'a>(&'a self, scope: Scope<'a>) -> Later<'a, Box<dyn Connection>>;

    /// Tells the other servers on this database that there is something to read. It may get lost.
    fn tell(&self, tenant: &Tenant);

    /// Hears what other servers tell, until the database is closed.
    fn listen(&self, heard: Heard) -> Later<'static, ()>;

    fn close(&self) -> Later<'_, ()>;
}

/// An open transaction. Dropped without `commit`, nothing happened.
pub trait Connection: Send {
    fn rows<'a>(&'a mut self, sql: &'static str, values: &'a [Value<'a>]) -> Later<'a, Vec<Row>>;

    /// Answers how many rows it changed.
    fn execute<'a>(&'a mut self, sql: &'static str, values: &'a [Value<'a>]) -> Later<'a, u64>;

    /// Adds rows. `cells`: one row after the other, each in the order of the columns.
    fn add<'a>(
        &'a mut self,
        tenant: &'a Tenant,
        table: &'static Table,
        cells: &'a [Value<'a>],
    ) -> Later<'a, ()>;

    fn commit(self: Box<Self>) -> Later<'static, ()>;
}
