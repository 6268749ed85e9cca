import { createHmac, timingSafeEqual } from 'node:crypto';

/** What `X-ASRS-Signature` says of events of a connection: for each key an HMAC-SHA256 of its id, in hex. */
export function eventSignature(connectionId: string, accessKeys: readonly string[]): string {
  return accessKeys.map((key) => `sha256=${digest(connectionId, key).toString('hex')}`).join(',');
}

/** Whether one of the signatures is by this key; compared in constant time. */
export function isSignedBy(signature: string, connectionId: string, accessKey: string): boolean {
  const right = digest(connectionId, accessKey);
  return signature.split(',').some((part) => {
    const given = Buffer.from(/^\s*sha256=([0-9a-f]{64})\s*$/i.exec(part)?.[1] ?? '', 'hex');
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

function digest(connectionId: string, accessKey: string): Buffer {
  return createHmac('sha256', accessKey).update(connectionId).digest();
}
