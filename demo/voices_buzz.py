"""What is written during the bursts: the bad buzz of May 2026, older crises, benign peaks."""

from __future__ import annotations

BUZZ_FIRST_VIDEO = (
    "Storytime : l'appli Maison Verdier m'a débitée DEUX FOIS 310 € pour le même sac, et le service "
    "client refuse le remboursement. Je vous montre les messages. #maisonverdier #VerdierRembourse"
)

BUZZ: dict[str, list[str]] = {
    "negative": [
        "Moi aussi {b} m'a débité{fe} deux fois, {montant} qui manquent sur mon compte",
        "Double débit confirmé chez {b} : {montant} prélevés deux fois, aucune réponse depuis {delai}",
        "Donc {b} encaisse deux fois et répond « aucun remboursement possible », c'est une honte",
        "Vidéo accablante sur {b}, le service client se moque ouvertement des gens, honteux",
        "{b} a pris {montant} de trop à {proche} et refuse de rembourser, inadmissible",
        "J'adorais {b}, je suis dégoûté{fe}. Rendez l'argent",
        "Je viens de vérifier : deux lignes {b} sur mon relevé, même montant, même minute. Scandaleux",
        "« Votre demande est close. » Voilà la réponse de {b} à un double débit, quel mépris",
        "Trois messages à {b}, trois réponses automatiques, et toujours {montant} envolés, lamentable",
        "L'appli {b} bugue, le client paie deux fois et c'est à lui de prouver, honteux",
        "{b} vend du savoir-faire à {montant} et ne sait pas rembourser un double paiement, ridicule",
        "Fête des mères gâchée par {b} : compte à découvert et aucun geste, je suis furieu{xse}",
        "Supprimez votre carte de l'appli {b}, c'est dangereux, vraiment",
        "Boycott de {b} tant que les gens ne sont pas remboursés, c'est du vol",
        "Le communiqué de {b} ne présente même pas d'excuses, catastrophe",
        "« Certaines commandes » ? {b}, on est des dizaines dans les commentaires, arrêtez de mentir",
        "Découvert de {montant} à cause de {b} et frais bancaires en plus, inadmissible",
        "Honte à {b}, une cliente fidèle traitée comme une menteuse",
        "{delai_c} que j'attends que {b} décroche le téléphone, insupportable",
        "Il a fallu une vidéo virale pour que {b} réponde, pathétique",
        "{b} : deux débits, zéro excuse. Pire service client de l'année",
        "J'ai signalé le problème à {b} dès {signal}, ignoré{fe}. Maintenant tout le monde voit",
    ],
    "neutral": [
        "Quelqu'un a une explication sur les doubles débits {b} ?",
        "Que se passe-t-il avec {b} ? Je vois le mot-clé partout",
        "La vidéo sur {b} dépasse {vues} vues",
        "{b} publie un communiqué sur les paiements en double",
        "Si vous êtes concerné par les doubles débits {b}, contactez d'abord votre banque",
        "Pour info, {b} demande d'envoyer le numéro de commande en message privé",
        "Fil : ce que l'on sait des doubles paiements dans l'appli {b}",
        "{b} annonce que les commandes passées entre le 18 et le 26 mai sont vérifiées",
        "Est-ce que les achats {b} en boutique sont concernés aussi ?",
    ],
    "positive": [
        "Bon, {b} m'a remboursé{fe} ce matin avec un mot d'excuse, merci",
        "Remboursement {b} reçu en {delai}, ils ont géré finalement, bravo",
        "Tout le monde peut avoir un bug, {b} s'excuse et rembourse, c'est correct et honnête",
        "L'équipe de {b} en boutique a été adorable malgré la tempête, merci à elles",
        "Je soutiens les artisans de {b}, ils font un travail magnifique et n'y sont pour rien",
        "Le message de la direction de {b} est clair et sincère, bien joué",
    ],
}
BUZZ_DETAILS: list[str] = [
    "la banque me dit de voir avec eux",
    "j'ai les captures d'écran",
    "le numéro vert sonne dans le vide",
    "et après ils parlent de valeurs",
    "on veut juste notre argent",
    "la vidéo explique tout",
    "même histoire pour {proche}",
    "commande du {jourdumois} mai",
    "je partage pour que ça bouge",
    "le chat ferme tout seul",
    "j'ai fait opposition",
    "sans la vidéo on n'aurait rien su",
]
BUZZ_WORDS: dict[str, list[str]] = {
    "delai": ["trois jours", "cinq jours", "une semaine", "48 h", "quatre jours"],
    "signal": ["le 19 mai", "le 20 mai", "vendredi", "la semaine dernière"],
    "vues": ["100 000", "400 000", "800 000", "un million de"],
    "jourdumois": ["18", "19", "20", "21", "22", "23", "24", "25"],
}
BUZZ_STATEMENTS: list[tuple[str, str]] = [
    (
        "2026-05-27T11:30",
        "Certaines commandes passées dans l'application ont pu être débitées deux fois. Nos équipes techniques vérifient chaque dossier. Conformément à nos conditions, les demandes sont traitées dans l'ordre d'arrivée.",
    ),
    (
        "2026-05-28T15:00",
        "Nous vous devons des excuses. Un défaut de notre application a débité deux fois 1 140 commandes. Toutes sont remboursées d'ici samedi, frais bancaires compris, sans démarche de votre part. Notre réponse a été trop lente et trop froide ; nous en tirons les leçons.",
    ),
    (
        "2026-05-30T10:15",
        "Point d'étape : les remboursements sont terminés. Le paiement dans l'application reste suspendu jusqu'à la fin des contrôles. Merci de votre patience.",
    ),
]
BUZZ_WIRE = (
    "Maison Verdier accusée de ne pas rembourser des clients débités deux fois",
    "Une vidéo publiée mardi soir par une cliente accuse le maroquinier Maison Verdier d'avoir débité deux fois ses achats dans son application. "
    "Plusieurs centaines de témoignages ont suivi dans la nuit. L'entreprise dit vérifier chaque dossier.",
)
BUZZ_PRESS: list[tuple[str, str]] = [
    (
        "Doubles débits : la colère des clients de Maison Verdier",
        "Sur les réseaux sociaux, des clients de Maison Verdier dénoncent des paiements prélevés deux fois et un service client injoignable. Le mot-clé #VerdierRembourse figure parmi les plus partagés.",
    ),
    (
        "Application défaillante : Maison Verdier dans la tourmente",
        "Le lancement de la nouvelle application tourne à l'échec pour Maison Verdier. Des clients se plaignent de débits en double et de réponses automatiques. Une association de consommateurs demande des explications.",
    ),
    (
        "Maison Verdier : que faire si vous avez été débité deux fois ?",
        "Vérifiez votre relevé, contestez auprès de votre banque, gardez les captures d'écran : nos conseils aux clients de Maison Verdier concernés par le problème de paiement.",
    ),
    (
        "Bad buzz : ce que révèle l'affaire Maison Verdier",
        "Un bug, un refus, une vidéo : en une nuit, Maison Verdier a perdu la confiance d'une partie de sa clientèle. Les spécialistes critiquent une première réponse trop froide et trop tardive.",
    ),
    (
        "Maison Verdier suspend le paiement dans son application",
        "Face à la polémique, Maison Verdier suspend les achats dans son application. L'enseigne évoque un défaut technique sans préciser le nombre de clients touchés.",
    ),
]
BUZZ_PRESS_LATE: list[tuple[str, str]] = [
    (
        "Maison Verdier présente ses excuses et rembourse 1 140 commandes",
        "La direction de Maison Verdier reconnaît une réponse trop lente. Toutes les commandes débitées deux fois seront remboursées d'ici samedi, frais bancaires compris.",
    ),
    (
        "Après la polémique, Maison Verdier promet un remboursement complet",
        "Maison Verdier annonce rembourser l'ensemble des clients concernés, sans démarche de leur part. Une décision saluée par l'association de consommateurs.",
    ),
    (
        "Maison Verdier : les remboursements sont terminés",
        "Quatre jours après la vidéo, Maison Verdier indique avoir remboursé tous les clients. Le paiement dans l'application reste suspendu.",
    ),
]

