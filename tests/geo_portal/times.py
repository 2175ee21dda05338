"""When each task of beat runs."""

from datetime import timedelta

from celery.schedules import crontab, schedule

SWEEP = schedule(timedelta(minutes=1))
# Task → when it runs, by the clocks of Łódź.
TIMES = {
    "reports.dispatch_due": SWEEP,
    "reports.process_photos": SWEEP,
    "districts.check_editions": SWEEP,
    "reports.reroute_due": SWEEP,
    "districts.open_uploads": SWEEP,
    "panel.do_bulk_acts": SWEEP,
    "panel.erase_bulk_acts": crontab(hour=3, minute=40),
    "panel.make_workbooks": SWEEP,
    "panel.erase_workbooks": crontab(minute=35),
    "outbox.send_due": SWEEP,
    "accounts.tell_of_rules": SWEEP,
    "maps.fold_due": SWEEP,
    "maps.match_changes": SWEEP,
    "maps.send_digests": crontab(hour="17-20", minute="*/10"),
    "maps.erase_watches": crontab(hour=3, minute=15),
    "maps.repair_summary": crontab(hour=4, minute=10),
    # Tried in tests/reports/tallies.
    "reports.fold_tallies": SWEEP,
    "reports.repair_tallies": crontab(hour=4, minute=20),
    "accounts.remind_of_rules": crontab(hour=9, minute=0),
    "mailroom.fetch_replies": SWEEP,
    "mailroom.take_replies": SWEEP,
    "mailroom.erase_old": crontab(hour=3, minute=35),
    "reports.owe_work_lists": crontab(hour="6-7", minute="30,40,50"),
    "reports.send_digests": crontab(hour=17, minute=0),
    "reports.chase_questions": crontab(hour="8-18", minute=5),
    "reports.count_category_uses": crontab(hour=2, minute=50),
    "accounts.erase_unconfirmed": crontab(minute=40),
    "pages.erase_inquiries": crontab(hour=3, minute=20),
    "reports.erase_contacts": crontab(hour=3, minute=10),
    "reports.erase_unattached_photos": crontab(minute=20),
    "districts.erase_old_uploads": crontab(minute=25),
    "procedures.collect_links": crontab(hour=1, minute=30),
    "procedures.check_links": crontab(minute="*/10"),
    "procedures.remind_of_reviews": crontab(hour=7, minute=30),
    "procedures.tell_editors": crontab(hour=8, minute=0, day_of_week="mon"),
    "outbox.erase_old": crontab(hour=3, minute=30),
    "procedures.index_missing": SWEEP,
    "procedures.index_all": crontab(hour=2, minute=20),
    "procedures.erase_old": crontab(hour=3, minute=20),
}
