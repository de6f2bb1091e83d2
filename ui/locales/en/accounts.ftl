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

## The first account

setup-title = Make the first account
setup-text = This account administers Escale: it gives the others their access.
setup-submit = Make the account
setup-closed = This link was used already, or is too old. Restart the server to get another one.
shell-setup = To make the account that administers Escale, open once { $url }

## The administration

admin-title = Administration
admin-statistics = Statistics
admin-answers = Answers
admin-users = Accounts
admin-audit = Audit
admin-health = Health

admin-days = { $days } days
admin-counted = Counted per day, without saying who asked.
admin-total = { $count } in all
admin-plot = { $name } per day: { $total } in { $days } days, at most { $highest } in one
admin-table = The same numbers as a table
admin-day = Day
admin-count-questions = Questions
admin-count-abstentions = Questions without an answer
admin-count-checks = Texts checked
admin-count-helpful = Answers found helpful
admin-count-unhelpful = Answers found unhelpful

admin-not-stored =
    Questions aren’t stored; only their number is counted. The setting
    “store_questions” of [ui] has them stored; the page then tells its users.
admin-stored =
    Questions are stored for { $days } days, without saying who asked. The page tells its users.
admin-unanswered = Questions that got no answer
admin-feedback = Opinions on answers
admin-none = Nothing yet.
admin-when = When
admin-question = Question
admin-rating = Opinion
admin-rating-up = Helpful
admin-rating-down = Unhelpful

admin-done-added = The account “{ $name }” is made.
admin-done-role = “{ $name }” has another role.
admin-done-password = The password of “{ $name }” is changed; their sessions have ended.
admin-done-suspended = “{ $name }” can’t sign in any more.
admin-done-removed = The account “{ $name }” is deleted.
admin-is-suspended = suspended
admin-of-provider = account of the organization ({ $issuer })
admin-last-seen = Last signed in: { $moment }
admin-never-seen = Has never signed in
admin-change = Change
admin-set-role = Change the role
admin-set-password = Change the password
admin-suspend = Suspend
admin-suspend-hint = Their sessions end, and their password no longer works. A new password opens the account again.
admin-remove = Delete
admin-remove-sure = Delete the account of { $name } for good
admin-add = Add an account
admin-add-submit = Make the account
admin-password-hint = At least 12 characters. They can change it themselves.
admin-roles =
    Reader: ask questions and check texts. Staff: keep the library, too. Administrator: keep the
    accounts and read the audit, too.

admin-audit-grows = Who did what, and when. Nothing in it is ever changed or deleted.
admin-words = Contains
admin-action = Action
admin-every-action = All
admin-filter = Filter
admin-csv = Export as CSV
admin-who = Who
admin-target = To what
admin-detail = Details
admin-address = Address
admin-latest = The latest
admin-earlier = Earlier

action-signed-in = signed in
action-signed-out = signed out
action-sign-in-failed = sign-in failed
action-user-added = account made
action-user-suspended = account suspended
action-user-removed = account deleted
action-role-changed = role changed
action-password-changed = password changed
action-report-added = report added
action-report-replaced = report replaced
action-report-reread = report read again
action-report-edited = report’s record edited
action-report-removed = report removed
action-report-restored = report restored
action-report-purged = report deleted for good
action-index-rebuilt = index rebuilt
action-backup-made = backup made
action-backup-restored = backup restored
action-audit-exported = audit exported

admin-index = Index
admin-whole =
    { $reports ->
        [0] Everything agrees; the library is empty.
        [one] Everything agrees: one report, { $passages } passages.
       *[other] Everything agrees: { $reports } reports, { $passages } passages.
    }
admin-problems =
    { $count ->
        [one] One thing doesn’t agree.
       *[other] { $count } things don’t agree.
    }
admin-disk = Disk space
admin-free = { $megabytes } MB are left on this disk.
admin-part = Part
admin-megabytes = MB
admin-share = Share
admin-room-catalogue = Catalogue
admin-room-originals = Originals
admin-room-vectors = Vector index
admin-room-models = Models
admin-room-rest = The rest

## The shell

help-users =
    List the accounts, or change one: “escale users add NAME”, “role NAME staff”, “password NAME”,
    “disable NAME”, “remove NAME”. The password is asked for, or read from standard input.
help-users-do = list, add, role, password, disable or remove.
help-users-name = The account’s name.
help-users-role = reader, staff or admin; reader for a new account where nothing is said.
help-audit = Show who did what, the latest first.
help-audit-csv = Write the whole audit as CSV on standard output.
help-audit-words = Only the lines that contain these words.
help-audit-action = Only this action, such as sign-in-failed.
help-audit-limit = How many lines at most.
metavar-do = ACTION
metavar-name = NAME
metavar-role = ROLE
metavar-words = WORDS
metavar-action = ACTION
column-signed-in = Last signed in
users-none = There is no account yet. “escale users add NAME admin” makes the first one.
users-add-done = The account “{ $name }” is made.
users-role-done = “{ $name }” has its new role.
users-password-done = The password of “{ $name }” is changed; their sessions have ended.
users-disable-done = “{ $name }” can’t sign in any more. A new password opens the account again.
users-remove-done = The account “{ $name }” is deleted.
audit-none = The audit has no such line.
