"""What is done with what people bring. The core is for every kind; what is a kind's own stands in a folder of its name."""

from gandan.work.voice.operations.catalogue import load_services
from gandan.work.voice.operations.crimes.extracts import take_extract
from gandan.work.voice.operations.drafts import (
    HandedIn,
    add_to_draft,
    begin_draft,
    drop_from_draft,
    erase_drafts,
    hand_in,
    write_draft,
)
from gandan.work.voice.operations.erasing import anonymise_ended
from gandan.work.voice.operations.extending import NoSuchExtension, extend
from gandan.work.voice.operations.following import appraise, count_appraisals, follow_up, see, withdraw
from gandan.work.voice.operations.handling import add_answer, answer, assign, note, read_follow_ups, say, start
from gandan.work.voice.operations.handovers.arranging import arrange
from gandan.work.voice.operations.handovers.passing import follow_items, give, take, take_back
from gandan.work.voice.operations.handovers.taking import take_in, witness
from gandan.work.voice.operations.holding import ChangedMeanwhile
from gandan.work.voice.operations.merging import NotDoubles, merge, part
from gandan.work.voice.operations.passing import NotTheirWork, StillStanding, follow_succession, hand_over
from gandan.work.voice.operations.receiving import KnownSource, receive
from gandan.work.voice.operations.showing import hide, show
from gandan.work.voice.operations.stages.doing import accept, hand_file, lengthen, refer, refuse, tell_investigators
from gandan.work.voice.operations.stages.extracts import conclude, pass_extract
from gandan.work.voice.operations.together import answer_together

__all__ = [
    "ChangedMeanwhile",
    "HandedIn",
    "KnownSource",
    "NoSuchExtension",
    "NotDoubles",
    "NotTheirWork",
    "StillStanding",
    "accept",
    "add_answer",
    "add_to_draft",
    "anonymise_ended",
    "answer",
    "answer_together",
    "appraise",
    "arrange",
    "assign",
    "begin_draft",
    "conclude",
    "count_appraisals",
    "drop_from_draft",
    "erase_drafts",
    "extend",
    "follow_items",
    "follow_succession",
    "follow_up",
    "give",
    "hand_file",
    "hand_in",
    "hand_over",
    "hide",
    "lengthen",
    "load_services",
    "merge",
    "note",
    "part",
    "pass_extract",
    "read_follow_ups",
    "receive",
    "refer",
    "refuse",
    "say",
    "see",
    "show",
    "start",
    "take",
    "take_back",
    "take_extract",
    "take_in",
    "tell_investigators",
    "withdraw",
    "witness",
    "write_draft",
]
