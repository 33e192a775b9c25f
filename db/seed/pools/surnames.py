"""Surnames by origin, most frequent first, comma-separated; a prefix (tussenvoegsel) stands before its name.

Belgian names keep their own spelling: "Van Damme" has a prefix with a capital, "Vander Laan" has none.
"""

from typing import Final

DUTCH: Final = """
de Jong, Jansen, de Vries, van den Berg, van Dijk, Bakker, Janssen, Visser, Smit, Meijer, de Boer, Mulder,
de Groot, Bos, Vos, Peters, Hendriks, van Leeuwen, Dekker, Brouwer, de Wit, Dijkstra, Smits, de Graaf,
van der Meer, van der Linden, Kok, Jacobs, de Haan, Vermeulen, van den Heuvel, van der Veen, van den Broek,
de Bruijn, van der Heijden, Schouten, van Beek, Willems, van Vliet, van de Ven, Hoekstra, Maas, Verhoeven,
Koster, van Dam, van der Wal, Prins, Blom, Huisman, Peeters, de Jonge, Kuipers, van Veen, Post, Kuiper,
Veenstra, Kramer, van den Brink, Scholten, van Wijk, Postma, Martens, Vink, de Ruiter, Timmermans, Groen,
Gerritsen, Jonker, van Loon, Boer, van der Velde, Willemsen, Smeets, de Lange, de Vos, Bosch, van Dongen,
Schipper, de Koning, van der Laan, Koning, van der Velden, Driessen, van Doorn, Hermans, Evers,
van den Bosch, van der Meulen, Hofman, Bosman, Wolters, Sanders, van der Horst, Mol, Kuijpers, Molenaar,
van de Pol, de Leeuw, Verbeek, Kroon, van Dijken, Schaap, Gerrits, Hartman, Hoeks, van Rijn, Brandsma,
Aarts, Arends, Baas, Bakx, Barends, Beekman, Berends, Bergsma, van Bergen, van den Berge, Berkhout,
Bijlsma, Blokland, Boersma, Boogaard, van den Boogaard, Boon, Boonstra, Bosma, Bouwman, Bouwmeester,
Brands, Bron, Bruins, Buijs, van Buuren, Claassen, Coenen, Cornelissen, Cox, Cremers, Damen, Dekkers,
Derksen, van Deursen, van Diepen, Dirks, van den Dool, Dorsman, Drost, van Duijn, Duivenvoorden, Eijk,
van Eijk, van den Eijnden, van Elst, van den Elzen, Engels, van Es, van Essen, Faber, Feenstra, Franken,
Franssen, van Galen, Geerts, van Gelder, van Gent, Geurts, Giesen, van Ginkel, Goossens, Goedhart, Haak,
van Haaren, van der Ham, Hamer, Hansen, de Heer, van Heerden, van der Heide, Heijnen, Helder, van Hees,
Hessels, Heuvelmans, van Hoek, van der Hoeven, Hofstra, Hogenboom, Holtrop, van 't Hof, 't Hart, Hoogland,
Hoogendoorn, van Houten, van den Hoek, Huijbers, Huisintveld, Huizinga, Hulst, van Hulst, IJzerman,
Jager, de Jager, Janse, Jaspers, Joosten, Kamphuis, van Kampen, van der Kamp, Kamp, Keijzer, de Keizer,
Kersten, Ketelaars, Klaassen, Klein, Kleijn, Klomp, Kloosterman, van der Klooster, Knol, Koenen, Kok,
Kolk, van der Kolk, Konings, Kooij, van der Kooij, Koopman, Koopmans, Kop, Kort, Korver, Kortekaas,
Kraaijeveld, Krijnen, Krol, Kruijt, Kruis, Kuik, Laan, Lammers, Lamers, van Lent, Leenders, Lemmens,
Lievense, van Lier, van der Linde, Lodewijks, Loos, van der Loo, Luijten, Lucassen, van Luijk, Maassen,
van Maanen, Manders, Marks, van Meegen, Meijers, Meester, van der Molen, Mensink, Mertens, Metz,
Michels, van Mierlo, Moerman, Mooij, van Mourik, Mulders, Muller, Naber, van Nes, Nieuwenhuis,
van Nieuwenhuizen, Nijboer, Nijenhuis, Nijhuis, Nijland, Noordam, Noort, van Noort, van den Oever,
Olde Keizer, Oosterhuis, van Oosten, Oosting, Oostveen, Otten, Ouwehand, van Os, Overbeek, van Oers,
Paans, Pauw, Pelgrim, Peer, Philipsen, Pieters, Pijl, Plat, van der Plas, van der Ploeg, Poel,
van der Poel, Polman, Pol, Pronk, van Putten, Raaijmakers, van Ravenstein, Reijnders, Reijnen, Rensen,
van Riel, Rietveld, Roelofs, Roos, Rooij, van Rooij, van Rossum, Rutten, Ruiter, van Schaik, Schenk,
Schepers, Schilder, van Schie, Schoonhoven, Schreuder, Schrijver, Schuurman, Schut, Simons, Slot,
Sluijter, Smal, van der Sluis, Snel, Snijders, Snoek, Spaans, van der Spek, Spijker, Stam, van der Steen,
Steenbergen, van Steen, Stevens, Stoffels, Stolk, van Straten, Strijbos, Swart, Swinkels, Tap,
Theunissen, Thijssen, Tijssen, Timmer, Timmerman, van Tilburg, Tol, van Tol, Toonen, Tromp, Tuinstra,
van Uden, Uijttenhaak, van Vugt, Valk, van der Valk, van Veldhoven, Veldhuis, Veldkamp, Ven, Verburg,
Verdonk, Verhagen, Verheijen, Verhoef, Verkerk, Vermeer, Versluis, Verschuren, Verstappen, Vermaas,
Verweij, Vissers, van Vliet, Vlieger, Vogel, Vogels, Voogd, de Voogd, Vonk, van Voorst, Vreeken,
Vriend, Vroom, de Vroom, van der Vliet, van Waard, Wagenaar, Walraven, van Wanrooij, van der Weerd,
Weijers, Wesseling, Westerveld, Westra, van Wezel, van der Wielen, Wiersma, Wijnen, de Wilde, Wilms,
de Winter, Winkel, Wissink, van der Woude, Wouters, van Zanten, Zandstra, Zegers, van Zuijlen, Zomer,
Zwart, de Zwart, van der Zwan, Zwiers, in 't Veld, op den Kamp, op 't Veld, ter Horst, ter Braak, ten Brink,
ten Have, ten Cate, te Riele, te Velde, van 't Wout, van 't Hoff, uit den Bogaard, van der Zalm, d'Ancona,
's-Gravesande, van den Heuvel tot Beichlingen, van Heemstra, de la Fuente, du Pont, Wijffels, Quist,
Oudshoorn, Rozendaal, Zonneveld, Zwanenburg, Groeneveld, Roodbol, Blauw, Witteveen, Goudsmit, Zilverberg
"""

