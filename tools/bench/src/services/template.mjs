/** @typedef {(id: string, cents: number) => string} Render */

const id = '@id@';
/** Stands in a sample object where the price comes. */
export const centsSlot = '@cents@';

/**
 * Turns a sample object, made for the id `@id@`, into a function that gives its JSON for any id: a service then costs a few
 * string pieces and no JSON.stringify, and leaves the core to the load generator.
 * @param {unknown} sample ASCII only
 * @returns {Render}
 */
export function template(sample) {
  const pieces = JSON.stringify(sample).split(new RegExp(`(${id}|"${centsSlot}")`));
  return (actualId, cents) => {
    let text = '';
    for (const piece of pieces) text += piece === id ? actualId : piece === `"${centsSlot}"` ? cents : piece;
    return text;
  };
}

/** The id a sample object is made for. */
export const sampleId = id;
