"""All we count. A measure is a line here; whoever adds one adds it to its group's file."""

from gandan.results.measures.catalogue import (
    counsel,
    dialogue,
    dossiers,
    ideas,
    matters,
    origins,
    people,
    post,
    privacy,
    promises,
    relief,
    steps,
    voice,
)
from gandan.results.measures.rules import Measure, Worded, assemble

GROUPS: dict[str, Worded] = {
    "dossiers": Worded("Hồ sơ", "Dossiers"),
    "letters": Worded("Thư xin lỗi", "Letters of apology"),
    "post": Worded("Trả kết quả qua bưu điện", "Results by post"),
    "promises": Worded("Việc đã hẹn", "Promises"),
    "matters": Worded("Vụ việc phức tạp", "Complex matters"),
    "relief": Worded("Cứu trợ", "Relief"),
    "safety": Worded("An ninh, trật tự", "Safety"),
    "movement": Worded("Phong trào, vận động", "Movement"),
    "digital": Worded("Công nghệ trong công việc", "Digital work"),
    "information": Worded("Thông tin, đính chính", "Information"),
    "voice": Worded("Ý kiến người dân", "People's voice"),
    "leadership": Worded("Tham mưu, chỉ đạo", "Advice and direction"),
}

CATALOGUE: dict[str, Measure] = assemble(
    dossiers.MEASURES,
    steps.MEASURES,
    post.MEASURES,
    promises.MEASURES,
    privacy.MEASURES,
    matters.MEASURES,
    relief.MEASURES,
    counsel.MEASURES,
    people.MEASURES,
    voice.MEASURES,
    ideas.MEASURES,
    dialogue.MEASURES,
    origins.MEASURES,
)
