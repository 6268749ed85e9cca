import { users } from './users.js';

/** A page with one button per user; there are no passwords in this shop. */
export function loginPage(uid: string): string {
  const buttons = users.map(({ username, name }) => `<form method="post" action="/interaction/${encodeURIComponent(uid)}"><button name="user" value="${username}">${name} (${username})</button></form>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in to the shop</title></head><body><h1>Who are you?</h1>${buttons.join('')}</body></html>`;
}
