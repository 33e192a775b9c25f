"""Places with their range of postcodes, telephone area and streets; written by hand from general knowledge.

A line: place | first and last postcode | area code | weight (thousands of people, about) | streets of its own.
Which street has which postcode within the range is made up, but always the same (see db/seed/places.py).
"""

from typing import Final

DUTCH: Final = """
Amsterdam | 1011-1019 | 020 | 190 | Damrak, Prinsengracht, Zeedijk, Plantage Middenlaan, Haarlemmerdijk, Czaar Peterstraat
Amsterdam | 1051-1079 | 020 | 420 | Spaarndammerstraat, Kinkerstraat, Overtoom, Ceintuurbaan, Rijnstraat, Jan Evertsenstraat
Amsterdam | 1091-1108 | 020 | 260 | Javastraat, Middenweg, Bijlmerdreef, Karspeldreef, Molukkenstraat, Reigersbos
Rotterdam | 3071-3089 | 010 | 210 | Oranjeboomstraat, Beijerlandselaan, Groene Hilledijk, Dorpsweg, Slinge, Zuidplein
Rotterdam | 3011-3067 | 010 | 440 | Nieuwe Binnenweg, Coolsingel, Oostzeedijk, Bergweg, Schiekade, Burgemeester Caan van Necklaan
Den Haag | 2511-2597 | 070 | 560 | Laan van Meerdervoort, Prinsegracht, Frederik Hendriklaan, Weimarstraat, Loosduinsekade, Javastraat
Utrecht | 3511-3585 | 030 | 370 | Twijnstraat, Oudegracht, Amsterdamsestraatweg, Kanaalstraat, Biltstraat, Croeselaan
Eindhoven | 5611-5658 | 040 | 245 | Kruisstraat, Hoogstraat, Boschdijk, Strijpsestraat, Leenderweg, Aalsterweg
Groningen | 9711-9747 | 050 | 240 | Oude Ebbingestraat, Folkingestraat, Korreweg, Verlengde Hereweg, Paterswoldseweg, Nieuwe Boteringestraat
Tilburg | 5011-5049 | 013 | 228 | Heuvelstraat, Korvelseweg, Besterdring, Goirkestraat, Ringbaan-West, Piushaven
Almere | 1311-1363 | 036 | 222 | Stationsstraat, Grote Markt, Schoolstraat, Muziekdreef, Regenboogweg, Literatuurweg
Breda | 4811-4839 | 076 | 186 | Haagdijk, Ginnekenweg, Boschstraat, Haagweg, Baronielaan, Tramsingel
Nijmegen | 6511-6546 | 024 | 182 | Lange Hezelstraat, Daalseweg, Groesbeekseweg, Graafseweg, Hatertseweg, Willemsweg
Apeldoorn | 7311-7339 | 055 | 166 | Hoofdstraat, Asselsestraat, Arnhemseweg, Deventerstraat, Zutphensestraat, Koninginnelaan
Arnhem | 6811-6846 | 026 | 165 | Steenstraat, Rijnstraat, Klarendalseweg, Amsterdamseweg, Geitenkamp, Velperweg
Haarlem | 2011-2037 | 023 | 164 | Grote Houtstraat, Botermarkt, Rijksstraatweg, Schoterweg, Leidsevaart, Amsterdamstraat
Enschede | 7511-7548 | 053 | 161 | Haaksbergerstraat, Oldenzaalsestraat, Deurningerstraat, Lipperkerkstraat, Getfertsingel, Roomweg
Hoofddorp | 2131-2135 | 023 | 78 | Kruisweg, Hoofdweg, Paxlaan, Graan voor Visch, Bennebroekerweg, Van den Berghlaan
Amersfoort | 3811-3829 | 033 | 160 | Langestraat, Leusderweg, Utrechtseweg, Soesterweg, Hogeweg, Arnhemseweg
Zaandam | 1501-1509 | 075 | 158 | Westzijde, Oostzijde, Gedempte Gracht, Peperstraat, Zuiddijk, Provincialeweg
's-Hertogenbosch | 5211-5237 | 073 | 158 | Hinthamerstraat, Vughterstraat, Orthenstraat, Graafseweg, Rompertsebaan, Maasstraat
Zwolle | 8011-8043 | 038 | 132 | Diezerstraat, Assendorperstraat, Thomas a Kempisstraat, Wipstrikkerallee, Vechtstraat, Hanzelaan
Leiden | 2311-2334 | 071 | 128 | Haarlemmerstraat, Breestraat, Herenstraat, Lammenschansweg, Hoge Rijndijk, Morsweg
Leeuwarden | 8911-8939 | 058 | 126 | Nieuwestad, Voorstreek, Grote Kerkstraat, Schrans, Huizumerlaan, Groningerstraatweg
Zoetermeer | 2711-2729 | 079 | 126 | Dorpsstraat, Delftsewallen, Voorweg, Schinkelweg, Oosterheemplein, Meerzichtlaan
Dordrecht | 3311-3329 | 078 | 121 | Voorstraat, Spuiboulevard, Krispijnseweg, Reeweg Oost, Singel, Brouwersdijk
Ede | 6711-6718 | 0318 | 120 | Grotestraat, Stationsweg, Amsterdamseweg, Parkweg, Veenderweg, Klinkenbergerweg
Alphen aan den Rijn | 2401-2409 | 0172 | 114 | Van Mandersloostraat, Raadhuisstraat, Julianastraat, Prins Hendrikstraat, Hooftstraat, Wilhelminalaan
Alkmaar | 1811-1827 | 072 | 111 | Langestraat, Laat, Kennemerstraatweg, Bergerweg, Geesterweg, Huiswaarderweg
Delft | 2611-2629 | 015 | 106 | Oude Delft, Choorstraat, Voorstraat, Papsouwselaan, Buitenwatersloot, Hof van Delftlaan
Emmen | 7811-7828 | 0591 | 107 | Hoofdstraat, Noorderstraat, Weerdingerstraat, Wilhelminastraat, Boslaan, Dordsestraat
Deventer | 7411-7429 | 0570 | 102 | Brink, Lange Bisschopstraat, Boxbergerweg, Rielerweg, Ceintuurbaan, Brinkgreverweg
Helmond | 5701-5709 | 0492 | 95 | Veestraat, Ameidestraat, Kerkstraat, Molenstraat, Mierloseweg, Aarle-Rixtelseweg
Hilversum | 1211-1223 | 035 | 92 | Kerkstraat, Gijsbrecht van Amstelstraat, Leeuwenstraat, Havenstraat, Larenseweg, Bosdrift
Heerlen | 6411-6422 | 045 | 87 | Saroleastraat, Akerstraat, Geleenstraat, Heerlerbaan, Molenberglaan, Schaesbergerweg
Lelystad | 8219-8245 | 0320 | 82 | Agoraweg, Kempenaar, Tjalk, Botter, Schouw, Zuigerplasdreef
Purmerend | 1441-1448 | 0299 | 93 | Koemarkt, Peperstraat, Gorslaan, Gedempte Where, Purmersteenweg, Salvador Allendelaan
Hengelo | 7551-7559 | 074 | 82 | Enschedesestraat, Deldenerstraat, Oldenzaalsestraat, Willemstraat, Bornsestraat, Anninksweg
Middelburg | 4331-4338 | 0118 | 50 | Lange Delft, Markt, Langeviele, Seissingel, Nieuwe Vlissingseweg, Veersesingel
Vlissingen | 4381-4389 | 0118 | 45 | Walstraat, Badhuisstraat, Scheldestraat, Paul Krugerstraat, Aagje Dekenstraat, Singel
Maastricht | 6211-6229 | 043 | 121 | Grote Staat, Wycker Brugstraat, Scharnerweg, Brusselsestraat, Volksplein, Meerssenerweg
Venlo | 5911-5928 | 077 | 102 | Lomstraat, Vleesstraat, Straelseweg, Kaldenkerkerweg, Hertog Reinoudsingel, Burgemeester van Rijnsingel
Roermond | 6041-6045 | 0475 | 60 | Hamstraat, Neerstraat, Kapellerlaan, Minderbroederssingel, Bredeweg, Godsweerdersingel
Sittard | 6131-6137 | 046 | 93 | Limbrichterstraat, Rijksweg Zuid, Putstraat, Engelenkampstraat, Geleenbeeklaan, Brandstraat
Weert | 6001-6006 | 0495 | 50 | Langstraat, Maasstraat, Molenstraat, Wilhelminasingel, Beekstraat, Kazernelaan
Roosendaal | 4701-4709 | 0165 | 77 | Raadhuisstraat, Kade, Brugstraat, Burgerhoutsestraat, Nispensestraat, Bredaseweg
Bergen op Zoom | 4611-4625 | 0164 | 68 | Fortuinstraat, Steenbergsestraat, Antwerpsestraat, Bredasestraat, Halsterseweg, Korte Meestraat
Oss | 5341-5349 | 0412 | 93 | Heuvelstraat, Molenstraat, Kerkstraat, Berghemseweg, Oude Molenstraat, Hescheweg
Gouda | 2801-2809 | 0182 | 75 | Lange Tiendeweg, Kleiweg, Oosthaven, Karnemelksloot, Bloemendaalseweg, Graaf Florisweg
Hoorn | 1621-1628 | 0229 | 74 | Grote Noord, Nieuwstraat, Keern, Liornestraat, Koepoortsweg, Drieboomlaan
Den Helder | 1781-1788 | 0223 | 56 | Beatrixstraat, Koningstraat, Middenweg, Ruyghweg, Marsdiepstraat, Jan in 't Veltstraat
Assen | 9401-9408 | 0592 | 69 | Kruisstraat, Marktstraat, Rolderstraat, Vaart Zuidzijde, Groningerstraat, Beilerstraat
Hoogeveen | 7901-7908 | 0528 | 56 | Hoofdstraat, Grote Kerkstraat, Alteveerstraat, Zuiderweg, Het Haagje, Schutstraat
Almelo | 7601-7609 | 0546 | 73 | Grotestraat, Wierdensestraat, Bornsestraat, Ootmarsumsestraat, Windslaan, Rohofstraat
Doetinchem | 7001-7009 | 0314 | 58 | Hamburgerstraat, Terborgseweg, Keppelseweg, Plantsoenstraat, Houtkampstraat, Varsseveldseweg
Tiel | 4001-4007 | 0344 | 42 | Waterstraat, Weerstraat, Binnenhoek, Papesteeg, Grotebrugse Grintweg, Predikbroedersweg
Veenendaal | 3901-3907 | 0318 | 68 | Hoofdstraat, Zandstraat, Kerkewijk, Hoogstraat, Prins Bernhardlaan, Dijkstraat
Zeist | 3701-3709 | 030 | 65 | Slotlaan, Voorheuvel, Steynlaan, Bergweg, Utrechtseweg, Laan van Vollenhove
Sneek | 8601-8608 | 0515 | 34 | Oosterdijk, Grootzand, Leeuwarderweg, Lemmerweg, Stationsstraat, Kerkgracht
Drachten | 9201-9207 | 0512 | 45 | Noordkade, Zuidkade, Stationsweg, Torenstraat, Oudeweg, Noorderbuurt
Heerenveen | 8441-8449 | 0513 | 51 | Dracht, Sieversstraat, Herenwal, Fok, Burgemeester Kuperusplein, Rottumerweg
Winterswijk | 7101-7109 | 0543 | 29 | Misterstraat, Meddosestraat, Wooldstraat, Ratumsestraat, Eelinkstraat, Groenloseweg
Goes | 4461-4465 | 0113 | 39 | Lange Kerkstraat, Ganzepoortstraat, Voorstad, Van der Spiegelstraat, Beukenstraat, Oranjeweg
Texel | 1791-1797 | 0222 | 14 | Weverstraat, Parkstraat, Warmoesstraat, Pontweg, Schilderend, Keesomlaan
"""

