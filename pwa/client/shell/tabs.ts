/** One tab asks all others to keep their drafts, and waits until they have. */

type Message =
  | { readonly type: "keep-drafts"; readonly call: string }
  | { readonly type: "answer"; readonly call: string; readonly kept: boolean };

/** Answer the calls of other tabs: keep the drafts, then say whether that went well. */
export function answerCalls(channel: BroadcastChannel, keepDrafts: () => Promise<boolean>): void {
  channel.addEventListener("message", async ({ data }: MessageEvent<Message>) => {
    if (data.type !== "keep-drafts") return;
    channel.postMessage({ type: "answer", call: data.call, kept: await keepDrafts() } satisfies Message);
  });
}

/**
 * Ask all other tabs to keep their drafts. False as soon as one could not; true when all have, or when `patience`
 * (milliseconds) is over: a tab the browser put to sleep cannot answer, and keeps its drafts when it is taken over.
 * `worker` says how many tabs there are, so that nobody waits for a tab that does not exist.
 */
export async function callTabs(channel: BroadcastChannel, worker: ServiceWorker, patience: number): Promise<boolean> {
  const call = crypto.randomUUID();
  const tabs = new MessageChannel();
  let listen: ((event: MessageEvent<Message>) => void) | undefined;
  let outOfPatience: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<boolean>((resolve) => {
      let others = Number.POSITIVE_INFINITY;
      let kept = 0;
      const settle = (): void => {
        if (kept >= others) resolve(true);
      };
      listen = ({ data }) => {
        if (data.type !== "answer" || data.call !== call) return;
        if (!data.kept) resolve(false);
        kept += 1;
        settle();
      };
      tabs.port1.onmessage = ({ data }: MessageEvent<number>) => {
        others = data - 1;
        settle();
      };
      channel.addEventListener("message", listen);
      outOfPatience = setTimeout(resolve, patience, true);
      channel.postMessage({ type: "keep-drafts", call } satisfies Message);
      worker.postMessage({ type: "count-tabs" }, [tabs.port2]);
    });
  } finally {
    clearTimeout(outOfPatience);
    if (listen) channel.removeEventListener("message", listen);
    tabs.port1.close();
  }
}
