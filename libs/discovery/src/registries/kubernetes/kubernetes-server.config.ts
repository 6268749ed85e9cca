import { Setting } from '@portico/config';
import { IsIn, IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { HttpRegistryOptions } from '../http-registry.config.js';
import { IsRegistryUrl } from '../is-registry-url.decorator.js';

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What names of namespaces and services are made of; or nothing. */
export const nameOrNothing = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)?$/;

/** Where the Kubernetes API is, and which of the endpoints that it tells are used, whatever the service. The defaults are those of a pod with a service account. */
export class KubernetesServerOptions extends HttpRegistryOptions {
  @Setting({ description: 'Address of the Kubernetes API' })
  @IsRegistryUrl()
  url: string = 'https://kubernetes.default.svc';

  @Setting({ description: 'Namespace of the service; empty: the one in `namespaceFile`' })
  @Matches(nameOrNothing, { message: '$property must be the name of a namespace' })
  namespace: string = '';

  @Setting({ description: 'Name of the port; empty: the port that is named like the scheme, else the first one' })
  @IsString()
  port: string = '';

  @Setting({ description: 'Scheme of the instances' })
  @IsIn(['http', 'https'])
  scheme: string = 'http';

  @Setting({ description: 'File with the token that is sent; read anew for each request, for it is exchanged from time to time. Empty: none is sent' })
  @IsString()
  tokenFile: string = `${account}/token`;

  @Setting({ description: 'File with the name of the namespace' })
  @IsString()
  namespaceFile: string = `${account}/namespace`;

  override caFile: string = `${account}/ca.crt`;

  @Setting({ description: 'Time after which a watch is begun anew', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  @Max(3_600_000)
  watchMs: number = 300_000;
}
