//! Requests to a bucket, several at a time, with bounded patience.
//!
//! Keys are relative to the target. Not here: which files, in which order.

use std::{collections::BTreeMap, time::Duration};

use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use object_store::{
    Attribute, Attributes, BackoffConfig, Error, ObjectMeta, ObjectStore as _, ObjectStoreExt as _,
    PutOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey},
    path::Path,
};

use super::{
    PublishError, Trouble,
    endpoint::Endpoint,
    headers::Headers,
    transport::{Through, Transport},
    trouble::trouble,
};

/// How many requests are under way at a time.
const AT_A_TIME: usize = 8;

/// A bucket, or a part of it.
pub(super) struct Client {
    store: AmazonS3,
    prefix: String,
    /// As the target was named.
    pub name: String,
}

/// Patience: three more attempts.
fn patience() -> RetryConfig {
    let backoff = BackoffConfig {
        init_backoff: Duration::from_millis(50),
        max_backoff: Duration::from_secs(1),
        ..BackoffConfig::default()
    };
    RetryConfig { backoff, max_retries: 3, retry_timeout: Duration::from_secs(15) }
}

impl Client {
    /// `settings` are pairs such as `AWS_REGION` and its value.
    pub fn new(
        bucket: &str,
        prefix: Option<&str>,
        settings: &[(String, String)],
    ) -> Result<Client, PublishError> {
        let name = format!("s3://{bucket}{}", prefix.map(|prefix| format!("/{prefix}")).unwrap_or_default());
        let value = |wanted: &str| {
            let found = settings.iter().find(|(name, value)| name == wanted && !value.is_empty());
            found.map(|(_, value)| value.as_str())
        };
        if value("AWS_ACCESS_KEY_ID").is_none() || value("AWS_SECRET_ACCESS_KEY").is_none() {
            return Err(PublishError::NoCredentials);
        }
        let setting = |name: &str| PublishError::Setting { name: name.to_owned() };
        let mut builder = AmazonS3Builder::new()
            .with_retry(patience())
            // A request for each file: not all storage knows the one for many.
            .with_disable_bulk_delete(true);
        for (name, value) in settings.iter().filter(|(_, value)| !value.is_empty()) {
            let key: AmazonS3ConfigKey = name.to_ascii_lowercase().parse().map_err(|_| setting(name))?;
            // Such as a line end that was copied with a key.
            if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(setting(name));
            }
            builder = builder.with_config(key, value);
        }
        let mut through = Through::System;
        let allowed = value("AWS_ALLOW_HTTP").is_some_and(|value| ["true", "1"].contains(&value));
        for name in ["AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"] {
            let Some(address) = value(name) else { continue };
            let endpoint = Endpoint::read(address).ok_or_else(|| setting(name))?;
            if !endpoint.encrypted && !endpoint.is_loopback() && !allowed {
                return Err(PublishError::Insecure { endpoint: format!("http://{}", endpoint.host) });
            }
            if !endpoint.encrypted {
                builder = builder.with_allow_http(true);
                // What the environment names may be for what is encrypted only, and may not see this machine.
                through = Through::None;
            }
        }
        if let Some(address) = value("AWS_PROXY_URL") {
            through = Through::Named(address);
        }
        let transport = Transport::new(through).ok_or_else(|| setting("AWS_PROXY_URL"))?;
        let store = builder.with_http_connector(transport).with_bucket_name(bucket).build();
        let store = store.map_err(|_| setting("setting for storage (AWS_...)"))?;
        Ok(Client { store, prefix: prefix.map(|prefix| format!("{prefix}/")).unwrap_or_default(), name })
    }

    pub fn failed(&self, trouble: Trouble) -> PublishError {
        PublishError::Storage { target: self.name.clone(), trouble }
    }

    fn path(&self, key: &str) -> Path {
        Path::from(format!("{}{key}", self.prefix))
    }

    /// Every object of the target, by its key.
    pub async fn list(&self) -> Result<BTreeMap<String, ObjectMeta>, PublishError> {
        let prefix = Path::from(self.prefix.trim_end_matches('/'));
        let listed = self.store.list(Some(&prefix).filter(|prefix| !prefix.as_ref().is_empty()));
        let listed: Vec<ObjectMeta> =
            listed.try_collect().await.map_err(|error| self.failed(trouble(&error)))?;
        let key = |object: ObjectMeta| {
            let key = object.location.as_ref().strip_prefix(&self.prefix)?.to_owned();
            Some((key, object))
        };
        Ok(listed.into_iter().filter_map(key).collect())
    }

    /// An object, if it is there.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let got = async { self.store.get(&self.path(key)).await?.bytes().await };
        match got.await {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed(trouble(&error))),
        }
    }

    pub async fn put(&self, key: &str, bytes: Vec<u8>, headers: Headers) -> Result<(), PublishError> {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, headers.content_type.into());
        attributes.insert(Attribute::CacheControl, headers.cache_control.into());
        let options = PutOptions { attributes, ..PutOptions::default() };
        let put = self.store.put_opts(&self.path(key), bytes.into(), options).await;
        put.map(drop).map_err(|error| self.failed(trouble(&error)))
    }

    /// Lets the storage copy objects, from the first key to the second.
    pub async fn copy(&self, keys: Vec<(String, String)>) -> Result<(), PublishError> {
        let copies = keys.into_iter().map(|(from, to)| async move {
            let copied = self.store.copy(&self.path(&from), &self.path(&to)).await;
            copied.map_err(|error| self.failed(trouble(&error)))
        });
        all(stream::iter(copies)).await
    }

    /// Removes objects; it does not matter if one is not there.
    pub async fn remove(&self, keys: Vec<String>) -> Result<(), PublishError> {
        let removals = keys.into_iter().map(|key| async move {
            match self.store.delete(&self.path(&key)).await {
                Err(error) if !matches!(error, Error::NotFound { .. }) => Err(self.failed(trouble(&error))),
                _ => Ok(()),
            }
        });
        all(stream::iter(removals)).await
    }
}

/// Does all, some at a time; ends with the first that fails.
pub(super) async fn all(
    works: impl Stream<Item = impl Future<Output = Result<(), PublishError>>>,
) -> Result<(), PublishError> {
    works.buffer_unordered(AT_A_TIME).try_collect::<()>().await
}
