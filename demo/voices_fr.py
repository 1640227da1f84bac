"""What people write about a leather-goods house, in French: by theme and by tone.

Slots: {b} brand; {mon} {le} {ce} {un} {il} {Il} {n} the product and its words; <m|f> agrees with
it; {fe} the writer's feminine e; other slots are rules below. Product names start with a consonant.
"""

from __future__ import annotations

WORDS: dict[str, list[str]] = {
    "jours": [
        "trois jours",
        "quatre jours",
        "cinq jours",
        "une semaine",
        "dix jours",
        "deux jours",
    ],
    "attente": [
        "deux semaines",
        "trois semaines",
        "dix jours",
        "un mois",
        "douze jours",
        "18 jours",
        "plus d'un mois",
        "six semaines",
    ],
    "usage": [
        "deux ans",
        "trois ans",
        "six mois",
        "un an",
        "quatre ans",
        "un hiver",
        "cinq ans",
        "huit mois",
    ],
    "court": [
        "trois semaines",
        "deux mois",
        "quinze jours",
        "un mois",
        "trois sorties",
        "à peine six semaines",
        "deux week-ends",
    ],
    "ville": [
        "Lyon",
        "Nantes",
        "Lille",
        "Bordeaux",
        "Rennes",
        "Paris",
        "Toulouse",
        "Strasbourg",
        "Tours",
        "Dijon",
    ],
    "piece": [
        "la couture",
        "la fermeture éclair",
        "la boucle",
        "la bandoulière",
        "la doublure",
        "la poignée",
        "le bouton-pression",
        "la tranche",
    ],
    "moment": [
        "hier",
        "ce matin",
        "samedi",
        "la semaine dernière",
        "avant-hier",
        "mardi",
        "tout à l'heure",
        "ce midi",
        "jeudi soir",
        "lundi",
    ],
    "proche": [
        "ma mère",
        "ma sœur",
        "mon frère",
        "ma compagne",
        "mon mari",
        "une amie",
        "mon père",
        "ma belle-sœur",
        "ma fille",
        "une collègue",
        "ma grand-mère",
    ],
    "fete": [
        "un anniversaire",
        "une crémaillère",
        "un départ en retraite",
        "un mariage",
        "une naissance",
    ],
    "demain": ["lundi", "mardi", "jeudi", "vendredi", "samedi"],
    "hausse": ["de 165 € à 195 €", "de 129 € à 145 €", "de 240 € à 310 €", "de 75 € à 89 €"],
    "occasion": [
        "son anniversaire",
        "son départ en retraite",
        "son mariage",
        "son nouveau poste",
        "la fin de ses études",
    ],
    "couleur": [
        "cognac",
        "noir",
        "vert sapin",
        "camel",
        "bordeaux",
        "naturel",
        "bleu nuit",
        "tabac",
        "craie",
    ],
    "montant": ["89 €", "129 €", "145 €", "195 €", "240 €", "310 €", "165 €", "75 €", "420 €"],
    "vraiment": ["vraiment", "franchement", "sincèrement", "honnêtement", "clairement"],
    "tres": ["très", "super", "vraiment", "particulièrement", "tellement"],
    "conseiller": ["la vendeuse", "le vendeur", "la conseillère", "l'équipe", "la responsable"],
}

