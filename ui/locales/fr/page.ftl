# La page web : ses contrôles, ses réponses, ses sources.

## L’en-tête et l’accueil

page-title = Escale — les rapports de mission
page-tagline = Les rapports de mission, interrogés et cités mot à mot
page-language = Langue de la page
page-language-name = Français
page-new = Nouvelle conversation
page-welcome = Que voulez-vous savoir des missions ?
page-library =
    { $count ->
        [one] Un rapport est à votre disposition : { $missions }.
       *[other] { $count } rapports sont à votre disposition : { $missions }.
    }
page-library-many = { $count } rapports sont à votre disposition, dont { $missions }.
page-empty-title = La bibliothèque est vide
page-empty-library =
    Aucun rapport n’a encore été ajouté. Ajoutez-en un avec la commande « escale add », puis
    rechargez cette page.
page-empty-scope =
    Aucun rapport ne correspond à ces filtres. Choisissez une autre mission ou une autre année, ou
    retirez un filtre.

## Les questions proposées

page-example-apprend = Qu’a-t-on appris { $where } ?
page-example-objectifs = Quels étaient les objectifs de la mission { $where } ?
page-example-rayonne = Comment la Ville a-t-elle rayonné { $where } ?
page-example-attire = Qu’est-ce que la mission { $where } a permis d’attirer ?
page-example-section = Que dit le rapport « { $mission } » sur « { $heading } » ?

## La question et les filtres

page-question = Votre question
page-question-placeholder = Posez votre question…
page-ask = Demander
page-stop = Arrêter
page-filters = Filtres
page-filter-mission = Mission
page-filter-year = Année
page-filter-pillar = Axe
page-all-missions = Toutes les missions
page-all-years = Toutes les années
page-all-pillars = Tous les axes
page-privacy =
    Cette conversation s’efface peu après la fermeture de la page. Les questions ne sont pas conservées.
    Ouvrez la source avant de citer.
page-privacy-stored =
    Les questions sont conservées { $days } jours, sans dire qui les a posées. Ouvrez la source avant
    de citer.
page-rating = Cette réponse vous est-elle utile ?
page-helpful = Oui
page-unhelpful = Non
page-links = Compte et bibliothèque
page-rated = Merci, votre avis est compté.

## La réponse

page-chat-label = Conversation
page-mission-name = { $place } ({ $year })
page-searching = Recherche dans les rapports…
page-queued =
    { $position ->
        [one] Votre question est la prochaine…
       *[other] Votre question est au rang { $position } de la file…
    }
page-writing = Rédaction en cours ({ $writer })…
page-written-by =
    Rédigé par le modèle de langue { $writer } d’après les rapports. Les phrases citées ont été
    vérifiées ; ouvrez leurs sources.
page-unverified = non vérifié
page-frame-one = Voici ce que dit le rapport de mission « { $mission } » :
page-frame-many = Voici ce que disent les rapports de mission :
page-quotes-in = Les citations sont en { $languages }, la langue du rapport.
page-sources = Sources
page-copy-answer = Copier la réponse
page-stopped = Réponse arrêtée à votre demande.
page-unavailable-title = Escale ne répond pas
page-unavailable =
    Le serveur est occupé ou la connexion est coupée. Votre question est gardée ; réessayez dans un
    moment.
page-dismiss = Fermer ce message
page-failed =
    Un problème inattendu a empêché de répondre. Votre question est restée dans la zone de
    texte ; réessayez dans un moment.

## L’abstention

page-abstained = Les rapports ne répondent pas à cette question.
page-abstained-scope = La recherche était limitée à : { $scope }. Essayez sans filtre.
page-searched = Rapports consultés : { $reports }.
page-searched-many = { $count } rapports ont été consultés.
page-searched-nothing = Aucun rapport n’a pu être consulté.
page-nearest = À lire peut-être — ne répond pas à la question

## La source d’une citation

page-source = Source citée
page-section = Section du rapport
page-source-gone = Source introuvable
page-source-failed = La source n’a pas pu être chargée. Vérifiez votre connexion et réessayez.
page-close = Fermer la source
page-copy-quote = Copier la citation
page-copy-link = Copier le lien
page-copied = Copié
page-tabs = Vues de la source
page-tab-page = Page
page-tab-text = Texte
page-open-original = Ouvrir l’original
page-download-original = Télécharger l’original

## La page du rapport

