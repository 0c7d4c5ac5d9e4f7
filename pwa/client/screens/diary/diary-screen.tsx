import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { ButtonLink } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { LinkList } from "../../components/link-list.tsx";
import { type DiaryPage, diaryPages } from "../../domain/diary.ts";
import { t } from "../../words/index.ts";
import { useAsRead } from "../entries/as-read.tsx";
import { useDiaryRecords } from "../entries/diary-records.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";
import { DiaryDay } from "./diary-day.tsx";

/** Days with so many entries, more than a screen shows, are drawn before anything else, and so many more days at a time. */
const FIRST_ENTRIES = 8;
const MORE_DAYS = 10;

/** What was written, by day, the newest day first. */
export function DiaryScreen() {
  const { diary } = useApp();
  const records = useDiaryRecords();
  const all = useMemo(() => diaryPages(records), [records]);
  const pages = (count: number): DiaryPage[] => all.slice(0, count);
  const first = useMemo(() => daysWith(FIRST_ENTRIES, pages), [records]);
  const { shown, list, more } = useAsRead(pages, { first, step: MORE_DAYS, label: t("diary.earlier") });
  return (
    <Room name={t("places.diary")} place="diary">
      <LinkList links={[{ href: "/wins", text: t("diary.my-wins"), icon: "cairn" }]} />
      {all.length === 0 && diary.isWhole.value && <EmptyState text={t("diary.empty")} />}
      <div class="diary-days" ref={list as RefObject<HTMLDivElement>}>
        {shown.map((page) => (
          <DiaryDay key={page.day ?? ""} page={page} />
        ))}
      </div>
      {more}
      <Dock>
        <ButtonLink kind="main" isWide href="/check-in" icon="diary">
          {t("diary.check-in")}
        </ButtonLink>
      </Dock>
    </Room>
  );
}

/** How many pages hold so many entries; those that are not in memory yet hold one at least. */
function daysWith(count: number, pages: (count: number) => readonly DiaryPage[]): number {
  let [days, entries] = [0, 0];
  for (const page of pages(count)) {
    if (entries >= count) return days;
    entries += page.entries.length;
    days += 1;
  }
  return count;
}