POSITIVE: dict[str, list[str]] = {
    "qualite": [
        "{mon} {n} {b} a {usage} et {il} est toujours aussi <beau|belle>",
        "Le cuir de {mon} {n} {b} est magnifique, il se patine {tres} bien",
        "Reçu {mon} {n} {b} {moment} : finitions impeccables, rien à redire",
        "{tres_c} content{fe} de {mon} {n}, {b} fait du travail soigné",
        "Belle surprise avec {le} {n} de {b}, la qualité est au rendez-vous",
        "J'ai offert {un} {n} {b} à {proche} pour {occasion}, cadeau adoré",
        "{b}, c'est du solide : {usage} que je porte {mon} {n} tous les jours",
        "{ce_c} {n} de chez {b} est une merveille, le {couleur} est superbe en vrai",
        "Je recommande {le} {n} {b} les yeux fermés, cuir souple et coutures parfaites",
        "{usage_c} avec {mon} {n} {b} et pas une couture qui bouge, bravo",
        "Enfin {un} {n} bien <fait|faite>, merci {b}",
        "Coup de cœur pour {le} {n} {couleur} de {b}, un vrai plaisir à porter",
    ],
    "livraison": [
        "Commande {b} passée {moment}, reçue en {jours} : rapide et très bien emballée",
        "Livraison parfaite de {b}, le paquet était superbe",
        "{vraiment_c} bluffé{fe} par {b} : commandé le soir, livré deux jours après",
        "Emballage soigné, petit mot écrit à la main dans le colis, j'adore {b}",
        "Mon colis {b} est arrivé en avance, parfait pour {fete}",
        "Suivi clair et livreur aimable, rien à dire sur la commande {b}",
        "Merci {b} pour l'envoi express, {proche} a eu son cadeau à temps",
    ],
    "service": [
        "Le service client de {b} m'a répondu en une heure, aimable et efficace",
        "Échange de taille sans discuter chez {b}, service au top",
        "Remboursé{fe} en {jours} par {b}, sans avoir à relancer : merci",
        "Un grand merci à {b} qui a réglé mon problème en un seul message",
        "{b} a remplacé {mon} {n} sans poser de question, je suis ravi{fe}",
        "Service après-vente exemplaire chez {b}, on se sent écouté{fe}",
        "Rare de tomber sur un service client aussi gentil que celui de {b}",
    ],
    "boutique": [
        "Accueil adorable {moment} à la boutique {b} de {ville}, {conseiller} a pris son temps",
        "Passage chez {b} à {ville} : belle boutique, bons conseils, je reviendrai",
        "{conseiller_c} de la boutique {b} de {ville} est formidable, merci pour la patience",
        "Quel plaisir d'être aussi bien reçu{fe} chez {b} à {ville}",
        "La nouvelle boutique {b} de {ville} est magnifique et l'accueil chaleureux",
        "J'ai passé une heure chez {b} à {ville}, conseils excellents sans pousser à l'achat",
        "Café offert et sourire chez {b} {ville}, ça change, bravo à l'équipe",
    ],
    "appli": [
        "L'appli {b} est claire et rapide, belle réussite",
        "Suivi de réparation dans l'appli {b} : simple et pratique, j'aime beaucoup",
        "Bien vue, la carte d'entretien dans l'appli {b}, très utile",
        "J'ai commandé en deux minutes avec l'application {b}, parfait",
        "L'application {b} est agréable, les photos des cuirs sont superbes",
    ],
    "prix": [
        "Pour {montant}, {le} {n} de {b} vaut largement son prix",
        "Excellent rapport qualité-prix, {mon} {n} {b} est <parti|partie> pour durer",
        "Un peu cher mais quelle qualité, {b} ne déçoit jamais",
        "Très bonne affaire {moment} pendant la vente privée {b}, ravi{fe} de {mon} {n}",
        "{montant} et garantie dix ans : {b} a des prix honnêtes",
    ],
    "atelier": [
        "L'atelier {b} a réparé {piece} de {mon} {n} gratuitement, chapeau",
        "{mon_c} {n} {b} revient de réparation comme <neuf|neuve>, travail superbe",
        "Visite de l'atelier {b} {moment} : des artisans passionnés, un moment génial",
        "Réparation faite en {jours} par l'atelier {b}, bravo pour le savoir-faire",
        "J'aime que {b} répare au lieu de jeter, {piece} est comme neuve",
        "Formidable travail des artisans de {b}, {proche} a retrouvé son sac d'il y a vingt ans",
        "Sellier, piqueuse, coupeur : la vidéo de l'atelier {b} est passionnante, j'adore",
    ],
}

