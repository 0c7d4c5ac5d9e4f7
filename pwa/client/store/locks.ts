/** Locks across the tabs of this phone. The browser frees those of a tab that is gone. */

/**
 * Hold a lock across tabs for as long as nobody releases it, waiting for it until `closing` says that it is enough; null
 * where another tab holds it then: a slow phone is no other tab. Without such locks, everything may be held.
 */
export function lock(name: string, closing: AbortSignal | null): Promise<(() => void) | null> {
  if (!("locks" in navigator)) return Promise.resolve(() => undefined);
  const options = closing === null || closing.aborted ? { ifAvailable: true } : { signal: closing };
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, (held) => {
        if (held === null) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch((cause: unknown) => resolve(isTimeout(cause) ? lock(name, null) : () => undefined));
  });
}

/** The names of all locks that a tab holds. */
export async function heldLocks(): Promise<ReadonlySet<string | undefined>> {
  const asked = "locks" in navigator ? await navigator.locks.query() : {};
  return new Set(asked.held?.map(({ name }) => name));
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === "TimeoutError" || cause.name === "AbortError");
}
