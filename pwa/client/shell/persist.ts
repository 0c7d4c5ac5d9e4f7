/** Asking the browser not to clear the diary away when space runs short. */

/** `promised`: it will not; `not-promised`: it may, some day; `not-asked`: this browser has no such promise. */
export type Persistence = "promised" | "not-promised" | "not-asked";

/** Ask, unless it is promised already. Some browsers show a question, so ask after the person has done something. */
export async function askToPersist(storage: StorageManager | undefined = navigator.storage): Promise<Persistence> {
  if (storage?.persist === undefined) return "not-asked";
  try {
    return (await storage.persisted()) || (await storage.persist()) ? "promised" : "not-promised";
  } catch {
    return "not-asked"; // a page of an opaque origin, or a store switched off
  }
}
