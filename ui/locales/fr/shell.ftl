# L’interpréteur de commandes « escale » : l’aide, les messages, les tableaux.

## Aide : les commandes

help-escale =
    Escale répond à vos questions sur les rapports de mission, avec des citations exactes.

    Les options communes se placent avant ou après le nom de la commande.
help-serve = Ouvrir la page web (au tout premier démarrage, indexe le rapport fourni en exemple).
help-ask =
    Poser une question et recevoir une réponse avec ses citations.

    Code de sortie : 0 si les rapports répondent, 3 s’ils ne répondent pas.
help-search = Chercher les passages les plus proches de quelques mots.
help-check =
    Vérifier un texte, affirmation par affirmation.

    Code de sortie : 4 si une affirmation est contredite, 0 sinon.
help-add = Ajouter ou remplacer des rapports.
help-list = Lister les rapports.
help-show = Montrer un rapport : ce qu’on en sait, son plan, ses passages.
help-remove = Retirer des rapports.
help-reindex =
    Refaire l’index avec le modèle choisi dans les réglages.

    L’ancien index répond jusqu’à ce que le nouveau soit complet.
help-doctor = Vérifier l’installation et le dossier de données, et dire quoi faire.

## Aide : les options communes

help-data = Le dossier de données (par défaut : ./data).
help-config = Le fichier de réglages (par défaut : ./escale.toml).
help-lang = La langue des messages.
help-json = Écrire le résultat en JSON sur la sortie standard.
help-debug = Écrire un journal détaillé sur la sortie d’erreur.
help-version = Afficher la version d’Escale.
help-help = Afficher cette aide.
help-install-completion = Installer la complétion dans l’interpréteur de commandes.
help-show-completion = Afficher le script de complétion.

## Aide : les arguments et les options des commandes

help-question = La question, en français ou en anglais (« - » : l’entrée standard).
help-query = Quelques mots ou une question (« - » : l’entrée standard).
help-text = Un fichier, le texte lui-même, ou « - » pour l’entrée standard.
help-count = Le nombre de passages.
help-in-report = Seulement ce rapport (répétable).
help-in-year = Seulement les missions de cette année (répétable).
help-in-destination = Seulement les missions dans cette ville ou ce pays (répétable).
help-in-pillar = Seulement cet axe (répétable).
help-paths = Des fichiers, ou des dossiers avec --recursive.
help-recursive = Ajouter aussi tous les fichiers des dossiers.
help-id = L’identifiant du rapport, nouveau ou à remplacer.
help-title = Le titre du rapport.
help-destination = La destination, par exemple « Rotterdam, Pays-Bas » (répétable).
help-year = L’année de la mission.
help-start = Le premier jour de la mission (AAAA-MM-JJ).
help-end = Le dernier jour de la mission (AAAA-MM-JJ).
help-report-id = L’identifiant du rapport, selon « escale list ».
help-report-ids = Les identifiants des rapports, selon « escale list ».
help-passages = Écrire aussi le texte des passages.
help-yes = Ne pas demander de confirmation.
help-host = L’adresse à laquelle la page est servie.
help-port = Le port sur lequel la page est servie.
help-sample = Indexer le rapport d’exemple au tout premier démarrage.

metavar-address = ADRESSE
metavar-command = COMMANDE [ARGUMENTS]…
metavar-day = AAAA-MM-JJ
metavar-file = FICHIER
metavar-folder = DOSSIER
metavar-options = [OPTIONS]
metavar-paths = CHEMIN
metavar-place = LIEU
metavar-query = MOTS
metavar-question = QUESTION
metavar-report = RAPPORT
metavar-reports = RAPPORT
metavar-text = TEXTE
metavar-title = TITRE
metavar-year = ANNÉE

help-arguments = Arguments
help-options = Options
help-commands = Commandes
help-default = [par défaut : { $value }]
help-variable = [variable : { $name }]
help-required = [obligatoire]

## Mauvais emploi

