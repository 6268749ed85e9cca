import { Setting } from '@portico/config';
import type { ServiceTokenTarget } from '@portico/core';
import { IsIn, Matches } from 'class-validator';

/** The token by which a service knows this gateway, and on whose behalf it calls. */
export class ServiceTokenConfig implements ServiceTokenTarget {
  @Setting({ description: 'The service as its tokens name it (`aud`); empty: it is called without a token' })
  @Matches(/^[\x21-\x7e]*$/, { message: 'is to have neither spaces nor letters beyond ASCII' })
  audience: string = '';

  @Setting({
    description: "On whose behalf it is called: `caller`, that of the user who asks, whose token is exchanged (RFC 8693), and where no user does, the gateway's own; `gateway`, always the gateway's own (client credentials)",
    type: 'string',
  })
  @IsIn(['caller', 'gateway'])
  onBehalfOf: 'caller' | 'gateway' = 'caller';

  @Setting({ description: 'Scopes that are asked for, set apart by spaces; empty: all that can be had' })
  @Matches(/^(?:[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*)?$/, { message: 'is to be scopes set apart by single spaces' })
  scope: string = '';
}
