"""Time zones and the nights in which something happens to their clocks."""

from datetime import date

NIGHTS: dict[str, tuple[date, ...]] = {
    "UTC": (date(2026, 1, 1), date(2026, 6, 15)),
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    # half an hour only
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    # midnight is skipped, and an hour before midnight shown twice
    "America/Sao_Paulo": (date(2018, 11, 4), date(2018, 2, 17)),
    "Asia/Beirut": (date(2026, 3, 29), date(2026, 10, 24)),
    # midnight is skipped, and the hour after midnight shown twice
    "America/Havana": (date(2026, 3, 8), date(2026, 11, 1)),
    # from 23:00 straight to midnight
    "America/Nuuk": (date(2024, 3, 30), date(2024, 10, 26)),
    # two hours at once
    "Antarctica/Troll": (date(2024, 3, 31), date(2024, 10, 27)),
    # a day that never was
    "Pacific/Apia": (date(2011, 12, 29), date(2011, 12, 30), date(2011, 12, 31)),
    "Asia/Kathmandu": (date(2026, 5, 1),),
}
ODD_MINUTE_NIGHTS: dict[str, tuple[date, ...]] = {
    # one minute after midnight the clocks went back to 23:01 of the day before
    "America/St_Johns": (date(2009, 10, 31), date(2009, 11, 1), date(2009, 3, 8)),
}
EVERY_NIGHT = [
    (zone, day) for zone, days in {**NIGHTS, **ODD_MINUTE_NIGHTS}.items() for day in days
]
