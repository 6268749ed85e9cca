import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const command = fileURLToPath(new URL('../../../apps/services/dist/token.mjs', import.meta.url));

/** An access token of the identity service at `issuer`, as a user gets one by logging in with PKCE. */
export async function userToken(issuer: string, user: string, bff: 'mobile' | 'desktop'): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [command, '--user', user, '--for', bff, '--issuer', issuer]);
  return stdout.trim();
}
