"""Units of measure, and the sources that several measures share."""

from gandan.ground.ledger.rules import gettext_noop
from gandan.results.measures.rules import Worded

DOSSIERS = Worded("hồ sơ", "dossiers")
LETTERS = Worded("thư", "letters")
PARCELS = Worded("bưu gửi", "items of post")
PROMISES = Worded("việc", "promises")
REQUESTS = Worded("yêu cầu", "requests")
PERCENT = Worded("%", "%")
CASES = Worded("vụ việc", "cases")
TIMES = Worded("lượt", "times")
PEOPLE = Worded("người", "people")
MODELS = Worded("mô hình", "models")
ITEMS = Worded("hiện vật", "items")
DAYS = Worded("ngày", "days")

PROGRAMME = "Chương trình phối hợp 2022–2026 giữa Ban Dân vận Thành ủy và Công an TP.HCM, theo Báo Công an TP.HCM, 23/06/2022"
SUMMARY = "Kết quả giai đoạn 2016–2021 nêu tại hội nghị tổng kết, theo Báo Công an TP.HCM, 23/06/2022"
ONE_STOP = "Nghị định 61/2018/NĐ-CP; từ 01/07/2025 là Nghị định 118/2025/NĐ-CP"
APOLOGY = "Quyết định 5157/QĐ-UBND ngày 30/09/2016 của UBND TP.HCM; " + SUMMARY
POST = "Quyết định 45/2016/QĐ-TTg; " + SUMMARY
LEDGER = gettext_noop("Sổ cái Gần Dân")
OWN_DEFINITION = gettext_noop("Định nghĩa của Gần Dân")