# Streets that nearly every Dutch place has: a stem with each ending, and those that stand alone.
DUTCH_STEMS: Final = tuple(
    "Beatrix Juliana Wilhelmina Emma Margriet Oranje Willem-Alexander Rembrandt Vermeer Hals Mondriaan Vondel "
    "Multatuli Bilderdijk Erasmus Thorbecke Troelstra Tromp Piet-Hein Evertsen Tasman Barentsz Beethoven Mozart "
    "Bach Chopin Beuken Eiken Linden Berken Kastanje Iepen Wilgen Esdoorn Populieren Meidoorn Tulpen Rozen "
    "Narcissen Hyacinten Anjer Lelie Merel Leeuwerik Zwaluw Reiger Kievit Fazant Nachtegaal Uilen Dotter "
    "Klaproos Korenbloem Zonnebloem Maas Waal IJssel Vecht Eems Schelde Linge Dommel Saturnus Jupiter Venus "
    "Orion".split()
)
DUTCH_ENDINGS: Final = ("straat", "laan", "hof")
DUTCH_STREETS: Final = (
    "Kerkstraat",
    "Dorpsstraat",
    "Schoolstraat",
    "Molenstraat",
    "Stationsweg",
    "Nieuwstraat",
    "Kerkweg",
    "Molenweg",
    "Industrieweg",
    "Burgemeesterslaan",
    "Parklaan",
    "Havenstraat",
    "Marktplein",
    "Noordeinde",
    "Zuideinde",
    "Achterweg",
    "Tuinstraat",
    "Veldweg",
    "Broekweg",
    "Lange Akker",
    "De Wending",
    "Het Rond",
    "Ooievaarsnest",
    "Pastoor Janssenstraat",
)

