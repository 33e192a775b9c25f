"""The tables that the seed fills, and a chunk of their rows on the way to COPY."""

from typing import Final

# Table -> columns, written out: a new column without a default must be thought about here.
# Every column whose default is the clock is listed, so that two runs give the same rows.
COLUMNS: Final[dict[str, str]] = {
    "product": "id code name",
    "product_version": "id product_id version valid_from covers_damage covers_theft covers_loss excess_cents"
    " waiting_days report_within_hours",
    "recipient": "id name category role active created_at",
    "agreement": "id recipient_id kind reference signed_on valid_from valid_until created_at",
    "repairer": "id recipient_id name region active created_at",
    "customer": "id customer_number initials first_name prefix last_name partner_prefix partner_last_name name_usage"
    " gender birth_date deceased_on street house_number house_letter house_addition postcode city country language"
    " restricted_at created_at",
    "customer_phone": "id customer_id e164 raw kind since created_at",
    "customer_email": "id customer_id address created_at",
    "bank_account": "id customer_id iban holder_name valid_from valid_until created_at",
    "preference": "id customer_id kind value staff_id created_at",
    "objection": "id customer_id scope channel registered_by registered_at withdrawn_by withdrawn_at",
    "policy": "id policy_number certificate_number customer_id product_version_id status started_on ends_on"
    " premium_cents created_at",
    "insured_item": "id customer_id policy_id kind imei serial_number brand model purchase_price_cents purchased_on"
    " created_at",
    "contact": "id customer_id staff_id channel direction handle started_at subject note wrap_up_code created_at",
    "call": "id contact_id customer_id staff_id team_id direction pbx pbx_uniqueid linkedid ani_raw ani_e164 withheld"
    " dnis queue entered_queue_at offered_at started_at answered_at ended_at ended_by wrap_up_seconds wrap_up_code"
    " verification_level recording_state created_at",
    "call_segment": "id call_id customer_id staff_id kind started_at ended_at",
    "call_verification": "id call_id customer_id staff_login question result answered_at",
    "commitment": "id contact_id customer_id staff_id text due_on owner_staff_id done_at created_at",
    "task": "id task_number customer_id contact_id staff_id queue kind text due_at status done_at created_at",
    "recording": "id file_id call_id customer_id staff_id team_id recorded_at expires_at status duration_ms stored_at"
    " destroyed_at",
    "claim": "id claim_number customer_id policy_id insured_item_id kind status queue assigned_to happened_on"
    " reported_at reserve_cents created_at",
    "claim_detail": "id claim_id customer_id circumstances damage_text created_at",
    "repair_order": "id order_number claim_id customer_id repairer_id status created_at changed_at",
    "privacy_request": "id request_number customer_id kind channel received_on due_on status created_at",
    "disclosure": "id recipient_id agreement_id customer_id kind subject_id payload staff_login disclosed_at",
    "incident": "id kind status reported_by reported_at ends_on created_at",
    "incident_subject": "id incident_id customer_id name",
    "incident_note": "id incident_id staff_login text written_at",
    "signal": "id incident_id customer_id rule explanation raised_at",
}

Cell = str | int | bool | None


class Rows:
    """Rows by table in COPY's text form. No text of our pools needs escaping."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self._last: dict[str, int] = dict.fromkeys(COLUMNS, 0)

    def add(self, table: str, *values: Cell) -> int:
        """Adds a row; `values` are its columns but the first: the id is counted here. Returns the id."""
        number = self._last[table] = self._last[table] + 1
        cells = [r"\N" if value is None else str(value) for value in values]
        self.lines[table].append(f"{number}\t" + "\t".join(cells))
        return number

    def last_id(self, table: str) -> int:
        """The id of the last row; 0 when there is none."""
        return self._last[table]

    def take(self) -> dict[str, list[str]]:
        """What was added since the last `take`; the ids count on."""
        taken = {table: lines for table, lines in self.lines.items() if lines}
        for table in taken:
            self.lines[table] = []
        return taken
