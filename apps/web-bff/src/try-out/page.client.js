export const byId = (id) => document.getElementById(id);

/** Somebody has to sign in, first or again. */
export class SignedOut extends Error {}

/** `x-csrf` tells the BFF that a page of its own asks. */
export const ownPage = { 'x-csrf': '1' };

/** What an address of the BFF answers. */
export async function ask(path) {
  const answer = await fetch(path, { headers: ownPage });
  if (answer.status === 401) throw new SignedOut();
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail ?? body.title);
  return body;
}

/** Text goes in as text, never as markup. */
export function say(id, text) {
  byId(id).textContent = text;
}

/** Shows these texts in a list. */
export function list(id, texts) {
  byId(id).replaceChildren(...texts.map(item));
}

function item(text) {
  const node = document.createElement('li');
  node.textContent = text;
  return node;
}

export function money(price) {
  return price ? new Intl.NumberFormat('en', { style: 'currency', currency: price.currency }).format(price.amountCents / 100) : 'price not known now';
}
