# « escale eval » : mesurer la qualité des réponses.

## Aide

help-eval = Mesurer la qualité des réponses sur un jeu de questions, ou comparer deux mesures.
help-eval-set = Un jeu de questions (.jsonl), ou un dossier contenant passages.jsonl et questions.jsonl.
help-eval-reports = Interroger ces rapports (fichiers ou dossiers, répétable) plutôt que le dossier de données.
help-eval-split = Seulement cette moitié du jeu.
help-eval-sample = Seulement ce nombre de questions, tirées au hasard, toujours les mêmes.
help-eval-retrieval-only = Mesurer seulement la recherche des passages.
help-eval-failures = Montrer les questions manquées : ce qui était attendu, ce qui a été cité.
help-eval-output = Écrire le résultat dans ce fichier JSON.
help-eval-plot = Dessiner le résultat dans ce fichier (.png, .svg ou .pdf).
help-eval-compare = Comparer deux résultats écrits par --output.
help-eval-cache = Le dossier où sont gardés les rapports indexés (par défaut : celui des caches).

metavar-set = JEU
metavar-number = NOMBRE
metavar-two-files = AVANT APRÈS

## Tableaux

eval-indexing = Indexation des rapports
eval-asking = Questions
eval-written = Écrit : { $file }
eval-unknown-picture = Le fichier { $file } n’a pas une extension connue ({ $known }).
eval-all = toutes
eval-measure = Mesure
eval-type = Type de question
eval-difference = écart
eval-interval = intervalle à 95 %
eval-percent = { $number } %
eval-milliseconds = { $value } ms
eval-ranks = rang des passages attendus :
eval-answered = a répondu (suffisance { $sufficiency })
eval-abstained = s’est abstenu (suffisance { $sufficiency })

measure-recall-at-1 = Rappel à 1
measure-recall-at-5 = Rappel à 5
measure-recall-at-10 = Rappel à 10
measure-mrr-at-10 = Rang réciproque moyen (10)
measure-ndcg-at-10 = nDCG (10)
measure-answer-found = Une citation contient la réponse
measure-answer-in-gold-report = … et vient du bon rapport
measure-citation-precision = Citations justes
measure-quotes-verbatim = Citations exactes à la lettre
measure-pages-right = Pages exactes
measure-comparison-coverage = Comparaisons : rapports couverts
measure-followup-gap = Suites : écart avec la question complète
measure-statements-verified = Phrases du modèle vérifiées
measure-model-wrote = Réponses écrites par le modèle
measure-decision-right = Répond ou s’abstient à bon escient
measure-abstention-precision = Abstention : précision
measure-abstention-recall = Abstention : rappel
measure-abstention-f1 = Abstention : F1
measure-sufficiency-auroc = Suffisance : aire sous la courbe ROC
measure-search-p50-ms = Recherche : médiane
measure-search-p95-ms = Recherche : 95e centile
measure-answer-p50-ms = Réponse : médiane
measure-answer-p95-ms = Réponse : 95e centile
measure-abstained = S’abstient
measure-threshold = Seuil de suffisance

type-fact = fait
type-number = nombre
type-date = date
type-who = personne ou organisme
type-list = liste
type-why-how = pourquoi, comment
type-yes-no = oui ou non
type-comparison = comparaison
type-followup = suite
type-summary = résumé
type-unanswerable = sans réponse
