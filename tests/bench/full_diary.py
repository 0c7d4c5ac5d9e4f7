"""A phone with a diary of 10,000 records, brought there as people bring theirs: read back from a file."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from e2e import sight as people
from tests.bench import sight
from tests.bench.figures import NotMeasuredError
from tests.bench.slow_phone import SlowPhone, switched_on
from tests.bench.years import RECORDS, write_years

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.site import Site

READING_SECONDS = 120
SETTLING = 4_000
RECORDS_KEPT = """async () => {
  const of = (request, next = () => true) => new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => { if (next(request.result)) resolve(request.result); };
  });
  const diary = await of(indexedDB.open("cairn"));
  const revisions = diary.transaction("revisions").objectStore("revisions");
  let records = 0;
  await of(revisions.index("record").openKeyCursor(null, "nextunique"), (cursor) => {
    if (!cursor) return true;
    records += 1;
    cursor.continue();
  });
  diary.close();
  return records;
}"""


@contextmanager
def full_diary(site: Site) -> Iterator[SlowPhone]:
    """Switch on a phone with such a diary; what is done to it, no other measurement sees."""
    whole = site.folder / "full-diary"
    if not whole.exists():
        fill(site, whole)
    profile = site.folder / "full-diary-in-use"
    shutil.rmtree(profile, ignore_errors=True)
    shutil.copytree(whole, profile)
    with switched_on(site, profile) as phone:
        yield phone


def fill(site: Site, profile: Path) -> None:
    """Begin a diary, read the file back, and open the app once more, as it would be on the next day."""
    file = site.folder / "ten-thousand.json"
    write_years(file, last=datetime.now(UTC))
    with switched_on(site, profile) as phone:
        page = phone.opens()
        sight.begin_diary(page)
        phone.waits_until_the_app_is_kept(page)
        page.goto(f"{site.address}/take-with-me")
        page.get_by_label(sight.WORDS.whole("read-back.choose")).set_input_files(file)
        people.anything(page, sight.WORDS.anywhere("read-back.came")).wait_for(timeout=READING_SECONDS * 1000)
        page.close()
        page = phone.opens()
        page.wait_for_timeout(SETTLING)
        records = page.evaluate(RECORDS_KEPT)
    if records < RECORDS:
        raise NotMeasuredError(f"Only {records} of {RECORDS} records were read back.")
