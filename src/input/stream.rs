//! A stream in blocks, read by a thread of its own so that the work goes on while it waits.

use std::{
    io::{self, Read},
    sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel},
    thread,
};

/// Bytes asked for at a time.
const BLOCK: usize = 1 << 18;

/// Blocks that may wait.
const WAITING: usize = 4;

/// The blocks of a stream.
pub struct Blocks {
    blocks: Receiver<io::Result<Vec<u8>>>,
}

impl Blocks {
    /// Starts to read `stream`, to its end.
    #[must_use]
    pub fn new(stream: impl Read + Send + 'static) -> Self {
        let (send, blocks) = sync_channel(WAITING);
        thread::spawn(move || read_all(stream, &send));
        Self { blocks }
    }

    /// Waits for the next block and appends it; then, as long as `buffer` is shorter than `enough`, what has come
    /// meanwhile. `false` at the end of the stream.
    ///
    /// # Errors
    /// What the stream said.
    pub fn fill(&self, buffer: &mut Vec<u8>, enough: usize) -> io::Result<bool> {
        let Ok(first) = self.blocks.recv() else { return Ok(false) };
        buffer.extend_from_slice(&first?);
        while buffer.len() < enough {
            match self.blocks.try_recv() {
                Ok(block) => buffer.extend_from_slice(&block?),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        Ok(true)
    }
}

fn read_all(mut stream: impl Read, send: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut block = vec![0; BLOCK];
        let sent = match stream.read(&mut block) {
            Ok(0) => return,
            Ok(len) => {
                block.truncate(len);
                send.send(Ok(block))
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                // Whoever listens ends on it; if nobody does, nobody needs to know.
                let _ = send.send(Err(error));
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}