NEGATIVE: dict[str, list[str]] = {
    "qualite": [
        "{piece_c} de {mon} {n} {b} a lâché au bout de {court}, très déçu{fe}",
        "Déçu{fe} par {le} {n} de {b} : cuir fin, finitions bâclées",
        "{mon_c} {n} {b} s'abîme déjà après {court}, c'est inadmissible à ce prix",
        "{b} n'est plus ce que c'était, {mon} {n} est de mauvaise qualité",
        "La teinture de {mon} {n} {b} déteint sur mes vêtements, quelle déception",
        "{court_c} et {piece} est déjà à refaire, je ne recommande pas {b}",
        "Mauvaise surprise à l'ouverture : {le} {n} {b} sent fort et la couleur est ratée",
        "Je regrette mon achat, {le} {n} de {b} est fragile et mal <cousu|cousue>",
        "Qualité en baisse chez {b}, {mon} {n} est <abîmé|abîmée> de partout",
    ],
    "livraison": [
        "Toujours rien reçu de {b} après {attente}, personne ne répond",
        "Commande {b} annoncée en 48 h, {attente} plus tard je l'attends encore",
        "Colis {b} arrivé écrasé, {le} {n} est <rayé|rayée>, je suis furieu{xse}",
        "{b} m'a livré la mauvaise couleur et refuse de payer le retour, lamentable",
        "Livraison catastrophique : {attente} de retard chez {b}, cadeau pour {fete} raté",
        "Mon colis {b} est perdu et on me renvoie de service en service, quelle galère",
        "Suivi bloqué depuis {attente}, {b} ne sait même pas où est ma commande, pénible",
    ],
    "service": [
        "{attente_c} que j'attends mon remboursement de {b}, c'est honteux",
        "Service client de {b} injoignable, quatre appels et toujours personne",
        "{b} refuse le retour de {mon} {n} pour un prétexte ridicule, plus jamais",
        "Réponse automatique de {b} pour la troisième fois, on se moque de nous",
        "Impossible d'avoir un être humain chez {b}, service après-vente nul",
        "Remboursement promis par {b} il y a {attente}, rien sur mon compte, inacceptable",
        "Je suis très déçu{fe} par le service client de {b}, aucune empathie",
    ],
    "boutique": [
        "Accueil glacial {moment} à la boutique {b} de {ville}, on se sent jugé{fe}",
        "Vingt minutes d'attente chez {b} {ville} pour s'entendre dire qu'il n'y a plus de stock, nul",
        "{conseiller_c} de chez {b} à {ville} était désagréable, je ne reviendrai pas",
        "Boutique {b} de {ville} fermée sans prévenir, je me suis déplacé{fe} pour rien, merci bien",
        "Mauvais conseil chez {b} à {ville}, {le} {n} ne convient pas et l'échange est refusé",
    ],
    "appli": [
        "L'appli {b} plante à chaque paiement depuis la mise à jour, insupportable",
        "Impossible de me connecter à l'application {b}, encore un bug",
        "L'appli {b} est lente et confuse, c'était mieux avant la dernière version",
        "L'appli {b} a vidé mon panier deux fois, j'abandonne, trop pénible",
        "Notifications toutes les heures, l'application {b} devient une horreur",
        "Panier bloqué, message d'erreur, points perdus : l'appli {b} est ratée",
    ],
    "prix": [
        "{montant} pour {ce} {n}, {b} exagère, c'est beaucoup trop cher",
        "Encore une hausse de prix chez {b}, {le} {n} est à {montant}, scandaleux",
        "Les prix de {b} s'envolent et la qualité baisse, mauvais calcul",
        "Payer {montant} et devoir payer l'entretien en plus : {b} abuse, c'est honteux",
        "Fausse promo chez {b}, le prix avait augmenté la veille, c'est de l'arnaque",
    ],
    "atelier": [
        "{attente_c} que l'atelier {b} garde {mon} {n}, aucune nouvelle, agaçant",
        "Réparation ratée par {b}, {piece} a recassé au bout de {court}",
        "{b} me demande {montant} pour refaire {piece}, c'est du vol",
        "Devis de réparation absurde chez {b}, je suis dégoûté{fe}",
        "L'atelier {b} m'a rendu {mon} {n} avec une tache, personne ne s'excuse",
    ],
}

NEUTRAL: list[str] = [
    "Quelqu'un sait si {le} {n} {b} existe en {couleur} ?",
    "{b} ouvre une boutique à {ville} à la rentrée, vous étiez au courant ?",
    "J'hésite entre {le} {n} de {b} et {autre}, des avis ?",
    "Je cherche {un} {n} {b} en {couleur}, format moyen, pour {proche}",
    "{b} a présenté sa collection {moment}, au programme : {couleur}, {couleur} et lin",
    "Est-ce que la boutique {b} de {ville} est ouverte le dimanche ?",
    "Comment vous entretenez votre {n} {b} ? Crème ou lait ?",
    "Il y a une vente {b} à {ville} {moment}, entrée sur inscription",
    "Vends {n} {b} {couleur}, <porté|portée> une fois, {montant}, remise en main propre à {ville}",
    "{b} recrute trois piqueuses à {ville}, l'annonce est en ligne",
    "Vu {moment} à {ville} : une vitrine {b} entièrement en papier",
    "La garantie {b} couvre-t-elle {piece} ? Je ne trouve pas l'information",
    "Quelle différence entre {le} {n} {b} et l'ancien modèle ?",
    "{b} participe au salon des métiers d'art de {ville}",
    "Le catalogue {b} est disponible en boutique à partir de lundi",
    "Pour les délais de réparation chez {b}, comptez {attente} environ d'après le site",
    "{le_c} {n} {b} passe {hausse}",
    "Dimensions de {le} {n} {b} : ça tient un ordinateur de 13 pouces ?",
    "Sondage : plutôt {n} {b} {couleur} ou {couleur} ?",
    "On m'a demandé d'où vient {mon} {n} : c'est {b}, modèle {couleur}",
    "La boutique {b} de {ville} déménage deux rues plus loin",
    "{b} change ses horaires à {ville}, fermeture à 18 h le samedi",
    "Quelqu'un a déjà fait réparer {piece} chez {b} ? Combien de temps ?",
    "J'ai croisé le camion {b} {moment} à {ville}",
]