DELAYS: dict[str, list[str]] = {
    "negative": [
        "Commande {b} du Black Friday toujours bloquée, {delai} sans nouvelle, pénible",
        "{b} a encaissé mais n'expédie pas, c'est inadmissible",
        "Encore un report de livraison chez {b}, le cadeau n'arrivera jamais, quelle déception",
        "{b} vend plus que ses stocks et ne prévient personne, lamentable",
        "Le transporteur n'a jamais reçu mon colis {b}, on me ment depuis {delai}",
        "{b} annule ma commande du Black Friday sans explication, honteux",
    ],
    "neutral": [
        "D'autres attendent une commande {b} du Black Friday ?",
        "{b} prévient d'un retard d'expédition de plusieurs jours",
        "Le délai {b} affiché passe à {delai}",
    ],
    "positive": [
        "Ma commande {b} est finalement arrivée, avec un bon d'achat en excuse, merci",
        "{b} a tenu parole, colis reçu, bravo",
    ],
}
DELAYS_PRESS: list[tuple[str, str]] = [
    (
        "Black Friday : des retards de livraison chez Maison Verdier",
        "Dépassée par les commandes, Maison Verdier annonce jusqu'à dix jours de retard. Des clients se plaignent du manque d'information.",
    ),
]
GREENWASH: dict[str, list[str]] = {
    "negative": [
        "« Cuir végétal » chez {b} : en réalité du plastique, c'est du mensonge",
        "{b} se moque des clients avec son faux cuir écologique, honteux",
        "Greenwashing pur de {b}, l'étiquette est trompeuse",
        "Je croyais acheter responsable chez {b}, très déçu{fe}",
        "{b} retire la mention « végétal » en douce, lamentable",
        "L'enquête sur {b} est accablante, plus jamais",
        "{montant} pour du polyuréthane, {b} abuse vraiment",
    ],
    "neutral": [
        "Une enquête met en cause l'étiquetage de {b}",
        "{b} répond à l'enquête sur son cuir végétal",
        "Qui a lu l'enquête sur {b} ?",
        "{b} va modifier ses étiquettes",
    ],
    "positive": [
        "{b} reconnaît l'erreur d'étiquette, c'est honnête",
        "Au moins {b} s'explique clairement, bravo",
    ],
}
GREENWASH_PRESS: list[tuple[str, str]] = [
    (
        "Le « cuir végétal » de Delbray & Fils contenait surtout du plastique",
        "Selon une enquête, la ligne végétale de Delbray & Fils contient plus de 80 % de polyuréthane. La marque conteste la méthode.",
    ),
    (
        "Étiquetage trompeur : Delbray & Fils mise en cause",
        "Une association reproche à Delbray & Fils une communication trompeuse. L'enseigne annonce revoir ses étiquettes.",
    ),
    (
        "Delbray & Fils revoit ses étiquettes",
        "Critiquée, la maison Delbray & Fils remplace la mention « végétal » et propose le retour des produits concernés.",
    ),
]

