"""What guests write about a small restaurant of Lyon and its neighbours, and what owners answer."""

from __future__ import annotations

WORDS: dict[str, list[str]] = {
    "plat": [
        "la quenelle de brochet",
        "le tablier de sapeur",
        "l'andouillette",
        "la tête de veau",
        "le saucisson brioché",
        "le gâteau de foies de volaille",
        "le poulet aux écrevisses",
        "la salade lyonnaise",
        "l'épaule d'agneau",
        "le petit salé aux lentilles",
    ],
    "dessert": [
        "la tarte aux pralines",
        "l'île flottante",
        "la mousse au chocolat",
        "le sorbet au vieux marc",
        "la tarte aux pommes",
    ],
    "convives": [
        "à deux",
        "en famille",
        "entre amis",
        "à six",
        "avec des collègues",
        "pour mon anniversaire",
        "avec mes parents",
        "en amoureux",
    ],
    "quand": [
        "samedi soir",
        "jeudi midi",
        "dimanche midi",
        "un mardi soir",
        "vendredi soir",
        "en semaine",
    ],
    "prix": ["24 €", "28 €", "32 €", "19 €", "36 €"],
    "attente": [
        "quarante minutes",
        "une demi-heure",
        "près d'une heure",
        "trois quarts d'heure",
        "vingt-cinq minutes",
    ],
    "vin": ["un beaujolais", "un pot de côtes-du-rhône", "un viognier", "un saint-joseph"],
    "serveur": ["la serveuse", "le serveur", "le patron", "la patronne", "toute l'équipe"],
    "prenom_h": ["Marius", "Jeanne", "le chef"],
}
POSITIVE: list[str] = [
    "{plat_c} était un délice, généreuse portion et sauce parfaite",
    "Accueil chaleureux de {serveur}, on se sent comme à la maison",
    "{plat_c} puis {dessert} : un régal du début à la fin",
    "Cuisine généreuse et savoureuse, produits frais, rien à redire",
    "Excellent rapport qualité-prix, le menu à {prix} est une belle surprise",
    "Service attentif et souriant malgré une salle comble",
    "La terrasse est très agréable, à l'ombre des platanes",
    "{dessert_c} vaut le voyage, un pur bonheur",
    "Cadre authentique, nappes à carreaux et bonne humeur, nous avons adoré",
    "{serveur_c} nous a conseillé {vin}, parfait avec {plat}",
    "Venus {convives} {quand}, nous avons passé un excellent moment",
    "Une adresse sincère comme on les aime, bravo en cuisine",
    "Meilleur bouchon du quartier à notre avis, {plat} est remarquable",
    "Plats copieux, cuisson parfaite, et {dessert} à tomber",
]
POSITIVE_MORE: list[str] = [
    "Nous reviendrons avec plaisir.",
    "Pensez à réserver, la salle est petite.",
    "Merci à {serveur} !",
    "Je recommande vivement.",
    "Une valeur sûre.",
    "Bravo et à bientôt.",
    "Les enfants ont été très bien reçus.",
    "On s'est régalés.",
    "Venus {convives}, tout le monde était ravi.",
]
MIXED: list[str] = [
    "{plat_c} : très bon, mais l'attente un peu longue, {attente} entre les plats",
    "Bonne cuisine, salle très bruyante {quand}",
    "Correct sans plus, {plat} manquait d'assaisonnement, {dessert} était bien",
    "Accueil sympathique, carte courte, prix en hausse",
    "Bien dans l'ensemble, mais tables trop serrées",
    "Très bien pour {plat}, moins bien pour {dessert}, sans saveur",
]
NEGATIVE_NOISE: list[str] = [
    "Salle beaucoup trop bruyante, impossible de s'entendre {quand}",
    "Un vacarme insupportable, nous avons écourté le repas",
    "Tables collées et bruit infernal, soirée gâchée",
    "Musique trop forte en plus du brouhaha, très désagréable",
]
NEGATIVE_WAIT: list[str] = [
    "{attente_c} d'attente avant l'entrée, et personne pour s'excuser",
    "Service débordé, {attente} entre les plats, inadmissible",
    "Réservation oubliée, {attente} debout à l'entrée, accueil désagréable",
    "Nous avons attendu {attente} pour {plat}, tiède à l'arrivée, très déçus",
]
NEGATIVE_FOOD: list[str] = [
    "{plat_c} sans goût, beaucoup trop de sel, grosse déception",
    "Portion ridicule pour {prix}, trop cher",
    "{dessert_c} sortait visiblement du congélateur, décevant",
    "Cuisine grasse et lourde, nous ne reviendrons pas",
    "{plat_c} tiède et le vin mauvais, quelle déception",
]
NEGATIVE_MORE: list[str] = [
    "Dommage, l'endroit est joli.",
    "Nous ne reviendrons pas.",
    "Très déçus.",
    "C'était pourtant bon il y a un an.",
    "À éviter le soir.",
    "L'addition, elle, est arrivée vite.",
    "Prévoir de la patience.",
]
TITLES = {
    "positive": [
        "Un régal",
        "Belle adresse",
        "Comme à la maison",
        "Authentique",
        "Très bon moment",
        "Le vrai bouchon",
    ],
    "neutral": ["Correct", "Bon mais bruyant", "Mitigés", "Sans plus"],
    "negative": ["Déçus", "Trop d'attente", "Trop bruyant", "À éviter", "Décevant"],
}
ENGLISH = {
    "positive": [
        "Wonderful little bouchon, the quenelle was delicious and the staff so kind",
        "Best meal of our trip to Lyon, generous and friendly, thank you",
        "Lovely terrace, great praline tart, we will be back",
    ],
    "neutral": [
        "Good food but a very loud room, bring patience",
        "Nice place, small menu, average wine",
    ],
    "negative": [
        "We waited fifty minutes for a cold main course, very disappointing",
        "Too noisy to talk, rude welcome, overpriced",
    ],
}
ANSWERS = {
    "positive": [
        "Merci {nom} pour ce gentil mot, il est déjà affiché en cuisine. À bientôt ! Lucienne",
        "Un grand merci {nom}, toute l'équipe est ravie. Lucienne",
        "Merci {nom} ! La prochaine fois, gardez une place pour {dessert}. Lucienne",
        "Merci {nom} de votre visite et de vos compliments, à très vite. Lucienne",
    ],
    "neutral": [
        "Merci {nom} de votre franchise, nous en parlons en équipe. Lucienne",
        "Bonjour {nom}, merci, nous avons noté la remarque sur le bruit et posons des panneaux cet été. Lucienne",
    ],
    "negative": [
        "Bonjour {nom}, nous sommes désolés de cette soirée. Écrivez-nous, la prochaine entrée est pour nous. Lucienne",
        "Bonjour {nom}, vous avez raison et nous nous en excusons. Une personne de plus rejoint la salle. Lucienne",
        "Bonjour {nom}, pardon pour l'attente, ce n'est pas notre façon de recevoir. Lucienne",
    ],
}
NEIGHBOUR_ANSWERS = [
    "Merci {nom} de votre visite, {dessert} de la maison vous attend.",
    "Merci {nom}, la cuisine est touchée. Pensez à réserver {quand} la prochaine fois.",
    "Bonjour {nom}, merci de votre retour, {plat} vous attend.",
    "Bonjour {nom}, nous sommes désolés pour {plat} et pour l'attente, nous ferons mieux la prochaine fois.",
]
POSTS: list[str] = [
    "Déjeuner {convives} {chez} {b}, {plat} : un vrai régal 😋 #lyon",
    "{b} : {dessert} à se damner, merci {serveur} !",
    "Qui connaît {b} à Lyon ? Une bonne adresse pour {quand} ?",
    "Petite table en terrasse {chez} {b}, le bonheur #bouchonlyonnais",
    "Trop de bruit {chez} {b} {quand}, dommage, {plat} : un délice",
    "Anniversaire fêté {chez} {b}, {dessert} pour tout le monde, merci {serveur} !",
    "{b}, {quand}, {convives} : {plat} et {vin}, le bonheur",
    "Première fois {chez} {b} {quand}, {plat} : un délice ❤️",
    "Réservation faite {chez} {b} {convives}, hâte !",
    "{b} affiche complet {quand}, il fallait réserver…",
    "{attente_c} d'attente {chez} {b}, un peu déçue du service",
    "{b} : le menu à {prix}, très bon rapport qualité-prix",
]
OWN: list[str] = [
    "Au menu cette semaine chez Lucienne : {plat} et {dessert}. Réservez par message !",
    "La terrasse est ouverte ☀️ À midi, menu à {prix}.",
    "Marius épluche, Lucienne râpe : demain, {plat}.",
    "Fermé lundi, on se retrouve mardi avec {plat}.",
    "{dessert_c} sort du four. Il en reste six parts.",
    "Merci pour vos mots doux de la semaine, ils sont affichés en cuisine.",
]
ARTICLES: list[tuple[str, str, str]] = [
    (
        "2025-06-12T08:00",
        "Cinq terrasses pour déjeuner à l'ombre",
        "Sous les platanes, Chez Lucienne ouvre sa terrasse d'une vingtaine de couverts. On y vient pour la quenelle et pour l'accueil. Le Bouchon des Pentes, plus haut, mise sur la vue.",
    ),
    (
        "2025-11-20T09:30",
        "Beaujolais nouveau : où le goûter à Lyon",
        "Chez Lucienne propose un menu unique autour du saucisson brioché. La Table d'Hortense préfère les petits producteurs. Réservation conseillée.",
    ),
    (
        "2026-03-05T07:45",
        "Chez Lucienne change de carte sans changer d'esprit",
        "Nouvelle carte, même nappe à carreaux : Chez Lucienne allège ses classiques et ajoute deux plats de légumes. Le résultat est une belle réussite, généreuse et précise.",
    ),
    (
        "2026-05-14T08:10",
        "Bouchons : la relève se fait une place",
        "De jeunes cuisiniers reprennent les maisons du quartier. Chez Lucienne, complète chaque week-end, cherche encore du personnel de salle. Les habitués se plaignent parfois de l'attente.",
    ),
]
