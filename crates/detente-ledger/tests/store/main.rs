//! The ledger's promises, each kept by SQLite and by PostgreSQL.
#![allow(clippy::unwrap_used, missing_docs)]

mod child;
mod compat;
mod copied;
mod crash;
mod differing;
mod faults;
mod interrupted;
mod made;
mod place;
mod promises;
mod schema;
mod server;
mod server_faults;

/// Writes one test a database for each promise.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { $crate::place::run(&$crate::place::Place::sqlite(stringify!($name)), super::$name); })+
        }
        mod postgres {
            $(#[test] fn $name() {
                if let Some(place) = $crate::place::Place::postgres(stringify!($name)) {
                    $crate::place::run(&place, super::$name);
                }
            })+
        }
    };
}
