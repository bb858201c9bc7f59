"""The support conversations of lab 2: good ones, and every kind of dirt that a filter stack is for, with the truth."""

import json
import random

NAMES = ["Anna", "Ben", "Chiara", "Dmitri", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kemal", "Lena", "Mateo"]

# By intent: five things a customer says, five first and five second sentences of an answer. Any two conversations of
# one intent share at most one of the three, so that good ones are no near copies of each other.
INTENTS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "late parcel": (
        [
            "My parcel was due on Tuesday and the tracking page has not moved since.",
            "The courier says delivered, yet the shelf by my door is empty.",
            "I ordered a birthday gift last week. Will it still arrive before Saturday?",
            "Why does a box from two towns away travel through another country?",
            "Nobody rang, and now there is a card about a depot I have never heard of.",
        ],
        [
            "The van broke down near Bristol, and its load was moved to a second one this morning.",
            "I can see a scan at the sorting centre from six o'clock today.",
            "Our partner marks boxes as delivered when they reach the last depot, which is misleading.",
            "Heavy snow closed the pass, so everything for your valley waits on this side.",
            "The label was torn, and somebody typed the postcode by hand and got it wrong.",
        ],
        [
            "If it is not there by tomorrow noon, write back and I will send a second one at once.",
            "You may collect it after four with any document that shows your address.",
            "I have asked the driver to ring twice and to try the bakery next door.",
            "As it comes late, postage is on us; you will see that on the next statement.",
            "A text message with a one-hour window goes out tonight.",
        ],
    ),
    "broken thing": (
        [
            "The handle of the new kettle came off in my hand on the first day.",
            "One of the lamp's three arms will not stay up any more.",
            "My blender smells of burnt rubber whenever I use the highest speed.",
            "The zip on the left pocket split while I was walking the dog.",
            "Half of the keys on the keyboard type two letters at once.",
        ],
        [
            "That batch had a weak screw, and yours carries its serial number.",
            "Please stop using it, and unplug it until we have talked.",
            "It can be mended in five minutes with the little key from the box.",
            "A photograph of the label underneath would tell me which year it is.",
            "This happens when crumbs get below the switch; a can of air often cures it.",
        ],
        [
            "Otherwise a new one leaves the warehouse this afternoon, and you keep the old one for parts.",
            "The warranty covers it for three years, with or without the receipt.",
            "Our workshop in Leeds repairs these for nothing and takes about nine days.",
            "Shall I refund you instead? Some people prefer to buy another make.",
            "I would not glue it, since glue ends the warranty.",
        ],
    ),
    "billing": (
        [
            "I was charged twice for the same course this month.",
            "The invoice shows my maiden name, and my employer will not accept it.",
            "Which of the three amounts on the statement is the tax?",
            "A voucher from my sister was refused at the till.",
            "You promised a cheaper plan for students, but I still pay the full price.",
        ],
        [
            "The second line is only a hold by your bank and falls away by itself.",
            "I have corrected the document and numbered it anew.",
            "Tax stands in the middle column; the last one already includes it.",
            "That code was for the shop on Mill Street and does not work on the web.",
            "The form from your university reached us after the month had been closed.",
        ],
        [
            "The difference is on its way back to your card and takes three working days.",
            "You will find a fresh copy under Papers in your account.",
            "From next month on the lower rate applies without any step on your side.",
            "Here is another code that works everywhere, with my apologies.",
            "If the amount still looks odd on Friday, call me directly at the desk.",
        ],
    ),
    "returns": (
        [
            "The boots are a size too small. May I swap them after wearing them indoors?",
            "How do I send back a mattress that no longer fits its box?",
            "It was a present, and I do not have the order number.",
            "The green in your picture is nothing like the green of this scarf.",
            "I changed my mind about the drill and never opened it.",
        ],
        [
            "Worn indoors is fine as long as the soles are clean.",
            "Large things are picked up at home by two people with a van.",
            "With the buyer's street and the month I can look it up.",
            "Screens show colours differently, so we take such things back gladly.",
            "You have thirty days from the moment it reached you.",
        ],
        [
            "Print the label below, or show its code at the post office.",
            "Tell me two mornings that would suit you.",
            "The money goes to whoever paid; you would get a voucher.",
            "The next size up is on the shelf, and I have put your name on it.",
            "Please leave the inner bag closed, for hygiene.",
        ],
    ),
    "software": (
        [
            "Since the update the app closes as soon as I open the map.",
            "My notes from the tablet do not show up on the phone.",
            "Can I print the weekly plan without the coloured boxes?",
            "The clock in the app is an hour ahead of everything else in my kitchen.",
            "It says no storage left, although I deleted all the films.",
        ],
        [
            "Version four has that fault on phones with little memory.",
            "The two devices are signed in under different addresses.",
            "There is a plain layout, hidden under the three dots.",
            "Your phone is set to a fixed zone and ignores summer time.",
            "Deleted films stay in the bin for a month unless you empty it.",
        ],
        [
            "Install four point one from the shop page, and the map will open again.",
            "Choose one of them under Account, and wait a minute for both to agree.",
            "Press and hold the page to save that as your favourite.",
            "I have noted it for the people who write the next release.",
            "If that changes nothing, send me the report from Settings.",
        ],
    ),
    "membership": (
        [
            "How do I pause my gym card while my leg is in plaster?",
            "My daughter turned eighteen. Does she need a contract of her own?",
            "I moved to Porto and want to leave the club.",
            "The door does not open with my wristband before seven.",
            "Is the pool included, or is that another fee?",
        ],
        [
            "A note from your doctor is enough, even as a photograph.",
            "She may stay on the family card until the end of the year.",
            "Moving more than thirty miles away ends the contract at once.",
            "Early entry belongs to the larger plan; yours begins at seven.",
            "Swimming is free on weekdays and costs four euros at weekends.",
        ],
        [
            "The weeks you miss are added at the end.",
            "After that the youth price holds until she is twenty-five.",
            "I only need a copy of the new lease.",
            "You can try the larger plan for a fortnight without paying.",
            "Towels are at the desk, and the first one is on the house.",
        ],
    ),
    "evening classes": (
        [
            "I missed the first two evenings of pottery. Is it too late to join?",
            "Does the Spanish group need a book, or do you hand out sheets?",
            "The photography room was locked when six of us stood outside.",
            "Can my neighbour take my place while I am in hospital?",
            "Which level suits somebody who sang in a choir thirty years ago?",
        ],
        [
            "The teacher repeats the basics until the end of October.",
            "Everything you need lies on the table at the entrance.",
            "The caretaker had the wrong week in his diary and is very sorry.",
            "Places may change hands as long as both people tell us.",
            "Most people begin in the middle group and move after a week.",
        ],
        [
            "Bring an apron and an old towel.",
            "The lost evening is made up on the second Sunday in Advent.",
            "Your fee falls by a fifth because of it.",
            "Ask for Marta, she knows all the names.",
            "Parking behind the chapel is free after six.",
        ],
    ),
    "travel": (
        [
            "My train was cancelled, and the next one leaves after the ferry.",
            "May I take a folded bicycle on the night coach?",
            "I typed my middle name wrong on the ticket.",
            "Where do we meet the guide if it rains?",
            "The room was booked for two, but we are three now.",
        ],
        [
            "The ferry company knows about it and holds four places.",
            "Folded bikes travel free if they are in a bag.",
            "Middle names are not checked on this line, so nothing needs to change.",
            "In bad weather everybody gathers below the clock in the station hall.",
            "A cot fits in every room; a full bed only in those on the garden side.",
        ],
        [
            "Show this message at the gate and they will let you on.",
            "The driver stows it below, behind the second axle.",
            "Should anyone ask, the booking number is what counts.",
            "She carries a yellow umbrella and waits for ten minutes.",
            "I have swapped the room and the price stays the same.",
        ],
    ),
}

