"""The cast: people with fixed numbers, each of whom shows one rule (domain.md 5.3). See README.md for who is who."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from db.seed import cast_rights
from db.seed.stage import Stage

if TYPE_CHECKING:
    from db.seed.generate import Makers


def play(makers: "Makers", most: int) -> None:
    """Adds the cast, in order, as long as there are fewer than `most` customers."""
    stage = Stage(makers)
    for part in PARTS:
        if makers.rows.last_id("customer") < most:
            part(stage)


def _callers_of_the_samples(stage: Stage) -> None:
    """Whoever imports the telephone samples finds these three: a screen, a stolen laptop, a repair that is ready."""
    sanne = stage.person(
        91, "Sanne Kuipers", "v", "1991-06-04", "Oranjeboomstraat 12, Rotterdam", 500, phone="+31612345678"
    )
    stage.policy(sanne, 91, "TEL", "phone", "iPhone 15", 500)


def _caller_with_a_stolen_laptop(stage: Stage) -> None:
    robert = stage.person(
        92, "Robert van der Linden", "m", "1978-11-23", "Oostzeedijk 88, Rotterdam", 700, phone="+31104567890"
    )
    stage.policy(robert, 92, "LAP", "laptop", "MacBook Air 15", 700)


def _caller_about_a_repair(stage: Stage) -> None:
    fatima = stage.person(
        93, "Fatima el Idrissi", "v", "1985-02-17", "Kinkerstraat 201, Amsterdam", 640, phone="+31201234567"
    )
    policy = stage.policy(fatima, 93, "TEL", "phone", "Galaxy S24", 640)
    damage = "Achterkant glas gebroken, camera beschadigd"
    reported = stage.working(12)
    claim = stage.claim(
        fatima, policy, 93, "damage", "approved_repair", 14, reported, damage,
        "Van het aanrecht gevallen.", reserve=21_000,
    )  # fmt: skip
    stage.order(claim, fatima, policy, 93, damage, "ready_for_collection", reported - 1, 1)
    stage.call(fatima, reported, "claim_new", "Schade gemeld, reparatieopdracht volgt.", device=policy.device.name)


def _screen_repair(stage: Stage) -> None:
    jolanda = stage.person(1, "Jolanda van den Berg", "v", "1987-03-12", "Twijnstraat 14, Utrecht", 410)
    policy = stage.policy(jolanda, 1, "TEL", "phone", "iPhone 15", 410)
    damage, device = "Scherm gebroken, glas los linksboven", policy.device.name
    reported = stage.working(40)
    claim = stage.claim(
        jolanda, policy, 1, "damage", "closed", 41, reported, damage, "Uit de hand gevallen bij het instappen."
    )
    stage.order(claim, jolanda, policy, 1, damage, "closed", reported - 3, reported - 12)
    stage.call(jolanda, reported, "claim_new", f"Scherm van {device} stuk. Dekking in orde.", device=device)
    stage.call(jolanda, stage.working(30), "claim_status", "Reparatie is klaar, wordt thuisbezorgd.", device=device)


def _theft_in_time(stage: Stage) -> None:
    mehmet = stage.person(2, "Mehmet Yılmaz", "m", "1994-09-30", "Lange Hezelstraat 21, Nijmegen", 300)
    policy = stage.policy(mehmet, 2, "TEL", "phone", "iPhone 16", 300)
    reported = stage.working(8)
    stage.claim(
        mehmet, policy, 2, "theft", "under_review", reported + 1, reported, "Diefstal",
        "Uit de jaszak genomen in de bus. Aangifte na 6 uur, IMEI staat in het proces-verbaal.",
        reserve=policy.device.cents,
    )  # fmt: skip
    stage.call(mehmet, reported, "theft_new", "Diefstal gemeld, origineel pv is onderweg.", device=policy.device.name)


def _theft_too_late(stage: Stage) -> None:
    kevin = stage.person(3, "Kevin Bakker", "m", "2001-01-19", "Korvelseweg 33, Tilburg", 220)
    policy = stage.policy(kevin, 3, "TEL", "phone", "Galaxy S25", 220)
    reported = stage.working(6)
    contact, _ = stage.call(kevin, reported, "theft_new", "Aangifte pas na 60 uur; IMEI ontbreekt in het pv.")
    stage.claim(
        kevin, policy, 3, "theft", "awaiting_documents", reported + 4, reported, "Diefstal",
        "Van het terras gestolen. Aangifte 60 uur later, IMEI staat niet in het proces-verbaal.",
        reserve=policy.device.cents,
    )  # fmt: skip
    stage.task(kevin, contact, "follow_up", "Aanvullend proces-verbaal met IMEI opvragen", reported)


def _loss_without_cover(stage: Stage) -> None:
    marijke = stage.person(4, "Marijke Postma", "v", "1963-07-08", "Voorstreek 50, Leeuwarden", 900)
    policy = stage.policy(marijke, 4, "TELB", "phone", "Galaxy S23", 900)
    reported = stage.working(5)
    stage.claim(
        marijke, policy, 4, "loss", "intended_rejection", reported + 2, reported, "Verlies",
        "Toestel laten liggen in de trein.", reserve=policy.device.cents,
    )  # fmt: skip


def _arrears_without_notice(stage: Stage) -> None:
    danny = stage.person(5, "Danny Smits", "m", "1982-12-01", "Haagdijk 77, Breda", 520)
    policy = stage.policy(danny, 5, "TEL", "phone", "iPhone 14", 520)
    reported = stage.working(4)
    stage.claim(
        danny, policy, 5, "damage", "awaiting_premium", reported + 1, reported, "Scherm blijft zwart na val",
        "Van de trap gevallen.", reserve=19_000,
    )  # fmt: skip
    stage.call(danny, reported, "premium", "Achterstand van twee maanden. Geen bewezen aanmaning: de dekking staat.")


def _arrears_with_notice(stage: Stage) -> None:
    sheila = stage.person(6, "Sheila Ramdin", "v", "1990-04-25", "Weimarstraat 112, Den Haag", 610)
    policy = stage.policy(sheila, 6, "TEL", "phone", "iPhone 14 Pro", 610, status="suspended")
    reported = stage.working(7)
    stage.claim(
        sheila, policy, 6, "damage", "intended_rejection", reported + 1, reported, "Vochtschade",
        "In de gootsteen gevallen.", reserve=33_000,
    )  # fmt: skip
    stage.call(sheila, reported, "premium", "Aanmaning is 30 dagen oud en bewezen; dekking geschorst. Uitgelegd.")


def _find_my_is_on(stage: Stage) -> None:
    lotte = stage.person(7, "Lotte de Groot", "v", "1998-10-14", "Assendorperstraat 9, Zwolle", 260)
    policy = stage.policy(lotte, 7, "TEL", "phone", "iPhone 16 Pro", 260)
    damage, reported = "Display gebarsten over de hele breedte", stage.working(11)
    claim = stage.claim(
        lotte, policy, 7, "damage", "approved_repair", reported + 1, reported, damage, "Gevallen.", reserve=19_000
    )
    stage.order(claim, lotte, policy, 7, damage, "blocked_activation_lock", reported - 2, reported - 4)
    called = stage.working(reported - 5)
    contact, _ = stage.call(lotte, called, "claim_status", "Zoek mijn staat nog aan. Klant zet het vanavond uit.")
    stage.task(lotte, contact, "callback", "Terugbellen: staat Zoek mijn uit?", called)


def _board_swapped(stage: Stage) -> None:
    henk = stage.person(8, "Henk Dijkstra", "m", "1955-05-20", "Oosterdijk 18, Sneek", 830)
    policy = stage.policy(henk, 8, "TEL", "phone", "Galaxy S23", 830)
    damage, reported = "Toestel start niet op na val", stage.working(35)
    claim = stage.claim(
        henk, policy, 8, "damage", "settled", reported + 1, reported, damage, "Van het dak van de auto."
    )
    stage.order(claim, henk, policy, 8, damage, "delivered", reported - 3, reported - 25)
    stage.call(henk, stage.working(9), "partner_repairer", "Moederbord vervangen, nieuw IMEI op de polis gezet.")


def _total_loss_and_complaint(stage: Stage) -> None:
    esther = stage.person(9, "Esther Verhoeven", "v", "1974-08-02", "Heuvelstraat 5, Oss", 1100)
    policy = stage.policy(esther, 9, "LAP", "laptop", "MacBook Pro 14", 1100)
    damage, reported = "Laptop start niet meer op na vocht", stage.working(48)
    claim = stage.claim(
        esther, policy, 9, "damage", "approved_replacement", reported + 1, reported, damage,
        "Thee over het toetsenbord.", reserve=110_000,
    )  # fmt: skip
    stage.order(claim, esther, policy, 9, damage, "total_loss_reported", reported - 4, reported - 15)
    called = stage.working(10)
    contact, _ = stage.call(esther, called, "complaint", "Wil nieuw in plaats van gereviseerd. Klacht, Kifid genoemd.")
    stage.task(esther, contact, "complaint", "Standpunt op klacht schrijven (Kifid)", called, "hugo.handler")


def _ring_of_four(stage: Stage) -> None:
    names = (
        ("Ricardo Pinas", "m", "1996-03-03", "Korreweg 14, Groningen"),
        ("Sharon Blokland", "v", "1997-11-11", "Korreweg 14, Groningen"),
        ("Glenn Kartosen", "m", "1995-07-21", "Besterdring 70, Tilburg"),
        ("Anouska Mohan", "v", "1999-12-28", "Bergweg 155, Rotterdam"),
    )
    device, incident = None, 0
    for place, (name, gender, born, home) in enumerate(names):
        person = stage.person(10 + place / 10, name, gender, born, home, 90 - 10 * place)
        policy = stage.policy(person, 10 + place / 10, "TEL", "phone", "iPhone 16 Pro", 90 - 10 * place, device=device)
        device = policy.device
        rows = stage.makers.rows
        if not incident:
            incident = stage.makers.signals.incident(person, "fraud", "investigation", 20, 1095)
        else:
            rows.add("incident_subject", incident, person.id, person.display)
        rows.add(
            "signal", incident, person.id, "same_imei", "Vier klanten verzekeren hetzelfde IMEI.",
            stage.days.moment(20, 60_000),
        )  # fmt: skip


def _typo_cleared(stage: Stage) -> None:
    wim = stage.person(11, "Wim Hoogendoorn", "m", "1969-02-06", "Langestraat 31, Alkmaar", 1300)
    stage.policy(wim, 11, "TEL", "phone", "iPhone 13", 1300)
    rows, days = stage.makers.rows, stage.days
    at = days.moment(420, 60_000)
    incident = rows.add("incident", "fraud", "ended", "freek.fraude", at, days.text[55], at)
    rows.add(
        "incident_note", incident, "freek.fraude", "Tikfout in het IMEI; op tijd verwijderd.", days.moment(55, 50_000)
    )


PARTS: Final[tuple[Callable[[Stage], None], ...]] = (
    _callers_of_the_samples,
    _caller_with_a_stolen_laptop,
    _caller_about_a_repair,
    _screen_repair,
    _theft_in_time,
    _theft_too_late,
    _loss_without_cover,
    _arrears_without_notice,
    _arrears_with_notice,
    _find_my_is_on,
    _board_swapped,
    _total_loss_and_complaint,
    _ring_of_four,
    _typo_cleared,
    *cast_rights.PARTS,
)
