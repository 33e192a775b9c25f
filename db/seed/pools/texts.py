"""Sentences of notes, damages, agreements and tasks, as people at a call centre write them.

`{toestel}` is the device, `{plaats}` the customer's place, `{naam}` the salutation. No health data, no BSN.
"""

from typing import Final

# cause: damage text (what the repairer reads); circumstances
DAMAGE: Final = {
    "screen": (
        ("Scherm gebroken, glas los linksboven", "Toestel uit de hand gevallen bij het uitstappen uit de auto."),
        ("Display gebarsten over de hele breedte, touch werkt nog", "Van de keukentafel gevallen op een tegelvloer."),
        ("Scherm blijft zwart na val, toestel trilt wel", "Tijdens het fietsen uit de jaszak gevallen."),
        ("Barst in scherm en deuk in de rand", "Op het station op het perron gevallen."),
        ("Scherm kapot, beeld met groene strepen", "Van de trap gevallen, twee treden."),
    ),
    "back": (
        ("Achterkant glas gebroken, camera beschadigd", "Van het bureau gestoten door de kat."),
        ("Behuizing ingedeukt, volumeknop werkt niet meer", "Tussen de autodeur gekomen."),
        ("Camera scherpt niet meer, glas van de lens gebarsten", "Tegen een deurpost gestoten met het toestel in de hand."),
    ),
    "liquid": (
        ("Vochtschade, toestel start niet op", "Glas water omgevallen over het toestel."),
        ("Vocht in het toestel, microfoon werkt niet", "In de wasbak gevallen bij het handen wassen."),
    ),
    "keyboard": (
        ("Toetsenbord reageert niet na vocht", "Koffie over het toetsenbord gemorst."),
        ("Laptop start niet meer op na vocht", "Fles water lekte in de tas."),
    ),
    "bike": (
        ("Voorvork verbogen, voorwiel slag", "Aangereden bij het afslaan, andere partij is doorgereden."),
        ("Derailleur afgebroken, achterwiel beschadigd", "Fiets omgewaaid bij het station."),
        ("Display van de fiets gebroken, kabel los", "Gevallen op natte bladeren."),
    ),
}  # fmt: skip
THEFT: Final = (
    "Uit de tas genomen in de trein tussen {plaats} en Utrecht. Aangifte gedaan dezelfde avond.",
    "Fietstas opengesneden op de markt in {plaats}; pv volgt per post.",
    "Inbraak in de woning, raam aan de achterkant geforceerd. Proces-verbaal aanwezig.",
    "Op het terras van tafel gegrist, dader op een scooter. Signalement in het pv.",
    "Gestolen uit de kleedkamer van de sportschool, kastje was afgesloten.",
    "Fiets weg bij station {plaats}, slot doorgeslepen. Beide sleutels aanwezig.",
    "Uit de auto genomen, ruit rechtsachter ingeslagen.",
)
LOSS: Final = (
    "Toestel laten liggen in de bus, navraag bij gevonden voorwerpen leverde niets op.",
    "Kwijtgeraakt op een festival, Zoek mijn geeft geen locatie meer.",
    "In het water gevallen tijdens het varen en niet teruggevonden.",
)

