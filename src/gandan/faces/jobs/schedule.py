"""What the clock starts: one table, job → when. The times are cron's, in UTC; Ho Chi Minh City is seven hours ahead."""

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from gandan.faces.jobs import channels, concluding, ideas, jobs, tips

SCHEDULE: dict[Task[Any, Any, Any], str] = {
    jobs.sweep_promises: "*/10 * * * *",  # every ten minutes, so that midnight is noticed soon and an outage is caught up
    jobs.recount_tallies: "17 * * * *",  # every hour
    jobs.verify_ledger: "30 19 * * *",  # at half past two in the night
    jobs.release_figures: "20 20 * * *",  # at twenty past three in the night
    jobs.verify_log: "40 19 * * *",  # at twenty to three in the night
    jobs.drop_log: "0 20 2 * *",  # at three in the night, on the third of the month
    jobs.follow_calendar: "45 18 * * *",  # at a quarter to two in the night, what was left in the middle
    jobs.make_exports: "*/5 * * * *",  # what was left in the middle
    jobs.send_mail: "* * * * *",  # every minute
    jobs.send_short_messages: "* * * * *",
    jobs.forget_limits: "25 * * * *",  # every hour
    jobs.erase_due: "50 19 * * *",  # at ten to three in the night
    jobs.sweep_shelf: "5 20 * * *",  # at five past three in the night
    jobs.lapse_models: "20 18 * * *",  # at twenty past one in the night
    jobs.raise_letters: "5 * * * *",  # every hour: a missed run loses nothing
    jobs.record_ratings: "10 17 * * *",  # at ten past midnight, the day that is over
    jobs.count_ballots: "15 17 * * *",  # at a quarter past midnight, the day that is over
    jobs.sign_letters: "* * * * *",
    jobs.make_turns: "5 18 * * *",  # at five past one in the night
    concluding.finish_concluded: "*/10 * * * *",  # a conclusion carried out is a task done, some minutes later
    jobs.raise_reports: "10 18 * * *",  # at ten past one in the night
    jobs.begin_reports: "*/5 * * * *",  # what was left in the middle
    channels.tell_channels: "*/5 * * * *",
    jobs.count_appraisals: "20 17 * * *",  # at twenty past midnight
    ideas.count_supports: "30 17 * * *",  # at half past midnight, the day that is over
    ideas.group_ideas: "30 18 * * *",  # at half past one in the night
    tips.watch_tips: "20 23 * * *",  # at twenty past six in the morning, for those who come to work
    tips.count_tips: "10 18 * * *",  # at ten past one in the night, the days that are over
    tips.erase_tips: "55 19 * * *",  # at five to three in the night
    tips.hand_extracts: "*/5 * * * *",
    tips.try_door: "30 22 * * *",  # at half past five in the morning, before anybody relies on it
}

for job, cron in SCHEDULE.items():
    app.periodic(cron=cron)(job)
