//! The key that the device signs with.

use crate::places::{open, place};
use noticed_app::browser::keys::DeviceKey;
use sync::{Hash, base64url};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_key_comes_back_with_the_store_and_signs() {
    let place = place("key");
    let store = open(&place).await;
    assert!(DeviceKey::read(&store).await.expect("read").is_none());
    let tried = DeviceKey::on_trial(&store).await.expect("made");
    let again = DeviceKey::on_trial(&store).await.expect("found");
    assert_eq!(tried.public_key, again.public_key, "a try whose answer was lost is the same try");
    assert!(DeviceKey::read(&store).await.expect("read").is_none(), "it is not this device's key yet");
    tried.keep(&store).await.expect("kept");

    let back = DeviceKey::read(&open(&place).await).await.expect("read").expect("there is a key");
    assert_eq!(back.public_key, tried.public_key);
    let point = base64url::decode(&back.public_key).expect("base64url");
    assert_eq!((point.len(), point[0]), (65, 4), "an uncompressed point");
    let signature = back.sign(&Hash::of(&[b"words"])).await.expect("signed");
    assert_eq!(base64url::decode(&signature).expect("base64url").len(), 64);
    let another = DeviceKey::on_trial(&store).await.expect("made");
    assert_ne!(another.public_key, back.public_key, "the next device has a key of its own");
}
