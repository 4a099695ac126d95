//! Rows on their way out of a database: cells are taken from the first to the last, in the order of the SELECT.

use super::StoreError;
use crate::clock::from_micros;
use domain::time::Instant;
use sync::Hash;

/// One cell, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
}

#[derive(Debug)]
pub struct Row {
    cells: std::vec::IntoIter<Cell>,
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Row {
        Row { cells: cells.into_iter() }
    }

    /// The next cell.
    /// # Errors  `Damaged` when it is not what it should be.
    pub fn take<T: FromCell>(&mut self) -> Result<T, StoreError> {
        let cell = self.cells.next().ok_or_else(|| StoreError::Damaged("a row is too short".into()))?;
        T::from_cell(cell)
    }
}

/// What a cell says.
pub trait FromCell: Sized {
    fn from_cell(cell: Cell) -> Result<Self, StoreError>;
}

/// What a row says.
pub trait FromRow: Sized {
    fn from_row(row: &mut Row) -> Result<Self, StoreError>;
}

fn not_a<T>(kind: &str) -> Result<T, StoreError> {
    Err(StoreError::Damaged(format!("a cell is not {kind}")))
}

impl FromCell for String {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        if let Cell::Text(text) = cell { Ok(text) } else { not_a("a text") }
    }
}

impl FromCell for i64 {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        if let Cell::Number(number) = cell { Ok(number) } else { not_a("a number") }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        if let Cell::Bytes(bytes) = cell { Ok(bytes) } else { not_a("made of bytes") }
    }
}

impl FromCell for u64 {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        Ok(i64::from_cell(cell)?.try_into().unwrap_or_default())
    }
}

impl FromCell for u32 {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        i64::from_cell(cell)?.try_into().or_else(|_| not_a("a small number"))
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        Ok(i64::from_cell(cell)? != 0)
    }
}

impl FromCell for Instant {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        Ok(from_micros(i64::from_cell(cell)?))
    }
}

impl FromCell for Hash {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        let bytes: Result<[u8; 32], _> = Vec::<u8>::from_cell(cell)?.try_into();
        bytes.map(Hash::from_bytes).or_else(|_| not_a("32 bytes long"))
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        if cell == Cell::Empty { Ok(None) } else { T::from_cell(cell).map(Some) }
    }
}

macro_rules! of_cells {
    ($(($($cell:ident),+))*) => {$(
        impl<$($cell: FromCell),+> FromRow for ($($cell,)+) {
            fn from_row(row: &mut Row) -> Result<Self, StoreError> {
                Ok(($(row.take::<$cell>()?,)+))
            }
        }
    )*};
}

of_cells! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
}