shell-see-help = Voyez « { $command } --help ».
shell-no-such-command = La commande « { $name } » n’existe pas.
shell-near-command = La commande « { $name } » n’existe pas. Vouliez-vous dire « { $near } » ?
shell-no-such-option = L’option « { $option } » n’existe pas.
shell-option-misused = L’option « { $option } » est mal employée : il lui manque une valeur, ou elle n’en prend pas.
shell-missing = Il manque « { $name } ».
shell-bad-value = La valeur de « { $name } » est incorrecte : { $expected } est attendu.
shell-wrong-arguments = Les arguments sont mal placés ou trop nombreux. Mettez une question ou un texte entre guillemets droits.
shell-no-such-file = Le fichier { $path } n’existe pas.
shell-is-a-folder = { $path } est un dossier ; ajoutez --recursive pour prendre ses fichiers.
shell-no-file = Les dossiers indiqués ne contiennent aucun fichier.
shell-not-text = L’entrée standard n’est pas du texte.
shell-metadata-of-many = Un titre, une destination ou des dates ne peuvent décrire qu’un seul fichier à la fois.
shell-ends-before-start = La mission ne peut pas finir avant de commencer.

## Échecs

shell-interrupted = Interrompu.
shell-system = { $file } : { $reason }.
shell-unexpected = Escale a rencontré un problème inattendu ({ $kind }).
shell-use-debug = Relancez la commande avec --debug pour voir le détail.

## Travail en cours

shell-opening = Ouverture du dossier de données…
shell-preparing-model = Préparation du modèle, une seule fois…
shell-examining = Examen en cours…
shell-first-start = Premier démarrage : le rapport fourni en exemple est indexé.
shell-serving = Escale écoute à l’adresse { $url } (Ctrl+C pour arrêter).
shell-reindexing = Réindexation
shell-reindexed =
    { $passages ->
        [one] L’index est refait : { $passages } passage.
       *[other] L’index est refait : { $passages } passages.
    }
shell-removed = Le rapport « { $report_id } » est retiré.
shell-confirm-remove = Retirer « { $title } » ({ $report_id }) et ses fichiers ?

## Réponses

quoted = « { $text } »
page-number = p. { $page }
shell-quotes-in = Les citations sont dans la langue des rapports ({ $languages }).
shell-abstained = Les rapports ne répondent pas à cette question.
shell-searched = Cherché dans : { $reports }.
shell-nearest = À lire peut-être, sans que ce soit une réponse :
shell-no-hit = Aucun passage trouvé.
shell-check-summary =
    Confirmées : { $supported } · contredites : { $contradicted } · introuvables : { $not_found } · non vérifiables : { $unchecked }

verdict-supported = confirmé
verdict-contradicted = contredit
verdict-not-found = introuvable
verdict-not-checkable = non vérifiable

language-fr = français
language-en = anglais

## Rapports

column-file = Fichier
column-result = Résultat
column-report = Rapport
column-why = Pourquoi
column-id = Identifiant
column-title = Titre
column-destination = Destination
column-dates = Dates
column-language = Langue
column-version = Version
column-pages = Pages
column-passages = Passages
column-added-on = Ajouté le

status-added = ajouté
status-replaced = remplacé
status-unchanged = inchangé
status-duplicate = doublon
status-refused = refusé

stage-reading = lecture
stage-embedding = indexation
stage-storing = enregistrement

reason-unchanged = Déjà dans la bibliothèque.

warning-ocr-pages = Des pages numérisées ont été lues par reconnaissance de texte ; vérifiez-les.
warning-ocr-pages-missing = Des pages numérisées n’ont pas été lues, faute de reconnaissance de texte.

pillar-objectifs = Objectifs
pillar-rayonne = Québec rayonne
pillar-apprend = Québec apprend
pillar-attire = Québec attire

shell-no-report = Il n’y a encore aucun rapport. « escale add FICHIER » en ajoute un.
shell-outline = Plan

## Examen (escale doctor)

doctor-python = Python
doctor-python-advice = Installez Python { $oldest } à { $newest }.
doctor-sqlite = SQLite
doctor-sqlite-advice = Installez un Python dont SQLite comprend FTS5.
doctor-chroma = Chroma
doctor-settings = Réglages
doctor-settings-default = valeurs par défaut (aucun fichier escale.toml)
doctor-disk = Disque
doctor-disk-free = { $gigabytes } Go libres
doctor-disk-advice = Libérez de l’espace ou placez le dossier de données ailleurs.
doctor-data-folder = Données
doctor-data-folder-missing = { $folder } n’existe pas encore
doctor-data-folder-missing-advice = Rien à faire : il sera créé au premier emploi.
doctor-data-folder-holds =
    { $reports ->
        [one] { $folder } : { $reports } rapport
       *[other] { $folder } : { $reports } rapports
    }
