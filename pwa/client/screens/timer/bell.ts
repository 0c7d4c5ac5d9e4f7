/** What is heard and felt at the end of a round or a rest, as the person chose. */
import { useEffect, useState } from "preact/hooks";
import type { ChosenSettings } from "../../domain/settings.ts";

export interface Bell {
  /** What stands in the way of a sound: the person's own choice, or the browser until the screen is touched once. */
  readonly silentFor: "chosen" | "not-touched" | null;
  /** Ring for the beginning of a rest or of doing, or for the end of it all. */
  ring(at: "do" | "rest" | "end"): void;
}

type Choice = Pick<ChosenSettings, "sound" | "vibration">;

/** A bell for as long as the screen is there. A browser lets it sound once the page has been touched. */
export function useBell({ sound, vibration }: Choice): Bell {
  const [context, setContext] = useState<AudioContext | null>(null);

  useEffect(() => {
    if (!sound) return;
    let made: AudioContext | null = null;
    const wake = (): void => {
      made ??= new AudioContext();
      const ours = made;
      void ours.resume().then(
        () => setContext(ours),
        () => undefined,
      );
    };
    if (navigator.userActivation?.hasBeenActive) wake();
    document.addEventListener("pointerup", wake);
    document.addEventListener("keyup", wake);
    return () => {
      document.removeEventListener("pointerup", wake);
      document.removeEventListener("keyup", wake);
      setContext(null);
      void made?.close();
    };
  }, [sound]);

  const canVibrate = vibration && "vibrate" in navigator;
  return {
    silentFor: !sound ? (canVibrate ? null : "chosen") : context === null ? "not-touched" : null,
    ring(at) {
      if (context !== null) play(context, TONES[at]);
      if (canVibrate) navigator.vibrate(VIBRATION);
    },
  };
}

/** In hertz: down into a rest, up into doing, and both home at the end. */
const TONES = { rest: [440, 330], do: [330, 440], end: [440, 330, 262] } as const;
/** Milliseconds on, off, on. */
const VIBRATION = [220, 140, 220];
const LOUDEST = 0.25;
const TONE_SECONDS = 0.9;
const APART_SECONDS = 0.35;

/** A soft tone, then the next: each swells quickly and fades slowly. */
function play(context: AudioContext, tones: readonly number[]): void {
  tones.forEach((hertz, index) => {
    const begins = context.currentTime + index * APART_SECONDS;
    const volume = new GainNode(context, { gain: 0 });
    const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
    volume.gain.setValueAtTime(0, begins);
    volume.gain.linearRampToValueAtTime(LOUDEST, begins + 0.04);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + TONE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + TONE_SECONDS);
  });
}
