// The work that the intake asks for under attack: find a number whose SHA-256, after the token, begins with zeros.

const AT_ONCE = 256;

/** Say whether this browser can do it: on a page without https it has no `crypto.subtle`. */
export const canProve = () => Boolean(globalThis.crypto && crypto.subtle);

/** Give the proof of a token; the page stays usable meanwhile. */
export async function prove(token, bits) {
  const encoder = new TextEncoder();
  const zerosOf = async (text) =>
    Math.clz32(new DataView(await crypto.subtle.digest("SHA-256", encoder.encode(text))).getUint32(0));
  for (let from = 0; ; from += AT_ONCE) {
    const proofs = Array.from({ length: AT_ONCE }, (_, index) => `${token}:${from + index}`);
    const zeros = await Promise.all(proofs.map(zerosOf));
    const found = zeros.findIndex((n) => n >= bits);
    if (found >= 0) return proofs[found];
  }
}
