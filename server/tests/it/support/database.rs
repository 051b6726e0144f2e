//! What somebody does who has access to the database, past Bailey.
use super::TestServer;
use sqlx::{Connection, Executor, Row};

impl TestServer {
    /// Runs SQL past Bailey.
    pub async fn execute_sql(&self, sql: &[&'static str]) {
        for &sql in sql {
            if self.db.dir().is_some() {
                let mut connection = sqlx::SqliteConnection::connect(&self.db.url).await.expect("it opens");
                connection.execute(sql).await.expect(sql);
            } else {
                let mut connection = sqlx::PgConnection::connect(&self.db.url).await.expect("it answers");
                connection.execute(sql).await.expect(sql);
            }
        }
    }

    /// How many rows there are in all tables together.
    pub async fn rows(&self) -> u64 {
        let names = if self.db.dir().is_some() {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        } else {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1"
        };
        let mut rows = 0;
        for table in self.sql_column(names).await {
            // The names are those of Bailey's own tables.
            let sql = String::leak(format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}"));
            rows += self.sql_column(sql).await.concat().parse::<u64>().expect("a count");
        }
        rows
    }

    /// The first column of each row that this SQL finds, in order.
    pub async fn sql_column(&self, sql: &'static str) -> Vec<String> {
        if self.db.dir().is_some() {
            let mut connection = sqlx::SqliteConnection::connect(&self.db.url).await.expect("it opens");
            let rows = connection.fetch_all(sql).await.expect(sql);
            return rows.iter().map(|row| row.get(0)).collect();
        }
        let mut connection = sqlx::PgConnection::connect(&self.db.url).await.expect("it answers");
        let rows = connection.fetch_all(sql).await.expect(sql);
        rows.iter().map(|row| row.get(0)).collect()
    }
}
