/**
 * The keyring: what whoever has the vault key may have besides. It stands in each roll entry, sealed.
 *
 *     keyring key = HKDF(vault key, space, "cairn/1/keyring" ‖ key id)
 *     blob        = sealed under it: padded JSON, context "cairn/1/keyring" ‖ space ‖ key id
 *     JSON        = {"keys": [{"id", "key"}, …], "signing": scalar, "groups": {}}
 */
import { fromBase64url, type SpaceId, toBase64url } from "../replica/ids.ts";
import { padded } from "../replica/padding.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { NotOpened, openBlob, sealBlob } from "./blob.ts";
import { type Bytes, deriveSealingKey, labelled } from "./bytes.ts";
import { bytesOf, isBytes, isMap, type JsonMap, parseMap } from "./json.ts";
import { VAULT_KEY_LENGTH, type VaultKey, vaultKeyOf } from "./keys.ts";
import { SCALAR_LENGTH } from "./p256.ts";
import { RollRefused } from "./roll-refused.ts";

export interface Keyring {
  /** The vault's earlier keys, oldest first; the current one is not among them. */
  readonly older: readonly VaultKey[];
  /** The private half of the last signing key, a scalar. */
  readonly signing: Bytes;
  /** What else stands in it, the keys of groups too: kept as it is. */
  readonly rest: JsonMap;
}

/** Seal a keyring under the vault key. */
export async function sealKeyring(keyring: Keyring, space: SpaceId, key: VaultKey): Promise<string> {
  const keys = keyring.older.map(({ id, bytes }) => ({ id, key: toBase64url(bytes) }));
  const json = toUtf8(JSON.stringify({ ...keyring.rest, keys, signing: toBase64url(keyring.signing) }));
  const plain = new Uint8Array(padded(json.length)).fill(SPACE);
  plain.set(json);
  json.fill(0);
  try {
    return toBase64url(await sealBlob(await deriveKeyringKey(space, key), plain, contextOf(space, key)));
  } finally {
    plain.fill(0);
  }
}

/** Open a keyring. Throws RollRefused `roll-damaged` for another vault key, space or key id, and what is no keyring. */
export async function openKeyring(sealed: Bytes, space: SpaceId, key: VaultKey): Promise<Keyring> {
  let plain: Bytes | undefined;
  try {
    plain = await openBlob(await deriveKeyringKey(space, key), sealed, contextOf(space, key));
    return read(parseMap(plain));
  } catch (cause) {
    if (cause instanceof NotOpened) throw new RollRefused("roll-damaged", { cause });
    throw cause;
  } finally {
    plain?.fill(0);
  }
}

const SPACE = 0x20;

function read(json: JsonMap | null): Keyring {
  const { keys, signing, ...rest } = json ?? {};
  const scalar = bytesOf(signing, SCALAR_LENGTH);
  if (scalar === null || !Array.isArray(keys)) throw new RollRefused("roll-damaged");
  return { older: keys.map(readKey), signing: scalar, rest };
}

function readKey(json: unknown): VaultKey {
  if (!isMap(json) || !isBytes(json.id, KEY_ID_LENGTH) || !isBytes(json.key, VAULT_KEY_LENGTH)) throw new RollRefused("roll-damaged");
  return vaultKeyOf(json.id as VaultKey["id"], fromBase64url(json.key));
}

const KEY_ID_LENGTH = 16;

function deriveKeyringKey(space: SpaceId, key: VaultKey): Promise<CryptoKey> {
  return deriveSealingKey(key.bytes, fromBase64url(space), labelled("cairn/1/keyring", key.id));
}

function contextOf(space: SpaceId, key: VaultKey): Bytes {
  return labelled("cairn/1/keyring", space, key.id);
}
