//! A cipher for the tests.

use std::cell::Cell;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use postil::app::ports::BoxFuture;
use postil::app::sync::sealing::{Cipher, Key};

/// AES-GCM as the browser has it, with nonces that are counted.
#[derive(Default)]
pub struct Counting(Cell<u64>);

impl Cipher for Counting {
    fn seal(&self, key: &Key, name: &str, bytes: Vec<u8>) -> BoxFuture<Vec<u8>> {
        self.0.set(self.0.get() + 1);
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&self.0.get().to_le_bytes());
        let (msg, aad) = (&bytes[..], name.as_bytes());
        let cipher = Aes256Gcm::new(key.into());
        let sealed = cipher.encrypt(Nonce::from_slice(&nonce), Payload { msg, aad });
        let sealed = sealed.expect("memory can be sealed");
        Box::pin(async move { [&nonce[..], &sealed].concat() })
    }

    fn open(&self, key: &Key, name: &str, sealed: Vec<u8>) -> BoxFuture<Option<Vec<u8>>> {
        let opened = sealed.split_at_checked(12).and_then(|(nonce, msg)| {
            let aad = name.as_bytes();
            let cipher = Aes256Gcm::new(key.into());
            cipher
                .decrypt(Nonce::from_slice(nonce), Payload { msg, aad })
                .ok()
        });
        Box::pin(async { opened })
    }
}
