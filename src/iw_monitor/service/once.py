"""Doing what was asked under a key once, however often it is asked: by one process or several, also after a crash."""

from __future__ import annotations

from collections.abc import Callable

from iw_monitor.errors import IwError
from iw_monitor.service.codes import refused
from iw_monitor.store.answers import Answer, AnswerStore, KeptAnswer, Request
from iw_monitor.store.journal import Journal

__all__ = ["Answer", "Request", "once", "once_within"]


class _AnsweredError(Exception):
    """Somebody else did the same in between; what was just written is taken back."""

    def __init__(self, answer: KeptAnswer) -> None:
        self.answer = answer
        super().__init__(answer.status)


def once(journal: Journal, request: Request, act: Callable[[], Answer]) -> tuple[Answer, bool]:
    """Return the answer to a request, and whether it is that of an earlier one.

    What the act writes and its answer are one transaction: after a crash there are both or neither, so a repeat finds
    the answer or does the work. Only what was done is kept; what was refused may be asked again. The act must not read
    the journal after it wrote.

    Raises:
        InputError: something else was asked under that key before.
        IwError: what the act raises.
    """

    def whole(keep: Callable[[Answer], None]) -> Answer:
        with journal.together():
            answer = act()
            keep(answer)
        return answer

    return once_within(journal, request, whole)


def once_within(
    journal: Journal, request: Request, act: Callable[[Callable[[Answer], None]], Answer]
) -> tuple[Answer, bool]:
    """Do the same with an act that makes its own transaction, and keeps its answer in it by what it is given.

    Raises:
        InputError: something else was asked under that key before.
        IwError: what the act raises.
    """
    store = AnswerStore(journal)

    def keep(answer: Answer) -> None:
        if (other := store.keep(request, answer)) is not None:
            raise _AnsweredError(other)

    held = store.find(request)
    if held is not None:
        return _again(held, request), True
    try:
        return act(keep), False
    except _AnsweredError as error:
        return _again(error.answer, request), True
    except IwError:
        # Refused perhaps because the same request, sent twice at once, was done by another process a moment ago.
        if (other := store.find(request)) is not None:
            return _again(other, request), True
        raise


def _again(held: KeptAnswer, request: Request) -> Answer:
    if held.asked != request.asked:
        problem = "this key was used for another request"
        raise refused("S130", "Idempotency-Key", problem, remedy="Give every request a key of its own")
    return Answer(status=held.status, body=held.body)
