//! Requests to a bucket, several at a time, with bounded patience.
//!
//! Keys are relative to the target. Not here: which files, in which order.

use std::{collections::BTreeMap, time::Duration};

use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use object_store::{
    Attribute, Attributes, BackoffConfig, Error, ObjectMeta, ObjectStore as _, ObjectStoreExt as _, PutMode,
    PutOptions, RetryConfig, UpdateVersion,
    aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey},
    path::Path,
};

use super::{
    PublishError, StorageTrouble,
    endpoint::Endpoint,
    headers::Headers,
    transport::{Through, Transport},
    trouble::trouble,
};
use crate::publish::record::OWN;

/// How many requests are under way at a time.
const AT_A_TIME: usize = 8;

/// A bucket, or a part of it.
pub(super) struct Client {
    store: AmazonS3,
    /// The same without a login: what it can read, everybody can.
    stranger: AmazonS3,
    prefix: String,
    /// As the target was named.
    pub name: String,
}

/// An object's bytes, and the tag that they have.
pub(super) struct Object {
    pub bytes: Vec<u8>,
    pub tag: Option<String>,
}

/// What must hold for an object to be written.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Always,
    /// There is none of this key.
    Missing,
    /// The one that is there has this tag.
    Tagged(String),
}

/// What became of a write.
pub(super) enum Put {
    /// It is done; the object's tag.
    Done(Option<String>),
    /// The condition does not hold.
    Refused,
    /// The storage knows no conditions, and says so.
    NoConditions,
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
        let builder = builder.with_http_connector(transport).with_bucket_name(bucket);
        let wrong = |_| setting("setting for storage (AWS_...)");
        let stranger = builder.clone().with_skip_signature(true).build().map_err(wrong)?;
        let store = builder.build().map_err(wrong)?;
        Ok(Client {
            store,
            stranger,
            prefix: prefix.map(|prefix| format!("{prefix}/")).unwrap_or_default(),
            name,
        })
    }

    pub fn failed(&self, trouble: StorageTrouble) -> PublishError {
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
    pub async fn get(&self, key: &str) -> Result<Option<Object>, PublishError> {
        let got = async {
            let found = self.store.get(&self.path(key)).await?;
            let tag = found.meta.e_tag.clone();
            Ok(Object { bytes: found.bytes().await?.into(), tag })
        };
        match got.await {
            Ok(object) => Ok(Some(object)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed(trouble(&error))),
        }
    }

    /// Whether everybody can read an object. What cannot be found out is not said.
    pub async fn is_public(&self, key: &str) -> bool {
        self.stranger.get(&self.path(key)).await.is_ok()
    }

    /// What the policy of the bucket has to deny to strangers: `memos/site/_ccrov/*`.
    pub fn own(&self) -> String {
        format!("{}/{OWN}*", self.name.trim_start_matches("s3://"))
    }

    /// Writes an object, if a condition holds.
    pub async fn put(
        &self,
        key: &str,
        bytes: Vec<u8>,
        headers: Headers,
        condition: Condition,
    ) -> Result<Put, PublishError> {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, headers.content_type.into());
        attributes.insert(Attribute::CacheControl, headers.cache_control.into());
        let is_conditional = !matches!(condition, Condition::Always);
        let mode = match condition {
            Condition::Always => PutMode::Overwrite,
            Condition::Missing => PutMode::Create,
            Condition::Tagged(tag) => PutMode::Update(UpdateVersion { e_tag: Some(tag), version: None }),
        };
        let options = PutOptions { attributes, mode, ..PutOptions::default() };
        match self.store.put_opts(&self.path(key), bytes.into(), options).await {
            Ok(put) => Ok(Put::Done(put.e_tag)),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) if is_conditional => {
                Ok(Put::Refused)
            }
            Err(Error::NotImplemented { .. }) => Ok(Put::NoConditions),
            Err(error) => match trouble(&error) {
                StorageTrouble::Other(Some(word)) if is_conditional && word == "NotImplemented" => {
                    Ok(Put::NoConditions)
                }
                trouble => Err(self.failed(trouble)),
            },
        }
    }

    /// Lets the storage copy objects, from the first key to the second.
    pub async fn copy(&self, keys: Vec<(String, String)>) -> Result<(), PublishError> {
        let copies = keys.into_iter().map(|(from, to)| async move {
            let copied = self.store.copy(&self.path(&from), &self.path(&to)).await;
            copied.map_err(|error| self.failed(trouble(&error)))
        });
        all(stream::iter(copies)).await.map(drop)
    }

    /// Removes objects; it does not matter if one is not there.
    pub async fn remove(&self, keys: Vec<String>) -> Result<(), PublishError> {
        let removals = keys.into_iter().map(|key| async move {
            match self.store.delete(&self.path(&key)).await {
                Err(error) if !matches!(error, Error::NotFound { .. }) => Err(self.failed(trouble(&error))),
                _ => Ok(()),
            }
        });
        all(stream::iter(removals)).await.map(drop)
    }
}

/// Does all, some at a time; ends with the first that fails. What comes of them has no order.
pub(super) async fn all<T>(
    works: impl Stream<Item = impl Future<Output = Result<T, PublishError>>>,
) -> Result<Vec<T>, PublishError> {
    works.buffer_unordered(AT_A_TIME).try_collect().await
}