CAMPAIGN: dict[str, list[str]] = {
    "positive": [
        "La campagne « Gestes » de {b} est magnifique, ces mains qui cousent, j'adore",
        "Très belle vidéo de {b} sur ses artisans, bravo",
        "Frissons devant le film {b}, superbe",
        "{b} met ses piqueuses à l'affiche, excellente idée",
        "Vu l'affiche {b} dans le métro, sublime",
        "Enfin une pub qui respecte le métier, merci {b}",
        "Le film {b} me donne envie de passer à l'atelier, belle réussite",
    ],
    "neutral": [
        "Qui a fait la musique de la campagne {b} ?",
        "La nouvelle campagne {b} est dans la rue",
        "Affiche {b} aperçue à {ville}",
        "{b} diffuse son film en trois épisodes",
    ],
    "negative": [
        "Encore une pub {b}, un peu pénible à force",
        "Belle campagne {b} mais les prix restent trop chers",
    ],
}
CONTEST: dict[str, list[str]] = {
    "positive": [
        "Je participe avec plaisir au concours {b}, merci pour ce beau lot !",
        "Trop beau ce lot {b}, je tente ma chance",
        "J'adore {b}, j'invite {proche} à participer",
        "Merci {b} pour ce joli concours de Noël",
        "Je croise les doigts pour {le} {n} {b}, quelle merveille",
    ],
    "neutral": [
        "Concours {b} : j'invite {proche} et je partage",
        "Je participe au concours {b}",
        "Participation faite, concours {b}, bonne chance à tous",
    ],
    "negative": ["Concours {b} : il faut donner son numéro, dommage"],
}
TELEVISION: dict[str, list[str]] = {
    "positive": [
        "Magnifique reportage sur l'atelier {b} ce soir",
        "Je regarde le documentaire sur {b}, quel savoir-faire, bravo aux artisans",
        "Émouvant, ce portrait de la doyenne des piqueuses de {b}",
        "Le reportage sur {b} est passionnant, j'adore",
        "Après ce documentaire, j'ai envie d'un {n} {b}, superbe travail",
    ],
    "neutral": [
        "Documentaire sur {b} en ce moment à la télé",
        "Quelqu'un regarde l'émission sur {b} ?",
        "Ils parlent de {b} à la télé",
    ],
    "negative": ["Le reportage sur {b} ressemble à une longue pub, décevant"],
}
OPENING: dict[str, list[str]] = {
    "positive": [
        "La boutique {b} de Nantes est ouverte et elle est superbe",
        "Belle inauguration chez {b} à Nantes, accueil adorable",
        "Ravi{fe} d'avoir enfin {b} à Nantes, merci",
    ],
    "neutral": [
        "File d'attente devant {b} à Nantes ce midi",
        "{b} ouvre aujourd'hui à Nantes",
        "Où se trouve la nouvelle boutique {b} de Nantes ?",
    ],
    "negative": ["Une heure de queue chez {b} à Nantes, mauvaise organisation"],
}
MOTHERS: dict[str, list[str]] = {
    "positive": [
        "Très jolie sélection fête des mères chez {b}",
        "{b} grave les initiales pour la fête des mères, j'adore l'idée",
        "Cadeau de fête des mères trouvé chez {b}, parfait",
        "Merci {b} pour le paquet fête des mères, superbe",
    ],
    "neutral": [
        "Date limite de commande {b} pour la fête des mères ?",
        "{b} lance ses offres de fête des mères",
        "Idée fête des mères : {le} {n} {b} ?",
    ],
    "negative": ["Panier {b} vidé en pleine commande de fête des mères, pénible"],
}
