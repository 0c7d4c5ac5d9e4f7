/** Where going back leads from the pages of keeping a diary safe. */
import type { Back } from "../../components/top-bar.tsx";

/** Before it is kept safe, the way there was from More. */
export const TO_MORE: Back = { href: "/more" };

export const TO_KEPT: Back = { href: "/keep-safe" };
