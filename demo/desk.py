"""Papers on a desk: brought to a step of their route, or to one of the ends that a paper can come to."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from demo.events import MOST_VOTES, Story, moment
from demo.months import Months

WAITING_DAYS = 2
"""Papers that wait were handed in so many days before the end of the story."""

ENDED_DAYS = 6
"""Papers that came to an end were written so many days before those."""


class Desk:
    """Where papers lie: `wait` leaves one before the next person after so many votes, `end` brings one to an end."""

    def __init__(self, story: Story, months: Months) -> None:
        self.story = story
        self.day = months.yesterday - timedelta(days=WAITING_DAYS)
        self.past = self.day - timedelta(days=ENDED_DAYS)
        self.months = months
        self._number = 0

    def wait(self, entity: str, actor: str, values: Mapping[str, object], votes: int) -> None:
        """Leave a paper at the step after so many votes."""
        self.story.document(self._next(), entity, self._name(entity), actor, values, votes=votes)

    def end(
        self, entity: str, actor: str, values: Mapping[str, object], how: str, votes: int = 0, by: str = ""
    ) -> None:
        """Bring a paper to an end: approved, draft, returned, rejected, withdrawn, void (by whom), or corrected after it came back."""
        at, name, story = self._next(), self._name(entity), self.story
        if how == "draft":
            story.draft(at, entity, name, actor, values)
            return
        at = story.document(at - timedelta(days=ENDED_DAYS), entity, name, actor, values, votes=votes)
        match how:
            case "returned":
                story.does(at, "return", name, comment="附件不全，请补充现场照片")
            case "rejected":
                story.does(at, "reject", name, comment="与现场不符，不予认可")
            case "withdrawn":
                story.does(at, "withdraw", name, actor=actor, comment="填写有误，撤回重报")
            case "void":
                story.does(at, "void", name, actor=by, comment="重复登记，作废")
            case "corrected":
                at = story.does(at, "return", name, comment="请写明部位")
                at = story.does(at, "update", name, actor=actor, location="1#楼三层东侧")
                story.agreed(story.submitted(at, name, actor), name, MOST_VOTES)

    def _next(self) -> datetime:
        self._number += 1
        return moment(self.day, 8, self._number % 60)

    def _name(self, entity: str) -> str:
        return f"open.{entity}.{self._number}"
