# La bibliothèque sur la page web, pour le personnel.

library-title = Bibliothèque
library-parts = Parties de la bibliothèque
library-reports = Rapports
library-jobs = Travaux
library-bin = Corbeille
library-back = Retour aux rapports
library-back-to-bin = Retour à la corbeille
library-back-to-report = Retour au rapport
library-cancel = Annuler
library-cancel-of = Annuler : { $name }
library-cancelling = Annulation…

## Téléverser

library-drop = Déposez des rapports ici ou choisissez des fichiers
library-drop-hint =
    PDF, Word, PowerPoint, OpenDocument, HTML, texte ou numérisation, jusqu’à { $limit } Mo
    chacun. Rien n’est ajouté avant que vous l’ayez confirmé.
library-send = Téléverser
library-sending = Fichiers en cours de téléversement
library-uploading = Téléversement
library-upload-failed = « { $file } » n’a pas pu être téléversé. Vérifiez le réseau et réessayez.
library-is-folder = « { $file } » est un dossier. Déposez plutôt les fichiers qu’il contient.
library-uploads = Vos fichiers
library-uploads-told =
    { $under_way ->
        [0] { $to_decide ->
            [one] Un fichier attend votre décision.
           *[other] { $to_decide } fichiers attendent votre décision.
        }
        [one] Un fichier en cours.
       *[other] { $under_way } fichiers en cours.
    }
library-step-opening = Lecture…
library-step-reading = Lecture : page { $done } sur { $total }
library-step-embedding = Indexation : { $done } phrases et passages sur { $total }
library-step-storing = Enregistrement…
library-megabytes = { $count } Mo
library-kilobytes = { $count } ko
library-pages =
    { $count ->
        [one] 1 page
       *[other] { $count } pages
    }
library-passages =
    { $count ->
        [one] 1 passage
       *[other] { $count } passages
    }
library-untitled = Sans titre
library-nothing-read = Ni destination ni date n’a été trouvée dans le texte.
library-new-version = C’est une nouvelle version de « { $title } », d’après son nom de fichier.
library-alike-same-bytes = Ce fichier est déjà dans la bibliothèque : « { $title } ».
library-alike-same-bytes-old = Ce fichier est une ancienne version de « { $title } ».
library-alike-same-bytes-bin = Ce fichier est celui de « { $title } », qui est dans la corbeille.
library-alike-same-text = Son texte est le même que celui de « { $title } ».
library-alike-same-text-old = Son texte est celui d’une ancienne version de « { $title } ».
library-alike-same-text-bin = Son texte est le même que celui de « { $title } », dans la corbeille.
library-alike-near-text = { $percent } % de son texte est déjà dans « { $title } ».
library-alike-near-text-old =
    { $percent } % de son texte est celui d’une ancienne version de « { $title } ».
library-alike-near-text-bin =
    { $percent } % de son texte est déjà dans « { $title } », dans la corbeille.
library-alike-same-mission =
    « { $title } » parle de la même mission : même destination, mêmes dates.
library-alike-same-mission-old =
    Une ancienne version de « { $title } » parle de la même mission.
library-alike-same-mission-bin =
    « { $title } », dans la corbeille, parle de la même mission.
library-see-report = Voir ce rapport
library-recognised =
    { $count ->
        [one] Une page numérisée a été lue par reconnaissance de texte ; vérifiez-la.
       *[other] { $count } pages numérisées ont été lues par reconnaissance de texte ; vérifiez-les.
    }
library-choose = Que faire de ce fichier ?
library-choose-new = Ajouter
library-choose-both = L’ajouter comme un rapport à part
library-choose-replace = Remplacer « { $title } » ; l’ancienne version restera restaurable
library-choose-restore = Ramener « { $title } » de la corbeille
library-change-metadata = Modifier le titre, les dates, les destinations…
library-outline-and-text = Voir le plan et le début du texte
library-no-outline = Aucun intertitre n’a été trouvé.
library-confirm = Confirmer
library-confirm-simple = Ajouter les { $count } fichiers sans avertissement
library-confirm-simple-hint = Ceux qui ont un avertissement vous attendent plus bas.
library-discard = Écarter
library-discard-of = Écarter { $name }
library-over = Terminés
library-clear = Vider cette liste
library-why = Explication
library-status-added = ajouté
library-status-replaced = remplacé
library-status-unchanged = déjà là
library-status-duplicate = déjà là
library-status-refused = refusé
library-status-failed = échec
library-status-cancelled = annulé
library-skipped = Déjà dans la bibliothèque, sous l’identifiant « { $report_id } ».
library-ended-added = Ajouté.
library-ended-replaced = Remplacé.
library-ended-unchanged = Rien n’a changé.
library-ended-duplicate = Doublon : rien n’a changé.
library-ended-read = Lu.
library-ended-purged = Effacé pour de bon.
library-ended-reindexed = L’index est refait.
library-ended-cancelled = Annulé : rien n’a changé.

## La liste des rapports

library-count =
    { $count ->
        [0] Aucun rapport
        [one] 1 rapport
       *[other] { $count } rapports
    }
library-empty = La bibliothèque est vide. Déposez un premier rapport ci-dessus.
library-search = Chercher un titre, une ville, une année…
library-find = Chercher
library-sort = Trier
library-sort-title = Par titre
library-sort-destination = Par destination
library-sort-dates = Par dates
library-sort-pages = Par pages
library-sort-passages = Par passages
library-sort-language = Par langue
library-sort-by = Par personne
library-sort-added = Par ajout
library-found =
    { $count ->
        [0] Aucun rapport ne contient « { $words } ».
        [one] Un rapport contient « { $words } ».
       *[other] { $count } rapports contiennent « { $words } ».
    }
