"""Synthetic customers for measuring: names, addresses and numbers spread as in the Netherlands.

The same seed gives the same people. Surnames follow a measured head (the most common names) and a long tail
composed of Dutch name parts, so that about one surname in three stands for a handful of people. Nobody here
exists: every number lies in a range made for this, and e-mail ends in example.nl.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any


def _weighted(text: str) -> dict[str, int]:
    """Names with the number behind each: 'de Jong 51, Jansen 44'."""
    pairs = (entry.rsplit(maxsplit=1) for entry in text.replace("\n", " ").split(","))
    return {name.strip(): int(weight) for name, weight in pairs}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# People per 10,000 with the most common surnames (order of size of the Dutch family-name bank).
COMMON_SURNAMES = _weighted("""
de Jong 51, Jansen 44, de Vries 43, van den Berg 35, van Dijk 34, Bakker 33, Janssen 33, Visser 30, Smit 25,
Meijer 24, de Boer 23, Mulder 22, de Groot 22, Bos 21, Vos 18, Peters 18, Hendriks 17, van Leeuwen 17, Dekker
16, Brouwer 15, de Wit 15, Dijkstra 15, Smits 14, de Graaf 13, van der Meer 13, van der Linden 12, Kok 12,
Jacobs 12, de Haan 12, Vermeulen 11, van den Heuvel 11, van der Veen 11, van den Broek 10, de Bruijn 10, van der
Heijden 10, Schouten 9, van Beek 9, Willems 9, van Vliet 9, van de Ven 8, Hoekstra 8, Maas 8, Verhoeven 8,
Koster 8, van Dam 8, van der Wal 8, Prins 7, Blom 7, Huisman 7, Peeters 7, de Jonge 7, Kuipers 7, van Veen 7,
Post 7, Kuiper 7, Veenstra 7, Kramer 7, van den Brink 7, Scholten 6, van Wijk 6, Postma 6, Martens 6, Vink 6, de
Ruiter 6, Timmermans 6, Groen 6, Gerritsen 6, Jonker 6, van Loon 6, Boer 6, van der Velde 6, Willemsen 6, Smeets
6, de Lange 6, de Vos 6, Bosch 6, van Dongen 6, Schipper 6, de Koning 6, van der Laan 6, Koning 6, van der
Velden 6, Driessen 5, van Doorn 5, Hermans 5, Evers 5, van den Bosch 5, van der Meulen 5, Hofman 5, Bosman 5,
Wolters 5, Sanders 5, van der Horst 5, Mol 5, Kuijpers 5, Molenaar 5, van de Pol 5, de Leeuw 5, Verbeek 5, in 't
Veld 1, van 't Hof 2, 't Hart 3, op den Kamp 1, van der Valk 2, Yilmaz 4, Kaya 3, Demir 3, Ali 4, el Amrani 2,
Ben Ali 1, Nguyen 3, Singh 3, Mohamed 4
""")
PREFIXES = ("", "", "", "", "", "van", "van", "de", "van der", "van den", "van de", "ter", "ten")
STEMS = _words("""
berg dijk veld hof laan beek wijk meer poel water bos heide broek zand land horst kamp brink eik els linde roos
vaart sloot kerk huis molen brug poort toren burg stein rade donk schot loo oord drecht haven zijl kolk wiel
boom steen klei duin kroon ster wolf vink haan leeuw arend zwaan kraai meeuw hazel wilg noten appel peren kers
gras klaver haver rogge koren mout brouw bakk smed tim kuip wever snijd schild vis jag herder boer slag mole
schip zeil koop win raad schout voog bode post reij groen zwart wit bruin rood blauw goud zilver koper ijzer
""")
STARTS = _words("""
Aal Ab Ach Ak Alb An App Bar Bei Ber Bes Beu Bie Bla Boe Bon Bor Bra Bre Bui Da Dee Del Die Doe Dol Dra Dui Ech
Eg El Em Er Fle Fo Fri Ga Gee Ger Gie Goe Gra Gui Haa Ham Har Hei Hel Hil Hoo Hou Hui Ij Jo Kal Kem Ket Kla Kle
Koe Kor Kra Kui La Lee Lem Lie Loo Lui Maar Mee Mie Moe Mui Na Nie Noo Oos Oud Pa Pee Pie Plo Prui Ra Ree Rie
Roe Rui Sa Schaa Schee Schoo Si Slie Sme Sno Spa Sta Stee Sto Stui Ta Tee Tie Toe Tui Uit Va Vee Ver Vlie Voor
Vree Waa Wee Wie Woe Zaa Zee Zie Zui Zwie
""")
ENDS = _words("""
berg broek burg dijk donk drecht hof horst hout huis huizen kamp laar land loo man mans meijer meer oord rade
ring ringa schot sema stede stein stra sma veen veld veen wijk woude zen zijl ink ing inga ema ker kers lers
mers nen ters ven vers sen ssen els ens eren aar aars aert ijn
""")
FIRST_NAMES = _words("""
Jan Johannes Maria Anna Peter Hendrik Cornelis Willem Jacob Pieter Gerrit Elisabeth Johanna Kees Sanne Emma Daan
Sem Lucas Julia Sophie Lotte Eva Lars Tim Thomas Mark Bas Sander Jeroen Martijn Dennis Rob Hans Henk Wim Piet
Ans Ria Ingrid Monique Petra Marieke Linda Esther Karin Mirjam Bianca Patricia Anouk Iris Femke Fleur Roos Lisa
Laura Nienke Maaike Tessa Kim Naomi Mila Nora Sara Yasmin Fatima Mohammed Ahmed Youssef Ali Mehmet Emre Elif
Noor Zoë Chloé Loïs René André Jan-Willem Anne-Marie Bram Teun Guus Stijn Ruben Niels Rick Joost Wouter Koen
Maarten Floris Jasper Rutger Sietske Wiebe Hylke Fenna Jelle Tjitske Douwe Gijs Cees Truus Greetje Annie Nel
Corrie Toos Bep Leen Arie Klaas Siem Dirk Bert Ben Ton Ger Theo Frits Harm Geert Jos Sjaak Ad Loes Els Trees
Willemijn Charlotte Amber Indy Milan Levi Finn Noah Liam Mees James Luuk Jayden Thijs Siebe Vera Saar Olivia
Tess Elin Yara Evi Nina Fenne Liv Maud Sofie Isa Lieke Lynn Benthe Jade
""")
CITIES = _weighted("""
Amsterdam 90, Rotterdam 66, Den Haag 55, Utrecht 36, Eindhoven 24, Groningen 23, Tilburg 22, Almere 22, Breda
18, Nijmegen 18, Apeldoorn 16, Arnhem 16, Haarlem 16, Enschede 16, Amersfoort 16, Zaandam 8, 's-Hertogenbosch
15, Zwolle 13, Zoetermeer 12, Leiden 12, Leeuwarden 9, Maastricht 12, Dordrecht 12, Ede 8, Alphen aan den Rijn
11, Alkmaar 11, Delft 10, Emmen 6, Deventer 10, Venlo 10, Hilversum 9, Heerlen 8, Amstelveen 9, Purmerend 8, Oss
6, Roosendaal 7, Schiedam 8, Spijkenisse 7, Vlaardingen 7, Hoorn 7, Almelo 7, Gouda 7, Assen 6, Capelle aan den
IJssel 7, Veenendaal 7, Katwijk aan Zee 4, Bergen op Zoom 6, Hengelo 8, Nieuwegein 6, Den Helder 5, Hoogeveen 5,
Zeist 6, Terneuzen 3, Goes 3, Middelburg 5, Sneek 3, Meppel 3, Kampen 4, Harderwijk 5, Barneveld 4
""")
STREETS = _words("Dorpsstraat Kerkstraat Molenweg Stationsweg Schoolstraat Julianalaan Eikenlaan Beatrixstraat")
COLUMNS = _words("""
id customer_number initials first_name prefix last_name partner_prefix partner_last_name name_usage birth_date
street house_number house_letter house_addition postcode city country
""")


@dataclass(frozen=True)
class Person:
    """One synthetic customer with what find_customers can find him by."""

    id: int
    customer: tuple[object, ...]  # in the order of COLUMNS
    phone: str
    email: str
    iban: str
    policy_number: str
    certificate_number: str
    claim_number: str | None
    imei: str
    serial_number: str

    def __getattr__(self, name: str) -> Any:
        """A customer's column by its name."""
        try:
            return self.customer[COLUMNS.index(name)]
        except ValueError:
            raise AttributeError(name) from None


