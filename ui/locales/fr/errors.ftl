# Les erreurs : une entrée « error-<code> » par sous-classe d’EscaleError.
# Chaque texte dit ce qui est arrivé, à quoi, et quoi faire.

error-error = Escale a rencontré un problème.

error-data-folder-in-use =
    Le dossier de données { $folder } est utilisé par { $holder }. Arrêtez ce processus ou
    indiquez un autre dossier avec --data.
error-data-folder-too-new =
    Le dossier de données { $folder } a été écrit par une version plus récente d’Escale
    (schéma { $found }). Mettez Escale à jour ; rien n’a été modifié.
error-data-folder-unusable = Le dossier de données { $folder } est inutilisable : { $reason }.
error-disk-full =
    Il ne reste plus d’espace dans { $folder }. Rien n’a été modifié ; libérez de l’espace et
    réessayez.

error-unknown-report =
    Aucun rapport ne porte l’identifiant « { $report_id } ». La commande « escale list »
    affiche les identifiants.
error-unknown-passage =
    Aucun passage ne porte l’identifiant « { $passage_id } ». Son rapport a peut-être été
    remplacé ou retiré.

error-model-mismatch =
    L’index a été fait avec le modèle { $index_model }, mais les réglages nomment
    { $configured_model }. Lancez « escale reindex » pour passer l’index à ce modèle, ou
    rétablissez le réglage.
error-model-unavailable =
    Le modèle { $model } ne peut pas être chargé : { $reason }.
error-invalid-setting =
    { $source } : le réglage { $setting } est incorrect : { $reason }.

error-empty-query = La question est vide. Écrivez une question de quelques mots.
error-query-too-long =
    La question compte { $length } caractères ; la limite est de { $limit }. Raccourcissez-la.

error-file-refused = « { $file } » a été refusé.
error-unreadable-file =
    « { $file } » est illisible : { $reason }. Ouvrez-le dans son logiciel et
    enregistrez-le de nouveau.
error-missing-file =
    Il n’y a pas de fichier « { $file } » dans { $folder }.
error-side-file =
    « { $file } » contient les métadonnées d’un rapport. Ajoutez le rapport lui-même ; elles
    seront lues avec lui.
error-empty-file =
    « { $file } » est vide (0 octet). Vérifiez qu’il a été copié ou téléchargé en entier.
error-no-text =
    Aucun texte dans « { $file } ». Si c’est un document numérisé, il faut la reconnaissance
    de texte (OCR).
error-unsupported-file =
    « { $file } » est d’un type qui ne peut pas être lu ({ $media_type }). Types
    connus : { $known }.
error-file-too-large =
    « { $file } » pèse { $megabytes } Mo ; la limite est de { $limit } Mo. Divisez-le ou
    augmentez le réglage [ingest] max_file_megabytes.
error-file-changed =
    « { $file } » a changé pendant sa lecture. Ajoutez-le de nouveau une fois enregistré.
error-invalid-metadata =
    Les métadonnées de « { $file } » sont incorrectes : { $field } : { $reason }.

# Lecture des fichiers
error-damaged-file =
    « { $file } » est endommagé ou incomplet. Copiez-le ou téléchargez-le de nouveau, ou
    réenregistrez-le dans son logiciel d’origine.
error-reader-failed =
    Escale n’a pas réussi à lire « { $file } ». Réenregistrez-le dans son logiciel d’origine ou
    en PDF.
error-encrypted-file =
    « { $file } » est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis
    ajoutez-le de nouveau.
error-too-large-unpacked =
    « { $file } » est trop volumineux une fois décompressé (plus de { $megabytes } Mo).
    Divisez-le ou réduisez ses images ; le réglage [ingest] reading_megabytes fixe la limite.
error-reading-too-slow =
    La lecture de « { $file } » n’a pas avancé depuis { $seconds } s. Réenregistrez-le dans son
    logiciel d’origine ou augmentez [ingest] reading_seconds_per_page.
error-reading-cancelled = La lecture de « { $file } » a été annulée. Rien n’a été modifié.
error-ocr-missing =
    « { $file } » est numérisé (une image sans texte) et Tesseract n’est pas installé.
    Installez-le, puis ajoutez le fichier de nouveau : { $command }

# La page web
error-port-taken =
    Le port { $port } de { $host } est déjà pris par un autre programme. Arrêtez ce programme ou
    indiquez un autre port avec --port.
error-version-gone =
    Ce fichier n’est plus dans la bibliothèque : son rapport a été remplacé ou retiré. Posez de
    nouveau votre question pour obtenir la version actuelle.
error-no-such-page = Il n’y a pas de page { $page } : le rapport compte { $count } pages.
error-empty-draft = Il n’y a pas de texte à vérifier. Collez une phrase ou tout un discours.
error-draft-too-long =
    Le texte compte { $length } caractères ; la limite est de { $limit }. Vérifiez-le en plusieurs
    parties.
error-draft-too-large =
    « { $file } » dépasse { $limit } Mo. Enregistrez-le sans ses images, ou collez son texte.
error-draft-unsupported =
    « { $file } » n’est pas d’un type qui peut être lu. Téléversez un fichier DOCX, PDF, ODT ou TXT, ou
    collez son texte.
error-draft-too-slow = La lecture de « { $file } » a été trop longue. Collez plutôt son texte.
error-address-unusable =
    La page ne peut pas être servie à l’adresse { $host }, port { $port } : { $reason }. Indiquez
    une autre adresse avec --host ou un autre port avec --port.
error-ocr-failed =
    Le texte de « { $file } », un document numérisé, n’a pas pu être reconnu : Tesseract a
    échoué. Numérisez-le de nouveau en noir et blanc, à 300 points par pouce.

# Évaluation
error-invalid-evaluation-set =
    « { $file } », ligne { $line } : ce n’est pas une question d’un jeu d’évaluation ({ $reason }).
error-empty-evaluation-set =
    « { $file } » ne contient aucune question de la partie demandée. Choisissez un autre jeu ou
    une autre moitié (--split).
error-unknown-gold-report =
    La question { $question } attend le rapport « { $report } », qui n’est pas dans la
    bibliothèque. Ajoutez-le ou indiquez son dossier avec --reports.
error-gold-quote-not-found =
    La question { $question } cite des mots que le rapport « { $report } » ne contient pas :
    « { $quote } ».
error-invalid-evaluation-run =
    « { $file } » n’est pas un résultat écrit par « escale eval --output » : { $reason }.
error-runs-not-comparable =
    Les deux résultats n’ont aucune question en commun : ils viennent de jeux différents.
error-evaluation-package-missing =
    Le paquet { $package } n’est pas installé. Installez-le avec :
    pip install "escale[eval]".
error-evaluation-report-refused =
    Le rapport { $file } de l’évaluation ne peut pas être ajouté : { $reason }
