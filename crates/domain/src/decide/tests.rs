//! What may and may not be done, by example.
