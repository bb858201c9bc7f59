"""The math word problems of lab 3: a collapsed set of a thousand, and forty that were written one by one."""

import json
import random
from collections.abc import Callable

NAMES = [
    "Mia", "Tom", "Ava", "Noah", "Liam", "Emma", "Omar", "Zoe", "Iris", "Leo", "Nora", "Sam", "Ruth", "Ivan", "Yara",
    "Carl", "Dina", "Ezra", "Faye", "Gus", "Hana", "Jack", "Kira", "Luca", "Maya", "Nils", "Olga", "Paul", "Rosa", "Finn",
    "Anna", "Ben", "Chloe", "David", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kemal", "Lena", "Mateo", "Nina",
    "Oscar", "Priya", "Quinn", "Rafael", "Sofia", "Tariq", "Uma", "Victor", "Wanda", "Xenia", "Yusuf", "Zara", "Aisha",
    "Boris", "Clara", "Dylan", "Elena", "Felix", "Gina", "Henry", "Irene", "Jorge", "Karen", "Lars", "Mona", "Nadia",
]  # fmt: skip
THINGS = [
    "apples", "pencils", "marbles", "stickers", "cookies", "books", "shells", "cards", "balloons", "oranges", "stamps",
    "ribbons", "buttons", "muffins", "crayons", "coins", "pears", "beads", "plums", "erasers", "lemons", "candles", "kites",
    "feathers", "acorns", "tickets", "notebooks", "postcards", "flowers", "peaches", "magnets", "badges", "dolls", "puzzles",
    "bracelets", "cupcakes", "pebbles", "markers", "posters", "rulers",
]  # fmt: skip
HIGH = 400
"""Largest number of the commonest kinds."""

COLOURS = ["red", "blue", "green", "small", "big", "old", "new", "shiny", "round", "yellow", "white", "sweet"]

PLACES = ["store", "market", "fair", "bakery", "shop", "school", "park", "library", "farm", "museum"]

Problem = tuple[str, int]
Maker = Callable[[random.Random], Problem]


def _buying(chance: random.Random) -> Problem:
    name, thing, place = (
        chance.choice(NAMES),
        f"{chance.choice(COLOURS)} {chance.choice(THINGS)}",
        chance.choice(PLACES),
    )
    count, price = chance.randint(2, HIGH), chance.randint(2, HIGH)
    return (
        f"{name} goes to the {place} and buys {count} {thing} for {price} dollars each. "
        f"How much money does {name} spend in total?"
    ), count * price


def _having(chance: random.Random) -> Problem:
    name, other, thing = *chance.sample(NAMES, 2), f"{chance.choice(COLOURS)} {chance.choice(THINGS)}"
    first, more = chance.randint(2, HIGH), chance.randint(2, HIGH)
    return (
        f"{name} has {first} {thing}. {other} gives {name} {more} more. How many does {name} have now in total?"
    ), first + more


def _sharing(chance: random.Random) -> Problem:
    name, thing = chance.choice(NAMES), chance.choice(THINGS)
    friends, each = chance.randint(2, 12), chance.randint(2, 24)
    return (
        f"{name} wants to share {friends * each} {thing} equally among {friends} friends. "
        "How many does each friend get?"
    ), each


def _travelling(chance: random.Random) -> Problem:
    speed, hours = chance.randint(20, 120), chance.randint(2, 12)
    return (
        f"A train travels at a speed of {speed} miles per hour for {hours} hours. "
        "How many miles does the train travel in total during this time?"
    ), speed * hours


def _area(chance: random.Random) -> Problem:
    long, wide, place = chance.randint(3, 60), chance.randint(3, 60), chance.choice(["garden", "room", "field", "pool"])
    return (
        f"A rectangular {place} is {long} meters long and {wide} meters wide. "
        f"What is the area of the {place} in square meters?"
    ), long * wide


def _percent(chance: random.Random) -> Problem:
    thing, whole, part = (
        chance.choice(["jacket", "bicycle", "lamp", "tent"]),
        chance.randint(2, 30) * 20,
        chance.randint(1, 9),
    )
    return (
        f"A {thing} costs {whole} dollars. It is on sale for {part * 10} percent off. "
        f"How many dollars does the {thing} cost during the sale?"
    ), whole * (10 - part) // 10


def _age(chance: random.Random) -> Problem:
    name, other = chance.sample(NAMES, 2)
    years, age = chance.randint(2, 20), chance.randint(3, 40)
    return (
        f"{name} is {years} years older than {other}. {other} is {age} years old. How old will {name} be in two years?"
    ), age + years + 2


