import { Setting } from '@portico/config';
import { IsBoolean, IsIn, IsInt, Matches, Max, Min, MinLength } from 'class-validator';
import { balancerNames, type PlainBalancerName } from './plain-balancers.js';

/** How the balancer `cookie-affinity` keeps a client with its instance. */
export class CookieAffinityOptions {
  @Setting({ description: 'Name of the cookie; another one for each service' })
  @Matches(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, { message: 'cookie must be the name of a cookie' })
  cookie: string = 'portico-instance';

  @Setting({ description: 'Key that the cookie is signed with, of at least 32 characters; the same in every process of the gateway', secret: true, type: 'string' })
  @MinLength(32)
  secret!: string;

  @Setting({ description: 'How long a client without requests keeps its instance; renewed by requests in the second half of that time', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  @Max(31_536_000_000)
  expiryMs: number = 1_200_000;

  @Setting({ description: 'Whether the client sends the cookie over TLS only' })
  @IsBoolean()
  secure: boolean = true;

  @Setting({ description: 'Paths of the gateway that the client sends the cookie to' })
  @Matches(/^\/[^\s;,"\\]*$/, { message: 'path must be a path' })
  path: string = '/';

  @Setting({ description: 'How the instance of a new client is chosen' })
  @IsIn(balancerNames)
  otherwise: PlainBalancerName = 'least-request';
}