library-show-all = Afficher tous les rapports
library-turn = Pages de la liste
library-column-title = Titre
library-column-destination = Destination
library-column-dates = Dates
library-column-pages = Pages
library-column-passages = Passages
library-column-language = Langue
library-column-state = État
library-state-available = disponible
library-state-outdated = à relire
library-sort-state = Par état
library-column-by = Ajouté par
library-column-added = Ajouté le
library-outdated =
    { $count ->
        [one] Un rapport a été lu par une version plus ancienne d’Escale ; le relire peut l’améliorer.
       *[other] { $count } rapports ont été lus par une version plus ancienne d’Escale ; les relire
    peut les améliorer.
    }
library-reread-all = Les relire

## Un rapport

library-size = Taille
library-added = Ajouté
library-download = Télécharger l’original
library-download-short = Télécharger
library-download-of = Télécharger { $name }, version { $version }
library-reread = Relire
library-reread-hint = Lire de nouveau l’original avec le lecteur actuel
library-outdated-one = Une version plus ancienne d’Escale a lu ce rapport ; le relire peut l’améliorer.
library-remove = Retirer
library-remove-hint = Mettre à la corbeille, d’où il peut revenir
library-in-bin = Ce rapport est dans la corbeille depuis le { $when }. Il ne répond plus aux questions.
library-restore = Restaurer
library-restore-report = Restaurer { $title }
library-replace = Remplacer par une nouvelle version
library-replace-drop = Déposez la nouvelle version ici ou choisissez un fichier
library-replace-hint =
    Vous la verrez avant de la confirmer. La version actuelle restera restaurable.
library-edit = Renseignements
library-edit-hint =
    Ce qui est modifié à la main reste, même quand une nouvelle version ou une relecture dit autre
    chose.
library-by-hand = modifié à la main
library-save = Enregistrer
library-field-title = Titre
library-field-destinations = Destinations
library-field-participants = Participants
library-field-start_date = Premier jour
library-field-end_date = Dernier jour
library-field-year = Année
library-field-published_on = Date de publication
library-field-language = Langue
library-hint-destinations = Une par ligne : ville, pays
library-hint-participants = Un par ligne : nom, rôle
library-reset-title = Reprendre le titre du fichier
library-reset-destinations = Reprendre celles du fichier
library-reset-participants = Reprendre ceux du fichier
library-reset-dates = Reprendre les dates du fichier
library-reset-published_on = Reprendre celle du fichier
library-reset-language = Reprendre celle du fichier
library-versions =
    { $count ->
        [one] Une version
       *[other] { $count } versions
    }
library-current = actuelle
library-what-to-do = Actions
library-restore-version = Rétablir
library-restore-of = Rétablir { $name }, version { $version }
library-outline = Plan
library-purge-link = Effacer ce rapport pour de bon…

## La corbeille et l’effacement

library-bin-hint =
    Ce qui est ici ne répond plus aux questions. Après { $days } jours, c’est effacé pour de bon.
library-bin-empty = La corbeille est vide.
library-removed-on = Retiré le
library-purge = Effacer pour de bon…
library-purge-report = Effacer { $title } pour de bon
library-purge-title = Effacer « { $title } » pour de bon ?
library-purge-what = Ceci sera effacé et ne pourra plus être retrouvé :
library-purge-text =
    { $passages ->
        [one] son texte (un passage), et ce qui sert à le trouver ;
       *[other] son texte ({ $passages } passages), et ce qui sert à le trouver ;
    }
library-purge-versions =
    { $count ->
        [one] son fichier d’origine :
       *[other] les fichiers d’origine de ses { $count } versions :
    }
library-purge-images = les images de ses pages.
library-purge-kept =
    Les sauvegardes faites avant gardent ce qu’elles contiennent. Le journal garde l’identifiant et
    le titre du rapport, et qui l’a effacé.
library-purge-type = Pour confirmer, écrivez le titre du rapport :
library-purge-mistyped = Ce n’est pas le titre du rapport. Rien n’a été effacé.
library-purge-now = Effacer pour de bon

## Les travaux

library-jobs-hint =
    Les longs travaux se font l’un après l’autre. Ils continuent quand vous quittez cette page, et
    reprennent si le serveur redémarre.
library-job-when = Demandé le

## Ce qui vient d’être fait

library-done-edited = Les renseignements sont enregistrés.
library-done-nothing = Rien n’était à changer.
library-done-removed = « { $name } » est dans la corbeille.
library-done-restored = « { $name } » est de retour dans la bibliothèque.
library-done-version = Cette version de « { $name } » est de nouveau la version actuelle.
library-done-purged =
    « { $name } » est effacé pour de bon : son texte, son index, ses fichiers d’origine et les
    images de ses pages ne sont plus ici.
library-done-reread = « { $name } » a été relu, et la nouvelle lecture est en place.
library-done-unchanged = « { $name } » a été relu : rien n’a changé.
library-done-queued = Le travail est dans la file. Cette page montre où il en est.
library-done-cancelled = Le travail est annulé ou s’arrête à sa prochaine étape.
library-done-discarded = Le fichier est écarté.
