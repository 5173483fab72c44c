"""Reading files that nobody prepared."""

import gzip
import unicodedata

import pytest

from gandan.work.dossiers.rules import BrokenFile, NoSuchFile, digest, records, shape
from gandan.work.dossiers.rules.reading import UnknownEncoding, tidy

ROWS = "Số,Đơn vị,Người nộp\n1,Phường Sài Gòn,Nguyễn Văn Ổi\n2,Phường Bến Thành,Trần Thị Ợt\n"


def read(path, encoding=""):
    form = shape(path, encoding)
    return form, [(record.line, record.cells, record.problem) for record in records(path, form)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_unicode_is_recognised(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS.encode(encoding))

    form, found = read(path)

    assert form.header == ("Số", "Đơn vị", "Người nộp")
    assert found == [(2, ["1", "Phường Sài Gòn", "Nguyễn Văn Ổi"], ""), (3, ["2", "Phường Bến Thành", "Trần Thị Ợt"], "")]


def test_windows_1258_is_recognised_and_composed(tmp_path):
    path = tmp_path / "a.csv"
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

    def legacy(letter):
        """The code page keeps ê as one and the tone apart."""
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in apart if c in tones)
        return unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones)) + tone

    path.write_bytes("".join(map(legacy, ROWS)).encode("cp1258"))

    form, found = read(path)

    assert form.encoding == "cp1258"
    assert [tidy(cell) for cell in found[0][1]] == ["1", "Phường Sài Gòn", "Nguyễn Văn Ổi"]
    assert form.header == ("Số", "Đơn vị", "Người nộp")


def test_accents_typed_on_a_telephone_are_composed():
    assert tidy(unicodedata.normalize("NFD", "  Phường   Bến Thành ")) == "Phường Bến Thành"


def test_a_packed_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(ROWS.encode()))

    assert len(read(path)[1]) == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(ROWS.replace(",", delimiter), encoding="utf-8")

    form, found = read(path)

    assert (form.delimiter, len(found)) == (delimiter, 2)


def test_the_first_line_of_a_spreadsheet_may_name_the_delimiter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\na,x;b\r\n1;2\r\n", encoding="utf-8")

    form, found = read(path)

    assert (form.header, found) == (("a,x", "b"), [(3, ["1", "2"], "")])


def test_what_is_no_delimiter_is_not_taken_for_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('sep="\na,b\n', encoding="utf-8")

    assert shape(path).delimiter == ","


def test_a_quoted_cell_may_hold_delimiters_quotes_and_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"x, ""y""\nz",2\n3,4\n', encoding="utf-8", newline="")

    assert read(path)[1] == [(2, ['x, "y"\nz', "2"], ""), (4, ["3", "4"], "")]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param('1,"never closed', id="a quote that is never closed"),
        pytest.param('1,"closed"too early"', id="a quote inside a quoted cell"),
    ],
)
def test_a_broken_quote_costs_one_line_and_no_more(tmp_path, broken):
    path = tmp_path / "a.csv"
    rest = "".join(f'{n},"ok {n}"\n' for n in range(2, 200))
    path.write_text(f"a,b\n{broken}\n{rest}", encoding="utf-8")

    found = read(path)[1]

    assert [record for record in found if record[2]] == [(2, [broken], "quotes")]
    assert [line for line, _, problem in found if not problem] == list(range(3, 201))


def test_a_quote_that_another_one_closes_further_down_hides_no_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"1,x\n2,y\n"\n4,z\n', encoding="utf-8")

    found = read(path)[1]

    assert [(line, problem) for line, _, problem in found] == [(2, "quotes"), (3, ""), (4, "quotes"), (5, "")]
    assert found[1][1] == ["2", "y"]


@pytest.mark.parametrize("length", [20_001, 200_000])
def test_a_cell_that_nobody_can_have_meant_is_too_long(tmp_path, length):
    path = tmp_path / "a.csv"
    path.write_text(f"a,b\n1,{'x' * length}\n2,y\n", encoding="utf-8")

    assert [(line, problem) for line, _, problem in read(path)[1]] == [(2, "too_long"), (3, "")]


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "idna", "a\0b"])
def test_an_encoding_that_there_isn_t_is_told(tmp_path, name):
    path = tmp_path / "a.csv"
    path.write_text(ROWS, encoding="utf-8")

    with pytest.raises(UnknownEncoding, match="cp1258"):
        shape(path, name)


def test_rows_with_too_few_or_too_many_cells_are_told_by_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3\n1,2\n\n1,2,3,4\n   \n5,6,7\n", encoding="utf-8")

    assert [(line, problem) for line, _, problem in read(path)[1]] == [(2, ""), (3, "cells"), (5, "cells"), (7, "")]


def test_a_byte_that_is_no_letter_refuses_its_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,ok\n2,b\xff\xfed\n3,ok\n")

    assert [(line, problem) for line, _, problem in read(path, "utf-8")[1]] == [(2, ""), (3, "encoding"), (4, "")]


def test_a_byte_that_is_no_letter_far_down_doesn_t_change_the_encoding(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + "Đ,ủ\n".encode() * 300_000 + b"2,\xe9\n")

    form = shape(path)

    assert form.encoding == "utf-8"
    assert [record.line for record in records(path, form) if record.problem] == [300_002]


def test_reading_goes_on_after_any_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,x\n2,"two\nlines"\n3,y\n', encoding="utf-8")
    form = shape(path)

    assert [(record.line, record.cells[0]) for record in records(path, form, after_line=4)] == [(5, "3")]
    assert [record.line for record in records(path, form, after_line=0)] == [2, 3, 5]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe\n\x00", b"PK\x03\x04\x00\x00\x00\x00 not text", b"a," + b"x" * 200_000]
)
def test_what_is_no_text_is_refused_as_a_file(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(BrokenFile, match=r"a\.csv"):
        shape(path)


def test_a_packed_file_that_was_cut_off_is_told(tmp_path):
    path = tmp_path / "a.csv.gz"
    whole = gzip.compress("".join(f"{n},{n * n % 97}\n" for n in range(600_000)).encode())
    path.write_bytes(whole[: len(whole) // 2])
    form = shape(path)
    rows = records(path, form)

    with pytest.raises(BrokenFile, match="bị cắt giữa chừng"):
        list(rows)


def test_a_file_called_gz_that_is_not_packed_is_told(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_text(ROWS, encoding="utf-8")

    with pytest.raises(BrokenFile):
        shape(path)


def test_a_path_to_nothing_is_told(tmp_path):
    with pytest.raises(NoSuchFile, match="nowhere"):
        shape(tmp_path / "nowhere.csv")


def test_a_file_is_known_again_by_its_digest(tmp_path):
    one, other = tmp_path / "1.csv", tmp_path / "2.csv"
    one.write_text(ROWS, encoding="utf-8")
    other.write_text(ROWS, encoding="utf-8")
    assert digest(one) == digest(other)

    other.write_text(ROWS + "\n", encoding="utf-8")
    assert digest(one) != digest(other)
