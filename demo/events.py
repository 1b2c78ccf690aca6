"""What happens in the story of the company, as plain data: who does what to which record, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = 8, 18
MOST_VOTES = 7
"""No route of the modules asks more people than this."""

Verb = Literal["create", "update", "submit", "agree", "reject", "return", "withdraw", "void"]


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of the record that an earlier event created under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """The id of the account with this log-in name."""

    login: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that one person does.

    `actor` is a log-in name; a vote has none: it is cast by whoever the approval asks, and a vote that nobody is asked for any
    more does not happen. `values` are what is sent, with Ref and Person where an id will stand.
    """

    at: datetime
    verb: Verb
    name: str
    actor: str = ""
    entity: str = ""
    values: Mapping[str, object] | None = None
    comment: str = ""


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day as the clock on the company's wall shows it."""
    return datetime.combine(day, time(hour, minute), HERE)


class Story:
    """One thread of events. Several of them are told at the same time by `in_order`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.events: list[Event] = []

    def record(self, at: datetime, entity: str, name: str, actor: str, /, **values: object) -> Ref:
        """Have a master record created."""
        self.events.append(Event(at, "create", name, actor, entity, values))
        return Ref(name)

    def document(
        self, at: datetime, entity: str, name: str, actor: str, values: Mapping[str, object], *, votes: int = MOST_VOTES
    ) -> datetime:
        """Have a document created, handed in, and agreed to by so many people; return when the last of them could have acted."""
        self.events.append(Event(at, "create", name, actor, entity, dict(values)))
        return self.agreed(self.submitted(at, name, actor), name, votes)

    def draft(self, at: datetime, entity: str, name: str, actor: str, values: Mapping[str, object]) -> datetime:
        """Have a document created and left lying."""
        self.events.append(Event(at, "create", name, actor, entity, dict(values)))
        return at

    def submitted(self, at: datetime, name: str, actor: str) -> datetime:
        """Have a document handed in a little later."""
        when = at + timedelta(minutes=self.random.randint(4, 50))
        self.events.append(Event(when, "submit", name, actor))
        return when

    def agreed(self, at: datetime, name: str, votes: int) -> datetime:
        """Have so many of those who are asked agree, one after the other."""
        for _ in range(votes):
            at = self.later(at)
            self.events.append(Event(at, "agree", name, comment=self.random.choice(AGREED)))
        return at

    def does(
        self, at: datetime, verb: Verb, name: str, /, *, actor: str = "", comment: str = "", **values: object
    ) -> datetime:
        """Have something else done, some hours later."""
        when = self.later(at)
        self.events.append(Event(when, verb, name, actor, values=values or None, comment=comment))
        return when

    def later(self, at: datetime) -> datetime:
        """Return a moment of the same or the next working hours."""
        when = at + timedelta(minutes=self.random.randint(25, 560))
        if when.hour >= CLOSES or when.hour < OPENS:
            nextday = when.date() + timedelta(days=1 if when.hour >= CLOSES else 0)
            when = moment(nextday, self.random.randint(OPENS, 11), self.random.randint(0, 59))
        return when


AGREED = ("", "", "", "同意", "同意", "情况属实", "已核对", "按合同执行")


def in_order(*stories: Story, until: date) -> Iterator[Event]:
    """Yield what happens in all stories up to the end of a day, in the order of time; at one moment as it was told."""
    end = moment(until, 23, 59)
    told = [sorted(story.events, key=lambda event: event.at) for story in stories]
    return (event for event in merge(*told, key=lambda event: event.at) if event.at <= end)
