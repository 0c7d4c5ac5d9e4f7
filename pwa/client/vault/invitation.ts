/**
 * An invitation, and what somebody asks with.
 *
 *     link    = <site>/join# ‖ base64url of: 1 ‖ space (16) ‖ invitation (16) ‖ secret (16) ‖ roll entry (32) ‖ check (4)
 *     check   = the first 4 bytes of SHA-256 of all before it
 *     token   = HKDF(secret, space, "cairn/1/invitation/token" ‖ invitation)      what the server is shown; it keeps a hash
 *     sealed  = under HKDF(secret, space, "cairn/1/invitation/request" ‖ invitation): padded JSON {"member", "name"},
 *               context "cairn/1/invitation/request" ‖ space ‖ invitation ‖ request
 *
 * All of the link that matters stands behind the `#`, which no browser sends. The roll entry is the last that the inviter knew:
 * who joins takes only a roll that goes through it.
 */
import { BYTES, fromBase64url, type RevisionId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { padded } from "../replica/padding.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { NotOpened, openBlob, sealBlob } from "./blob.ts";
import { type Bytes, deriveSealingKey, join, labelled, sha256 } from "./bytes.ts";
import { type MemberPublic, readMember, writeMember } from "./group-member.ts";
import { parseMap } from "./json.ts";

export interface Invitation {
  readonly space: SpaceId;
  /** 16 bytes, base64url. */
  readonly id: string;
  /** 16 random bytes. */
  readonly secret: Bytes;
  /** The last entry of the roll that the inviter knew. */
  readonly entry: RevisionId;
}

export type LinkRefusedCode =
  /** Something of it is missing, or mistyped. */
  | "damaged"
  /** It leads to another site. */
  | "other-site"
  /** A later version of the app made it. */
  | "newer";

export class LinkRefused extends Error {
  override readonly name = "LinkRefused";
  readonly code: LinkRefusedCode;

  constructor(code: LinkRefusedCode) {
    super(`The link is refused: ${code}.`);
    this.code = code;
  }
}

/** The link to hand on. `origin` is that of the site, as in https://cairn.example. */
export async function writeLink(origin: string, { space, id, secret, entry }: Invitation): Promise<string> {
  const said = join(Uint8Array.of(VERSION), fromBase64url(space), fromBase64url(id), secret, fromBase64url(entry));
  return `${origin}${PATH}#${toBase64url(join(said, await checkOf(said)))}`;
}

/**
 * Read a link, or what stands behind its `#`, as it was typed, pasted, or broken over lines on its way. Throws LinkRefused.
 */
export async function readLink(text: string, origin: string): Promise<Invitation> {
  const typed = text.replace(/\s/gu, "");
  const [site = "", behind] = typed.includes("#") ? [typed.slice(0, typed.indexOf("#")), typed.slice(typed.indexOf("#") + 1)] : ["", typed];
  if (site !== "" && originOf(site) !== origin) throw new LinkRefused(originOf(site) === null ? "damaged" : "other-site");
  const bytes = bytesIn(behind ?? "");
  const version = bytes[0] ?? 0;
  if (version > VERSION && version <= LAST_VERSION) throw new LinkRefused("newer");
  const said = bytes.subarray(0, LENGTH - CHECK);
  const check = toBase64url(bytes.subarray(LENGTH - CHECK));
  if (bytes.length !== LENGTH || version !== VERSION || toBase64url(await checkOf(said.slice())) !== check)
    throw new LinkRefused("damaged");
  const part = (from: number, length: number): Bytes => bytes.slice(from, from + length);
  return {
    space: toBase64url(part(1, 16)) as SpaceId,
    id: toBase64url(part(17, 16)),
    secret: part(33, 16),
    entry: toBase64url(part(49, BYTES.revision)) as RevisionId,
  };
}

/** What the server is shown of the secret: base64url of 32 bytes. */
export async function tokenOf({ space, id, secret }: Invitation): Promise<string> {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: fromBase64url(space), info: labelled("cairn/1/invitation/token", id) };
  return toBase64url(new Uint8Array(await crypto.subtle.deriveBits(hkdf, base, 256)));
}

/** What the server keeps of the token: base64url of its SHA-256. */
export async function tokenHash(token: string): Promise<string> {
  return toBase64url(await sha256(fromBase64url(token)));
}

/** Who asks, and what they want to be called. */
export interface Asks {
  readonly member: MemberPublic;
  readonly name: string;
}

/** Seal what somebody asks with, for whoever has the invitation's secret. */
export async function sealRequest(invitation: Invitation, request: string, { member, name }: Asks): Promise<Bytes> {
  const json = toUtf8(JSON.stringify({ member: writeMember(member), name }));
  const plain = new Uint8Array(padded(json.length)).fill(0x20);
  plain.set(json);
  return sealBlob(await requestKey(invitation), plain, contextOf(invitation, request));
}

/** Open it; null where it was not sealed with this invitation for this request, or says nothing that can be read. */
export async function openRequest(invitation: Invitation, request: string, sealed: Bytes): Promise<Asks | null> {
  try {
    const json = parseMap(await openBlob(await requestKey(invitation), sealed, contextOf(invitation, request)));
    const member = await readMember(json?.member);
    return member === null || typeof json?.name !== "string" ? null : { member, name: json.name };
  } catch (cause) {
    if (cause instanceof NotOpened) return null;
    throw cause;
  }
}

const PATH = "/join";
const VERSION = 1;
/** What begins with more is another thing that was pasted. */
const LAST_VERSION = 15;
const CHECK = 4;
const LENGTH = 1 + 16 + 16 + 16 + BYTES.revision + CHECK;

async function checkOf(said: Bytes): Promise<Bytes> {
  return (await sha256(said)).slice(0, CHECK);
}

function originOf(site: string): string | null {
  return URL.parse(/^[a-z]+:\/\//iu.test(site) ? site : `https://${site}`)?.origin ?? null;
}

function bytesIn(text: string): Bytes {
  try {
    return fromBase64url(text);
  } catch {
    throw new LinkRefused("damaged");
  }
}

function requestKey({ space, id, secret }: Invitation): Promise<CryptoKey> {
  return deriveSealingKey(secret, fromBase64url(space), labelled("cairn/1/invitation/request", id));
}

function contextOf({ space, id }: Invitation, request: string): Bytes {
  return labelled("cairn/1/invitation/request", space, id, request);
}
