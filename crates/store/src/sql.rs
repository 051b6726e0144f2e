//! One SQL text, dispatched over two typed connections.
use sqlx::ValueRef;

/// Fetches at most one row: `fetch_optional!(tx, Row, "SELECT …", bound, …)`.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::Inner::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
            $crate::Inner::Postgres(tx) => {
                let kept = tx.keeps_statements();
                let done = sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.persistent(kept).fetch_optional(&mut **tx).await;
                done.inspect_err(|error| tx.note(error))
            }
        }
        .map_err($crate::Error::from)
    };
}

/// Fetches at most one row by a statement that stands alone, without the two steps around a unit of work:
/// `fetch_alone!(store, Row, "SELECT …", bound, …)`.
macro_rules! fetch_alone {
    ($store:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &$store.0 {
            $crate::Pools::Sqlite { readers, .. } => match readers.get().await {
                Ok(mut one) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut *one).await,
                Err(error) => Err(error),
            },
            $crate::Pools::Postgres(connections) => match connections.alone().await {
                Ok(mut one) => {
                    let kept = one.keeps_statements();
                    match sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.persistent(kept).fetch_optional(&mut *one).await {
                        Ok(done) => one.commit().await.map(|()| done),
                        Err(error) => {
                            one.note(&error);
                            Err(error)
                        }
                    }
                }
                Err(error) => Err(error),
            },
        }
        .map_err($crate::Error::from)
    };
}

/// Fetches every row.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::Inner::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
            $crate::Inner::Postgres(tx) => {
                let kept = tx.keeps_statements();
                let done = sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.persistent(kept).fetch_all(&mut **tx).await;
                done.inspect_err(|error| tx.note(error))
            }
        }
        .map_err($crate::Error::from)
    };
}

/// Executes a statement and returns how many rows it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::Inner::Sqlite(tx) => {
                let done = sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await;
                done.inspect_err(|error| tx.note(error)).map(|done| done.rows_affected())
            }
            $crate::Inner::Postgres(tx) => {
                let kept = tx.keeps_statements();
                let done = sqlx::query($sql)$(.bind($bind))*.persistent(kept).execute(&mut **tx).await;
                done.inspect_err(|error| tx.note(error)).map(|done| done.rows_affected())
            }
        }
        .map_err($crate::Error::from)
    };
}

/// Executes statements in one step, each of which sees the database as it was before: they share what is bound,
/// stand under a name each, and touch no row twice. `execute_together!(tx, { first: "…", second: "…" }, bound, …)`.
macro_rules! execute_together {
    ($tx:expr, { $($name:ident : $sql:expr),+ $(,)? } $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::Inner::Sqlite(tx) => {
                let done = sqlx::query(concat!($($sql, "; "),+))$(.bind($bind))*.execute(&mut **tx).await;
                done.inspect_err(|error| tx.note(error)).map(drop)
            }
            $crate::Inner::Postgres(tx) => {
                let sql = concat!("WITH ", $(stringify!($name), " AS (", $sql, "), "),+, "done AS (SELECT 1) SELECT 1 FROM done");
                let kept = tx.keeps_statements();
                let done = sqlx::query(sql)$(.bind($bind))*.persistent(kept).execute(&mut **tx).await;
                done.inspect_err(|error| tx.note(error)).map(drop)
            }
        }
        .map_err($crate::Error::from)
    };
}

/// Executes a statement that stands alone, without the two steps around a unit of work, and returns how many rows
/// it touched.
macro_rules! execute_alone {
    ($store:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &$store.0 {
            $crate::Pools::Sqlite { writer, .. } => match writer.get().await {
                Ok(mut one) => {
                    let done = sqlx::query($sql)$(.bind($bind))*.execute(&mut *one).await;
                    done.inspect_err(|error| writer.note(error)).map(|done| done.rows_affected())
                }
                Err(error) => Err(error),
            },
            $crate::Pools::Postgres(connections) => match connections.alone().await {
                Ok(mut one) => {
                    let kept = one.keeps_statements();
                    match sqlx::query($sql)$(.bind($bind))*.persistent(kept).execute(&mut *one).await.map(|done| done.rows_affected()) {
                        Ok(done) => one.commit().await.map(|()| done),
                        Err(error) => {
                            one.note(&error);
                            Err(error)
                        }
                    }
                }
                Err(error) => Err(error),
            },
        }
        .map_err($crate::Error::from)
    };
}

/// A row that a join may not find.
pub trait Joined {
    /// A column of it that is never empty.
    const NEVER_EMPTY: &'static str;
}

/// What a join has found, if it has found anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T>(pub Option<T>);

impl<'r, R, T> sqlx::FromRow<'r, R> for Found<T>
where
    R: sqlx::Row,
    T: sqlx::FromRow<'r, R> + Joined,
    &'static str: sqlx::ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        // SQLite would read what is empty as a blank.
        let nothing = row.try_get_raw(T::NEVER_EMPTY)?.is_null();
        if nothing { Ok(Self(None)) } else { T::from_row(row).map(|found| Self(Some(found))) }
    }
}

/// Holds a row until the end of the unit of work: `lock_row!(tx, "table", id)`. Rows that only name it can be added
/// meanwhile, else two units of work could wait for each other.
macro_rules! lock_row {
    ($tx:expr, $table:literal, $id:expr) => {
        if $tx.holds_everything() {
            Ok(())
        } else {
            let sql = concat!("SELECT id FROM ", $table, " WHERE id = $1 FOR NO KEY UPDATE");
            sql::fetch_optional!($tx, (String,), sql, $id).map(drop)
        }
    };
}

pub(crate) use {execute, execute_alone, execute_together, fetch_all, fetch_alone, fetch_optional, lock_row};
