/** What the site answers about an account, read as strictly as what is synced. Each throws MalformedAnswer. */
import { BYTES } from "../replica/ids.ts";
import { bytesOf, idOf, listOf, MalformedAnswer, mapOf, parse, textOf } from "../sync/strict.ts";
import type { AskedToMake, AskedToShow } from "./passkeys.ts";

/** A challenge, and what the browser is asked with it. What is not looked at here, the browser looks at. */
export interface Asked<Options> {
  readonly challenge: string;
  readonly publicKey: Options;
}

/** A phone that is signed in. Days are of the form 2026-05-14. */
export interface SignedInPhone {
  readonly id: string;
  readonly label: string | null;
  readonly created_on: string;
  readonly seen_on: string;
  readonly current: boolean;
}

/** The day of the account, this phone's session, and whether a passkey or code was shown just now. */
export interface AccountHere {
  readonly created_on: string;
  readonly session: string;
  readonly proved: boolean;
}

export function parseAskedToMake(text: string): Asked<AskedToMake> {
  const asked = askedIn(text);
  const { rp, user, excludeCredentials, pubKeyCredParams } = asked.publicKey;
  const { id, name } = mapOf(rp);
  if (id !== undefined) textOf(id, LONGEST);
  textOf(name, LONGEST);
  const person = mapOf(user);
  bytesOf(person.id, LARGEST_USER, 1);
  textOf(person.name, LONGEST);
  textOf(person.displayName, LONGEST);
  listOf(pubKeyCredParams, MOST).forEach(mapOf);
  verifyDescribed(excludeCredentials);
  return asked as unknown as Asked<AskedToMake>;
}

export function parseAskedToShow(text: string): Asked<AskedToShow> {
  const asked = askedIn(text);
  const { rpId, allowCredentials } = asked.publicKey;
  if (rpId !== undefined) textOf(rpId, LONGEST);
  verifyDescribed(allowCredentials);
  return asked as unknown as Asked<AskedToShow>;
}

/** The ids of the account's spaces. */
export function parseSpaces(text: string): readonly string[] {
  return listOf(mapOf(parse(text)).spaces, MOST).map((id) => idOf(id, BYTES.space));
}

export function parseAccount(text: string): AccountHere {
  const { created_on, session, proved } = mapOf(parse(text));
  if (typeof proved !== "boolean") throw new MalformedAnswer();
  return { created_on: dayOf(created_on), session: idOf(session, SESSION), proved };
}

export function parsePhones(text: string): readonly SignedInPhone[] {
  return listOf(mapOf(parse(text)).sessions, MOST).map((item) => {
    const { id, label, created_on, seen_on, current } = mapOf(item);
    if (typeof current !== "boolean") throw new MalformedAnswer();
    return {
      id: idOf(id, SESSION),
      label: label === null ? null : textOf(label, LONGEST),
      created_on: dayOf(created_on),
      seen_on: dayOf(seen_on),
      current,
    };
  });
}

const LONGEST = 1_000;
const MOST = 1_000;
const SESSION = 16;
/** Bytes, by the standard: https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialuserentity-id and #credential-id */
const LARGEST_USER = 64;
const LARGEST_CREDENTIAL = 1_023;
const LARGEST_CHALLENGE = 256;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function askedIn(text: string): Asked<Readonly<Record<string, unknown>>> {
  const { challenge, publicKey } = mapOf(parse(text));
  const options = mapOf(publicKey);
  bytesOf(options.challenge, LARGEST_CHALLENGE, 1);
  return { challenge: textOf(challenge, LONGEST), publicKey: options };
}

function verifyDescribed(credentials: unknown): void {
  if (credentials === undefined) return;
  for (const credential of listOf(credentials, MOST)) bytesOf(mapOf(credential).id, LARGEST_CREDENTIAL, 1);
}

function dayOf(value: unknown): string {
  const day = textOf(value, LONGEST);
  if (!DAY.test(day)) throw new MalformedAnswer();
  return day;
}
