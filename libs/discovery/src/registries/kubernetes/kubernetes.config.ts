import { Setting } from '@portico/config';
import { Matches } from 'class-validator';
import { KubernetesServerOptions, nameOrNothing } from './kubernetes-server.config.js';

/** The instances of a service as the Kubernetes endpoints API tells them. */
export class KubernetesOptions extends KubernetesServerOptions {
  @Setting({ description: "Name of the service in Kubernetes; empty: the service's own name" })
  @Matches(nameOrNothing, { message: '$property must be the name of a service' })
  service: string = '';
}
