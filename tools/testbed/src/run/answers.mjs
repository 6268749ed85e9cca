/**
 * Whether a GET is answered with 200 and a text that will do.
 * @param {string} url
 * @param {(text: string) => boolean} accepts
 * @returns {Promise<boolean>}
 */
export async function answers(url, accepts) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return accepts(await response.text()) && response.ok;
  } catch {
    return false;
  }
}
