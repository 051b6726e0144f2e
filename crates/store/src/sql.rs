//! One SQL text, dispatched over two typed connections.

/// Fetches at most one row: `one!(tx, Row, "SELECT …", bound, …)`.
macro_rules! one {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::Inner::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
            $crate::Inner::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Fetches at most one row by a statement that stands alone, without the two steps around a unit of work:
/// `glance!(store, Row, "SELECT …", bound, …)`.
macro_rules! glance {
    ($store:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &$store.0 {
            $crate::Pools::Sqlite { readers, .. } => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(readers).await
            }
            $crate::Pools::Postgres(pool) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(pool).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Fetches every row.
macro_rules! all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::Inner::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
            $crate::Inner::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Executes a statement and tells how many rows it touched.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::Inner::Sqlite(tx) => {
                sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            $crate::Inner::Postgres(tx) => {
                sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::Error::from)
    };
}

pub(crate) use {all, glance, one, run};
