# La bibliothèque : versions, corbeille, doublons, sauvegardes, réparation.

## Erreurs

error-unknown-version =
    Le rapport « { $report_id } » n’a pas de version { $version }. La commande « escale versions
    { $report_id } » affiche celles qu’il a.
error-purge-unfinished =
    Ce qui a été effacé n’est plus dans la bibliothèque, mais il en reste des traces dans les
    fichiers de { $folder } : { $reason }. Elles disparaîtront au prochain démarrage ou au
    prochain effacement.
error-report-in-bin =
    « { $file } » ne peut pas être ajouté sous l’identifiant « { $report_id } » : ce rapport est dans la
    corbeille. Restaurez-le (escale restore { $report_id }), effacez-le pour de bon ou choisissez
    un autre identifiant.
error-source-changed =
    « { $file } » a changé pendant son enregistrement. Ajoutez-le de nouveau une fois enregistré.
error-sync-folder-missing = Le dossier { $folder } n’existe pas. Rien n’a été modifié.
error-sync-folder-emptied =
    { $folder } ne contient plus aucun fichier, alors que des rapports en viennent ({ $count }). Rien
    n’a été modifié. Si tous doivent aller à la corbeille, dites-le : --allow-empty.
error-report-exists =
    « { $file } » ne peut pas devenir le nouveau rapport « { $report_id } » : cet identifiant est déjà
    pris. Remplacez ce rapport (escale replace { $report_id } FICHIER) ou choisissez un autre
    identifiant.
error-no-data-folder =
    { $folder } ne contient pas de données d’Escale. Indiquez le dossier de données avec --data.
error-not-a-backup =
    { $file } n’est pas une sauvegarde d’Escale, ou vient d’une version plus récente. Il n’a pas été
    touché.
error-backup-in-data-folder =
    { $file } est dans le dossier de données { $folder } lui-même. Écrivez la sauvegarde ailleurs.
error-backup-damaged =
    La sauvegarde { $file } est endommagée ({ $member }). Rien n’a été modifié ; prenez-en une autre.
error-data-folder-not-empty =
    { $folder } contient déjà des données ; rien n’a été modifié. Restaurez { $file } dans un autre
    dossier (--data), ou mettez les anciennes données de côté avec --force.
error-vector-index-unusable =
    L’index des vecteurs { $index } est inutilisable : { $reason }. Rien n’a été modifié. Vérifiez le
    disque ou le serveur Chroma, puis lancez « escale doctor ».
