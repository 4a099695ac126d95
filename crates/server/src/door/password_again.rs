//! Somebody who is signed in types their password once more, before anything that changes how they sign in. A phone that
//! somebody left open gives no more tries than the door.

use super::{limits::Counted, who::Person};
use crate::{
    app::App,
    error::{AppError, Why},
    store::Account,
};

/// # Errors  `wrong_current` with the name of the field, or `too_many_tries`.
pub async fn password_again(
    app: &App,
    person: &Person,
    password: String,
    field: &str,
) -> Result<Account, AppError> {
    let account =
        app.store.read(&person.hub.tenant).account(&person.staff).await?.ok_or(Why::WrongCurrent)?;
    let (by_name, by_device) =
        (Counted::sign_in(&person.device.id, &account.sign_in), Counted::device(&person.device.id));
    app.limits.check(&by_name)?;
    app.limits.try_once(by_device.clone())?;
    app.limits.count(by_name.clone());
    if !app.passwords.is_right(password, Some(account.password_hash.clone())).await? {
        return Err(AppError::from(Why::WrongCurrent).field(field));
    }
    app.limits.forget(&by_name);
    app.limits.take_back(&by_device);
    Ok(account)
}