DETAILS_POSITIVE: list[str] = [
    "le {couleur} est encore plus beau en vrai",
    "{proche} veut le même",
    "on sent le vrai savoir-faire",
    "les coutures sont nettes",
    "c'est léger et pratique au quotidien",
    "l'odeur du cuir est un bonheur",
    "on m'en parle tout le temps",
    "le rangement intérieur est bien pensé",
    "c'est mon troisième achat et jamais déçu{fe}",
    "ça vaut le détour",
    "j'y retournerai avec plaisir",
    "tout était parfait du début à la fin",
    "la boîte est jolie et sans plastique",
    "ça fait plaisir de voir une maison aussi sérieuse",
    "je l'emporte partout, même au travail",
    "le conseil était juste et honnête",
]
DETAILS_NEGATIVE: list[str] = [
    "on m'avait promis une réponse sous 48 h",
    "j'ai les photos si besoin",
    "trois courriels sans réponse",
    "à {montant} on attend mieux",
    "c'est la deuxième fois que ça arrive",
    "{proche} a eu le même problème",
    "personne ne veut prendre ses responsabilités",
    "je passerai chez la concurrence",
    "j'ai perdu une matinée pour rien",
    "le ton de la réponse était méprisant",
    "on me demande encore une preuve d'achat",
    "c'est vraiment dommage",
    "le formulaire de contact ne marche pas",
    "j'ai fini par demander un geste, refusé",
    "la facture est pourtant claire",
]
DETAILS_QUESTION: list[str] = [
    "merci d'avance",
    "c'est pour {fete}",
    "je compare avant d'acheter",
    "je demande pour {proche}",
    "sur le site ce n'est pas précisé",
    "je passe à {ville} bientôt",
    "si quelqu'un a l'info",
    "je ne trouve rien dans la FAQ",
    "réponse en message privé si besoin",
]
DETAILS_NEUTRAL: list[str] = [
    "info vue {moment}",
    "à suivre",
    "lu dans leur lettre",
    "vu en passant à {ville}",
    "{proche} m'en a parlé {moment}",
    "je note la date",
    "c'est dans leur dernière publication",
    "annonce faite {moment}",
]
CLOSINGS_POSITIVE: list[str] = [
    "Merci !",
    "Je recommande.",
    "Bravo à l'équipe.",
    "Rien à redire.",
    "Fidèle depuis {usage}.",
    "Continuez comme ça !",
    "Un sans-faute.",
    "Vraiment top.",
    "Ravi{fe} de mon achat.",
    "Merci à toute l'équipe de {ville}.",
    "Un régal.",
    "Bluffant.",
]
CLOSINGS_NEGATIVE: list[str] = [
    "Très déçu{fe}.",
    "À fuir.",
    "Plus jamais.",
    "J'attends une réponse.",
    "C'est honteux.",
    "Quelle déception.",
    "Vous faites quoi ?",
    "Inadmissible.",
    "Je ne recommande pas.",
    "Ça devient pénible.",
    "Lamentable.",
    "Dommage, j'aimais cette marque.",
]

