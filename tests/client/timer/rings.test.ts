import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bellOf, type Ringing } from "../../../pwa/client/screens/timer/bell.ts";
import { type Belfry, hangChime, type Turn } from "../../../pwa/client/screens/timer/chime.ts";
import { keepScreenOn } from "../../../pwa/client/screens/timer/wake-lock.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));
const refuses = () => Promise.reject(new DOMException("not now", "NotAllowedError"));

/** A page that can be hidden and touched. */
function makePage() {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" as DocumentVisibilityState });
  const turns = (state: DocumentVisibilityState) => {
    page.visibilityState = state;
    page.dispatchEvent(new Event("visibilitychange"));
    return settled();
  };
  const touched = () => {
    page.dispatchEvent(new Event("pointerup"));
    return settled();
  };
  return { page: page as unknown as Document, turns, touched };
}

/** A lamp that gives locks, and knows those that are held. */
function makeLamp() {
  const locks: { released: boolean; release(): Promise<void> }[] = [];
  return {
    locks,
    held: () => locks.filter(({ released }) => !released).length,
    async request() {
      const lock = {
        released: false,
        async release() {
          lock.released = true;
        },
      };
      locks.push(lock);
      return lock;
    },
  };
}

describe("the screen is kept on", () => {
  test("asked for at once, and given back when it is over", async () => {
    const [lamp, { page }] = [makeLamp(), makePage()];
    const over = keepScreenOn(lamp, page);
    await settled();
    assert.equal(lamp.held(), 1);
    over();
    await settled();
    assert.equal(lamp.held(), 0);
  });
  test("asked for again when the page is seen again, and only then", async () => {
    const [lamp, { page, turns }] = [makeLamp(), makePage()];
    keepScreenOn(lamp, page);
    await settled();
    await turns("visible");
    assert.equal(lamp.locks.length, 1);
    await lamp.locks[0]?.release();
    await turns("hidden");
    assert.equal(lamp.locks.length, 1);
    await turns("visible");
    assert.deepEqual([lamp.locks.length, lamp.held()], [2, 1]);
  });
  test("asked twice in one breath, one lock is held, and none is left behind", async () => {
    const [lamp, { page, turns }] = [makeLamp(), makePage()];
    const over = keepScreenOn(lamp, page);
    await Promise.all([turns("visible"), turns("visible")]);
    assert.equal(lamp.locks.length, 1);
    over();
    await settled();
    assert.equal(lamp.held(), 0);
  });
  test("given only when it is over already, it is given back", async () => {
    const [lamp, { page, turns }] = [makeLamp(), makePage()];
    keepScreenOn(lamp, page)();
    await settled();
    assert.deepEqual([lamp.locks.length, lamp.held()], [1, 0]);
    await turns("visible");
    assert.equal(lamp.locks.length, 1);
  });
  test("refused, nothing happens, and it is asked for again later", async () => {
    const [lamp, { page, turns }] = [makeLamp(), makePage()];
    let isRefusing = true;
    const over = keepScreenOn({ request: () => (isRefusing ? refuses() : lamp.request()) }, page);
    await settled();
    isRefusing = false;
    await turns("visible");
    assert.equal(lamp.held(), 1);
    over();
  });
  test("a lock that cannot be given back harms nothing", async () => {
    const { page } = makePage();
    const over = keepScreenOn({ request: async () => ({ released: false, release: refuses }) }, page);
    await settled();
    over();
    await settled();
  });
});

/** A browser's sound, of which it is kept what was played and whether it is closed. */
function makeSound({ isRefused = (): boolean => false } = {}) {
  const heard: number[] = [];
  let open = 0;
  const param = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
  class FakeAudio {
    readonly currentTime = 0;
    readonly destination = {};
    constructor() {
      open += 1;
    }
    resume() {
      return isRefused() ? refuses() : Promise.resolve();
    }
    async close() {
      open -= 1;
    }
    createGain() {
      return { gain: param, connect: (to: unknown) => to };
    }
    createOscillator() {
      let hertz = 0;
      const frequency = {
        setValueAtTime(value: number) {
          hertz = value;
        },
      };
      return { frequency, connect: (to: unknown) => to, start: () => heard.push(hertz), stop() {} };
    }
  }
  return { heard, open: () => open, AudioContext: FakeAudio as unknown as NonNullable<Belfry["AudioContext"]> };
}

