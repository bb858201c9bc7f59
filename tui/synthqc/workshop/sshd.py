"""The lines for a host that prefers its own OpenSSH to the server that comes with a workshop."""

import shlex

from .directory import Workshop
from .starting import isolated

_LINES = """\
# Lines for /etc/ssh/sshd_config: whoever logs in as {user} gets the course of this workshop, and no shell.
# Make the account first, with a shell that exists: useradd --create-home --shell /bin/sh {user}
# {directory} must belong to it: chown -R {user} {directory}
# Then give it a password (or keys), and: sshd -t && systemctl reload sshd
# Learners type: ssh {user}@HOST, the account's password, then their name, the join code and a PIN.
# Nobody but root may change what the account logs in with: chown root the home, and let ~{user}/.ssh be root's.
Match User {user}
    ForceCommand exec {command}
    DisableForwarding yes
    PermitTTY yes
    PermitUserRC no
    AcceptEnv LANG COLORTERM
    MaxSessions 1
    ClientAliveInterval 15
    ClientAliveCountMax 3
Match all
"""


def sshd_config(workshop: Workshop, user: str) -> str:
    """The lines.

    Args:
        workshop: The workshop.
        user: The account that learners log in with.
    """
    command = shlex.join(isolated("launcher", str(workshop.directory)))
    return _LINES.format(user=user, directory=shlex.quote(str(workshop.directory)), command=command)
