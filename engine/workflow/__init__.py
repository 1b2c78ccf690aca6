"""Approvals: a pure engine. `compile_flow` makes a program of a definition, `step` carries an instance on by one command."""

from engine.workflow.access import FieldAccess, field_access
from engine.workflow.commands import (
    Agree,
    Command,
    Comment,
    Reject,
    Resubmit,
    Retry,
    ReturnTo,
    SeatCommand,
    Submit,
    Terminate,
    Transfer,
    Void,
    Withdraw,
)
from engine.workflow.compile import compile_flow
from engine.workflow.env import Env, People
from engine.workflow.outcome import SYSTEM, VERBS, Decision, Effect, Event
from engine.workflow.predict import Prediction, Stop, predict
from engine.workflow.program import Node, Program
from engine.workflow.returning import Target, legal_targets
from engine.workflow.state import ENDED, LIVE, Activation, Seat, State, Token, draft
from engine.workflow.step import step
from engine.workflow.view import path_view

__all__ = [
    "ENDED",
    "LIVE",
    "SYSTEM",
    "VERBS",
    "Activation",
    "Agree",
    "Command",
    "Comment",
    "Decision",
    "Effect",
    "Env",
    "Event",
    "FieldAccess",
    "Node",
    "People",
    "Prediction",
    "Program",
    "Reject",
    "Resubmit",
    "Retry",
    "ReturnTo",
    "Seat",
    "SeatCommand",
    "State",
    "Stop",
    "Submit",
    "Target",
    "Terminate",
    "Token",
    "Transfer",
    "Void",
    "Withdraw",
    "compile_flow",
    "draft",
    "field_access",
    "legal_targets",
    "path_view",
    "predict",
    "step",
]
