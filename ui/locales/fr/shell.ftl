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
reason-duplicate = Le même fichier est déjà là : « { $report_id } ».

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

doctor-mend-database = Remettez une copie de sauvegarde du dossier de données.
doctor-mend-full-text = Retirez le rapport et ajoutez-le de nouveau.
doctor-mend-span = Retirez le rapport et ajoutez-le de nouveau.
doctor-mend-embedding = Lancez « escale reindex ».
doctor-mend-vector-index = Lancez « escale reindex » : l’index est refait à partir du catalogue.
doctor-mend-source = Remettez le fichier d’origine à sa place, ou ajoutez le rapport de nouveau.
doctor-more-problems =
    { $count ->
        [one] et { $count } autre du même genre
       *[other] et { $count } autres du même genre
    }
