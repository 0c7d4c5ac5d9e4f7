/**
 * Passkeys: made and shown by the options that the server gives, with the `prf` extension added here.
 *
 * `credential.toJSON()` holds the extension's output, from which keys are made. So what is sent is built field by field,
 * from the list in docs/accounts.md, and the output is handed on beside it, to stay on the phone.
 *
 * https://www.w3.org/TR/webauthn-3/#prf-extension
 */
import { fromBase64url, toBase64url } from "../replica/ids.ts";
import { PasskeyMakesNoKey, verifyPrfOutputs } from "../vault/passkey-key.ts";
import { AccountFailure } from "./failures.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What the server may be sent of a passkey. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly authenticatorAttachment: string | null;
  readonly response: Readonly<Record<string, string | readonly string[]>>;
  readonly clientExtensionResults: { readonly credProps?: { readonly rk: boolean }; readonly prf?: { readonly enabled: boolean } };
}

export interface Passkey {
  readonly answer: PasskeyAnswer;
  /** What the passkey made of the input; null where it cannot. Never sent. */
  output: Bytes | null;
  /** It says that it can make an output, though it may not have been asked yet. */
  readonly hasPrf: boolean;
}

interface Described {
  readonly id: string;
  readonly type: "public-key";
  readonly transports?: AuthenticatorTransport[];
}

/** The server's options, in the JSON of WebAuthn. */
export interface AskedToMake extends Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> {
  readonly challenge: string;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Described[];
}

export interface AskedToShow extends Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> {
  readonly challenge: string;
  readonly allowCredentials?: readonly Described[];
}

/** Whether this browser knows passkeys at all. */
export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in globalThis && navigator.credentials !== undefined;
}

/**
 * Make a passkey. `input` is what its output is made of. Where several people share a phone, the browser lists their passkeys by
 * name: so each is named here by the moment `at` which it is made, and the site is not told. Throws AccountFailure `passkey-…`.
 */
export async function makePasskey(asked: AskedToMake, input: Bytes, at: Date): Promise<Passkey> {
  const name = `${asked.rp.name}, ${new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" }).format(at)}`;
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...asked,
    challenge: fromBase64url(asked.challenge),
    user: { id: fromBase64url(asked.user.id), name, displayName: name },
    excludeCredentials: (asked.excludeCredentials ?? []).map(described),
    extensions: { credProps: true, prf: { eval: { first: input } } },
  };
  return ask(() => navigator.credentials.create({ publicKey }));
}

/** Have a passkey shown. Throws AccountFailure `passkey-…`. */
export async function showPasskey(asked: AskedToShow, input: Bytes): Promise<Passkey> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...asked,
    challenge: fromBase64url(asked.challenge),
    allowCredentials: (asked.allowCredentials ?? []).map(described),
    extensions: { prf: { eval: { first: input } } },
  };
  return ask(() => navigator.credentials.get({ publicKey }));
}

/**
 * The output of a passkey just made, after it was asked for twice; null where the passkey has none, or where it cannot
 * be relied on: zeros, or two answers that are not the same. Then the passkey signs in only. Throws AccountFailure
 * `passkey-declined` where the person closed the question: it may be asked again.
 */
export async function provenOutput(
  made: Passkey,
  { site, input, random }: { readonly site: string | undefined; readonly input: Bytes; readonly random: (length: number) => Uint8Array },
): Promise<Bytes | null> {
  if (!made.hasPrf) return null;
  const again = async (): Promise<Bytes | null> => {
    const asked: AskedToShow = {
      challenge: toBase64url(random(32)),
      ...(site === undefined ? {} : { rpId: site }),
      allowCredentials: [{ id: made.answer.id, type: "public-key" }],
      userVerification: "required",
    };
    return (await showPasskey(asked, input)).output;
  };
  // What came once is kept: where the second question is closed, only that is asked again. Some browsers want a tap for each.
  made.output ??= await again();
  const second = made.output && (await again());
  try {
    verifyPrfOutputs(made.output ?? undefined, second ?? undefined);
    return made.output;
  } catch (cause) {
    if (cause instanceof PasskeyMakesNoKey) return null;
    throw cause;
  }
}

async function ask(question: () => Promise<Credential | null>): Promise<Passkey> {
  let credential: Credential | null;
  try {
    credential = await question();
  } catch (cause) {
    // The browser says so of a passkey that this phone has for this account already.
    const isKnown = cause instanceof DOMException && cause.name === "InvalidStateError";
    throw new AccountFailure(isKnown ? "passkey_known" : isRefusal(cause) ? "passkey-declined" : "passkey-not-here", { cause });
  }
  if (credential === null) throw new AccountFailure("passkey-declined");
  return passkeyOf(credential as PublicKeyCredential);
}

/** Closed by the person or over: the browser says the same for both, and for a passkey that is not there. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === "NotAllowedError" || cause.name === "AbortError");
}

function passkeyOf(credential: PublicKeyCredential): Passkey {
  const { credProps, prf } = credential.getClientExtensionResults();
  const first = prf?.results?.first;
  return {
    answer: {
      id: credential.id,
      rawId: base64url(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      response: responseOf(credential.response),
      clientExtensionResults: {
        ...(credProps?.rk === undefined ? {} : { credProps: { rk: credProps.rk } }),
        ...(prf?.enabled === undefined ? {} : { prf: { enabled: prf.enabled } }),
      },
    },
    output: first === undefined ? null : bytesOf(first),
    hasPrf: prf?.enabled === true || first !== undefined,
  };
}

function responseOf(response: AuthenticatorResponse): PasskeyAnswer["response"] {
  const clientDataJSON = base64url(response.clientDataJSON);
  if ("attestationObject" in response) {
    const made = response as AuthenticatorAttestationResponse;
    return { clientDataJSON, attestationObject: base64url(made.attestationObject), transports: made.getTransports() };
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    clientDataJSON,
    authenticatorData: base64url(authenticatorData),
    signature: base64url(signature),
    ...(userHandle === null ? {} : { userHandle: base64url(userHandle) }),
  };
}

function described({ id, ...rest }: Described): PublicKeyCredentialDescriptor {
  return { ...rest, id: fromBase64url(id) };
}

function base64url(buffer: ArrayBuffer): string {
  return toBase64url(new Uint8Array(buffer));
}

function bytesOf(source: BufferSource): Bytes {
  return ArrayBuffer.isView(source)
    ? Uint8Array.from(new Uint8Array(source.buffer, source.byteOffset, source.byteLength))
    : new Uint8Array(source);
}