REVIEW_TITLES: dict[str, list[str]] = {
    "positive": [
        "Superbe {n}",
        "Très satisfait{fe}",
        "Un travail soigné",
        "Parfait",
        "Je recommande",
        "Belle maison",
        "Accueil chaleureux",
        "Qualité au rendez-vous",
        "Cadeau réussi",
        "Réparation impeccable",
        "Ravi{fe} de mon achat",
        "Rapide et soigné",
    ],
    "neutral": [
        "Correct",
        "Bien, sans plus",
        "Mitigé{fe}",
        "Des qualités et des défauts",
        "Moyen",
        "Peut mieux faire",
    ],
    "negative": [
        "Très déçu{fe}",
        "À éviter",
        "Service client absent",
        "Qualité en baisse",
        "Remboursement impossible",
        "Commande jamais reçue",
        "Décevant pour le prix",
        "Accueil désagréable",
        "Appli inutilisable",
        "Plus jamais",
    ],
}
REVIEW_MIXED: list[str] = [
    "{le_c} {n} {b} est <joli|jolie> mais {piece} paraît fragile",
    "Bon accueil chez {b} à {ville}, en revanche l'attente est longue",
    "Qualité correcte, prix élevé : {b} reste dans la moyenne",
    "Livraison un peu lente mais {le} {n} {b} correspond à la description",
    "Appli {b} pratique pour suivre, moins pour commander",
    "Réparation {b} bien faite, délai plus long qu'annoncé",
]

# The brand's own voice -------------------------------------------------------------------------
OWN_POSTS: list[str] = [
    "Nouveau chez {b} : {le} {n} en {couleur}, <fabriqué|fabriquée> dans nos ateliers.",
    "Dans l'atelier, chaque {n} demande {heures} heures de travail. On vous montre les étapes.",
    "Le saviez-vous ? {b} répare {piece} de tous ses sacs, sans limite d'âge.",
    "Rendez-vous samedi à la boutique {b} de {ville} pour un atelier d'entretien du cuir.",
    "{n_c} ou pochette ? Dites-nous ce que vous emportez en week-end.",
    "Portrait : piqueuse depuis vingt ans chez {b}, elle nous parle de son geste préféré.",
    "Un cuir se nourrit deux fois par an. Nos conseils d'entretien sont en ligne.",
    "Merci à celles et ceux qui sont passés à la boutique {b} de {ville} ce week-end.",
    "Parage, couture, teinture de tranche : les trois gestes qui font {le} {n}.",
    "{b} répond à vos questions sur {le} {n} : posez-les ici.",
    "Une chute de cuir devient un porte-clés : offert pour toute réparation chez {b} à {ville}.",
    "Comment choisir entre {couleur} et {couleur} ? Nos conseillers de {ville} vous aident.",
    "Carnet d'entretien : aujourd'hui, {piece}.",
    "À {ville}, la vitrine {b} est signée par les apprentis de l'école.",
    "Le {couleur} revient cette saison chez {b}. Avec quoi le porterez-vous ?",
    "{b} sera présente au salon des métiers d'art de {ville}.",
]
OWN_TAILS: list[str] = [
    "À retrouver en boutique et en ligne.",
    "Plus d'images sur le site.",
    "Dites-nous tout en commentaire.",
    "Réservation sur le site, places limitées.",
    "Photo prise à l'atelier de {ville}.",
    "Disponible dès {demain} à {ville}.",
    "Bonne semaine à toutes et à tous.",
    "Et vous, plutôt {couleur} ou {couleur} ?",
    "Rendez-vous à {ville} pour en parler.",
    "Vos questions sont les bienvenues.",
]
OWN_REPLIES: dict[str, list[str]] = {
    "positive": [
        "Merci {prenom} pour votre message, toute l'équipe est touchée ! {signe}",
        "Merci beaucoup {prenom}, nous transmettons à l'atelier. {signe}",
        "Bonjour {prenom}, quel plaisir de vous lire. À bientôt en boutique ! {signe}",
        "Votre message fait plaisir à lire, {prenom}. {suite_p} {signe}",
        "Un grand merci {prenom}. {suite_p} {signe}",
        "Merci {prenom} d'avoir pris le temps d'écrire. {suite_p} {signe}",
    ],
    "neutral": [
        "Bonjour {prenom}, oui, c'est possible en boutique comme en ligne. {signe}",
        "Bonjour {prenom}, nous vous envoyons les informations en message privé. {signe}",
        "Bonjour {prenom}, la réponse est sur la page d'aide du site. {suite_n} {signe}",
        "Bonjour {prenom}, merci pour votre question, nous vérifions et revenons vers vous. {suite_n} {signe}",
        "Bonjour {prenom}, tout est indiqué sur la fiche du produit. {suite_n} {signe}",
    ],
    "negative": [
        "Bonjour {prenom}, nous sommes désolés de cette situation. Pouvez-vous nous écrire votre numéro de commande en message privé ? {signe}",
        "Bonjour {prenom}, ce n'est pas normal et nous le regrettons. Nous regardons votre dossier aujourd'hui. {signe}",
        "Bonjour {prenom}, merci de nous avoir alertés. L'atelier vous propose une prise en charge gratuite. {signe}",
        "Bonjour {prenom}, nous comprenons votre déception. {suite_m} {signe}",
        "Bonjour {prenom}, vous avez raison de nous le dire. {suite_m} {signe}",
        "Bonjour {prenom}, nous regrettons sincèrement ce qui s'est passé. {suite_m} {signe}",
        "Bonjour {prenom}, toutes nos excuses pour ce délai. Votre demande est transmise au service concerné. {signe}",
    ],
}
OWN_MORE: dict[str, list[str]] = {
    "suite_p": [
        "Belle journée !",
        "À bientôt en boutique !",
        "L'atelier lira votre mot avec joie.",
        "Prenez-en bien soin.",
        "Bonne semaine !",
        "C'est pour cela que nous aimons ce métier.",
        "Au plaisir de vous revoir.",
    ],
    "suite_n": [
        "Belle journée !",
        "N'hésitez pas si besoin.",
        "À bientôt !",
        "La boutique de {ville} peut aussi vous répondre.",
        "Bonne semaine !",
    ],
    "suite_m": [
        "Pouvez-vous nous envoyer des photos en message privé ?",
        "Une personne vous appelle aujourd'hui.",
        "Nous reprenons votre dossier dès ce matin.",
        "Écrivez-nous votre numéro de commande en privé, nous nous en occupons.",
        "Votre demande passe en priorité.",
        "Nous revenons vers vous sous 48 h.",
    ],
}
SIGNATURES: list[str] = ["^Camille", "^Hugo", "^Inès", "L'équipe {b0}", "^Nora"]