page-viewer =
    Page du rapport. Flèches gauche et droite : tourner les pages ; plus et moins : agrandir et
    réduire.
page-viewer-tools = Pages et agrandissement
page-previous = Page précédente
page-next = Page suivante
page-smaller = Réduire
page-fit = Page entière en largeur
page-larger = Agrandir
page-page-of = p. { $page } sur { $count }
page-page-alt = Page { $page } sur { $count } du rapport
page-page-alt-quote = Page { $page } sur { $count } du rapport, où la citation est surlignée
page-page-loading = Chargement de la page…
page-page-image-failed = La page n’a pas pu être affichée. Vérifiez votre connexion et réessayez.
page-retry = Réessayer
page-quote-goes-on = La citation continue à la p. { $page } ›
page-quote-begins = ‹ La citation commence à la p. { $page }
page-quote-back = ‹ Revenir à la citation, p. { $page }
page-quote-not-located =
    Les mots cités n’ont pas été repérés sur l’image ; l’onglet « Texte » les montre.

## Ce que la question a limité

page-scope-read = Recherche limitée à :
page-scope-remove = Chercher sans « { $name } »
page-scope-widened = Recherche élargie, sans { $names }

## La vérification d’un discours

page-tab-chat = Poser une question
page-tab-speech = Vérifier un discours
page-speech-title = Vérifiez un discours avant de le prononcer
page-speech-intro =
    Chaque affirmation est comparée aux rapports de mission : appuyée, contredite ou introuvable,
    avec la citation et sa page.
page-draft = Le texte à vérifier
page-draft-placeholder = Collez ici une phrase, un paragraphe ou tout le discours…
page-upload = Téléverser un fichier
page-check = Vérifier
page-edit-draft = Modifier le texte
page-check-privacy =
    Le texte n’est pas conservé : il s’efface peu après la fermeture de la page, et le fichier
    téléversé dès sa lecture.
page-draft-reading = Lecture de « { $file } »…
page-draft-read = « { $file } » a été lu. Relisez le texte, puis lancez la vérification.
page-draft-failed = Le fichier n’a pas pu être lu. Vérifiez votre connexion et réessayez.
page-draft-too-large =
    « { $file } » est trop volumineux. Enregistrez-le sans ses images, ou collez son texte.
page-checking = Vérification en cours : { $percent } %
page-check-stopped = Vérification arrêtée à votre demande. Votre texte est resté dans la zone.
page-check-failed =
    Un problème inattendu a empêché la vérification. Votre texte est resté dans la zone ; réessayez
    dans un moment.
page-check-scope = Vérifié dans : { $scope }
page-check-hint =
    Choisissez une affirmation pour voir pourquoi, et d’après quelle source. « Introuvable » ne
    veut pas dire faux : les rapports n’en parlent pas.
page-check-gone =
    Ce fichier n’est plus disponible : le texte vérifié a été effacé. Relancez la vérification.
page-no-claim = Aucune affirmation à vérifier n’a été repérée dans ce texte.
page-near = Ce qui s’en approche dans les rapports :
page-confidence = confiance { $percent } %
page-summary = Résumé des verdicts
page-next-claim = Aller à la suivante de ce genre
page-count-supported =
    { $count ->
        [one] { $count } appuyée
       *[other] { $count } appuyées
    }
page-count-contradicted =
    { $count ->
        [one] { $count } contredite
       *[other] { $count } contredites
    }
page-count-not-found =
    { $count ->
        [one] { $count } introuvable
       *[other] { $count } introuvables
    }
page-count-unchecked =
    { $count ->
        [one] { $count } non vérifiable
       *[other] { $count } non vérifiables
    }
page-verdict-supported = Appuyée
page-verdict-contradicted = Contredite
page-verdict-not-found = Introuvable
page-verdict-unchecked = Non vérifiable
page-export = Emporter :
page-export-docx = Texte annoté (Word)
page-export-pdf = Note (PDF)
page-export-md = Note (Markdown)
page-note-file = verification-du-discours
page-note-title = Vérification du discours
page-note-made-on = Faite par Escale le { $day } d’après les rapports de mission
page-note-supported = Appuyées par les rapports
page-note-contradicted = Contredites par les rapports
page-note-not-found = Introuvables dans les rapports
page-note-caution =
    Les citations sont mot à mot celles des rapports. « Introuvable » ne veut pas dire faux. Ouvrez
    la source avant de citer.
