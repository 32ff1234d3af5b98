//! Connections, of which those that say nothing never keep others out.
//!
//! In: a listener. Out: its connections. Of those that wait without an answer, the oldest is closed as soon as there are too
//! many. Not here: who may ask, which `gate` knows.

use std::{
    collections::VecDeque,
    future::Future as _,
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};

use axum::serve::Listener;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

/// How many connections may wait without an answer.
const WAITING: usize = 128;

/// A listener.
pub(crate) struct Doors {
    listener: TcpListener,
    /// What closes each connection that has had no answer yet, the oldest first: being dropped.
    waiting: VecDeque<oneshot::Sender<()>>,
}

/// A connection.
pub(crate) struct Door {
    stream: TcpStream,
    /// None once it was answered.
    closed: Option<oneshot::Receiver<()>>,
}

impl Doors {
    pub fn new(listener: TcpListener) -> Doors {
        Doors { listener, waiting: VecDeque::new() }
    }
}

impl Listener for Doors {
    type Io = Door;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Door, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        self.waiting.retain(|close| !close.is_closed());
        while self.waiting.len() >= WAITING {
            self.waiting.pop_front();
        }
        let (close, closed) = oneshot::channel();
        self.waiting.push_back(close);
        (Door { stream, closed: Some(closed) }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl AsyncRead for Door {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(closed) = &mut self.closed
            && Pin::new(closed).poll(context).is_ready()
        {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Door {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.closed = None;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
