//! Variables of the environment that begin as Bailey's do and are others'.

/// Whether a variable, named by what follows `BAILEY_`, is none of Bailey's configuration: what Kubernetes tells of
/// services and Docker of linked containers whose name begins with `bailey`, and what the project's own tests and scripts
/// read.
pub(super) fn is_foreign(name: &str, value: &str) -> bool {
    let of_the_project = name.starts_with("TEST_") || ["BLESS", "BIN", "CHROMIUM"].contains(&name);
    // One of a service `bailey-db` has the rest of its name before what it is.
    let is = |what: &str| name == what || name.strip_suffix(what).is_some_and(|before| before.ends_with('_'));
    let holds = |what: &str| name.starts_with(what) || name.contains(&format!("_{what}"));
    let of_kubernetes = is("SERVICE_HOST") || is("SERVICE_PORT") || holds("SERVICE_PORT_") || is_port(name);
    let is_address = ["tcp://", "udp://", "sctp://"].iter().any(|scheme| value.starts_with(scheme));
    let of_docker = holds("ENV_") || is("NAME") && value.starts_with('/');
    of_the_project || of_kubernetes || of_docker || is("PORT") && is_address
}

/// Whether it tells of one port: `PORT_3000_TCP`, `PORT_3000_TCP_ADDR`.
fn is_port(name: &str) -> bool {
    let parts: Vec<_> = name.split('_').collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_protocol = |part: &str| ["TCP", "UDP", "SCTP"].contains(&part);
    let port = parts.windows(3).position(|part| part[0] == "PORT" && is_number(part[1]) && is_protocol(part[2]));
    port.is_some_and(|at| matches!(parts[at + 3..], [] | ["ADDR" | "PORT" | "PROTO"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when `is_foreign` no longer knows one of the kinds, or takes a mistyped key for somebody else's.
    #[test]
    fn what_containers_tell_of_their_neighbours_is_told_from_a_mistyped_key() {
        for (name, value) in [
            ("PORT", "tcp://10.0.0.1:3000"),
            ("SERVICE_HOST", "10.0.0.1"),
            ("SERVICE_PORT", "3000"),
            ("SERVICE_PORT_HTTP", "3000"),
            ("PORT_80_TCP", "tcp://10.0.0.1:80"),
            ("PORT_80_TCP_ADDR", "10.0.0.1"),
            ("PORT_80_TCP_PROTO", "tcp"),
            ("PORT_53_UDP_PORT", "53"),
            ("DB_SERVICE_HOST", "10.0.0.2"),
            ("DB_SERVICE_PORT_POSTGRES", "5432"),
            ("DB_PORT", "tcp://10.0.0.2:5432"),
            ("DB_PORT_5432_TCP_ADDR", "10.0.0.2"),
            ("METRICS_PORT_9090_SCTP", "sctp://10.0.0.3:9090"),
            ("NAME", "/web/bailey"),
            ("ENV_PATH", "/usr/bin"),
            ("DB_ENV_POSTGRES_PASSWORD", "x"),
            ("TEST_POSTGRES_URL", "postgres://x"),
        ] {
            assert!(is_foreign(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("PORT", "3000"),
            ("DB_PORT", "5432"),
            ("LISTN", "tcp://10.0.0.1:3000"),
            ("NAME", "Bailey"),
            ("PORT_80", "80"),
            ("PORT_80_TLS", "80"),
            ("SERVICE", "x"),
            ("ENVIRONMENT", "production"),
            ("PUBLIC_URI", "x"),
            ("TESTS", "x"),
        ] {
            assert!(!is_foreign(name, value), "{name}={value}");
        }
    }
}