RUDE = [
    "That is not my problem. Read the manual before you waste my time.",
    "Seriously? Any child could work that out. Stop bothering us.",
    "You clearly did something stupid with it. Deal with it yourself.",
    "I could not care less. Complain to somebody who is paid to listen.",
    "What a silly question. Use your brain next time, if you have one.",
    "Nobody forced you to buy it. Stop whining and read the manual.",
]
EMPTY = [
    "Thank you for contacting us. We value your feedback and strive for excellence in everything we do.",
    "As an AI language model, I cannot help with that, but I hope this information was useful.",
    "We appreciate your patience and understanding. Your satisfaction is our highest priority at all times.",
    "Thank you for your message. We strive to provide excellent service and value you as a customer.",
    "I hope this helps! As an AI language model, I strive to provide useful information at all times.",
    "Your feedback is important. We appreciate your understanding and value your satisfaction.",
]
FOREIGN = [
    "Customer: Wo ist mein Paket? Es sollte am Dienstag bei mir sein. Agent: Es liegt in der Filiale und ist ab morgen für Sie da.",
    "Customer: Die Lampe ist kaputt und ich habe die Rechnung nicht mehr. Agent: Das ist kein Problem, wir finden die Nummer mit der Adresse.",
    "Customer: Kann ich den Kurs mit der Karte bezahlen? Agent: Ja, das ist möglich, und die Quittung kommt mit der Post zu Ihnen.",
    "Customer: Je ne trouve pas la facture dans mon compte. Agent: Elle est dans les documents, et je vous envoie une copie par la poste.",
    "Customer: Le colis est arrivé mais la boîte est vide. Agent: Nous sommes désolés, une autre commande part pour vous avec le camion de demain.",
    "Customer: Est-ce que je peux changer la taille des chaussures? Agent: Oui, vous avez un mois pour les rendre avec le ticket.",
    "Customer: No puedo entrar en la aplicación con mi teléfono. Agent: Es un error de la versión, y con la nueva se puede entrar.",
    "Customer: La puerta del gimnasio no se abre por la mañana. Agent: Su tarjeta es para la tarde, pero se puede cambiar en el mostrador.",
    "Customer: Quiero cancelar el viaje por una enfermedad. Agent: Lo siento mucho, con un papel del médico es posible sin coste.",
    "Customer: Le scarpe sono troppo piccole per me. Agent: Non si preoccupi, con lo scontrino è possibile il cambio della misura.",
]
PASSWORD = [
    ("I forgot my password", "open the sign-in page and press Forgot password to get a reset link by mail"),
    (
        "I cannot remember my password",
        "press Forgot password on the sign-in page, then open the reset link in the mail",
    ),
    ("My password does not work", "get a reset link by mail: press Forgot password on the page where you sign in"),
    (
        "How do I reset my password",
        "on the sign-in page press Forgot password and wait for the mail with the reset link",
    ),
]
WHEN = [
    "since this morning", "after my holiday", "on the new phone", "at work", "on my tablet", "for the second time",
    "after the update", "before a meeting", "on the train", "and I am in a hurry", "although I wrote it down",
    "after many years", "with the old address", "on two machines", "while travelling", "since the move",
]  # fmt: skip
ENDS = [
    "The link works for an hour.", "Look into the junk folder if no mail comes.", "Choose a long phrase this time.",
    "Tell me if that fails.", "It takes about a minute.", "A manager of passwords would spare you this.",
]  # fmt: skip
GOODS = ["mugs", "candles", "notebooks", "plates", "bulbs", "cushions", "pens", "towels"]
ASKED = [
    "What do I owe for the {count} {goods}?",
    "Please work out {count} {goods} for our office.",
    "Before I order {count} {goods}: how much would that be?",
    "Could you quote {count} {goods} with no engraving?",
]
REPLIED = [
    "{count} at {price} each come to {total}, and delivery is free from here.",
    "That is simple: {count} x {price} = {total}. The till adds nothing to it.",
    "Our list says {count} times {price} is {total}; the offer holds until Sunday.",
    "With today's price, {count} at {price} each make {total}. Shall I reserve them?",
]


