import { isIP } from 'node:net';
import { Setting } from '@portico/config';
import { IsIn, IsInt, Matches, Min, ValidateBy } from 'class-validator';
import { RegistryOptions } from '../registry.config.js';

const server = /^(?:\[([^\]]+)\]|([0-9.]+)):\d{1,5}$/;
const isServer = (value: unknown): boolean => typeof value === 'string' && isIP(server.exec(value)?.slice(1).find(Boolean) ?? value) > 0;

/** The instances that the SRV records of a name tell (RFC 2782). */
export class DnsSrvOptions extends RegistryOptions {
  @Setting({ description: 'Name of the records, as `_http._tcp.catalog.internal`' })
  @Matches(/^(?!.{254})[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*\.?$/, { message: '$property must be a domain name' })
  name!: string;

  @Setting({ description: 'Scheme of the instances' })
  @IsIn(['http', 'https'])
  scheme: string = 'http';

  @Setting({ description: 'Time from one look-up to the next', unit: 'ms' })
  @IsInt()
  @Min(100)
  refreshMs: number = 10_000;

  @Setting({ description: "Addresses of name servers, with or without port; empty: the machine's own" })
  @ValidateBy({ name: 'isNameServer', validator: { validate: isServer, defaultMessage: () => 'must be an IP address, with or without port' } }, { each: true })
  servers: string[] = [];

  @Setting({ description: 'Time for an answer of a name server', unit: 'ms' })
  @IsInt()
  @Min(1)
  requestTimeoutMs: number = 2_000;
}