doctor-in-use-advice = Arrêtez ce processus et relancez l’examen pour vérifier aussi l’index.
doctor-index = Index
doctor-index-agrees = le catalogue, le texte intégral et les vecteurs s’accordent
doctor-model = Modèle
doctor-model-works = { $model }, { $dimension } dimensions, une question en { $milliseconds } ms
doctor-ocr = Reconnaissance de texte
doctor-ocr-missing = Tesseract est introuvable : les documents numérisés seront refusés
doctor-ocr-languages = il manque à Tesseract les langues { $languages }
doctor-ocr-advice = Pour l’installer : { $command }
doctor-port = Port
doctor-port-free = { $address } est libre
doctor-port-advice = Rien à faire si c’est Escale elle-même qui écoute.

## Examen : ce qui ne s’accorde pas dans le dossier de données, et quoi faire

doctor-problem-database = Le catalogue est endommagé : { $detail }.
doctor-problem-full-text = Le texte intégral ne suit pas le catalogue : { $detail }.
doctor-problem-span = Un passage n’est plus le texte de son rapport : { $detail }.
doctor-problem-embedding = Un passage n’a pas son vecteur : { $detail }.
doctor-problem-vector-index = L’index des vecteurs ne suit pas le catalogue : { $detail }.
doctor-problem-source = Un fichier d’origine manque ou a changé : { $detail }.

doctor-mend-database = Lancez « escale doctor --repair » ; si cela ne suffit pas, restaurez une sauvegarde (escale restore-backup).
doctor-mend-full-text = Lancez « escale doctor --repair » : il est refait à partir du catalogue.
doctor-mend-span = Lancez « escale doctor --repair » : les passages sont recoupés dans le texte.
doctor-mend-embedding = Lancez « escale doctor --repair » : les vecteurs manquants sont refaits.
doctor-mend-vector-index = Lancez « escale doctor --repair » : l’index est refait à partir du catalogue.
doctor-mend-source = Ajoutez de nouveau le même fichier (escale add), ou restaurez une sauvegarde : il ne peut pas être refait.
doctor-more-problems =
    { $count ->
        [one] et { $count } autre du même genre
       *[other] et { $count } autres du même genre
    }

## La bibliothèque : remplacer, restaurer, effacer, suivre un dossier, sauvegarder

help-replace =
    Remplacer un rapport par une nouvelle version.

    L’ancienne version reste restaurable (voir « escale versions »).
help-versions = Lister les versions d’un rapport.
help-edit = Corriger le titre, les destinations ou les dates d’un rapport.
help-reread = Relire les fichiers d’origine, quand Escale a appris à mieux lire.
help-restore =
    Ramener un rapport de la corbeille, une ancienne version, ou toutes les données d’une sauvegarde.
help-purge = Effacer des rapports pour de bon, avec toutes leurs versions.
help-sync =
    Suivre un dossier : ajouter ce qui est nouveau, remplacer ce qui a changé, mettre à la corbeille
    ce qui n’y est plus.

    Seuls les rapports venus de ce dossier sont touchés.
help-backup = Sauvegarder toutes les données dans un fichier, même pendant que le serveur travaille.
help-restore-backup = Restaurer toutes les données d’une sauvegarde.

help-replaced = Le rapport que le fichier remplace.
help-keep-both = Ajouter même un texte presque identique à celui d’un autre rapport.
help-removed = Lister plutôt les rapports de la corbeille.
help-new-version = Le fichier de la nouvelle version.
help-restored = L’identifiant d’un rapport, ou le fichier d’une sauvegarde.
help-restored-version = La version, ou son début, selon « escale versions ».
help-force = Restaurer même par-dessus des données ; celles-ci sont mises de côté.
help-published = Le jour de la publication du rapport (AAAA-MM-JJ).
help-report-language = La langue du rapport.
help-reset = Reprendre ce que dit le fichier pour ce champ (répétable).
help-outdated = Tous les rapports lus par une version plus ancienne.
help-if-exists = Ne rien faire, sans erreur, s’il n’y a pas de tel rapport.
help-synced-folder = Le dossier à suivre, avec ses sous-dossiers.
help-dry-run = Montrer ce qui serait fait, sans rien faire.
help-allow-empty = Continuer même si le dossier ne contient plus aucun fichier.
help-backup-file = Le fichier de la sauvegarde.

