//! The schema is brought up to date: on a connection that is ours, as sqlx does it; through a pooler in one transaction,
//! which keeps all of it or nothing.
use super::{Connections, NO_LIMITS, Pooling};
use sqlx::{
    PgConnection, Row,
    migrate::{AppliedMigration, Migrate, MigrateError, Migration, Migrator},
};
use std::{pin::Pin, time::Duration};

/// Any number that no other advisory lock uses.
const MIGRATING: &str = "SELECT pg_advisory_xact_lock(1835627374)";

const BEGIN: &str = "BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; \
    SET LOCAL idle_in_transaction_session_timeout = 0";

impl Connections {
    /// Brings the schema up to date. A migration takes its time, and that of another node is waited for.
    pub async fn migrate(&self, migrations: &Migrator) -> Result<(), MigrateError> {
        if self.pooling == Pooling::Transaction {
            let mut tx = self.pool.begin_with(BEGIN).await?;
            migrations.run_direct(None, &mut InTransaction(&mut tx), false).await?;
            return Ok(tx.commit().await?);
        }
        let mut connection = self.pool.acquire().await?;
        sqlx::raw_sql(NO_LIMITS).execute(&mut *connection).await?;
        let done = migrations.run(&mut *connection).await;
        connection.close().await?;
        done
    }
}

/// A transaction, in which no statement is kept by a name.
struct InTransaction<'t>(&'t mut PgConnection);

type Step<'s, T> = Pin<Box<dyn Future<Output = Result<T, MigrateError>> + Send + 's>>;

impl Migrate for InTransaction<'_> {
    fn create_schema_if_not_exists<'e>(&'e mut self, schema_name: &'e str) -> Step<'e, ()> {
        self.0.create_schema_if_not_exists(schema_name)
    }

    fn ensure_migrations_table<'e>(&'e mut self, table_name: &'e str) -> Step<'e, ()> {
        self.0.ensure_migrations_table(table_name)
    }

    fn dirty_version<'e>(&'e mut self, _: &'e str) -> Step<'e, Option<i64>> {
        let sql = "SELECT version FROM _sqlx_migrations WHERE NOT success ORDER BY version LIMIT 1";
        Box::pin(async move { Ok(sqlx::query_scalar(sql).persistent(false).fetch_optional(&mut *self.0).await?) })
    }

    fn list_applied_migrations<'e>(&'e mut self, _: &'e str) -> Step<'e, Vec<AppliedMigration>> {
        let sql = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";
        Box::pin(async move {
            let rows = sqlx::query(sql).persistent(false).fetch_all(&mut *self.0).await?;
            let applied = |row: sqlx::postgres::PgRow| {
                let checksum = row.try_get::<Vec<u8>, _>(1)?.into();
                Ok(AppliedMigration { version: row.try_get(0)?, checksum })
            };
            rows.into_iter().map(applied).collect()
        })
    }

    fn lock(&mut self) -> Step<'_, ()> {
        Box::pin(async move { Ok(sqlx::raw_sql(MIGRATING).execute(&mut *self.0).await.map(drop)?) })
    }

    /// The lock ends with the transaction.
    fn unlock(&mut self) -> Step<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn apply<'e>(&'e mut self, _: &'e str, migration: &'e Migration) -> Step<'e, Duration> {
        let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES ($1, $2, TRUE, $3, -1)";
        Box::pin(async move {
            let done = sqlx::raw_sql(migration.sql.clone()).execute(&mut *self.0).await;
            done.map_err(|error| MigrateError::ExecuteMigration(error, migration.version))?;
            let noted =
                sqlx::query(sql).bind(migration.version).bind(&*migration.description).bind(&*migration.checksum);
            noted.persistent(false).execute(&mut *self.0).await?;
            Ok(Duration::ZERO)
        })
    }

    fn revert<'e>(&'e mut self, _: &'e str, migration: &'e Migration) -> Step<'e, Duration> {
        Box::pin(async { Err(MigrateError::VersionNotPresent(migration.version)) })
    }
}