# Press -----------------------------------------------------------------------------------------
PRESS: list[tuple[str, list[str]]] = [
    (
        "{b0} ouvre une boutique à {ville}",
        [
            "La maison {b0} inaugure une boutique de {surface} mètres carrés dans le centre de {ville}. Six emplois sont créés.",
            "L'enseigne de maroquinerie poursuit son développement régional. L'ouverture est prévue en début de mois.",
        ],
    ),
    (
        "Maroquinerie : {b0} mise sur la réparation",
        [
            "Le fabricant {b0} agrandit son atelier de réparation et forme quatre artisans. « Un sac doit se transmettre », explique la direction.",
            "La réparation représente désormais {pct} % de l'activité de l'atelier.",
        ],
    ),
    (
        "{b0} forme de nouveaux artisans à {ville}",
        [
            "Douze apprentis ont rejoint l'école interne de {b0}. La formation dure dix-huit mois et débouche sur un emploi stable.",
            "Le secteur peine à recruter des piqueuses et des coupeurs.",
        ],
    ),
    (
        "Résultats : {b0} affiche une croissance de {pct} %",
        [
            "Le chiffre d'affaires de {b0} progresse de {pct} % sur l'exercice, porté par la vente en ligne.",
            "La maison reste prudente pour les mois à venir, le prix des peaux ayant augmenté.",
        ],
    ),
    (
        "Maison et art de vivre : la nouvelle ligne de {b0}",
        [
            "Plateaux, lampes et plaids : {b0} élargit sa gamme pour la maison. Les premières pièces arrivent en boutique à {ville}.",
            "Les prix vont de {montant} à {montant}.",
        ],
    ),
    (
        "Cuir : comment {b0} choisit ses peaux",
        [
            "{b0} publie la liste de ses tanneries. Une démarche saluée par plusieurs observateurs du secteur.",
            "Le document sera mis à jour chaque année.",
        ],
    ),
    (
        "Cinq idées de cadeaux chez les maroquiniers français",
        [
            "Du portefeuille au cabas, notre sélection passe par {b0}, avec {le} {n} proposé à {montant}.",
            "À noter : la gravure des initiales est offerte en boutique.",
        ],
    ),
    (
        "Application mobile : {b0} veut suivre chaque sac",
        [
            "Entretien, garantie, réparation : l'application de {b0} donne à chaque pièce un carnet de suivi.",
            "Le déploiement se fait par étapes.",
        ],
    ),
]
PRESS += [
    (
        "Salon des métiers d'art : {b0} invite le public à coudre",
        [
            "Pendant trois jours à {ville}, {b0} fait découvrir la coupe, le parage et la couture sellier.",
            "Les visiteurs repartent avec un porte-clés fait de leurs mains.",
        ],
    ),
    (
        "{b0} relance {le} {n}",
        [
            "Sorti il y a trente ans, {le} {n} revient au catalogue de {b0}, en {couleur} et en {couleur}.",
            "Le prix est fixé à {montant}.",
        ],
    ),
    (
        "Logistique : {b0} rapproche ses entrepôts",
        [
            "{b0} regroupe ses stocks près de {ville} pour livrer plus vite. L'investissement doit réduire les retards.",
            "Le chantier dure {heures} mois.",
        ],
    ),
    (
        "Occasion : {b0} rachète ses propres sacs",
        [
            "{b0} reprend les sacs usagés contre un bon d'achat, les répare et les revend. Les premiers résultats sont encourageants.",
            "Près de {surface} pièces ont été reprises à {ville}.",
        ],
    ),
    (
        "Cuir et climat : les promesses de {b0}",
        [
            "{b0} s'engage à réduire ses émissions de {pct} % en trois ans. Une association juge l'objectif flou.",
            "Un rapport annuel est promis.",
        ],
    ),
    (
        "Emploi : {b0} recherche des maroquiniers à {ville}",
        [
            "{b0} propose {nb} postes en atelier, sans condition de diplôme. Les candidats passent un test d'habileté.",
            "La formation est payée.",
        ],
    ),
    (
        "Prix du cuir : {b0} augmente une partie de ses tarifs",
        [
            "Face à la hausse des matières, {b0} relève ses prix de {pct} % en moyenne. Les clients risquent d'être déçus.",
            "La réparation reste au même tarif.",
        ],
    ),
    (
        "À {ville}, l'atelier de {b0} ouvre ses portes",
        [
            "Samedi, {b0} fait visiter son atelier. Une belle occasion de voir naître {le} {n}.",
            "L'entrée est libre sur inscription.",
        ],
    ),
    (
        "Maison : {b0} signe un plateau avec un verrier",
        [
            "{b0} s'associe à un artisan verrier pour une série limitée, vendue {montant}.",
            "Cent exemplaires seront proposés en boutique à {ville}.",
        ],
    ),
    (
        "Vente en ligne : {b0} rattrape son retard",
        [
            "Les commandes sur internet pèsent {pct} points de plus qu'il y a deux ans chez {b0}.",
            "La direction parle d'un bon équilibre avec les boutiques.",
        ],
    ),
]
PRESS_CONTEXT: list[str] = [
    "Fondée il y a plus de soixante ans, la maison emploie environ {effectif} personnes.",
    "Contactée, la direction n'a pas souhaité commenter les chiffres.",
    "Le marché de la maroquinerie reste disputé.",
    "L'entreprise compte {nb} boutiques en France.",
    "Une annonce suivie de près par les élus locaux et par les salariés.",
    "La clientèle, fidèle, se dit attachée à la fabrication locale.",
    "D'autres ouvertures sont à l'étude.",
    "Le secteur emploie plusieurs milliers de personnes dans la région.",
]

