/**
 * PADMÉ: a length hides among its neighbours, for at most 12 % more bytes. Below 256 bytes all are
 * alike. Only as many leading bits of the length are kept as its own order of magnitude has:
 *
 *   L = 1000 = 1111101000₂   ⌊log₂ L⌋ = 9, which is 4 bits long: keep 4 bits after the first → 1024
 *
 * Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
 * PURBs", PoPETs 2019(4), §4.2.
 */
const FLOOR = 256;

/** The length to pad to, in bytes. */
export function padded(length: number): number {
  if (length <= FLOOR) return FLOOR;
  const magnitude = 31 - Math.clz32(length);
  const kept = 32 - Math.clz32(magnitude);
  const step = 2 ** (magnitude - kept);
  return Math.ceil(length / step) * step;
}