FRISIAN: Final = """
Hoekstra, Dijkstra, Postma, Veenstra, de Vries, Bakker, Visser, de Boer, Bosma, van der Meer, Wiersma,
Boersma, Bouma, Zijlstra, Hofstra, Terpstra, Reitsma, Sikkema, Sinnema, Talsma, Tamminga, Tjeerdsma,
Tolsma, Tuinstra, van der Veen, van der Wal, Wijbenga, Wagenaar, Yntema, Ypma, Zandstra, Attema, Andringa,
Algra, Anema, Banga, Bergsma, Bijlsma, Bonnema, Bootsma, Brandsma, Bruinsma, Buwalda, Cnossen, Couperus,
Dijksma, Dotinga, Douma, Eringa, Feenstra, Feitsma, Galama, Galema, Gerbrandy, Haitsma, Heeringa, Hiemstra,
Hylkema, Iedema, Jellema, Jongsma, Kalma, Kingma, Kooistra, Kuperus, Landstra, Miedema, Monsma, Nauta,
Nicolai, Nijdam, Oosterhof, Osinga, Plantinga, Poelstra, Procee, Rienks, Rinsma, Roorda, Rypkema, Schaafsma,
Sjoerdsma, Sybesma, Stellingwerf, Struiksma, Sytsma
"""

