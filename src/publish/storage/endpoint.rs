//! The address of storage, as the environment gives it.
//!
//! One with a name and password in it is none: logins have variables of their own. Not here: whether it answers.

use std::net::{IpAddr, Ipv6Addr};

/// Where storage is.
pub(super) struct Endpoint<'a> {
    pub encrypted: bool,
    pub host: &'a str,
}

impl Endpoint<'_> {
    /// Reads an address such as `https://s3.example.gov:9000`.
    pub fn read(address: &str) -> Option<Endpoint<'_>> {
        let (scheme, rest) = address.split_once("://")?;
        let encrypted = match scheme {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let in_path = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        let in_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let (host, port, is_host) = match authority.strip_prefix('[') {
            Some(rest) => {
                let (host, port) = rest.split_once(']')?;
                (host, port, host.parse::<Ipv6Addr>().is_ok())
            }
            None => {
                let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
                (host, port, !host.is_empty() && host.bytes().all(in_host))
            }
        };
        let is_port = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok();
        (is_host && is_port && path.bytes().all(in_path)).then_some(Endpoint { encrypted, host })
    }

    /// Whether it is this machine, so that nobody else can read what is sent.
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}
