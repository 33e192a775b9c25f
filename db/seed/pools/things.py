"""What is insured, and where the money comes from: devices, products, banks."""

from typing import Final

# kind: brand | weight | model, purchase price in euros, first year of sale where it matters; ...
DEVICES: Final = {
    "phone": """
Apple | 73 | iPhone 11, 589; iPhone 12, 719, 2020; iPhone 13, 749, 2021; iPhone 13 Pro, 899, 2021; iPhone 14, 799, 2022; iPhone 14 Pro, 1129, 2022; iPhone 15, 849, 2023; iPhone 15 Pro Max, 1349, 2023; iPhone 16, 969, 2024; iPhone 16e, 719, 2025; iPhone 16 Pro, 1229, 2024; iPhone SE, 559, 2022; iPhone 17, 969, 2025; iPhone 17 Pro, 1329, 2025
Samsung | 22 | Galaxy A52, 349; Galaxy S21, 699, 2021; Galaxy S22, 749, 2022; Galaxy A54, 449, 2023; Galaxy A55, 479, 2024; Galaxy A56, 499, 2025; Galaxy S23, 799, 2023; Galaxy S24, 849, 2024; Galaxy S24 Ultra, 1299, 2024; Galaxy S25, 899, 2025; Galaxy Z Flip6, 1149, 2024; Galaxy A16, 199, 2024
Google | 2 | Pixel 6, 599; Pixel 8a, 499, 2024; Pixel 9, 849, 2024; Pixel 9 Pro, 1049, 2024
Fairphone | 1 | Fairphone 4, 579; Fairphone 5, 649, 2023
OnePlus | 1 | OnePlus Nord 2, 399; OnePlus 13, 999, 2025
Xiaomi | 1 | Redmi Note 10, 199; Redmi Note 14, 249, 2025; Xiaomi 14T, 649, 2024
""",
    "laptop": """
Apple | 34 | MacBook Air 13, 1199; MacBook Air 15, 1449, 2023; MacBook Pro 14, 1899; MacBook Pro 16, 2599
HP | 20 | Pavilion 15, 749; EliteBook 840, 1399; Envy x360, 999
Lenovo | 20 | IdeaPad Slim 5, 749; ThinkPad T14, 1499; Yoga 7, 1099
Dell | 12 | Inspiron 14, 699; XPS 13, 1449; Latitude 5450, 1299
ASUS | 9 | Vivobook 15, 599; Zenbook 14, 1099
Acer | 5 | Aspire 5, 579; Swift Go 14, 849
""",
    "tablet": """
Apple | 68 | iPad 9, 379; iPad 10, 439, 2022; iPad Air 11, 719, 2024; iPad Pro 13, 1519, 2024; iPad mini, 609, 2021
Samsung | 27 | Galaxy Tab S7, 599; Galaxy Tab A9+, 249, 2023; Galaxy Tab S9, 749, 2023; Galaxy Tab S10 Ultra, 1239, 2024
Lenovo | 5 | Tab P12, 369; Tab M11, 199
""",
    "bike": """
Gazelle | 30 | Ultimate C8, 3299; Grenoble C7+, 2899; Esprit C7, 849; Paris C7+, 2199
Batavus | 20 | Finez Power, 2999, 2022; Razer Exclusive, 2599; Quip, 799
VanMoof | 12 | S3, 2498; S5, 3298, 2022; A5, 3298, 2022
Stella | 12 | Livorno Superior, 2799; Vicenza, 2299
Cube | 14 | Kathmandu Hybrid, 3499; Touring Hybrid, 2899
Koga | 12 | Pace S20, 4299, 2023; E-Nova Evo, 3799
""",
    "watch": """
Apple | 70 | Watch Series 6, 429; Watch Series 8, 499, 2022; Watch Series 9, 449, 2023; Watch Series 10, 449, 2024; Watch Ultra 2, 899, 2023; Watch SE, 279, 2022
Samsung | 18 | Galaxy Watch4, 269; Galaxy Watch7, 319, 2024; Galaxy Watch Ultra, 699, 2024
Garmin | 12 | Forerunner 245, 299; Forerunner 265, 499, 2023; Fenix 8, 949, 2024
""",
    "audio": """
Apple | 45 | AirPods Pro, 279; AirPods Max, 579
Sony | 30 | WH-1000XM5, 379; WF-1000XM5, 299
Bose | 25 | QuietComfort 45, 329; QuietComfort Ultra, 479, 2023; SoundLink Max, 399, 2024
""",
    "other": """
Sony | 30 | PlayStation 5, 549; Alpha 7 IV, 2499
Canon | 20 | EOS R10, 1049, 2022; EOS R6, 2299
Nintendo | 30 | Switch OLED, 349; Switch 2, 469, 2025
DJI | 20 | Mini 4 Pro, 799, 2023; Osmo Pocket 3, 539
""",
}
# Product mix in percent (domain.md 5.2); watch and audio are one line there.
KIND_WEIGHTS: Final = {"phone": 58, "laptop": 16, "tablet": 10, "bike": 8, "watch": 3, "audio": 2, "other": 3}