FORUM_OPENINGS: list[str] = [
    "Bonjour à tous.",
    "Hello le forum !",
    "Bonsoir.",
    "Petit retour d'expérience.",
    "Salut !",
    "Bonjour, première fois que j'écris ici.",
]
FORUM_FILLERS: list[str] = [
    "J'ai mis du temps à me décider parce que le budget est conséquent.",
    "Pour comparer, j'avais avant {un} {n} d'une autre marque, <gardé|gardée> {usage}.",
    "Je mets des photos dès que possible.",
    "J'ai relu tout le fil avant de poster.",
    "Je l'utilise surtout pour aller travailler, sous la pluie comme au soleil.",
    "En boutique à {ville}, on m'a dit la même chose.",
    "Si d'autres ont le même modèle, je veux bien votre avis.",
    "Je précise que je ne travaille pas pour eux.",
    "L'entretien se limite à un lait deux fois par an.",
    "Côté délai, comptez {attente}.",
]

HOMONYMS: list[str] = [
    "Verdier titulaire au milieu de terrain ce soir, bonne nouvelle avant le match",
    "But de Verdier à la 83e, quel match de Ligue 2 !",
    "Mercato : Verdier prolonge jusqu'en 2028",
    "Le nouveau roman de la romancière Anne-Lise Verdier m'a bouleversé, une merveille",
    "Dédicace de Verdier samedi à la librairie de {ville}, venez nombreux",
    "Conseil municipal de {ville} : le maire Verdier présente le budget",
    "Verdier rate encore un penalty, match nul décevant",
    "J'ai fini le roman de Verdier {moment}, la fin est ratée",
    "Le milieu de terrain Verdier absent {attente} sur blessure",
    "Verdier, maire de {ville}, répond aux questions du conseil municipal",
]
NO_BRAND: list[str] = [
    "Quel cuir choisir pour un sac de tous les jours ?",
    "Braderie du cuir {moment} à {ville}, qui y va ?",
    "Cherche cordonnier sérieux à {ville} pour {piece}",
    "Un sac bien entretenu se garde vingt ans, disait {proche}",
    "Atelier couture {moment} à {ville}, très bon moment",
    "La maroquinerie recrute dans la région de {ville}",
]