BELGIAN: Final = """
Brussel | 1000-1090 | 02 | 120 | Anspachlaan, Hoogstraat, Vlaamsesteenweg, Lakensestraat, Emile Jacqmainlaan, Louizalaan
Antwerpen | 2000-2060 | 03 | 190 | Meir, Nationalestraat, Turnhoutsebaan, Lange Leemstraat, Sint-Jansplein, Carnotstraat
Mechelen | 2800-2812 | 015 | 60 | Bruul, Adegemstraat, Leopoldstraat, Koningin Astridlaan, Liersesteenweg, Battelsesteenweg
Turnhout | 2300-2300 | 014 | 40 | Gasthuisstraat, Otterstraat, Patersstraat, Merodelei, Steenweg op Gierle, Graatakker
Leuven | 3000-3018 | 016 | 80 | Bondgenotenlaan, Diestsestraat, Naamsestraat, Tiensestraat, Brusselsestraat, Tervuursevest
Hasselt | 3500-3512 | 011 | 60 | Demerstraat, Kuringersteenweg, Maastrichterstraat, Luikersteenweg, Kempische Steenweg, Runkstersteenweg
Genk | 3600-3600 | 089 | 45 | Fruitmarkt, Europalaan, Winterslagstraat, Hasseltweg, Stationsstraat, Vennestraat
Gent | 9000-9052 | 09 | 170 | Veldstraat, Overpoortstraat, Dampoortstraat, Brugsepoortstraat, Sleepstraat, Kortrijksesteenweg
Aalst | 9300-9310 | 053 | 50 | Nieuwstraat, Molenstraat, Gentsestraat, Brusselsesteenweg, Moorselbaan, Dendermondsesteenweg
Sint-Niklaas | 9100-9112 | 03 | 50 | Stationsstraat, Ankerstraat, Parklaan, Nieuwstraat, Plezantstraat, Hofstraat
Brugge | 8000-8380 | 050 | 80 | Langestraat, Steenstraat, Ezelstraat, Katelijnestraat, Gistelse Steenweg, Torhoutse Steenweg
Kortrijk | 8500-8511 | 056 | 55 | Doorniksestraat, Budastraat, Lange Steenstraat, Gentsesteenweg, Brugsesteenweg, Meensesteenweg
Luik | 4000-4032 | 04 | 60 | Rue Saint-Gilles, Rue Léopold, Boulevard d'Avroy, Rue Feronstrée, Rue de Hesbaye, Quai de Rome
Namen | 5000-5024 | 081 | 40 | Rue de Fer, Rue de l'Ange, Avenue Reine Astrid, Chaussée de Louvain, Rue des Carmes, Boulevard Cauchy
"""
FRENCH_SPEAKING: Final = frozenset({"Luik", "Namen"})

GERMAN: Final = """
Kleve | 47533-47533 | 02821 | 20 | Große Straße, Hagsche Straße, Tiergartenstraße, Emmericher Straße, Lindenallee, Ringstraße
Nordhorn | 48527-48531 | 05921 | 20 | Hauptstraße, Lingener Straße, Bentheimer Straße, Firnhaberstraße, Denekamper Straße, Stadtring
Aachen | 52062-52080 | 0241 | 40 | Adalbertstraße, Pontstraße, Jakobstraße, Jülicher Straße, Trierer Straße, Vaalser Straße
Gronau | 48599-48599 | 02562 | 20 | Bahnhofstraße, Enscheder Straße, Ochtruper Straße, Gildehauser Straße, Losserstraße, Neustraße
Köln | 50667-50996 | 0221 | 60 | Hohe Straße, Venloer Straße, Aachener Straße, Severinstraße, Neusser Straße, Zülpicher Straße
Düsseldorf | 40210-40629 | 0211 | 40 | Königsallee, Bilker Allee, Friedrichstraße, Kölner Straße, Nordstraße, Graf-Adolf-Straße
"""
