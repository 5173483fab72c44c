"""Hôm nay: what I and my unit owe."""


def text_of(answer) -> str:
    return answer.content.decode()


def test_what_is_owed_stands_in_its_group(worked, desk):
    text = text_of(desk(worked.alice).get("/"))

    assert (
        text.index("000.00.79.H29-261109-0001")
        < text.index("000.00.79.H29-261109-0002")
        < text.index("000.00.79.H29-261109-0003")
    )
    assert "000.00.79.H29-261109-0004" not in text
    assert "quá hẹn 3 ngày làm việc" in text
    assert "còn 2 ngày làm việc" in text


def test_a_group_opens_into_its_own_list(worked, desk):
    text = text_of(desk(worked.alice).get("/?group=later"))

    assert "000.00.79.H29-261109-0004" in text
    assert "000.00.79.H29-261109-0001" not in text


def test_nobody_sees_what_others_owe(worked, desk):
    for person in (worked.binh, worked.hoa, worked.lan):
        assert "000.00.79.H29" not in text_of(desk(person).get("/?scope=below"))


def test_a_head_sees_what_those_below_owe(worked, desk):
    client = desk(worked.dung)

    assert "000.00.79.H29-261109-0001" not in text_of(client.get("/?scope=unit"))
    assert "000.00.79.H29-261109-0001" in text_of(client.get("/?scope=below"))
    assert "000.00.79.H29-261109-0001" in text_of(client.get("/"))  # the unit itself owes nothing


def test_a_day_without_trouble_says_so(cast, desk):
    assert "Không có gì quá hẹn hay sắp đến hẹn" in text_of(desk(cast.alice).get("/"))