# code, name, kinds, covers theft, excess in cents, waiting days, part of the kind's policies in percent.
# Loss is covered by none (domain.md 0.3); a theft is reported to the police within 24 hours.
PRODUCTS: Final = (
    ("TEL", "Telefoon Compleet", ("phone",), True, 5000, 0, 72),
    ("TELB", "Telefoon Basis", ("phone",), False, 2500, 14, 28),
    ("LAP", "Laptop Compleet", ("laptop",), True, 7500, 0, 55),
    ("LAPB", "Laptop Basis", ("laptop",), False, 5000, 14, 45),
    ("TAB", "Tablet Compleet", ("tablet",), True, 5000, 0, 40),
    ("TABB", "Tablet Basis", ("tablet",), False, 2500, 14, 60),
    ("FIE", "Fiets Compleet", ("bike",), True, 7500, 0, 85),
    ("FIEB", "Fiets Casco", ("bike",), False, 5000, 0, 15),
    ("WEA", "Horloge en audio", ("watch", "audio"), False, 2500, 14, 100),
    ("GAD", "Gadget", ("other",), False, 5000, 14, 100),
)
# Terms, and the day from which they are sold; the excess rose in 2024.
VERSIONS: Final = (
    ("2019-1", "2019-01-01", 0),
    ("2022-1", "2022-04-01", 0),
    ("2024-1", "2024-01-01", 1000),
    ("2025-2", "2025-07-01", 1000),
)

# Bank codes as they stand in an IBAN, with their weight.
DUTCH_BANKS: Final = {
    "INGB": 370,
    "RABO": 270,
    "ABNA": 170,
    "ASNB": 45,
    "SNSB": 45,
    "BUNQ": 28,
    "KNAB": 20,
    "RBRB": 18,
    "TRIO": 14,
    "REVO": 12,
    "FVLB": 4,
    "HAND": 4,
}
BELGIAN_BANKS: Final = {
    "001": 30,
    "035": 8,
    "063": 14,
    "068": 10,
    "310": 10,
    "363": 12,
    "734": 24,
    "736": 8,
    "973": 6,
    "979": 4,
}
GERMAN_BANKS: Final = {"37040044": 20, "50010517": 30, "12030000": 25, "37050198": 15, "40050150": 10}

REPAIRERS: Final = (
    # name, region, what it repairs, active
    ("Telefix Utrecht", "Midden", ("phone", "tablet", "watch"), True),
    ("Telefix Amsterdam", "Noordwest", ("phone", "tablet", "watch"), True),
    ("SchermSpoed Rotterdam", "Zuidwest", ("phone", "tablet"), True),
    ("GSM Dokter Eindhoven", "Zuid", ("phone", "tablet", "audio"), True),
    ("Noorderlicht Reparaties", "Noord", ("phone", "laptop", "tablet"), True),
    ("Laptophuis Zwolle", "Oost", ("laptop", "other"), True),
    ("De Notebookspecialist", "Zuidwest", ("laptop", "other"), True),
    ("Reparatiecentrum Antwerpen", "België", ("phone", "laptop", "tablet"), True),
    ("Rijwielhandel De Ketting", "Midden", ("bike",), True),
    ("Fietsenmakerij Oost", "Oost", ("bike",), True),
    ("Tweewielers Zuid", "Zuid", ("bike",), True),
    ("KlikKlaar Telecom", "Oost", ("phone",), False),
)