describe("the chime", () => {
  test("is silent until the page was touched, and then sounds another way for each turn", async () => {
    const [sound, { page, touched }] = [makeSound(), makePage()];
    const told: boolean[] = [];
    const chime = hangChime({ AudioContext: sound.AudioContext, page, activation: { hasBeenActive: false } }, (is) => told.push(is));
    chime.play("end");
    assert.deepEqual([sound.heard, sound.open(), told], [[], 0, []]);
    await touched();
    assert.deepEqual(told, [true]);
    const tones = (["rest", "do", "end"] as const).map((turn) => {
      sound.heard.length = 0;
      chime.play(turn);
      return sound.heard.join();
    });
    assert.equal(new Set(tones).size, 3);
    assert.ok(tones.every((tone) => tone !== ""));
  });
  test("needs no further touch where the page was touched before", async () => {
    const [sound, { page }] = [makeSound(), makePage()];
    const chime = hangChime({ AudioContext: sound.AudioContext, page, activation: { hasBeenActive: true } }, () => undefined);
    await settled();
    chime.play("do");
    assert.equal(sound.heard.length, 2);
  });
  test("taken down, it gives the sound back and is heard no more, touched or not", async () => {
    const [sound, { page, touched }] = [makeSound(), makePage()];
    const told: boolean[] = [];
    const chime = hangChime({ AudioContext: sound.AudioContext, page, activation: undefined }, (is) => told.push(is));
    await touched();
    chime.takeDown();
    chime.play("end");
    await touched();
    assert.deepEqual([sound.heard, sound.open(), told], [[], 0, [true, false]]);
  });
  test("taken down while it wakes, it does not say that it may sound", async () => {
    const [sound, { page }] = [makeSound(), makePage()];
    const told: boolean[] = [];
    hangChime({ AudioContext: sound.AudioContext, page, activation: { hasBeenActive: true } }, (is) => told.push(is)).takeDown();
    await settled();
    assert.deepEqual([told, sound.open()], [[false], 0]);
  });
  test("refused, it stays silent until a touch at which it is let", async () => {
    let isRefused = true;
    const [sound, { page, touched }] = [makeSound({ isRefused: () => isRefused }), makePage()];
    const chime = hangChime({ AudioContext: sound.AudioContext, page, activation: undefined }, () => undefined);
    await touched();
    chime.play("end");
    assert.deepEqual(sound.heard, []);
    isRefused = false;
    await touched();
    chime.play("end");
    assert.deepEqual([sound.heard.length, sound.open()], [3, 1]);
  });
  test("a browser without sound, or one that has no more of it, harms nothing", async () => {
    const none = class {
      constructor() {
        throw new DOMException("no more", "NotSupportedError");
      }
    } as unknown as NonNullable<Belfry["AudioContext"]>;
    for (const AudioContext of [undefined, none]) {
      const { page, touched } = makePage();
      const told: boolean[] = [];
      const chime = hangChime({ AudioContext, page, activation: { hasBeenActive: true } }, (is) => told.push(is));
      await touched();
      chime.play("end");
      chime.takeDown();
      assert.deepEqual(told, [false]);
    }
  });
});

describe("the bell is what the person chose, as far as the browser has it", () => {
  /** What is rung and felt at the end of it all, and what is said to stand in the way. */
  const rung = (choice: { sound: boolean; vibration: boolean }, has: Partial<Ringing> = {}) => {
    const done: string[] = [];
    const phone = { vibrate: () => Boolean(done.push("felt")) };
    const bell = bellOf(choice, { hasSound: true, isReady: true, phone, play: (at: Turn) => done.push(at), ...has });
    bell.ring("end");
    return [...done, bell.silentFor];
  };
  test("both, one, or neither", () => {
    assert.deepEqual(rung({ sound: true, vibration: true }), ["end", "felt", null]);
    assert.deepEqual(rung({ sound: true, vibration: false }), ["end", null]);
    assert.deepEqual(rung({ sound: false, vibration: true }), ["felt", null]);
    assert.deepEqual(rung({ sound: false, vibration: false }), ["chosen"]);
  });
  test("until a touch it says so, and does what it can", () => {
    assert.deepEqual(rung({ sound: true, vibration: true }, { isReady: false }), ["end", "felt", "not-touched"]);
  });
  test("a phone that cannot be felt, and a browser without sound", () => {
    assert.deepEqual(rung({ sound: true, vibration: true }, { phone: {} }), ["end", null]);
    assert.deepEqual(rung({ sound: false, vibration: true }, { phone: {} }), ["chosen"]);
    assert.deepEqual(rung({ sound: true, vibration: true }, { hasSound: false, isReady: false }).at(-1), null);
    assert.deepEqual(rung({ sound: true, vibration: true }, { hasSound: false, isReady: false, phone: {} }).at(-1), "unable");
  });
  test("a phone that refuses to be felt harms nothing", () => {
    assert.deepEqual(rung({ sound: true, vibration: true }, { phone: { vibrate: () => false } }), ["end", null]);
  });
});
