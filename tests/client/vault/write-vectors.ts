/** Write vectors.json anew: `node tests/client/vault/write-vectors.ts`. Only a new format is a reason to. */
import { writeFileSync } from "node:fs";
import { makeVectors } from "./vectors.ts";

writeFileSync(new URL("vectors.json", import.meta.url), `${JSON.stringify(makeVectors(), null, 2)}\n`);
