import { isIP } from 'node:net';
import { ValidateBy } from 'class-validator';

/** Names that proxy-addr knows for ranges of addresses. */
const ranges = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Holds every entry of a list to one address or network; not all of them at once, for then everybody could write any address into X-Forwarded-For. */
export function IsProxyAddress(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isProxyAddress',
      validator: {
        validate: (value) => isProxyAddress(String(value)),
        defaultMessage: (at) => `${JSON.stringify(String([at?.value].flat().find((value) => !isProxyAddress(String(value)))))} is no address or network of a proxy, as 10.0.0.0/8`,
      },
    },
    { each: true },
  );
}

function isProxyAddress(text: string): boolean {
  if (ranges.has(text)) return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes('%')) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}