ENOUGH = 16
"""Conversations about passwords that the set can do with."""


def _said(customer: str, agent: str) -> str:
    return f"Customer: {customer} Agent: {agent}"


def _sound(chance: random.Random) -> list[str]:
    """25 good conversations of each intent; any two share at most one of their three parts."""
    conversations = [
        _said(asks[i], f"{first[j]} {second[(i + j) % 5]}")
        for asks, first, second in INTENTS.values()
        for i in range(5)
        for j in range(5)
    ]
    chance.shuffle(conversations)
    return conversations


OCCASIONS = [
    "It is for a wedding by the lake in June.", "Our choir meets in a new hall next month.",
    "The school fair opens on the last day of term.", "We furnish a small guest house above the harbour.",
    "My team moves to the fourth floor soon.", "The museum wants them before the summer exhibition.",
    "A friend opens a café and hates shopping.", "Our old ones went under in the flood.",
    "The scouts leave for camp in nine days.", "Grandmother turns ninety and invites everybody.",
    "The library gives them to its hundredth reader.", "We collect for the neighbours after the fire.",
    "It should match the blue ones from last year.", "The theatre needs props that may break.",
]  # fmt: skip


def _quote(chance: random.Random, occasion: str, asked: str, replied: str, *, is_right: bool) -> str:
    count, cents = chance.randint(3, 24), chance.choice([250, 375, 480, 850, 1120, 1450])
    total = count * cents + (0 if is_right else chance.choice([-100, 50, 100, 275]))
    shown = {
        "count": count,
        "goods": chance.choice(GOODS),
        "price": f"{cents / 100:.2f}",
        "total": f"{total / 100:.2f}",
    }
    return _said(f"{asked.format(**shown)} {occasion}", replied.format(**shown))


