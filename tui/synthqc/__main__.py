"""Entry of the program."""


def main() -> None: ...
