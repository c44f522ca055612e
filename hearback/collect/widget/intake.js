// Talk to the intake: no cookie, no address of the page, JSON both ways.

const PATIENCE = 30000;

/** Ask or send; gives {status, body}, with status 0 where nobody answered. */
export async function request(address, message) {
  try {
    const reply = await fetch(address, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout && AbortSignal.timeout(PATIENCE),
      ...(message && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: written(message),
      }),
    });
    return { status: reply.status, body: await reply.json() };
  } catch {
    return { status: 0, body: {} };
  }
}

/** Write JSON. The host may have given every list and object a `toJSON` of its own, which is not asked. */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written)}]`;
  if (!value || typeof value !== "object") return JSON.stringify(value);
  const parts = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${parts.map(([name, one]) => `${JSON.stringify(name)}:${written(one)}`)}}`;
}

/** Give what an answer that is no success says went wrong, in one word. */
export function kindOf({ status, body }) {
  return (body.error && body.error.kind) || (status ? "failed" : "unreachable");
}

/** Name a response, so that sending it twice stores it once. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
