# Les comptes : erreurs, connexion, administration, journal.

## Erreurs

error-unknown-user =
    Personne ne porte le nom « { $name } ». La commande « escale users list » affiche les noms.
error-name-taken = Le nom « { $name } » est déjà pris. Choisissez-en un autre.
error-invalid-name =
    « { $name } » ne convient pas comme nom d’utilisateur : prenez de 2 à { $limit } lettres,
    chiffres et signes . _ @ + -.
error-password-too-short =
    Ce mot de passe est trop court : il faut au moins { $limit } caractères. Quelques mots à la
    suite font l’affaire.
error-password-too-long = Ce mot de passe est trop long : { $limit } caractères au plus.
error-password-is-name =
    Ce mot de passe se devine trop facilement : il ressemble au nom, ou répète un même signe.
    Choisissez-en un autre.
error-last-admin =
    « { $name } » est la seule personne qui administre Escale. Donnez d’abord ce rôle à quelqu’un
    d’autre.
error-no-password =
    « { $name } » se connecte avec le compte de l’organisation ({ $issuer }) et n’a pas de mot de
    passe ici.

error-sign-in-required =
    Sans connexion, la page n’est servie qu’à cet ordinateur, pas à { $host }. Mettez [ui] sign_in
    = "local" (ou "oidc"), ou laissez [ui] host à 127.0.0.1 et [ui] public_url vide.
error-sign-on-incomplete =
    Le réglage [ui] { $setting } manque : [ui] sign_in = "oidc" en a besoin.

## Rôles

role-reader = lecture
role-staff = personnel
role-admin = administration

## Ce qui est refusé

access-skip = Aller au contenu
access-library = Bibliothèque
access-navigation = Navigation
access-other-language = English
access-refused = Ce n’est pas possible
access-no-right = Votre compte ne permet pas de faire cela.
access-forbidden =
    Cette page demande le rôle « { $role } », que votre compte n’a pas. La personne qui administre
    Escale peut vous le donner.
access-sign-in-again = Vous n’êtes plus connecté. Connectez-vous de nouveau.

## Se connecter

sign-in-title = Se connecter
sign-in-name = Nom
sign-in-password = Mot de passe
sign-in-submit = Se connecter
sign-in-provider = Se connecter avec le compte de l’organisation
sign-in-or = ou
sign-in-first =
    Il n’y a pas encore de compte. Ouvrez le lien que le serveur a affiché à son démarrage pour créer
    celui qui administre Escale.
sign-in-lost = Mot de passe oublié ? La personne qui administre Escale peut en mettre un autre.
sign-in-wrong = Ce nom ou ce mot de passe n’est pas le bon.
sign-in-wait =
    { $minutes ->
        [one] Trop d’essais. Réessayez dans une minute.
       *[other] Trop d’essais. Réessayez dans { $minutes } minutes.
    }
sign-on-failed =
    La connexion avec le compte de l’organisation a échoué. Réessayez ; si cela continue, avertissez
    la personne qui administre Escale.
sign-on-refused = Votre compte de l’organisation ne donne pas accès à Escale.
signed-out-title = Vous êtes déconnecté
signed-out-text = À bientôt.
signed-out-again = Se connecter de nouveau
signed-out-provider = Se déconnecter aussi du compte de l’organisation
signed-out-shared = Si vous partagez cet ordinateur, déconnectez-vous aussi du compte de l’organisation.

## Son compte

account-title = Votre compte
account-home = Aller à la page
account-sign-in = Se connecter
account-sign-out = Se déconnecter
account-role = Rôle
account-password = Changer de mot de passe
account-change = Changer le mot de passe
account-changed = Le mot de passe est changé. Vos autres sessions sont terminées.
account-current-wrong = Ce n’est pas votre mot de passe actuel.
account-wait = Trop d’essais. Réessayez dans quelques minutes.
password-current = Mot de passe actuel
password-new = Nouveau mot de passe
password-again = Nouveau mot de passe, encore une fois
password-hint = Quelques mots à la suite font un bon mot de passe.
password-differs = Les deux mots de passe ne sont pas les mêmes.
admin-title = Administration

## Le premier compte

setup-title = Créer le premier compte
setup-text = Ce compte administre Escale : il donne aux autres leur accès.
setup-submit = Créer le compte
setup-closed = Ce lien a déjà servi, ou il est trop vieux. Redémarrez le serveur pour en avoir un autre.
shell-setup = Pour créer le compte qui administre Escale, ouvrez une fois { $url }
