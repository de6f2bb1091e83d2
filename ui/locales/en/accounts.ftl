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
