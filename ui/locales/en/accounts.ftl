# Accounts: errors, sign-in, administration, audit.

## Errors

error-unknown-user = There is no user “{ $name }”. `escale users list` shows the names.
error-name-taken = The name “{ $name }” is taken. Choose another one.
error-invalid-name =
    “{ $name }” can’t be a user’s name: use 2 to { $limit } letters, digits and the signs . _ @ + -.
error-password-too-short =
    This password is too short: it needs at least { $limit } characters. A few words in a row will
    do.
error-password-too-long = This password is too long: at most { $limit } characters.
error-password-is-name =
    This password is easily guessed: it is like the name, or repeats one sign. Choose another one.
error-last-admin =
    “{ $name }” is the only administrator of Escale. Give somebody else this role first.
error-no-password =
    “{ $name }” signs in with the organization’s account ({ $issuer }) and has no password here.

error-sign-in-required =
    Without sign-in the page is served to this machine only, not at { $host }. Set [ui] sign_in =
    "local" (or "oidc"), or leave [ui] host at 127.0.0.1 and [ui] public_url unset.
error-sign-on-incomplete =
    The setting [ui] { $setting } is missing: [ui] sign_in = "oidc" needs it.

## Roles

role-reader = reader
role-staff = staff
role-admin = administrator

## What is refused

access-skip = Skip to the content
access-library = Library
access-navigation = Navigation
access-other-language = Français
access-refused = This isn’t possible
access-no-right = Your account may not do this.
access-forbidden =
    This page asks for the role “{ $role }”, which your account doesn’t have. Who administers Escale
    can give it to you.
access-sign-in-again = You are no longer signed in. Sign in again.

## Signing in

sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-submit = Sign in
sign-in-provider = Sign in with the organization’s account
sign-in-or = or
sign-in-first =
    There is no account yet. Open the link that the server showed when it started, to make the one
    that administers Escale.
sign-in-lost = Forgot your password? Who administers Escale can set another one.
sign-in-wrong = This name or password isn’t right.
sign-in-wait =
    { $minutes ->
        [one] Too many attempts. Try again in a minute.
       *[other] Too many attempts. Try again in { $minutes } minutes.
    }
sign-on-failed =
    Signing in with the organization’s account failed. Try again; if it goes on, tell who
    administers Escale.
sign-on-refused = Your account of the organization gives no access to Escale.
signed-out-title = You are signed out
signed-out-text = See you soon.
signed-out-again = Sign in again
signed-out-provider = Sign out of the organization’s account, too
signed-out-shared = If you share this computer, sign out of the organization’s account, too.

## One’s account

account-title = Your account
account-home = Go to the page
account-sign-in = Sign in
account-sign-out = Sign out
account-role = Role
account-password = Change the password
account-change = Change the password
account-changed = The password is changed. Your other sessions have ended.
account-current-wrong = This isn’t your current password.
account-wait = Too many attempts. Try again in some minutes.
password-current = Current password
password-new = New password
password-again = New password, once more
password-hint = A few words in a row make a good password.
password-differs = The two passwords aren’t the same.
admin-title = Administration

## The first account

setup-title = Make the first account
setup-text = This account administers Escale: it gives the others their access.
setup-submit = Make the account
setup-closed = This link was used already, or is too old. Restart the server to get another one.
shell-setup = To make the account that administers Escale, open once { $url }
