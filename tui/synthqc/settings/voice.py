"""From the settings to who answers; loaded with the first lab, never at start."""

from synthqc.assistant.choosing import Chosen, Wish, assistant_for
from synthqc.assistant.endpoint import Endpoint, endpoint_of
from synthqc.assistant.redaction import Secret
from synthqc.assistant.tutor import Tutor
from synthqc.errors import UsageError

from .endpoints import Target, key_of, target_of
from .resolving import Resolved, is_offline


def assistant_of(found: Resolved, tutor: Tutor) -> Chosen:
    """Who answers by the settings; where a model is wanted and cannot be had, the tutor, with the reason."""
    if found.settings.assistant == "offline":
        return assistant_for(Wish(), tutor, found.environment)
    try:
        endpoint, target = wanted_endpoint(found)
        wish = Wish(
            is_online=True,
            base_url=endpoint.base_url,
            model=endpoint.model,
            key=endpoint.key,
            name=endpoint.name,
            window=endpoint.window,
            may_be_plain=target.endpoint.plain_http,
        )
        return assistant_for(wish, tutor, found.environment)
    except UsageError as error:
        return Chosen(tutor, f"The offline tutor answers: {error}.")


def listing_endpoint(found: Resolved) -> Endpoint:
    """The endpoint that the settings mean, to be asked for its models while none is set.

    Raises:
        UsageError: As `wanted_endpoint`, or the network is forbidden.
    """
    if is_offline(found.environment):
        raise UsageError("SYNTHQC_OFFLINE forbids the network")
    return wanted_endpoint(found, model="any")[0]


def wanted_endpoint(found: Resolved, *, model: str = "") -> tuple[Endpoint, Target]:
    """The endpoint that the settings mean, checked, with its key.

    Args:
        found: The settings.
        model: The model to take where none is set.

    Raises:
        UsageError: None is set, it cannot be used, or the learner was not asked yet.
    """
    target = target_of(found)
    if target is None:
        raise UsageError("no endpoint is set; add one in the settings, or set SYNTHQC_BASE_URL and SYNTHQC_MODEL")
    if target.is_borrowed and found.settings.openai_hosts.get(target.host) is not True:
        raise UsageError(f"you have not agreed yet that OpenAI's variables are used for {target.host}")
    model = target.endpoint.model or model
    if not model:
        raise UsageError(f"no model is set for {target.host}; choose one in the settings, or set SYNTHQC_MODEL")
    endpoint = endpoint_of(
        target.endpoint.base_url,
        model,
        Secret(key_of(found, target)),
        name=target.name,
        window=target.endpoint.window,
        may_be_plain=target.endpoint.plain_http,
    )
    return endpoint, target
