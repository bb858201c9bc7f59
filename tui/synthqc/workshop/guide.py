"""The README that a host finds in a new workshop."""

_GUIDE = """\
# {title}

One command opens this workshop, learners come with `ssh`, and nobody gets a shell.

## Open

    synthqc workshop serve DIR

DIR is this directory. The server listens on port 2222 and names who comes and goes. `workshop.yaml` holds title,
course, port, opening hours and limits; it is read when the server starts. Any user can run it; root is not needed.

## What learners type

    ssh -p 2222 NAME@HOST

A new name is asked for the join code, **{code}**, and then chooses a PIN. Whoever comes back under that name is asked
for the PIN; nobody else gets in under it. Small and capital letters are the same, and what is not a letter or a digit
becomes a hyphen. At the first connection `ssh` shows the fingerprint of the host key; the server prints the same one.

A learner whose laptop closes connects again and goes on in the same place. A learner who has forgotten the PIN joins
under another name, or you delete `learners/NAME/learner.json` (the progress stays): the name is then new again, for
whoever knows the join code. To let a learner in by key, put the public key into `learners/NAME/authorized_keys`.

## While it runs

    synthqc class DIR --live
    synthqc class DIR --say "Break until ten past"

    synthqc class DIR --close quiz-2 --close module-test
    synthqc class DIR --open quiz-2

The first shows who is where, who is stuck and what is hard, and looks again by itself; enter shows one learner's
answers and notebook. The second puts a line on every screen within two seconds (not on dumb terminals, which play line
by line). A closed part cannot be opened from then on; whoever is in it may finish. `synthqc class DIR --format csv` (or
`json`, `html`) keeps the results.

## What a session cannot do

No shell, no commands, no file transfer, no forwarding. A session starts no program, opens no connection and writes
nowhere but in its learner's folder and the store. The tutor in the labs is the offline one.

## What is kept where

| file | holds |
|---|---|
| `workshop.yaml` | settings and the join code |
| `host_key` | the private key of this host |
| `learners/NAME/learner.json` | the name as it was typed, when it joined, the PIN as a hash |
| `learners/NAME/` | settings and notebooks of the learner |
| `progress.sqlite3` | what learners did, answer by answer, and half-typed drafts |

No addresses are kept. Only you can read the directory. For a copy while the server runs, use
`sqlite3 progress.sqlite3 ".backup copy.sqlite3"`.

## Your own sshd instead

`synthqc workshop sshd-config DIR` prints lines for a host's own OpenSSH, to use instead of `serve`: one account for all
learners, who then say their name, the join code and the PIN at the terminal. Limits of memory, computing and sessions
of one learner hold there as well; sessions of all learners and idle time are sshd's business.

## See how they do

`synthqc class DIR` prints where learners are and where they are stuck; `--live` keeps looking.

## End

Press ctrl+c where the server runs; sessions are told and end, and everything is saved. The same command opens it again.

    synthqc workshop purge DIR

deletes learners, PINs, progress and notebooks. Settings and host key stay; delete the directory to be rid of those too.
"""


def guide(title: str, code: str) -> str:
    """The text, for a workshop with this title and join code."""
    return _GUIDE.format(title=title, code=code)
