/** What is on the screen: by the phase of the diary, and then by the address. */
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import type { Diary } from "../store/diary.ts";
import { FaultScreen } from "./fault/fault-screen.tsx";
import { useApp } from "./frame/app.ts";
import { type Params, placeAt, type Screen } from "./routes.ts";
import { loadScreen, type ScreenName } from "./screens.ts";

/** Screens that can be read before there is a diary. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set(["help", "about"]);

interface Room {
  readonly name: ScreenName;
  readonly params: Params;
  /** Changes when the screen is to begin anew. */
  readonly key: string;
}

/** The screen for where the diary stands and the address; null while the phone is being read. */
export function roomFor(phase: Diary["phase"]["value"], path: string, search = ""): Room | null {
  const place = placeAt(path);
  const at: Room = { name: place?.name ?? "not-found", params: place?.params ?? {}, key: path + search };
  if (place !== null && OPEN_TO_ALL.has(place.name)) return at;
  switch (phase) {
    case "opening":
      return null;
    case "new":
      return place?.name === "sign-in" ? at : { name: "welcome", params: {}, key: "welcome" };
    case "locked":
      return { name: "unlock", params: {}, key: "unlock" };
    case "unusable":
      return { name: "trouble", params: {}, key: "trouble" };
    case "open":
      return at;
  }
}

/** Shows the room for an address. While one that is gone to for the first time is fetched, the one before stays. */
export function Rooms({ path, search }: { readonly path: string; readonly search: string }) {
  const { diary } = useApp();
  const room = roomFor(diary.phase.value, path, search);
  const [shown, show] = useState<{ readonly room: Room; readonly Screen: Screen } | null>(null);
  const atOnce = room === null ? null : loadScreen(room.name);
  useEffect(() => {
    if (room === null || atOnce === null) return;
    let isLeft = false;
    void Promise.resolve(atOnce).then((Screen) => {
      if (!isLeft) show({ room, Screen });
    });
    return () => {
      isLeft = true;
    };
  }, [room?.key, room?.name]);
  const now = room !== null && typeof atOnce === "function" ? { room, Screen: atOnce } : shown;
  if (now === null) return null;
  return <Guarded key={`${now.room.name} ${now.room.key}`} Screen={now.Screen} params={now.room.params} />;
}

/** Draws a screen, and says so where it cannot be drawn. */
function Guarded({ Screen, params }: { readonly Screen: Screen; readonly params: Params }) {
  const [fault, tryAgain] = useErrorBoundary((cause: unknown) => console.error("A screen could not be drawn.", cause));
  return fault === undefined ? <Screen params={params} /> : <FaultScreen onTryAgain={tryAgain} />;
}
