/** What is heard and felt at the end of a round or a rest, as the person chose. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ChosenSettings } from "../../domain/settings.ts";
import { hangChime, type Turn } from "./chime.ts";

export interface Bell {
  /**
   * What stands in the way of a sound: the person's own choice, the browser until the screen is touched once, or a
   * browser that has none.
   */
  readonly silentFor: "chosen" | "not-touched" | "unable" | null;
  /** Ring for the beginning of a rest or of doing, or for the end of it all. */
  ring(at: Turn): void;
}

type Choice = Pick<ChosenSettings, "sound" | "vibration">;

/** Milliseconds on, off, on. */
const VIBRATION = [220, 140, 220];

/** A bell for as long as the screen is there. A browser lets it sound once the page has been touched. */
export function useBell({ sound, vibration }: Choice): Bell {
  const [isReady, setReady] = useState(false);
  const chime = useRef<ReturnType<typeof hangChime>>(null);
  useEffect(() => {
    if (!sound) return;
    chime.current = hangChime({ AudioContext: globalThis.AudioContext, page: document, activation: navigator.userActivation }, setReady);
    return () => {
      chime.current?.takeDown();
      chime.current = null;
    };
  }, [sound]);
  return bellOf(
    { sound, vibration },
    { hasSound: "AudioContext" in globalThis, isReady, phone: navigator, play: (at) => chime.current?.play(at) },
  );
}

/** The browser's part in it. */
export interface Ringing {
  readonly hasSound: boolean;
  /** It may sound by now. */
  readonly isReady: boolean;
  /** Not every phone can be felt. */
  readonly phone: { vibrate?(pattern: number[]): boolean };
  play(at: Turn): void;
}

/** The bell that the person chose, as far as the browser has it. */
export function bellOf({ sound, vibration }: Choice, { hasSound, isReady, phone, play }: Ringing): Bell {
  const isFelt = vibration && "vibrate" in phone;
  return {
    silentFor: silentFor(),
    ring(at) {
      if (sound) play(at);
      if (isFelt) phone.vibrate?.(VIBRATION);
    },
  };

  function silentFor(): Bell["silentFor"] {
    if (sound && hasSound) return isReady ? null : "not-touched";
    if (isFelt) return null;
    return sound ? "unable" : "chosen";
  }
}