def split_prefix(surname: str) -> tuple[str | None, str]:
    """('van der', 'Berg') of 'van der Berg'; the prefix is what stands before the first capital."""
    words = surname.split(" ")
    for place, word in enumerate(words):
        if word[0].isupper() or (word[0] == "'" and word[1:2].isupper()):
            return " ".join(words[:place]) or None, " ".join(words[place:])
    return None, surname


def _rare_surname(rng: random.Random) -> str:
    prefix = rng.choice(PREFIXES)
    kind = rng.random()
    if kind < 0.35:
        core = rng.choice(STEMS).capitalize() + rng.choice(ENDS)
    elif kind < 0.85:
        core = rng.choice(STARTS) + rng.choice(("", "", "l", "r", "n", "s", "d", "m", "k")) + rng.choice(ENDS)
    else:
        core = rng.choice(STARTS) + rng.choice(STEMS) + rng.choice(ENDS)
    return f"{prefix} {core}".strip()


def _surnames(rng: random.Random, tail: int) -> tuple[list[str], list[float]]:
    """Names with cumulative weights: the common ones are a quarter of everybody, the tail is Zipf's."""
    names = list(COMMON_SURNAMES)
    weights = [float(w) for w in COMMON_SURNAMES.values()]
    seen = set(names)
    while len(names) < tail:
        name = _rare_surname(rng)
        if name not in seen:
            seen.add(name)
            names.append(name)
    zipf = [1 / (rank + 60) ** 0.95 for rank in range(len(names) - len(weights))]
    scale = (10_000 - sum(weights)) / sum(zipf)
    return names, list(accumulate(weights + [z * scale for z in zipf]))


