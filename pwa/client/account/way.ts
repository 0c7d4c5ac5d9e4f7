/** The two ways to show who one is: a passkey, or the recovery code as it was typed. */
export type Way = { readonly kind: "passkey" } | { readonly kind: "code"; readonly text: string };

export const WITH_PASSKEY: Way = { kind: "passkey" };
