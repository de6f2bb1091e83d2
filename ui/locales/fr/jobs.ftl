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

error-server-of-another-version =
    Le serveur qui occupe { $folder } est Escale { $server }, et cette commande est Escale { $own }.
    Redémarrez le serveur.
error-server-unreachable =
    Le serveur qui occupe { $folder } ne répond pas ({ $reason }). Attendez qu’il ait démarré, ou
    redémarrez-le.

help-jobs =
    Affiche les travaux du serveur, le dernier d’abord, et où ils en sont.
help-cancel-job = Annule ce travail ; l’option peut être répétée.
help-watch-jobs = Attend la fin de tous les travaux, en montrant où ils en sont.
metavar-job = NUMÉRO

library-no-job = Aucun travail récent.
library-job = Travail
library-job-state = État
library-job-who = Demandé par
job-kind-read = Lecture
job-kind-add = Ajout
job-kind-replace = Remplacement
job-kind-reread = Relecture
job-kind-purge = Effacement
job-kind-reindex = Réindexation
job-state-waiting = en attente
job-state-running = en cours
job-state-done = terminé
job-state-refused = refusé
job-state-failed = échec
job-state-cancelled = annulé
