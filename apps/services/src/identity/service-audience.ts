import { serviceNames, type ServiceName } from '../service-catalogue.js';

/** The `aud` of the tokens a service takes, such as `https://catalog.portico.example`. */
export const serviceAudience = (name: ServiceName): string => `https://${name}.portico.example`;

/** Every audience a BFF can call: one per service (RFC 9068, 4). */
export const serviceAudiences: ReadonlySet<string> = new Set(serviceNames.filter((name) => name !== 'identity').map(serviceAudience));