KINDS: dict[str, tuple[Maker, int]] = {
    "buying": (_buying, 412),
    "having": (_having, 268),
    "sharing": (_sharing, 152),
    "travelling": (_travelling, 84),
    "area": (_area, 48),
    "percent": (_percent, 24),
    "age": (_age, 12),
}
"""By kind: how to make one, and how many of a thousand are of that kind."""


def math_problems(chance: random.Random) -> str:
    """A thousand rows: text, kind, answer."""
    rows = []
    for kind, (make, count) in KINDS.items():
        for _ in range(count):
            text, answer = make(chance)
            rows.append({"text": text, "kind": kind, "answer": answer})
    chance.shuffle(rows)
    return "".join(json.dumps(row) + "\n" for row in rows)


MATH_VARIED = """\
A bus holds 40 people. Three school classes of 27 children each and 9 grown-ups want to go. How many buses are needed?
Half of a loaf is eaten at breakfast and a third of the rest at lunch. What part of the loaf is left for supper?
The clock in the hall loses four minutes a day. On Sunday at noon it is right. What does it show on Wednesday at noon?
Draw a triangle with two sides of 5 cm. Why can the third side not be 11 cm long?
In a box lie 6 red and 4 blue socks. You reach in without looking. How many must you take to be sure of a pair?
A snail climbs 3 metres by day and slips back 2 by night. The well is 10 metres deep. On which day does it get out?
Water for tea: a cup takes a quarter of a litre. How many full cups can be poured from a jug of 1.6 litres?
Elif reads 18 pages an evening. The library wants its book of 250 pages back in two weeks. Will she be done in time?
Which costs less for ten rides: single tickets at 2.40 or a block of twelve at 26.00, two of which you would not use?
The sum of three numbers that follow one another is 72. Which numbers are they?
At the crossing, a tram comes every 8 minutes and a bus every 12. Both are here now. When do they meet again?
A map has a scale of 1 to 25,000. Two huts are 6 cm apart on it. How long is the walk if the path is a quarter longer?
Seven friends shake hands, everyone with everyone once. Count the handshakes.
Dmitri's phone had 64 % left at noon and 40 % at three. If it goes on like that, when is it empty?
Of 30 pupils 18 play football and 15 sing; 7 do both. How many do neither?
A cube of wood is painted red all over and cut into 27 equal cubes. How many of them have exactly two red faces?
Grandfather is four times as old as Ines. Twenty years from now he will be twice as old as she is then. How old are they?
For a cake for 8 people one needs 300 g of flour. How much is that for 14 people, if the recipe is scaled fairly?
The temperature fell from 4 degrees above zero to 9 below. By how much did it change?
Two candles are equally tall. One burns down in 4 hours, the other in 6. After how long is one twice as tall as the other?
A farmer counts 35 heads and 94 legs among hens and rabbits. How many rabbits are there?
Write 100 as a sum of two primes. Is there more than one way?
Rice is sold in bags of 2 kg and of 5 kg. Which weights between 1 and 12 kg cannot be bought exactly?
A shirt was made 20 % dearer and then 20 % cheaper. Is it back at its old price?
The museum sells 120 tickets on Saturday for 960 euros. Children pay 5 and grown-ups 10. How many children came?
On a number line, which number lies exactly between minus 7 and 15?
You toss a coin three times. How likely is it that at least one toss shows heads?
A pool is filled by one pipe in 6 hours and by another in 3. How long does it take with both open?
Rope for a tent: four lines of 2.75 m each are cut from a roll of 20 m. Is enough left for a clothes line of 8 m?
The perimeter of a square garden is as long as that of a field of 30 m by 18 m. How long is a side of the garden?
Sort these by size without a calculator: three sevenths, two fifths, four ninths.
A cyclist rides uphill at 10 km an hour and back down at 30. What is the average speed of the whole tour?
In a game you win 3 points or lose 2. After ten rounds Kemal has 5 points. How often did he win?
The dice shows a six four times in a row. How likely is a six on the next throw?
Chiara saves 15 euros in March and doubles what she saves each month. In which month does she have more than 400 altogether?
A paper is folded in half six times. How many layers is it thick?
If 5 machines make 5 bolts in 5 minutes, how long do 100 machines need for 100 bolts?
Fence posts stand 3 m apart along a road of 60 m, with one at each end. How many posts are there?
The mean of five test marks is 7. After the sixth test it is 7.5. Which mark did the sixth test get?
Lena's recipe says 180 degrees Celsius. Her oven shows Fahrenheit. What should she set?
"""