SUBJECTS: Final = {
    "claim_new": "Schade gemeld: {toestel}",
    "claim_status": "Stand van de schade: {toestel}",
    "theft_new": "Diefstal gemeld: {toestel}",
    "theft_status": "Stand van de diefstalclaim: {toestel}",
    "policy_change": "Wijziging polis",
    "policy_cancel": "Opzegging",
    "premium": "Premie en incasso",
    "complaint": "Klacht",
    "privacy_request": "Privacyverzoek",
    "partner_repairer": "Vraag van of over reparateur",
    "wrong_number": "Verkeerd verbonden",
    "disconnected": "Verbroken",
}
NOTES: Final[dict[str, tuple[str, ...]]] = {
    "claim_new": (
        "Schade aan {toestel} opgenomen. Uitgelegd: reservekopie maken, Zoek mijn uit, zonder lader opsturen.",
        "Klant meldt schade aan {toestel}. Foto's van voor- en achterkant volgen via het portaal.",
        "{toestel} gevallen. Dekking nagekeken, eigen risico genoemd. Verklaring toedracht per mail gestuurd.",
        "Nieuwe schade. Klant wil liever langs een winkel in {plaats} dan opsturen.",
        "Vraagt of {toestel} met deze schade gedekt is. Ja, melding aangemaakt.",
    ),
    "claim_status": (
        "Vraagt hoe het met de reparatie van {toestel} staat. Ligt bij de reparateur, onderdeel onderweg.",
        "Reparatie is klaar, klant haalt {toestel} morgen op.",
        "Stukken ontvangen bevestigd. Beslissing binnen tien werkdagen toegezegd.",
        "Verzendlabel opnieuw gestuurd naar het bekende mailadres.",
        "Klant ongeduldig over de doorlooptijd. Uitgelegd waarom het langer duurt, terugbelafspraak gemaakt.",
        "Vraagt of Zoek mijn uit moet. Uitgelegd dat dit voor reparatie nodig is.",
    ),
    "theft_new": (
        "Diefstal van {toestel}. Gewezen op aangifte binnen 24 uur met IMEI in het pv. Zoek mijn aan laten staan.",
        "{toestel} gestolen in {plaats}. Simkaart is al geblokkeerd, origineel pv komt per post.",
    ),
    "theft_status": (
        "Vraagt of het pv is ontvangen. Ja, dossier is compleet.",
        "Pv nog niet binnen. Adres voor het origineel nog eens doorgegeven.",
        "Klant vraagt wanneer het vervangende toestel komt. Twee werkdagen na goedkeuring.",
    ),
    "policy_change": (
        "Adreswijziging doorgevoerd na verificatie.",
        "Nieuw toestel doorgegeven, {toestel} gaat van de polis af.",
        "Telefoonnummer gewijzigd, oud nummer verwijderd.",
        "Vraagt naar een kopie van het polisblad. Via het portaal klaargezet.",
        "Wil de polis op naam van de partner. Uitgelegd hoe dat gaat.",
    ),
    "policy_cancel": (
        "Zegt op per het einde van de volgende maand. Bevestiging gestuurd.",
        "Wil opzeggen wegens verkoop van {toestel}. Opzegtermijn van een maand uitgelegd.",
        "Bedenktijd: aanvraag ingetrokken binnen veertien dagen.",
    ),
    "premium": (
        "Vraag over de afschrijving van deze maand. Uitgelegd.",
        "Incasso gestorneerd, klant betaalt zelf via de betaallink.",
        "Vraagt om een andere incassodatum. Kan niet, uitgelegd.",
        "Herinnering ontvangen terwijl betaald was. Nagekeken: verwerkt op de dag van de brief.",
    ),
    "complaint": (
        "Klacht over de duur van de reparatie. Vastgelegd, bevestiging binnen drie werkdagen.",
        "Niet eens met de afwijzing. Klachtprocedure en Kifid genoemd.",
        "Klacht over bejegening in een eerder gesprek. Teamleider belt terug.",
    ),
    "privacy_request": (
        "Vraagt welke gegevens wij hebben. Inzageverzoek aangemaakt, overzicht binnen vier weken.",
        "Wil geen nieuwsbrief meer. Bezwaar geregistreerd, werkt direct.",
    ),
    "partner_repairer": (
        "Reparateur vraagt om akkoord op de prijsopgave. Doorgezet naar schadebehandeling.",
        "Winkel belt over een klant aan de balie. Geen gegevens verstrekt, klant zelf gesproken.",
    ),
    "wrong_number": ("Verkeerd verbonden.",),
    "disconnected": ("Verbinding verbroken, teruggebeld zonder gehoor.", "Verbroken tijdens het gesprek."),
}
COMMITMENTS: Final = (
    "Wij bellen terug zodra de reparateur een datum heeft",
    "Klant stuurt de aankoopbon binnen drie werkdagen",
    "Wij sturen het verzendlabel vandaag per mail",
    "Klant stuurt het originele proces-verbaal per post",
    "Beslissing binnen tien werkdagen",
    "Klant zet Zoek mijn uit en laat het weten",
    "Wij vragen de reparateur om spoed",
    "Klant betaalt de achterstallige premie vóór vrijdag",
    "Wij storten het uitgekeerde bedrag binnen drie werkdagen na goedkeuring",
    "Wij bevestigen de opzegging schriftelijk",
)
TASKS: Final = {
    "callback": (
        "Terugbellen over de reparatie",
        "Terugbellen over de premie",
        "Klant bellen: verbinding viel weg",
    ),
    "follow_up": (
        "Verzendlabel sturen",
        "Nagaan of het pv binnen is",
        "Polisblad sturen",
        "Aankoopbon opvragen",
    ),
    "check": ("Adreswijziging nakijken", "Dubbel dossier nakijken", "IMEI van nieuw toestel nakijken"),
    "complaint": ("Klacht bevestigen", "Standpunt op klacht schrijven"),
    "wrap_up": ("Gesprek afronden: code en afspraken ontbreken",),
    "privacy": ("Inzageverzoek doorzetten", "Identiteit van de aanvrager nagaan"),
}
WRITTEN: Final = {
    "email": "Vraag per e-mail over {toestel}, beantwoord.",
    "web_form": "Formulier van de website: vraag over de polis van {toestel}.",
    "portal": "Bericht via het portaal met foto van {toestel}.",
    "letter": "Brief ontvangen en gescand.",
    "facebook": "Privébericht: wil weten hoe een schade te melden. Verwezen naar telefoon of portaal.",
    "x": "Bericht over de bereikbaarheid, vriendelijk beantwoord.",
    "linkedin": "Vraag over een zakelijke polis.",
}
