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

## Le premier compte

setup-title = Créer le premier compte
setup-text = Ce compte administre Escale : il donne aux autres leur accès.
setup-submit = Créer le compte
setup-closed = Ce lien a déjà servi, ou il est trop vieux. Redémarrez le serveur pour en avoir un autre.
shell-setup = Pour créer le compte qui administre Escale, ouvrez une fois { $url }

## L’administration

admin-title = Administration
admin-statistics = Statistiques
admin-answers = Réponses
admin-users = Comptes
admin-audit = Journal
admin-health = État

admin-days = { $days } jours
admin-counted = Comptées par jour, sans dire qui a demandé.
admin-total = { $count } en tout
admin-plot = { $name } par jour : { $total } en { $days } jours, { $highest } au plus en un jour
admin-table = Les mêmes nombres en tableau
admin-day = Jour
admin-count-questions = Questions
admin-count-abstentions = Questions sans réponse
admin-count-checks = Textes vérifiés
admin-count-helpful = Réponses jugées utiles
admin-count-unhelpful = Réponses jugées inutiles

admin-not-stored =
    Les questions ne sont pas conservées ; seul leur nombre est compté. Le réglage
    « store_questions » de [ui] les fait conserver : la page le dit alors à qui s’en sert.
admin-stored =
    Les questions sont conservées { $days } jours, sans dire qui les a posées. La page le dit à qui
    s’en sert.
admin-unanswered = Questions restées sans réponse
admin-feedback = Avis sur les réponses
admin-none = Rien pour l’instant.
admin-when = Quand
admin-question = Question
admin-rating = Avis
admin-rating-up = Utile
admin-rating-down = Inutile

admin-done-added = Le compte « { $name } » est créé.
admin-done-role = « { $name } » a un autre rôle.
admin-done-password = Le mot de passe de « { $name } » est changé ; ses sessions sont terminées.
admin-done-suspended = « { $name } » ne peut plus se connecter.
admin-done-removed = Le compte « { $name } » est supprimé.
admin-is-suspended = suspendu
admin-of-provider = compte de l’organisation ({ $issuer })
admin-last-seen = Dernière connexion : { $moment }
admin-never-seen = Ne s’est encore jamais connecté
admin-change = Modifier
admin-set-role = Changer le rôle
admin-set-password = Changer le mot de passe
admin-suspend = Suspendre
admin-suspend-hint = Ses sessions se terminent, et son mot de passe ne sert plus. Un nouveau mot de passe rouvre le compte.
admin-remove = Supprimer
admin-remove-sure = Supprimer le compte de { $name } pour de bon
admin-add = Ajouter un compte
admin-add-submit = Créer le compte
admin-password-hint = Au moins 12 caractères. La personne pourra le changer elle-même.
admin-roles =
    Lecture : poser des questions et vérifier des textes. Personnel : gérer aussi la bibliothèque.
    Administration : gérer aussi les comptes et consulter le journal.

admin-audit-grows = Qui a fait quoi, et quand. Rien n’y est jamais modifié ni effacé.
admin-words = Contient
admin-action = Action
admin-every-action = Toutes
admin-filter = Filtrer
admin-csv = Exporter en CSV
admin-who = Qui
admin-target = Sur quoi
admin-detail = Précisions
admin-address = Adresse
admin-latest = Les plus récentes
admin-earlier = Plus anciennes

action-signed-in = connexion
action-signed-out = déconnexion
action-sign-in-failed = échec de connexion
action-user-added = compte créé
action-user-suspended = compte suspendu
action-user-removed = compte supprimé
action-role-changed = rôle changé
action-password-changed = mot de passe changé
action-report-added = rapport ajouté
action-report-replaced = rapport remplacé
action-report-reread = rapport relu
action-report-edited = fiche modifiée
action-report-removed = rapport retiré
action-report-restored = rapport rétabli
action-report-purged = rapport effacé pour de bon
action-index-rebuilt = index refait
action-backup-made = sauvegarde faite
action-backup-restored = sauvegarde restaurée
action-audit-exported = journal exporté

admin-index = Index
admin-whole =
    { $reports ->
        [0] Tout s’accorde ; la bibliothèque est vide.
        [one] Tout s’accorde : un rapport, { $passages } passages.
       *[other] Tout s’accorde : { $reports } rapports, { $passages } passages.
    }
admin-problems =
    { $count ->
        [one] Une chose ne s’accorde pas.
       *[other] { $count } choses ne s’accordent pas.
    }
admin-disk = Espace disque
admin-free = Il reste { $megabytes } Mo sur ce disque.
admin-part = Partie
admin-megabytes = Mo
admin-share = Part
admin-room-catalogue = Catalogue
admin-room-originals = Fichiers d’origine
admin-room-vectors = Index des vecteurs
admin-room-models = Modèles
admin-room-rest = Le reste

## L’interpréteur de commandes

help-users =
    Liste les comptes, ou en change un : « escale users add NOM », « role NOM staff », « password NOM »,
    « disable NOM », « remove NOM ». Le mot de passe est demandé, ou lu sur l’entrée standard.
help-users-do = list, add, role, password, disable ou remove.
help-users-name = Le nom du compte.
help-users-role = reader, staff ou admin ; reader pour un nouveau compte si rien n’est dit.
help-audit = Montre qui a fait quoi, du plus récent au plus ancien.
help-audit-csv = Écrit tout le journal en CSV sur la sortie standard.
help-audit-words = Seulement les lignes qui contiennent ces mots.
help-audit-action = Seulement cette action, par exemple sign-in-failed.
help-audit-limit = Combien de lignes au plus.
metavar-do = ACTION
metavar-name = NOM
metavar-role = RÔLE
metavar-words = MOTS
metavar-action = ACTION
column-signed-in = Dernière connexion
users-none = Il n’y a pas encore de compte. « escale users add NOM admin » crée le premier.
users-add-done = Le compte « { $name } » est créé.
users-role-done = « { $name } » a son nouveau rôle.
users-password-done = Le mot de passe de « { $name } » est changé ; ses sessions sont terminées.
users-disable-done = « { $name } » ne peut plus se connecter. Un nouveau mot de passe rouvre le compte.
users-remove-done = Le compte « { $name } » est supprimé.
audit-none = Le journal n’a pas de telle ligne.