metavar-restored = RAPPORT|FICHIER

shell-restored = Le rapport « { $report_id } » est dans la bibliothèque.
shell-edited = Le rapport « { $report_id } » est corrigé.
shell-purging = Effacement de « { $report_id } »…
shell-purged = Le rapport « { $report_id } » est effacé pour de bon.
shell-confirm-purge =
    { $versions ->
        [one] Effacer « { $report_id } » ({ $versions } version) pour de bon ? Rien ne pourra le ramener.
       *[other] Effacer « { $report_id } » ({ $versions } versions) pour de bon ? Rien ne pourra le ramener.
    }
shell-confirm-gone =
    { $count ->
        [one] Mettre { $count } rapport à la corbeille ?
       *[other] Mettre { $count } rapports à la corbeille ?
    }
shell-say-yes = Personne n’est là pour confirmer : ajoutez --yes.
shell-nothing-to-edit = Dites ce qu’il faut corriger : --title, --destination, --year, --reset…
shell-reread-what = Nommez des rapports, ou indiquez --outdated pour tous ceux qui sont à relire.
shell-comparing = Comparaison du dossier avec la bibliothèque…
shell-unchanged-files =
    { $count ->
        [one] { $count } fichier inchangé.
       *[other] { $count } fichiers inchangés.
    }
shell-backing-up = Sauvegarde
shell-backed-up =
    { $reports ->
        [one] { $reports } rapport est sauvegardé dans { $file } ({ $megabytes } Mo, vérifié).
       *[other] { $reports } rapports sont sauvegardés dans { $file } ({ $megabytes } Mo, vérifié).
    }
shell-restoring = Restauration
shell-backup-restored =
    { $reports ->
        [one] { $folder } contient de nouveau { $reports } rapport, comme le { $day }.
       *[other] { $folder } contient de nouveau { $reports } rapports, comme le { $day }.
    }
shell-kept-aside = Les données d’avant sont dans { $folder } ; supprimez-les une fois tout vérifié.

column-change = Changement
column-added-by = Ajouté par
change-new = nouveau
change-changed = modifié
change-renamed = renommé
change-gone = disparu → corbeille
change-unchanged = inchangé
change-left = laissé
change-refused = refusé
sync-was = auparavant { $path }
sync-left = Retiré ou effacé par quelqu’un : « escale restore » ou « escale add » le ramène.

like-same-bytes =
    { $superseded ->
        [true] Le même fichier est une ancienne version de « { $title } » ({ $report_id }).
       *[false] Le même fichier est déjà là : « { $title } » ({ $report_id }).
    }
like-same-text =
    { $superseded ->
        [true] Le même texte est une ancienne version de « { $title } » ({ $report_id }).
       *[false] Le même texte est déjà là : « { $title } » ({ $report_id }).
    }
like-near-text = Ressemble à une version de « { $title } » ({ $report_id }) : { $share } du texte est le même.
like-same-mission = Ressemble à une version de « { $title } » ({ $report_id }) : la mission est la même.
like-decide = Pour la remplacer : --replace { $report_id } ; pour garder les deux : --keep-both.
like-added =
    Les deux sont gardés ; pour n’en faire qu’un : « escale purge { $added_id } », puis
    « escale replace { $report_id } FICHIER ».

## Examen : réparer

help-repair = Réparer d’abord, dans les données, ce qui peut l’être.
shell-repairing = Réparation en cours…
shell-repaired =
    { $count ->
        [0] Il n’y avait rien à réparer.
        [one] { $count } problème a été traité.
       *[other] { $count } problèmes ont été traités.
    }
doctor-problem-stray = Il reste des traces de ce qui a été interrompu ou effacé : { $detail }.
doctor-problem-report = Un rapport a perdu sa version : { $detail }.
doctor-problem-text = Le texte d’un rapport n’est plus celui qui a été lu : { $detail }.
doctor-problem-reindexing = Le passage à un autre modèle est resté inachevé : { $detail }.
doctor-mend-stray = Lancez « escale doctor --repair » : ces traces sont supprimées.
doctor-mend-report = Lancez « escale doctor --repair » : la dernière version est reprise.
doctor-mend-text = Lancez « escale doctor --repair » : le fichier d’origine est relu.
doctor-mend-reindexing = Lancez « escale reindex » pour le finir, ou « escale doctor --repair ».