MOROCCAN: Final = """
el Idrissi, Bakkali, el Bakkali, Benali, Ben Ali, el Amrani, Amrani, Haddou, Bouazza, Aarab, Ouali, el Ouali,
Chaouch, Azzouzi, el Azzouzi, Bouchiba, Ziani, el Khattabi, Khattabi, Ouahbi, el Haddad, Haddad, Boutahar,
Mimoun, Bennani, Saidi, Tahiri, el Morabit, Morabit, Yahyaoui, Ahmadi, Belhaj, Berrada, Charif, Daoudi,
el Fassi, Fikri, Ghazi, Hamdaoui, el Hamdaoui, Kaddouri, Lahlou, Mansouri, Mokhtari, Naciri, Ouchen,
Rachidi, Sabri, Taghzouti, Zerouali, Benchekroun, el Yaakoubi, Achahbar, Asrih
"""

TURKISH: Final = """
Yılmaz, Kaya, Demir, Şahin, Çelik, Yıldız, Yıldırım, Öztürk, Aydın, Özdemir, Arslan, Doğan, Kılıç, Aslan,
Çetin, Kara, Koç, Kurt, Özkan, Şimşek, Polat, Korkmaz, Çakır, Erdoğan, Güneş, Acar, Aksoy, Avcı, Bulut,
Can, Coşkun, Ateş, Bozkurt, Duman, Ekinci, Güler, Işık, Karaca, Keskin, Köse, Özer, Sarı, Taş, Tekin,
Toprak, Turan, Türk, Uçar, Uysal, Ünal, Yavuz, Yüksel, Karagöz, Tunç
"""

SURINAMESE: Final = """
Singh, Pinas, Ramdin, Kartosen, Mohan, Ramlal, Bhagwandas, Soekhai, Sewnandan, Jagroep, Pengel, Venetiaan,
Wijdenbosch, Gopal, Baldewsingh, Biharie, Chotoe, Doerga, Ganpat, Hoost, Jagesar, Jhinkoe, Kalloe, Lachman,
Mahabier, Nanhoe, Oemrawsingh, Panday, Ramautar, Rambaran, Ramcharan, Ramdas, Sahadew, Sitaram, Tewarie,
Vreden, Zeefuik, Blokland, Breeveld, Burleson, Castelen, Esajas, Gefferie, Kambel, Landveld, Kromosoeto,
Wongsosemito, Dipowirono, Pawiroredjo, Linger, Emanuels, Rozenblad, Vriesde, Winter, Zichem
"""

ELSEWHERE: Final = """
Nguyen, Kowalski, Nowak, Wiśniewski, Popescu, Ivanov, Chen, Wang, Li, Ali, Ahmed, Mohamed, Hassan, Abdi,
Hussain, Khan, Tesfay, Santos, Silva, Martina, Maduro, Croes, Tromp, Geerman, Pattiasina, Latuheru, Sopacua,
Manuputty, Tahitu, Tuhumury, da Costa, de Sousa, Garcia, Rossi, Novák, Horvat, Smith, Jones, Müller, Łukaszewicz,
Hadžić, Petrović, Begić, Al-Masri, Haddad, Khoury, Rahimi, Karimi, Ahmadzai, Osei, Mensah, Okafor
"""

