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
