/** The composition root: everything is made here once, and handed on. */
import { computed, effect } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { navigate, useBrowserLocation, useSearch } from "wouter-preact/use-browser-location";
import { sealing } from "#sealing";
import type { Account } from "./account/account.ts";
import { settings as settingsType } from "./domain/record-types.ts";
import { firstPlace } from "./domain/rough-day.ts";
import { settingsInForce } from "./domain/settings.ts";
import { fetchAccount } from "./screens/fetch-account.ts";
import { type App, AppContext } from "./screens/frame/app.ts";
import { followBackup } from "./screens/frame/backup.ts";
import { makeClock } from "./screens/frame/clock.ts";
import { followLinks } from "./screens/frame/links.ts";
import { makeToastLine } from "./screens/frame/toast-line.ts";
import { Rooms, roomFor } from "./screens/rooms.tsx";
import { loadOthers, loadScreen } from "./screens/screens.ts";
import { followInstallation } from "./shell/install.ts";
import { followUpdates } from "./shell/update.ts";
import { Diary } from "./store/diary.ts";
import { findDoor, readVault } from "./store/vault-door.ts";
import { randomBytes } from "./vault/random.ts";
import { fetchWords, speak } from "./words/index.ts";

const now = (): number => Date.now();
const place = document.getElementById("app");
const onLeft = (): void => {
  // Forms close with it, so that none writes a last word where nothing is to be left.
  if (place !== null) render(null, place);
  location.reload();
};
const diary = new Diary({ name: "cairn", sealing, now, random: randomBytes, onLeft });
// Before all else: the database answers while the rest is put together.
const opening = diary.open();
const settings = computed(() => settingsInForce(diary.all(settingsType).value));
const openForms = new Set<() => Promise<void>>();
const keepDrafts = async (): Promise<void> => {
  await Promise.all([...openForms].map((keep) => keep()));
  // What is saved without a form.
  await diary.settled();
};
const clock = makeClock(
  now,
  computed(() => settings.value.dayTurn),
);

let account: Promise<Account> | null = null;
const bringAccount = (): Promise<Account> => {
  account ??= fetchAccount().then(
    ({ makeAccount, Told }) => {
      const made = makeAccount(diary);
      backup.follow(made, <Told account={made} />);
      return made;
    },
    (lost: unknown) => {
      account = null;
      throw lost;
    },
  );
  return account;
};
const backup = followBackup(diary, () => whenIdle(() => void bringAccount().catch(() => undefined)));

const app: App = {
  diary,
  account: bringAccount,
  backup,
  clock,
  settings,
  openForms,
  keepDrafts,
  toast: makeToastLine(),
  installation: followInstallation(),
  updates: followUpdates({ beforeReload: keepDrafts }),
  operator: { name: told("cairn-operator-name"), contact: told("cairn-operator-contact") },
  helpConfirmed: told("cairn-help-confirmed"),
  go(path, { replace = false } = {}) {
    clock.look();
    const isElsewhere = new URL(path, location.href).pathname !== location.pathname;
    navigate(path, { replace });
    if (!isElsewhere && replace) return;
    scrollTo(0, 0);
    requestAnimationFrame(() => scrollTo(0, 0));
  },
};

// Who has been here before most likely wants today: it is fetched while the diary is opened.
const likely = navigator.serviceWorker?.controller ? loadScreen(roomFor("open", location.pathname)?.name ?? "today") : null;
const [words] = await Promise.all([fetchWords("words"), opening, likely]);
speak("en-GB", words);
dressAsChosen();
openWhereItIsEasiest();
await loadScreen(roomFor(diary.phase.peek(), location.pathname)?.name ?? "today");
followLinks(app);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") void diary.rest();
});
addEventListener("pageshow", ({ persisted }) => {
  // It was put aside as it stood, and heard nothing meanwhile.
  if (persisted) void seenAgain();
});
if (place !== null) {
  place.replaceChildren();
  render(<Cairn />, place);
}
whenIdle(watchLock);

function Cairn() {
  const [path] = useBrowserLocation();
  const search = useSearch();
  useEffect(() => clock.look(), [path]);
  return (
    <AppContext.Provider value={app}>
      <Rooms path={path} search={search} />
    </AppContext.Provider>
  );
}

/** Nothing is shown before it is known that the diary is still on this phone, and that no lock was turned on meanwhile. */
async function seenAgain(): Promise<void> {
  document.body.hidden = true;
  await diary.look();
  // A page that is locked already has nothing to lose by asking anew.
  const asks = await findDoor(readVault(diary.ground.database, "slot"))
    .then((door) => door === "asks" && diary.inside.held === null)
    .catch(() => true);
  if (asks) location.reload();
  else document.body.hidden = false;
}

/** Where its script cannot be had yet, it is asked for again. */
function watchLock(): void {
  void loadOthers().then(
    ({ followLock }) => followLock(app),
    () => setTimeout(watchLock, 30_000),
  );
}

/** Do it at a moment when nobody waits. Safari cannot tell such moments. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work);
  else setTimeout(work, 500);
}

/** What the server says in the page's head, or null. */
function told(name: string): string | null {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content || null;
}

/** Light or dark, letters, and the dimness of a rough day, as the person chose. */
function dressAsChosen(): void {
  effect(() => {
    const { energy, scheme, letters } = settings.value;
    const { dataset } = document.documentElement;
    for (const [name, value, plain] of [
      ["energy", energy, "full"],
      ["scheme", scheme, "system"],
      ["letters", letters, "two"],
    ] as const) {
      if (value === plain) delete dataset[name];
      else dataset[name] = value;
    }
  });
}

/** On a rough day its screen opens first. */
function openWhereItIsEasiest(): void {
  if (diary.phase.peek() === "open" && location.pathname === "/" && firstPlace(settings.peek()) === "rough-day") {
    navigate("/rough-day", { replace: true });
  }
}