BELGIAN_DUTCH: Final = """
Peeters, Janssens, Maes, Jacobs, Mertens, Willems, Claes, Goossens, Wouters, De Smet, Hermans, Vermeulen,
Van Damme, Aerts, Michiels, De Clercq, Van den Broeck, Pauwels, Hendrickx, Smets, Martens, Van de Velde,
Segers, De Backer, Van den Bossche, Stevens, Desmet, Vandenberg, Vander Laan, Vandenbroucke, Verhaegen,
De Vos, Lemmens, Declercq, Coppens, De Cock, Verstraete, Cools, Moens, Vandamme, De Meyer, Bogaert,
Verlinden, Van Dyck, Van Acker, Baert, Thys, De Pauw, D'Hondt, D'hoore, Nys, Vercruysse, Verhoeven, Vanhove,
Desmedt, Van Hecke, Devos, Vandewalle, Lauwers, Geerts, Luyten, Cuypers, Ceulemans, Vervoort, Op de Beeck,
Vanderstraeten, Van Laere, De Ridder, Vermeersch, Roels
"""

BELGIAN_FRENCH: Final = """
Dubois, Lambert, Dupont, Martin, Simon, Laurent, Leroy, Leclercq, Renard, Denis, François, Lejeune, Dumont,
Gérard, Collard, Charlier, Delvaux, Evrard, Fontaine, Gilles, Henry, Lecomte, Lemaire, Mathieu, Noël, Petit,
Pirard, Thomas, Toussaint, Wauters
"""

GERMAN: Final = """
Müller, Schmidt, Schneider, Fischer, Weber, Meyer, Wagner, Becker, Schulz, Hoffmann, Schäfer, Koch, Bauer,
Richter, Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, Krüger, Hofmann, Hartmann, Lange,
Schmitt, Werner, Krause, Lehmann, Köhler, König, Walter, Huber, Kaiser, Fuchs, Weiß, von Bergen
"""

# Prefixes as they are split off a Dutch name, longest first; whatever is not here is part of the name.
PREFIXES: Final = (
    "van den",
    "van der",
    "van de",
    "van 't",
    "op den",
    "op 't",
    "in 't",
    "uit den",
    "de la",
    "van",
    "de",
    "den",
    "der",
    "ter",
    "ten",
    "te",
    "du",
    "da",
    "el",
    "von",
    "d'",
    "'t",
)

# The long tail, about one Dutch surname in five: a place in the fields with what stood there.
TAIL_PREFIXES: Final = ("", "", "", "", "van", "van", "van der", "van den", "van de", "ter", "ten")
TAIL_STARTS: Final = tuple(
    "aalst achter akker appel baan beer berken bever bies blei boek bonk boven braam brede broek buiten doorn "
    "duin eik eiken elzen engel esch essen ever ganze geeste gerst goede gras grave groen haver hazel heem "
    "heide hek hemel hert hoge hol hont hout iepen kaal kalver kamper katten kers kerk klaver klinken knop koe "
    "koren kraan krommen kwakel lage langen leem leer linden lies lissen maan mast meel meers middel mispel mos "
    "nieuwen nooten oever olmen onder ooster otter ouden over paarde peren pijn plas pleisters poel popel post "
    "rade raven rees riet roden roggen rozen rust schaap schoon sloten snel sparren spier spring steen ster "
    "stok stroom suider tarwe toren turf uiter vaar veen velden ver vinken vis vlas vlier voor vos vree vroon "
    "waal wal water weide wester wilgen winter witte wolven wouden zalm zand zee zilver zoeter zomer zuider "
    "zwanen zwijn".split()
)
# One in four of these is rarer still: somebody from there, or his son.
TAIL_SUFFIXES: Final = ("er", "s", "sma", "stra", "man", "mans", "ink", "aar", "ers", "se")
TAIL_ENDS: Final = tuple(
    "berg beek bos bosch burg broek brink dael dam dijk donk drecht eind gaarden haar ham hof horst hoek huis "
    "huizen hul kamp kerk laan laar land loo maat meer molen mond oord pad poel poort rade rijs schot sloot "
    "stede stein stok straten tuin vaart veen veld velde voort waard water weg werf wijk wiel winkel woud woude "
    "zand zicht zijl".split()
)
