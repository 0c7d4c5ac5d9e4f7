/**
 * The keys of one person in one group: a pair that signs, and a pair that the group's key is sealed to. They are another pair
 * in each group, so that two groups cannot tell that somebody is in both.
 *
 *     text = {"format": 1, "id", "signing": {"private", "public"}, "receiving": {"private", "public"}}   base64url inside
 *
 * The text holds the private halves: it belongs in a sealed record of the vault and nowhere else.
 */
import { type Author, BYTES, fromBase64url, type RandomBytes, toBase64url } from "../replica/ids.ts";
import { toUtf8 } from "../replica/utf8.ts";
import type { Bytes } from "./bytes.ts";
import { GroupRefused } from "./group-refused.ts";
import { bytesOf, isBytes, isMap, parseMap } from "./json.ts";
import { importPrivate, importPublic, type KeyPair, makePairToSeal, NotAPoint, POINT_LENGTH, SCALAR_LENGTH, type Use } from "./p256.ts";

export interface MemberKeys {
  readonly id: Author;
  readonly signing: KeyPair;
  readonly receiving: KeyPair;
}

/** What the others are given of them. */
export interface MemberPublic {
  readonly id: Author;
  readonly signing: Bytes;
  readonly receiving: Bytes;
}

/** Make somebody's keys for one group, and the text that keeps them. `of` keeps the id where only the keys are to be new. */
export async function makeMemberKeys(random: RandomBytes, of?: Author): Promise<{ readonly keys: MemberKeys; readonly text: string }> {
  const id = of ?? (toBase64url(random(BYTES.author)) as Author);
  const [signing, receiving] = await Promise.all([makePairToSeal("ECDSA"), makePairToSeal("ECDH")]);
  const text = JSON.stringify({ format: FORMAT, id, signing: written(signing), receiving: written(receiving) });
  for (const { scalar } of [signing, receiving]) scalar.fill(0);
  const pairOf = ({ privateKey, public: point }: KeyPair): KeyPair => ({ privateKey, public: point });
  return { keys: { id, signing: pairOf(signing), receiving: pairOf(receiving) }, text };
}

/** Read them back. Throws GroupRefused `no-key` for any other text. */
export async function readMemberKeys(text: string): Promise<MemberKeys> {
  const json = parseMap(toUtf8(text));
  if (json === null || json.format !== FORMAT || !isBytes(json.id, BYTES.author)) throw new GroupRefused("no-key");
  const [signing, receiving] = await Promise.all([readPair("ECDSA", json.signing), readPair("ECDH", json.receiving)]);
  return { id: json.id as Author, signing, receiving };
}

export function publicOf({ id, signing, receiving }: MemberKeys): MemberPublic {
  return { id, signing: signing.public, receiving: receiving.public };
}

/** The public halves as an entry and a request have them. */
export function writeMember({ id, signing, receiving }: MemberPublic): { id: string; signing: string; receiving: string } {
  return { id, signing: toBase64url(signing), receiving: toBase64url(receiving) };
}

/** Read them from JSON; null where they are none, or no points of the curve. */
export async function readMember(json: unknown): Promise<MemberPublic | null> {
  if (!isMap(json) || !isBytes(json.id, BYTES.author)) return null;
  const [signing, receiving] = [bytesOf(json.signing, POINT_LENGTH), bytesOf(json.receiving, POINT_LENGTH)];
  if (signing === null || receiving === null) return null;
  try {
    await Promise.all([importPublic("ECDSA", signing), importPublic("ECDH", receiving)]);
  } catch (cause) {
    if (cause instanceof NotAPoint) return null;
    throw cause;
  }
  return { id: json.id as Author, signing, receiving };
}

const FORMAT = 1;

function written({ scalar, public: point }: KeyPair & { readonly scalar: Bytes }): { private: string; public: string } {
  return { private: toBase64url(scalar), public: toBase64url(point) };
}

async function readPair(use: Use, json: unknown): Promise<KeyPair> {
  if (!isMap(json) || !isBytes(json.private, SCALAR_LENGTH) || !isBytes(json.public, POINT_LENGTH)) throw new GroupRefused("no-key");
  const [scalar, point] = [fromBase64url(json.private), fromBase64url(json.public)];
  try {
    return { privateKey: await importPrivate(use, scalar, point), public: point };
  } catch (cause) {
    throw cause instanceof NotAPoint ? new GroupRefused("no-key", { cause }) : cause;
  } finally {
    scalar.fill(0);
  }
}
