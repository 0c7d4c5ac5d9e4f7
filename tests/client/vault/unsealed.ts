/**
 * A `Sealing` that does not seal. In the place of pwa/client/vault/sealing.ts it puts what a person typed into the
 * phone's files as it is, so that a search for typed words there can be seen to find some. No shipped build names it.
 */
import { NotOpened } from "../../../pwa/client/vault/blob.ts";
import { revisionId } from "../../../pwa/client/vault/revision.ts";
import type { Sealing } from "../../../pwa/client/vault/sealing.ts";

export type { Sealing };

export const sealing: Sealing = {
  async sealRevision({ header, body }) {
    return { id: await revisionId(header, body), header, blob: body };
  },
  async openRevision({ id, header, blob }) {
    if ((await revisionId(header, blob)) !== id) throw new NotOpened("wrong-id");
    return blob;
  },
  async sealLocal(_keys, _name, bytes) {
    return bytes;
  },
  async openLocal(_keys, _name, blob) {
    return blob;
  },
};
