import { Section, Setting } from '@portico/config';
import { balancerNames } from '@portico/discovery';
import { ArrayMinSize, IsBoolean, IsIn } from 'class-validator';
import { IsInstanceAddress } from './is-instance-address.decorator.js';
import { ServiceLimits } from './service-limits.config.js';
import { ServiceTokenConfig } from './service-token.config.js';

/** How a BFF reaches one service. */
export class ServiceConfig extends ServiceLimits {
  @Setting({ description: 'Origins of the instances; each may carry a weight, as in `http://10.0.0.7:4001 weight=2`' })
  @IsInstanceAddress()
  @ArrayMinSize(1)
  instances: string[] = [];

  @Setting({ description: 'Whether the registry of `discovery` is asked for the instances, where there is one; `false`: `instances` are used in any case' })
  @IsBoolean()
  discovered: boolean = true;

  @Setting({ description: 'How an instance is chosen' })
  @IsIn(balancerNames)
  balancer: string = 'least-request';

  @Section(() => ServiceTokenConfig, { description: 'The token that it is called with, where this gateway is a client of the issuer (`serviceClient.clientId`)' })
  token: ServiceTokenConfig = new ServiceTokenConfig();
}
