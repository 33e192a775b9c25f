"""First names by gender and by the years in which they were given, most frequent first."""

from typing import Final

# The last year of birth of a generation, and its names.
DUTCH_MEN: Final[tuple[tuple[int, str], ...]] = (
    (
        1949,
        """Johannes Jan Cornelis Hendrik Willem Pieter Jacobus Gerrit Antonius Petrus Wilhelmus Dirk Jacob Arie
        Adrianus Piet Kees Henk Wim Gerard Theo Nico Harm Klaas Leendert Teunis Bertus Joop Sjaak Huib Maarten""",
    ),
    (
        1964,
        """Johannes Jan Peter Hans Kees Henk Rob Frans Gerard Ton Ad Ben Ruud Paul Theo Jos Martin Bert Leo Wim
        Herman Harry Rene René Willem Dick Fred John Jaap Koos Marcel Louis""",
    ),
    (
        1979,
        """Marcel Erik Mark Patrick Michel Dennis Edwin Richard Ronald Jeroen Arjan Marco Robert Sander Raymond
        André Frank Michael Martijn Remco Peter Johan Bas Vincent Wouter Maurice Danny Stefan Mike Hans-Peter Eelco""",
    ),
    (
        1994,
        """Jeroen Tim Thomas Kevin Bas Rick Niels Mark Jasper Robin Tom Martijn Sander Stefan Nick Joost Daan
        Lars Koen Wouter Mike Jordy Ruben Maarten Bram Bart Jelle Dennis Luuk Max Joris Pim Gijs Jan-Willem Sjoerd""",
    ),
    (
        2100,
        """Daan Sem Lucas Levi Finn Milan Noah Jesse Thijs Tim Thomas Lars Luuk Bram Stijn Ruben Max Julian Mees
        Jayden Sven Niels Tom Jens Floris Teun Guus Olivier Hugo Siem Tygo Pepijn Quinten Boaz""",
    ),
)
DUTCH_WOMEN: Final[tuple[tuple[int, str], ...]] = (
    (
        1949,
        """Maria Johanna Anna Cornelia Wilhelmina Elisabeth Hendrika Catharina Adriana Jacoba Petronella Geertruida
        Margaretha Ria Annie Corrie Riet Truus Toos Nel Bep Greetje Jannie Tiny Diny Sjaan Wil Gerda Ans Leny""",
    ),
    (
        1964,
        """Maria Johanna Anna Ria Marianne Ingrid Yvonne Wilma Anja Monique Jolanda Marja Petra Ellen Carla Marijke
        Els Joke Ineke Hanneke Thea Irma Trudy Marjan Karin Tineke Liesbeth Corine Gea Annemiek José""",
    ),
    (
        1979,
        """Monique Esther Sandra Petra Patricia Linda Jolanda Saskia Nicole Bianca Marieke Wendy Karin Mirjam
        Miranda Astrid Angelique Ingrid Natasja Claudia Diana Sonja Suzanne Danielle Marjolein Nathalie Judith
        Barbara Brigitte Femke Anne-Marie Ilse""",
    ),
    (
        1994,
        """Laura Lisa Kim Linda Sanne Marieke Anouk Melissa Michelle Denise Iris Lotte Manon Daphne Chantal Samantha
        Stephanie Eline Maaike Marloes Nienke Charlotte Merel Anne Roos Naomi Fleur Tessa Jolijn Susanne Hanneke
        Lianne Zoë""",
    ),
    (
        2100,
        """Emma Julia Sanne Lotte Sophie Lisa Anna Eva Isa Noa Fleur Sara Maud Tess Lieke Mila Anouk Iris Roos
        Femke Amber Britt Maartje Nina Jasmijn Esmée Evi Zoë Lynn Liv Puck Floor Jet Saar Bo""",
    ),
)
FRISIAN_MEN: Final = (
    "Jelle Sjoerd Douwe Wiebe Hylke Sietse Tjeerd Wytze Auke Foppe Sybren Jitse Gerben Klaas Hessel Pier Rienk Ypke"
)
FRISIAN_WOMEN: Final = (
    "Fenna Sietske Tjitske Femke Jeltje Hiske Froukje Wietske Nynke Ytsje Baukje Geeske Aukje Renske Jildou Sjoukje"
)
MOROCCAN_MEN: Final = """Mohamed Ahmed Youssef Mohammed Ali Said Hassan Rachid Mustapha Bilal Ayoub Hamza Karim Omar
    Abdellah Ibrahim Anouar Soufiane Nordin Khalid Ilias Yassin"""
MOROCCAN_WOMEN: Final = """Fatima Naima Samira Khadija Malika Fatiha Yasmina Salma Nora Hanane Ikram Aicha Latifa Karima
    Sara Soumaya Loubna Rachida Nadia Dounia Hafsa Imane"""
TURKISH_MEN: Final = """Mehmet Mustafa Ali Emre Murat Ahmet Hüseyin Ibrahim Hasan Yusuf Ömer Serkan Burak Okan Kemal
    Cem Fatih Tolga Volkan Umut Deniz Kaan"""
TURKISH_WOMEN: Final = """Fatma Ayşe Elif Emine Hatice Zeynep Merve Özlem Sevgi Esra Derya Yasemin Büşra Sibel Gül
    Aylin Ebru Selin Dilara Nur Gamze Ceren"""
SURINAMESE_MEN: Final = """Ricardo Roy Kenneth Ramon Dennis Radjesh Sandjai Winston Orlando Glenn Stanley Rishi Vinod
    Anand Romano Clifton Ashwin Humphrey"""
SURINAMESE_WOMEN: Final = """Sharon Priscilla Shanti Lilian Chandra Anouska Sheila Radha Natasja Joyce Indra Soraya
    Marlene Reshma Shivani Gracia Astrid Usha"""
OTHER_MEN: Final = (
    "Piotr Tomasz Andrei Minh Wei Ahmed Omar Daniel David Paulo José Marco Luca Kwame Abel Zoran Adnan Farid Łukasz"
)
OTHER_WOMEN: Final = (
    "Agnieszka Katarzyna Elena Linh Mei Amina Leila Ana María Giulia Selam Grace Jasmina Amira Zahra Ewa Chloé"
)
BELGIAN_MEN: Final = (
    "Jan Luc Marc Koen Bart Tom Pieter Wim Stijn Jeroen Kobe Wout Seppe Arne Robbe Lander Dirk Jozef Yannick Gilles"
)
BELGIAN_WOMEN: Final = "Ann Els Sofie Lien Katrien Hilde Griet Evelien Joke Marie Emma Louise Elise Fien Lore Nele Annelies Godelieve Axelle"
WALLOON_MEN: Final = (
    "Philippe Michel Olivier Nicolas Thomas Maxime Louis Hugo Julien Benoît Jérôme Cédric Gauthier Loïc"
)
WALLOON_WOMEN: Final = "Isabelle Nathalie Marie Céline Camille Léa Chloé Manon Sophie Aurélie Amélie Hélène Zoé Inès"
GERMAN_MEN: Final = "Thomas Michael Stefan Andreas Jürgen Klaus Lukas Felix Jonas Maximilian Florian Björn Günther Uwe"
GERMAN_WOMEN: Final = "Sabine Petra Monika Andrea Susanne Anna Lena Julia Katharina Lea Käthe Heike Ursula Jana"
