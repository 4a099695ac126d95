//! A second copy of what is only on this device: one small file for each unsent event or letter, as it lies in the
//! database, and one for each row of keys that a sign-in opens. In the private file system of the browser, or in Cache Storage where there is none.

use super::{cache, js};
use js_sys::AsyncIterator;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    type Folder;

    #[wasm_bindgen(method, catch, js_name = getDirectoryHandle)]
    async fn folder(this: &Folder, name: &str, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    async fn file(this: &Folder, name: &str, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeEntry)]
    async fn remove(this: &Folder, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn values(this: &Folder) -> AsyncIterator;

    type File;

    #[wasm_bindgen(method, catch, js_name = createWritable)]
    async fn writable(this: &File) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn write(this: &File, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn close(this: &File) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    async fn content(this: &File) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn text(this: &File) -> Result<JsValue, JsValue>;
}

/// Beside the database of this name.
#[derive(Clone)]
pub struct SecondCopy {
    place: Rc<str>,
    /// One after the other, so that what is taken away does not come back.
    turn: Rc<tokio::sync::Mutex<()>>,
}

impl SecondCopy {
    pub fn of_unsent(database: &str) -> Self {
        Self { place: format!("{database}-unsent").into(), turn: Rc::default() }
    }

    pub fn of_letters(database: &str) -> Self {
        Self { place: format!("{database}-letters").into(), turn: Rc::default() }
    }

    pub fn of_keys(database: &str) -> Self {
        Self { place: format!("{database}-keys").into(), turn: Rc::default() }
    }

    /// Copies rows, each under its hash or that of its name, when there is time.
    pub fn put(&self, rows: Vec<(String, String)>) {
        let this = self.clone();
        spawn_local(async move {
            let _turn = this.turn.lock().await;
            let folder = this.open().await;
            for (hash, row) in rows {
                let is_kept = match &folder {
                    Some(folder) => write(folder, &hash, &row).await.is_ok(),
                    None => false,
                };
                if !is_kept {
                    cache::put(&this.cached(&hash), &row).await;
                }
            }
        });
    }

    /// Takes copies away, when there is time. Only of what has a receipt that is written down.
    pub fn forget(&self, hashes: Vec<String>) {
        if hashes.is_empty() {
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            let _turn = this.turn.lock().await;
            let folder = this.open().await;
            for hash in hashes {
                let is_gone = match &folder {
                    Some(folder) => folder.remove(&hash).await.is_ok(),
                    None => false,
                };
                if !is_gone {
                    cache::delete(&this.cached(&hash)).await;
                }
            }
        });
    }

    /// Every copy that can be read. Copies that were on their way are waited for.
    pub async fn all(&self) -> Vec<JsValue> {
        js::sleep(0).await;
        let _turn = self.turn.lock().await;
        let mut texts = cache::under(&self.cached("")).await;
        if let Some(folder) = self.open().await {
            let files = folder.values();
            while let Some(file) = next(&files).await {
                texts.extend(read(file.unchecked_ref()).await);
            }
        }
        texts.iter().filter_map(|text| js_sys::JSON::parse(text).ok()).collect()
    }

    async fn open(&self) -> Option<Folder> {
        let storage = js::get(&js::window()?.navigator(), "storage");
        let open: js_sys::Function = js::get(&storage, "getDirectory").dyn_into().ok()?;
        let root = JsFuture::from(js_sys::Promise::resolve(&open.call0(&storage).ok()?)).await.ok()?;
        Some(root.unchecked_into::<Folder>().folder(&self.place, &create()).await.ok()?.unchecked_into())
    }

    fn cached(&self, hash: &str) -> String {
        format!("{}/{hash}", self.place)
    }
}

/// Whole or not at all: the browser puts the file in its place when it is closed.
async fn write(folder: &Folder, name: &str, text: &str) -> Result<(), JsValue> {
    let file: File = folder.file(name, &create()).await?.unchecked_into();
    if !js::has(&file, "createWritable") {
        return Err(JsValue::NULL);
    }
    let writable: File = file.writable().await?.unchecked_into();
    writable.write(text).await?;
    writable.close().await.map(drop)
}

async fn read(file: &File) -> Option<String> {
    let content: File = file.content().await.ok()?.unchecked_into();
    content.text().await.ok()?.as_string()
}

async fn next(files: &AsyncIterator) -> Option<JsValue> {
    let step = JsFuture::from(files.next().ok()?).await.ok()?;
    Some(js::get(&step, "value")).filter(JsValue::is_object)
}

fn create() -> JsValue {
    js::object(&[("create", true.into())]).into()
}
