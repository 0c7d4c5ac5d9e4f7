import { StoreFailure } from "../../store/failures.ts";

/** Wait for a change that no form holds. Gives whether it was kept; if not, nothing has changed and the screen says so. */
export async function isKept(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (cause) {
    if (cause instanceof StoreFailure) return false;
    throw cause;
  }
}
