"""Meetings for other programs."""

from tests.api.test_dossier_steps import signed_in
from tests.meetings.conftest import meeting as meeting
from tests.meetings.conftest import staff as staff


def test_meetings_are_read_by_who_is_invited(staff, meeting):
    chi = signed_in(staff.chi)

    (row,) = chi.get("/api/v1/meetings?state=planned").json()["items"]
    one = chi.get(f"/api/v1/meetings/{row['number']}").json()

    assert (one["title"], one["agenda"], one["conclusions"]) == ("Giao ban tháng 11", ["Báo cáo", "Bàn", "Ký kết"], [])
    assert signed_in(staff.phuc).get(f"/api/v1/meetings/{row['number']}").status_code == 403
    assert signed_in(staff.phuc).get("/api/v1/meetings").json()["items"] == []
