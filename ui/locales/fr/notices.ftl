# Pourquoi les phrases des rapports répondent à la place du modèle de langue.

notice-llm-unreachable =
    Le modèle de langue est injoignable : la réponse est faite des phrases des rapports.
notice-llm-refused =
    Le modèle de langue a refusé la demande : la réponse est faite des phrases des rapports.
notice-llm-slow =
    Le modèle de langue a trop tardé : la réponse est faite des phrases des rapports.
notice-llm-busy =
    Le modèle de langue est occupé : la réponse est faite des phrases des rapports.
notice-llm-empty =
    Le modèle de langue n’a rien écrit : la réponse est faite des phrases des rapports.
notice-llm-cut-off =
    Le modèle de langue s’est arrêté en chemin : la réponse est faite des phrases des rapports.
notice-llm-too-long =
    Le modèle de langue n’en finissait pas : la réponse est faite des phrases des rapports.
notice-llm-unverified =
    Les rapports n’appuyaient pas ce que le modèle de langue a écrit : la réponse est faite de leurs
    propres phrases.
notice-llm-no-answer =
    Le modèle de langue n’a pas trouvé de réponse : voici les phrases des rapports les plus proches.
