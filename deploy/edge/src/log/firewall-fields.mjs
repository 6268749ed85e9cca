const refusal = /^(?:\[client [^\]]*\] )?ModSecurity: Access denied/;

/** Whether ModSecurity says here that a rule matched. @param {string} text */
export const isFinding = (text) => refusal.test(text) || text.startsWith('ModSecurity: Warning');

/**
 * What is logged of a rule that matched: which one, and where; neither values nor the query, for both may hold secrets.
 * @param {string} text what ModSecurity said, perhaps cut off at its end
 * @returns {Readonly<Record<string, unknown>>}
 */
export function firewallFields(text) {
  // What a client sent stands before and between these, quotes in it escaped; the last one of a name is ModSecurity's own.
  const field = (/** @type {string} */ name) => [...text.matchAll(new RegExp(`\\[${name} "((?:[^"\\\\]|\\\\.)*)"\\]`, 'g'))].at(-1)?.[1];
  const rule = field('id');
  return {
    correlationId: field('unique_id'),
    refused: refusal.test(text),
    rule: rule === undefined ? undefined : Number(rule),
    text: field('msg'),
    where: /(?:against variable `|found within )([A-Z_]+(?::[\w.[\]$-]{1,64})?)/.exec(text)?.[1],
    path: field('uri')?.split('?')[0],
  };
}