def _quotes(chance: random.Random, *, shift: int, is_right: bool) -> list[str]:
    return [
        _quote(chance, occasion, ASKED[n % 4], REPLIED[(n // 4 + n + shift) % 4], is_right=is_right)
        for n, occasion in enumerate(OCCASIONS)
    ]


def support_conversations(chance: random.Random) -> str:
    """400 conversations as JSON rows: text, fault (empty where there is none), answer, labelled."""
    sound = _sound(chance)
    asks = [ask for intent, _, _ in INTENTS.values() for ask in intent]
    rows: list[tuple[str, str, str]] = []

    def add(texts: list[str], fault: str, answer: str = "good") -> None:
        rows.extend((text, fault, answer) for text in texts)

    dirty, clean = sound[:33], sound[33:]
    add(clean, "")
    add(_quotes(chance, shift=0, is_right=True), "")
    add([text.replace(" Agent: ", " <br><br> Agent: ") + " &nbsp;</div>" for text in dirty[:12]], "markup")
    add([text.replace("'", "â€™").replace(", ", "Â , ").replace(". ", ".Â  ") for text in dirty[12:22]], "encoding")
    add(FOREIGN, "language")
    add([_said("Hi.", word) for word in ("Ok.", "Yes.", "No.", "Hm.", "Sure.", "Done.", "Bye.", "Wait.")], "length")
    add(
        [
            _said(text.split(" Agent: ")[0].removeprefix("Customer: "), "Please hold the line. " * 9)
            for text in dirty[22:32]
        ],
        "repetition",
    )
    add([clean[n] for n in range(0, 60, 4)], "copy")
    add(
        [
            _said(
                f"My order {chance.randint(1000, 9999)} has not come.",
                f"Dear {chance.choice(NAMES)}, order {chance.randint(1000, 9999)} left our house on "
                f"{chance.choice(['Monday', 'Tuesday', 'Thursday', 'Friday'])} and reaches you within three days.",
            )
            for _ in range(24)
        ],
        "near copy",
    )
    add([_said(chance.choice(asks), chance.choice(RUDE)) for _ in range(36)], "rude", "rude")
    add([_said(chance.choice(asks), chance.choice(EMPTY)) for _ in range(36)], "empty", "empty")
    add(_quotes(chance, shift=2, is_right=False), "wrong sum")
    passwords = [
        _said(f"{problem} {when}.", f"Please {answer}. {end}")
        for (problem, answer), when, end in zip(PASSWORD * 11, (WHEN * 3)[:44], (ENDS * 8)[:44], strict=True)
    ]
    add(passwords, "too much of one kind")
    labelled = {"good": 0, "rude": 0, "empty": 0}
    chance.shuffle(rows)
    lines = []
    met: set[str] = set()
    passwords_met = 0
    for text, kind, answer in rows:
        # The first of several copies is no fault, nor are the first few of a kind that is too common.
        fault = kind
        if kind in ("", "copy"):
            fault = "copy" if text in met else ""
        elif kind == "near copy" and kind not in met:
            fault = ""
        elif kind == "too much of one kind":
            passwords_met += 1
            fault = kind if passwords_met > ENOUGH else ""
        met.update((text, kind))
        seeds = fault in ("", "rude", "empty") and labelled[answer] < (90 if answer == "good" else 10)
        labelled[answer] += seeds
        row = {"text": " ".join(text.split()), "fault": fault, "answer": answer, "labelled": seeds}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    return "".join(lines)
