"""The second half of the cast: those who show a right, a term or a name rather than a claim."""

from collections.abc import Callable
from typing import Final

from db.seed.stage import Stage


def _objects_to_recording(stage: Stage) -> None:
    ingrid = stage.person(12, "Ingrid Meijer", "v", "1971-09-17", "Breestraat 40, Leiden", 450)
    stage.policy(ingrid, 12, "TAB", "tablet", "iPad Air 11", 450)
    called = stage.working(15)
    stage.makers.choices.object_to(ingrid, "recording", called)
    stage.call(ingrid, called, "policy_change", "Opname gestopt op verzoek van de beller.", state="announced_objection")


def _withdraws_later(stage: Stage) -> None:
    youssef = stage.person(13, "Youssef el Amrani", "m", "1989-06-26", "Kanaalstraat 66, Utrecht", 380)
    stage.policy(youssef, 13, "TEL", "phone", "Galaxy S24", 380)
    stage.call(
        youssef, stage.working(22), "claim_status", "Trok twee dagen later de instemming met de opname in.",
        state="withdrawn_afterwards",
    )  # fmt: skip


def _access_due_tomorrow(stage: Stage) -> None:
    """The answer is due on the next working day."""
    truus = stage.person(14, "Truus van Leeuwen", "v", "1948-01-30", "Grote Houtstraat 90, Haarlem", 1500)
    policy = stage.policy(truus, 14, "TEL", "phone", "Galaxy A54", 1000)
    for ago, note in (
        (150, "Vraag over de polis."),
        (80, "Schoonzoon sprak mee op de achtergrond."),
        (33, "Vraag over de incasso."),
    ):
        stage.call(truus, stage.working(ago), "premium", note, device=policy.device.name)
    due = stage.days.working_days_later(0, 1)
    stage.makers.choices.request(truus, "access", due + 28, "collecting")


def _erasure_in_part(stage: Stage) -> None:
    bas = stage.person(15, "Bas Timmermans", "m", "1992-05-15", "Boschdijk 210, Eindhoven", 720)
    policy = stage.policy(bas, 15, "TEL", "phone", "iPhone 14", 720)
    reported = stage.working(9)
    stage.claim(
        bas, policy, 15, "damage", "under_review", reported + 1, reported, "Camera scherpt niet meer",
        "Gestoten tegen een deurpost.", reserve=21_000,
    )  # fmt: skip
    stage.makers.choices.request(bas, "erasure", 12, "reviewing")


def _recording_at_day_178(stage: Stage) -> None:
    corrie = stage.person(16, "Corrie Schouten", "v", "1959-03-29", "Asselsestraat 130, Apeldoorn", 860)
    stage.policy(corrie, 16, "LAP", "laptop", "Pavilion 15", 860)
    contact, _ = stage.call(
        corrie, 178, "complaint", "Klacht: toegezegde reparatie niet uitgevoerd. Afspraak is in het gesprek gemaakt."
    )
    stage.task(corrie, contact, "complaint", "Afspraak uit het gesprek in het dossier zetten", 4, "tessa.teamlead")


def _partner_authorisation_expired(stage: Stage) -> None:
    iris = stage.person(17, "Iris Molenaar", "v", "1995-12-12", "Kerkstraat 24, Hilversum", 370)
    stage.policy(iris, 17, "TEL", "phone", "iPhone 15", 370)
    stage.call(iris, stage.working(3), "policy_change", "Machtiging voor inzage door de winkel loopt af.")


def _account_changed_before_payout(stage: Stage) -> None:
    peter = stage.person(18, "Peter Janssen", "m", "1967-10-05", "Lomstraat 11, Venlo", 990, account_changed=4)
    policy = stage.policy(peter, 18, "TEL", "phone", "iPhone 14 Pro", 990)
    reported = stage.working(20)
    stage.claim(
        peter, policy, 18, "theft", "payment_prepared", reported + 1, reported, "Diefstal",
        "Uit de kleedkamer gestolen, pv compleet.", reserve=policy.device.cents,
    )  # fmt: skip


def _belgian(stage: Stage) -> None:
    luc = stage.person(19, "Luc Vander Laan", "m", "1976-08-19", "Nationalestraat 44, Antwerpen", 540, country="BE")
    stage.policy(luc, 19, "TEL", "phone", "Galaxy S24", 540)


def _two_of_one_name(stage: Stage) -> None:
    for place, (home, since) in enumerate((("Oudegracht 120, Utrecht", 1200), ("Biltstraat 31, Utrecht", 640))):
        jan = stage.person(20 + place / 10, "Jan de Vries", "m", "1958-05-05", home, since)
        stage.policy(jan, 20 + place / 10, "TEL", "phone", "Galaxy A54", min(since, 900))


def _call_with_no_match(stage: Stage) -> None:
    stage.call(
        None, stage.working(2), "premium", "Nummer onbekend, beller noemde geen klantnummer.", ani="+31658000021"
    )


def _contested_evaluation(stage: Stage) -> None:
    anouk = stage.person(22, "Anouk Jansen", "v", "1993-04-18", "Steenstraat 81, Arnhem", 350)
    stage.policy(anouk, 22, "TEL", "phone", "iPhone 15", 350)
    stage.call(anouk, stage.working(16), "claim_status", "Lang gesprek over de doorlooptijd.", agent="bram.agent")


def _deceased(stage: Stage) -> None:
    gerrit = stage.person(23, "Gerrit Mulder", "m", "1941-11-02", "Hoofdstraat 17, Emmen", 1400, deceased=45)
    stage.policy(gerrit, 23, "TELB", "phone", "Galaxy A52", 1400)
    stage.call(
        gerrit, stage.working(30), "policy_cancel", "Dochter belt: haar vader is overleden. Akte volgt per post."
    )


def _prefers_writing(stage: Stage) -> None:
    """What lies behind the wish is health data: only the wish is kept."""
    ans = stage.person(24, "Ans Blom", "v", "1952-06-21", "Hinthamerstraat 58, 's-Hertogenbosch", 770)
    stage.policy(ans, 24, "TEL", "phone", "Galaxy S22", 770)
    stage.makers.rows.add("preference", ans.id, "channel", "email", None, stage.days.moment(770, 50_000))


PARTS: Final[tuple[Callable[[Stage], None], ...]] = (
    _objects_to_recording,
    _withdraws_later,
    _access_due_tomorrow,
    _erasure_in_part,
    _recording_at_day_178,
    _partner_authorisation_expired,
    _account_changed_before_payout,
    _belgian,
    _two_of_one_name,
    _call_with_no_match,
    _contested_evaluation,
    _deceased,
    _prefers_writing,
)
