/** A soft sound, made by the browser itself: there is no file to fetch. */

export type Turn = "do" | "rest" | "end";

/** What a chime hangs on. Not every browser has the first and the last. */
export interface Belfry {
  readonly AudioContext: (new () => AudioContext) | undefined;
  readonly page: Pick<Document, "addEventListener" | "removeEventListener">;
  readonly activation: { readonly hasBeenActive: boolean } | undefined;
}

export interface Chime {
  /** Sound, if it may by now. */
  play(at: Turn): void;
  takeDown(): void;
}

/** In hertz: down into a rest, up into doing, and both home at the end. */
const TONES = { rest: [440, 330], do: [330, 440], end: [440, 330, 262] } as const;
const LOUDEST = 0.25;
const TONE_SECONDS = 0.9;
const APART_SECONDS = 0.35;
const TOUCHES = ["pointerup", "keyup"] as const;

/** Hang a chime. It sounds once the page has been touched; `onReady` is told whether it may. Refused, it stays silent. */
export function hangChime({ AudioContext, page, activation }: Belfry, onReady: (isReady: boolean) => void): Chime {
  let made: AudioContext | null = null;
  let isReady = false;
  const tell = (ready: boolean): void => {
    isReady = ready;
    onReady(ready);
  };
  const wake = async (): Promise<void> => {
    if (AudioContext === undefined) return;
    try {
      made ??= new AudioContext();
      await made.resume();
      if (made !== null) tell(true);
    } catch {
      // It may be let at the next touch.
    }
  };
  const wakeAtTouch = (): void => void wake();
  if (activation?.hasBeenActive) wakeAtTouch();
  for (const touch of TOUCHES) page.addEventListener(touch, wakeAtTouch);
  return {
    play(at) {
      if (made !== null && isReady) sound(made, TONES[at]);
    },
    takeDown() {
      for (const touch of TOUCHES) page.removeEventListener(touch, wakeAtTouch);
      tell(false);
      void made?.close().catch(() => undefined);
      made = null;
    },
  };
}

/** A soft tone, then the next: each swells quickly and fades slowly. */
function sound(context: AudioContext, tones: readonly number[]): void {
  tones.forEach((hertz, index) => {
    const begins = context.currentTime + index * APART_SECONDS;
    const volume = context.createGain();
    const tone = context.createOscillator();
    tone.frequency.setValueAtTime(hertz, begins);
    volume.gain.setValueAtTime(0, begins);
    volume.gain.linearRampToValueAtTime(LOUDEST, begins + 0.04);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + TONE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + TONE_SECONDS);
  });
}
