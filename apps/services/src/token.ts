import { parseArgs } from 'node:util';
import { bffNames, type BffName } from './identity/audience.js';
import { obtainToken } from './identity/obtain-token.js';
import { TokenError } from './identity/token-error.js';

try {
  const asked = readArguments(process.argv.slice(2));
  process.stdout.write(`${await obtainToken(asked)}\n`);
  if (asked.bff === 'web') process.stderr.write('Note: the web BFF knows browsers by a cookie, and takes no access token. Sign in at /bff/login instead.\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function readArguments(args: readonly string[]): Parameters<typeof obtainToken>[0] {
  const { user, for: bff, scope, issuer } = parseArgs({
    args: [...args],
    options: { user: { type: 'string' }, for: { type: 'string' }, scope: { type: 'string' }, issuer: { type: 'string', default: process.env.IDENTITY_ISSUER ?? 'http://127.0.0.1:4000' } },
  }).values;
  if (user === undefined || bff === undefined) throw new TokenError(`usage: token --user <name> --for <${bffNames.join('|')}> [--scope "<scopes>"] [--issuer <url>]`);
  return { user, bff: bff as BffName, issuer, ...(scope !== undefined && { scope }) };
}