def _luhn(digits: str) -> str:
    total = sum(sum(divmod(int(d) * (2 if place % 2 else 1), 10)) for place, d in enumerate(digits))
    return str(-total % 10)


def _iban(account: int) -> str:
    bban = f"HDSK{account:010d}"
    numeric = "".join(str(int(c, 36)) for c in bban + "NL00")
    return f"NL{98 - int(numeric) % 97:02d}{bban}"


def people(count: int, seed: int = 1, first_number: int = 1) -> Iterator[Person]:
    """`count` customers with ids from `first_number`, the same for the same seed."""
    rng = random.Random(seed)
    names, weights = _surnames(rng, min(90_000, max(2_000, count // 3)))
    first_weights = list(accumulate(1 / (rank + 8) for rank in range(len(FIRST_NAMES))))
    cities, city_weights = list(CITIES), list(accumulate(CITIES.values()))
    letters = "ABCDEGHJKLMNPRTVWXZ"
    for number in range(first_number, first_number + count):
        prefix, last = split_prefix(rng.choices(names, cum_weights=weights)[0])
        first = rng.choices(FIRST_NAMES, cum_weights=first_weights)[0]
        partner = split_prefix(rng.choices(names, cum_weights=weights)[0]) if rng.random() < 0.18 else (None, None)
        usage = rng.choice(("own", "partner", "partner_own", "own_partner", "partner_own")) if partner[1] else "own"
        initials = first[0] + "." + (rng.choice(letters) + "." if rng.random() < 0.5 else "")
        born = dt.date(1940, 1, 1) + dt.timedelta(days=int(rng.triangular(0, 24_800, 18_500)))
        city = rng.choices(cities, cum_weights=city_weights)[0]
        area = 1000 + (sum(map(ord, city)) * 37) % 8900 + rng.randrange(60)
        customer = (
            number,
            str(10_000_000 + number),
            initials,
            first if rng.random() < 0.9 else None,
            prefix,
            last,
            *partner,
            usage,
            born,
            rng.choice(STREETS),
            rng.randrange(1, 300),
            rng.choice("ABC") if rng.random() < 0.1 else None,
            None,
            f"{min(area, 9999)}{rng.choice(letters)}{rng.choice(letters)}",
            city,
            "NL",
        )
        imei = f"0012{rng.randrange(10**10):010d}"
        yield Person(
            number,
            customer,
            f"+316{rng.randrange(10**8):08d}" if rng.random() < 0.85 else f"+3110{rng.randrange(10**7):07d}",
            f"{first}.{last}{number}@example.nl".replace(" ", "").replace("'", "").lower(),
            _iban((number * 7 + rng.randrange(10**9) * 10) % 10**10),
            f"P-{10_000_000 + number}-01",
            f"C-2024-{number:07d}",
            f"{rng.choice('SSSSDV')}-26-{number:06d}" if rng.random() < 0.15 else None,
            imei + _luhn(imei),
            "".join(rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=9)) + f"{number % 100:02d}X",
        )
