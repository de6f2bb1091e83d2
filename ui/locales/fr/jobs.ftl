# La file d’attente des travaux de la bibliothèque et les fichiers téléversés.

error-queue-full =
    { $limit } travaux attendent déjà. Réessayez quand quelques-uns seront terminés ; le
    réglage [ingest] max_waiting_jobs fixe la limite.
error-unknown-job =
    Il n’y a pas de travail { $job }. La commande « escale jobs » en affiche la liste.
error-unknown-upload = Ce fichier téléversé n’est plus là. Téléversez-le de nouveau.
error-not-read-yet =
    « { $file } » n’attend pas votre confirmation. Actualisez la page pour voir pourquoi.
error-too-many-uploads =
    « { $file } » a été refusé : { $limit } fichiers attendent déjà votre décision. Ajoutez-en ou
    écartez-en ; le réglage [ingest] max_uploads fixe la limite.
error-upload-too-large =
    « { $file } » dépasse { $limit } Mo. Divisez-le ou augmentez le réglage [ingest]
    max_file_megabytes.
error-uploads-too-large =
    « { $file } » a été refusé : les fichiers en attente occupent plus de { $limit } Mo. Ajoutez-en
    ou écartez-en ; le réglage [ingest] incoming_megabytes fixe la limite.
error-upload-cut-off = « { $file } » n’est pas arrivé en entier. Téléversez-le de nouveau.
error-job-failed =
    Le travail sur « { $name } » a échoué ({ $kind }). Le journal du serveur dit pourquoi.
error-job-given-up =
    Le travail sur « { $name } » a été abandonné : le serveur s’est arrêté { $times } fois pendant
    qu’il se faisait.
