"""What each finding says to a person: what is wrong and what it would let somebody do."""

from __future__ import annotations

from collections.abc import Mapping

from harmony_desk.core.texts import _


def of(code: str, name: str) -> str:
    """The sentence for a code, about `name`: a table, a role, a setting."""
    known = _rules()
    if code in known:
        return known[code].format(name=name)
    ending = code.rpartition("_")[2]
    return _comparisons()[ending].format(kind=code.removesuffix(f"_{ending}"), name=name)


def _comparisons() -> Mapping[str, str]:
    """Differences with the database that was built from the files; `kind` is a word of PostgreSQL."""
    return {
        "missing": _("Missing: {kind} {name} is in the files of this program and not on the server."),
        "unknown": _("Unknown: {kind} {name} is on the server and not in the files of this program."),
        "changed": _("Changed: {kind} {name} is not as in the files of this program."),
    }


def _rules() -> Mapping[str, str]:
    return _rules_of_tables() | _rules_of_functions() | _rules_of_roles() | _rules_of_server()


def _rules_of_tables() -> dict[str, str]:
    return {
        "row_security_off": _("{name} has no row security: whoever has a right on it sees every row."),
        "row_security_not_forced": _("Row security is not forced on {name}: its owner sees every row."),
        "policy_for_public": _("The policy {name} is for everybody; a policy names its roles."),
        "policy_without_check": _("The policy {name} does not say which rows may be written."),
        "grant_to_public": _("Everybody with a login has a right on {name}."),
        "view_not_invoker": _("The view {name} shows rows with the rights of its owner."),
        "materialized_view": _("{name} is a materialized view; row security does not reach into it."),
        "key_table_logged": _("The keys in {name} reach the log of the server and its backups."),
        "trigger_disabled": _("The trigger {name} is switched off: changes leave no trace, or break references."),
        "counter_open": _("The search counter {name} can be changed by others than the gate."),
        "counter_missing": _("The search counter {name} is missing; this person cannot search."),
        "large_object": _("There is a large object, {name}; those are outside all row security."),
        "security_label": _("There is a security label on {name}; this program sets none."),
    }


def _rules_of_functions() -> dict[str, str]:
    return {
        "definer_search_path": _("{name} runs with its owner's rights and can be led to somebody else's table."),
        "definer_elsewhere": _("{name} runs with its owner's rights and is no function of this program."),
        "execute_for_public": _("Everybody with a login can run {name}."),
    }


def _rules_of_roles() -> dict[str, str]:
    return {
        "role_missing": _("The role {name} is missing."),
        "role_attributes": _("The role {name} has attributes that it must not have, or lacks one."),
        "login_attributes": _("The login {name} can pass row security or make itself able to."),
        "login_missing": _("{name} is an active member of staff without a login."),
        "login_left_open": _("{name} has left, and can still log in."),
        "password_weak": _("{name}: the password is not kept as SCRAM."),
        "membership_missing": _("A membership is missing or has other options: {name}."),
        "membership_unknown": _("A membership that nobody filed: {name}."),
        "staff_membership_missing": _("An approved and signed role is not in force: {name}."),
        "staff_membership_unknown": _(
            "A role that no second administrator approved, or without a valid signature: {name}."
        ),
        "admin_option": _("{name}: this member can hand out the role alone."),
        "role_setting": _("{name}: this setting switches a rule off, or shows values in the log."),
    }


def _rules_of_server() -> dict[str, str]:
    return {
        "server_too_old": _(
            "The {name} lacks repairs that row security depends on: 15.14, 16.10, 17.6 or 18 is needed."
        ),
        "schema_version": _("The database is not at the version of this program; run `harmony-desk db upgrade`."),
        "database_open": _("Everybody with a login can connect to the database {name}, or make tables in it."),
        "installation_missing": _("{name} has no row: this database was not finished."),
        "clock_shifted": _("The clock of this database is shifted, and it is no test."),
        "log_values": _("{name}: the log of the server can hold what people typed."),
        "timeout_missing": _("{name} is not set: a dead connection would hold its locks."),
        "unsafe_writes": _("{name} is off: a crash loses what was confirmed."),
        "tls_off": _(
            "Other machines can reach this server and {name} is off: passwords and data can be read on the way."
        ),
        "host_rule_broken": _("The server cannot read {name}."),
        "host_rule_trust": _("{name} lets people in without a password."),
        "host_rule_weak": _("{name} accepts other machines with a proof that is weaker than SCRAM."),
        "host_rule_plain": _("{name} accepts other machines without TLS; write hostssl."),
        "not_checked": _("The rule {name} could not be checked."),
        "not_compared": _("The database was not compared with {name}; put the findings above right first."),
    }
