import { Choices, Section, Setting } from '@portico/config';
import { balancerOptions, discoveryOptions, EjectionOptions, HealthCheckOptions, type BalancerChoice, type DiscoveryChoice } from '@portico/discovery';
import { IsIn, IsInt, IsNumber, Max, Min } from 'class-validator';
import { IsInstanceAddress } from './is-instance-address.decorator.js';
import { ServiceLimits } from './service-limits.config.js';
import { ServiceTokenConfig } from './service-token.config.js';

/** How the certificates of a service are looked at. */
export class ServiceTlsConfig {
  @Setting({ description: 'Whether they are verified; only for a service that nobody else can stand in for' })
  verify: boolean = true;

  @Setting({ description: 'File of the authorities that may sign them, in PEM; empty: those of the platform' })
  caFile: string = '';
}

/** A service as a file of routes declares it. */
export class ServiceEntry extends ServiceLimits {
  @Setting({ description: 'Origins of the instances; each may carry a weight, as in `http://10.0.0.7:4001 weight=2`' })
  @IsInstanceAddress()
  instances: string[] = [];

  @Choices(() => discoveryOptions, { description: 'Who knows the instances, in place of `instances`', optional: true })
  discovery?: DiscoveryChoice;

  @Choices(() => balancerOptions, { description: 'How an instance is chosen; least-request by default', optional: true })
  balancer?: BalancerChoice;

  @Section(() => HealthCheckOptions, { description: 'How instances are asked whether they are well; absent: not at all', optional: true })
  health?: HealthCheckOptions;

  @Section(() => EjectionOptions, { description: 'When an instance whose calls fail is left out for a while' })
  ejection: EjectionOptions = new EjectionOptions();

  @Setting({ description: 'Time in which an instance that is new, or was left out, comes to its whole share of the calls; 0 gives it at once', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  slowStartMs: number = 0;

  @Setting({ description: 'Instances, in percent of all, that must be neither unhealthy nor ejected; when fewer are, all are used', unit: '%' })
  @IsNumber()
  @Min(0)
  @Max(100)
  panicPercent: number = 50;

  @Setting({ description: 'Protocol that is spoken: `http1`; `http2`, where the instance offers it over TLS, else HTTP/1.1; `http2-only`, also without TLS, and never HTTP/1.1' })
  @IsIn(['http1', 'http2', 'http2-only'])
  protocol: 'http1' | 'http2' | 'http2-only' = 'http1';

  @Section(() => ServiceTlsConfig, { description: 'How certificates are looked at' })
  tls: ServiceTlsConfig = new ServiceTlsConfig();

  @Section(() => ServiceTokenConfig, { description: 'The token that it is called with, where this gateway is a client of the issuer (`serviceClient.clientId`)' })
  token: ServiceTokenConfig = new ServiceTokenConfig();
}
