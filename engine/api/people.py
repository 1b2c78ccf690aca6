"""People, accounts, departments and roles."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from engine.api.envelopes import AccountSchema, DepartmentSchema, NoticesSchema, SearchSchema
from engine.api.requests import context, installation
from engine.services import accounts, departments, notices

blueprint = Blueprint("people", __name__, url_prefix="/api/v1", description="People, accounts, departments, roles")


@blueprint.route("/people")
@blueprint.arguments(SearchSchema, location="query")
def people(query: dict[str, Any]) -> dict[str, Any]:
    """Search people, for pickers."""
    return accounts.search(installation(), context(), query["q"], query["ids"])


@blueprint.route("/notifications")
@blueprint.arguments(NoticesSchema, location="query")
def notifications(query: dict[str, Any]) -> dict[str, Any]:
    """Return what the actor was told, newest first."""
    return notices.page(installation(), context(), query["cursor"], query["limit"])


@blueprint.route("/notifications/read", methods=["POST"])
@blueprint.response(204)
def read_notifications() -> None:
    """Note that the actor has read everything."""
    notices.read(installation(), context())


@blueprint.route("/roles")
def roles() -> dict[str, Any]:
    """Return the roles of all modules."""
    return accounts.roles(installation(), context())


@blueprint.route("/accounts")
class Accounts(MethodView):
    """All accounts; for administrators."""

    def get(self) -> dict[str, Any]:
        """Return the accounts."""
        return accounts.every(installation(), context())

    @blueprint.arguments(AccountSchema)
    @blueprint.response(201)
    def post(self, given: dict[str, Any]) -> dict[str, Any]:
        """Create an account."""
        return accounts.create(installation(), context(), given)


@blueprint.route("/accounts/<account>")
class Account(MethodView):
    """One account; for administrators."""

    def get(self, account: str) -> dict[str, Any]:
        """Return the account."""
        return accounts.one(installation(), context(), account)

    @blueprint.arguments(AccountSchema)
    def patch(self, given: dict[str, Any], account: str) -> dict[str, Any]:
        """Change the account."""
        return accounts.change(installation(), context(), account, given)


@blueprint.route("/departments")
class Departments(MethodView):
    """All departments."""

    def get(self) -> dict[str, Any]:
        """Return the departments."""
        return departments.every(installation(), context())

    @blueprint.arguments(DepartmentSchema)
    @blueprint.response(201)
    def post(self, given: dict[str, Any]) -> dict[str, Any]:
        """Create a department."""
        return departments.create(installation(), context(), given)


@blueprint.route("/departments/<department>")
class Department(MethodView):
    """One department."""

    @blueprint.arguments(DepartmentSchema)
    def patch(self, given: dict[str, Any], department: str) -> dict[str, Any]:
        """Change the department."""
        return departments.change(installation(), context(), department, given)
