import { ValidateBy } from 'class-validator';

/** A link that only one app opens (RFC 8252 7.2). */
const claimed = /^https:\/\/[^\s/?#@]+\/[^\s#]*$/;
/** A scheme made of a domain name turned round; no slashes for a host that there is not (RFC 8252 7.1). */
const ownScheme = /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:\/(?!\/)[^\s#]*$/;
/** Loopback by its address, for a name may lead elsewhere (RFC 8252 8.3), and without a port: the app takes any that is free (RFC 8252 7.3). */
const loopback = /^http:\/\/(?:127\.0\.0\.1|\[::1\])\/[^\s#]*$/;

/** Whether a redirect URI is a claimed https link. */
export function isClaimedLink(uri: string): boolean {
  return claimed.test(uri);
}

/** Whether a redirect URI is one on this machine, which holds at any port. */
export function isLoopbackRedirect(uri: string): boolean {
  return loopback.test(uri);
}

/** Holds every entry of a list to a redirect URI by which an app of its own can be reached (RFC 8252 7). */
export function IsNativeRedirect(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isNativeRedirect',
      validator: {
        validate: (value) => isNativeRedirect(String(value)),
        defaultMessage: (at) => `${JSON.stringify(String([at?.value].flat().find((value) => !isNativeRedirect(String(value)))))} is no redirect of an app, as https://app.example/callback, com.example.app:/callback or http://127.0.0.1/callback`,
      },
    },
    { each: true },
  );
}

function isNativeRedirect(uri: string): boolean {
  return (claimed.test(uri) && URL.canParse(uri)) || ownScheme.test(uri) || loopback.test(uri);
}
