/** A browser with just the parts that the shell asks for. What it cannot show is shown in a real one. */

export interface FakeWorker extends EventTarget {
  state: string;
  readonly posted: unknown[];
  postMessage(message: unknown, transfer?: readonly MessagePort[]): void;
}

export interface FakeRegistration extends EventTarget {
  installing: FakeWorker | null;
  waiting: FakeWorker | null;
  active: FakeWorker | null;
  asked: number;
  update(): Promise<void>;
}

/** A worker that counts `tabs` open tabs when asked. */
export function makeWorker(state: string, tabs = 1): FakeWorker {
  const posted: unknown[] = [];
  return Object.assign(new EventTarget(), {
    state,
    posted,
    postMessage(message: unknown, transfer: readonly MessagePort[] = []) {
      posted.push(message);
      transfer[0]?.postMessage(tabs);
    },
  });
}

export function makeRegistration(parts: Partial<Pick<FakeRegistration, "installing" | "waiting" | "active">> = {}): FakeRegistration {
  return Object.assign(new EventTarget(), {
    installing: null,
    waiting: null,
    active: null,
    ...parts,
    asked: 0,
    async update(this: FakeRegistration) {
      this.asked += 1;
    },
  });
}

export interface FakeBrowser {
  readonly window: Window;
  readonly registered: { script: unknown; options: unknown }[];
  readonly reloads: () => number;
  readonly comeToFront: () => void;
  readonly goToBack: () => void;
  /** The worker that controls the page changes. */
  readonly changeController: () => void;
}

export function makeBrowser(
  registration: FakeRegistration,
  { controlled = false, known = false, trustedTypes }: { controlled?: boolean; known?: boolean; trustedTypes?: unknown } = {},
): FakeBrowser {
  const registered: { script: unknown; options: unknown }[] = [];
  let reloads = 0;
  const container = Object.assign(new EventTarget(), {
    controller: controlled ? makeWorker("activated") : null,
    getRegistration: async () => (known ? registration : undefined),
    register: async (script: unknown, options: unknown) => {
      registered.push({ script, options });
      return registration;
    },
  });
  const page = Object.assign(new EventTarget(), { readyState: "complete", visibilityState: "visible" });
  const window = Object.assign(new EventTarget(), {
    document: page,
    navigator: { serviceWorker: container },
    location: {
      reload: () => {
        reloads += 1;
      },
    },
    ...(trustedTypes === undefined ? {} : { trustedTypes }),
  });
  const turn = (visibilityState: string) => () => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return {
    window: window as unknown as Window,
    registered,
    reloads: () => reloads,
    comeToFront: turn("visible"),
    goToBack: turn("hidden"),
    changeController: () => container.dispatchEvent(new Event("controllerchange")),
  };
}

/** Let everything that waits for promises and messages run. */
export async function settle(milliseconds = 20): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
