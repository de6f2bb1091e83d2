# Pourquoi une affirmation est appuyée, contredite ou introuvable : une phrase simple.
# { $report } est le titre du rapport ; { $claimed } et { $given } sont des mots du texte vérifié
# et du rapport.

reason-same = Le rapport « { $report } » le dit.
reason-loose = Le rapport « { $report } » le dit à peu près : « { $given } » plutôt que « { $claimed } ».
reason-number = Le rapport « { $report } » parle de { $given }, pas de { $claimed }.
reason-unit = Le rapport « { $report } » parle de { $given }, pas de { $claimed }.
reason-counted = Le rapport « { $report } » parle de { $given }, pas de { $claimed }.
reason-date = Le rapport « { $report } » donne une autre date : { $given }, pas { $claimed }.
reason-name = Le rapport « { $report } » nomme { $given }, pas { $claimed }.
reason-negation = Le rapport « { $report } » dit le contraire.
reason-opposite = Le rapport « { $report } » dit « { $given } », et non « { $claimed } ».
reason-exclusive = Le rapport « { $report } » dit « { $given } », et non « { $claimed } ».
reason-stage = Le rapport « { $report } » en parle comme d’un projet, pas comme d’une chose faite.
reason-missing = Les rapports en parlent, mais pas de « { $claimed } ».
reason-stronger = Le rapport « { $report } » dit seulement « { $given } » : cela ne suffit pas pour « { $claimed } ».
reason-unrelated = Rien de tel n’a été trouvé dans les rapports.
reason-nothing = Aucun passage des rapports n’en parle.

# Ajouté quand un autre rapport dit autre chose.
reason-but-otherwise = { $reason } Le rapport « { $other } » dit autre chose.
reason-but-newest = { $reason } Le rapport plus ancien « { $other } » le disait.

# Ce qui ne se vérifie pas.
reason-not-checkable = Ce n’est pas un fait que les rapports pourraient confirmer.