# Other languages -------------------------------------------------------------------------------
FOREIGN: dict[str, dict[str, list[str]]] = {
    "en": {
        "positive": [
            "So happy with my {b} {bag}, the leather is gorgeous",
            "{b} repaired my old {bag} for free, wonderful service",
            "Lovely staff at the {b} shop in {ville}, will come back",
            "Best {bag} I ever owned, thank you {b}",
            "Bought a {bag} from {b} on holiday in {ville}, beautiful work",
            "Great gift idea: {un_en} {bag} by {b}, {proche_en} loves it",
        ],
        "negative": [
            "Still waiting for my {b} refund, this is awful",
            "The strap of my {b} {bag} broke after a month, very disappointed",
            "{b} app keeps crashing at checkout, terrible",
            "Worst customer service from {b}, nobody answers",
            "Paid customs twice for a {b} {bag}, a mess",
        ],
        "neutral": [
            "Does {b} ship to Ireland?",
            "Looking for a {b} {bag} in black, any tips?",
            "Is the {b} shop in {ville} open on Mondays?",
            "{b} announces a new store in {ville}",
            "Which size for the {b} {bag}?",
            "How long does a {b} repair take from abroad?",
        ],
    },
    "it": {
        "positive": [
            "Adoro la mia borsa {b}, pelle bellissima",
            "Ottimo servizio da {b}, grazie mille",
            "La borsa {b} presa a {ville} è stupenda",
            "Riparazione {b} perfetta, complimenti",
        ],
        "negative": [
            "Borsa {b} arrivata rovinata, pessimo servizio",
            "Aspetto ancora il rimborso da {b}, vergogna",
            "L'app di {b} non funziona, che delusione",
        ],
        "neutral": [
            "Qualcuno conosce {b}? Spediscono in Italia?",
            "Cerco una borsa {b} nera, consigli?",
            "Il negozio {b} di {ville} è aperto la domenica?",
        ],
    },
    "es": {
        "positive": [
            "Me encanta mi bolso {b}, piel preciosa",
            "Muy buena atención en la tienda {b} de {ville}, gracias",
            "El regalo de {b} llegó perfecto, recomendado",
        ],
        "negative": [
            "Mi bolso {b} se rompió al mes, muy mala calidad",
            "{b} no responde a mis correos, una vergüenza",
            "Pésima entrega de {b}, sigo esperando",
        ],
        "neutral": [
            "¿{b} envía a España?",
            "Busco un bolso {b} negro, ¿opiniones?",
            "¿Alguien sabe el horario de {b} en {ville}?",
        ],
    },
}
FOREIGN_WORDS: dict[str, list[str]] = {
    "bag": ["tote", "wallet", "crossbody bag", "satchel", "weekend bag", "belt"],
    "un_en": ["a small", "a black", "a classic", "a cognac"],
    "proche_en": ["my mum", "my sister", "my partner", "a friend", "my dad"],
}

EMOJI = {
    "positive": ["😍", "👏", "🥰", "✨", "🙌", "❤️", "👌", "😊"],
    "negative": ["😡", "😤", "🤦", "😠", "👎", "🙄", "💔"],
    "neutral": ["🤔", "👀", "🙏", "👜"],
}
HASHTAGS = {
    "positive": [
        "#cuir",
        "#savoirfaire",
        "#madeinfrance",
        "#maroquinerie",
        "#coupdecoeur",
        "#artisanat",
    ],
    "negative": ["#sav", "#arnaque", "#déception", "#serviceclient"],
    "neutral": ["#maroquinerie", "#sac", "#mode", "#déco", "#cadeau"],
}
